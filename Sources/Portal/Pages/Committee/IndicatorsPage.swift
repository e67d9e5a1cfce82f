import Hummingbird
import Integrity
import Reports
import Storage

/// The indicators of every office as a heat map: a table whose cells carry their figures.
enum IndicatorsPage {
  static let routes: [Route] = [
    .page("/{cycle}/results/indicators") { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let words = try signedIn.words()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let map = HeatMap(ResultsChrome(desk: desk, view: view, sight: .indicators, words: words))
      return try signedIn.page(
        "pages/committee-indicators", title: words.say("results.indicators_title"), map.fields,
        frame: try signedIn.resultsFrame(.indicators, desk.cycle))
    },
    .page("/{cycle}/results/indicators.csv", load: .export) { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let map = HeatMap(
        ResultsChrome(desk: desk, view: view, sight: .indicators, words: try signedIn.words()))
      return .table(map.table, named: "indicators", desk.cycle.code)
    },
  ]
}

/// The heat map, and what the offices come to in each indicator.
struct HeatMap {
  private let chrome: ResultsChrome
  private var view: ResultsView { chrome.view }
  private var index: ResultsIndex { chrome.index }
  private var words: Wording { chrome.words }
  private var language: Language { chrome.language }
  private var rounding: Rounding { index.rubric.policy.rounding }
  /// Indicators; where the rubric has none, instruments.
  private let columns: [Int]

  init(_ chrome: ResultsChrome) {
    self.chrome = chrome
    let indicators = chrome.index.columns.ofIndicators
    columns = indicators.isEmpty ? chrome.index.columns.ofInstruments : indicators
  }

  var fields: [String: ReportData] {
    var fields = chrome.fields
    let own: [String: ReportData] = [
      "heading": .text(words.say("results.indicators_title")),
      "legend": ["steps": .list(HeatCell.legend(words))],
      "office": chrome.head(.name, words.say("results.office")),
      "total": chrome.head(.total, words.say("results.total")),
      "columns": .list(
        columns.map { place in
          let column = index.columns.all[place]
          return chrome.head(.node(column.code), column.code.text, spoken: column.title.in(language))
        }),
      "rows": .list(view.shown.map(row)), "pager": chrome.pager,
      "means": .list(columns.map(mean)), "pass": pass,
    ]
    fields.merge(own) { _, own in own }
    return fields
  }

  private func row(_ place: Int) -> ReportData {
    let card = index.book.scorecards[place]
    let lines = index.lines(of: place)
    return [
      "href": .text(chrome.paths.scorecard(card.office.code)),
      "name": .text(card.office.shortName(words).held), "total": .text(card.total.figure?.shown ?? "–"),
      "cells": .list(columns.map { HeatCell(line: lines[$0]).data }),
    ]
  }

  // What the offices come to.

  private var pass: ReportData {
    index.rubric.pass.map { .text(words.say("results.below_pass", ["mark": $0.shown])) } ?? .absent
  }

  private func figures(of column: Int) -> [Figure] {
    view.offices.compactMap { index.figures[column][$0] }
  }

  private func mean(of place: Int) -> ReportData {
    let column = index.columns.all[place]
    let figures = figures(of: place)
    let mean = ResultsSummary.mean(figures, rounding)
    let full = index.full
    return [
      "code": .text(column.code.text), "title": .text(column.title.in(language)),
      "offices": .text(figures.count.shown), "mean": .text(mean?.shown ?? "–"),
      "lowest": .text(figures.min()?.shown ?? "–"), "highest": .text(figures.max()?.shown ?? "–"),
      "below": .text(below(figures).map(\.shown) ?? "–"),
      "width": .text(
        mean.map { share(Int($0.points.millionths), of: Int(full.millionths)) } ?? "0"),
    ]
  }

  private func below(_ figures: [Figure]) -> Int? {
    index.rubric.pass.map { pass in figures.count { $0.points < pass } }
  }

  /// As a table for a spreadsheet: the offices that the filter leaves, all pages of them, and their means.
  var table: String {
    let header =
      [words.say("results.code"), words.say("results.office"), words.say("results.total")]
      + columns.map { "\(index.columns.all[$0].code) \(index.columns.all[$0].title.in(language))" }
    let rows = view.offices.map { place -> [String] in
      let card = index.book.scorecards[place]
      return [card.office.code.text, card.office.name.in(language), card.total.figure?.description ?? ""]
        + columns.map { index.figures[$0][place]?.description ?? "" }
    }
    let totals = ResultsSummary(index: index, offices: view.offices).mean
    let means =
      ["", words.say("scorecard.mean"), totals?.description ?? ""]
      + columns.map { ResultsSummary.mean(figures(of: $0), rounding)?.description ?? "" }
    return ScorecardCSV.table([header] + rows + [means]) + "\r\n"
  }
}

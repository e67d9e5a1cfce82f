import Integrity
import Reports
import Storage

/// The table of offices with its two pictures.
struct ResultsRows {
  private let chrome: ResultsChrome
  private var view: ResultsView { chrome.view }
  private var index: ResultsIndex { chrome.index }
  private var words: Wording { chrome.words }
  private var language: Language { chrome.language }

  init(_ chrome: ResultsChrome) { self.chrome = chrome }

  /// More columns than this have a page of their own.
  private static let mostCells = 12

  private var cells: [Int] {
    let all = index.columns.ofIndicators
    return all.count <= ResultsRows.mostCells ? all : []
  }

  var fields: [String: ReportData] {
    var fields = chrome.fields
    let own: [String: ReportData] = [
      "heading": .text(words.say("results.heading")), "charts": charts, "columns": columns,
      "rows": .list(view.shown.map(row)), "pager": chrome.pager, "has_heat": .flag(!cells.isEmpty),
      "legend": cells.isEmpty
        ? .absent : ["steps": .list(HeatCell.legend(words)), "title": .text(legendTitle)],
    ]
    fields.merge(own) { _, own in own }
    return fields
  }

  private var legendTitle: String {
    let codes = cells.map { index.columns.all[$0].code.text }
    return words.say("results.indicators_span", ["first": codes.first ?? "", "last": codes.last ?? ""])
  }

  // The pictures.

  private var charts: ReportData {
    let summary = ResultsSummary(index: index, offices: view.offices)
    let chart = LevelBars(summary.levels, of: view.offices.count, index.rubric, words)
    let histogram = Histogram(summary.totals, of: index.full, index.rubric)
    return [
      "levels": .list(chart.rows), "histogram": histogram.map { $0.data(words) } ?? .absent,
      "final": .text(words.say("results.final", ["count": summary.totals.count.shown])),
      "sentence": .text(histogramSentence(summary)),
    ]
  }

  private func histogramSentence(_ summary: ResultsSummary) -> String {
    guard let mean = summary.mean, let median = summary.median else { return words.say("results.none_final") }
    return words.facts([
      index.rubric.pass.map { words.say("results.dark_bars", ["mark": $0.shown]) } ?? "",
      words.say("results.mean", ["figure": mean.shown]),
      words.say("results.median", ["figure": median.shown]),
    ])
  }

  // The table.

  private var columns: ReportData {
    [
      "rank": .text(words.say("results.rank")),
      "office": chrome.head(.name, words.say("results.office")),
      "instruments": .list(
        index.columns.ofInstruments.map { place in
          let column = index.columns.all[place]
          return chrome.head(.node(column.code), column.code.text, spoken: column.title.in(language))
        }),
      "total": chrome.head(.total, words.say("results.total")),
      "level": chrome.head(.level, words.say("results.level")),
      "change": chrome.head(.change, words.say("results.change")),
      "cells": .list(
        cells.map { place in
          let column = index.columns.all[place]
          return chrome.head(.node(column.code), column.code.text, spoken: column.title.in(language))
        }),
    ]
  }

  private func row(_ place: Int) -> ReportData {
    let card = index.book.scorecards[place]
    let lines = index.lines(of: place)
    let rank = index.book.comparison.ranks[card.office.code]?.overall
    return [
      "rank": .text(rank?.shown ?? "–"), "href": .text(chrome.paths.scorecard(card.office.code)),
      "name": .text(card.office.shortName(words).held), "place": .text(self.place(of: card.office)),
      "instruments": .list(
        index.columns.ofInstruments.map { column in
          [
            "code": .text(index.columns.all[column].code.text),
            "figure": .text(lines[column]?.figure?.shown ?? "–"),
          ]
        }),
      "total": .text(total(of: card)), "is_open": .flag(card.total.figure == nil),
      "level": words.badge(card.level?.level, of: index.rubric), "held": ReportData(held(card)),
      "missing": ReportData(missing(card)),
      "change": change(of: place), "cells": .list(cells.map { HeatCell(line: lines[$0]).data }),
    ]
  }

  private func place(of office: Office) -> String {
    office.region?.in(language) ?? words.list(office.provinces.map { $0.in(language) })
  }

  private func total(of card: Scorecard) -> String {
    switch card.standing {
    case .final(let figure): figure.shown
    case .provisional(let floor, let ceiling): "\(floor.shown)–\(ceiling.shown)"
    case .notApplicable: "–"
    }
  }

  /// Conditions that held the level down.
  private func held(_ card: Scorecard) -> String? {
    let held = (card.level?.heldBackBy ?? []).map(words.held)
    return held.isEmpty ? nil : held.joined(separator: words.say("sentences.list_comma"))
  }

  /// What keeps the office from having a final total, an instrument at a time.
  private func missing(_ card: Scorecard) -> String? {
    let missing = MissingPieces(card).said(words)
    return missing.isEmpty ? nil : missing.joined(separator: words.say("sentences.list_comma"))
  }

  private func change(of place: Int) -> ReportData {
    guard let change = index.rows[place].change else { return ["tone": "same", "text": "–"] }
    return words.change(change)
  }
}

/// What keeps a total from being final.
struct MissingPieces {
  private let card: Scorecard

  init(_ card: Scorecard) { self.card = card }

  /// `EIT ไม่ถึงขั้นต่ำ`, `OIT ยังไม่ตรวจ 4 ข้อ`.
  func said(_ words: Wording) -> [String] {
    if card.standing == .notApplicable { return [words.say("sentences.nothing_applies")] }
    return card.total.parts.compactMap { instrument in
      let code = instrument.code.text
      switch instrument.outcome {
      case .scored, .given, .notApplicable, .hidden: return nil
      case .withheld: return words.say("results.too_few", ["code": code])
      case .pending, .provisional:
        let (open, isWithheld, isAsked) = MissingPieces.look(at: instrument)
        if isWithheld { return words.say("results.too_few", ["code": code]) }
        if isAsked { return words.say("results.unanswered", ["code": code]) }
        return words.say("results.unjudged", ["code": code, "count": open.shown])
      }
    }
  }

  /// How many items are open, and whether something is withheld or asked of people. What is on trial holds nothing up.
  private static func look(at line: Line) -> (open: Int, isWithheld: Bool, isAsked: Bool) {
    if line.isPilot { return (0, false, false) }
    var found = (open: 0, isWithheld: false, isAsked: line.people != nil)
    if case .withheld = line.outcome { found.isWithheld = true }
    if case .pending = line.outcome, line.place == .item { found.open = 1 }
    for part in line.parts {
      let below = look(at: part)
      found.open += below.open
      found.isWithheld = found.isWithheld || below.isWithheld
      found.isAsked = found.isAsked || below.isAsked
    }
    return found
  }
}

import Integrity
import Reports
import Storage

/// The offices that a filter leaves, all pages of them, as a table for a spreadsheet.
struct ResultsTable {
  private let desk: Registry.ResultsDesk
  private let view: ResultsView
  private let words: Wording
  private var index: ResultsIndex { view.index }
  private var language: Language { words.language }

  init(_ desk: Registry.ResultsDesk, _ view: ResultsView, _ words: Wording) {
    (self.desk, self.view, self.words) = (desk, view, words)
  }

  /// What a spreadsheet would take for a formula is marked as text.
  var text: String { ScorecardCSV.table([header] + view.offices.map(row)) + "\r\n" }

  private var header: [String] {
    let nodes = index.columns.all.flatMap { column in
      column.isInstrument
        ? [
          column.code.text, words.say("results.csv_floor", ["code": column.code.text]),
          words.say("results.csv_ceiling", ["code": column.code.text]),
        ] : ["\(column.code) \(column.title.in(language))"]
    }
    return [
      words.say("results.rank"), words.say("results.code"), words.say("results.office"),
      words.say("results.kind"),
      words.say("results.region"), words.say("results.province"), words.say("results.parent"),
      words.say("results.total"), words.say("scorecard.floor"), words.say("scorecard.ceiling"),
      words.say("results.level"), words.say("workbook.held"), words.say("results.missing"),
      words.say("results.first_total"),
      words.say("results.last_year", ["year": words.year(index.book.earlier.year)]),
      words.say("results.change"),
    ] + nodes
  }

  private func row(_ place: Int) -> [String] {
    let (card, own) = (index.book.scorecards[place], index.rows[place])
    let office = card.office
    let rank = index.book.comparison.ranks[office.code]?.overall
    let held = (card.level?.heldBackBy ?? []).map(words.held)
    let first = index.book.firsts[office.code] ?? card
    let lines = index.lines(of: place)
    let nodes = index.columns.all.indices.flatMap { column -> [String] in
      let line = lines[column]
      let figure = line?.figure?.description ?? ""
      guard index.columns.all[column].isInstrument else { return [figure] }
      return [figure, line?.open?.floor.description ?? "", line?.open?.ceiling.description ?? ""]
    }
    return [
      rank.map { "\($0)" } ?? "", office.code.text, office.name.in(language),
      own.kind.map { index.kinds[$0].title.in(language).sentence(in: language) } ?? "",
      office.region?.in(language) ?? "",
      office.provinces.map { $0.in(language) }.joined(separator: "; "),
      own.parent.map { index.parents[$0].name.in(language) } ?? "",
      card.total.figure?.description ?? "", card.total.open?.floor.description ?? "",
      card.total.open?.ceiling.description ?? "",
      card.level?.level.title.in(language) ?? words.text("scorecard", "incomplete"),
      held.joined(separator: "; "), MissingPieces(card).said(words).joined(separator: "; "),
      first.total.figure?.description ?? "",
      index.book.earlier.totals[office.code]?.description ?? "", own.change?.description ?? "",
    ] + nodes
  }
}

extension Line {
  /// Between what it may yet lie; nil where it is known or does not apply.
  var open: (floor: Figure, ceiling: Figure)? {
    switch outcome {
    case .pending(let floor, let ceiling), .withheld(_, let floor, let ceiling),
      .provisional(let floor, let ceiling):
      (floor, ceiling)
    case .scored, .given, .notApplicable, .hidden: nil
    }
  }
}

public import Integrity

/// All that the committee's report is made from.
public struct CommitteeReport: Sendable {
  public let rubric: Rubric
  public let comparison: Comparison
  public let year: FiscalYear

  public init(rubric: Rubric, comparison: Comparison, year: FiscalYear) {
    self.rubric = rubric
    self.comparison = comparison
    self.year = year
  }

  /// The tree that committee templates see.
  public func data(_ words: Wording) -> ReportData {
    CommitteeReportData(report: self, words: words).data
  }
}

/// Builds the tree of the committee's report.
private struct CommitteeReportData {
  let report: CommitteeReport
  let words: Wording

  private var rubric: Rubric { report.rubric }
  private var comparison: Comparison { report.comparison }
  private var language: Language { words.language }
  private var rounding: Rounding { rubric.policy.rounding }
  private var final: [Scorecard] { comparison.ordered.filter { comparison.ranks[$0.office.code] != nil } }
  private var unranked: [Scorecard] { comparison.ordered.filter { comparison.ranks[$0.office.code] == nil } }

  private var instruments: [Rubric.OutlineLine] { rubric.outline.filter { $0.depth == 0 } }
  /// Those directly below the instruments; the columns of a heat map.
  private var indicators: [Rubric.OutlineLine] { rubric.outline.filter { $0.depth == 1 && $0.item == nil } }

  var data: ReportData {
    [
      "lang": .text(language.rawValue),
      "words": words.data,
      "rubric": [
        "title": .text(rubric.title.in(language)), "code": .text(rubric.code.text),
        "edition": .text(rubric.edition),
        "pass": rubric.pass.map { .points($0) } ?? .absent,
      ],
      "cycle": [
        "year": .text(words.year(report.year)), "created": .text(report.year.lastDay?.description ?? ""),
      ],
      "count": .points(Points(comparison.scorecards.count)),
      "ranked": .points(Points(final.count)),
      "mean": mean(of: final.compactMap(\.total.figure)),
      "passed": passed,
      "levels": .list(levels),
      "instruments": .list(instruments.map { node($0) }),
      "indicators": .list(indicators.map { node($0) }),
      "offices": .list(final.map(office)),
      "unranked": .list(unranked.map(office)),
      "all": .list(comparison.ordered.map(office)),
    ]
  }

  private func mean(of figures: [Figure]) -> ReportData {
    figures.isEmpty ? .absent : .number(Comparison.mean(of: figures, rounding: rounding))
  }

  private var passed: ReportData {
    guard let pass = rubric.pass, let passed = comparison.passed(pass, rounding: rounding) else {
      return .absent
    }
    return ["offices": .points(Points(passed.offices)), "percent": .number(passed.percent)]
  }

  private var levels: [ReportData] {
    let ladder = comparison.distribution(over: rubric.levels).map { level, offices in
      row(level.title.in(language), offices, tone: rubric.tone(of: level))
    }
    let without = comparison.scorecards.count { $0.level == nil }
    return ladder + [row(words.text("scorecard", "incomplete"), without, tone: "0")]
  }

  private func row(_ title: String, _ offices: Int, tone: String) -> ReportData {
    let percent = Comparison.percent(
      offices, of: comparison.scorecards.count, rounding: Rounding(places: 1, mode: .halfUp))
    return [
      "title": .text(title), "offices": .points(Points(offices)), "percent": .number(percent),
      "tone": .text(tone),
      "colour": .text(CommitteeReportData.fills[tone] ?? "7F899D"),
    ]
  }

  /// The fills of the levels (look §1), for charts, which take no style.
  private static let fills = ["5": "004B44", "4": "1F7F73", "3": "CDE9E3", "2": "FBE1AE", "1": "7A2E0B"]

  /// An instrument or indicator with its figures over all offices that have one.
  private func node(_ line: Rubric.OutlineLine) -> ReportData {
    let code = line.heading.code
    let figures = comparison.scorecards.compactMap { $0.line(code)?.figure }
    return [
      "code": .text(code.text), "title": .text(line.heading.title.in(language)),
      "label": .text("\(code.display) \(line.heading.title.in(language))"),
      "weight": line.share.map { .number($0.percent(Rounding(places: 2, mode: .halfUp))) } ?? .absent,
      "offices": .points(Points(figures.count)), "mean": mean(of: figures),
      "lowest": figures.min().map { .number($0) } ?? .absent,
      "highest": figures.max().map { .number($0) } ?? .absent,
      "isInstrument": .flag(line.depth == 0),
    ]
  }

  private func office(_ card: Scorecard) -> ReportData {
    let rank = comparison.ranks[card.office.code]
    let kind = rubric.kinds.first { $0.code == card.office.kind }
    var figures: [String: ReportData] = [:]
    for line in instruments + indicators {
      figures[line.heading.code.text] = card.line(line.heading.code)?.figure.map { .number($0) } ?? .absent
    }
    let held = (card.level?.heldBackBy ?? []).map {
      words.sentence("held", ["code": $0.node.text, "mark": $0.atLeast.shown])
    }
    var range: (floor: ReportData, ceiling: ReportData) = (.absent, .absent)
    if case .provisional(let floor, let ceiling) = card.standing {
      range = (.number(floor), .number(ceiling))
    }
    return [
      "code": .text(card.office.code.text), "name": .text(card.office.name.in(language)),
      "kind": .text(kind?.title.in(language) ?? ""),
      "provinces": .text(card.office.provinces.map { $0.in(language) }.joined(separator: ", ")),
      "rank": rank.map { .points(Points($0.overall)) } ?? .absent,
      "rankInKind": rank.map { .points(Points($0.withinKind)) } ?? .absent,
      "total": card.total.figure.map { .number($0) } ?? .absent,
      "gap": card.total.figure.flatMap { figure in
        rubric.pass.map { .points(figure.points - $0) }
      } ?? .absent,
      "level": .text(card.level?.level.title.in(language) ?? words.text("scorecard", "incomplete")),
      "tone": .text(card.level.map { rubric.tone(of: $0.level) } ?? "0"),
      "held": .text(held.joined(separator: ", ")),
      "floor": range.floor, "ceiling": range.ceiling,
      "missing": .text(rank == nil ? card.missing(in: language) : ""),
      "figures": .record(figures),
    ]
  }
}

public import Integrity

/// All that the report of one office is made from.
public struct OfficeReport: Sendable {
  public let rubric: Rubric
  public let scorecard: Scorecard
  /// The means of the office's kind; itself among them.
  public let peers: Peers
  /// The same office a year ago, where its total may be compared.
  public let previous: Previous?
  public let year: FiscalYear
  /// nil for what may be published.
  public let detail: Detail?

  public struct Previous: Sendable {
    public let total: Figure
    public let year: FiscalYear

    public init(total: Figure, year: FiscalYear) {
      self.total = total
      self.year = year
    }
  }

  /// What stands beside the standing of the score, such as when it was sealed.
  public let remarks: [String]

  public init(
    rubric: Rubric, scorecard: Scorecard, peers: Peers, previous: Previous? = nil, year: FiscalYear,
    remarks: [String] = [], detail: Detail? = nil
  ) {
    self.rubric = rubric
    self.scorecard = scorecard
    self.peers = peers
    self.previous = previous
    self.year = year
    self.remarks = remarks
    self.detail = detail
  }

  /// - Parameter comparison: the scorecards of the whole cycle.
  public init(
    rubric: Rubric, scorecard: Scorecard, comparison: Comparison, previous: Previous? = nil,
    year: FiscalYear, detail: Detail? = nil
  ) {
    self.init(
      rubric: rubric, scorecard: scorecard,
      peers: comparison.peers(of: scorecard.office.kind, rounding: rubric.policy.rounding),
      previous: previous, year: year, detail: detail)
  }

  fileprivate var shownDetail: Detail {
    detail ?? .published(smallestCount: rubric.policy.smallestCount)
  }

  /// The tree that `reports/office.mustache` sees.
  public func data(_ words: Wording) -> ReportData {
    OfficeReportData(report: self, words: words).data
  }
}

/// Builds the tree of an office's report, room by room.
struct OfficeReportData {
  let report: OfficeReport
  let words: Wording
  /// What the reader is shown.
  let card: Scorecard

  init(report: OfficeReport, words: Wording) {
    (self.report, self.words) = (report, words)
    card = report.scorecard.shown(at: report.shownDetail)
  }

  var rubric: Rubric { report.rubric }
  var language: Language { words.language }
  var detail: Detail { report.shownDetail }
  /// The indicators the report compares: those directly below the instruments.
  var instruments: [Line] { card.total.parts.filter { $0.place == .instrument } }

  var data: ReportData {
    [
      "lang": .text(language.rawValue),
      "words": words.data,
      "report": [
        "title": .text(words.sentence("title", ["year": words.year(report.year)])),
        "year": .text(words.sentence("fiscal_year", ["year": words.year(report.year)])),
      ],
      "office": office,
      "rubric": ["title": .text(rubricTitle)],
      "total": total,
      "level": level,
      "change": change,
      "standing": standing,
      "missing": missing,
      "instruments": .list(instruments.map(instrument)),
      "passLine": passLine,
      "plot": plot,
      "highlights": highlights,
      "tree": node(card.total, share: .one, isOpen: true),
      "foot": foot,
      "paper": paper,
    ]
  }

  private var rubricTitle: String {
    words.sentence("rubric", ["title": rubric.title.in(language), "edition": rubric.edition])
  }

  private var office: ReportData {
    [
      "name": .text(card.office.name.in(language)),
      "code": .text(words.sentence("office_code", ["code": card.office.code.text])),
      "kind": .text(kind?.title.in(language) ?? ""),
      "place": card.office.provinces.isEmpty
        ? .absent : .text(words.list(card.office.provinces.map { province($0) })),
    ]
  }

  var kind: Named<OfficeKind>? { rubric.kinds.first { $0.code == card.office.kind } }

  private func province(_ name: Words) -> String {
    name.thai == "กรุงเทพมหานคร" ? name.in(language) : words.sentence("province", ["name": name.in(language)])
  }

  // The total and how it stands.

  private var total: ReportData {
    var range = ReportData.absent
    if case .provisional(let floor, let ceiling) = card.standing {
      range = [
        "floor": .text(floor.shown), "ceiling": .text(ceiling.shown),
        "bar": bar(of: card.total, pass: rubric.pass),
      ]
    }
    return [
      "figure": .text(shown(card.total.outcome)),
      "maximum": .text(
        card.total.maximum.map { words.sentence("maximum", ["points": $0.points.shown]) } ?? ""),
      "range": range,
    ]
  }

  private var change: ReportData {
    guard let previous = report.previous, let figure = card.total.figure else { return .absent }
    guard case .record(var fields) = difference(figure - previous.total) else { return .absent }
    fields["since"] = .text(words.sentence("since", ["year": words.year(previous.year)]))
    return .record(fields)
  }

  func difference(_ difference: Figure) -> ReportData { words.change(difference) }

  private var standing: ReportData {
    let isFinal = if case .final = card.standing { true } else { false }
    let isUnjudged = card.total.first { $0.place == .item && $0.figure != nil } == nil
    let line =
      isFinal ? words.sentence("final") : words.sentence(isUnjudged ? "provisional_unjudged" : "provisional")
    return ["isFinal": .flag(isFinal), "line": .text(words.facts([line] + report.remarks))]
  }

  // Instruments.

  private func instrument(_ line: Line) -> ReportData {
    let isWeighted = card.total.working.basis == .mean || line.share != nil
    var weight = ReportData.absent
    if isWeighted, let share = line.share {
      weight = .text(words.sentence("weight", ["share": percent(share)]))
    } else if let maximum = line.maximum {
      weight = .text(words.sentence("out_of", ["points": maximum.points.shown]))
    }
    return [
      "code": .text(line.code.text), "title": .text(line.title.in(language)), "weight": weight,
      "figure": .text(line.figure?.shown ?? "–"), "state": state(line), "isMissing": .flag(line.isMissing),
      "bar": bar(of: line, pass: isOnTotalsScale ? rubric.pass : nil),
    ]
  }

  func percent(_ share: Ratio) -> String {
    let figure = share.percent(Rounding(places: 2, mode: .halfUp))
    return figure.points.shown + "%"
  }

  /// Whether the instruments are scored on the total's own scale, so that its pass mark means something to them.
  private var isOnTotalsScale: Bool {
    instruments.allSatisfy { $0.maximum == nil || $0.maximum?.points == card.total.maximum?.points }
  }

  private var passLine: ReportData {
    guard let pass = rubric.pass, isOnTotalsScale else { return .absent }
    return .text(words.sentence("pass_line", ["mark": pass.shown]))
  }

  /// A bar from zero to full marks.
  private func bar(of line: Line, pass: Points?) -> ReportData {
    guard let maximum = line.maximum?.points, maximum > .zero else { return .absent }
    let scale = Axis(from: .zero, to: maximum)
    let passX = pass.map { ReportData.text(scale.position($0)) } ?? .absent
    switch line.outcome {
    case .notApplicable, .hidden: return .absent
    case .scored(let figure), .given(let figure, _):
      return ["width": .text(scale.position(figure.points)), "span": .absent, "passX": passX]
    case .pending(let floor, let ceiling), .withheld(_, let floor, let ceiling),
      .provisional(let floor, let ceiling):
      return [
        "width": .text(scale.position(floor.points)), "span": scale.span(floor.points, ceiling.points),
        "passX": passX,
      ]
    }
  }

  // Words for states.

  func shown(_ outcome: Outcome) -> String {
    switch outcome {
    case .scored(let figure), .given(let figure, _): figure.shown
    case .provisional(let floor, let ceiling): "\(floor.shown)–\(ceiling.shown)"
    case .hidden(let band): band?.text ?? "–"
    case .pending, .withheld, .notApplicable: "–"
    }
  }

  /// The word for what is not a plain figure.
  func state(_ line: Line) -> ReportData {
    switch line.outcome {
    case .scored, .given: return .absent
    case .hidden: return .text(words.sentence("not_shown"))
    case .notApplicable: return .text(words.sentence("not_applicable"))
    case .pending:
      return .text(words.sentence(line.isAsked ? "unanswered" : "pending"))
    case .withheld(let missing, _, _):
      // How many are missing would tell how few there were.
      guard let missing, missing > 0, !line.isFewPeople(at: detail) else {
        return .text(words.sentence("withheld"))
      }
      return .text(words.sentence("withheld_missing", ["count": missing.shown]))
    case .provisional:
      let open = line.openItems
      if open.count > 0, open.allSatisfy({ !$0.isAsked }) {
        return .text(words.sentence("pending_items", ["count": open.count.shown]))
      }
      return .text(words.sentence("incomplete"))
    }
  }

  private var foot: ReportData {
    [
      "scoring": .text(words.sentence("scoring", ["version": "\(Scorecard.scoringVersion)"])),
      "decimals": .text(words.sentence("decimals", ["places": "\(rubric.policy.rounding.places)"])),
    ]
  }

  /// Stands in a CSS string, which must not end early.
  private var paper: ReportData {
    let head = words.facts([
      card.office.name.in(language), words.sentence("fiscal_year", ["year": words.year(report.year)]),
    ])
    let foot = words.facts([rubricTitle])
    func safe(_ text: String) -> String {
      text.filter { character in
        !"\"'\\<>&".contains(character)
          && character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      }
    }
    return ["head": .text(safe(head)), "foot": .text(safe(foot))]
  }
}

extension Line {
  /// Pending, withheld or made of something that is.
  var isMissing: Bool {
    switch outcome {
    case .pending, .withheld, .provisional: true
    case .scored, .given, .notApplicable, .hidden: false
    }
  }

  /// Answered by people, not judged: it, or what is below it.
  var isAsked: Bool {
    switch working.basis {
    case .tally, .answers, .shown, .hidden: return true
    default: break
    }
    return people != nil || route != nil || place == .subItem
  }

  /// The lowest lines at which something is missing.
  var openItems: [Line] {
    var open: [Line] = []
    forEach { line in
      if line.isMissing, line.place != .deduction, !line.parts.contains(where: \.isMissing) {
        open.append(line)
      }
    }
    return open
  }
}

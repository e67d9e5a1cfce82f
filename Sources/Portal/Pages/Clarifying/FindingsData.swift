import Integrity
import Reports
import Storage

/// What was found on an office's disclosures: those that lost points first.
struct FindingsData {
  private let desk: Registry.FindingsDesk
  private let now: Moment
  private let words: Wording
  private let dates: Dates
  private let paths: Paths

  init(_ desk: Registry.FindingsDesk, at now: Moment, _ words: Wording, _ dates: Dates) {
    (self.desk, self.now, self.words, self.dates) = (desk, now, words, dates)
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
  }

  private var instrument: Instrument? { desk.rubric.instruments.first { $0.questionnaire == nil } }

  private var phase: Phase {
    instrument.map { desk.cycle.phase(of: $0, for: desk.office.code, at: now) } ?? desk.cycle.phase(at: now)
  }

  /// While single findings may be contested.
  private var closes: Moment? { phase == .clarifying ? desk.cycle.schedule?.clarifying.closes : nil }

  private var place: String {
    words.facts([
      desk.office.shortName(words).held, words.say("banner.year", ["year": words.year(desk.cycle.year)]).held,
    ])
  }

  // Before it is opened.

  func opening(by session: Registry.Session) -> [String: ReportData] {
    [
      "heading": .text(words.say("findings.heading", ["code": instrument?.code.text ?? ""])),
      "place": .text(place), "name": .text(session.name), "post": ReportData(session.post),
      "moment": .text(dates.moment(now)),
      "until": ReportData(
        closes.map {
          words.say(
            "findings.until",
            ["moment": dates.moment($0).kept, "left": dates.left(until: $0, from: now, words).kept])
        }), "is_late": .flag(phase > .clarifying),
      "refusal": .flag(desk.refusal != nil), "may": .flag(desk.refusal == nil), "openings": .list(openings),
      "has_openings": .flag(!desk.openings.isEmpty), "home": .text(paths.home),
    ]
  }

  private var openings: [ReportData] {
    desk.openings.map { opening in
      [
        "name": .text(opening.name), "post": ReportData(opening.post), "is_reader": .flag(opening.isReader),
        "moment": .text(dates.moment(opening.at)),
      ]
    }
  }

  // When it is open.

  var fields: [String: ReportData] {
    let parts = Dictionary(grouping: desk.results, by: part)
    let contested = desk.results.count { $0.contest != nil }
    return [
      "heading": .text(words.say("findings.heading", ["code": instrument?.code.text ?? ""])),
      "place": .text(place), "table": .text(paths.findings + ".csv"),
      "full": .text((parts[.full]?.count ?? 0).shown), "short": .text((parts[.short]?.count ?? 0).shown),
      "contested": .text(contested.shown), "consequence": ReportData(consequence),
      "accepted": ReportData(accepted), "openings": .list(openings),
      "has_openings": .flag(!desk.openings.isEmpty),
      "sections": .list(
        Part.allCases.compactMap { part in parts[part].map { section(part, $0) } }),
    ]
  }

  private var consequence: String? {
    closes.map {
      words.say(
        "findings.consequence",
        ["moment": dates.moment($0).kept, "left": dates.left(until: $0, from: now, words).kept])
    }
  }

  /// What silence has come to; derived, never kept.
  private var accepted: String? {
    guard phase > .clarifying else { return nil }
    let silent = desk.results.count { part($0) == .short && $0.contest == nil }
    return words.say("findings.accepted", ["count": silent.shown])
  }

  private enum Part: String, CaseIterable {
    case short, full, open
  }

  /// By the finding that counts now; the first one stands beside it in its row.
  private func part(_ result: Registry.ItemResult) -> Part {
    let outcome =
      result.final.map { Outcome(result.item, result.finalLine, $0, words) }
      ?? Outcome(result.item, result.firstLine, result.first, words)
    return switch outcome.kind {
    case .met, .notApplicable: .full
    case .notMet, .partly: .short
    case .open: .open
    }
  }

  private func section(_ part: Part, _ results: [Registry.ItemResult]) -> ReportData {
    [
      "id": .text(part.rawValue), "title": .text(words.say("findings_part.\(part.rawValue)")),
      "count": .text(words.say("findings.count", ["count": results.count.shown])),
      "rows": .list(results.map(row)),
    ]
  }

  private func row(_ result: Registry.ItemResult) -> ReportData {
    let first = Outcome(result.item, result.firstLine, result.first, words)
    let final = result.final.map { Outcome(result.item, result.finalLine, $0, words) }
    let reason = (result.final ?? result.first)?.finding.reason ?? ""
    return [
      "code": .text(result.item.code.text), "title": .text(result.item.title.in(words.language).held),
      "href": .text(paths.finding(result.item.code)), "reason": .text(reason),
      "has_reason": .flag(!reason.isEmpty), "first": ReportData(first.points), "first_tag": first.tag,
      "final": ReportData(final.map { $0.points ?? $0.title }), "final_tag": final?.tag ?? .absent,
      "state": result.isUndecided ? WorkState.contested.data(words) : .absent,
    ]
  }
}

/// The same as a table for a spreadsheet: a row a disclosure.
struct FindingsTable {
  private let desk: Registry.FindingsDesk
  private let words: Wording

  init(_ desk: Registry.FindingsDesk, _ words: Wording) { (self.desk, self.words) = (desk, words) }

  /// What a spreadsheet would take for a formula is marked as text.
  var text: String { ScorecardCSV.table([header] + desk.results.map(row)) + "\r\n" }

  private var header: [String] {
    [
      "findings.column_code", "findings.column_title", "findings.column_first",
      "findings.column_first_points",
      "findings.column_first_reason", "findings.column_seen", "findings.column_statement",
      "findings.column_final", "findings.column_final_points", "findings.column_final_reason",
    ].map { words.say($0) }
  }

  private func row(_ result: Registry.ItemResult) -> [String] {
    let first = Outcome(result.item, result.firstLine, result.first, words)
    let final = result.final.map { Outcome(result.item, result.finalLine, $0, words) }
    let seen = (result.first?.seen ?? []).map { look in
      "\(look.link) (\(words.say("seen_state.\(look.state.rawValue)")), \(look.at))"
    }
    return [
      result.item.code.text, result.item.title.in(words.language), first.title,
      result.firstLine?.figure?.description ?? "", result.first?.finding.reason ?? "",
      seen.joined(separator: "\n"), result.contest?.statement ?? "", final?.title ?? "",
      final == nil ? "" : result.finalLine?.figure?.description ?? "", result.final?.finding.reason ?? "",
    ]
  }
}

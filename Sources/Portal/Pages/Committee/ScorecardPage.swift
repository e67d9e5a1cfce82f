import Hummingbird
import Integrity
import Reports
import Storage

/// The scorecard of one office, opened down to its last count and its last finding.
enum ScorecardPage {
  static let routes: [Route] = [
    .page(Paths.home + "/scorecard") { signedIn in
      let desk = try await desk(signedIn)
      let words = try signedIn.words()
      let data = ScorecardData(desk, Dates(signedIn.visit.visitor), words, show: signedIn.visit.asked("show"))
      return try signedIn.page(
        "pages/committee-scorecard", title: words.say("office_findings.title"), data.fields,
        frame: try frame(signedIn, desk))
    },
    .page(Paths.home + "/scorecard.csv", load: .export) { signedIn in
      let desk = try await desk(signedIn)
      let text = ScorecardCSV.text(of: [desk.card], smallestCount: desk.rubric.policy.smallestCount)
      return .table(text + "\r\n", named: "scorecard", desk.cycle.code, desk.office.code)
    },
    .page(Paths.home + "/scorecard/findings.csv", load: .export) { signedIn in
      let desk = try await desk(signedIn)
      let rows = FindingRows(
        desk, Dates(signedIn.visit.visitor), try signedIn.words(), show: signedIn.visit.asked("show"))
      return .table(rows.table, named: "findings", desk.cycle.code, desk.office.code)
    },
  ]

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.ScorecardDesk {
    let (cycle, office): (Code<Cycle>, Code<Office>) = (
      try signedIn.part("cycle"), try signedIn.part("office")
    )
    return try await signedIn.read { registry, signer, now in
      try registry.scorecardDesk(of: office, in: cycle, by: signer, at: now)
    }
  }

  /// An office's own people read it among their own places.
  private static func frame(_ signedIn: SignedIn, _ desk: Registry.ScorecardDesk) throws -> ReportData {
    let matter = Matter(cycle: desk.cycle, office: desk.office.code)
    let isOwn =
      Room.all(for: signedIn.session.who, on: signedIn.now.day).isEmpty
      && Conduct.may(.readProgress, in: matter, by: signedIn.session.who, at: signedIn.now) == nil
    return isOwn
      ? try signedIn.frame(nil, desk.cycle, desk.rubric, desk.office)
      : try signedIn.resultsFrame(.results, desk.cycle)
  }
}

/// The page of one office's scorecard: the report, how its total came to stand, and every finding.
struct ScorecardData {
  private let desk: Registry.ScorecardDesk
  private let dates: Dates
  private let words: Wording
  private let show: String?
  private var paths: CommitteePaths { CommitteePaths(cycle: desk.cycle.code) }

  init(_ desk: Registry.ScorecardDesk, _ dates: Dates, _ words: Wording, show: String?) {
    (self.desk, self.dates, self.words, self.show) = (desk, dates, words, show)
  }

  var fields: [String: ReportData] {
    let detail: Detail? =
      desk.isFromInside ? .counted(smallestCount: desk.rubric.policy.smallestCount) : nil
    let before = desk.book.earlier.totals[desk.office.code].map {
      OfficeReport.Previous(total: $0, year: desk.book.earlier.year)
    }
    let report = OfficeReport(
      rubric: desk.rubric, scorecard: desk.card,
      peers: desk.book.peers(of: desk.office.kind, rounding: desk.rubric.policy.rounding), previous: before,
      year: desk.cycle.year, remarks: remarks, detail: detail)
    guard case .record(var fields) = report.data(words) else { return [:] }
    let rows = FindingRows(desk, dates, words, show: show)
    let own: [String: ReportData] = [
      "back": .text(paths.results),
      "back_title": .text(words.say("results.heading")), "findings": rows.data,
      "is_unsealed": .flag(desk.sealed.isEmpty), "amendments": amendments,
      "has_amendments": .flag(desk.sealed.count > 1),
      "csv": .text(paths.scorecard(desk.office.code) + ".csv"), "office_code": .text(desk.office.code.text),
    ]
    fields.merge(own) { _, own in own }
    return fields
  }

  /// Beside the standing of the score: when it was sealed, and what it was by first findings.
  private var remarks: [String] {
    let sealed =
      desk.sealed.first.map { words.say("office_findings.sealed_on", ["day": dates.day($0.at.day)]) }
      ?? words.say("office_findings.unsealed")
    guard let final = desk.card.total.figure else { return [sealed] }
    var compared = words.say("office_findings.as_first")
    if let first = desk.first, first.total.figure != final {
      compared =
        first.total.figure.map { words.say("office_findings.first_total", ["total": $0.shown]) }
        ?? words.say("office_findings.first_open")
    }
    return [sealed, compared]
  }

  /// As sealed, and each amendment with its reason.
  private var amendments: ReportData {
    .list(
      desk.sealed.map { sealed in
        [
          "title": .text(
            words.say(
              sealed.version == 1 ? "office_findings.sealed" : "office_findings.amended",
              ["number": "\(sealed.version - 1)"])),
          "total": .text(sealed.total?.shown ?? "–"), "at": .text(dates.moment(sealed.at)),
          "reason": ReportData(sealed.reason.isEmpty ? nil : sealed.reason),
        ]
      })
  }
}

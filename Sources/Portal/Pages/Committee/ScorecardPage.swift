import HTTPTypes
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
        "pages/committee-scorecard", title: words.say("judged.title"), data.fields,
        frame: try frame(signedIn, desk))
    },
    .page(Paths.home + "/scorecard.csv", load: .export) { signedIn in
      let desk = try await desk(signedIn)
      let text = ScorecardCSV.text(of: [desk.card], smallestCount: desk.rubric.policy.smallestCount)
      return .csv(
        text + "\r\n",
        named: CommitteePaths(cycle: desk.cycle.code).fileName("scorecard-\(desk.office.code.text.plain)"))
    },
    .page(Paths.home + "/scorecard/findings.csv", load: .export) { signedIn in
      let desk = try await desk(signedIn)
      let rows = FindingRows(
        desk, Dates(signedIn.visit.visitor), try signedIn.words(), show: signedIn.visit.asked("show"))
      return .csv(
        rows.table,
        named: CommitteePaths(cycle: desk.cycle.code).fileName("findings-\(desk.office.code.text.plain)"))
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
      rubric: desk.rubric, scorecard: desk.card, comparison: desk.book.comparison, previous: before,
      year: desk.cycle.year, detail: detail)
    guard case .record(var fields) = report.data(words) else { return [:] }
    let rows = FindingRows(desk, dates, words, show: show)
    let own: [String: ReportData] = [
      "standing": standing(fields["standing"]), "back": .text(paths.results),
      "back_title": .text(words.say("results.heading")), "findings": rows.data,
      "amendments": amendments, "has_amendments": .flag(desk.sealed.count > 1),
      "csv": .text(paths.scorecard(desk.office.code) + ".csv"), "office_code": .text(desk.office.code.text),
    ]
    fields.merge(own) { _, own in own }
    return fields
  }

  /// `คะแนนสุดท้าย · รับรองผล 24 ก.ค. 2567 · คะแนนรอบแรก 89.02`.
  private func standing(_ plain: ReportData?) -> ReportData {
    guard case .record(var fields)? = plain else { return .absent }
    let first = desk.first?.total.figure
    let final = desk.card.total.figure
    let sealed = desk.sealed.first.map { words.say("judged.sealed_on", ["day": dates.day($0.at.day)]) }
    var compared = ""
    if let final {
      compared =
        first == nil || first == final
        ? (desk.first == nil || first == final
          ? words.say("judged.as_first") : words.say("judged.first_open"))
        : words.say("judged.first_total", ["total": first?.shown ?? "–"])
    }
    fields["line"] = .text(words.facts([fields["line"]?.shown ?? "", sealed ?? "", compared]))
    return .record(fields)
  }

  /// As sealed, and each amendment with its reason.
  private var amendments: ReportData {
    .list(
      desk.sealed.map { sealed in
        [
          "title": .text(
            words.say(
              sealed.version == 1 ? "judged.sealed" : "judged.amended",
              ["number": "\(sealed.version - 1)"])),
          "total": .text(sealed.total?.shown ?? "–"), "at": .text(dates.moment(sealed.at)),
          "reason": ReportData(sealed.reason.isEmpty ? nil : sealed.reason),
        ]
      })
  }
}

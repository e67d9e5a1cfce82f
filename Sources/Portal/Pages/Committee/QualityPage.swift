import Hummingbird
import Integrity
import Reports
import Storage

/// How the answers of each office look, and what they come to so far, for the committee alone: nothing is left out of a score
/// by itself.
enum QualityPage {
  static let routes: [Route] = [
    .page("/{cycle}/results/quality") { signedIn in
      let page = LeadPager(signedIn.visit).number
      let (desk, words, paths) = (
        try await desk(signedIn, page), try signedIn.words(), try signedIn.committeePaths()
      )
      let smallest = desk.rubric.policy.smallestCount
      return try signedIn.page(
        "pages/committee-quality", title: words.say("quality.title"),
        [
          "heading": .text(words.say("quality.title")),
          "summary": .text(words.say("quality.summary", ["count": smallest.shown])),
          "provisional": ReportData(provisional(desk, signedIn.now).map { words.say($0) }),
          "table": .text(paths.quality + ".csv"),
          "sights": desk.mayReadResults
            ? ["list": .list(paths.ways(words, isAll: true, current: nil) { paths.path(of: $0) })] : .absent,
          "rows": .list(desk.rows.map { row($0, words, paths) }), "is_empty": .flag(desk.rows.isEmpty),
          "pager": LeadPager.data(page, of: desk.found, words) { number in
            paths.quality + (number > 1 ? "?page=\(number)" : "")
          },
        ], frame: try signedIn.resultsFrame(.quality, desk.cycle))
    },
    .page("/{cycle}/results/quality.csv", load: .export) { signedIn in
      let (desk, words) = (try await desk(signedIn, nil), try signedIn.words())
      let header = [
        "code", "office", "instrument", "respondents", "too_fast", "straight", "flagged", "brought",
        "score", "without",
      ].map { words.say("quality.\($0)") }
      let rows = desk.rows.map { row -> [String] in
        [
          row.office.code.text, row.office.name.in(words.language), row.instrument.code.text,
          row.respondents?.description ?? "", row.tooFast?.description ?? "",
          row.straight?.description ?? "", row.flagged?.description ?? "",
          row.broughtIn?.description ?? "", row.score?.description ?? "",
          row.scoreWithout?.description ?? "",
        ]
      }
      return .table(
        ScorecardCSV.table([header] + rows) + "\r\n", named: "quality", try signedIn.part("cycle"))
    },
  ]

  /// What has to be minded of the figures: they may still change, or may not be told yet.
  private static func provisional(_ desk: Registry.QualityDesk, _ now: Moment) -> String? {
    guard desk.cycle.stage == .open else { return nil }
    let isOpen = desk.rubric.instruments.contains { instrument in
      guard instrument.questionnaire != nil else { return false }
      let longer = desk.cycle.extensions.filter { $0.instrument == instrument.code }.map(\.until)
      return (longer + [desk.cycle.schedule?.collecting[instrument.code]?.closes].compactMap { $0 })
        .contains { now < $0 }
    }
    return isOpen ? "quality.provisional" : "quality.unpublished"
  }

  private static func desk(_ signedIn: SignedIn, _ page: Int?) async throws -> Registry.QualityDesk {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.qualityDesk(page: page, in: cycle, by: signer, at: now)
    }
  }

  private static func row(
    _ row: Registry.AnswerQuality, _ words: Wording, _ paths: CommitteePaths
  ) -> ReportData {
    func shown(_ count: Int?) -> ReportData { .text(count?.shown ?? "–") }
    return [
      "office": .text(row.office.shortName(words).held), "instrument": .text(row.instrument.code.text),
      "texts": FreeTextsPage.asks(row.instrument) ? .text(paths.texts(row.office.code)) : .absent,
      "is_shown": .flag(row.respondents != nil), "respondents": shown(row.respondents),
      "too_fast": shown(row.tooFast), "straight": shown(row.straight), "flagged": shown(row.flagged),
      "brought": shown(row.broughtIn), "score": .text(row.score?.shown ?? "–"),
      "without": .text(row.scoreWithout?.shown ?? "–"),
    ]
  }
}

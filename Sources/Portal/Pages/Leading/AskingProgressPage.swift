import Hummingbird
import Integrity
import Reports
import Storage

/// Which offices are below the minimum of a questionnaire: in steps as coarse as the offices' own, and never who answered.
enum AskingProgressPage {
  static let path = "/{cycle}/progress/questionnaires"

  static let routes: [Route] = [
    .page(path) { signedIn in
      let page = LeadPager(signedIn.visit).number
      let (words, paths) = (try signedIn.words(), try signedIn.leadPaths())
      let desk = try await desk(signedIn, page)
      return try signedIn.page(
        "pages/lead-asking", title: words.say("asking_progress.title"),
        [
          "reached": .text((desk.all - desk.found).shown),
          "all": .text(words.say("asking_progress.of", ["all": desk.all.shown])),
          "share": .text(share(desk.all - desk.found, of: desk.all)), "table": .text(paths.asking + ".csv"),
          "back": .text(paths.progress), "is_empty": .flag(desk.rows.isEmpty),
          "rows": .list(desk.rows.map { row($0, words, paths) }),
          "pager": LeadPager.data(page, of: desk.found, words) { number in
            paths.asking + (number > 1 ? "?page=\(number)" : "")
          },
        ], frame: try signedIn.frame(signedIn.overseeing, .progress, in: desk.cycle))
    },
    .page(path + ".csv", load: .export) { signedIn in
      let words = try signedIn.words()
      let desk = try await desk(signedIn, nil)
      let codes = desk.rows.first?.steps.map(\.instrument.text) ?? []
      let header =
        [words.say("not_opened.column_code"), words.say("not_opened.column_office")] + codes
        + [words.say("asking_progress.voided")]
      let rows = desk.rows.map { row in
        [row.office.code.text, row.office.name.in(words.language)]
          + row.steps.map { words.say("home.progress_\($0.step.rawValue)") } + ["\(row.voidings)"]
      }
      return .table(
        ScorecardCSV.table([header] + rows) + "\r\n", named: "questionnaires", try signedIn.part("cycle"))
    },
  ]

  private static func desk(_ signedIn: SignedIn, _ page: Int?) async throws -> Registry.AskingDesk {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.askingDesk(page: page, in: cycle, by: signer, at: now)
    }
  }

  private static func row(
    _ row: Registry.AskedOffice, _ words: Wording, _ paths: LeadPaths
  ) -> ReportData {
    [
      "code": .text(row.office.code.text), "title": .text(row.office.shortName(words).held),
      "slips": .text(Paths(cycle: paths.cycle, office: row.office.code).slips),
      "steps": .list(
        row.steps.map { instrument, step in
          [
            "code": .text(instrument.text), "text": .text(words.say("home.progress_\(step.rawValue)")),
            "is_full": .flag(step == .full),
          ]
        }),
      "voided": row.voidings > 0
        ? .text(words.say("asking_progress.voided_times", ["count": row.voidings.shown])) : .absent,
    ]
  }
}

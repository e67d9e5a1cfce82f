import Hummingbird
import Integrity
import Reports
import Storage

/// The offices of which nobody has opened the results, for whoever looks at all offices.
enum NotOpenedPage {
  static let path = "/{cycle}/not-opened"

  static let routes: [Route] = [
    .page(path) { signedIn in
      let page = LeadPager(signedIn.visit).number
      let search = String((signedIn.visit.asked("search") ?? "").prefix(100)).trimmingBlanks
      let desk = try await desk(signedIn, search, page)
      let (words, paths) = (try signedIn.words(), try signedIn.leadPaths())
      let dates = Dates(signedIn.visit.visitor)
      let clarifying = desk.cycle.schedule?.clarifying
      let isBefore = desk.all == 0
      return try signedIn.page(
        "pages/lead-not-opened", title: words.say("not_opened.title"),
        [
          "opened": .text(desk.opened.shown),
          "all": .text(words.say("not_opened.of", ["all": desk.all.shown])),
          "share": .text(share(desk.opened, of: desk.all)), "is_before": .flag(isBefore),
          "opens": ReportData(
            clarifying.map { words.say("not_opened.opens", ["moment": dates.moment($0.opens)]) }),
          "until": ReportData(
            clarifying.flatMap { window in
              window.contains(signedIn.now)
                ? words.say(
                  "not_opened.closes",
                  [
                    "moment": dates.moment(window.closes),
                    "left": dates.left(until: window.closes, from: signedIn.now, words).kept,
                  ]) : nil
            }), "search": .text(search), "is_filtered": .flag(!search.isEmpty),
          "action": .text(paths.notOpened),
          "table": .text(paths.notOpened + ".csv"),
          "rows": .list(
            desk.offices.map { one in
              [
                "code": .text(one.office.code.text), "title": .text(one.office.shortName(words).held),
                "places": .text(one.office.provinces.map { $0.in(words.language) }.joined(separator: ", ")),
                "directors": .text(words.list(one.directors)), "has_directors": .flag(!one.directors.isEmpty),
              ]
            }), "is_empty": .flag(desk.offices.isEmpty),
          "all_opened": .flag(!isBefore && search.isEmpty && desk.found == 0),
          "pager": LeadPager.data(page, of: desk.found, words) { number in
            let fields = [
              search.isEmpty ? nil : "search=\(search.queryEscaped)", number > 1 ? "page=\(number)" : nil,
            ].compactMap { $0 }
            return paths.notOpened + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
          },
        ], frame: try signedIn.frame(signedIn.overseeing, .progress, in: desk.cycle))
    },
    .page(path + ".csv", load: .export) { signedIn in
      let words = try signedIn.words()
      let desk = try await desk(signedIn, "", nil)
      let rows = desk.offices.map { one in
        [one.office.code.text, one.office.name.in(words.language), one.directors.joined(separator: "; ")]
      }
      let header = ["not_opened.column_code", "not_opened.column_office", "not_opened.column_directors"]
      return .table(
        ScorecardCSV.table([header.map { words.say($0) }] + rows) + "\r\n", named: "not-opened",
        try signedIn.part("cycle"))
    },
  ]

  private static func desk(_ signedIn: SignedIn, _ search: String, _ page: Int?) async throws
    -> Registry.UnopenedDesk
  {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.unopenedDesk(search: search, page: page, in: cycle, by: signer, at: now)
    }
  }
}

import Foundation
import Hummingbird
import Integrity
import Logging
import NIOEmbedded
import Reports
import Storage
import Testing

@testable import Portal

/// Reports that are made while their page shows how far they are.
@Suite struct DownloadsPageTests {
  private let path = "/2569/downloads"

  private func site() throws -> Site {
    let site = try Site()
    try site.judgeAll()
    return site
  }

  private func ask(_ browser: Browser, _ report: String, language: String = "th") async throws -> String {
    let answer = try await browser.submit([("report", report), ("language", language)], on: path)
    #expect(answer.status == 303, "\(report)")
    return answer.location ?? ""
  }

  /// The file, once it is made; asked again and again, as the page does.
  private func file(_ browser: Browser, _ job: String) async throws -> Browser.Answer {
    while true {
      let state = try await browser.get(job + "/state").text
      if state.contains("\"is_over\": true") { return try await browser.get(job + "/file") }
      await Task.yield()
    }
  }

  @Test func `the committee's workbook, pages, tables and working are made and handed over`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let menu = try await browser.get(path).text
    for report in ["workbook-committee", "scorecards", "lines", "working"] {
      #expect(menu.contains("value=\"\(report)\""), "\(report)")
    }
    // A workbook about one office is not offered for all of them.
    #expect(!menu.contains("value=\"workbook-office\""))
    let workbook = try await file(browser, try await ask(browser, "workbook-committee"))
    #expect(workbook.status == 200 && workbook.bytes.starts(with: Array("PK".utf8)))
    #expect(workbook.headers[.contentDisposition] == "attachment; filename=\"committee-2569.xlsx\"")
    let pages = try await file(browser, try await ask(browser, "scorecards", language: "en"))
    #expect(pages.bytes.starts(with: Array("PK".utf8)))
    #expect(pages.headers[.contentDisposition] == "attachment; filename=\"scorecards-2569-en.zip\"")
    #expect(pages.text.contains("4001 ") && pages.text.contains(".html"))
    let lines = try await file(browser, try await ask(browser, "lines"))
    #expect(lines.text.hasPrefix("\u{FEFF}office,office_name,"))
    // The head stands once, and both offices are in it.
    #expect(lines.text.components(separatedBy: "office,office_name").count == 2)
    #expect(lines.text.contains("\r\n4001,") && lines.text.contains("\r\n4002,"))
    let working = try await file(browser, try await ask(browser, "working"))
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(working.bytes)) as? [String: Any])
    #expect((document["scorecards"] as? [Any])?.count == 2)
    // Of so few who all answered alike not even a committee takes counts away.
    #expect(working.text.contains("\"hidden\"") && !working.text.contains("\"counts\""))
  }

  @Test func `the page says how far it is, and is looked at again without a script`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let job = try await ask(browser, "scorecards")
    _ = try await file(browser, job)
    let page = try await browser.get(job).text
    #expect(page.contains("พร้อมดาวน์โหลด") && page.contains("href=\"\(job)/file\""))
    #expect(!page.contains("http-equiv=\"refresh\""))
    #expect(try await browser.get(path).text.contains(job))
    // While it is under way the page is asked for again; the state of a job is what decides.
    var visitor = Visitor(
      source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
    visitor.language = .english
    let under = DownloadsData(
      try site.registry.downloadsDesk(of: Site.cycle, by: Signer(Site.name(.committee)), at: site.clock.now),
      try site.portal.pages.words(.english), Dates(visitor))
    let order = Exports.Order(report: "x", name: "x", type: "text/plain") { _, _ in }
    var waiting = try Exports().begin(order, in: Site.cycle, by: "x", form: nil, at: site.clock.now)
    waiting.state = .running(done: 1, of: 4)
    #expect(under.share(waiting) == 25 && under.state(waiting) == "Under way: 1 of 4")
    let shown = try site.portal.pages.render("pages/download", .record(under.one(waiting, [])))
    #expect(shown.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"))
    #expect(shown.contains("data-under-way="))
  }

  @Test func `a report is for who asked for it, for a quarter of an hour`() async throws {
    let site = try site()
    let (browser, lead) = (try await site.browser(of: .committee), try await site.browser(of: .leadAssessor))
    let job = try await ask(browser, "lines")
    _ = try await file(browser, job)
    for way in ["", "/state", "/file"] {
      #expect(try await lead.get(job + way).status == 404, "\(way)")
      #expect(try await browser.get(job + way).status == 200, "\(way)")
    }
    #expect(try await browser.get(job.replacing("2569", with: "2570")).status == 404)
    site.clock.now = site.clock.now.adding(seconds: Exports.kept)
    // Their session has ended as well by then.
    let again = try await site.browser(of: .committee)
    for way in ["", "/state", "/file"] {
      #expect(try await again.get(job + way).status == 404, "\(way)")
    }
    #expect(!(try await again.get(path).text.contains(job)))
  }

  @Test func `a form sent twice makes one report, and a report can be thrown away`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let page = try await browser.get(path)
    var ways: Set<String> = []
    for _ in 1...2 {
      let answer = try await browser.post(
        path, [("report", "lines"), ("language", "th")], token: page.hidden("token"), key: page.hidden("form")
      )
      ways.insert(answer.location ?? "")
    }
    #expect(ways.count == 1)
    let job = try #require(ways.first)
    _ = try await file(browser, job)
    let dropped = try await browser.submit([], on: job, to: job + "/drop")
    #expect(dropped.status == 303 && dropped.location == path)
    #expect(try await browser.get(job + "/file").status == 404)
    #expect(
      try await browser.submit([("report", "nonsense"), ("language", "th")], on: path).status == 422)
  }

  @Test func `an office is found by the short name that pages show, though others begin with it`() throws {
    let pages = try Site().portal.pages
    let long = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"
    let offices = ["2", "20"].map { number in
      Office(
        code: Code("420\(number)"),
        name: Words(thai: "\(long)ธารทอง เขต \(number)", english: "Thanthong Area \(number)"))
    }
    let finder = OfficeFinder(offices, try Language.allCases.map { try pages.words($0) })
    for asked in [
      "สพป.ธารทอง เขต 2", "สพป.ธารทอง\u{A0}เขต\u{2060} ๒", "\(long)ธารทอง เขต 2", "4202", "thanthong area 2",
    ] {
      #expect(finder.one(asked)?.code == "4202", "\(asked)")
    }
    #expect(finder.one("ธารทอง") == nil && finder.one("เขต 20")?.code == "42020" && finder.one(" ") == nil)
  }

  @Test func `so many at once that the rest are told to come back`() throws {
    let exports = Exports()
    let now = Site.deciding
    let gate = DispatchSemaphore(value: 0)
    defer { for _ in 0..<20 { gate.signal() } }
    let order = Exports.Order(report: "x", name: "x", type: "text/plain") { _, _ in gate.wait() }
    for number in 0..<(Exports.atOnce + Exports.waiting) {
      _ = try exports.begin(order, in: "2569", by: Code("person\(number / 2)"), form: nil, at: now)
    }
    #expect(throws: Problem.self) {
      _ = try exports.begin(order, in: "2569", by: "another", form: nil, at: now)
    }
    let own = Exports()
    for _ in 0..<Exports.each { _ = try own.begin(order, in: "2569", by: "one", form: nil, at: now) }
    #expect(throws: Problem.self) { _ = try own.begin(order, in: "2569", by: "one", form: nil, at: now) }
  }

  @Test func `one office's result comes as a workbook, and only to who may see it`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let answer = try await browser.get("/2569/offices/4001/scorecard.xlsx")
    #expect(answer.status == 200 && answer.bytes.starts(with: Array("PK".utf8)))
    let found = try await browser.get(path + "?office=4001")
    #expect(found.status == 303 && found.location == "/2569/offices/4001/scorecard.xlsx")
    #expect(try await browser.get(path + "?office=nobody").text.contains("aria-invalid"))
    #expect(try await browser.get("/2569/offices/9999/scorecard.xlsx").status == 404)
    for role in [Role.director, .officer, .administrator, .assessor] {
      #expect(
        try await site.browser(of: role).get("/2569/offices/4001/scorecard.xlsx").status == 404,
        "\(role.rawValue)")
    }
  }

  @Test func `once published an administrator takes reports away too, but no option counts`() async throws {
    let site = try Site()
    try site.publishAll()
    let administrator = try await site.browser(of: .administrator)
    let menu = try await administrator.get(path)
    #expect(menu.status == 200 && menu.text.contains("value=\"lines\""))
    #expect(!menu.text.contains("value=\"working\""))
    #expect(
      try await administrator.submit([("report", "working"), ("language", "th")], on: path).status == 422)
    // Whoever belongs to an office reads the public page.
    #expect(try await site.browser(of: .director).get(path).status == 404)
    #expect(try await site.browser().get("/published/2569/4001.xlsx").status == 200)
  }
}

import Foundation
import GRDB
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// How people answer, over the router: without a script, without a cookie, and without a trace.
@Suite struct AnswerPagesTests {
  static let place = AnswerPlace(Site.cycle, Site.own, Collected("IIT"))
  static let path = "/answer/2569/4001/IIT"

  /// Codes for the own office.
  static func slips(_ site: Site, _ count: Int = 3) throws -> [SlipCode] {
    try site.registry.askForSlips(
      count, place, by: Signer(Site.name(.officeAdministrator)), at: site.clock.now)
    return try site.registry.makeSlips(count, place, by: Signer(Site.name(.director)), at: site.clock.now)
      .codes
  }

  /// Somebody with a phone and no script: they fill in what a page shows and press a button.
  final class Walker {
    let browser: Browser
    var page: Browser.Answer
    let path: String

    init(_ site: Site, _ path: String = AnswerPagesTests.path) async throws {
      browser = site.browser()
      self.path = path
      page = try await browser.get(path)
    }

    /// The hidden fields of the page, by name.
    var hidden: [(String, String)] {
      page.text.matches(of: /<input type="hidden" name="([a-z0-9]+)" value="([^"]*)">/)
        .map { (String($0.output.1), String($0.output.2)) }
    }

    /// The names of the questions a page asks.
    var questions: [String] {
      let names = page.text.matches(of: /type="radio" id="[a-z0-9-]+" name="(q[0-9]+)"/).map {
        String($0.output.1)
      }
      return names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    func press(_ button: String, _ fields: [(String, String)] = []) async throws {
      let own = Set(fields.map(\.0) + ["to"])
      page = try await browser.post(
        path, hidden.filter { !own.contains($0.0) } + fields + [("to", button)])
    }

    func begin(_ code: SlipCode) async throws { try await press("begin", [("slip", code.grouped)]) }

    /// Goes through all questions with one answer for each page, up to what was chosen.
    func answer(_ value: String = "2") async throws {
      while !questions.isEmpty { try await press("next", questions.map { ($0, value) }) }
    }
  }

  static func answers(_ site: Site) throws -> [[UInt8]] {
    try site.onlooker.read { db in
      try Data.fetchAll(db, sql: "SELECT answers FROM response").map { [UInt8]($0) }
    }
  }

  @Test func `somebody with a slip answers, looks it over, sends, and sees the end`() async throws {
    let site = try Site()
    let code = try Self.slips(site)[0]
    let walker = try await Walker(site)
    #expect(walker.page.status == 200 && walker.page.text.contains("ความเห็นของท่านต่อ"))
    #expect(!walker.page.text.contains(" checked"))
    try await walker.begin(code)
    #expect(walker.page.status == 200 && walker.questions == ["q0", "q1", "q2"])
    #expect(!walker.page.text.contains(" checked"), "nothing is chosen beforehand")
    try await walker.press("next", [("q0", "4"), ("q1", "3"), ("q2", "2")])
    #expect(walker.questions == ["q3"] && walker.page.text.contains("ตอบแล้ว 3 จาก 4 ข้อ"))
    try await walker.press("next", [("q3", "1")])
    #expect(walker.page.text.contains("ตรวจคำตอบก่อนส่ง") && walker.page.text.contains("มากที่สุด"))
    #expect(try Self.answers(site).isEmpty, "nothing is kept before it is sent")
    site.clock.now = site.clock.now.adding(seconds: 120)
    try await walker.press("send")
    #expect(walker.page.status == 303 && walker.page.location == "/answer/thanks?lang=th")
    #expect(try Self.answers(site) == [[4, 3, 2, 1, 0]])
    let end = try await walker.browser.get("/answer/thanks?lang=th")
    #expect(end.status == 200 && end.text.contains("ขอบคุณ คำตอบของท่านส่งแล้ว"))
    #expect(end.headers[.cacheControl] == "no-store")
  }

  @Test func `sent twice, or again after going back, an answer is kept once`() async throws {
    let site = try Site()
    let code = try Self.slips(site)[0]
    let walker = try await Walker(site)
    try await walker.begin(code)
    try await walker.answer()
    let review = walker.page
    for _ in 0..<3 {
      walker.page = review
      try await walker.press("send")
      #expect(walker.page.status == 303)
    }
    // Back from the end to a page of questions, another choice, and sent again.
    walker.page = review
    try await walker.press("1")
    try await walker.answer("3")
    try await walker.press("send")
    #expect(walker.page.status == 303)
    #expect(try Self.answers(site).count == 1)
  }

  @Test func `a used, a void and an unknown code meet the same page to the byte`() async throws {
    let site = try Site()
    let codes = try Self.slips(site)
    let used = try await Walker(site)
    try await used.begin(codes[0])
    try await used.answer()
    try await used.press("send")
    var generator = SystemRandomNumberGenerator()
    try site.registry.askToVoidSlips(
      Self.place, reason: "หาย", by: Signer(Site.name(.officeAdministrator)), at: site.clock.now)
    try site.registry.voidSlips(Self.place, by: Signer(Site.name(.leadAssessor)), at: site.clock.now)
    var pages: [[UInt8]] = []
    for code in [codes[0], codes[1], SlipCode.random(using: &generator)] {
      let walker = try await Walker(site)
      try await walker.begin(code)
      #expect(walker.page.status == 403)
      pages.append(walker.page.bytes)
    }
    #expect(Set(pages).count == 1)
  }

  @Test func `a code that was spent meanwhile meets the page of used codes when it is sent`() async throws {
    let site = try Site()
    let code = try Self.slips(site)[0]
    let (first, second) = (try await Walker(site), try await Walker(site))
    for walker in [first, second] {
      try await walker.begin(code)
      try await walker.answer()
      try await walker.press("send")
    }
    #expect(first.page.status == 303 && second.page.status == 403)
    #expect(try Self.answers(site).count == 1)
  }

  @Test func `a code is read however it is typed, and one that cannot be is named at its field`() async throws
  {
    let site = try Site()
    let code = try Self.slips(site)[0]
    let walker = try await Walker(site)
    try await walker.press("begin", [("slip", "7K3M-9QXA")])
    #expect(walker.page.status == 422 && walker.page.text.contains("href=\"#slip\""))
    #expect(walker.page.text.contains("value=\"7K3M-9QXA\""), "what was typed is kept")
    try await walker.press("begin", [("slip", "")])
    #expect(walker.page.status == 422 && walker.page.text.contains("โปรดกรอกรหัส"))
    try await walker.press("begin", [("slip", " \(code.groups.joined(separator: " ").lowercased()) ")])
    #expect(walker.page.status == 200 && !walker.questions.isEmpty)
  }

  @Test func `a question that was forgotten is named with a link, and nothing chosen is lost`() async throws {
    let site = try Site()
    let walker = try await Walker(site)
    try await walker.begin(try Self.slips(site)[0])
    try await walker.press("next", [("q0", "4")])
    #expect(walker.page.status == 422)
    #expect(walker.page.text.contains("href=\"#q1-1\"") && walker.page.text.contains("href=\"#q2-1\""))
    #expect(walker.page.text.contains("id=\"q0-4\" name=\"q0\" value=\"4\" checked"))
    // Sending past what is missing leads to it.
    try await walker.press("send")
    #expect(walker.page.status == 422 && walker.page.text.contains("href=\"#q1-1\""))
    #expect(try Self.answers(site).isEmpty)
  }

  @Test func `the other language takes along what was chosen`() async throws {
    let site = try Site()
    let walker = try await Walker(site)
    try await walker.begin(try Self.slips(site)[0])
    #expect(walker.page.text.contains("formaction=\"/answer/2569/4001/IIT?lang=en\""))
    let own = walker.hidden + [("q0", "4"), ("to", "stay")]
    walker.page = try await walker.browser.post("\(Self.path)?lang=en", own)
    #expect(walker.page.text.contains("lang=\"en\"") && walker.page.text.contains("1 of 4 answered"))
    #expect(walker.page.text.contains("id=\"q0-4\" name=\"q0\" value=\"4\" checked"))
  }

  @Test func `the way back and the way to one part keep what was chosen`() async throws {
    let site = try Site()
    let walker = try await Walker(site)
    try await walker.begin(try Self.slips(site)[0])
    try await walker.answer("3")
    try await walker.press("1")
    #expect(walker.page.text.contains("id=\"q1-3\" name=\"q1\" value=\"3\" checked"))
    try await walker.press("next")
    try await walker.press("back", [("q3", "2")])
    try await walker.press("next")
    #expect(walker.page.text.contains("id=\"q3-2\" name=\"q3\" value=\"2\" checked"))
  }

  @Test func `a form that none of our pages gave out is refused`() async throws {
    let site = try Site()
    let walker = try await Walker(site)
    try await walker.begin(try Self.slips(site)[0])
    let fields = walker.hidden
    for (name, value) in [
      ("nonce", "another number of a form"), ("seal", "0"), ("began", "0"),
    ] {
      let changed = fields.map { $0.0 == name ? (name, value) : $0 } + [("to", "next")]
      #expect(try await walker.browser.post(Self.path, changed).status == 403, "\(name)")
    }
    // Nor is one that was given out for another office.
    let elsewhere = try await walker.browser.post("/answer/2569/4002/IIT", fields + [("to", "next")])
    #expect(elsewhere.status == 403)
    for (name, value) in [("answers", "1-2"), ("answers", "9-9-9-9"), ("q0", "9"), ("q9", "1"), ("to", "x")] {
      let changed = fields.filter { $0.0 != name } + [(name, value)] + (name == "to" ? [] : [("to", "next")])
      #expect(try await walker.browser.post(Self.path, changed).status == 400, "\(name)=\(value)")
    }
  }

  @Test func `before it opens and after it has closed the page says when`() async throws {
    let site = try Site()
    let walker = try await Walker(site)
    try await walker.begin(try Self.slips(site)[0])
    site.clock.now = Site.setUp
    #expect(try await walker.browser.get(Self.path).text.contains("เปิดให้ตอบตั้งแต่"))
    site.clock.now = Site.deciding
    #expect(try await walker.browser.get(Self.path).text.contains("ปิดรับคำตอบแล้ว"))
    let late = try await walker.browser.post(Self.path, walker.hidden + [("to", "next")])
    #expect(late.status == 409 && late.text.contains("ปิดรับคำตอบแล้ว"))
    #expect(try await walker.browser.get("/answer/2569/4001/OIT").status == 404)
    #expect(try await walker.browser.get("/answer/2569/9999/IIT").status == 404)
    #expect(try await walker.browser.get("/answer/2569/4001/IIT.EIT1").status == 404)
  }

  @Test func `nothing is logged, no cookie is set, and no session is looked at`() async throws {
    let site = try Site()
    let code = try Self.slips(site)[0]
    // Somebody of the office who happens to be signed in.
    let walker = try await Walker(site)
    try walker.browser.bring(session: site.registry, of: Site.name(.officer), at: site.clock.now)
    let before = walker.browser.cookies
    site.clock.now = site.clock.now.adding(seconds: 300)
    let version = try site.dataVersion()
    walker.page = try await walker.browser.get("\(Self.path)?language=en")
    #expect(walker.page.status == 200 && walker.page.text.contains("lang=\"th\""))
    try await walker.begin(code)
    try await walker.answer()
    #expect(try site.dataVersion() == version, "nothing is written until it is sent")
    try await walker.press("send")
    _ = try await walker.browser.get("/answer/thanks?lang=th")
    _ = try await walker.browser.get("/answer/2569/9999/IIT")
    _ = try await walker.browser.post(Self.path, [("odd", "1")])
    #expect(walker.browser.log.lines.isEmpty, "\(walker.browser.log.lines)")
    #expect(walker.browser.cookies == before)
    #expect(walker.page.headers[.setCookie] == nil)
    // A page elsewhere is logged, by its pattern.
    _ = try await walker.browser.get("/help")
    #expect(walker.browser.log.lines.count == 1)
  }

  @Test func `the first page with all it loads is small enough for a slow line`() async throws {
    let site = try Site()
    let page = try await site.browser().get(Self.path)
    var total = page.bytes.count
    for match in page.text.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/)
    where !match.output.1.hasSuffix("fonts.css") {
      total += try await site.browser().get(String(match.output.1)).bytes.count
    }
    #expect(total <= 60_000, "\(total) bytes")
  }
}

extension AnswerPagesTests {
  @Test func `too many at once: the page tries again with all that was chosen`() async throws {
    let site = try Site()
    let walker = try await Walker(site)
    try await walker.begin(try Self.slips(site)[0])
    try await walker.answer()
    var settings = Settings()
    settings.port = 80
    settings.cost = Site.cost
    settings.patience = Site.ample
    settings.crowd = [.form: 0]
    let crowded = Browser(try site.portal(settings), on: site)
    let answer = try await crowded.post(Self.path, walker.hidden + [("to", "send")])
    #expect(answer.status == 503 && answer.headers[.retryAfter] == "5")
    #expect(answer.text.contains("data-retry=\"5\"") && answer.text.contains("answering.css"))
    for (name, value) in walker.hidden + [("to", "send")] {
      #expect(answer.text.contains("<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"), "\(name)")
    }
    #expect(crowded.log.lines.isEmpty && crowded.cookies.isEmpty)
    // What the page carries is sent when there is room.
    walker.page = answer
    try await walker.press("send")
    #expect(walker.page.status == 303)
    #expect(try Self.answers(site).count == 1)
  }

  @Test func `words are asked for where the criteria say so, kept apart, and read by the committee alone`()
    async throws
  {
    let site = try Site().withWords()
    let place = AnswerPlace(Site.worded, Site.own, Collected("IIT"))
    let now = site.clock.now
    try site.registry.askForSlips(2, place, by: Signer(Site.name(.officeAdministrator)), at: now)
    let code = try site.registry.makeSlips(2, place, by: Signer(Site.name(.director)), at: now).codes[0]
    let walker = try await Walker(site, "/answer/2570/4001/IIT")
    try await walker.begin(code)
    let words = "ขอให้เปิด<b>เร็วขึ้น</b> & ชัดเจน"
    while walker.page.text.contains("data-answered") {
      let texts = walker.page.text.matches(of: /<textarea id="(t[0-9]+)"/).map { String($0.output.1) }
      try await walker.press("next", walker.questions.map { ($0, "2") } + texts.map { ($0, words) })
    }
    #expect(walker.page.text.contains("&lt;b&gt;เร็วขึ้น&lt;/b&gt; &amp; ชัดเจน"))
    // A browser sends what the page says, without its escapes.
    let fields = walker.hidden.map { name, value in
      (name, value.hasPrefix("ขอให้") ? words : value)
    }
    walker.page = try await walker.browser.post(walker.path, fields + [("to", "send")])
    #expect(walker.page.status == 303)
    let path = "/2570/results/quality/4001"
    let committee = try await site.browser(of: .committee)
    #expect(try await !committee.get(path).text.contains("ชัดเจน"), "not before it is closed")
    site.clock.now = Site.deciding
    try site.registry.closeQuestionnaires(at: site.clock.now)
    let later = try await site.browser(of: .committee)
    #expect(try await later.get(path).text.contains("&lt;b&gt;เร็วขึ้น&lt;/b&gt; &amp; ชัดเจน"))
    #expect(try await later.get("/2570/results/quality").text.contains(path))
    #expect(try await site.browser(of: .director).get(path).status == 404)
  }

  @Test func `what went wrong while people answered is told without its moment`() {
    let troubles = AnswerTroubles()
    #expect(troubles.taken() == nil)
    troubles.note("first")
    troubles.note("second")
    #expect(troubles.taken() == AnswerTroubles.Trouble(times: 2, last: "second"))
    #expect(troubles.taken() == nil)
  }
}

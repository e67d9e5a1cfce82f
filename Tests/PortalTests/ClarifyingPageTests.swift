import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

/// An office opens its results and contests them, and another assessor decides.
@Suite struct ClarifyingPageTests {
  private let page = "/2569/offices/4001/findings"
  private var item: String { page + "/O2" }
  private let clarification = "/2569/clarifications/4001/O2"

  private func form(
    _ statement: String = "อยู่ในตารางที่ 3", piece: Bool = true, sure: Bool = true, page: String = "12",
    quote: String = "ตารางที่ 3", more: [(String, String)] = []
  ) -> [(String, String)] {
    [("statement", statement), ("piece_of", "0"), ("page", page), ("quote", quote)]
      + (piece ? [("piece", "0")] : []) + (sure ? [("sure", "yes")] : []) + more
  }

  @Test func `the results are opened by a button, once, and before it nothing of them is shown`() async throws
  {
    let site = try Site()
    try site.judge()
    let director = try await site.browser(of: .director)
    for path in [
      page, "/2569/offices/4001", "/2569/offices/4001/disclosures", "/2569/offices/4001/disclosures/O2",
    ] {
      let shown = try await director.get(path).text
      #expect(!shown.contains("ไม่พบผลการใช้จ่าย"), "\(path)")
    }
    #expect(try await director.get(item).location == page)
    #expect(try await director.get(page + ".csv").status == 404)
    let before = try await director.get(page)
    #expect(before.text.contains("บันทึกชื่อของท่าน") && before.text.contains("ถือว่ายอมรับผล"))
    let (token, key) = (before.hidden("token"), before.hidden("form"))
    for _ in 1...2 {
      #expect(try await director.post(page, [], token: token, key: key).location == page + "?done=opened")
    }
    let open = try await director.get(page).text
    #expect(open.contains("ไม่พบผลการใช้จ่าย") && open.contains("0 จาก 100 คะแนน"))
    let table = try await director.get(page + ".csv")
    #expect(table.status == 200 && table.text.contains("ไม่พบผลการใช้จ่าย") && table.text.contains("เปิดได้"))
    // The head has not opened them, and sees that the director has.
    let head = try await site.browser(of: .groupHead)
    let closed = try await head.get(page).text
    #expect(!closed.contains("ไม่พบผลการใช้จ่าย") && closed.contains(Role.director.title.thai))
    // Who keeps the accounts may not open them at all.
    let keeper = try await site.browser(of: .officeAdministrator)
    let refused = try await keeper.get(page)
    #expect(refused.status == 200 && !refused.text.contains("name=\"form\" value=\"\" "))
    #expect(try await keeper.post(page, [], token: keeper.token).status == 403)
    #expect(try await keeper.get(item).location == page)
  }

  @Test func `the way to the results is on the home, in the list and at the disclosure`() async throws {
    let site = try Site()
    try site.judge()
    let director = try await site.browser(of: .director)
    #expect(try await director.get("/2569/offices/4001").text.contains("href=\"\(page)\">เปิดดูผล"))
    #expect(try await director.get("/2569/offices/4001/disclosures/O2").text.contains("href=\"\(item)\""))
    try site.contest()
    let list = try await director.get("/2569/offices/4001/disclosures?state=contested").text
    #expect(list.contains("is-contested") && list.contains(">O2<") && !list.contains(">O1<"))
    site.clock.now = Site.assessing
    #expect(try await !director.get("/2569/offices/4001").text.contains(page))
    #expect(try await director.get(page).status == 403)
  }

  @Test func `a finding is contested once, with a pointer into what was submitted`() async throws {
    let site = try Site()
    try site.judge()
    let director = try await site.browser(of: .director)
    // Not before the results are opened.
    #expect(try await director.post(item, form(), token: director.token).status == 404)
    _ = try await director.submit([], on: page)
    let shown = try await director.get(item)
    #expect(shown.text.contains("ชี้แจงได้ครั้งเดียว") && shown.text.contains("https://www.example.test/O2"))
    #expect(!shown.text.contains("name=\"link\""))
    for (fields, field) in [
      (form(""), "statement"), (form(piece: false), "piece-0"), (form(sure: false), "sure"),
      (form(String(repeating: "ก", count: 2001)), "statement"),
      (form(page: String(repeating: "1", count: 201)), "page-of-0"),
    ] {
      let answer = try await director.submit(fields, on: item)
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""), "\(field)")
      #expect(answer.text.contains("ยังส่งไม่ได้"))
    }
    for odd in [[("piece", "1")], [("piece_of", "1")], [("link", "https://a.test")], [("do", "x")]] {
      #expect(try await director.submit(form() + odd, on: item).status == 400, "\(odd)")
    }
    #expect(try await director.get("/2569/offices/4001/findings/O1").text.contains("id=\"contest\"") == false)
    let (token, key) = (shown.hidden("token"), shown.hidden("form"))
    for _ in 1...2 {
      #expect(
        try await director.post(item, form(), token: token, key: key).location == item + "?done=contested")
    }
    let after = try await director.get(item).text
    #expect(after.contains("อยู่ระหว่างชี้แจง") && after.contains("ตารางที่ 3") && !after.contains("id=\"contest\""))
    // A second statement is refused, and what was typed is kept.
    let second = try await director.post(item, form("อีกครั้ง"), token: director.token)
    #expect(second.status == 403 && second.text.contains("อีกครั้ง\n12"))
  }

  @Test func `officers and heads read and do not contest, and other offices find nothing`() async throws {
    let site = try Site()
    try site.judge()
    let officer = try await site.browser(of: .officer)
    _ = try await officer.submit([], on: page)
    let shown = try await officer.get(item)
    #expect(
      shown.status == 200 && !shown.text.contains("id=\"contest\"") && shown.text.contains("เป็นผู้ส่งคำชี้แจง"))
    #expect(try await officer.post(item, form(), token: officer.token).status == 403)
    for path in [page, item, page + ".csv"] {
      #expect(
        try await officer.get(path.replacingOccurrences(of: "4001", with: "4002")).status == 404, "\(path)")
    }
    // Who judged is told to nobody of the office.
    #expect(!shown.text.contains(Role.assessor.title.thai + "</span>"))
  }

  @Test func `a deadline that passes while the form is open loses nothing that was typed`() async throws {
    let site = try Site()
    try site.judge()
    let director = try await site.browser(of: .director)
    _ = try await director.submit([], on: page)
    let shown = try await director.get(item)
    site.clock.now = Site.moment("2026-06-01T00:00")
    try director.bring(session: site.registry, of: Site.name(.director), at: site.clock.now)
    let late = try await director.post(
      item, form("พิมพ์ค้างไว้"), token: director.token, key: shown.hidden("form"))
    #expect(late.status == 403 && late.text.contains("พิมพ์ค้างไว้"))
    // Silence is acceptance, derived.
    let after = try await director.get(page).text
    #expect(after.contains("ถือว่ายอมรับผล") && !after.contains("กดขอชี้แจง"))
    #expect(try await director.get(item).text.contains("ไม่ได้ชี้แจงภายในกำหนด"))
  }

  @Test func `a session that ends while a statement is typed brings it back`() async throws {
    let site = try Site()
    try site.judge()
    try site.give(password: Site.password, to: .director)
    let director = try await site.browser(of: .director)
    _ = try await director.submit([], on: page)
    let shown = try await director.get(item)
    site.clock.now = site.clock.now.adding(seconds: 31 * 60)
    let asked = try await director.post(
      item, form("ข้อความที่พิมพ์ไว้"), token: shown.hidden("token"), key: shown.hidden("form"))
    #expect(asked.status == 401)
    let kept = try #require(asked.hidden("kept")).replacing("&amp;", with: "&")
    let entered = try await director.post(
      "/sign-in",
      [("name", Site.name(.director).text), ("password", Site.password), ("to", item), ("kept", kept)],
      token: asked.hidden("token"))
    let back = try await director.get(try #require(entered.location))
    #expect(back.status == 200 && back.text.contains("ข้อความที่พิมพ์ไว้</textarea>"))
    #expect(back.text.contains("value=\"ตารางที่ 3\"") && back.text.contains("id=\"sure\""))
  }

  @Test func `further links are taken only where the schedule admits them`() async throws {
    let site = try Site()
    try site.judge()
    let more = Schedule(
      collecting: try site.schedule.collecting, assessing: try site.schedule.assessing,
      clarifying: try site.schedule.clarifying, admitsFurtherProof: true)
    try site.registry.setSchedule(more, of: Site.cycle, reason: "x", by: Signer("admin"), at: site.clock.now)
    let director = try await site.browser(of: .director)
    _ = try await director.submit([], on: page)
    #expect(try await director.get(item).text.contains("name=\"link\""))
    func link(_ address: String) -> [(String, String)] {
      [("link", address), ("link_page", "3"), ("link_quote", ""), ("link_nature", "document")]
    }
    // Without a script another row is another page.
    let row = try await director.submit(
      form(more: link("https://a.test/new") + [("do", "add_link")]), on: item)
    #expect(row.status == 200 && row.text.contains("id=\"link-2\"") && row.text.contains("อยู่ในตารางที่ 3"))
    let gone = try await director.submit(
      form(more: link("https://a.test/new") + [("do", "remove_1")]), on: item)
    #expect(gone.status == 200 && !gone.text.contains("https://a.test/new"))
    #expect(try await director.submit(form(more: link("javascript:x")), on: item).status == 422)
    #expect(
      try await director.submit(form(piece: false, more: link("https://a.test/new")), on: item).status == 303)
    #expect(try await director.get(item).text.contains("https://a.test/new"))
  }

  // Deciding.

  private func decision(_ mark: String, _ reason: String, last: String?, _ more: [(String, String)] = [])
    -> [(String, String)]
  {
    [("mark", mark), ("reason", reason), ("last", last ?? "")] + more
  }

  @Test func `the lead names, the named assessor decides, and both findings stand side by side`() async throws
  {
    let site = try Site()
    try site.judge()
    try site.contest()
    let lead = try await site.browser(of: .leadAssessor)
    let list = "/2569/clarifications"
    #expect(try await lead.get(list).text.contains("4001/O2"))
    let faults = try await lead.submit([], on: list)
    #expect(faults.status == 422 && faults.text.contains("#items") && faults.text.contains("#assessor"))
    let same = try await lead.submit(
      [("item", "4001/O2"), ("item", "4002/O2"), ("assessor", "assessor")], on: list)
    #expect(same.status == 422 && same.text.contains("#pick-4001-O2") && same.text.contains("#pick-4002-O2"))
    #expect(try await lead.submit([("item", "4001"), ("assessor", "x")], on: list).status == 400)
    #expect(
      try await lead.submit([("item", "4001/O2"), ("assessor", Site.second.text)], on: list).location
        == list + "?done=named")
    let second = try site.browser(named: Site.second)
    // Their first page says what waits for them, though nothing is left to be judged.
    let first = try await second.get("/2569/marking").text
    #expect(first.contains("คำชี้แจงของหน่วยงานรอท่านพิจารณา 1 ข้อ") && first.contains("href=\"\(list)\""))
    #expect(try await second.get("/2569/clarifications/4002/O2").status == 404)
    let own = try await second.get(list).text
    #expect(own.contains("4001/O2") && !own.contains("4002/O2") && !own.contains("name=\"assessor\""))
    let shown = try await second.get(clarification)
    #expect(shown.text.contains("ไม่พบผลการใช้จ่าย") && shown.text.contains("อยู่ในตารางที่ 3"))
    let last = shown.hidden("last")
    for (fields, field) in [
      (decision("", "เหตุผล", last: last), "mark"), (decision("same", "", last: last), "reason"),
    ] {
      let answer = try await second.submit(fields, on: clarification)
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""))
    }
    #expect(
      try await second.submit(decision("other", "x", last: last, [("element", "nothing")]), on: clarification)
        .status == 400)
    // Another mark is another mark: whoever leaves the finding as it is says so.
    let unchanged = try await second.submit(decision("other", "x", last: last), on: clarification)
    #expect(unchanged.status == 422 && unchanged.text.contains("ผลที่ให้เหมือนผลเดิม"))
    let (token, key) = (shown.hidden("token"), shown.hidden("form"))
    let met = decision(
      "other", "พบในหน้า 12", last: last, [("element", "results"), ("element", "spending")])
    for _ in 1...2 {
      let answer = try await second.post(clarification, met, token: token, key: key)
      #expect([303, 403, 409].contains(answer.status))
    }
    let decided = try await second.get(clarification).text
    #expect(decided.contains("พบในหน้า 12") && !decided.contains("id=\"decide\""))
    let director = try await site.browser(of: .director)
    let sides = try await director.get(item).text
    #expect(sides.contains("ไม่พบผลการใช้จ่าย") && sides.contains("พบในหน้า 12"))
    #expect(sides.contains("0 จาก 100 คะแนน") && sides.contains("100 จาก 100 คะแนน"))
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `a decision over another that has come in between is a conflict, and what was typed is kept`()
    async throws
  {
    let site = try Site()
    try site.judge()
    try site.contest()
    try site.registry.nameDecider(
      Site.second, of: "O2", of: Site.own, in: Site.cycle, by: Signer(Site.name(.leadAssessor)),
      at: site.clock.now)
    let (one, two) = (try site.browser(named: Site.second), try site.browser(named: Site.second))
    let (first, second) = (try await one.get(clarification), try await two.get(clarification))
    func send(_ browser: Browser, _ shown: Browser.Answer, _ reason: String) async throws -> Browser.Answer {
      try await browser.post(
        clarification, decision("same", reason, last: shown.hidden("last")), token: shown.hidden("token"),
        key: shown.hidden("form"))
    }
    #expect(try await send(one, first, "คงเดิม").status == 303)
    let stale = try await send(two, second, "พิมพ์ไว้นานแล้ว")
    #expect(stale.status == 409 && stale.text.contains("พิมพ์ไว้นานแล้ว"))
    // The name was given to somebody else while the form was open.
    let other = try Site()
    try other.judge()
    try other.contest()
    let lead = Signer(Site.name(.leadAssessor))
    try other.registry.nameDecider(
      Site.second, of: "O2", of: Site.own, in: Site.cycle, by: lead, at: other.clock.now)
    let named = try other.browser(named: Site.second)
    let open = try await named.get(clarification)
    _ = try other.registry.keep(
      people: [
        PersonEntry(
          code: "assessor.three", name: "ผู้ตรวจคนที่สาม",
          grants: [Grant(.assessor, for: .everywhere, from: Site.day("2025-10-01"))])
      ], isDryRun: false, by: Signer("admin"), at: other.clock.now)
    try other.registry.nameDecider(
      "assessor.three", of: "O2", of: Site.own, in: Site.cycle, by: lead, at: other.clock.now)
    #expect(try await send(named, open, "ของเดิม").status == 404)
  }

  @Test func `no text changes the shape of a page that shows it`() async throws {
    var shapes: [String: [String]] = [:]
    for text in ["ข้อความธรรมดา"] + SecurityTests.hostile {
      let site = try Site()
      let typed = Site.Typed(reason: text, statement: text, page: text)
      try site.judge(typed)
      try site.contest(typed)
      try site.registry.nameDecider(
        Site.second, of: "O2", of: Site.own, in: Site.cycle, by: Signer(Site.name(.leadAssessor)),
        at: site.clock.now)
      let looks: [(Browser, [String])] = [
        (try await site.browser(of: .director), [page, item]),
        (try await site.browser(of: .leadAssessor), ["/2569/clarifications", clarification]),
        (try site.browser(named: Site.second), ["/2569/clarifications", clarification]),
      ]
      for (place, (browser, paths)) in looks.enumerated() {
        for path in paths {
          let shape = Shape.of(try await browser.get(path).text)
          let key = "\(place) \(path)"
          if let expected = shapes[key] {
            #expect(shape == expected, "\(text) on \(key)")
          } else {
            shapes[key] = shape
          }
        }
      }
    }
    #expect(shapes.count == 6 && shapes.values.allSatisfy { $0.count > 20 })
  }
}

extension Site {
  /// The dates of the year.
  var schedule: Schedule {
    get throws {
      let desk = try registry.officeDesk(
        Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: clock.now)
      guard let schedule = desk.cycle.schedule else { throw Problem.notFound }
      return schedule
    }
  }
}

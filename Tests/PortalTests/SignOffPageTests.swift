import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// Passing on, signing, the receipt and taking back.
@Suite struct SignOffPageTests {
  private let base = "/2569/offices/4001"

  private func site() throws -> Site {
    let site = try Site()
    try site.give(password: Site.password, to: .director)
    return site
  }

  /// Opens the page and signs what is on it.
  private func sign(
    _ browser: Browser, password: String = Site.password, accept: Bool = true, seen: String? = nil
  ) async throws -> Browser.Answer {
    let page = try await browser.get("\(base)/sign-off")
    let fields =
      [("seen", seen ?? page.hidden("seen") ?? ""), ("password", password)]
      + (accept ? [("accept", "yes")] : [])
    return try await browser.post(
      "\(base)/sign-off", fields, token: page.hidden("token"), key: page.hidden("form"))
  }

  private func state(of item: Code<Node>, _ site: Site) throws -> Submission.State? {
    try site.registry.submissions(
      of: Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: site.clock.now
    ).first { $0.item == item }?.state
  }

  @Test func `a director signs what is ready and is given a receipt`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .director)
    let answer = try await sign(browser)
    #expect(answer.status == 303)
    let location = try #require(answer.location)
    let receipt = try await browser.get(location)
    #expect(receipt.status == 200)
    #expect(receipt.text.contains("OIT-2569-4001-01"))
    #expect(try state(of: "O1", site) == .submitted)
    #expect(try state(of: "O2", site) == .draft)
    let table = try await browser.get(location + "/submitted.csv")
    #expect(table.text.hasPrefix("\u{FEFF}") && table.text.contains("https://www.example.test/O1"))
    #expect(table.headers[.contentDisposition] == "attachment; filename=\"OIT-2569-4001-01.csv\"")
  }

  @Test func `nothing is signed without the tick, without the password or with a wrong one`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .director)
    let before = try site.dataVersion()
    for answer in [
      try await sign(browser, accept: false), try await sign(browser, password: ""),
      try await sign(browser, password: "wrong password 1"),
    ] {
      #expect(answer.status == 422)
      #expect(answer.text.contains("role=\"alert\""))
      #expect(!answer.text.contains("wrong password 1"))
    }
    #expect(try site.dataVersion() == before)
    #expect(try state(of: "O1", site) == .ready)
  }

  @Test func `what has changed since the page was opened is not signed`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .director)
    let page = try await browser.get("\(base)/sign-off")
    let seen = try #require(page.hidden("seen"))
    let head = Signer(Site.name(.groupHead))
    _ = try site.registry.pass("O2", of: Site.own, in: Site.cycle, by: head, at: site.clock.now)
    let more = try await sign(browser, seen: seen)
    #expect(more.status == 409)
    // Sent back and passed on again, it is another revision.
    let now = try #require(try await browser.get("\(base)/sign-off").hidden("seen"))
    _ = try site.registry.sendBack(
      "O1", of: Site.own, in: Site.cycle, note: "x", by: head, at: site.clock.now)
    _ = try site.registry.pass("O1", of: Site.own, in: Site.cycle, by: head, at: site.clock.now)
    #expect(try await sign(browser, seen: now).status == 409)
    #expect(try state(of: "O1", site) == .ready)
    #expect(try await sign(browser).status == 303)
    #expect(try state(of: "O2", site) == .submitted)
  }

  @Test func `a form sent twice gives one receipt`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .director)
    let page = try await browser.get("\(base)/sign-off")
    let fields = [("seen", page.hidden("seen") ?? ""), ("password", Site.password), ("accept", "yes")]
    for _ in 1...2 {
      let answer = try await browser.post(
        "\(base)/sign-off", fields, token: page.hidden("token"), key: page.hidden("form"))
      #expect(answer.status == 303)
      #expect(answer.location?.contains("/receipts") == true)
    }
    let list = try await browser.get("\(base)/receipts")
    #expect(list.text.contains("OIT-2569-4001-01") && !list.text.contains("OIT-2569-4001-02"))
  }

  @Test func `an acting head signs by the order, which stands on the receipt`() async throws {
    let site = try site()
    let day = site.clock.now.day
    let admin = Signer("admin")
    let acting = Acting(.inPlaceOf, order: "ที่ 112/2569", date: day)
    try site.registry.grant(
      Grant(.director, for: .offices([Site.own]), from: day, acting: acting), to: Site.name(.officer),
      by: admin,
      at: site.clock.now)
    try site.give(password: Site.password, to: .officer)
    let browser = try await site.browser(of: .officer)
    #expect(try await browser.get("\(base)/sign-off").text.contains("112/2569"))
    let location = try #require(try await sign(browser).location)
    let receipt = try await browser.get(location).text
    #expect(receipt.contains("รักษาราชการแทน") && receipt.contains("คำสั่งที่ 112/2569"))
  }

  @Test func `others of the office read the page and find no form`() async throws {
    let site = try site()
    for role in [Role.officer, .groupHead, .officeAdministrator] {
      let browser = try await site.browser(of: role)
      let page = try await browser.get("\(base)/sign-off")
      #expect(page.status == 200 && page.hidden("seen") == nil, "\(role)")
      let answer = try await browser.post(
        "\(base)/sign-off", [("seen", "O1.2"), ("accept", "yes"), ("password", "x")], token: browser.token)
      #expect(answer.status == 403, "\(role)")
    }
    // Assessors may read what is submitted once it is frozen, not what an office thinks of it.
    site.clock.now = Site.assessing
    #expect(try await site.browser(of: .leadAssessor).get("\(base)/sign-off").status == 404)
  }

  @Test func `what came in before the window closed counts, and nothing after`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .director)
    let page = try await browser.get("\(base)/sign-off")
    site.clock.now = Site.moment("2026-04-01T00:00")
    try browser.bring(session: site.registry, of: Site.name(.director), at: site.clock.now)
    let answer = try await browser.post(
      "\(base)/sign-off",
      [("seen", page.hidden("seen") ?? ""), ("password", Site.password), ("accept", "yes")],
      token: browser.token)
    #expect(answer.status == 403)
    #expect(answer.text.contains("31 มี.ค. 2569") || answer.text.contains("1 เม.ย. 2569"))
    site.clock.now = Site.moment("2026-03-31T23:59:59")
    #expect(try await sign(browser).status == 303)
  }

  @Test func `several are recalled with a reason, all of them or none`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .director)
    _ = try site.registry.pass(
      "O2", of: Site.own, in: Site.cycle, by: Signer(Site.name(.groupHead)), at: site.clock.now)
    _ = try await sign(browser)
    let page = "\(base)/recall"
    #expect(try await browser.submit([("reason", "")], on: page).status == 422)
    #expect(
      try await browser.submit([("item", "O1"), ("item", "O9"), ("reason", "x")], on: page).status == 400)
    #expect(try state(of: "O1", site) == .submitted)
    let answer = try await browser.submit([("item", "O1"), ("item", "O2"), ("reason", "แก้ลิงก์")], on: page)
    #expect(answer.status == 303)
    #expect(try state(of: "O1", site) == .draft && state(of: "O2", site) == .draft)
    let receipt = try await browser.get("\(base)/receipts/OIT-2569-4001-01")
    #expect(receipt.text.contains("O1, O2"))
  }

  @Test func `the head passes on what is complete and is told what is not`() async throws {
    let site = try site()
    let office = Site.own
    _ = try site.registry.draft(
      DraftEntry(office: office, item: "O3", isDisclosed: true), in: Site.cycle,
      by: Signer(Site.name(.officer)),
      at: site.clock.now)
    let browser = try await site.browser(of: .groupHead)
    let page = "\(base)/review"
    let lacking = try await browser.submit([("act", "pass"), ("item", "O2"), ("item", "O3")], on: page)
    #expect(lacking.status == 422)
    #expect(lacking.text.contains("href=\"#pick-O3\""))
    #expect(try state(of: "O2", site) == .draft)
    #expect(try await browser.submit([("act", "pass")], on: page).status == 422)
    #expect(
      try await browser.submit([("act", "send_back"), ("item", "O1"), ("note", " ")], on: page).status == 422)
    #expect(try await browser.submit([("act", "pass"), ("item", "O2")], on: page).status == 303)
    #expect(try state(of: "O2", site) == .ready)
    let note = "แก้หน้า 3 <b>"
    #expect(
      try await browser.submit([("act", "send_back"), ("item", "O1"), ("note", note)], on: page).status == 303
    )
    #expect(try state(of: "O1", site) == .returned)
    let shown = try await browser.get(page).text
    #expect(shown.contains("แก้หน้า 3 &lt;b&gt;"))
  }

  @Test func `what was sent back or is said not to be there is not counted among what is complete`()
    async throws
  {
    let site = try site()
    func draft(_ item: Code<Node>, _ isDisclosed: Bool, note: String = "") throws {
      let link = Evidence(.link("https://www.example.test/\(item)"))
      let rubric = try site.registry.rubric(of: Site.cycle)
      let elements = rubric.disclosure(of: item)?.elements.map { Coverage($0.key) } ?? []
      _ = try site.registry.draft(
        DraftEntry(
          office: Site.own, item: item, isDisclosed: isDisclosed, note: note,
          evidence: isDisclosed ? [link] : [], elements: isDisclosed ? elements : []), in: Site.cycle,
        by: Signer(Site.name(.officer)), at: site.clock.now)
    }
    try draft("O2", true)
    try draft("O3", false, note: "ยังไม่ได้จัดทำ")
    let browser = try await site.browser(of: .groupHead)
    func sections() async throws -> [String: String] {
      let text = try await browser.get("\(base)/review").text
      var sections: [String: String] = [:]
      for part in text.components(separatedBy: "aria-labelledby=\"").dropFirst() {
        sections[String(part.prefix { $0 != "\"" })] = part
      }
      return sections
    }
    var found = try await sections()
    #expect(
      found["complete"]?.contains("pick-O2") == true && found["not_disclosed"]?.contains("pick-O3") == true)
    _ = try await browser.submit(
      [("act", "send_back"), ("item", "O2"), ("note", "ขาดหน้า 3")], on: "\(base)/review")
    found = try await sections()
    #expect(found["complete"]?.contains("pick-O2") != true && found["returned"]?.contains("pick-O2") == true)
    // Edited, it is complete again; the director is told what is left out of what waits for signing.
    try draft("O2", true)
    #expect(try await sections()["complete"]?.contains("pick-O2") == true)
    let passed = try await browser.submit([("act", "pass"), ("item", "O3")], on: "\(base)/review")
    #expect(passed.status == 303, "\(passed.text)")
    let director = try await site.browser(of: .director)
    let page = try await director.get("\(base)/sign-off").text
    let short = page.components(separatedBy: "พร้อมส่ง แต่ยังไม่ครบหรือแจ้งว่าไม่มี")
    #expect(short.count == 2 && short[1].contains("/disclosures/O3"), "\(page)")
  }
}

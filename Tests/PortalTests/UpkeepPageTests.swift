import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// Who is late, the trail, retention, backups and extensions.
@Suite struct UpkeepPageTests {
  private func site(backups: Bool = false) async throws -> (Site, Browser) {
    let site = try Site(hasBackups: backups)
    try site.give(password: Site.password, to: .administrator)
    return (site, try await site.browser(of: .administrator))
  }

  @Test func `who is late stands with what is missing, and no count of answers`() async throws {
    let (site, browser) = try await site()
    let page = try await browser.get("/2569/late")
    #expect(page.status == 200)
    #expect(page.text.contains("ยังไม่ส่ง 3 ข้อ") && page.text.contains("ยังไม่ถึงครึ่งของขั้นต่ำ"))
    #expect(try await browser.get("/2569/late?what=findings").text.contains("ไม่มีรายการที่ตรงกับตัวกรอง"))
    let table = try await browser.get("/2569/late.csv?what=submissions")
    #expect(table.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(table.text.contains("4001,") && table.text.contains("O1 O2 O3"))
    #expect(try await browser.get("/none/late").status == 404)
    for role in [Role.officer, .director, .assessor, .officeAdministrator] {
      #expect(try await site.browser(of: role).get("/2569/late").status == 404, "\(role)")
    }
    // Whom to call is for the administrator.
    let committee = try await site.browser(of: .committee).get("/2569/late").text
    #expect(committee.contains("ยังไม่ส่ง") && !committee.contains("<b class=\"is-name\">"))
  }

  @Test func `the checklist of an open cycle tells who is at what, until an office has a score`() async throws
  {
    let site = try Site()
    func steps() async throws -> [String] {
      let page = try await site.browser(of: .administrator).get("/setting-up")
      #expect(page.status == 200)
      let list = page.text.firstMatch(of: /(?s)<ol class="tasks setup-steps setup-course".*?<\/ol>/)
      return try #require(list).output.split(separator: "<li class=\"task\">").dropFirst().map { String($0) }
    }
    let begun = try await steps()
    try #require(begun.count == 7)
    #expect(begun[0].contains("/2569/late?what=submissions") && begun[0].contains("0 จาก 2 หน่วยงาน"))
    #expect(begun[2].contains("หัวหน้าผู้ตรวจประเมิน:") && begun[2].contains("ยังไม่มีผู้ตรวจ 2 หน่วยงาน"))
    #expect(begun[4].contains("คะแนนจะขึ้นเมื่อตรวจครบทุกข้อ") && begun[6].contains("ยังไม่ถึงช่วง"))
    try site.judgeAll()
    site.clock.now = Site.assessing
    // As the server does when a day begins.
    try site.registry.refreshProgress(at: Site.assessing)
    let judged = try await steps()
    #expect(judged[0].contains("ปิดรับข้อมูลแล้ว") && judged[3].contains("ตรวจแล้ว 6 จาก 6 รายการ"))
    #expect(judged[4].contains("หน่วยงานแรก:") && judged[4].contains("1 จาก 2 หน่วยงาน"))
    #expect(!judged[4].contains("href"), "whoever keeps offices reads no score before it is published")
    for member in [Site.name(.committee), Site.secondMember] {
      _ = try site.registry.seal(Site.cycle, by: Signer(member), at: Site.sealing)
    }
    site.clock.now = Site.sealing
    #expect(try await steps()[6].contains("รับรองผลแล้ว ยังไม่ประกาศ"))
  }

  @Test func `the trail is read in words, filtered and taken away`() async throws {
    let (site, browser) = try await site()
    let page = try await browser.get("/trail")
    #expect(page.status == 200 && page.text.contains("ออกใบเข้าใช้"))
    let judged = try await browser.get("/trail?act=draft&office=4001")
    #expect(judged.text.contains("ท่านไม่มีสิทธิ์ดูเนื้อหาของรายการนี้"))
    #expect(!judged.text.contains("example.test"))
    let english = try await site.browser(of: .administrator)
    _ = try await english.get("/trail?language=en")
    #expect(try await english.get("/trail?act=grant_role").text.contains("<p class=\"title\">Grant a role"))
    #expect(try await browser.get("/trail?from=31/2/2569").text.contains("01/10/2568"))
    #expect(try await browser.get("/trail?from=1/1/2590").text.contains("ไม่มีรายการที่ตรงกับตัวกรอง"))
    let table = try await browser.get("/trail.csv?act=open_cycle")
    #expect(table.text.split(separator: "\r\n").count == 4, "\(table.text)")
    let director = try await site.browser(of: .director)
    #expect(try await director.get("/trail").status == 404)
    #expect(try await director.get("/trail?office=4002").status == 404)
    #expect(try await director.get("/trail?office=4001").status == 200)
    #expect(try await director.get("/trail.csv?office=4002").status == 404)
  }

  @Test func `the older hundred are reached by their number`() async throws {
    let (site, browser) = try await site()
    for number in 0..<120 {
      let office = Office(code: Code("x\(number)"), name: Words(thai: "เขต", english: "Area"))
      _ = try site.registry.keep(offices: [office], isDryRun: false, by: Signer("admin"), at: site.clock.now)
    }
    let first = try await browser.get("/trail?act=keep_offices").text
    let older = try #require(first.firstMatch(of: /rel="next" href="([^"]+)"/)?.output.1)
    #expect(older.contains("before=") && older.contains("act=keep_offices"))
    let second = try await browser.get(String(older).replacing("&amp;", with: "&")).text
    #expect(second.contains("class=\"setup-when\"") && !second.contains("rel=\"next\""))
  }

  @Test func `what is due goes by password, and only what was seen`() async throws {
    let (site, browser) = try await site()
    let page = try await browser.get("/retention")
    #expect(page.status == 200)
    // A code that runs out is due at once.
    _ = try site.registry.reset("officer", by: Signer("admin"), at: site.clock.now)
    site.clock.now = site.clock.now.adding(days: 41)
    try site.give(password: Site.password, to: .administrator)
    let later = try await site.browser(of: .administrator)
    let due = try await later.get("/retention")
    #expect(due.text.contains("ครบกำหนดแล้ว"))
    #expect(try await later.submit([("password", "x"), ("seen", "")], on: "/retention").status == 422)
    #expect(
      try await later.submit([("password", Site.password), ("seen", "other")], on: "/retention").status == 422
    )
    let done = try await later.submit([("password", Site.password), ("seen", "")], on: "/retention")
    #expect(done.location == "/retention?told=retained")
    _ = browser
  }

  @Test func `a backup is made and verified, and no address gives it away`() async throws {
    let (site, browser) = try await site(backups: true)
    #expect(try await browser.get("/backups").text.contains("ยังไม่มีสำเนาสำรองจากหน้านี้"))
    #expect(try await browser.submit([("password", "")], on: "/backups").status == 422)
    let made = try await browser.submit([("password", Site.password)], on: "/backups")
    #expect(made.location == "/backups?told=backed_up")
    let page = try await browser.get("/backups").text
    let name = try #require(
      page.firstMatch(of: /name="name" value="(ita-[0-9-]+\.sqlite)"/).map { String($0.output.1) })
    #expect(page.contains("ตรวจแล้ว"))
    let path = "\(site.folder)/backups/\(name)"
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    for address in ["/backups/\(name)", "/backups/../registry.sqlite", "/backups/verify/\(name)"] {
      #expect(try await browser.get(address).status == 404, "\(address)")
    }
    // Another file under its name is not what was verified.
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 8192)
    try handle.close()
    #expect(try await browser.get("/backups").text.contains("ยังไม่ได้ตรวจ"))
    let verified = try await browser.submit([("name", name)], on: "/backups", to: "/backups/verify")
    #expect(verified.location == "/backups?told=faulty")
    #expect(try await browser.get("/backups").text.contains("พบข้อผิดพลาด"))
    for other in ["../registry.sqlite", "x.sqlite", "", "\(name).verified"] {
      #expect(
        try await browser.post("/backups/verify", [("name", other)], token: browser.token).status == 404)
    }
  }

  @Test func `an office is given longer, with a reason and the password`() async throws {
    let (site, browser) = try await site()
    let path = "/setting-up/cycles/2569/extensions"
    let usual = [
      "office": "4001", "instrument": "OIT", "day": "7/4/2569", "time": "16.30", "reason": "น้ำท่วม",
      "password": Site.password,
    ]
    for (wrong, field) in [
      (["office": ""], "office"), (["office": "none"], "office"), (["instrument": "X"], "instrument"),
      (["day": "1/1/2569"], "day"), (["day": "7/5/2569"], "day"), (["time": "99"], "time"),
      (["reason": ""], "reason"),
      (["password": "x"], "password"),
    ] {
      let answer = try await browser.submit(usual.merging(wrong) { $1 }.map { ($0, $1) }, on: path)
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""), "\(wrong)")
    }
    #expect(try await browser.submit(usual.map { ($0, $1) }, on: path).status == 303)
    let longer = try #require(try site.registry.cycle("2569").extensions.first)
    #expect(longer.until == Moment("2026-04-07T16:30") && longer.office == "4001")
    #expect(try await browser.get(path).text.contains("น้ำท่วม"))
  }

  @Test func `dates of an open cycle change with a reason and the password`() async throws {
    let (site, browser) = try await site()
    let path = "/setting-up/cycles/2569/schedule"
    let seen = try #require(try await browser.get(path).hidden("seen"))
    func fields(_ reason: String, _ password: String) -> [(String, String)] {
      SetUpPageTests.dates(["seen": seen]) + [("reason", reason), ("password", password)]
    }
    #expect(try await browser.submit(fields("", Site.password), on: path).status == 422)
    #expect(try await browser.submit(fields("เลื่อนตามประกาศ", "x"), on: path).status == 422)
    #expect(try await browser.submit(fields("เลื่อนตามประกาศ", Site.password), on: path).status == 303)
    #expect(try site.registry.cycle("2569").schedule?.collecting["IIT"]?.closes == Moment("2026-04-30T16:30"))
    #expect(try await browser.get("/trail?act=change_schedule").text.contains("เลื่อนตามประกาศ"))
  }

  @Test func `an errand is its owner's alone, and says how far it is`() async throws {
    let (site, browser) = try await site()
    let gate = DispatchSemaphore(value: 0)
    let id = try site.portal.errands.begin("take", for: "admin") { progress in
      progress(3, 12)
      gate.wait()
      return "/offices?told=taken_in"
    }
    let path = "/setting-up/errands/\(id)"
    var page = try await browser.get(path)
    while !page.text.contains("ทำแล้ว 3 จาก 12") { page = try await browser.get(path) }
    #expect(page.text.contains("value=\"25\""))
    #expect(try await site.browser(of: .committee).get(path).status == 404)
    gate.signal()
    var reply = try await browser.get(path + "?auto=1")
    while !reply.text.contains("told=taken_in") { reply = try await browser.get(path + "?auto=1") }
    #expect(try await browser.get(path).location == "/offices?told=taken_in")
    let failed = try site.portal.errands.begin("take", for: "admin") { _ in throw StorageProblem.full }
    var told = try await browser.get("/setting-up/errands/\(failed)")
    while !told.text.contains("ทำไม่สำเร็จ") { told = try await browser.get("/setting-up/errands/\(failed)") }
    #expect(told.text.contains("พื้นที่จัดเก็บข้อมูลเต็ม"))
  }
}

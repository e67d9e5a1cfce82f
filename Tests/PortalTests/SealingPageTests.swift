import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

/// Checking, agreeing by two, publishing.
@Suite struct SealingPageTests {
  private let path = "/2569/sealing"

  private func site() throws -> Site {
    let site = try Site()
    try site.judgeAll()
    try site.giveMembersPasswords()
    return site
  }

  private func agree(
    _ browser: Browser, password: String = Site.password, accept: Bool = true, seen: String? = nil
  ) async throws -> Browser.Answer {
    let page = try await browser.get(path)
    let fields =
      [("seen", seen ?? page.hidden("seen") ?? ""), ("password", password)]
      + (accept ? [("accept", "yes")] : [])
    return try await browser.post(path, fields, token: page.hidden("token"), key: page.hidden("form"))
  }

  private func stage(_ site: Site) throws -> Cycle.Stage { try site.registry.cycle(Site.cycle).stage }

  @Test func `two members agree to the same results, and they are sealed`() async throws {
    let site = try site()
    let (first, second) = (try site.member(), try site.secondMember())
    let page = try await first.get(path)
    let digest = try #require(page.hidden("seen"))
    #expect(page.status == 200 && page.text.contains("ตรวจครบทุกข้อ"))
    for group in digest.digestGroups { #expect(page.text.contains(group)) }
    // Few people answered at the other office: to be known, and no hindrance.
    #expect(page.text.contains("เขตตัวอย่างคานารี") && page.text.contains("ผู้ตอบไม่ถึงขั้นต่ำ 1"))
    let one = try await agree(first)
    #expect(one.status == 303 && one.location == "/2569/sealing?done=results_agreed")
    #expect(try stage(site) == .open)
    let waiting = try await first.get(path).text
    #expect(waiting.contains("รอกรรมการอีก 1 คน") && !waiting.contains("name=\"seen\""))
    // Whoever comes next reads of it on their first page.
    #expect(try await first.get("/2569/results").text.contains("ท่านเห็น"))
    let told = try await second.get("/2569/results").text
    #expect(told.contains("ชอบผลการประเมินแล้วเมื่อ") && !told.contains("ท่านเห็น"))
    let ready = try await second.get(path)
    #expect(ready.hidden("seen") == digest && ready.text.contains("ท่านเป็นกรรมการคนที่สอง"))
    let two = try await agree(second)
    #expect(two.location == "/2569/sealing?done=results_sealed")
    #expect(try stage(site) == .sealed)
    let sealed = try await second.get(path).text
    #expect(
      sealed.contains("รับรองผลแล้ว") && sealed.contains("กรรมการคนที่สอง") && sealed.contains("ประกาศผล 2"))
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `nothing is agreed to without the tick, without the password or with a wrong one`() async throws
  {
    let site = try site()
    let browser = try site.member()
    let before = try site.dataVersion()
    for answer in [
      try await agree(browser, accept: false), try await agree(browser, password: ""),
      try await agree(browser, password: "wrong password 1"),
    ] {
      #expect(answer.status == 422 && answer.text.contains("role=\"alert\""))
      #expect(!answer.text.contains("wrong password 1"))
    }
    #expect(try site.dataVersion() == before)
  }

  @Test func `what is open is named, and keeps from sealing`() async throws {
    let site = try Site()
    try site.giveMembersPasswords()
    site.clock.now = Site.sealing
    let browser = try site.member()
    let page = try await browser.get(path).text
    #expect(page.contains("ต้องเสร็จก่อนรับรองผล") && page.contains("ยังรับรองผลไม่ได้"))
    #expect(page.contains("/2569/offices/4001/scorecard"))
    #expect(!page.contains("name=\"seen\""))
    #expect(try await agree(browser, seen: String(repeating: "0", count: 64)).status == 409)
  }

  @Test func `before its time the page says when, and shows no result`() async throws {
    let site = try Site()
    try site.giveMembersPasswords()
    for now in [Site.setUp, Site.collecting] {
      site.clock.now = now
      let answer = try await site.member().get(path)
      #expect(answer.status == 200 && answer.text.contains("พิจารณาผล"))
      #expect(!answer.text.contains("digest-groups"))
    }
    site.clock.now = Site.clarifying
    let early = try await site.member().get(path).text
    #expect(early.contains("ยังไม่พ้นกำหนดทุกช่วง") && !early.contains("name=\"seen\""))
  }

  @Test func `where something changes in between, the page says so and both agree anew`() async throws {
    let site = try site()
    let (first, second) = (try site.member(), try site.secondMember())
    #expect(try await agree(first).status == 303)
    let page = try await second.get(path)
    try site.registry.correct(
      Finding(.met, reason: "มติที่ประชุม"), on: "O2", of: Site.own, in: Site.cycle,
      by: Signer(Site.secondMember), at: site.clock.now)
    let stale = try await second.post(
      path, [("seen", page.hidden("seen") ?? ""), ("accept", "yes"), ("password", Site.password)],
      token: page.hidden("token"), key: page.hidden("form"))
    #expect(stale.status == 409 && stale.text.contains("ผลการประเมินเปลี่ยนไป"))
    #expect(stale.text.contains("ผลเปลี่ยนไปหลังจากที่") && stale.text.contains("คณะกรรมการแก้ไขผล 1"))
    #expect(try stage(site) == .open)
    #expect(try await agree(second).location == "/2569/sealing?done=results_agreed")
    #expect(try await agree(first).location == "/2569/sealing?done=results_sealed")
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `two members who press at once seal once`() async throws {
    let site = try site()
    let third = PersonEntry(
      code: "committee3", name: "กรรมการคนที่สาม",
      grants: [Grant(.committee, for: .everywhere, from: Site.day("2025-10-01"))])
    _ = try site.registry.keep(people: [third], isDryRun: false, by: Signer("admin"), at: site.clock.now)
    try site.give(password: Site.password, toPerson: "committee3")
    #expect(try await agree(try site.member()).status == 303)
    // Both have the page open with the same results; whoever comes later finds them sealed.
    var open: [(cookies: [String: String], seen: String, token: String?, key: String?)] = []
    for browser in [try site.secondMember(), try site.browser(ofPerson: "committee3")] {
      let page = try await browser.get(path)
      open.append((browser.cookies, page.hidden("seen") ?? "", page.hidden("token"), page.hidden("form")))
    }
    let (portal, path) = (site.portal, path)
    var answers: [Int] = []
    try await withThrowingTaskGroup(of: Int.self) { group in
      for page in open {
        group.addTask {
          let browser = Browser(portal)
          browser.cookies = page.cookies
          let fields = [("seen", page.seen), ("accept", "yes"), ("password", Site.password)]
          return try await browser.post(path, fields, token: page.token, key: page.key).status
        }
      }
      for try await status in group { answers.append(status) }
    }
    #expect(answers.contains(303) && answers.allSatisfy { [303, 403, 409].contains($0) }, "\(answers)")
    #expect(try stage(site) == .sealed)
    let verified = try site.registry.verify()
    #expect(verified.faults.isEmpty && verified.scorecards == 2)
  }

  @Test func `one member does not seal alone, not even with two forms`() async throws {
    let site = try site()
    let browser = try site.member()
    let pages = [try await browser.get(path), try await browser.get(path)]
    var statuses: [Int] = []
    for page in pages {
      let fields = [("seen", page.hidden("seen") ?? ""), ("accept", "yes"), ("password", Site.password)]
      statuses.append(
        try await browser.post(path, fields, token: page.hidden("token"), key: page.hidden("form")).status)
    }
    #expect(statuses == [303, 403])
    #expect(try stage(site) == .open)
  }

  @Test func `publishing tells what it means, asks for the password, and is done once`() async throws {
    let site = try Site()
    try site.sealAll()
    try site.giveMembersPasswords()
    let (member, public_) = (try site.member(), site.browser())
    let page = try await member.get(path)
    #expect(page.text.contains("ถอนประกาศไม่ได้"))
    func send(_ fields: [(String, String)]) async throws -> Browser.Answer {
      try await member.post(path + "/publish", fields, token: page.hidden("token"), key: page.hidden("form"))
    }
    #expect(try await send([("password", Site.password)]).status == 422)
    #expect(try await send([("accept", "yes"), ("password", "wrong password 1")]).status == 422)
    #expect(try await public_.get("/published/2569").status == 404)
    let answer = try await send([("accept", "yes"), ("password", Site.password)])
    #expect(answer.location == "/2569/sealing?done=results_published")
    #expect(try await public_.get("/published/2569").status == 200)
    #expect(try await send([("accept", "yes"), ("password", Site.password)]).status == 403)
    #expect(try await member.get(path).text.contains("href=\"/published/2569\""))
  }

  // Amendments.

  private func propose(
    _ browser: Browser, mark: String = "elements", elements: [String] = ["results", "spending"],
    reason: String = "คำสั่งที่ 5/2569", password: String = Site.password
  ) async throws -> Browser.Answer {
    try await browser.submit(
      [("mark", mark), ("reason", reason), ("password", password)] + elements.map { ("element", $0) },
      on: "/2569/offices/4001/amend/O2")
  }

  @Test func `one member proposes an amendment, another agrees, and both values are public`() async throws {
    let site = try Site()
    try site.publishAll()
    try site.giveMembersPasswords()
    let (first, second, public_) = (try site.member(), try site.secondMember(), site.browser())
    let before = try await public_.get("/published/2569/4001.json").text
    #expect(try await propose(first, reason: "").status == 422)
    #expect(try await propose(first, mark: "nonsense").status == 422)
    #expect(try await propose(first, elements: ["of another item"]).status == 422)
    let wrong = try await propose(first, password: "wrong password 1")
    #expect(wrong.status == 422 && wrong.text.contains("คำสั่งที่ 5/2569"))
    let proposed = try await propose(first)
    #expect(proposed.location == "/2569/amendments?done=amendment_proposed")
    // Nothing has changed yet, and who proposed cannot agree to it.
    #expect(try await public_.get("/published/2569/4001.json").text == before)
    let list = try await second.get("/2569/amendments").text
    #expect(list.contains("/2569/amendments/1") && list.contains("รอเห็นชอบ"))
    let own = try await first.get("/2569/amendments/1")
    #expect(
      own.status == 200 && own.text.contains("ต้องมีกรรมการอีกหนึ่งคน") && !own.text.contains("name=\"accept\""))
    #expect(try await first.post("/2569/amendments/1", [], token: first.token).status == 403)
    let page = try await second.get("/2569/amendments/1").text
    #expect(page.contains("คำสั่งที่ 5/2569") && page.contains("→") && page.contains("name=\"accept\""))
    #expect(
      try await second.submit([("password", Site.password)], on: "/2569/amendments/1").status == 422)
    let agreed = try await second.submit(
      [("accept", "yes"), ("password", Site.password)], on: "/2569/amendments/1")
    #expect(agreed.location == "/2569/amendments?done=amended")
    let after = try await public_.get("/published/2569/4001").text
    #expect(after.contains("คำสั่งที่ 5/2569") && after.contains("การแก้ไขหลังรับรองผล"))
    #expect(try await second.get("/2569/amendments").text.contains("แก้ไขแล้ว"))
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `the form of an amendment is found by the office's code or name`() async throws {
    let site = try Site()
    try site.sealAll()
    let member = try site.member()
    let found = try await member.get("/2569/amendments?office=4001&item=O2")
    #expect(found.status == 303 && found.location == "/2569/offices/4001/amend/O2")
    // Both are called that.
    let several = try await member.get("/2569/amendments?office=" + "ตัวอย่าง".queryEscaped + "&item=O2")
    #expect(several.status == 200 && several.text.contains("ไม่พบหน่วย"))
    #expect(try await member.get("/2569/amendments?office=9999&item=O2").text.contains("aria-invalid"))
    for path in ["/2569/offices/9999/amend/O2", "/2569/offices/4001/amend/O99", "/2569/amendments/77"] {
      #expect(try await member.get(path).status == 404, "\(path)")
    }
  }

  @Test func `nothing is amended before it is sealed`() async throws {
    let site = try site()
    let member = try site.member()
    #expect(try await member.get("/2569/amendments").status == 403)
    // Nor is anything of the result shown there.
    for now in [Site.collecting, Site.sealing] {
      site.clock.now = now
      let page = try await site.member().get("/2569/offices/4001/amend/O2")
      #expect(page.status == 403 && !page.text.contains("ไม่พบผลการใช้จ่าย"))
    }
  }
}

extension Site {
  /// The members agree with a password.
  func giveMembersPasswords() throws {
    try give(password: Site.password, toPerson: Site.name(.committee))
    if try registry.account(Site.secondMember, at: clock.now) != nil {
      try give(password: Site.password, toPerson: Site.secondMember)
    }
  }

  func give(password: String, toPerson person: Code<Person>) throws {
    let registry = registry
    let hash = try Passwords.hash(password, cost: Site.cost, pepper: { try registry.peppered($0) })
    try registry.setPassword(hash, by: Signer(person), keeping: nil, at: clock.now)
  }

  func browser(ofPerson person: Code<Person>) throws -> Browser {
    let browser = browser()
    try browser.bring(session: registry, of: person, at: clock.now)
    return browser
  }

  func member() throws -> Browser { try browser(ofPerson: Site.name(.committee)) }
  func secondMember() throws -> Browser { try browser(ofPerson: Site.secondMember) }
}

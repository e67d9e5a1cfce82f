import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// The committee's pages: the table of results, the heat map, the distribution, a scorecard and a correction.
@Suite struct CommitteePageTests {
  private let results = "/2569/results"
  private let correction = "/2569/offices/4001/items/O2/correct"

  /// Both offices are judged and answered; O2 of each is not met.
  private func site(answers few: Int = 4) throws -> Site {
    let site = try Site()
    try site.judgeBoth(answers: few)
    site.clock.now = Site.deciding
    return site
  }

  private func path(_ page: String, _ query: [(String, String)]) -> String {
    page + "?" + query.map { "\($0.0)=\($0.1.queryEscaped)" }.joined(separator: "&")
  }

  // The table.

  @Test func `the table shows every office with its figures and what is missing`() async throws {
    let site = try site()
    let page = try await site.browser(of: .committee).get(results)
    #expect(page.status == 200)
    #expect(page.text.contains("href=\"/2569/offices/4001/scorecard\""))
    #expect(page.text.contains("href=\"/2569/offices/4002/scorecard\""))
    // The first has twelve answers and a total, the second four and a range.
    #expect(page.text.contains(">77.58</td>"))
    #expect(page.text.contains("IIT ไม่ถึงขั้นต่ำ"))
    #expect(page.text.contains("45.00–85.00"))
    #expect(page.text.contains("href=\"/2569/sealing\"") && page.text.contains("href=\"/2569/downloads\""))
    #expect(page.text.contains("aria-sort=\"descending\""))
  }

  @Test func `it is filtered, searched and sorted on the server`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    func offices(_ query: [(String, String)]) async throws -> [String] {
      let page = try await browser.get(path(results, query))
      #expect(page.status == 200, "\(query)")
      return page.text.matches(of: /offices\/(\d+)\/scorecard/).map { String($0.output.1) }
    }
    #expect(try await offices([("level", "pass")]) == ["4001"])
    #expect(try await offices([("level", "none")]) == ["4002"])
    #expect(try await offices([("level", "good")]).isEmpty)
    #expect(try await offices([("search", "4002")]) == ["4002"])
    #expect(try await offices([("search", "๔๐๐๒")]) == ["4002"])
    #expect(try await offices([("search", "CANARY example")]) == ["4002"])
    #expect(try await offices([("search", "ไม่มีชื่อนี้")]).isEmpty)
    #expect(try await offices([("sort", "code.down")]) == ["4002", "4001"])
    #expect(try await offices([("sort", "total.up")]) == ["4001", "4002"])
    // What makes no sense asks for all.
    for query in [
      [("level", "x")], [("kind", "x")], [("region", "x")], [("province", "x")], [("parent", "x")],
      [("sort", "x")], [("page", "-3")], [("page", "99")],
      [("search", String(repeating: "ก", count: 200) + "<")],
    ] where query[0].0 != "search" {
      #expect(try await offices(query).count == 2, "\(query)")
    }
  }

  @Test func `what is searched for stands in the page as text`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    for text in ["\"><script>alert(1)</script>", "{{words}}", "'"] {
      let page = try await browser.get(path(results, [("search", text)]))
      #expect(page.status == 200 && !page.text.contains("<script>alert"), "\(text)")
    }
  }

  @Test func `each page of results is for whoever may read results`() async throws {
    let site = try site()
    let pages = [
      results, results + ".csv", results + "/indicators", results + "/indicators.csv",
      results + "/distribution",
      results + "/distribution.csv", "/2569/offices/4001/scorecard", "/2569/offices/4001/scorecard.csv",
      "/2569/offices/4001/scorecard/findings.csv",
    ]
    for page in pages {
      for role in [Role.officer, .groupHead, .director, .officeAdministrator, .assessor, .administrator] {
        #expect(try await site.browser(of: role).get(page).status == 404, "\(page) for \(role)")
      }
      for role in [Role.committee, .leadAssessor] {
        #expect(try await site.browser(of: role).get(page).status == 200, "\(page) for \(role)")
      }
    }
    // Who leads the assessors reads; sealing is not offered.
    let lead = try await site.browser(of: .leadAssessor).get(results)
    #expect(!lead.text.contains("href=\"/2569/sealing\""))
    site.clock.now = Site.collecting
    #expect(try await site.browser(of: .committee).get(results).status == 403)
  }

  // Tables for a spreadsheet.

  @Test func `the table for a spreadsheet holds what is filtered, and no formula`() async throws {
    let site = try site()
    _ = try site.registry.keep(
      offices: [
        Office(
          code: Site.own, name: Words(thai: "=HYPERLINK(\"x\")", english: "+cmd"), kind: "primary",
          provinces: [Words(thai: "@ธารทอง", english: "@x")], region: Words(thai: "-ภาค", english: "-x"))
      ], isDryRun: false, by: Signer("admin"), at: site.clock.now)
    let browser = try await site.browser(of: .committee)
    let all = try await browser.get(results + ".csv")
    #expect(all.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(all.headers[.contentDisposition] == "attachment; filename=\"results-2569.csv\"")
    #expect(all.text.hasPrefix("\u{FEFF}"))
    let lines = all.text.split(separator: "\r\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[1].contains(",\"'=HYPERLINK(\"\"x\"\")\",") && lines[1].contains(",'-ภาค,'@ธารทอง,"))
    #expect(lines[1].contains(",77.58,"))
    let one = try await browser.get(path(results + ".csv", [("level", "none")]))
    #expect(one.text.split(separator: "\r\n").count == 2)
    for page in ["/2569/results/indicators.csv", "/2569/offices/4001/scorecard/findings.csv"] {
      #expect(try await browser.get(page).text.hasPrefix("\u{FEFF}"), "\(page)")
    }
    for part in Distribution.Part.allCases {
      let table = try await browser.get("/2569/results/distribution.csv?part=\(part.rawValue)")
      #expect(table.status == 200 && table.text.contains("\r\n"), "\(part)")
    }
    #expect(try await browser.get("/2569/results/distribution.csv?part=x").status == 404)
  }

  // Pictures.

  @Test func `the heat map shows a figure cut to a whole number, and what is missing as a dash`() async throws
  {
    let site = try site()
    let page = try await site.browser(of: .committee).get(results + "/indicators")
    #expect(page.status == 200)
    // Indicator 3 is 50.00, indicator 4 is 100.00.
    #expect(page.text.contains("<span class=\"tone-1\">50</span>"))
    #expect(page.text.contains("<span class=\"tone-5\">100</span>"))
    #expect(page.text.contains("<span class=\"tone-0\">–</span>"))
  }

  @Test
  func `the distribution sets first scores beside final ones, and says where there is nothing to compare`()
    async throws
  {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let before = try await browser.get(results + "/distribution").text
    #expect(before.contains("ยังไม่มีผลใดเปลี่ยนจากรอบแรก"))
    #expect(before.contains("ยังไม่มีหน่วยงานที่มีคะแนนสุดท้ายทั้งปีนี้และปี 2568"))
    try site.registry.correct(
      Finding(.met, reason: "พบ"), on: "O2", of: Site.own, in: Site.cycle, by: Signer("committee"),
      at: site.clock.now)
    _ = try site.registry.enterEarlier(
      [Site.own: [Node.total: Given(figure: Points(80), source: "2568")]], of: FiscalYear(2568),
      by: Signer("admin"), at: site.clock.now)
    let after = try await browser.get(results + "/distribution").text
    #expect(after.contains("คะแนนเพิ่ม 1 แห่ง"))
    #expect(after.contains("ค่าเฉลี่ยจาก 77.58 เป็น 92.58"))
    #expect(after.contains("เทียบกับปี 2568"))
  }

  // One scorecard.

  @Test func `a scorecard shows its findings to the committee, and no count of what few or all answered`()
    async throws
  {
    let site = try site(answers: 7)
    let browser = try await site.browser(of: .committee)
    let page = try await browser.get("/2569/offices/4001/scorecard")
    #expect(page.status == 200)
    // Of twelve who all answered alike a count would say what each of them did.
    #expect(!page.text.contains("count-pair"))
    #expect(page.text.contains("id=\"item-O2\"") && page.text.contains("ไม่พบผลการใช้จ่าย"))
    #expect(page.text.contains("<span class=\"is-name nowrap\">\(Role.assessor.title.thai)</span>"))
    #expect(page.text.contains("href=\"https://www.example.test/O2\""))
    #expect(page.text.contains("href=\"\(correction)\""))
    // The second office has seven answers; ten are needed before any of a question is shown.
    let few = try await browser.get("/2569/offices/4002/scorecard")
    #expect(few.status == 200 && !few.text.contains("count-pair"))
    #expect(few.text.contains("เพื่อมิให้ทราบคำตอบของบุคคล"))
  }

  @Test func `an office reads its scorecard once it is published, without counts and without names`()
    async throws
  {
    let site = try site()
    try site.sealByTwo()
    try site.registry.publish(Site.cycle, by: Signer("committee"), at: site.clock.now)
    let page = try await site.browser(of: .director).get("/2569/offices/4001/scorecard")
    #expect(page.status == 200 && page.text.contains("ไม่พบผลการใช้จ่าย"))
    #expect(!page.text.contains("count-pair") && !page.text.contains(Role.assessor.title.thai + "</span>"))
    #expect(!page.text.contains("/correct\""))
    #expect(page.text.contains("href=\"/2569/offices/4001/disclosures\""))
  }

  // Correcting.

  @Test func `a correction shows what it would do before it is saved`() async throws {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let page = try await browser.get(correction)
    #expect(page.status == 200 && page.text.contains("ไม่พบผลการใช้จ่าย"))
    #expect(!page.text.contains("value=\"save\""))
    let before = try site.dataVersion()
    let fields = [
      ("last", page.hidden("last") ?? ""), ("checked", ""), ("mark", "met"), ("reason", "พบในภาคผนวก ก"),
      ("number", ""),
    ].filter { $0.0 != "number" }
    let checked = try await browser.post(
      correction, fields + [("act", "check")], token: page.hidden("token"), key: page.hidden("form"))
    #expect(checked.status == 200)
    #expect(checked.text.contains(">77.58<") && checked.text.contains("value=\"save\""))
    #expect(checked.text.contains("พบในภาคผนวก ก"))
    #expect(try site.dataVersion() == before)
    #expect(checked.hidden("checked") == "met")
    let saved = try await browser.post(
      correction,
      [
        ("last", checked.hidden("last") ?? ""), ("checked", "met"), ("mark", "met"),
        ("reason", "พบในภาคผนวก ก"),
        ("act", "save"),
      ], token: checked.hidden("token"), key: checked.hidden("form"))
    #expect(saved.status == 303 && saved.location == "/2569/offices/4001/scorecard?done=corrected#item-O2")
    let shown = try await browser.get("/2569/offices/4001/scorecard?done=corrected").text
    #expect(shown.contains("แก้ไขผลแล้ว") && shown.contains("พบในภาคผนวก ก"))
    // The same form again does nothing more.
    let again = try await browser.post(
      correction,
      [
        ("last", checked.hidden("last") ?? ""), ("checked", "met"), ("mark", "met"),
        ("reason", "พบในภาคผนวก ก"),
        ("act", "save"),
      ], token: checked.hidden("token"), key: checked.hidden("form"))
    #expect(again.status == 422)
    #expect(try site.findings(on: "O2") == 2)
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `nothing is corrected without a choice, a reason, a look at the effect, or on an old page`()
    async throws
  {
    let site = try site()
    let browser = try await site.browser(of: .committee)
    let page = try await browser.get(correction)
    let last = page.hidden("last") ?? ""
    func send(_ fields: [(String, String)]) async throws -> Browser.Answer {
      try await browser.submit(fields, on: correction)
    }
    func save(_ mark: String, _ reason: String, _ checked: String, _ last: String) -> [(String, String)] {
      [("act", "save"), ("mark", mark), ("reason", reason), ("checked", checked), ("last", last)]
    }
    for (fields, field) in [
      (save("", "เหตุผล", "", last), "mark"), (save("met", "", "met", last), "reason"),
      (save("option.x", "เหตุผล", "option.x", last), "mark"),
      (save("not_met", "เหตุผล", "not_met", last), "mark"),
    ] {
      let answer = try await send(fields)
      #expect(answer.status == 422, "\(fields)")
      #expect(answer.text.contains("id=\"\(field)-fault\""), "\(fields)")
    }
    let unseen = try await send(save("met", "เหตุผล", "", last))
    #expect(unseen.status == 422 && unseen.text.contains("ดูผลต่อคะแนนด้านล่างก่อนบันทึก"))
    #expect(unseen.text.contains("เหตุผล</textarea>"))
    // Elements that are not there are no answer to this item.
    let odd = try await send(save("elements", "เหตุผล", "", last) + [("element", "nothing")])
    #expect(odd.status == 422)
    #expect(try await send([("act", "save"), ("stage", "first")]).status == 400)
    #expect(try site.findings(on: "O2") == 1)
    // Somebody else was quicker: what was typed is kept, and nothing is overwritten.
    try site.registry.correct(
      Finding(.met, reason: "แก้แล้ว"), on: "O2", of: Site.own, in: Site.cycle, by: Signer("committee"),
      at: site.clock.now)
    let stale = try await send(save("not_applicable", "ไม่เกี่ยวข้อง", "not_applicable", last))
    #expect(stale.status == 422 && stale.text.contains("ไม่เกี่ยวข้อง</textarea>"))
    #expect(stale.text.contains("แก้ไขข้อมูลนี้เมื่อ") && stale.text.contains("แก้แล้ว"))
    #expect(try site.findings(on: "O2") == 2)
  }

  @Test func `a finding that was upheld is not counted as changed, and a score not sealed says so`()
    async throws
  {
    let site = try site()
    try site.registry.correct(
      Finding(.notMet, reason: "ตรวจซ้ำแล้วคงผล"), on: "O2", of: Site.own, in: Site.cycle,
      by: Signer("committee"), at: site.clock.now)
    let browser = try await site.browser(of: .committee)
    let page = try await browser.get("/2569/offices/4001/scorecard").text
    #expect(page.contains("ตรวจซ้ำแล้วคงผล") && page.contains("ยังไม่รับรองผล"))
    #expect(!page.contains("show=changed"))
  }

  @Test func `a page of correcting is for members, while results are decided`() async throws {
    let site = try site()
    for role in [Role.officer, .director, .assessor, .administrator] {
      #expect(try await site.browser(of: role).get(correction).status == 404, "\(role)")
    }
    #expect(try await site.browser(of: .leadAssessor).get(correction).status == 403)
    let browser = try await site.browser(of: .committee)
    #expect(try await browser.get("/2569/offices/4001/items/X9/correct").status == 404)
    #expect(try await browser.get("/2569/offices/9999/items/O2/correct").status == 404)
    site.clock.now = Site.clarifying
    #expect(try await browser.get(correction).status == 403)
    let scorecard = try await browser.get("/2569/offices/4001/scorecard")
    #expect(scorecard.status == 200 && !scorecard.text.contains("/correct\""))
  }
}

extension Site {
  /// Both offices submit, are answered and judged.
  ///
  /// - Parameter few: of the first office twelve answer, and so many of the second; five are needed.
  func judgeBoth(answers few: Int) throws {
    for place in [Site.own, Site.foreign] {
      for item in ["O1", "O2", "O3"] as [Code<Node>] {
        if item != "O1" {
          _ = try registry.draft(
            DraftEntry(
              office: place, item: item, isDisclosed: true,
              evidence: [Evidence(.link("https://www.example.test/\(item)"))]), in: Site.cycle,
            by: Signer(Site.name(.officer, of: place)), at: Site.collecting)
          _ = try registry.pass(
            item, of: place, in: Site.cycle, by: Signer(Site.name(.groupHead, of: place)), at: Site.collecting
          )
        }
      }
      _ = try registry.submit(
        nil, of: place, in: Site.cycle, by: Signer(Site.name(.director, of: place)), at: Site.collecting)
      try registry.assign(
        "assessor", to: place, items: nil, in: Site.cycle, by: Signer("lead_assessor"), at: Site.collecting)
    }
    let rows: [[UInt8]] = (0..<12).map { $0.isMultiple(of: 2) ? [4, 4, 3, 1] : [3, 4, 3, 2] }
    for (place, count) in [(Site.own, 12), (Site.foreign, few)] {
      try registry.enterStakeholders(
        ["IIT": 12], of: place, in: Site.cycle, by: Signer("admin"), at: Site.collecting)
      _ = try registry.bringAnswers(
        [place: [Collected("IIT"): Array(rows.prefix(count))]], in: Site.cycle, by: Signer("admin"),
        at: Site.collecting)
      for item in ["O1", "O2", "O3"] as [Code<Node>] {
        let finding = item == "O2" ? Finding(.notMet, reason: "ไม่พบผลการใช้จ่าย") : Finding(.met)
        try registry.judge(
          finding, on: item, of: place, in: Site.cycle, by: Signer("assessor"), at: Site.assessing)
      }
    }
  }

  /// A second member joins, and both agree.
  func sealByTwo() throws {
    _ = try registry.keep(
      people: [
        PersonEntry(
          code: "member2", name: "กรรมการ",
          grants: [Grant(.committee, for: .everywhere, from: Site.day("2025-10-01"))])
      ], isDryRun: false, by: Signer("admin"), at: clock.now)
    for member in ["committee", "member2"] as [Code<Person>] {
      _ = try registry.seal(Site.cycle, by: Signer(member), at: clock.now)
    }
  }

  /// How often an item of the first office was judged.
  func findings(on item: Code<Node>) throws -> Int? {
    try registry.scorecardDesk(of: Site.own, in: Site.cycle, by: Signer("committee"), at: clock.now).judged
      .first { $0.item.code == item }?.findings.count
  }
}

import Foundation
import GRDB
import Integrity
import Storage
import Testing

@testable import Portal

/// The lead assessor assigns by hand, in bulk and by lot, follows progress and hands work over.
@Suite struct LeadPageTests {
  private let path = "/2569/assigning"

  private func site() throws -> Site {
    let site = try Site()
    _ = try site.registry.keep(
      people: [
        PersonEntry(
          code: Site.second, name: "ผู้ตรวจคนที่สอง",
          postings: [PostingEntry(.hosting, at: Site.foreign, from: Site.day("2025-10-01"))],
          grants: [Grant(.assessor, for: .everywhere, from: Site.day("2025-10-01"))])
      ], isDryRun: false, by: Signer("admin"), at: site.clock.now)
    return site
  }

  private func holders(_ site: Site) throws -> [String] {
    try site.registry.assigningDesk(
      in: Site.cycle, by: Signer(Site.name(.leadAssessor)), at: site.clock.now
    ).offices.map { placed in
      "\(placed.office.code) "
        + placed.holders.map { "\($0.code)\($0.items.map { " \($0.map(\.text).joined())" } ?? "")" }
        .joined(separator: ", ")
    }
  }

  @Test func `offices are given in bulk after a look at what would be done`() async throws {
    let site = try site()
    let lead = try await site.browser(of: .leadAssessor)
    let shown = try await lead.get(path)
    #expect(shown.status == 200 && shown.text.contains("ช่วยราชการ") && shown.text.contains("ทับซ้อน:"))
    let none = try await lead.submit([("do", "preview")], on: path)
    #expect(none.status == 422 && none.text.contains("#items") && none.text.contains("#assessor"))
    let order = [("office", "4001"), ("office", "4002"), ("assessor", Site.second.text)]
    let plan = try await lead.submit(order + [("do", "preview")], on: path)
    #expect(
      plan.status == 200 && plan.text.contains("มอบหมาย 1 หน่วย\u{2060}งาน")
        && plan.text.contains("มีผลประโยชน์ทับซ้อน"))
    // Looking opened no office to anybody.
    #expect(try holders(site) == ["4001 ", "4002 "])
    let digest = try #require(plan.hidden("digest"))
    for _ in 1...2 {
      let done = try await lead.post(
        path, order + [("do", "confirm"), ("digest", digest)], token: plan.hidden("token"),
        key: plan.hidden("form"))
      #expect(done.location == path + "?done=assigned")
    }
    #expect(try holders(site) == ["4001 \(Site.second)", "4002 "])
    // The same plan a second time is another plan by now.
    let stale = try await lead.submit(order + [("do", "confirm"), ("digest", digest)], on: path)
    #expect(stale.status == 409 && stale.text.contains("ตรวจตัวอย่างอีกครั้ง"))
    #expect(try await lead.submit([("office", "x"), ("assessor", "assessor")], on: path).status == 404)
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `a spread shows its seed first, keeps it, and tells of it afterwards`() async throws {
    let site = try site()
    let lead = try await site.browser(of: .leadAssessor)
    let page = path + "/spread"
    let shown = try await lead.get(page)
    let seed = try #require(
      shown.text.firstMatch(of: /name="seed"[^>]*value="([0-9]{4}-[0-9]{4})"/)?.output.1)
    #expect(try await lead.get(page).text.contains("value=\"\(seed)\"") == false)
    let people = [("assessor", "assessor"), ("assessor", Site.second.text)]
    for (fields, field) in [
      ([("seed", ""), ("kind", "")] + people, "seed"), ([("seed", "1"), ("kind", "")], "assessors"),
      ([("seed", String(repeating: "1", count: 41)), ("kind", "")] + people, "seed"),
    ] {
      let answer = try await lead.submit(fields, on: page)
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""))
    }
    let order = [("seed", "2569-0412"), ("kind", "")] + people
    let plan = try await lead.submit(order, on: page)
    #expect(
      plan.status == 200 && plan.text.contains("2569-0412") && plan.text.contains("มอบหมาย 2 หน่วย\u{2060}งาน")
    )
    #expect(try holders(site) == ["4001 ", "4002 "])
    let digest = try #require(plan.hidden("digest"))
    let done = try await lead.post(
      page, order + [("do", "confirm"), ("digest", digest)], token: plan.hidden("token"),
      key: plan.hidden("form"))
    #expect(done.location == path + "?done=spread")
    // Who serves at the second office judges the first.
    #expect(try holders(site) == ["4001 \(Site.second)", "4002 assessor"])
    let after = try await lead.get(page).text
    #expect(after.contains("2569-0412") && after.contains("ทุกหน่วย\u{2060}งานมีผู้ตรวจแล้ว"))
  }

  @Test func `an office is given by hand, whole or in part, and taken back with a reason`() async throws {
    let site = try site()
    let lead = try await site.browser(of: .leadAssessor)
    let page = path + "/offices/4001"
    #expect(try await lead.get(path + "/offices/9999").status == 404)
    func give(_ fields: [(String, String)]) async throws -> Browser.Answer {
      try await lead.submit(fields, on: page)
    }
    #expect(try await give([("scope", "whole")]).status == 422)
    #expect(try await give([("scope", "items"), ("assessor", "assessor")]).status == 422)
    #expect(try await give([("scope", "all"), ("assessor", "assessor")]).status == 400)
    #expect(try await give([("scope", "items"), ("assessor", "assessor"), ("item", "O9")]).status == 400)
    #expect(
      try await give([("scope", "items"), ("assessor", "assessor"), ("item", "O1"), ("item", "O3")]).status
        == 303)
    #expect(try holders(site).first == "4001 assessor O1O3")
    #expect(try await give([("scope", "items"), ("assessor", "assessor"), ("item", "O1")]).status == 422)
    #expect(try await give([("scope", "whole"), ("assessor", Site.second.text)]).status == 303)
    #expect(try await give([("scope", "whole"), ("assessor", Site.second.text)]).status == 422)
    let barred = try await lead.submit(
      [("scope", "whole"), ("assessor", Site.second.text)], on: path + "/offices/4002")
    #expect(barred.status == 403 && barred.text.contains("บุคคลนี้สังกัดหรือปฏิบัติงาน"))
    let back = page + "/take-back"
    #expect(try await lead.get(back).location == page)
    let faults = try await lead.submit([], on: page, to: back)
    #expect(faults.status == 422 && faults.text.contains("#from") && faults.text.contains("#reason"))
    let shown = try await lead.get(page)
    for _ in 1...2 {
      let done = try await lead.post(
        back, [("from", "assessor"), ("reason", "ลา")], token: shown.hidden("token"),
        key: shown.hidden("form"))
      #expect(done.location == page + "?done=taken_back")
    }
    #expect(
      try await lead.submit([("from", "assessor"), ("reason", "ลา")], on: page, to: back).status == 422)
    #expect(try holders(site).first == "4001 \(Site.second)")
  }

  @Test func `the work of somebody who leaves is handed over`() async throws {
    let site = try site()
    let lead = try await site.browser(of: .leadAssessor)
    try site.registry.assign(
      "assessor", to: Site.own, items: nil, in: Site.cycle, by: Signer(Site.name(.leadAssessor)),
      at: site.clock.now)
    let page = path + "/assessors/assessor"
    #expect(try await lead.get(path + "/assessors/director").status == 404)
    let faults = try await lead.submit([("do", "preview")], on: page)
    #expect(faults.status == 422 && faults.text.contains("#to") && faults.text.contains("#reason"))
    #expect(try await lead.submit([("to", "x"), ("reason", "x")], on: page).status == 400)
    let order = [("to", "one"), ("assessor", Site.second.text), ("seed", ""), ("reason", "ย้าย")]
    let plan = try await lead.submit(order, on: page)
    #expect(plan.status == 200 && plan.text.contains("โอนงาน 1 หน่วย\u{2060}งาน") && plan.text.contains("ย้าย"))
    let done = try await lead.post(
      page, order + [("do", "confirm"), ("digest", plan.hidden("digest") ?? "")], token: plan.hidden("token"),
      key: plan.hidden("form"))
    #expect(done.location == page + "?done=handed_over")
    #expect(try holders(site).first == "4001 \(Site.second)")
    #expect(try await lead.get(page).text.contains("ไม่มีงานค้าง"))
    let rest = [("to", "rest"), ("seed", "12"), ("reason", "ลา")]
    let spread = try await lead.submit(rest, on: path + "/assessors/\(Site.second)")
    #expect(spread.status == 200 && spread.text.contains(">12<"))
  }

  @Test func `progress tells who is behind, and which offices have no findings`() async throws {
    let site = try Site()
    try site.judge()
    site.clock.now = Site.moment("2026-04-29T09:00")
    for role in [Role.leadAssessor, .committee, .administrator] {
      let shown = try await site.browser(of: role).get("/2569/progress?state=begun")
      #expect(shown.status == 200 && shown.text.contains("2 จาก 3 ข้อ"), "\(role)")
      // Two of six are left with a day and a half to go.
      #expect(shown.text.contains("ช้าไป 1 ข้อ"))
    }
    let lead = try await site.browser(of: .leadAssessor)
    #expect(try await lead.get("/2569/progress").text.contains("ไม่มีหน่วย\u{2060}งานในสถานะนี้"))
    let table = try await lead.get("/2569/progress.csv")
    #expect(table.text.contains(",6,4,2,1,"))
    #expect(try await lead.get("/2569/not-opened").text.contains("ยังไม่ถึงช่วงชี้แจง"))
    site.clock.now = Site.clarifying
    try site.contest()
    let open = try await site.browser(of: .leadAssessor).get("/2569/not-opened")
    #expect(open.text.contains("ทุกหน่วย\u{2060}งานเปิดดูผลแล้ว"))
  }

  @Test func `long lists come a hundred at a time, and are searched and filtered`() async throws {
    let site = try Site()
    let offices = (0..<230).map { number in
      Office(
        code: Code("\(6000 + number)"), name: Words(thai: "เขตที่ \(number)", english: "Area \(number)"),
        kind: number.isMultiple(of: 2) ? "primary" : "secondary")
    }
    _ = try site.registry.keep(offices: offices, isDryRun: false, by: Signer("admin"), at: site.clock.now)
    try site.takeIn(offices)
    let lead = try await site.browser(of: .leadAssessor)
    func codes(_ query: String) async throws -> [String] {
      let text = try await lead.get(path + query).text
      return text.matches(of: /id="pick-([0-9]+)"/).map { String($0.output.1) }
    }
    #expect(try await codes("").count == 100)
    #expect(try await codes("?page=3").count == 32)
    #expect(try await codes("?page=99").isEmpty)
    #expect(try await codes("?page=x").count == 100)
    #expect(try await codes("?search=6007") == ["6007"])
    #expect(try await codes("?search=Area%2011").count == 11)
    #expect(try await codes("?kind=secondary&page=2").count == 15)
    #expect(try await codes("?state=assigned").isEmpty)
    let plan = try await lead.submit(
      [("seed", "1"), ("kind", "secondary"), ("assessor", "assessor")], on: path + "/spread")
    #expect(plan.text.contains("มอบหมาย 115 หน่วย\u{2060}งาน"))
    let table = try await lead.get(path + ".csv")
    #expect(table.text.split(separator: "\r\n").count == 233)
  }
}

extension Site {
  /// Has offices take part in a cycle that is open already, behind the registry's back.
  fileprivate func takeIn(_ offices: [Office]) throws {
    let file = try DatabaseQueue(path: "\(folder)/registry.sqlite")
    try file.write { db in
      for office in offices {
        try db.execute(
          sql: """
            INSERT INTO participant (cycle, office, name_th, name_en, kind, parent, provinces, conditions)
            SELECT 1, id, name_th, name_en, kind, NULL, provinces, conditions FROM office WHERE code = ?
            """, arguments: [office.code.text])
      }
    }
    try file.close()
  }
}

import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// Everybody, one person, and letters for many, over the administrator's pages.
@Suite struct AllPeoplePageTests {
  private func site() async throws -> (Site, Browser) {
    let site = try Site()
    try site.give(password: Site.password, to: .administrator)
    return (site, try await site.browser(of: .administrator))
  }

  @Test func `somebody is found, and the address says whom`() async throws {
    let (_, browser) = try await site()
    let all = try await browser.get("/people")
    #expect(all.status == 200 && all.text.contains("href=\"/people/assessor\""))
    let found = try await browser.get("/people?search=assessor&role=lead_assessor")
    #expect(found.text.contains("/people/lead_assessor") && !found.text.contains("/people/assessor\""))
    #expect(found.text.contains("value=\"assessor\""))
    let none = try await browser.get("/people?office=9999&page=7&state=nonsense")
    #expect(none.status == 200 && none.text.contains("ไม่มีรายการที่ตรงกับตัวกรอง"))
    let table = try await browser.get("/people.csv?role=director")
    #expect(table.text.contains("director,") && !table.text.contains("assessor"))
  }

  @Test func `somebody is added, named anew, given a role and loses it`() async throws {
    let (site, browser) = try await site()
    for (wrong, field) in [
      (["name": ""], "name"), (["person": "ก"], "person"), (["person": "1101700203450"], "person"),
      (["person": "new"], "person"), (["office": "9999"], "office"), (["office": "เขต"], "office"),
      (["email": "x"], "email"), (["person": "director"], "person"),
    ] {
      let usual = ["name": "นายใหม่ มาดี", "person": "new.one"].merging(wrong) { $1 }
      let answer = try await browser.submit(usual.map { ($0, $1) }, on: "/people/new")
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""), "\(wrong)")
    }
    let added = try await browser.submit(
      [("name", "นายใหม่ มาดี"), ("person", "New.One"), ("office", "4001")], on: "/people/new")
    #expect(added.location == "/people/new.one?told=person_added")
    let page = "/people/new.one"
    let changed = try await browser.submit(
      [("name", "นายใหม่ มาเอง"), ("post", "นิติกร"), ("email", ""), ("phone", "02 000 0000")], on: page,
      to: page + "/change")
    #expect(changed.status == 303)
    #expect(try await browser.get(page).text.contains("02 000 0000"))
    for (wrong, field) in [
      (["role": ""], "role"), (["offices": ""], "offices"), (["scope": "everywhere"], "offices"),
      (["from": "31/2/2569"], "from"), (["last": "1/1/2569"], "last"),
      (["capacity": "in_place_of"], "order"), (["offices": "4001, 9999"], "offices"),
    ] {
      let usual = ["role": "director", "scope": "offices", "offices": "4001", "from": "10/2/2569"].merging(
        wrong
      ) { $1 }
      let answer = try await browser.submit(usual.map { ($0, $1) }, on: page, to: page + "/grant")
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""), "\(wrong)")
    }
    let given = try await browser.submit(
      [
        ("role", "director"), ("scope", "offices"), ("offices", "4001"), ("from", ""), ("last", "31/3/2569"),
        ("capacity", "in_place_of"), ("order", "12/2569"), ("order_day", "1/2/2569"), ("group", ""),
        ("grant_password", Site.password),
      ], on: page, to: page + "/grant")
    #expect(given.status == 303, "\(given.text.suffix(1000))")
    let grant = try #require(try site.registry.person("new.one").grants.first)
    #expect(
      grant.until == Day("2026-04-01") && grant.acting?.order == "12/2569"
        && grant.acting?.date == Day("2026-02-01"))
    let shown = try await browser.get(page).text
    #expect(shown.contains("12/2569"))
    let number = try #require(shown.firstMatch(of: /name="number" value="(\d+)"/)?.output.1)
    #expect(
      try await browser.submit([("number", String(number)), ("last", "x")], on: page, to: page + "/end")
        .status == 422)
    #expect(
      try await browser.submit([("number", String(number)), ("last", "")], on: page, to: page + "/end").status
        == 303)
    #expect(try site.registry.person("new.one").roles(for: Site.own, on: site.clock.now.day).isEmpty)
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `roles that conflict are refused with the reason`() async throws {
    let (_, browser) = try await site()
    let answer = try await browser.submit(
      [
        ("role", "administrator"), ("scope", "everywhere"), ("offices", ""),
        ("grant_password", Site.password),
      ], on: "/people/assessor", to: "/people/assessor/grant")
    #expect(answer.status == 403)
    #expect(answer.text.contains("ในเวลาเดียวกันไม่ได้"))
    // No role is given without the password, nor with a wrong one.
    for password in ["", "ไม่ใช่รหัสผ่านนี้"] {
      let unsure = try await browser.submit(
        [("role", "assessor"), ("scope", "everywhere"), ("grant_password", password)], on: "/people/assessor",
        to: "/people/assessor/grant")
      #expect(unsure.status == 422 && unsure.text.contains("href=\"#grant_password\""))
    }
    let own = try await browser.post(
      "/people/admin/grant",
      [("role", "committee"), ("scope", "everywhere"), ("grant_password", Site.password)],
      token: browser.token)
    #expect(own.status == 403)
    #expect(try await browser.get("/people/nobody.at.all").status == 404)
  }

  @Test func `closing, removing a factor, exporting and erasing take the password`() async throws {
    let (site, browser) = try await site()
    _ = try site.setUpFactor(of: .assessor)
    let page = "/people/assessor"
    for (act, field) in [
      ("close", "close_password"), ("second-factor", "factor_password"), ("export", "export_password"),
    ] {
      let wrong = try await browser.submit([(field, "ไม่ใช่")], on: page, to: "\(page)/\(act)")
      #expect(wrong.status == 422 && wrong.text.contains("href=\"#\(field)\""), "\(act)")
    }
    let export = try await browser.submit(
      [("export_password", Site.password)], on: page, to: page + "/export")
    #expect(export.status == 200 && export.headers[.contentType] == "application/json; charset=utf-8")
    #expect(export.text.contains("\"grants\""))
    #expect(
      try await browser.submit([("factor_password", Site.password)], on: page, to: page + "/second-factor")
        .status == 303)
    #expect(try site.registry.secondFactor(of: "assessor") == nil)
    #expect(
      try await browser.submit([("close_password", Site.password)], on: page, to: page + "/close").status
        == 303)
    #expect(try site.registry.person("assessor").isClosed)
    #expect(try await browser.submit([], on: page, to: page + "/open").status == 303)
    let sure = [("erase_reason", "คำขอ 1/2569"), ("erase_sure", "assesor"), ("erase_password", Site.password)]
    #expect(try await browser.submit(sure, on: page, to: page + "/erase").status == 422)
    let erased = try await browser.submit(
      [sure[0], ("erase_sure", "assessor"), sure[2]], on: page, to: page + "/erase")
    #expect(erased.location == "/people?told=person_erased")
    #expect(try await browser.get(page).status == 404)
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `a conflict is declared for somebody`() async throws {
    let (site, browser) = try await site()
    let page = "/people/assessor"
    #expect(
      try await browser.submit([("conflict_office", "")], on: page, to: page + "/conflict").status == 422)
    let answer = try await browser.submit(
      [("conflict_office", "4002"), ("conflict_reason", "คู่สมรส")], on: page, to: page + "/conflict")
    #expect(answer.status == 303)
    #expect(try site.registry.person("assessor").declared == ["4002"])
    #expect(try await browser.get(page).text.contains("คู่สมรส"))
  }

  @Test func `letters for many are sheets of one page, shown once`() async throws {
    let (site, browser) = try await site()
    let page = "/letters"
    #expect(
      try await browser.submit([("who", "offices"), ("offices", "")], on: page, to: "/letters/print").status
        == 422)
    #expect(
      try await browser.submit([("who", "all"), ("password", "x")], on: page, to: "/letters/print").status
        == 422)
    let shown = try await browser.get(page)
    let fields = [("who", "all"), ("offices", ""), ("password", Site.password)]
    let sheets = try await browser.post(
      "/letters/print", fields, token: shown.hidden("token"), key: shown.hidden("form"))
    #expect(sheets.status == 200)
    let codes = sheets.text.matches(of: /<dd class="letter-secret">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){5})</).map {
      String($0.output.1)
    }
    #expect(codes.count == 11 && Set(codes).count == 11)
    #expect(sheets.text.contains("</html>"))
    #expect(try codes.allSatisfy { try site.registry.codeHolder($0, at: site.clock.now) != nil })
    // Sent twice there are no second ones, and nobody is left to write to.
    let again = try await browser.post(
      "/letters/print", fields, token: shown.hidden("token"), key: shown.hidden("form"))
    #expect(again.status == 422 || again.location == "/letters?told=letters_given")
    #expect(try codes.allSatisfy { try site.registry.codeHolder($0, at: site.clock.now) != nil })
    // Anew only where it is asked for.
    let renewed = try await browser.submit(
      [("who", "offices"), ("offices", "4002"), ("renew", "yes"), ("password", Site.password)], on: page,
      to: "/letters/print")
    #expect(renewed.text.matches(of: /letter-secret">[0-9A-Z]{4}-/).count == 4)
  }

  @Test func `a roster comes in with every refusal named, and goes out as it came in`() async throws {
    let (site, browser) = try await site()
    let bad = """
      person,name,office,role,scope
      one,นายหนึ่ง,4001,officer,
      assessor,ผู้ตรวจ,,administrator,*
      two,นายสอง,4001,director,*

      """
    func look(_ text: String) async throws -> Browser.Answer {
      let sent = try await browser.upload(text: text, [], on: "/people/import")
      return try await browser.get(sent.location ?? "")
    }
    let first = try await look(bad)
    #expect(first.text.contains("<td class=\"num\">") && first.text.contains("ใช้กับทุกหน่วยงานไม่ได้"))
    let second = try await look(
      bad.replacing("two,นายสอง,4001,director,*", with: "two,นายสอง,4001,director,"))
    #expect(second.text.contains("ในเวลาเดียวกันไม่ได้"))
    #expect(throws: StorageProblem.self) { _ = try site.registry.person("one") }
    let own = try await look(try await browser.get("/people.csv").text)
    #expect(
      !own.text.contains("setup-faults") && !own.text.contains("class=\"setup-take\""),
      "\(own.text.suffix(3000))")
  }
}

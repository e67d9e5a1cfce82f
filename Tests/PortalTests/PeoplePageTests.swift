import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

/// The people of an office, their accounts, and whom its questionnaires may ask.
@Suite struct PeoplePageTests {
  private let base = "/2569/offices/4001"

  private func person(_ code: Code<Person>, _ site: Site) throws -> Person { try site.registry.person(code) }

  @Test func `somebody is added with a name of the site's own making and signs in by a letter`() async throws
  {
    let site = try Site()
    let browser = try await site.browser(of: .officeAdministrator)
    let answer = try await browser.submit(
      [
        ("name", "นางสาวใหม่ มาดี"), ("post", "นักวิชาการ"), ("role", "officer"), ("group", "legal"),
        ("person", ""),
      ],
      on: "\(base)/new-person")
    #expect(answer.status == 303)
    let code: Code<Person> = "4001.legal.1"
    #expect(try person(code, site).grants.first?.group == "legal")
    let page = "\(base)/people/\(code)"
    #expect(try await browser.get(page).status == 200)
    let letter = try await browser.submit([], on: page, to: page + "/letter")
    #expect(letter.status == 200)
    let typed = try #require(
      letter.text.firstMatch(of: /<dd class="letter-secret">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){5})</)?.output.1)
    #expect(try site.registry.codeHolder(String(typed), at: site.clock.now)?.person == code)
    // It is shown this once.
    let shown = try await browser.get(page).text
    #expect(!shown.contains(typed))
  }

  @Test func `a letter form sent twice makes one letter`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officeAdministrator)
    let page = "\(base)/people/officer"
    let shown = try await browser.get(page)
    let (token, key) = (shown.hidden("token"), shown.hidden("form"))
    #expect(try await browser.post(page + "/letter", [], token: token, key: key).status == 200)
    #expect(try await browser.post(page + "/letter", [], token: token, key: key).status == 303)
  }

  @Test func `whoever has a password loses it only by the administrator's own`() async throws {
    let site = try Site()
    for role in [Role.officer, .officeAdministrator] { try site.give(password: Site.password, to: role) }
    let browser = try await site.browser(of: .officeAdministrator)
    let page = "\(base)/people/officer"
    #expect(try await browser.submit([("password", "")], on: page, to: page + "/letter").status == 422)
    #expect(
      try await browser.submit([("password", "not this one")], on: page, to: page + "/letter").status == 422)
    #expect(try site.registry.account("officer", at: site.clock.now)?.passwordHash != nil)
    #expect(
      try await browser.submit([("password", Site.password)], on: page, to: page + "/letter").status == 200)
    #expect(try site.registry.account("officer", at: site.clock.now)?.passwordHash == nil)
  }

  @Test func `names that are taken, foreign or no names are refused`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officeAdministrator)
    let page = "\(base)/new-person"
    for name in [
      "director", "officer2", "สมชาย", "a b", "x", "1101700203450", String(repeating: "a", count: 41),
    ] {
      let answer = try await browser.submit(
        [("name", "ก ข"), ("role", "officer"), ("person", name)], on: page)
      #expect(answer.status == 422, "\(name)")
      #expect(answer.text.contains("id=\"person-fault\""), "\(name)")
    }
    // Who is there already is not renamed.
    #expect(try person("officer2", site).name.contains(Site.canary))
    #expect(try await browser.submit([("name", ""), ("role", "officer")], on: page).status == 422)
    #expect(try await browser.submit([("name", "ก"), ("role", "director")], on: page).status == 422)
    #expect(
      try await browser.submit([("name", "ก"), ("role", "officer"), ("group", "none")], on: page).status
        == 400)
  }

  @Test func `roles are given and ended, and accounts closed and opened again`() async throws {
    let site = try Site()
    try site.give(password: Site.password, to: .officeAdministrator)
    let browser = try await site.browser(of: .officeAdministrator)
    let page = "\(base)/people/officer"
    let today = site.clock.now.day
    let head = [("role", "group_head"), ("group", "")]
    // One's own password is asked for again.
    let unsure = try await browser.submit(head, on: page, to: page + "/grant")
    #expect(unsure.status == 422 && unsure.text.contains("href=\"#grant_password\""))
    let sure = head + [("grant_password", Site.password)]
    #expect(try await browser.submit(sure, on: page, to: page + "/grant").status == 303)
    #expect(try person("officer", site).roles(for: Site.own, on: today) == [.officer, .groupHead])
    #expect(try await browser.submit(sure, on: page, to: page + "/grant").status == 422)
    #expect(try await browser.submit([("role", "officer")], on: page, to: page + "/revoke").status == 303)
    #expect(try person("officer", site).roles(for: Site.own, on: today) == [.groupHead])
    #expect(try await browser.submit([], on: page, to: page + "/close").status == 422)
    let signedIn = try await site.browser(of: .officer)
    #expect(try await browser.submit([("sure", "yes")], on: page, to: page + "/close").status == 303)
    #expect(try person("officer", site).isClosed)
    #expect(try await signedIn.get(base).status == 401)
    #expect(try await browser.submit([], on: page, to: page + "/open").status == 303)
    #expect(try !person("officer", site).isClosed)
    #expect(try site.registry.verify().faults.isEmpty)
  }

  @Test func `nobody keeps accounts but the administrators, nor their own here`() async throws {
    let site = try Site()
    let director = try await site.browser(of: .director)
    let list = try await director.get("\(base)/people")
    #expect(list.status == 200 && !list.text.contains("new-person"))
    #expect(try await director.get("\(base)/new-person").status == 404)
    let page = "\(base)/people/officer"
    for (act, fields) in [("close", [("sure", "yes")]), ("open", []), ("revoke", [("role", "officer")])] {
      let answer = try await director.post("\(page)/\(act)", fields, token: director.token)
      #expect(answer.status == 403, "\(act)")
    }
    #expect(try await director.post("\(page)/letter", [], token: director.token).status == 404)
    for role in [Role.officer, .groupHead, .assessor, .committee] {
      #expect(try await site.browser(of: role).get("\(base)/people").status == 404, "\(role)")
    }
    let administrator = try await site.browser(of: .officeAdministrator)
    let own = "\(base)/people/office_administrator"
    let closed = try await administrator.post("\(own)/close", [("sure", "yes")], token: administrator.token)
    #expect(closed.status == 409)
    #expect(try await administrator.get("\(base)/people/officer2").status == 404)
    // From the centre the page is there, without the office's other places.
    let centre = try await site.browser(of: .administrator).get("\(base)/people")
    #expect(centre.status == 200 && !centre.text.contains("\(base)/sign-off"))
  }

  @Test func `numbers of stakeholders are read as people type them`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officeAdministrator)
    let page = "\(base)/questionnaires/stakeholders"
    func number() throws -> Int? {
      try site.registry.officeDesk(
        Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: site.clock.now
      ).office.stakeholders["IIT"]
    }
    for (typed, read) in [("1,240", 1240), ("๘๖", 86), (" 5 000 ", 5000)] {
      #expect(try await browser.submit([("instrument", "IIT"), ("number", typed)], on: page).status == 303)
      #expect(try number() == read)
    }
    for typed in ["86 คน", "-5", "1.5", "0", "", "99999999999999999999"] {
      let answer = try await browser.submit([("instrument", "IIT"), ("number", typed)], on: page)
      #expect(answer.status == 422, "\(typed)")
      #expect(
        answer.text.contains("href=\"#number-IIT\"") && answer.text.contains("value=\"\(typed)\""), "\(typed)"
      )
    }
    #expect(try await browser.submit([("instrument", "OIT"), ("number", "5")], on: page).status == 400)
    #expect(try number() == 5000)
    let officer = try await site.browser(of: .officer)
    #expect(
      try await officer.post(page, [("instrument", "IIT"), ("number", "9")], token: officer.token).status
        == 403)
    let shown = try await officer.get("\(base)/questionnaires").text
    #expect(shown.contains("5,000"))
  }
}

import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// The first sign-in by a letter, and what people change in their own account.
@Suite struct AccountPageTests {
  private let site: Site

  init() throws { site = try Site().givingPasswords() }

  // The first sign-in.

  @Test func `the letter leads to a password of one's own, once`() async throws {
    let letter = try site.registry.reset("group_head", by: Signer("admin"), at: site.clock.now)
    let browser = site.browser()
    let typed = letter.code.lowercased().replacing("-", with: " ")
    let wrong = try await browser.submit([("name", "director"), ("code", typed)], on: "/code")
    #expect(wrong.status == 422, "the name has to be theirs")
    let shown = try await browser.submit([("name", "group_head"), ("code", typed)], on: "/code")
    #expect(shown.status == 200 && shown.text.contains("ท่านคือ ผู้อำนวยการกลุ่ม"))
    func choose(_ password: String, _ again: String) async throws -> Browser.Answer {
      try await browser.post(
        "/code",
        [("name", "group_head"), ("code", typed), ("new_password", password), ("repeat_password", again)],
        token: shown.hidden("token"))
    }
    #expect(try await choose("short", "short").status == 422)
    let differ = try await choose("ท้องฟ้าเหนือทุ่งนา", "ท้องฟ้าใต้ทุ่งนา")
    #expect(differ.status == 422 && !differ.text.contains("ท้องฟ้า"))
    #expect(try await choose("ท้องฟ้าเหนือทุ่งนา", "ท้องฟ้าเหนือทุ่งนา").location == "/")
    #expect(try await browser.get("/account").status == 200)
    #expect(try await site.signIn(.groupHead, "ท้องฟ้าเหนือทุ่งนา").1.status == 303)
    let late = try await site.browser().submit([("name", "group_head"), ("code", typed)], on: "/code")
    #expect(late.status == 422)
  }

  // The account.

  @Test func `changing the password asks for the present one and ends all other sessions`() async throws {
    let (browser, _) = try await site.signIn(.director)
    let (other, _) = try await site.signIn(.director)
    let before = browser.cookies
    let new = "ข้าวสวยร้อนกับปลาทู"
    func change(_ present: String, _ new: String) async throws -> Browser.Answer {
      try await browser.submit(
        [("password", present), ("new_password", new), ("repeat_password", new)], on: "/account/password")
    }
    #expect(try await change("wrong", new).status == 422)
    #expect(try await change(Site.password, "password1234").status == 422)
    #expect(try await change(Site.password, new).location == "/account?done=password_changed")
    #expect(browser.cookies["session"] != before["session"] && browser.cookies["known"] != before["known"])
    #expect(try await browser.get("/account").status == 200)
    #expect(try await other.get("/account").status == 401)
    #expect(try await site.signIn(.director).1.status == 422)
    #expect(try await site.signIn(.director, new).1.status == 303)
  }

  @Test func `sessions are listed and ended one by one or all at once`() async throws {
    let (browser, _) = try await site.signIn(.director)
    let second = site.browser()
    second.headers[.userAgent] = "Mozilla/5.0 (iPhone) Version/17 Mobile Safari/604.1"
    _ = try await site.signIn(.director, in: second)
    let page = try await browser.get("/account")
    #expect(page.text.contains("Safari\u{A0}· iPhone"))
    let id = try #require(page.hidden("session"))
    #expect(!page.text.contains(try #require(browser.cookies["session"])))
    let ended = try await browser.post(
      "/account/sessions/end", [("session", id)], token: page.hidden("token"))
    #expect(ended.status == 303)
    #expect(try await second.get("/account").status == 401)
    let (third, _) = try await site.signIn(.director)
    _ = try await browser.post("/account/sessions/others", [], token: browser.token)
    #expect(try await third.get("/account").status == 401)
    #expect(try await browser.get("/account").status == 200)
  }

  @Test func `nobody ends another person's session`() async throws {
    let (director, _) = try await site.signIn(.director)
    let (other, _) = try await site.signIn(.director)
    let id = try #require(try await director.get("/account").hidden("session"))
    let (officer, _) = try await site.signIn(.officer)
    _ = try await officer.post("/account/sessions/end", [("session", id)], token: officer.token)
    #expect(try await other.get("/account").status == 200)
  }

  @Test func `a session ends after half an hour unseen, sooner for deciders, and after eight hours anyway`()
    async throws
  {
    _ = try site.setUpFactor(of: .assessor)
    let (browser, _) = try await site.signIn(.director)
    let assessor = try await site.browser(of: .assessor)
    let began = site.clock.now
    site.clock.now = began.adding(seconds: 14 * 60)
    #expect(try await assessor.get("/account").status == 200)
    site.clock.now = began.adding(seconds: 29 * 60 + 1)
    #expect(try await assessor.get("/account").status == 401)
    for minutes in stride(from: 29, to: 480, by: 29) {
      site.clock.now = began.adding(seconds: Int64(minutes) * 60)
      #expect(try await browser.get("/account").status == 200)
    }
    site.clock.now = began.adding(seconds: 8 * 3600)
    #expect(try await browser.get("/account").status == 401)
  }
}

import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// Coming in by name and password, and going out.
@Suite struct EntranceTests {
  private let site: Site

  init() throws { site = try Site().givingPasswords() }

  @Test func `whoever gives name and password goes on to the page they asked for`() async throws {
    let browser = site.browser()
    let first = try await browser.get("/account?x=1")
    #expect(first.status == 401)
    #expect(first.hidden("to") == "/account?x=1")
    let answer = try await browser.post(
      "/sign-in",
      [("name", "director"), ("password", Site.password), ("to", "/account?x=1"), ("kept", "")],
      token: first.hidden("token"))
    #expect(answer.status == 303 && answer.location == "/account?x=1")
    let page = try await browser.get("/account")
    #expect(page.status == 200 && page.text.contains("ผู้อำนวยการสำนักงาน"))
  }

  @Test(arguments: [
    "//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
    "/%0d%0aX: y", "javascript:alert(1)", "/sign-out", "", "/a\nb",
  ])
  func `signing in never leads away from the site`(to: String) async throws {
    let (_, answer) = try await site.signIn(.director, to: to)
    let location = try #require(answer.location)
    #expect(answer.status == 303)
    #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.contains("\\"))
    #expect(!location.contains("\n") && location != "/sign-out")
  }

  @Test func `an unknown name and a wrong password get the same page`() async throws {
    func page(_ name: String) async throws -> Browser.Answer {
      try await site.browser().submit(
        [("name", name), ("password", "wrong wrong wrong"), ("to", "/"), ("kept", "")], on: "/sign-in")
    }
    func plain(_ answer: Browser.Answer) -> String {
      answer.text.replacing(/value="[^"]*"/, with: "")
    }
    let (known, unknown) = (try await page("director"), try await page("nobody"))
    #expect(known.status == 422 && unknown.status == 422)
    #expect(plain(known) == plain(unknown))
    #expect(known.headers.map(\.name) == unknown.headers.map(\.name))
    #expect(!known.text.contains("wrong wrong wrong"), "a password is never shown again")
  }

  @Test func `a session planted in the browser opens nothing afterwards`() async throws {
    let browser = site.browser()
    browser.cookies["session"] = "planted"
    let (_, answer) = try await site.signIn(.director, in: browser)
    #expect(answer.status == 303)
    #expect(browser.cookies["session"] != "planted")
    let other = site.browser()
    other.cookies["session"] = "planted"
    #expect(try await other.get("/account").status == 401)
  }

  @Test func `signing in again ends the session that was there`() async throws {
    let (browser, _) = try await site.signIn(.director)
    let before = try #require(browser.cookies["session"])
    // The sign-in page itself leads on; the form can be sent all the same.
    let answer = try await browser.post(
      "/sign-in", [("name", "director"), ("password", Site.password), ("to", "/"), ("kept", "")],
      token: browser.token)
    #expect(answer.status == 303 && browser.cookies["session"] != before)
    let other = site.browser()
    other.cookies["session"] = before
    #expect(try await other.get("/account").status == 401)
  }

  @Test func `the form is not taken without the cookie its token was made from`() async throws {
    let browser = site.browser()
    let shown = try await browser.get("/sign-in")
    let fields = [("name", "director"), ("password", Site.password), ("to", "/"), ("kept", "")]
    browser.cookies = [:]
    #expect(try await browser.post("/sign-in", fields, token: shown.hidden("token")).status == 403)
    // Nor with the token that would fit no cookie at all.
    #expect(try await browser.post("/sign-in", fields, token: browser.token).status == 403)
  }

  @Test func `a hash by an old cost is made anew at the next sign-in`() async throws {
    try site.give(password: Site.password, to: .director, cost: .init(log2N: 3, r: 1, p: 1))
    #expect(try site.hash(of: .director).hasPrefix("$scrypt$ln=3"))
    _ = try await site.signIn(.director)
    #expect(try site.hash(of: .director).hasPrefix("$scrypt$ln=4"))
    let (_, again) = try await site.signIn(.director)
    #expect(again.status == 303)
  }

  @Test func `the sixth guess waits and says how long, also for a name that does not exist`() async throws {
    for name in ["director", "nobody"] {
      let browser = site.browser()
      func guess() async throws -> Browser.Answer {
        try await browser.submit(
          [("name", name), ("password", "guess"), ("to", "/"), ("kept", "")], on: "/sign-in")
      }
      for _ in 0..<5 { #expect(try await guess().status == 422) }
      let answer = try await guess()
      #expect(answer.status == 429)
      #expect(answer.headers[.retryAfter] == "1")
      #expect(answer.text.contains("โปรดรอ 1 วินาที"))
    }
  }

  @Test func `nobody locks a director out of a browser they have signed in from before`() async throws {
    let (browser, _) = try await site.signIn(.director)
    _ = try await browser.post("/sign-out", [], token: browser.token)
    #expect(browser.cookies["known"] != nil)
    for _ in 0..<8 { _ = try await site.signIn(.director, "guess") }
    #expect(try await site.signIn(.director).1.status == 429, "elsewhere the right password waits too")
    #expect(try await site.signIn(.director, in: browser).1.status == 303)
  }

  @Test func `the browser is known for one person and one password`() async throws {
    let mark = Known.mark("director", "hash")
    #expect(Known.knows("director", "hash", mark))
    #expect(Known.knows("director", "hash", "x.\(mark)"))
    for cookie in [nil, "", "x", String(mark.dropLast()), Known.mark("officer", "hash")] {
      #expect(!Known.knows("director", "hash", cookie))
    }
    #expect(!Known.knows("director", "other hash", mark))
    var cookie: String?
    for number in 0..<20 { cookie = Known.adding("p\(number)", "hash", to: cookie) }
    let kept = try #require(cookie)
    #expect(kept.count < 300 && Known.knows("p19", "hash", kept) && !Known.knows("p14", "hash", kept))
  }

  @Test func `signing out ends the session, not only the cookie`() async throws {
    let (browser, _) = try await site.signIn(.director)
    let token = try #require(browser.cookies["session"])
    let answer = try await browser.post("/sign-out", [], token: browser.token)
    #expect(answer.status == 303 && browser.cookies["session"] == nil)
    let thief = site.browser()
    thief.cookies["session"] = token
    #expect(try await thief.get("/account").status == 401)
  }

  @Test func `the language somebody chose is there when they sign in elsewhere`() async throws {
    let (browser, _) = try await site.signIn(.director)
    let answer = try await browser.submit([("language", "en"), ("digits", "thai")], on: "/account")
    #expect(answer.location == "/account?done=saved")
    let (other, _) = try await site.signIn(.director)
    #expect(other.cookies["language"] == "en" && other.cookies["digits"] == "thai")
    #expect(try await other.get("/account").text.contains("My account"))
  }
}

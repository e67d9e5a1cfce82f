import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// The number or code that some are asked for besides their password.
@Suite struct SecondFactorPageTests {
  private let site: Site

  init() throws { site = try Site().givingPasswords() }

  @Test func `without a second factor whoever needs one gets no further than setting it up`() async throws {
    let (browser, answer) = try await site.signIn(.assessor)
    #expect(answer.location == "/account/second-factor?to=%2Faccount")
    try await opensNothing(browser)
    // Setting it up.
    let begun = try await browser.submit(
      [("to", "/account")], on: "/account/second-factor", to: "/account/second-factor/begin")
    #expect(begun.status == 303)
    let page = try await browser.get("/account/second-factor?to=%2Faccount")
    let secret = try #require(try site.registry.secondFactor(of: "assessor")).secret
    let factor = SecondFactor(secret: secret)
    #expect(page.text.contains(factor.grouped))
    #expect(page.text.contains("otpauth://totp/Sucharit:assessor?secret="))
    let wrong = try await browser.submit(
      [("code", "000000"), ("to", "/account")], on: "/account/second-factor")
    #expect(wrong.status == 422)
    try await opensNothing(browser)
    let before = browser.cookies["session"]
    let done = try await browser.submit(
      [("code", factor.number(at: site.clock.now.seconds / 30)), ("to", "/account")],
      on: "/account/second-factor")
    #expect(done.status == 200 && browser.cookies["session"] != before)
    let codes = done.text.matches(of: /<li>([0-9A-Z]{5}-[0-9A-Z]{5})<\/li>/).map { String($0.1) }
    #expect(codes.count == 10)
    #expect(try await browser.get("/account").status == 200)
    // From now on it is asked for, and each number and code is good once.
    let (second, led) = try await site.signIn(.assessor)
    #expect(led.location == "/second-factor?to=%2Faccount")
    try await opensNothing(second)
    #expect(try await second.get("/account/second-factor").status == 303, "the secret is not shown again")
    func give(_ code: String, in browser: Browser) async throws -> Browser.Answer {
      try await browser.submit([("code", code), ("to", "/account"), ("kept", "")], on: "/second-factor")
    }
    #expect(
      try await give(factor.number(at: site.clock.now.seconds / 30), in: second).status == 422, "seen before")
    site.clock.now = site.clock.now.adding(seconds: 60)
    let opened = try await give(factor.number(at: site.clock.now.seconds / 30), in: second)
    #expect(opened.status == 303 && opened.location == "/account")
    #expect(try await second.get("/account").status == 200)
    let (third, _) = try await site.signIn(.assessor)
    #expect(try await give(codes[0].lowercased(), in: third).location == "/account")
    let (fourth, _) = try await site.signIn(.assessor)
    #expect(try await give(codes[0], in: fourth).status == 422)
  }

  /// Every page but the way out and the second factor itself.
  private func opensNothing(_ browser: Browser) async throws {
    let cookies = browser.cookies
    for route in Routes.all where !route.isOpen {
      let path = route.path.replacing("{cycle}", with: "2569").replacing("{office}", with: "4001")
        .replacing("{item}", with: "O1")
      if path.hasPrefix(SetUpPage.path) || path == SecondFactorPage.path { continue }
      let answer =
        route.method == .get
        ? try await browser.get(path) : try await browser.post(path, [], token: browser.token)
      #expect(answer.status == 303, "\(route.method) \(route.path)")
      #expect(answer.location?.contains("second-factor") ?? false, "\(route.path)")
      #expect(browser.cookies == cookies)
    }
  }

  @Test func `guessing at the number becomes slow`() async throws {
    let secret = try site.setUpFactor(of: .assessor)
    let (browser, _) = try await site.signIn(.assessor)
    func give(_ code: String) async throws -> Browser.Answer {
      try await browser.submit([("code", code), ("to", "/"), ("kept", "")], on: "/second-factor")
    }
    for _ in 0..<5 { #expect(try await give("123123").status == 422) }
    let right = SecondFactor(secret: secret).number(at: site.clock.now.seconds / 30)
    #expect(try await give(right).status == 429)
  }

  @Test func `a form that was being filled in waits for the second factor as well`() async throws {
    let secret = try site.setUpFactor(of: .assessor)
    let browser = site.browser()
    let asked = try await browser.submit(
      [
        ("name", "assessor"), ("password", Site.password), ("to", "/account"),
        ("kept", "digits=thai&language=en"),
      ], on: "/sign-in")
    #expect(asked.location == "/second-factor")
    let page = try await browser.get("/second-factor")
    #expect(page.hidden("to") == "/account" && page.hidden("kept") != "")
    let back = try await browser.post(
      "/second-factor",
      [
        ("code", SecondFactor(secret: secret).number(at: site.clock.now.seconds / 30)), ("to", "/account"),
        ("kept", "digits=thai&language=en"),
      ], token: page.hidden("token"))
    #expect(back.location == "/account")
    #expect(try await browser.get("/account").text.contains("value=\"thai\" checked"))
  }

  @Test func `a role that asks for it closes a session that has none`() async throws {
    let (browser, _) = try await site.signIn(.officer)
    #expect(try await browser.get("/account").status == 200)
    try site.registry.grant(
      Grant(.committee, for: .everywhere, from: Site.day("2026-01-01")), to: "officer", by: Signer("admin"),
      at: site.clock.now)
    #expect(try await browser.get("/account").status == 401)
    let (_, answer) = try await site.signIn(.officer, in: browser)
    #expect(answer.location == "/account/second-factor?to=%2Faccount")
  }

  @Test func `one's own second factor is renewed and removed with the password`() async throws {
    _ = try site.setUpFactor(of: .director)
    let browser = try await site.browser(of: .director)
    for act in ["codes", "remove"] {
      let refused = try await browser.submit(
        [("password", "wrong"), ("to", "/")], on: "/account/second-factor",
        to: "/account/second-factor/\(act)")
      #expect(refused.status == 422)
    }
    let renewed = try await browser.submit(
      [("password", Site.password), ("to", "/")], on: "/account/second-factor",
      to: "/account/second-factor/codes")
    #expect(renewed.status == 200 && renewed.text.matches(of: /<li>[0-9A-Z]{5}-[0-9A-Z]{5}</).count == 10)
    let removed = try await browser.submit(
      [("password", Site.password), ("to", "/")], on: "/account/second-factor",
      to: "/account/second-factor/remove")
    #expect(removed.location == "/account?done=second_factor_removed")
    #expect(try site.registry.secondFactor(of: "director") == nil)
  }
}

import Foundation
import HTTPTypes
import Integrity
import Storage
import Synchronization
import Testing

@testable import Portal

@Suite struct EntranceTests {
  private let site: Site

  init() throws {
    site = try Site()
    for role in [Role.director, .officer, .assessor] { try site.give(password: Site.password, to: role) }
  }

  private func signIn(
    _ role: Role, _ password: String = Site.password, to: String = "/account", in browser: Browser? = nil
  ) async throws -> (Browser, Browser.Answer) {
    let browser = browser ?? site.browser()
    let answer = try await browser.submit(
      [("name", Site.name(role).text), ("password", password), ("to", to), ("kept", "")], on: "/sign-in")
    return (browser, answer)
  }

  // Signing in.

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
    let (_, answer) = try await signIn(.director, to: to)
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
    let (_, answer) = try await signIn(.director, in: browser)
    #expect(answer.status == 303)
    #expect(browser.cookies["session"] != "planted")
    let other = site.browser()
    other.cookies["session"] = "planted"
    #expect(try await other.get("/account").status == 401)
  }

  @Test func `signing in again ends the session that was there`() async throws {
    let (browser, _) = try await signIn(.director)
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
    _ = try await signIn(.director)
    #expect(try site.hash(of: .director).hasPrefix("$scrypt$ln=4"))
    let (_, again) = try await signIn(.director)
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
    let (browser, _) = try await signIn(.director)
    _ = try await browser.post("/sign-out", [], token: browser.token)
    #expect(browser.cookies["known"] != nil)
    for _ in 0..<8 { _ = try await signIn(.director, "guess") }
    #expect(try await signIn(.director).1.status == 429, "elsewhere the right password waits too")
    #expect(try await signIn(.director, in: browser).1.status == 303)
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
    let (browser, _) = try await signIn(.director)
    let token = try #require(browser.cookies["session"])
    let answer = try await browser.post("/sign-out", [], token: browser.token)
    #expect(answer.status == 303 && browser.cookies["session"] == nil)
    let thief = site.browser()
    thief.cookies["session"] = token
    #expect(try await thief.get("/account").status == 401)
  }

  @Test func `the language somebody chose is there when they sign in elsewhere`() async throws {
    let (browser, _) = try await signIn(.director)
    let answer = try await browser.submit([("language", "en"), ("digits", "thai")], on: "/account")
    #expect(answer.location == "/account?done=saved")
    let (other, _) = try await signIn(.director)
    #expect(other.cookies["language"] == "en" && other.cookies["digits"] == "thai")
    #expect(try await other.get("/account").text.contains("My account"))
  }

  // A session that ends.

  @Test func `whoever's session ends while they fill in a form comes back to it as they typed it`()
    async throws
  {
    let (browser, _) = try await signIn(.director)
    let page = try await browser.get("/account")
    site.clock.now = site.clock.now.adding(seconds: 31 * 60)
    let refused = try await browser.post(
      "/account", [("language", "en"), ("digits", "thai")], token: page.hidden("token"),
      key: page.hidden("form"))
    #expect(refused.status == 401)
    #expect(refused.text.contains("หมดเวลาการใช้งาน") && refused.text.contains("ข้อความที่ท่านพิมพ์ยังอยู่ครบ"))
    let kept = try #require(refused.hidden("kept")).replacing("&amp;", with: "&")
    #expect(kept == "digits=thai&language=en")
    // A wrong password first: what was typed is carried along.
    let fields = [("name", "director"), ("to", "/account"), ("kept", kept)]
    let wrong = try await browser.post(
      "/sign-in", fields + [("password", "wrong")], token: refused.hidden("token"))
    #expect(wrong.status == 422 && wrong.hidden("to") == "/account" && wrong.hidden("kept") != "")
    let back = try await browser.post(
      "/sign-in", fields + [("password", Site.password)], token: wrong.hidden("token"))
    #expect(back.status == 303 && back.location == "/account", "the page's own address")
    for _ in 0..<2 {
      let shown = try await browser.get("/account")
      #expect(shown.text.contains("value=\"thai\" checked") && shown.text.contains("value=\"en\" checked"))
      #expect(shown.text.contains("ยังไม่ได้บันทึก"))
    }
    let form = try await browser.get("/account")
    let saved = try await browser.post(
      "/account", [("language", "en"), ("digits", "thai")], token: form.hidden("token"),
      key: form.hidden("form"))
    #expect(saved.status == 303)
    #expect(try await !browser.get("/account").text.contains("but have not been saved"))
    #expect(try await !browser.get("/account").text.contains("ยังไม่ได้บันทึก"), "it is shown until it is sent")
  }

  @Test func `what was typed is shown to the session it was kept for, on its page, for a quarter of an hour`()
    throws
  {
    let time = Mutex(Duration.zero)
    let kept = KeptForms(most: 2, clock: { time.withLock { $0 } })
    let fields = try Fields(pairs: [("note", "ก")], Fields.Names(once: ["note"]))
    kept.keep(fields, for: [1], at: "/page?x=1")
    #expect(kept.fields(for: [1], at: "/page") == fields)
    #expect(kept.fields(for: [2], at: "/page") == nil)
    #expect(kept.fields(for: [1], at: "/other") == nil)
    kept.drop(for: [1], at: "/other")
    #expect(kept.fields(for: [1], at: "/page") == fields)
    time.withLock { $0 = .seconds(15 * 60) }
    #expect(kept.fields(for: [1], at: "/page") == nil)
    for session: UInt8 in 1...3 {
      time.withLock { $0 += .seconds(1) }
      kept.keep(fields, for: [session], at: "/page")
    }
    #expect(
      (1...3).map { kept.fields(for: [$0], at: "/page") != nil } == [false, true, true], "the oldest goes")
  }

  @Test func `what was kept and cannot be shown does not keep anybody from the page`() async throws {
    let browser = site.browser()
    _ = try await browser.submit(
      [
        ("name", "officer"), ("password", Site.password), ("to", "/2569/offices/4001/disclosures/O1"),
        ("kept", "revision=x&link=a&answer=%00&element=none"),
      ], on: "/sign-in")
    #expect(try await browser.get("/2569/offices/4001/disclosures/O1").status == 200)
  }

  @Test func `a form with a file keeps its words, and not the file`() async throws {
    let browser = try await site.browser(of: .officer)
    site.clock.now = site.clock.now.adding(seconds: 31 * 60)
    func part(_ name: String, _ text: String, file: String = "") -> String {
      "--B\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n\(text)\r\n"
    }
    let body =
      part("token", browser.token) + part("form", "k") + part("note", "ดูหน้า 3")
      + part("upload", "%PDF-1.7", file: "; filename=\"a.pdf\"") + part("after", "x") + "--B--\r\n"
    let refused = try await browser.send(
      .post, "/2569/offices/4001/disclosures/O1/files", type: "multipart/form-data; boundary=B",
      body: Array(body.utf8))
    #expect(refused.status == 401)
    #expect(refused.hidden("kept") == "note=\("ดูหน้า 3".queryEscaped)")
    #expect(refused.hidden("to") == "/2569/offices/4001/disclosures/O1", "the page on which the form stands")
  }

  @Test func `passwords are not kept for later`() async throws {
    let (browser, _) = try await signIn(.director)
    site.clock.now = site.clock.now.adding(seconds: 31 * 60)
    let refused = try await browser.post(
      "/account/password",
      [("password", "ความลับหนึ่ง"), ("new_password", "ความลับสอง"), ("repeat_password", "ความลับสอง")],
      token: browser.token)
    #expect(refused.status == 401 && !refused.text.contains("ความลับ"))
    #expect(refused.hidden("kept") == "")
  }

  @Test func `what was kept for a page that is not there leads home`() async throws {
    let browser = site.browser()
    let answer = try await browser.submit(
      [("name", "director"), ("password", Site.password), ("to", "/nothing"), ("kept", "a=b")], on: "/sign-in"
    )
    #expect(answer.status == 303 && browser.cookies["session"] != nil)
  }

  // The second factor.

  @Test func `without a second factor whoever needs one gets no further than setting it up`() async throws {
    let (browser, answer) = try await signIn(.assessor)
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
    let (second, led) = try await signIn(.assessor)
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
    let (third, _) = try await signIn(.assessor)
    #expect(try await give(codes[0].lowercased(), in: third).location == "/account")
    let (fourth, _) = try await signIn(.assessor)
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
    let (browser, _) = try await signIn(.assessor)
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
    let (browser, _) = try await signIn(.officer)
    #expect(try await browser.get("/account").status == 200)
    try site.registry.grant(
      Grant(.committee, for: .everywhere, from: Site.day("2026-01-01")), to: "officer", by: Signer("admin"),
      at: site.clock.now)
    #expect(try await browser.get("/account").status == 401)
    let (_, answer) = try await signIn(.officer, in: browser)
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
    #expect(try await signIn(.groupHead, "ท้องฟ้าเหนือทุ่งนา").1.status == 303)
    let late = try await site.browser().submit([("name", "group_head"), ("code", typed)], on: "/code")
    #expect(late.status == 422)
  }

  // The account.

  @Test func `changing the password asks for the present one and ends all other sessions`() async throws {
    let (browser, _) = try await signIn(.director)
    let (other, _) = try await signIn(.director)
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
    #expect(try await signIn(.director).1.status == 422)
    #expect(try await signIn(.director, new).1.status == 303)
  }

  @Test func `sessions are listed and ended one by one or all at once`() async throws {
    let (browser, _) = try await signIn(.director)
    let second = site.browser()
    second.headers[.userAgent] = "Mozilla/5.0 (iPhone) Version/17 Mobile Safari/604.1"
    _ = try await signIn(.director, in: second)
    let page = try await browser.get("/account")
    #expect(page.text.contains("Safari\u{A0}· iPhone"))
    let id = try #require(page.hidden("session"))
    #expect(!page.text.contains(try #require(browser.cookies["session"])))
    let ended = try await browser.post(
      "/account/sessions/end", [("session", id)], token: page.hidden("token"))
    #expect(ended.status == 303)
    #expect(try await second.get("/account").status == 401)
    let (third, _) = try await signIn(.director)
    _ = try await browser.post("/account/sessions/others", [], token: browser.token)
    #expect(try await third.get("/account").status == 401)
    #expect(try await browser.get("/account").status == 200)
  }

  @Test func `nobody ends another person's session`() async throws {
    let (director, _) = try await signIn(.director)
    let (other, _) = try await signIn(.director)
    let id = try #require(try await director.get("/account").hidden("session"))
    let (officer, _) = try await signIn(.officer)
    _ = try await officer.post("/account/sessions/end", [("session", id)], token: officer.token)
    #expect(try await other.get("/account").status == 200)
  }

  @Test func `a session ends after half an hour unseen, sooner for deciders, and after eight hours anyway`()
    async throws
  {
    _ = try site.setUpFactor(of: .assessor)
    let (browser, _) = try await signIn(.director)
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

extension Site {
  /// Gives somebody a password, as their letter would.
  func give(password: String, to role: Role, cost: Passwords.Cost = Site.cost) throws {
    let registry = registry
    let letter = try registry.reset(Site.name(role), by: Signer("admin"), at: clock.now)
    let hash = try Passwords.hash(password, cost: cost) { try registry.peppered($0) }
    _ = try registry.redeem(letter.code, passwordHash: hash, at: clock.now)
  }

  func hash(of role: Role) throws -> String {
    try registry.account(Site.name(role), at: clock.now)?.passwordHash ?? ""
  }

  /// - Returns: the secret of a second factor that is in force.
  func setUpFactor(of role: Role) throws -> [UInt8] {
    let (signer, secret) = (Signer(Site.name(role)), SecondFactor.random().secret)
    try registry.beginSecondFactor(secret, by: signer, at: clock.now)
    try registry.confirmSecondFactor(recoveryCodes: SecondFactor.recoveryCodes(), by: signer, at: clock.now)
    return secret
  }
}

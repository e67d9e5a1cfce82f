import Foundation
import HTTPTypes
import Integrity
import Storage
import Synchronization
import Testing

@testable import Portal

/// What somebody typed when their session ended.
@Suite struct KeptFormTests {
  private let site: Site

  init() throws { site = try Site().givingPasswords() }

  @Test func `whoever's session ends while they fill in a form comes back to it as they typed it`()
    async throws
  {
    let (browser, _) = try await site.signIn(.director)
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
    let (browser, _) = try await site.signIn(.director)
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
}

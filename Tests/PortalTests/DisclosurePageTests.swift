import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

@Suite struct DisclosurePageTests {
  private static let o2 = "/2569/offices/4001/disclosures/O2"
  private static let o1 = "/2569/offices/4001/disclosures/O1"

  /// The whole form as a page without a script sends it.
  private func form(
    _ answer: String = "yes", links: [(String, String)] = [("https://www.example.test/O2", "หน้า 3")],
    note: String = "หมายเหตุ", revision: String = "1", do wish: String = "save",
    _ more: [(String, String)] = []
  ) -> [(String, String)] {
    [("answer", answer), ("note", note), ("revision", revision), ("do", wish)]
      + links.flatMap {
        [("link", $0.0), ("link_page", $0.1), ("link_quote", ""), ("link_nature", "document")]
      } + more
  }

  private func submission(_ site: Site, _ item: Code<Node> = "O2") throws -> Submission? {
    try site.registry.submissions(
      of: Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: site.clock.now
    ).first { $0.item == item }
  }

  @Test func `a draft is saved, once, and goes back to its page`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let page = try await browser.get(DisclosurePageTests.o2)
    #expect(page.status == 200 && page.text.contains("https://www.example.test/O2"))
    let (token, key) = (page.hidden("token"), page.hidden("form"))
    let sent = form(
      links: [("https://www.example.test/new", "7"), ("", "")], note: "ใหม่",
      revision: page.hidden("revision") ?? "")
    let answer = try await browser.post(DisclosurePageTests.o2, sent, token: token, key: key)
    #expect(
      answer.status == 303 && answer.location == DisclosurePageTests.o2 + "?done=saved", "\(answer.text)")
    let saved = try submission(site)
    #expect(
      saved?.note == "ใหม่"
        && saved?.evidence == [Evidence(.link("https://www.example.test/new"), pointer: "7")])
    let version = try site.dataVersion()
    #expect(try await browser.post(DisclosurePageTests.o2, sent, token: token, key: key).status == 303)
    #expect(try submission(site)?.revision == saved?.revision)
    #expect(try site.dataVersion() == version)
  }

  @Test func `saving the same again leaves nothing on the trail`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let revision = try submission(site)?.revision ?? 0
    let before = try site.dataVersion()
    for more in [[], [("auto", "1")]] {
      let answer = try await browser.post(
        DisclosurePageTests.o2, form(revision: "\(revision)", more), token: browser.token)
      #expect([200, 303].contains(answer.status))
    }
    #expect(try site.dataVersion() == before)
  }

  @Test func `what is wrong comes back as typed, with a link to it`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let answer = try await browser.post(
      DisclosurePageTests.o2,
      form(links: [("www.example.test/<b>", "3"), ("", "9")], note: "พิมพ์ไว้ <script>"), token: browser.token)
    #expect(answer.status == 422)
    #expect(answer.text.contains("href=\"#link-1\"") && answer.text.contains("href=\"#link-2\""))
    #expect(
      answer.text.contains("www.example.test/&lt;b&gt;") && answer.text.contains("พิมพ์ไว้ &lt;script&gt;"))
    #expect(!answer.text.contains("<script>"))
    #expect(try submission(site)?.note == "หมายเหตุ")
  }

  @Test func `a row more and a row less save nothing`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let before = try site.dataVersion()
    let more = try await browser.post(DisclosurePageTests.o2, form(do: "add_link"), token: browser.token)
    #expect(more.status == 200 && more.text.contains("id=\"link-2\""))
    let links = [("https://a.example", "1"), ("https://b.example", "2")]
    let less = try await browser.post(
      DisclosurePageTests.o2, form(links: links, do: "remove_1"), token: browser.token)
    #expect(less.status == 200)
    #expect(!less.text.contains("https://a.example") && less.text.contains("https://b.example"))
    #expect(try site.dataVersion() == before)
  }

  @Test func `what somebody saved in between is not lost`() async throws {
    let site = try Site()
    let (officer, head) = (try await site.browser(of: .officer), try await site.browser(of: .groupHead))
    let revision = "\(try submission(site)?.revision ?? 0)"
    let first = try await head.post(
      DisclosurePageTests.o2, form(note: "ของหัวหน้า", revision: revision), token: head.token)
    #expect(first.status == 303)
    let second = try await officer.post(
      DisclosurePageTests.o2, form(note: "ของเจ้าหน้าที่", revision: revision), token: officer.token)
    #expect(second.status == 409)
    #expect(second.text.contains("ของเจ้าหน้าที่") && second.text.contains("save_over"))
    #expect(try submission(site)?.note == "ของหัวหน้า")
    let auto = try await officer.post(
      DisclosurePageTests.o2, form(note: "ของเจ้าหน้าที่", revision: revision, [("auto", "1")]),
      token: officer.token)
    #expect(auto.status == 409 && auto.text.contains("\"isStale\":true"))
    let current = second.hidden("current") ?? ""
    let over = try await officer.post(
      DisclosurePageTests.o2,
      form(note: "ของเจ้าหน้าที่", revision: revision, do: "save_over", [("current", current)]),
      token: officer.token)
    #expect(over.status == 303)
    #expect(try submission(site)?.note == "ของเจ้าหน้าที่")
  }

  @Test func `the head passes on what is complete and sends back with a note`() async throws {
    let site = try Site()
    let head = try await site.browser(of: .groupHead)
    let revision = "\(try submission(site)?.revision ?? 0)"
    let bare = try await head.post(
      DisclosurePageTests.o2, form(links: [], revision: revision, do: "pass"), token: head.token)
    #expect(bare.status == 422 && bare.text.contains("href=\"#link-1\""))
    let passed = try await head.post(
      DisclosurePageTests.o2, form(note: "ตรวจแล้ว", revision: revision, do: "pass"), token: head.token)
    #expect(passed.location == DisclosurePageTests.o2 + "?done=passed")
    #expect(try submission(site)?.state == .ready && submission(site)?.note == "ตรวจแล้ว")
    let mute = try await head.post(
      DisclosurePageTests.o2, [("do", "send_back"), ("reason", " ")], token: head.token)
    #expect(mute.status == 422)
    let back = try await head.post(
      DisclosurePageTests.o2, [("do", "send_back"), ("reason", "เพิ่มหน้า")], token: head.token)
    #expect(back.location == DisclosurePageTests.o2 + "?done=sent_back")
    let officer = try await site.browser(of: .officer)
    #expect(try await officer.get(DisclosurePageTests.o2).text.contains("เพิ่มหน้า"))
  }

  @Test func `what was typed survives that it can no longer be saved`() async throws {
    let site = try Site()
    let officer = try await site.browser(of: .officer)
    let answer = try await officer.post(
      DisclosurePageTests.o1, form(note: "ยาวและสำคัญ"), token: officer.token)
    #expect(answer.status == 403 && answer.text.contains("ยาวและสำคัญ"))
  }

  @Test func `a director recalls with a reason`() async throws {
    let site = try Site()
    _ = try site.registry.submit(
      ["O1"], of: Site.own, in: Site.cycle, by: Signer(Site.name(.director)), at: site.clock.now)
    let director = try await site.browser(of: .director)
    #expect(try await director.get(DisclosurePageTests.o1).text.contains("value=\"recall\""))
    let mute = try await director.post(DisclosurePageTests.o1, [("do", "recall")], token: director.token)
    #expect(mute.status == 422)
    let done = try await director.post(
      DisclosurePageTests.o1, [("do", "recall"), ("reason", "ลิงก์ผิด")], token: director.token)
    #expect(done.location == DisclosurePageTests.o1 + "?done=recalled")
    #expect(try submission(site, "O1")?.state == .draft)
  }

  @Test func `a form that is not ours is refused`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    for more in [[("x", "1")], [("link", "https://a.example")], [("do", "publish")], [("element", "none")]] {
      let answer = try await browser.post(
        DisclosurePageTests.o2,
        form(do: more[0].0 == "do" ? "publish" : "save", more[0].0 == "do" ? [] : more),
        token: browser.token)
      #expect(answer.status == 400, "\(more)")
    }
    #expect(try await browser.post(DisclosurePageTests.o2, [], token: browser.token).status == 400)
  }

  // Files.

  private func upload(
    _ browser: Browser, _ name: String, _ bytes: [UInt8], _ more: [(String, String)] = [],
    token: String? = nil
  ) async throws -> Browser.Answer {
    var body: [UInt8] = []
    for (field, value) in [("token", token ?? browser.token)] + more {
      body += Array("--b\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
    }
    body += Array("--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"\(name)\"\r\n\r\n".utf8)
    body += bytes + Array("\r\n--b--\r\n".utf8)
    return try await browser.send(
      .post, DisclosurePageTests.o2 + "/files", type: "multipart/form-data; boundary=b", body: body)
  }

  private static let pdf = Array("%PDF-1.7\n\u{1}\u{2}".utf8)

  @Test func `a file is kept with what was typed, and served apart`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let revision = "\(try submission(site)?.revision ?? 0)"
    let sent = try await upload(
      browser, "แผน 2569.pdf", DisclosurePageTests.pdf, form(note: "กับไฟล์", revision: revision, do: "attach"))
    #expect(sent.location == DisclosurePageTests.o2 + "?done=file_kept", "\(sent.text)")
    let saved = try submission(site)
    #expect(saved?.note == "กับไฟล์")
    let file = try #require(saved?.evidence.last)
    let digest = try #require(file.content.digest)
    let address = Paths(cycle: Site.cycle, office: Site.own).file(digest, "แผน 2569.pdf")
    #expect(try await browser.get(DisclosurePageTests.o2).text.contains(address))
    let answer = try await browser.get(address)
    #expect(answer.status == 200 && answer.bytes == DisclosurePageTests.pdf)
    #expect(answer.headers[.contentType] == "application/pdf")
    #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; ") ?? false)
    #expect(answer.headers[.contentSecurityPolicy]?.contains("sandbox") ?? false)
    #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") ?? false)
    let framed = try await browser.get(address + "?view=1")
    #expect(framed.headers[.contentDisposition]?.hasPrefix("inline; ") ?? false)
    #expect(framed.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'self'") ?? false)
    // Not under another kind's name, nor for another office, nor as another's.
    #expect(try await browser.get(address.replacing(".pdf", with: ".html")).status == 404)
    #expect(try await browser.get(address.replacing("4001", with: "4002")).status == 404)
    let stranger = try await site.browser(of: .officer, at: Site.foreign)
    #expect(try await stranger.get(address).status == 404)
    #expect(try await stranger.get(address.replacing("4001", with: "4002")).status == 404)
    let gone = try await browser.post(
      DisclosurePageTests.o2,
      form(note: "กับไฟล์", revision: "\(saved?.revision ?? 0)", do: "drop_\(digest)"), token: browser.token)
    #expect(gone.location == DisclosurePageTests.o2 + "?done=file_removed")
    #expect(try submission(site)?.evidence.allSatisfy(\.isLink) ?? false)
  }

  @Test func `the page's script hands a file in alone`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let sent = try await upload(browser, "a.pdf", DisclosurePageTests.pdf, [("auto", "1")])
    #expect(sent.status == 200 && sent.text.contains("\"name\":\"a.pdf\""), "\(sent.text)")
    #expect(try submission(site)?.evidence.count == 2)
    let again = try await upload(browser, "b.pdf", DisclosurePageTests.pdf, [("auto", "1")])
    #expect(again.status == 200)
    #expect(try submission(site)?.evidence.count == 2)
  }

  @Test func `what may not be handed in is told, and nothing is kept`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let before = try site.dataVersion()
    for (name, bytes) in [
      ("a.html", Array("<html>".utf8)), ("a.pdf", Array("<html>".utf8)), ("a.png", DisclosurePageTests.pdf),
      ("a.pdf", []), ("1101700230708.pdf", DisclosurePageTests.pdf), ("", []),
    ] {
      let answer = try await upload(browser, name, bytes, [("auto", "1")])
      #expect(answer.status == 422, "\(name): \(answer.text)")
    }
    let large = try await upload(
      browser, "a.pdf", DisclosurePageTests.pdf + [UInt8](repeating: 0, count: 20 << 20), [("auto", "1")])
    #expect(large.status == 422 && large.text.contains("20 MB"), "\(large.status)")
    #expect(try await upload(browser, "a.pdf", DisclosurePageTests.pdf, token: "0000").status == 403)
    #expect(try site.dataVersion() == before)
    let head = try await site.browser(of: .committee)
    #expect(try await upload(head, "a.pdf", DisclosurePageTests.pdf).status >= 400)
  }

  @Test func `typed text comes back with what is wrong with a file`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let answer = try await upload(
      browser, "a.exe", Array("MZ".utf8), form(note: "พิมพ์ไว้", do: "attach"))
    #expect(answer.status == 422)
    #expect(answer.text.contains("พิมพ์ไว้") && answer.text.contains("href=\"#upload\""))
  }
}

import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// What somebody who means ill may send, and what comes of it.
@Suite struct SecurityTests {
  private static let page = "/2569/offices/4001"

  /// Texts that have broken out of other pages.
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' autofocus onfocus='alert(1)",
    "</textarea><h1>",
    "</title><svg/onload=alert(1)>", "{{title}}", "{{{title}}}", "&lt;b&gt;", "<!--", "]]>",
    "javascript:alert(1)",
    "\u{202E}กลับด้าน", "\u{200B}\u{FEFF}", "=HYPERLINK(\"http://a\")", "%00%0d%0aSet-Cookie:a=b",
    "a\u{0301}\u{0302}", "\"\u{0301} onfocus=alert(1) autofocus \u{0301}", "<\u{0338}b>'\u{0E49}x='",
    "ก็้่๋๊", "<a href='//elsewhere.example'>", "`${alert(1)}`", "</li></ul></section>",
  ]

  @Test func `no text changes the shape of a page that shows it`() async throws {
    let pages = [
      "", "/disclosures", "/disclosures/O2", "/self-check", "/review", "/sign-off", "/questionnaires",
      "/people",
    ]
    var shapes: [String: [String]] = [:]
    for text in ["ข้อความธรรมดา"] + SecurityTests.hostile {
      let site = try Site()
      _ = try site.registry.draft(
        DraftEntry(
          office: Site.own, item: "O2", isDisclosed: true, note: text,
          evidence: [Evidence(.link("https://www.example.test/a"), pointer: text, quote: text)]),
        in: Site.cycle,
        by: Signer(Site.name(.officer)), at: Site.collecting)
      _ = try site.registry.sendBack(
        "O2", of: Site.own, in: Site.cycle, note: text, by: Signer(Site.name(.groupHead)), at: Site.collecting
      )
      for role in [Role.officer, .director, .officeAdministrator] {
        let browser = try await site.browser(of: role)
        for page in pages {
          let answer = try await browser.get(SecurityTests.page + page)
          let shape = Shape.of(answer.text)
          let key = "\(role.rawValue) \(page)"
          if let expected = shapes[key] {
            #expect(shape == expected, "\(text) on \(page) as \(role.rawValue)")
          } else {
            shapes[key] = shape
          }
        }
      }
    }
    #expect(shapes.values.allSatisfy { $0.count > 20 })
  }

  @Test func `what is typed wrongly comes back as text`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    for text in SecurityTests.hostile {
      let answer = try await browser.get("\(SecurityTests.page)/disclosures?search=\(text.queryEscaped)")
      #expect(answer.status == 200)
      #expect(!answer.text.contains("<script>alert") && !answer.text.contains("onerror=alert(1)>"), "\(text)")
    }
  }

  @Test func `only the site's own hosts and methods are answered`() async throws {
    let site = try Site()
    let browser = site.browser()
    for host in ["elsewhere.example", "127.0.0.1:80.elsewhere.example", "", "127.0.0.1:81"] {
      browser.host = host
      #expect(try await browser.get("/sign-in").status == 404, "\(host)")
    }
    browser.host = nil
    for method in [HTTPRequest.Method.put, .delete, .patch, .trace, .options, .connect] {
      #expect(try await browser.send(method, "/sign-in").status == 404, "\(method)")
    }
    #expect(try await browser.send(.head, "/sign-in").status == 200)
  }

  @Test func `a form with a field too many, one that comes twice, or no form at all is refused`() async throws
  {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let path = "\(SecurityTests.page)/disclosures/O2"
    let before = try site.dataVersion()
    for fields in [
      [("is_closed", "1")], [("note", "ก"), ("note", "ข")], [("state", "submitted")], [("office", "4002")],
      [("made_by", "1")], [("revision", "0"), ("revision", "1")],
    ] {
      #expect(try await browser.post(path, fields, token: browser.token).status == 400, "\(fields)")
    }
    for (type, body) in [
      ("application/json", "{}"), ("text/plain", "note=1"), ("application/x-www-form-urlencoded", "note=%ZZ"),
      ("application/x-www-form-urlencoded", "note=%ff%fe"),
    ] {
      #expect(
        try await browser.send(.post, path, type: type, body: Array(body.utf8)).status == 400,
        "\(type) \(body)")
    }
    let large = [UInt8](repeating: 97, count: Fields.most + 1)
    #expect(
      try await browser.send(.post, path, type: "application/x-www-form-urlencoded", body: large).status
        == 413)
    #expect(try site.dataVersion() == before)
  }

  @Test func `the language is switched on every page and leads nowhere else`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    let switched = try await browser.get("/2569/offices/4001/disclosures?state=draft&language=en")
    #expect(switched.status == 303)
    #expect(switched.location == "/2569/offices/4001/disclosures?state=draft")
    #expect(try await browser.get("/").text.contains("ภาษาไทย") || browser.cookies["language"] == "en")
    for path in [
      "//elsewhere.example/?language=en", "/\\elsewhere.example?language=en", "/%0d%0aa:b?language=en",
    ] {
      let answer = try await browser.get(path)
      #expect(!(answer.location ?? "").hasPrefix("//"), "\(path)")
      #expect(!(answer.location ?? "").contains("\r"), "\(path)")
    }
  }

  @Test func `the log says which route was asked for, and nothing of what, who or from where`() async throws {
    let site = try Site()
    let browser = try await site.browser(of: .officer)
    browser.headers[.userAgent] = "Agent/9.9"
    _ = try await browser.get("/2569/offices/4001/disclosures/O2?search=ความลับ")
    _ = try await browser.post(
      "/2569/offices/4001/disclosures/O2", [("note", "ความลับ\r\nlevel=error")], token: browser.token)
    _ = try await browser.get("/nothing/4001/ความลับ")
    let lines = browser.log.lines
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.filter { $0 == "\n" }.count == 1 && $0.contains("status=") })
    #expect(lines.first?.contains("route=/{cycle}/offices/{office}/disclosures/{item}") ?? false)
    for secret in [
      "4001", "O2", "ความลับ", "officer", "Agent", browser.token, browser.cookies["session"] ?? "?",
    ] {
      #expect(!lines.joined().contains(secret), "\(secret)")
    }
  }
}

/// The shape of a page: its tags and the names of their attributes, in order, and nothing of what stands between them.
enum Shape {
  static func of(_ html: String) -> [String] {
    var shape: [String] = []
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      var tag = ""
      var quote: Character?
      while let character = rest.first {
        rest = rest.dropFirst()
        if let mark = quote {
          if character == mark { quote = nil }
          continue
        }
        if character == "\"" || character == "'" {
          quote = character
          continue
        }
        if character == ">" { break }
        tag.append(character)
      }
      shape.append(tag)
    }
    return shape
  }
}

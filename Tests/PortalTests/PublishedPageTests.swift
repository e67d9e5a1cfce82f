import Crypto
import Foundation
import GRDB
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// What everybody may read, and that nothing of it can be guessed before it is published.
@Suite struct PublishedPageTests {
  private static let pages = [
    "/published", "/published/2569", "/published/2569/4001", "/published/2569/method", "/published/2569/data",
  ]
  private static let files = [
    "/published/2569/results.csv", "/published/2569/results.json", "/published/2569/4001.json",
    "/published/2569/4001.csv",
  ]

  private func published() throws -> (site: Site, browser: Browser) {
    let site = try Site()
    try site.publishAll()
    return (site, site.browser())
  }

  @Test func `everybody reads published results without signing in, and is given no cookie`() async throws {
    let (_, browser) = try published()
    for path in PublishedPageTests.pages + PublishedPageTests.files {
      let answer = try await browser.get(path)
      #expect(answer.status == 200, "\(path)")
      #expect(answer.headers[.setCookie] == nil, "\(path)")
    }
    let list = try await browser.get("/published/2569").text
    #expect(list.contains("เขตตัวอย่าง") && list.contains("href=\"/published/2569/4001\""))
    let page = try await browser.get("/published/2569/4001").text
    // The figure, why, and what makes it final.
    #expect(page.contains("ทำไมได้คะแนนนี้") && page.contains("ไม่พบผลการใช้จ่าย"))
    #expect(page.contains("เท่ากับคะแนนรอบแรก") && page.contains("รหัสตรวจสอบของผลทั้งหมด"))
  }

  @Test func `what is not published, not there and not taking part is the same page`() async throws {
    let site = try Site()
    try site.sealAll()
    var answers: [(status: Int, text: String, headers: HTTPFields)] = []
    // All that differs is the address that was asked for, in the switch of the language.
    func ask(_ paths: [String]) async throws {
      for path in paths {
        let answer = try await site.browser().get(path)
        var headers = answer.headers
        let length = try #require(headers[.contentLength].flatMap { Int($0) })
        let alike = answer.text.replacing("href=\"\(path)?", with: "href=\"?")
        #expect(length - alike.utf8.count == path.utf8.count, "it stands there once")
        headers[.contentLength] = nil
        answers.append((answer.status, alike, headers))
      }
    }
    // Sealed, and not published.
    try await ask(["/published/2569", "/published/2569/4001", "/published/2569/9999", "/published/2570"])
    try await ask(["/published/2569/method", "/published/2569/data", "/published/2570/data"])
    try await ask([
      "/published/2569/results.csv", "/published/2569/results.json", "/published/2570/results.csv",
    ])
    try await ask(["/published/2569/4001.json", "/published/2570/4001.json", "/published/2569/4001.csv"])
    try site.registry.publish(Site.cycle, by: Signer(Site.name(.committee)), at: Site.publishing)
    try await ask(["/published/2569/9999", "/published/2569/9999.json", "/published/2570/4001"])
    for answer in answers {
      #expect(answer.status == 404)
      #expect(answer.text == answers[0].text)
      #expect(answer.headers == answers[0].headers)
    }
  }

  @Test
  func `whoever works on the results finds nothing at the public addresses either before they are public`()
    async throws
  {
    let site = try Site()
    try site.sealAll()
    for role in [Role.committee, .leadAssessor, .administrator, .director] {
      let browser = try await site.browser(of: role)
      #expect(try await browser.get("/published/2569").status == 404, "\(role.rawValue)")
      #expect(try await browser.get("/published/2569/4001.json").status == 404, "\(role.rawValue)")
    }
  }

  @Test func `it does not take another time to say that something is not published`() async throws {
    let site = try Site()
    try site.sealAll()
    let browser = site.browser()
    func time(_ path: String) async throws -> Duration {
      let began = ContinuousClock.now
      _ = try await browser.get(path)
      return began.duration(to: .now)
    }
    _ = try await time("/published/2569")
    var (sealed, unknown) = (Duration.seconds(60), Duration.seconds(60))
    // In turn, and the best of many: what else the machine does must not decide.
    for _ in 0..<40 {
      sealed = min(sealed, try await time("/published/2569/4001"))
      unknown = min(unknown, try await time("/published/2570/4001"))
    }
    let leeway = Duration.milliseconds(5)
    #expect(sealed < unknown * 3 + leeway && unknown < sealed * 3 + leeway, "\(sealed) and \(unknown)")
  }

  @Test func `offices are searched, filtered and sorted on the server`() async throws {
    let (_, browser) = try published()
    func names(_ query: String) async throws -> [Bool] {
      let text = try await browser.get("/published/2569?" + query).text
      return ["4001", "4002"].map { text.contains("href=\"/published/2569/\($0)\"") }
    }
    #expect(try await names("") == [true, true])
    #expect(try await names("search=4001") == [true, false])
    #expect(try await names("search=%E0%B9%80%E0%B8%82%E0%B8%95+4002") == [false, true])
    #expect(try await names("kind=primary") == [true, true])
    #expect(try await names("kind=nonsense&level=nonsense&page=-3&sort=x") == [true, true])
    #expect(try await names("level=-") == [false, true])
    #expect(try await names("province=" + "ธารทอง".queryEscaped) == [true, true])
    #expect(try await names("province=" + "ที่อื่น".queryEscaped) == [false, false])
    let sorted = try await browser.get("/published/2569?sort=name").text
    #expect(sorted.contains("aria-sort=\"ascending\""))
    let nothing = try await browser.get("/published/2569?search=zzz").text
    #expect(nothing.contains("ไม่มีหน่วย\u{2060}งานที่ตรงกับตัวกรอง"))
  }

  @Test func `hostile words in the address come back as text`() async throws {
    let (_, browser) = try published()
    for text in ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{title}}", "</title>"] {
      for name in ["search", "province", "kind", "level", "sort", "page", "lang"] {
        let page = try await browser.get("/published/2569?\(name)=\(text.queryEscaped)")
        #expect(page.status == 200)
        #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"))
      }
    }
  }

  @Test func `a page that has not changed is not sent again, and an amendment changes it`() async throws {
    let (site, browser) = try published()
    for path in ["/published/2569", "/published/2569/4001", "/published/2569/results.json"] {
      let first = try await browser.get(path)
      let tag = try #require(first.headers[.eTag])
      #expect(first.headers[.cacheControl]?.hasPrefix("public, max-age=") == true)
      browser.headers[.ifNoneMatch] = tag
      let again = try await browser.get(path)
      #expect(again.status == 304 && again.bytes.isEmpty && again.headers[.eTag] == tag, "\(path)")
      #expect(again.headers[.xContentTypeOptions] == "nosniff")
      browser.headers[.ifNoneMatch] = nil
    }
    let before = try await browser.get("/published/2569")
    try site.amend()
    browser.headers[.ifNoneMatch] = before.headers[.eTag]
    let after = try await browser.get("/published/2569")
    #expect(after.status == 200 && after.text.contains("แก้ไขหลังรับรองผล"))
    browser.headers[.ifNoneMatch] = nil
    let page = try await browser.get("/published/2569/4001").text
    #expect(page.contains("อ่านผิดหน้า") && page.contains("คณะกรรมการแก้ไข"))
  }

  @Test func `nobody who has signed in leaves a page behind in a shared cache`() async throws {
    let (site, _) = try published()
    let member = try await site.browser(of: .committee)
    let answer = try await member.get("/published/2569")
    #expect(answer.status == 200)
    #expect(answer.headers[.cacheControl] == "no-store" && answer.headers[.eTag] == nil)
  }

  @Test func `the language follows the cookie, or the address for search engines`() async throws {
    let (_, browser) = try published()
    let thai = try await browser.get("/published/2569")
    #expect(thai.text.contains("<html lang=\"th\">") && thai.headers[.vary] == "Cookie")
    let english = try await browser.get("/published/2569?lang=en")
    #expect(english.text.contains("<html lang=\"en\">") && english.headers[.setCookie] == nil)
    #expect(english.text.contains("/published/2569/4001?lang=en"))
    #expect(english.text.contains("hreflang=\"th\" href=\"http://127.0.0.1:80/published/2569?lang=th\""))
    #expect(english.text.contains("<meta name=\"description\" content=\"Results of"))
    let other = try await browser.get("/published/2569?language=en")
    #expect(other.status == 303 && browser.cookies["language"] == "en")
    #expect(try await browser.get("/published/2569").text.contains("<html lang=\"en\">"))
  }

  @Test func `the data say what the pages say, and nothing of a few people's answers`() async throws {
    let (site, browser) = try published()
    let card = try site.registry.scorecard(of: Site.own, in: Site.cycle, by: nil, at: site.clock.now)
    let total = try #require(card.total.figure?.description)
    let table = try await browser.get("/published/2569/results.csv")
    #expect(table.text.hasPrefix("\u{FEFF}office,name_th,name_en,") && table.text.contains(",\(total),"))
    #expect(table.headers[.contentDisposition] == "attachment; filename=\"results-2569.csv\"")
    let document = try object(try await browser.get("/published/2569/results.json"))
    let offices = try #require(document["offices"] as? [[String: Any]])
    #expect(document["schema"] as? String == PublishedTables.schema && offices.count == 2)
    #expect(offices[0]["total"] as? String == total && offices[1]["total"] is NSNull)
    #expect(offices[0]["address"] as? String == "http://127.0.0.1:80/published/2569/4001")
    // Three people of the other office answered: neither that nor how many more it would take is said.
    let few = try await browser.get("/published/2569/4002.json").text
    #expect(!few.contains("\"respondents\"") && few.contains("\"missing\": null"))
    #expect(!few.contains("\"counts\"") && !few.contains("\"tally\""))
    for path in ["/published/2569/4002", "/published/2569/4002.csv"] {
      #expect(!(try await browser.get(path).text.contains("ขาดอีก")), "\(path)")
    }
  }

  @Test func `the seal can be worked out from the data by anybody`() async throws {
    let (_, browser) = try published()
    let document = try object(try await browser.get("/published/2569/results.json"))
    let offices = try #require(document["offices"] as? [[String: Any]])
    let list = offices.flatMap { ["\"\($0["code"] ?? "")\"", "\"\($0["digest"] ?? "")\""] }.joined(
      separator: ",")
    let seal = SHA256.hash(data: Data("[\(list)]".utf8)).map { String(format: "%02x", $0) }.joined()
    #expect(document["seal"] as? String == seal)
    let page = try await browser.get("/published/2569/4001").text
    for group in seal.digestGroups { #expect(page.contains(group)) }
  }

  @Test func `a result that is no longer the one that was sealed is not shown`() async throws {
    let (site, browser) = try published()
    #expect(try await browser.get("/published/2569/4001").status == 200)
    try site.tamper("DROP TRIGGER finding_frozen; UPDATE finding SET judgement = 'met' WHERE item = 'O2'")
    #expect(try await browser.get("/published/2569/4001.json").status == 500)
    #expect(browser.log.lines.joined().contains("is not the one that was sealed"))
  }

  @Test func `the sign-in page leads to published results`() async throws {
    let (_, browser) = try published()
    #expect(try await browser.get("/sign-in").text.contains("href=\"/published\""))
    #expect(try await browser.get("/published").text.contains("href=\"/sign-in\""))
    #expect(try await browser.get("/").status == 401)
  }

  @Test func `search engines find what is published and nothing else`() async throws {
    let site = try Site()
    try site.sealAll()
    let browser = site.browser()
    let before = try await browser.get("/sitemap.xml").text
    #expect(before.contains("<loc>http://127.0.0.1:80/published</loc>") && !before.contains("2569"))
    try site.registry.publish(Site.cycle, by: Signer(Site.name(.committee)), at: Site.publishing)
    let after = try await browser.get("/sitemap.xml").text
    #expect(after.contains("<loc>http://127.0.0.1:80/published/2569/4001</loc>"))
    let robots = try await browser.get("/robots.txt").text
    #expect(robots.contains("Allow: /published") && robots.contains("Disallow: /\n"))
  }

  @Test func `what members and assessors wrote stays text on every page`() async throws {
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{title}}"
    let (site, browser) = try published()
    try site.amend(reason: hostile)
    let member = try await site.browser(of: .committee)
    for (who, path) in [
      (browser, "/published/2569/4001"), (browser, "/published/2569/4001?lang=en"),
      (member, "/2569/amendments"),
      (member, "/2569/amendments/1"), (member, "/2569/offices/4001/amend/O2"), (member, "/2569/sealing"),
    ] {
      let text = try await who.get(path).text
      #expect(
        text.contains("</html>") && !text.contains("<script>alert") && !text.contains("<img src=x"), "\(path)"
      )
    }
    let data = try object(try await browser.get("/published/2569/4001.json"))
    #expect((data["sealed"] as? [[String: Any]])?.last?["reason"] as? String == hostile)
  }

  private func object(_ answer: Browser.Answer) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: Any])
  }
}

extension Site {
  /// What somebody with the file in hand could do.
  func tamper(_ sql: String) throws {
    try onlooker.write { db in try db.execute(sql: sql) }
  }
}

import Foundation
import GRDB
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

extension Browser.Answer {
  /// What is wrong with the headers of an answer: each has to be there once, with what it has to say.
  ///
  /// - Parameters:
  ///   - isPrivate: whether somebody has signed in, so that nothing of it may be kept.
  ///   - besideEvidence: pages of marking stay together with the window in which evidence is opened.
  func flaws(isPrivate: Bool, besideEvidence: Bool = false) -> [String] {
    let wanted: [String: (String) -> Bool] = [
      "content-security-policy": { policy in
        policy.hasPrefix("default-src 'none'; ") && policy.contains("frame-ancestors 'none'")
          && policy.contains("base-uri 'none'") && !policy.contains("unsafe") && !policy.contains("*")
          && !policy.contains("http")
      },
      "x-content-type-options": { $0 == "nosniff" }, "referrer-policy": { $0 == "no-referrer" },
      "cross-origin-opener-policy": {
        $0 == "same-origin" || besideEvidence && $0 == "same-origin-allow-popups"
      },
      "cross-origin-resource-policy": { $0 == "same-origin" },
      "permissions-policy": { $0.contains("camera=()") },
      "cache-control": { isPrivate ? $0 == "no-store" : $0 == "no-store" || $0.hasPrefix("public, max-age") },
    ]
    var flaws: [String] = []
    for (name, isRight) in wanted.sorted(by: { $0.key < $1.key }) {
      let values = headers.filter { $0.name.canonicalName == name }.map(\.value)
      if values.count != 1 || !values.allSatisfy(isRight) { flaws.append("\(status): \(name): \(values)") }
    }
    return flaws
  }
}

/// Every status there is, by the way that leads to it: its headers, and for whoever has signed in the header they know.
@Suite struct AnswersTests {
  private static let office = "/2569/offices/4001"
  private static let o2 = office + "/disclosures/O2"
  private let site: Site

  init() throws { site = try Site() }

  private func saving(_ revision: String) -> [(String, String)] {
    [("answer", "yes"), ("note", "x"), ("revision", revision), ("do", "save")]
  }

  /// A browser whose answers come from a portal that is set otherwise.
  private func browser(_ role: Role, _ change: (inout Settings) -> Void) throws -> Browser {
    var settings = Settings()
    settings.port = 80
    settings.cost = Site.cost
    change(&settings)
    let browser = Browser(try site.portal(settings), on: site)
    try browser.bring(session: site.registry, of: Site.name(role), at: site.clock.now)
    return browser
  }

  /// What somebody who has signed in may be answered, by status.
  private func all(_ browser: Browser) async throws -> [Browser.Answer] {
    let officer = browser
    let path = AnswersTests.o2
    var answers = [
      try await officer.get(AnswersTests.office),
      try await officer.get("/?language=\(officer.cookies["language"] ?? "th")"),
      try await officer.post(path, [("state", "submitted")], token: officer.token),
      try await officer.post(path, saving("1"), token: "0000"),
      try await officer.get("/2569/offices/4002"), try await officer.send(.put, path),
      try await officer.post(path, saving("99"), token: officer.token),
      try await officer.send(
        .post, path, type: "application/x-www-form-urlencoded",
        body: [UInt8](repeating: 97, count: Fields.most + 1)),
      try await officer.post(
        path,
        saving("1") + [
          ("link", "no link"), ("link_page", ""), ("link_quote", ""), ("link_nature", "document"),
        ],
        token: officer.token),
      try await officer.post(
        AnswersTests.office + "/sign-off", [("seen", ""), ("password", "x")], token: officer.token),
    ]
    for _ in 0..<6 {
      answers.append(
        try await officer.submit(
          [("password", "guess"), ("new_password", "x"), ("repeat_password", "x")], on: "/account/password"))
    }
    let busy = try self.browser(.officer) { $0.crowd = [.page: 0] }
    busy.cookies["language"] = officer.cookies["language"]
    answers.append(try await busy.get(AnswersTests.office))
    try site.spoil()
    answers.append(try await officer.get(AnswersTests.office + "/disclosures"))
    return answers
  }

  @Test func `every answer to somebody signed in carries each header once and is kept nowhere`() async throws
  {
    let answers = try await all(try await site.browser(of: .officer))
    for answer in answers {
      #expect(answer.flaws(isPrivate: true).isEmpty, "\(answer.flaws(isPrivate: true))")
    }
    let statuses = Set(answers.map(\.status))
    for status in [200, 303, 400, 403, 404, 409, 413, 422, 500, 503] {
      #expect(statuses.contains(status), "\(status) is among \(statuses.sorted())")
    }
  }

  @Test func `whoever has signed in keeps their header on every page that says what is wrong`() async throws {
    for (language, home, code) in [("th", "หน้าแรก", "รหัสถานะ"), ("en", "Home", "Status code")] {
      let site = AnswersTests(site: try Site())
      let officer = try await site.site.browser(of: .officer)
      officer.cookies["language"] = language
      var seen: Set<Int> = []
      for answer in try await site.all(officer) where answer.text.contains(code) {
        seen.insert(answer.status)
        for part in [
          "<span class=\"person\"><b>เจ้าหน้าที่", "href=\"\(AnswersTests.office)/disclosures\"", home,
          "class=\"banner\"",
        ] {
          let isThere = answer.text.contains(part)
          #expect(isThere, "\(part) on \(answer.status)")
        }
      }
      #expect(seen.isSuperset(of: [400, 403, 404, 413, 500, 503]), "\(seen)")
    }
  }

  private init(site: Site) { self.site = site }

  @Test func `a page that says what is wrong is one's own, wherever one strayed`() async throws {
    for role in Site.roles {
      let browser = try await site.browser(of: role)
      for path in [
        "/nothing", "/2569/offices/4002", "/2569/offices/9999/x", "/9999/marking", "/%ff/offices/%00",
      ] {
        let answer = try await browser.get(path)
        guard answer.status == 404 else { continue }
        #expect(answer.text.contains("class=\"person\""), "\(path) for \(role)")
        if role.belongsToAnOffice {
          #expect(answer.text.contains("href=\"/2569/offices/4001\""), "\(path) for \(role)")
          #expect(!answer.text.contains("Canary") && !answer.text.contains(Site.canary))
        }
      }
    }
  }

  @Test func `who has not signed in gets the bare header`() async throws {
    let answer = try await site.browser().get("/nothing")
    #expect(answer.status == 404 && !answer.text.contains("class=\"person\""))
    #expect(answer.flaws(isPrivate: false).isEmpty)
  }

  @Test func `the language is switched on a page that says what is wrong, and it stays that page`()
    async throws
  {
    let officer = try await site.browser(of: .officer)
    for path in ["/nothing/here?x=%22%3E&y=1", "/2569/offices/4002"] {
      let page = try await officer.get(path)
      let link = try #require(page.text.firstMatch(of: /class="language" href="([^"]+)"/)).output.1
        .replacing("&amp;", with: "&")
      let switched = try await officer.get(String(link))
      #expect(switched.status == 303 && switched.location == path)
      #expect(try await officer.get(path).text.contains("There is no such page"))
      officer.cookies["language"] = "th"
    }
    // A form that was refused leads back to its page.
    let refused = try await officer.post(AnswersTests.o2 + "/files", [("x", "y")], token: officer.token)
    #expect(refused.status == 400)
    #expect(refused.text.contains("href=\"\(AnswersTests.o2)?language=en\""))
  }

  @Test func `a fault has a reference that is in the log, and the log has nothing that was typed`()
    async throws
  {
    try site.give(password: Site.password, to: .officer)
    let browser = try await site.browser(of: .officer)
    try site.spoil()
    var faults = 0
    for route in Routes.all where route.load != .asset {
      // Some of them end the session.
      try browser.bring(session: site.registry, of: Site.name(.officer), at: site.clock.now)
      let path = MatrixTests.address(route.path)
      let typed = (route.fields?.all ?? []).map { ($0, "s3cret-\($0)") }
      let answer =
        try await
        (route.method == .get
        ? browser.get(path + "?search=s3cret&to=s3cret")
        : browser.post(path, typed, token: browser.token, key: "s3cret-key"))
      if answer.status == 500 {
        faults += 1
        let hasReference = answer.text.contains("<b>r1</b>")
        #expect(hasReference, "\(path)")
      }
      let isMarking = route.path.contains("/marking")
      #expect(answer.flaws(isPrivate: true, besideEvidence: isMarking).isEmpty, "\(path)")
      #expect(!browser.log.lines.joined().contains(browser.cookies["session"] ?? "?"))
    }
    #expect(faults > 5, "something is broken indeed")
    let log = browser.log.lines.joined()
    #expect(log.contains("level=error") && log.contains("hb.request.id=r1"))
    for secret in ["s3cret", browser.token, browser.cookies["session"] ?? "?", Site.password, "4001"] {
      #expect(!log.contains(secret), "\(secret)")
    }
    #expect(browser.log.lines.allSatisfy { $0.filter { $0 == "\n" }.count == 1 })
  }

  @Test func `a form that comes when there is no room carries what was typed along, but no password`()
    async throws
  {
    let busy = try browser(.officer) { $0.crowd = [.form: 0] }
    busy.headers[.secFetchSite] = "same-origin"
    let typed = "ก\"><b>&"
    let page = try await busy.post(AnswersTests.o2, [("note", typed)], token: busy.token, key: "key-1")
    #expect(page.status == 503 && page.headers[.retryAfter] == "5")
    #expect(page.text.contains("<form method=\"post\" action=\"\(AnswersTests.o2)\">"))
    #expect(page.text.contains("name=\"note\" value=\"ก&quot;&gt;&lt;b&gt;&amp;\""))
    #expect(
      page.hidden("token") == busy.token && page.hidden("form") == "key-1", "it may be sent again as it is")
    #expect(page.text.contains("สิ่งที่ท่านพิมพ์ยังอยู่ครบ"))
    let secret = try await busy.post(
      "/account/password", [("password", "s3cret"), ("new_password", "s3cret2")], token: busy.token)
    #expect(secret.status == 503 && !secret.text.contains("s3cret"))
    #expect(secret.text.contains("href=\"/account/password\"") && secret.text.contains("ยังไม่ถูกบันทึก"))
  }
}

extension Site {
  /// Takes tables away beneath the site, so that pages meet a fault nobody foresaw.
  func spoil() throws {
    try onlooker.write { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for table in ["submission_move", "working_group"] {
        try db.execute(sql: "ALTER TABLE \(table) RENAME TO \(table)_gone")
      }
    }
  }
}

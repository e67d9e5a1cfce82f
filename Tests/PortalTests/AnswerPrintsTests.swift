import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

/// Respondents' pages that are printed for many: nobody gets anything of another's.
@Suite struct AnswerPrintsTests {
  @Test func `everybody has their own form, office and language on a page that was printed before`()
    async throws
  {
    let site = try Site()
    let foreign = AnswerPlace(Site.cycle, Site.foreign, Collected("IIT"))
    let now = site.clock.now
    try site.registry.askForSlips(
      2, foreign, by: Signer(Site.name(.officeAdministrator, of: Site.foreign)), at: now)
    let codes =
      try AnswerPagesTests.slips(site, 2).map { (AnswerPagesTests.path, $0) }
      + site.registry.makeSlips(2, foreign, by: Signer(Site.name(.director, of: Site.foreign)), at: now)
      .codes.map { ("/answer/2569/4002/IIT", $0) }
    var nonces: Set<String> = []
    for (path, code) in codes {
      let walker = try await AnswerPagesTests.Walker(site, path)
      for page in ["first page", "questions"] {
        if page == "questions" { try await walker.begin(code) }
        let nonce = try #require(walker.page.hidden("nonce"))
        if page == "first page" {
          #expect(nonces.insert(nonce).inserted)
        } else {
          #expect(nonces.contains(nonce))
        }
        #expect(walker.page.text.contains("<form") && walker.page.text.contains("action=\"\(path)?lang=th\""))
        #expect(walker.page.text.contains(Site.canary) == path.contains("4002"), "\(page) of \(path)")
        #expect(!walker.page.text.unicodeScalars.contains("\u{F8FA}"))
      }
      #expect(walker.page.hidden("slip") == code.grouped && walker.page.text.contains("ตอบแล้ว 0 จาก 4 ข้อ"))
    }
    let english = try await AnswerPagesTests.Walker(site, AnswerPagesTests.path + "?lang=en")
    #expect(english.page.text.contains("lang=\"en\"") && !english.page.text.contains("lang=th\" method"))
  }

  @Test func `a page that looks the same from its print and without one`() async throws {
    let site = try Site()
    let walker = try await AnswerPagesTests.Walker(site)
    try await walker.begin(try AnswerPagesTests.slips(site)[0])
    let fresh = walker.page.text
    // Chosen, and put back to nothing as only a test can: rendered without a print it would be asked for with a fault.
    try await walker.press("next", [("q0", "4"), ("q1", "3"), ("q2", "2")])
    try await walker.press("back")
    let chosen = walker.page.text
    let plain = chosen.replacing(" checked", with: "").replacing(
      "name=\"answers\" value=\"4-3-2-0\"", with: "name=\"answers\" value=\"0-0-0-0\""
    ).replacing("ตอบแล้ว 3 จาก 4 ข้อ", with: "ตอบแล้ว 0 จาก 4 ข้อ").replacing(
      "width=\"75%\"", with: "width=\"0%\"")
    #expect(plain == fresh)
  }

  @Test func `what is changed of a cycle is on the next page`() async throws {
    let site = try Site()
    let before = try await site.browser().get("/answer/2569/4001/IIT")
    #expect(before.text.contains("data-begin"))
    site.clock.now = Site.deciding
    #expect(try await !site.browser().get("/answer/2569/4001/IIT").text.contains("data-begin"))
    try site.registry.extend(
      Extension(
        office: Site.own, instrument: "IIT", until: Site.deciding.adding(days: 2), reason: "น้ำท่วม"),
      in: Site.cycle, by: Signer("admin"), at: Site.deciding)
    #expect(try await site.browser().get("/answer/2569/4001/IIT").text.contains("data-begin"))
    #expect(try await !site.browser().get("/answer/2569/4002/IIT").text.contains("data-begin"))
  }
}

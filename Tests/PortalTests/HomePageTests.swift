import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

@Suite struct HomePageTests {
  private let home = "/2569/offices/4001"

  @Test func `whoever signs in lands at their own office`() async throws {
    let site = try Site()
    let answer = try await site.browser(of: .officer).get("/")
    #expect(answer.status == 303)
    #expect(answer.location == home)
  }

  @Test(arguments: [
    (Role.assessor, "/2569/marking"), (.leadAssessor, "/2569/assigning"), (.committee, "/2569/results"),
    (.administrator, "/setting-up"),
  ])
  func `whoever has no office lands in their room`(role: Role, room: String) async throws {
    let site = try Site()
    site.clock.now = Site.assessing
    let browser = try await site.browser(of: role)
    #expect(try await browser.get("/").location == room)
    #expect(try await browser.get(room).status == 200)
  }

  @Test func `whoever works in several places chooses`() async throws {
    let site = try Site()
    site.clock.now = Site.assessing
    try site.registry.add(PersonEntry(code: "two", name: "สองหน้าที่"), by: Signer("admin"), at: site.clock.now)
    for role: Role in [.leadAssessor, .committee] {
      try site.registry.grant(
        Grant(role, for: .everywhere, from: site.clock.now.day), to: "two", by: Signer("admin"),
        at: site.clock.now)
    }
    let browser = site.browser()
    try browser.bring(session: site.registry, of: "two", at: site.clock.now)
    let answer = try await browser.get("/")
    #expect(answer.status == 200)
    #expect(
      answer.text.contains("href=\"/2569/assigning\"") && answer.text.contains("href=\"/2569/results\""))
  }

  @Test func `the committee waits until there are results it may read`() async throws {
    let site = try Site()
    let answer = try await site.browser(of: .committee).get("/")
    #expect(answer.status == 200)
    #expect(answer.text.contains("ยังไม่เริ่ม") && !answer.text.contains("href=\"/2569/results\""))
  }

  @Test func `whoever has nothing to do yet is told so`() async throws {
    let site = try Site(isEmpty: true)
    try site.registry.add(PersonEntry(code: "new", name: "ผู้มาใหม่"), by: Signer("admin"), at: site.clock.now)
    let browser = site.browser()
    try browser.bring(session: site.registry, of: "new", at: site.clock.now)
    let answer = try await browser.get("/")
    #expect(answer.status == 200)
    #expect(answer.text.contains("ยังไม่มีบทบาท") && answer.text.contains("href=\"/account\""))
  }

  @Test func `what is worth most comes first`() async throws {
    let site = try Site()
    let page = try await site.browser(of: .officer).get(home).text
    let (third, second) = (page.range(of: "/disclosures/O3\""), page.range(of: "/disclosures/O2\""))
    #expect(try #require(third).lowerBound < (try #require(second)).lowerBound)
    #expect(page.contains("<b>30.00</b>") && page.contains("<b>15.00</b>"))
    // O1 is ready.
    #expect(!page.contains("/disclosures/O1\""))
    #expect(page.contains("0.00\u{A0}– 100.00"))
  }

  @Test func `the blue button is for whoever signs, or passes on`() async throws {
    let site = try Site()
    #expect(try await site.browser(of: .director).get(home).text.contains("main\" href=\"\(home)/sign-off\""))
    #expect(try await site.browser(of: .groupHead).get(home).text.contains("main\" href=\"\(home)/review\""))
    #expect(try await !site.browser(of: .officer).get(home).text.contains("class=\"button main\""))
  }

  @Test func `every phase has its page`() async throws {
    let site = try Site()
    for now in [Site.setUp, Site.collecting, Site.assessing, Site.clarifying, Site.deciding] {
      site.clock.now = now
      for role: Role in [.officer, .groupHead, .director, .officeAdministrator] {
        for page in [home, home + "/disclosures", home + "/self-check"] {
          #expect(try await site.browser(of: role).get(page).status == 200, "\(page) for \(role) at \(now)")
        }
      }
    }
    // Once the window is closed nothing is left to do.
    site.clock.now = Site.deciding
    #expect(try await !site.browser(of: .director).get(home).text.contains("class=\"task\""))
  }

  @Test func `the office's own marks are for its own people`() async throws {
    let site = try Site()
    let own = try await site.browser(of: .officer).get(home + "/self-check")
    #expect(own.status == 200)
    #expect(own.text.contains("\u{2212}15.00"))
    for role: Role in [.assessor, .leadAssessor, .committee, .administrator] {
      #expect(try await site.browser(of: role).get(home + "/self-check").status == 404)
    }
    #expect(try await site.browser(of: .officer, at: Site.foreign).get(home + "/self-check").status == 404)
  }
}

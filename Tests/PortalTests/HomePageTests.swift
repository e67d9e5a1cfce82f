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

  @Test func `whoever has no office is told what there is`() async throws {
    let site = try Site()
    #expect(try await site.browser(of: .administrator).get("/").location == "/setting-up")
    for role: Role in [.assessor, .committee] {
      let answer = try await site.browser(of: role).get("/")
      #expect(answer.status == 200)
      #expect(answer.text.contains("href=\"/account\""))
    }
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

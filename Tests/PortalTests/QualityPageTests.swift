import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

/// Who is told how answers look, and how far questionnaires are: the committee all, leads three steps, offices the same.
@Suite struct QualityPageTests {
  private static let path = "/2569/results/quality"

  /// Twelve people of the first office answered, three of the second.
  private func site() throws -> Site {
    let site = try Site()
    try site.judgeAll()
    site.clock.now = Site.collecting
    return site
  }

  @Test func `the committee sees figures from the smallest count on, and no others`() async throws {
    let site = try site()
    let committee = try await site.browser(of: .committee)
    let page = try await committee.get(Self.path)
    #expect(page.status == 200)
    #expect(page.text.contains("ผู้ตอบยังน้อยเกินกว่าจะแสดง"))
    let cells = page.text.matches(
      of: /<td role="cell" class="num">(?:<span[^>]*>[^<]*<\/span>)?([^<]*)<\/td>/
    )
    .map { String($0.output.1) }
    #expect(cells.first == "12")
    // There are no results to read yet, and no ways to them.
    #expect(!page.text.contains("class=\"sights\""))
    // Nothing says that there were three.
    #expect(!cells.contains("3"))
    let table = try await committee.get(Self.path + ".csv")
    #expect(table.status == 200 && table.text.contains("4001") && table.text.contains(",IIT,12,"))
    #expect(table.text.contains(",IIT,,,,,"))
  }

  @Test func `results lead to it, and it leads back, once there are results to read`() async throws {
    let site = try site()
    site.clock.now = Site.deciding
    let committee = try await site.browser(of: .committee)
    #expect(try await committee.get("/2569/results").text.contains("href=\"\(Self.path)\""))
    let page = try await committee.get(Self.path)
    #expect(page.text.contains("href=\"/2569/results/indicators\""))
    // Nothing is coming in any more.
    #expect(page.text.contains("ยังไม่ประกาศผล") && !page.text.contains("ยังเก็บข้อมูลอยู่"))
    // The lead reads results and not how people answered.
    let lead = try await site.browser(of: .leadAssessor).get("/2569/results")
    #expect(lead.status == 200 && !lead.text.contains(Self.path))
  }

  @Test func `nobody else sees the page`() async throws {
    let site = try site()
    for role in Site.roles where role != .committee {
      let browser = try await site.browser(of: role)
      #expect(try await browser.get(Self.path).status == 404, "\(role)")
      #expect(try await browser.get(Self.path + ".csv").status == 404, "\(role)")
    }
  }

  @Test func `leads see which offices are below a minimum, in steps alone`() async throws {
    let site = try site()
    try site.registry.refreshProgress(at: site.clock.now)
    let lead = try await site.browser(of: .leadAssessor)
    let page = try await lead.get("/2569/progress/questionnaires")
    #expect(page.status == 200 && page.text.contains("ยังไม่ถึงครึ่งของขั้นต่ำ"))
    #expect(!page.text.contains(">12<") && !page.text.contains(">3<"))
    #expect(try await lead.get("/2569/progress").text.contains("/2569/progress/questionnaires"))
    let table = try await lead.get("/2569/progress/questionnaires.csv")
    #expect(table.status == 200 && table.text.contains("4001"))
    for role in [Role.officer, .director, .assessor] {
      let status = try await site.browser(of: role).get("/2569/progress/questionnaires").status
      #expect(status == 404, "\(role)")
    }
  }
}

import Foundation
import HTTPTypes
import Integrity
import Storage
import Testing

@testable import Portal

@Suite struct DisclosuresPageTests {
  private let page = "/2569/offices/4001/disclosures"
  private let site: Site

  init() throws { site = try Site() }

  /// The codes of the disclosures a page lists.
  private func codes(_ query: String, _ browser: Browser) async throws -> [String] {
    let text = try await browser.get(page + query).text
    return text.matches(of: /disclosures\/(O[0-9]+)"/).map { String($0.output.1) }
  }

  @Test func `it lists all, or what is asked for`() async throws {
    let browser = try await site.browser(of: .officer)
    #expect(try await codes("", browser) == ["O1", "O2", "O3"])
    #expect(try await codes("?state=ready", browser) == ["O1"])
    #expect(try await codes("?state=not_begun", browser) == ["O3"])
    #expect(try await codes("?state=nonsense", browser) == ["O1", "O2", "O3"])
    // A group's are also those it contributes to.
    #expect(try await codes("?group=admin", browser) == ["O1", "O2", "O3"])
    #expect(try await codes("?group=legal", browser) == ["O3"])
    #expect(try await codes("?search=o1", browser) == ["O1"])
    #expect(try await codes("?search=no%20gift", browser) == ["O3"])
    #expect(
      try await codes("?search=%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99", browser) == ["O2"])
    #expect(try await codes("?state=ready&search=o3", browser) == [])
  }

  @Test func `what was searched for comes back as text`() async throws {
    let browser = try await site.browser(of: .officer)
    let answer = try await browser.get(page + "?search=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    #expect(answer.status == 200)
    #expect(!answer.text.contains("<script>alert"))
    #expect(answer.text.contains("&quot;&gt;&lt;script&gt;"))
  }

  @Test func `chips count what the rest of the filter leaves`() async throws {
    let browser = try await site.browser(of: .officer)
    let text = try await browser.get(page + "?group=policy").text
    #expect(text.contains("?group=policy\" aria-current=\"true\""))
    #expect(text.contains("?state=draft&amp;group=policy") || text.contains("?state=draft&group=policy"))
  }

  @Test func `the table is for a spreadsheet in Thai, and no formula`() async throws {
    _ = try site.registry.draft(
      DraftEntry(
        office: Site.own, item: "O3", isDisclosed: true,
        evidence: [Evidence(.link("https://www.example.test/O3"), pointer: "")]),
      in: Site.cycle, by: Signer(Site.name(.officer)), at: site.clock.now)
    _ = try site.registry.sendBack(
      "O3", of: Site.own, in: Site.cycle, note: "=HYPERLINK(1)", by: Signer(Site.name(.groupHead)),
      at: site.clock.now)
    let answer = try await site.browser(of: .officer).get(page + ".csv")
    #expect(answer.status == 200)
    #expect(Array(answer.bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
    #expect(answer.headers[.contentDisposition] == "attachment; filename=\"disclosures-2569-4001.csv\"")
    let lines = answer.text.split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines.last?.hasSuffix(",'=HYPERLINK(1)") ?? false)
    #expect(try await site.browser(of: .officer, at: Site.foreign).get(page + ".csv").status == 404)
  }
}

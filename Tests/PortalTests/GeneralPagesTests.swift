import Foundation
import Integrity
import Logging
import Testing

@testable import Portal

/// Pages for everybody, and the site's own log.
@Suite struct GeneralPagesTests {
  @Test(arguments: ["/help", "/privacy", "/contact"])
  func `they open to everybody, in both languages`(path: String) async throws {
    let site = try Site()
    for browser in [site.browser(), try await site.browser(of: .officer)] {
      for language in ["th", "en"] {
        browser.cookies["language"] = language
        let page = try await browser.get(path)
        #expect(page.status == 200)
        #expect(page.text.contains("<html lang=\"\(language)\">"))
        // A word that has no wording shows its own name, and a blank that nobody filled its percent signs.
        #expect(!page.text.contains(/%[a-z]+%/))
        #expect(!page.text.contains(/>(help|privacy|contact)\.[a-z_]+</))
      }
    }
  }

  @Test func `a session's spans are those that are set`() async throws {
    let page = try await (try Site()).browser().get("/privacy")
    #expect(page.text.contains("30 นาที (15 นาที"))
  }

  @Test func `an event is one line, whatever is in it`() {
    let line = LogLines.line(
      .info, "a \"b\"\nc", ["z": "plain", "a": "x=1\r\ny", "empty": ""], at: Date(timeIntervalSince1970: 0))
    #expect(
      line
        == "time=1970-01-01T00:00:00Z level=info message=\"a \\\"b\\\"?c\" a=\"x=1??y\" empty=\"\" z=plain\n")
  }
}

import Mustache
import Testing

@testable import Reports

@Suite struct HtmlTextTests {
  /// What stands in the page, byte by byte: as characters a mark with an accent is not the mark.
  private func rendered(_ text: String) throws -> String {
    let template = try HtmlText.template("<a title=\"{{a}}\">")
    return template.render(ReportData.record(["a": .text(text)]))
  }

  @Test(arguments: [
    ("\"", "&quot;"), ("'", "&#39;"), ("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), ("&lt;", "&amp;lt;"),
    ("ก\"ข", "ก&quot;ข"), ("", ""), ("ที่", "ที่"), ("\u{1F3F4}", "\u{1F3F4}"),
  ])
  func `what has a meaning in a page is written as an entity`(text: String, written: String) throws {
    #expect(try rendered(text) == "<a title=\"\(written)\">")
  }

  @Test(arguments: ["\u{0301}", "\u{0338}", "\u{0E49}", "\u{200D}", "\u{FE0F}", "\u{20E3}"])
  func `a combining mark behind it changes nothing`(mark: String) throws {
    for sign in ["\"", "'", "<", ">", "&"] {
      let page = try rendered(sign + mark)
      #expect(page.utf8.count { $0 == UInt8(ascii: "\"") } == 2)
      #expect(
        !page.dropFirst().dropLast().utf8.contains { [UInt8(ascii: "<"), UInt8(ascii: "'")].contains($0) })
      #expect(page.utf8.contains(UInt8(ascii: ";")))
    }
  }
}

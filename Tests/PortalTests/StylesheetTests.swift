import Foundation
import Testing

/// What a browser passes over in silence.
@Suite struct StylesheetTests {
  @Test(arguments: ["portal.css", "site.css"])
  func `every block of a stylesheet is closed, and what is for paper ends before the next begins`(
    name: String
  ) throws {
    let path = "\(Site.root)/Templates/assets/\(name)"
    var open: [String] = []
    for (number, line) in try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      if line.hasPrefix("@media") { #expect(open.isEmpty, "\(name):\(number + 1): within \(open)") }
      for character in line {
        if character == "{" { open.append("line \(number + 1)") }
        if character == "}" { #expect(open.popLast() != nil, "\(name):\(number + 1)") }
      }
    }
    #expect(open.isEmpty, "\(name): \(open)")
  }
}

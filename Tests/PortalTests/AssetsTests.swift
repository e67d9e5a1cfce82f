import Foundation
import Reports
import Testing

@testable import Portal

/// The stylesheet and the script, each joined from a file a room.
@Suite struct AssetsTests {
  private static let folder = "\(Site.root)/Templates/assets"

  private static func names(_ kind: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix("." + kind) }.sorted()
  }

  @Test(arguments: try names("css")) func `a room's styles close what they open`(name: String) throws {
    var depth = 0
    for (number, line) in try text(name).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      // A rule of its own that stands within another's braces is taken for a part of it, and says nothing.
      if line.hasPrefix("@media") || line.hasPrefix("/* ") { #expect(depth == 0, "\(name):\(number + 1)") }
      depth += line.count { $0 == "{" } - line.count { $0 == "}" }
      #expect(depth >= 0, "\(name):\(number + 1)")
    }
    #expect(depth == 0, "\(name) ends within a rule")
  }

  @Test func `every file is served, in one stylesheet and one script, and respondents' apart`() async throws {
    let site = try Site()
    for (kind, address) in [("css", site.portal.assets.style), ("js", site.portal.assets.script)] {
      let served = try await site.browser().get(address).text
      for name in try Self.names(kind) where !name.hasPrefix("answering.") {
        #expect(served.contains(try text(name)), "\(name)")
      }
    }
    for (kind, address) in [
      ("css", site.portal.assets.answeringStyle), ("js", site.portal.assets.answeringScript),
    ] { #expect(try await site.browser().get(address).text == text("answering.\(kind)")) }
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
  }
}

import Foundation
import Testing

/// Texts kept in `Tests/Goldens`, compared line by line; `UPDATE_GOLDENS=1` writes them anew.
enum Goldens {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Goldens")

  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    if kept == text { return }
    let shown = difference(from: kept, to: text).joined(separator: "\n")
    Issue.record(
      "Tests/Goldens/\(name) differs; UPDATE_GOLDENS=1 renews it\n\(shown)", sourceLocation: sourceLocation)
  }

  /// What differs, by line: `-` is kept, `+` is what there is now.
  static func difference(from kept: String, to text: String) -> [String] {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let changes = lines(text).difference(from: lines(kept))
    let removed = changes.removals.map { change -> (Int, String) in
      guard case .remove(let line, let text, _) = change else { return (0, "") }
      return (line, "- \(line + 1): \(text)")
    }
    let added = changes.insertions.map { change -> (Int, String) in
      guard case .insert(let line, let text, _) = change else { return (0, "") }
      return (line, "+ \(line + 1): \(text)")
    }
    return (removed + added).sorted { ($0.0, $1.1) < ($1.0, $0.1) }.map(\.1)
  }
}

@Suite struct GoldensTests {
  @Test func `a miss shows the lines that differ and no others`() {
    #expect(
      Goldens.difference(from: "a\nb\nc\n", to: "a\nx\nc\nd\n") == ["- 2: b", "+ 2: x", "+ 4: d"])
    #expect(Goldens.difference(from: "a\n", to: "a\n").isEmpty)
  }
}

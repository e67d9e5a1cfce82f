/// A page of which most is the same for everybody: rendered once, with blanks where something is somebody's own. Filling in
/// the blanks is much less work than rendering.
public struct Print: Sendable {
  /// What comes before each blank, and behind the last.
  private let pieces: [[UInt8]]
  private let blanks: [String]

  /// Stands for a value while the page is rendered. Both ends are letters no language has.
  public static func blank(_ name: String) -> String { "\u{F8FA}\(name)\u{F8FB}" }

  private static let opening = Array("\u{F8FA}".utf8)
  private static let closing = Array("\u{F8FB}".utf8)

  /// - Parameter page: as it was rendered, with blanks.
  public init(_ page: String) {
    var (pieces, blanks): ([[UInt8]], [String]) = ([], [])
    var rest = Array(page.utf8)[...]
    while let start = rest.firstRange(of: Print.opening),
      let end = rest[start.upperBound...].firstRange(of: Print.closing)
    {
      pieces.append(Array(rest[..<start.lowerBound]))
      blanks.append(String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self))
      rest = rest[end.upperBound...]
    }
    (self.pieces, self.blanks) = (pieces + [Array(rest)], blanks)
  }

  /// The page with its blanks filled in, each value made harmless as a template makes it.
  public func filled(_ values: [String: String]) -> [UInt8] {
    var page: [UInt8] = []
    page.reserveCapacity(pieces.reduce(1024) { $0 + $1.count })
    for (place, piece) in pieces.enumerated() {
      page += piece
      guard place < blanks.count, let value = values[blanks[place]] else { continue }
      page += HtmlText().escapeText(value).utf8
    }
    return page
  }
}

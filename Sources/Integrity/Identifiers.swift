/// A short name that people write in files and on forms: `O7`, `primary`, `ผ่าน`. The owner keeps an
/// item's code from being taken for a level's.
public struct Code<Owner>: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) { self.text = text }

  public var description: String { text }

  public static func < (a: Code, b: Code) -> Bool { a.text < b.text }
}

extension Code: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { text = value }
}

/// Anything in a rubric's outline: an instrument, an indicator, an item or a deduction. One namespace, since a level,
/// a given figure or a case may name any of them.
public enum Node {
  /// The code of the outline's root; no node of a rubric may use it.
  public static let total: Code<Node> = "total"
}

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

/// The number under which something is kept; never seen by a person. The owner keeps a person's from being taken for an
/// office's.
public struct ID<Owner>: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let rawValue: Int64

  public init(_ rawValue: Int64) { self.rawValue = rawValue }

  public var description: String { "\(rawValue)" }

  public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
}

/// Anything in a rubric's outline: an instrument, an indicator, an item or a deduction. One namespace, since a level,
/// a given figure or a case may name any of them.
public enum Node {
  /// The code of the outline's root; no node of a rubric may use it.
  public static let total: Code<Node> = "total"
}

/// What every node of a rubric's outline has: its names, and the terms on which it takes part among its siblings.
///
/// Immutable, and an object so that the many lines of a scorecard share it.
public final class Heading: Hashable, Sendable {
  /// This year's official code: `IIT`, `9.1`, `O7`.
  public let code: Code<Node>
  /// The stable name that stays from year to year.
  public let key: Key
  public let title: Words
  /// Among its siblings; nil where all weigh alike.
  public let weight: Weight?
  /// Scored and shown, not counted.
  public let isPilot: Bool
  public let applies: Applicability
  public let rounding: Rounding?
  public let provenance: Provenance?

  public init(
    code: Code<Node>, key: Key, title: Words, weight: Weight? = nil, isPilot: Bool = false,
    applies: Applicability = Applicability(), rounding: Rounding? = nil, provenance: Provenance? = nil
  ) {
    self.code = code
    self.key = key
    self.title = title
    self.weight = weight
    self.isPilot = isPilot
    self.applies = applies
    self.rounding = rounding
    self.provenance = provenance
  }
}

extension Heading {
  public static func == (a: Heading, b: Heading) -> Bool {
    a === b
      || a.code == b.code && a.key == b.key && a.title == b.title && a.weight == b.weight
        && a.isPilot == b.isPilot
        && a.applies == b.applies && a.rounding == b.rounding && a.provenance == b.provenance
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// A stable name in lower-case ASCII: what an item is called whatever its code of the year.
public typealias Key = Code<Heading>

/// Something with a heading.
public protocol Outlined {
  var heading: Heading { get }
}

extension Outlined {
  public var code: Code<Node> { heading.code }
  public var key: Key { heading.key }
  public var title: Words { heading.title }
}

/// To which offices a node applies.
public struct Applicability: Hashable, Sendable {
  /// Only these kinds; empty for every kind.
  public let only: [Code<OfficeKind>]
  public let except: [Code<OfficeKind>]
  /// Not applicable to an office that states this.
  public let unless: Code<Condition>?

  public init(
    only: [Code<OfficeKind>] = [], except: [Code<OfficeKind>] = [], unless: Code<Condition>? = nil
  ) {
    self.only = only
    self.except = except
    self.unless = unless
  }

  var dependsOnKind: Bool { !only.isEmpty || !except.isEmpty }
}

/// Where a rule comes from: read in a source, or still to be confirmed by whoever owns the method.
public enum Provenance: Hashable, Sendable {
  case verified(source: String)
  case toConfirm(what: String)
}

/// How the parts of a node become its figure. Always in this order: parts, table, deductions, cap, never below zero;
/// nothing is rounded on the way.
public struct Rule: Hashable, Sendable {
  public let aggregate: Aggregate
  /// The weights of the parts need not sum to 100 or to 1.
  public let hasRelativeWeights: Bool
  public let conversion: Conversion?
  /// Subtracted; one that is unknown or not applicable is none.
  public let deductions: [Item]
  public let cap: Points?

  public init(
    aggregate: Aggregate = .mean, hasRelativeWeights: Bool = false, conversion: Conversion? = nil,
    deductions: [Item] = [], cap: Points? = nil
  ) {
    self.aggregate = aggregate
    self.hasRelativeWeights = hasRelativeWeights
    self.conversion = conversion
    self.deductions = deductions
    self.cap = cap
  }
}

public enum Aggregate: Hashable, Sendable {
  /// Weighted where the parts have weights.
  case mean
  case sum
  /// Points got ÷ points possible × 100.
  case shareOfMaximum
  case minimum
  /// Per cent of the parts that reach so many points, or their own maximum.
  case shareMet(at: Points?)
}

/// The few operations scoring needs, so that one scoring function runs in fast fixed-point intervals and, where those
/// cannot tell which way a figure rounds, once more in exact fractions. An operation answers nil when it cannot be
/// done, or decided, with certainty; fractions never answer nil.
protocol Arithmetic: Sendable {
  init(_ points: Points)

  /// numerator ÷ denominator, the numerator in millionths; the denominator is positive.
  init?(millionths numerator: Int128, over denominator: Int64)

  /// Σ value·weight ÷ divisor; as many weights as values, none negative, or nil for one each; the divisor is positive.
  static func sum(_ values: [Self], weights: [Int64]?, over divisor: Int64) -> Self?

  func adding(_ other: Self) -> Self?
  func subtracting(_ other: Self) -> Self?

  /// self × numerator ÷ denominator; the denominator is positive.
  func scaled(by numerator: Int64, over denominator: Int64) -> Self?

  /// self ÷ divisor × 100; the divisor is positive.
  func percent(of divisor: Self) -> Self?

  /// Below zero, zero or above zero as self is less than, equal to or more than the other.
  func compare(_ other: Self) -> Int?

  func lesser(_ other: Self) -> Self
  func greater(_ other: Self) -> Self

  /// The value as a whole number of millionths, where it is one.
  var millionths: Int64? { get }

  /// In units of the last place.
  func rounded(_ rounding: Rounding) -> Int64?
}

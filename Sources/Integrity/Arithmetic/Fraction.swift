/// An exact fraction of unbounded size, not kept in lowest terms; slow, and used only where a fixed-point interval
/// cannot tell.
struct Fraction: Arithmetic {
  let numerator: BigInteger
  /// Above zero.
  let denominator: BigInteger

  private init(_ numerator: BigInteger, _ denominator: BigInteger) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ points: Points) {
    self.init(BigInteger(Int128(points.millionths)), BigInteger(Int128(Points.unit)))
  }

  init?(millionths numerator: Int128, over denominator: Int64) {
    self.init(BigInteger(numerator), BigInteger(Int128(denominator) * Int128(Points.unit)))
  }

  static func sum(_ values: [Fraction], weights: [Int64]?, over divisor: Int64) -> Fraction? {
    var sum = Fraction(Points.zero)
    for (index, value) in values.enumerated() {
      let weight = weights.map { $0[index] } ?? 1
      sum = sum.plus(Fraction(value.numerator * BigInteger(Int128(weight)), value.denominator))
    }
    return Fraction(sum.numerator, sum.denominator * BigInteger(Int128(divisor)))
  }

  func adding(_ other: Fraction) -> Fraction? { plus(other) }
  func subtracting(_ other: Fraction) -> Fraction? { plus(Fraction(-other.numerator, other.denominator)) }

  func scaled(by numerator: Int64, over denominator: Int64) -> Fraction? {
    Fraction(
      self.numerator * BigInteger(Int128(numerator)), self.denominator * BigInteger(Int128(denominator)))
  }

  func percent(of divisor: Fraction) -> Fraction? {
    Fraction(
      numerator * divisor.denominator * BigInteger(100), denominator * divisor.numerator)
  }

  func compare(_ other: Fraction) -> Int? { order(other) }

  func lesser(_ other: Fraction) -> Fraction { order(other) <= 0 ? self : other }
  func greater(_ other: Fraction) -> Fraction { order(other) >= 0 ? self : other }

  var millionths: Int64? {
    let scaled = numerator.magnitude * BigInteger(Int128(Points.unit))
    let quotient = scaled.wholeQuotient(by: denominator)
    guard denominator * BigInteger(Int128(quotient)) == scaled else { return nil }
    return numerator.isNegative ? -quotient : quotient
  }

  func rounded(_ rounding: Rounding) -> Int64? {
    let scaled = numerator.magnitude * BigInteger(Int128(rounding.power))
    let quotient = scaled.wholeQuotient(by: denominator)
    // What is left, against half of the denominator.
    let middle = denominator * BigInteger(2 * Int128(quotient) + 1)
    let half = (scaled + scaled).compare(middle)
    let isUp =
      switch rounding.mode {
      case .halfUp: half >= 0
      case .halfEven: half > 0 || (half == 0 && !quotient.isMultiple(of: 2))
      case .down: false
      }
    let units = isUp && quotient < .max ? quotient + 1 : quotient
    return numerator.isNegative ? -units : units
  }

  private func order(_ other: Fraction) -> Int {
    (numerator * other.denominator).compare(other.numerator * denominator)
  }

  /// Equal denominators, the common case (one count of respondents for many questions), stay as they are.
  private func plus(_ other: Fraction) -> Fraction {
    if denominator == other.denominator { return Fraction(numerator + other.numerator, denominator) }
    return Fraction(
      numerator * other.denominator + other.numerator * denominator, denominator * other.denominator)
  }
}

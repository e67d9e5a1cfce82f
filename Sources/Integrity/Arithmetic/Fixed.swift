/// A number known to lie between two multiples of 10⁻¹⁸; exact where they are equal. Every operation keeps the true
/// value inside, so a figure is certain as soon as both ends round alike.
struct Fixed: Arithmetic {
  let lower: Int128
  let upper: Int128

  /// One, in units of 10⁻¹⁸.
  static let one: Int128 = 1_000_000_000_000_000_000
  /// One millionth, in the same units.
  static let millionth: Int128 = 1_000_000_000_000

  private init(_ lower: Int128, _ upper: Int128) {
    self.lower = lower
    self.upper = upper
  }

  init(_ points: Points) {
    lower = Int128(points.millionths) * Fixed.millionth
    upper = lower
  }

  init?(millionths numerator: Int128, over denominator: Int64) {
    let (scaled, overflow) = numerator.multipliedReportingOverflow(by: Fixed.millionth)
    guard !overflow else { return nil }
    self = Fixed.divided(scaled, scaled, by: denominator)
  }

  var isExact: Bool { lower == upper }

  static func sum(_ values: [Fixed], weights: [Int64]?, over divisor: Int64) -> Fixed? {
    var sum = Fixed(0, 0)
    for index in values.indices {
      let weight = weights.map { $0[index] } ?? 1
      guard let term = weight == 1 ? values[index] : values[index].times(weight), let next = sum.adding(term)
      else { return nil }
      sum = next
    }
    return divided(sum.lower, sum.upper, by: divisor)
  }

  func adding(_ other: Fixed) -> Fixed? {
    let (low, lowOverflow) = lower.addingReportingOverflow(other.lower)
    let (high, highOverflow) = upper.addingReportingOverflow(other.upper)
    return lowOverflow || highOverflow ? nil : Fixed(low, high)
  }

  func subtracting(_ other: Fixed) -> Fixed? {
    let (low, lowOverflow) = lower.subtractingReportingOverflow(other.upper)
    let (high, highOverflow) = upper.subtractingReportingOverflow(other.lower)
    return lowOverflow || highOverflow ? nil : Fixed(low, high)
  }

  func scaled(by numerator: Int64, over denominator: Int64) -> Fixed? {
    guard let product = times(numerator) else { return nil }
    return Fixed.divided(product.lower, product.upper, by: denominator)
  }

  func percent(of divisor: Fixed) -> Fixed? {
    guard let denominator = divisor.millionths else { return nil }
    return scaled(by: 100 * Points.unit, over: denominator)
  }

  func compare(_ other: Fixed) -> Int? {
    if upper < other.lower { return -1 }
    if lower > other.upper { return 1 }
    return isExact && other.isExact ? 0 : nil
  }

  func lesser(_ other: Fixed) -> Fixed { Fixed(min(lower, other.lower), min(upper, other.upper)) }
  func greater(_ other: Fixed) -> Fixed { Fixed(max(lower, other.lower), max(upper, other.upper)) }

  var millionths: Int64? {
    let (quotient, remainder) = lower.quotientAndRemainder(dividingBy: Fixed.millionth)
    return isExact && remainder == 0 ? Int64(exactly: quotient) : nil
  }

  func rounded(_ rounding: Rounding) -> Int64? {
    let low = Fixed.rounded(lower, rounding)
    guard !isExact else { return low }
    guard low == Fixed.rounded(upper, rounding) else { return nil }
    return low
  }

  private func times(_ factor: Int64) -> Fixed? {
    let (a, aOverflow) = lower.multipliedReportingOverflow(by: Int128(factor))
    guard !isExact else { return aOverflow ? nil : Fixed(a, a) }
    let (b, bOverflow) = upper.multipliedReportingOverflow(by: Int128(factor))
    return aOverflow || bOverflow ? nil : Fixed(min(a, b), max(a, b))
  }

  /// Rounds the lower end down and the upper end up.
  private static func divided(_ low: Int128, _ high: Int128, by divisor: Int64) -> Fixed {
    guard divisor != 1 else { return Fixed(low, high) }
    let (floor, isWhole) = floorDivided(low, by: divisor)
    if low == high { return Fixed(floor, isWhole ? floor : floor + 1) }
    let (top, isTopWhole) = floorDivided(high, by: divisor)
    return Fixed(floor, isTopWhole ? top : top + 1)
  }

  private static func floorDivided(_ value: Int128, by divisor: Int64) -> (floor: Int128, isWhole: Bool) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: Int128(divisor))
    return (remainder < 0 ? quotient - 1 : quotient, remainder == 0)
  }

  private static func rounded(_ value: Int128, _ rounding: Rounding) -> Int64? {
    let unit = one / Int128(rounding.power)
    let (quotient, remainder) = value.magnitude.quotientAndRemainder(dividingBy: unit.magnitude)
    let twice = remainder * 2
    let isUp =
      switch rounding.mode {
      case .halfUp: twice >= unit.magnitude
      case .halfEven: twice > unit.magnitude || (twice == unit.magnitude && !quotient.isMultiple(of: 2))
      case .down: false
      }
    guard let units = Int64(exactly: isUp ? quotient + 1 : quotient) else { return nil }
    return value < 0 ? -units : units
  }
}

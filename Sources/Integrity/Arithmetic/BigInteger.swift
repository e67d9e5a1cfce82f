/// An integer of any size: just the operations a `Fraction` needs, schoolbook fashion. The core imports no package.
struct BigInteger: Hashable, Sendable {
  let isNegative: Bool
  /// Least significant first, no zero at the top; empty for zero.
  private let limbs: [UInt32]

  private init(_ limbs: [UInt32], isNegative: Bool) {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    self.limbs = limbs
    self.isNegative = isNegative && !limbs.isEmpty
  }

  init(_ value: Int128) {
    var rest = value.magnitude
    var limbs: [UInt32] = []
    while rest > 0 {
      limbs.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
    self.init(limbs, isNegative: value < 0)
  }

  var magnitude: BigInteger { BigInteger(limbs, isNegative: false) }
  static prefix func - (a: BigInteger) -> BigInteger { BigInteger(a.limbs, isNegative: !a.isNegative) }

  static func + (a: BigInteger, b: BigInteger) -> BigInteger {
    if a.isNegative == b.isNegative {
      return BigInteger(sum(a.limbs, b.limbs), isNegative: a.isNegative)
    }
    if compare(a.limbs, b.limbs) >= 0 {
      return BigInteger(difference(a.limbs, b.limbs), isNegative: a.isNegative)
    }
    return BigInteger(difference(b.limbs, a.limbs), isNegative: b.isNegative)
  }

  static func * (a: BigInteger, b: BigInteger) -> BigInteger {
    guard !a.limbs.isEmpty, !b.limbs.isEmpty else { return BigInteger([], isNegative: false) }
    var product = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for (i, x) in a.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.limbs.enumerated() {
        let term = UInt64(x) * UInt64(y) + UInt64(product[i + j]) + carry
        product[i + j] = UInt32(truncatingIfNeeded: term)
        carry = term >> 32
      }
      product[i + b.limbs.count] = UInt32(carry)
    }
    return BigInteger(product, isNegative: a.isNegative != b.isNegative)
  }

  func compare(_ other: BigInteger) -> Int {
    if isNegative != other.isNegative { return isNegative ? -1 : 1 }
    let order = BigInteger.compare(limbs, other.limbs)
    return isNegative ? -order : order
  }

  /// The whole part of a quotient of two integers that are not negative, the divisor above zero; the largest `Int64` for
  /// one beyond it. A published figure is small however large its fraction, so a floating-point guess is next to it.
  func wholeQuotient(by divisor: BigInteger) -> Int64 {
    let guess = leading / divisor.leading * twoTo(32 * (limbs.count - divisor.limbs.count))
    guard guess < 9e15 else { return halvedQuotient(by: divisor) }
    var quotient = max(0, Int64(guess))
    while quotient > 0, (divisor * BigInteger(Int128(quotient))).compare(self) > 0 { quotient -= 1 }
    while (divisor * BigInteger(Int128(quotient) + 1)).compare(self) <= 0 { quotient += 1 }
    return quotient
  }

  /// The three highest limbs as a number below 2³²; zero for zero.
  private var leading: Double {
    limbs.suffix(3).reversed().enumerated().reduce(0) { $0 + Double($1.element) * twoTo(-32 * $1.offset) }
  }

  /// 2ⁿ, nought or infinity beyond what a double holds.
  private func twoTo(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: max(-2_000, min(2_000, exponent)), significand: 1)
  }

  private func halvedQuotient(by divisor: BigInteger) -> Int64 {
    var low: Int64 = 0
    var high: Int64 = 1
    while (divisor * BigInteger(Int128(high))).compare(self) <= 0 {
      low = high
      let (next, overflow) = high.multipliedReportingOverflow(by: 2)
      guard !overflow else { return .max }
      high = next
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if (divisor * BigInteger(Int128(middle))).compare(self) <= 0 { low = middle } else { high = middle }
    }
    return low
  }

  private static func compare(_ a: [UInt32], _ b: [UInt32]) -> Int {
    if a.count != b.count { return a.count < b.count ? -1 : 1 }
    for (x, y) in zip(a.reversed(), b.reversed()) where x != y { return x < y ? -1 : 1 }
    return 0
  }

  private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<max(a.count, b.count) {
      let term =
        UInt64(index < a.count ? a[index] : 0) + UInt64(index < b.count ? b[index] : 0) + carry
      result.append(UInt32(truncatingIfNeeded: term))
      carry = term >> 32
    }
    result.append(UInt32(carry))
    return result
  }

  /// The first is not less than the second.
  private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var borrow: Int64 = 0
    for index in a.indices {
      var term = Int64(a[index]) - Int64(index < b.count ? b[index] : 0) - borrow
      borrow = term < 0 ? 1 : 0
      if term < 0 { term += 1 << 32 }
      result.append(UInt32(term))
    }
    return result
  }
}

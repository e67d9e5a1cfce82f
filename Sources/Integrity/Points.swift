/// An exact decimal of at most six places and at most 1,000,000 either way: the points of an option, a threshold,
/// a figure taken over from elsewhere.
public struct Points: Hashable, Sendable, Comparable {
  /// The value times one million.
  public let millionths: Int64

  public static let places = 6
  public static let unit: Int64 = 1_000_000
  public static let limit: Int64 = 1_000_000 * unit

  public static let zero = Points(millionths: 0)
  public static let hundred = Points(100)

  public init(millionths: Int64) { self.millionths = millionths }

  public init(_ whole: Int) { millionths = Int64(whole) * Points.unit }

  /// Reads `86`, `86.685` or `-2.5`; nil for anything else, for more than six places and beyond the limit.
  public init?(_ text: some StringProtocol) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    var value: Int64 = 0
    var places: Int?
    var hasDigit = false
    for byte in digits {
      if byte == UInt8(ascii: ".") {
        guard places == nil, hasDigit else { return nil }
        places = 0
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      hasDigit = true
      if let count = places {
        guard count < Points.places else { return nil }
        places = count + 1
      }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      guard value <= Points.limit else { return nil }
    }
    guard hasDigit, places != 0 else { return nil }
    for _ in 0..<(Points.places - (places ?? 0)) { value *= 10 }
    guard value <= Points.limit else { return nil }
    millionths = isNegative ? -value : value
  }

  public static func < (a: Points, b: Points) -> Bool { a.millionths < b.millionths }
  public static func + (a: Points, b: Points) -> Points { Points(millionths: a.millionths + b.millionths) }
  public static func - (a: Points, b: Points) -> Points { Points(millionths: a.millionths - b.millionths) }
}

/// A node's weight among its siblings: a decimal as the rubric writes it, only its share of the sum matters.
public typealias Weight = Points

extension Points: CustomStringConvertible {
  /// The shortest decimal: `100`, `33.5`, `-0.25`.
  public var description: String {
    let whole = String(millionths.magnitude / UInt64(Points.unit))
    let sign = millionths < 0 ? "-" : ""
    var rest = millionths.magnitude % UInt64(Points.unit)
    guard rest > 0 else { return sign + whole }
    var width = Points.places
    while rest.isMultiple(of: 10) {
      rest /= 10
      width -= 1
    }
    let digits = String(rest)
    return sign + whole + "." + String(repeating: "0", count: width - digits.count) + digits
  }
}

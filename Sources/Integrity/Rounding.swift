/// How a figure is rounded, once, where it is published.
public struct Rounding: Hashable, Sendable {
  public enum Mode: String, Sendable, CaseIterable {
    /// To the nearest, a tie away from zero.
    case halfUp = "half_up"
    /// To the nearest, a tie to the even digit.
    case halfEven = "half_even"
    /// Towards zero.
    case down
  }

  private let digits: Int8
  public let mode: Mode

  public var places: Int { Int(digits) }

  public static let hundredths = Rounding(places: 2, mode: .halfUp)

  /// - Parameter places: 0 to 6.
  public init(places: Int, mode: Mode) {
    precondition((0...Points.places).contains(places), "a figure has 0 to 6 places")
    digits = Int8(places)
    self.mode = mode
  }

  /// Powers of ten by number of places.
  static let powers: [Int64] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

  var power: Int64 { Rounding.powers[places] }
}

/// A figure as it is published: a whole number of its last decimal place.
public struct Figure: Hashable, Sendable {
  /// The figure in units of its last place: 8669 for 86.69.
  public let units: Int64
  /// One byte, since a scorecard holds hundreds of figures.
  private let digits: Int8

  public var places: Int { Int(digits) }

  /// - Parameter places: 0 to 6.
  public init(units: Int64, places: Int) {
    self.units = units
    digits = Int8(places)
  }

  /// Exact points, rounded once.
  public init(_ points: Points, _ rounding: Rounding) {
    self.init(units: Fraction(points).rounded(rounding) ?? 0, places: rounding.places)
  }

  /// The same value as exact points.
  public var points: Points { Points(millionths: units * Rounding.powers[Points.places - places]) }

  /// The difference of two published figures, in the places of the finer.
  public static func - (a: Figure, b: Figure) -> Figure {
    let places = max(a.places, b.places)
    let left = a.units * Rounding.powers[places - a.places]
    let right = b.units * Rounding.powers[places - b.places]
    return Figure(units: left - right, places: places)
  }
}

extension Figure: Comparable {
  public static func < (a: Figure, b: Figure) -> Bool { a.points < b.points }
}

extension Figure: CustomStringConvertible {
  /// All places, always: `86.70`, `100.00`, `-3.21`.
  public var description: String {
    let sign = units < 0 ? "-" : ""
    let power = UInt64(Rounding.powers[places])
    let whole = String(units.magnitude / power)
    guard places > 0 else { return sign + whole }
    let rest = String(units.magnitude % power)
    return sign + whole + "." + String(repeating: "0", count: places - rest.count) + rest
  }
}

/// A code that lets somebody answer a questionnaire once: 24 symbols in groups of four, `7K3M-9QXA-…`. 22 of them are
/// drawn, 110 bits; the last two are such that no two wrong symbols go unseen, so that neither a slip of the finger nor
/// two symbols that changed places make it another code.
public struct SlipCode: Hashable, Sendable {
  /// In capitals, without groups.
  public let text: String

  public static let length = 24
  private static let checks = 2

  /// Crockford's base 32: no I, L, O or U.
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// Draws a code.
  public static func random(using generator: inout some RandomNumberGenerator) -> SlipCode {
    let drawn = (0..<(length - checks)).map { _ in Int.random(in: 0..<32, using: &generator) }
    return SlipCode(values: drawn + checks(of: drawn))
  }

  /// Reads what somebody typed; nil where it cannot be a code. Case, blanks and dashes do not matter, O is 0, I and L are
  /// 1, U is V, and Thai digits are digits.
  public init?(typed: String) {
    var values: [Int] = []
    for scalar in typed.unicodeScalars where !SlipCode.isBetween(scalar) {
      guard let value = SlipCode.value(of: scalar), values.count < SlipCode.length else { return nil }
      values.append(value)
    }
    guard values.count == SlipCode.length,
      SlipCode.checks(of: Array(values.dropLast(SlipCode.checks))) == Array(values.suffix(SlipCode.checks))
    else { return nil }
    self.init(values: values)
  }

  private init(values: [Int]) {
    text = String(decoding: values.map { SlipCode.symbols[$0] }, as: UTF8.self)
  }

  /// As it is printed: six groups of four.
  public var groups: [String] {
    stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }
  }

  /// The groups with hyphens between them.
  public var grouped: String { groups.joined(separator: "-") }

  // Reading.

  private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .dashPunctuation, .spaceSeparator, .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar == "." || scalar == "_" || scalar == "\u{2212}"
    }
  }

  private static func value(of scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    // Full-width forms, as some keyboards give them.
    case 0xFF10...0xFF5A: return Unicode.Scalar(scalar.value - 0xFEE0).flatMap(value)
    case 0x0E50...0x0E59: return Int(scalar.value - 0x0E50)
    default: break
    }
    switch scalar {
    case "O", "o": return 0
    case "I", "i", "L", "l": return 1
    case "U", "u": return value(of: "V")
    default:
      guard scalar.isASCII else { return nil }
      let byte = UInt8(scalar.value)
      let capital = (97...122).contains(byte) ? byte - 32 : byte
      return symbols.firstIndex(of: capital)
    }
  }

  // Checking: a Reed-Solomon code over the field of 32 elements. Of n symbols x the sums of x and of x·aⁿ are zero; two
  // wrong symbols cannot leave both sums as they were.

  /// The powers of a, the root of x⁵ + x² + 1.
  private static let powers: [Int] = (0..<31).reduce(into: [1]) { powers, _ in
    let doubled = (powers.last ?? 0) << 1
    powers.append(doubled >= 32 ? doubled ^ 0b100101 : doubled)
  }
  private static let logarithms: [Int] = (0..<32).map { powers.prefix(31).firstIndex(of: $0) ?? 0 }

  private static func product(_ a: Int, _ b: Int) -> Int {
    a == 0 || b == 0 ? 0 : powers[(logarithms[a] + logarithms[b]) % 31]
  }

  /// The two symbols that make both sums zero behind these.
  private static func checks(of values: [Int]) -> [Int] {
    var (sum, weighted) = (0, 0)
    for (place, value) in values.enumerated() {
      sum ^= value
      weighted ^= product(value, powers[place])
    }
    // c + d = sum and c·aᵏ + d·aᵏ⁺¹ = weighted, so d = (weighted + sum·aᵏ) ÷ (aᵏ + aᵏ⁺¹).
    let (first, second) = (powers[values.count], powers[values.count + 1])
    let above = weighted ^ product(sum, first)
    let below = first ^ second
    let last = above == 0 ? 0 : powers[(logarithms[above] - logarithms[below] + 31) % 31]
    return [sum ^ last, last]
  }
}

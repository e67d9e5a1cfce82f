import Crypto
import Foundation

/// Numbers that change every thirty seconds, as the usual apps show them (RFC 6238, with SHA-1 since that is what all of
/// them know; nothing here rests on collisions).
struct SecondFactor: Sendable {
  static let secondsOfStep: Int64 = 30
  static let digits = 6

  let secret: [UInt8]

  init(secret: [UInt8]) { self.secret = secret }

  /// A new secret of 160 bits.
  static func random() -> SecondFactor {
    SecondFactor(secret: SymmetricKey(size: .init(bitCount: 160)).withUnsafeBytes { [UInt8]($0) })
  }

  /// The number of one step (RFC 4226).
  func number(at step: Int64, digits: Int = SecondFactor.digits) -> String {
    let counter = withUnsafeBytes(of: step.bigEndian) { Data($0) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: Data(secret))))
    let offset = Int(mac[mac.count - 1] & 15)
    let bits = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    var modulus: UInt32 = 1
    for _ in 0..<digits { modulus *= 10 }
    let number = String(bits % modulus)
    return String(repeating: "0", count: digits - number.count) + number
  }

  /// Of which step a number is: this one, or its neighbours where a clock is slow or fast. nil for none of them.
  func step(of typed: String, atSecond second: Int64) -> Int64? {
    let number = SecondFactor.plain(typed)
    let now = second / SecondFactor.secondsOfStep
    // All three are compared in full: how long it takes says nothing.
    return [now - 1, now, now + 1].filter { Forgery.matches(number, self.number(at: $0)) }.last
  }

  /// Whether it can only be such a number, and no recovery code.
  static func isNumber(_ typed: String) -> Bool {
    plain(typed).count == digits && plain(typed).allSatisfy(\.isNumber)
  }

  /// As typed: blanks do not matter, and Thai digits are digits.
  private static func plain(_ typed: String) -> String {
    typed.filter { !$0.isWhitespace && $0 != "-" }.map { $0.wholeNumberValue.map(String.init) ?? String($0) }
      .joined()
  }

  /// As it is typed into an app by hand.
  var grouped: String {
    let text = Base32.encode(secret)
    return stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }
      .joined(separator: " ")
  }

  /// What an app on the same device opens.
  func address(of person: String) -> String {
    "otpauth://totp/Sucharit:\(person.queryEscaped)?secret=\(Base32.encode(secret))&issuer=Sucharit"
  }

  static let recoveryCount = 10

  /// Codes on paper for the day the device is lost: fifty bits each, in symbols that are not mistaken for one another.
  static func recoveryCodes() -> [String] {
    let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    return (0..<recoveryCount).map { _ in
      let code = SymmetricKey(size: .init(bitCount: 80)).withUnsafeBytes { bytes in
        String(bytes.map { symbols[Int($0 & 31)] })
      }
      return "\(code.prefix(5))-\(code.dropFirst(5))"
    }
  }
}

/// RFC 4648, without padding.
enum Base32 {
  private static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

  static func encode(_ bytes: [UInt8]) -> String {
    var text = ""
    var (bits, count) = (UInt32(0), 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(symbols[Int(bits >> UInt32(count) & 31)])
      }
      bits &= (1 << UInt32(count)) - 1
    }
    if count > 0 { text.append(symbols[Int(bits << UInt32(5 - count) & 31)]) }
    return text
  }
}

import Crypto
import Foundation

/// SHA-256 of what is kept, and canonical JSON to take it of.
enum Digest {
  static func of(_ bytes: some DataProtocol) -> Data { Data(SHA256.hash(data: bytes)) }
  static func of(_ text: String) -> Data { of(Data(text.utf8)) }

  private static let digits = Array("0123456789abcdef".utf8)

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// nil for anything but pairs of hexadecimal digits.
  static func bytes(hex: String) -> Data? {
    let utf8 = Array(hex.utf8)
    guard utf8.count.isMultiple(of: 2) else { return nil }
    var bytes = Data(capacity: utf8.count / 2)
    for index in stride(from: 0, to: utf8.count, by: 2) {
      guard let high = digits.firstIndex(of: utf8[index]), let low = digits.firstIndex(of: utf8[index + 1])
      else {
        return nil
      }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }

  static func random(_ count: Int) -> Data {
    var generator = SystemRandomNumberGenerator()
    return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }
}

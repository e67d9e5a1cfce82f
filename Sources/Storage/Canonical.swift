import Foundation
import GRDB

/// JSON in one spelling: keys in the order given, no blanks, only what must be escaped escaped. What a digest is taken of.
enum Canonical {
  static func string(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { return "\"" + text + "\"" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func strings(_ texts: [String]) -> String { "[" + texts.map(string).joined(separator: ",") + "]" }

  static func value(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: "null"
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): string(text)
    case .blob(let bytes): string(Digest.hex(bytes))
    }
  }

  static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(string($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  /// A row as it stands, column after column.
  static func object(_ row: Row) -> String { object(row.map { ($0, value($1)) }) }

  /// Every text in an array of texts, or of arrays of them, one after the other: the way back from `strings`, a hundred
  /// times as fast as a decoder, since a country is read at once. nil for what was not written so.
  static func texts(_ json: String) -> [String]? {
    var texts: [String] = []
    var current: [UInt8] = []
    var isInside = false
    var rest = json.utf8.makeIterator()
    while let byte = rest.next() {
      guard isInside else {
        if byte == UInt8(ascii: "\"") { isInside = true }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        texts.append(String(decoding: current, as: UTF8.self))
        current.removeAll(keepingCapacity: true)
        isInside = false
      case UInt8(ascii: "\\"):
        guard let escaped = rest.next() else { return nil }
        guard escaped == UInt8(ascii: "u") else {
          current.append(escaped)
          continue
        }
        let digits = (0..<4).compactMap { _ in rest.next() }
        guard let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
        current.append(code)
      default: current.append(byte)
      }
    }
    return isInside ? nil : texts
  }

  /// The numbers of an array of whole numbers.
  static func integers(_ json: String) -> [Int] {
    json.utf8.split { !(48...57).contains($0) }.map { $0.reduce(0) { $0 &* 10 &+ Int($1 &- 48) } }
  }
}

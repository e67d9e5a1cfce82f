import Foundation
import GRDB

/// JSON in one spelling: keys in the order given, no blanks, only what must be escaped escaped. What a digest is taken of.
enum Canonical {
  static func string(_ text: String) -> String {
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
}

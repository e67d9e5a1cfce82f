/// A JSON document with its fields in the order they were written, so that equal results give equal bytes.
package indirect enum JSON {
  case null
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([JSON])
  case object([(String, JSON)])

  /// Two blanks a level; short lists of plain values on one line.
  package func text(indent: String = "") -> String {
    switch self {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return String(number)
    case .text(let text): return JSON.quoted(text)
    case .list(let list):
      if list.isEmpty { return "[]" }
      if list.allSatisfy(\.isPlain) { return "[" + list.map { $0.text() }.joined(separator: ", ") + "]" }
      let inner = indent + "  "
      return "[\n" + list.map { inner + $0.text(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let fields):
      if fields.isEmpty { return "{}" }
      if fields.count <= 4, fields.allSatisfy(\.1.isPlain) {
        return "{" + fields.map { "\(JSON.quoted($0.0)): \($0.1.text())" }.joined(separator: ", ") + "}"
      }
      let inner = indent + "  "
      let lines = fields.map { "\(inner)\(JSON.quoted($0.0)): \($0.1.text(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  private var isPlain: Bool {
    switch self {
    case .null, .flag, .number, .text: true
    case .list, .object: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

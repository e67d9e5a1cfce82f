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
    var text = ""
    write(to: &text, indent)
    return text
  }

  /// Into one text from the first sign to the last: a nation's scorecards are hundreds of megabytes.
  private func write(to text: inout String, _ indent: String) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .number(let number): text += String(number)
    case .text(let value): JSON.quote(value, to: &text)
    case .list(let list): JSON.write(list.map { (nil, $0) }, "[", "]", to: &text, indent, isShort: true)
    case .object(let fields):
      JSON.write(fields.map { ($0.0, $0.1) }, "{", "}", to: &text, indent, isShort: fields.count <= 4)
    }
  }

  private static func write(
    _ parts: [(name: String?, value: JSON)], _ open: String, _ close: String, to text: inout String,
    _ indent: String, isShort: Bool
  ) {
    let isOneLine = isShort && parts.allSatisfy(\.value.isPlain)
    let inner = indent + "  "
    text += open
    for (place, part) in parts.enumerated() {
      if place > 0 { text += isOneLine ? ", " : "," }
      if !isOneLine {
        text += "\n"
        text += inner
      }
      if let name = part.name {
        quote(name, to: &text)
        text += ": "
      }
      part.value.write(to: &text, inner)
    }
    if !isOneLine {
      text += "\n"
      text += indent
    }
    text += close
  }

  private var isPlain: Bool {
    switch self {
    case .null, .flag, .number, .text: true
    case .list, .object: false
    }
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    let isPlain = value.utf8.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != 0xE2
    }
    if isPlain { text += value } else { escape(value, to: &text) }
    text += "\""
  }

  private static func escape(_ value: String, to text: inout String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

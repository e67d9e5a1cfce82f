extension YamlTree {
  private static let nowhere = Place(file: "")

  static func text(_ text: String) -> YamlTree { YamlTree(place: nowhere, content: .scalar(text)) }
  static func items(_ trees: [YamlTree]) -> YamlTree { YamlTree(place: nowhere, content: .list(trees)) }

  /// Without those that have no value.
  static func fields(_ fields: [(String, YamlTree?)]) -> YamlTree {
    YamlTree(
      place: nowhere,
      content: .fields(
        fields.compactMap { name, value in value.map { Field(name: name, place: nowhere, value: $0) } }))
  }

  /// As block YAML, every scalar in double quotes but plain words and numbers.
  func yaml(indent: String = "") -> String {
    switch content {
    case .scalar(let text): return YamlTree.scalar(text) + "\n"
    case .list(let list) where list.isEmpty: return "[]\n"
    case .fields(let fields) where fields.isEmpty: return "{}\n"
    case .list(let list):
      return list.map { entry in
        let text = entry.yaml(indent: indent + "  ")
        return "\(indent)- " + text.drop { $0 == " " }
      }.joined()
    case .fields(let fields):
      return fields.map { field in
        let name = "\(indent)\(YamlTree.scalar(field.name)):"
        if case .scalar(let text) = field.value.content { return "\(name) \(YamlTree.scalar(text))\n" }
        if field.value.isEmpty { return "\(name) \(field.value.yaml())" }
        return "\(name)\n" + field.value.yaml(indent: indent + "  ")
      }.joined()
    }
  }

  private var isEmpty: Bool {
    switch content {
    case .scalar: false
    case .list(let list): list.isEmpty
    case .fields(let fields): fields.isEmpty
    }
  }

  /// As JSON on one line, every scalar a text.
  var json: String {
    switch content {
    case .scalar(let text): YamlTree.quoted(text)
    case .list(let list): "[" + list.map(\.json).joined(separator: ",") + "]"
    case .fields(let fields):
      "{" + fields.map { "\(YamlTree.quoted($0.name)):\($0.value.json)" }.joined(separator: ",") + "}"
    }
  }

  private static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.first != "-"
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.".contains($0)) }
    return isPlain ? text : quoted(text)
  }

  /// In the double quotes that YAML and JSON have in common.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

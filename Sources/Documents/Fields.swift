import Integrity

/// The fields of one mapping as its reader asks for them; what nobody asked for is an unknown key.
final class Fields {
  let place: Place
  let faults: Faults
  private let fields: [YamlTree.Field]
  private var asked: Set<String> = []
  /// Not a mapping at all: that was said once, and nothing more is missing.
  private let isAbsent: Bool
  /// What the mapping describes, for messages: `item O7`.
  var subject: String

  init(_ tree: YamlTree?, _ subject: String, at place: Place? = nil, faults: Faults) {
    self.place = tree?.place ?? place ?? Place(file: "")
    self.faults = faults
    self.subject = subject
    if let tree, let fields = tree.fields {
      self.fields = fields
      isAbsent = false
    } else {
      fields = []
      isAbsent = true
      if let tree {
        faults.add(tree.place, "\(subject) must be a list of 'name: value' lines", "see Rubrics/README.md")
      }
    }
  }

  func tree(_ name: String) -> YamlTree? {
    asked.insert(name)
    return fields.first { $0.name == name }?.value
  }

  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  func place(of name: String) -> Place { fields.first { $0.name == name }?.place ?? place }

  func missing(_ name: String, _ example: String) {
    asked.insert(name)
    guard !isAbsent else { return }
    faults.add(place, "\(subject) has no '\(name)'", "add '\(name): \(example)'")
  }

  /// Complains of every key that was never asked for.
  func finish() {
    for field in fields where !asked.contains(field.name) {
      faults.add(
        field.place, "'\(field.name)' is not known in \(subject)",
        Spelling.suggestion(for: field.name, among: Array(asked)))
    }
  }

  // One value.

  func text(_ name: String) -> String? {
    guard let tree = tree(name) else { return nil }
    guard let text = tree.scalar, !text.isEmpty else {
      faults.add(tree.place, "'\(name)' of \(subject) must be a text", "write it behind the colon")
      return nil
    }
    return text
  }

  func required(_ name: String, _ example: String) -> String {
    if let text = text(name) { return text }
    if !has(name) { missing(name, example) }
    return ""
  }

  func flag(_ name: String) -> Bool {
    guard let tree = tree(name) else { return false }
    switch tree.scalar {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      faults.add(tree.place, "'\(name)' of \(subject) must be yes or no", "write 'yes' or 'no'")
      return false
    }
  }

  func number(_ name: String) -> Points? {
    guard let tree = tree(name) else { return nil }
    return Fields.number(tree, "'\(name)' of \(subject)", faults)
  }

  static func number(_ tree: YamlTree, _ what: String, _ faults: Faults) -> Points? {
    if let text = tree.scalar, let points = Points(text) { return points }
    faults.add(
      tree.place, "\(what) must be a number, not '\(tree.scalar ?? "a list")'",
      "write a decimal of at most six places up to 1,000,000, such as 33.5")
    return nil
  }

  func whole(_ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let tree = tree(name) else { return nil }
    if let text = tree.scalar, let number = Int(text), range.contains(number) { return number }
    faults.add(
      tree.place, "'\(name)' of \(subject) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
      "write digits only")
    return nil
  }

  func choice<Value: RawRepresentable & CaseIterable>(_ name: String, _ type: Value.Type) -> Value?
  where Value.RawValue == String {
    guard let tree = tree(name) else { return nil }
    if let text = tree.scalar, let value = Value(rawValue: text) { return value }
    faults.add(
      tree.place, "'\(name)' of \(subject) cannot be '\(tree.scalar ?? "a list")'",
      Spelling.suggestion(for: tree.scalar ?? "", among: Value.allCases.map(\.rawValue)))
    return nil
  }

  // Several values.

  func list(_ name: String) -> [YamlTree] {
    guard let tree = tree(name) else { return [] }
    guard let list = tree.list else {
      faults.add(tree.place, "'\(name)' of \(subject) must be a list", "begin each entry with '- '")
      return []
    }
    return list
  }

  func names(_ name: String) -> [(text: String, place: Place)] {
    list(name).compactMap { tree in
      if let text = tree.scalar, !text.isEmpty { return (text, tree.place) }
      faults.add(tree.place, "an entry of '\(name)' must be a name", "write one word an entry")
      return nil
    }
  }

  // Wordings.

  func words(_ name: String) -> Words? {
    guard let tree = tree(name) else { return nil }
    return Fields.words(tree, "'\(name)' of \(subject)", faults)
  }

  func requiredWords(_ name: String) -> Words {
    if let words = words(name) { return words }
    if !has(name) { missing(name, "{ th: …, en: … }") }
    return Words(thai: "", english: "")
  }

  static func words(_ tree: YamlTree, _ subject: String, _ faults: Faults) -> Words {
    let fields = Fields(tree, subject, faults: faults)
    let words = fields.wording()
    fields.finish()
    return words
  }

  /// `th` and `en` among the fields themselves.
  func wording() -> Words {
    func wording(_ language: String, _ name: String) -> String {
      if let text = text(language) { return text }
      if !has(language), !isAbsent {
        faults.add(place, "\(subject) has no \(name) wording", "add '\(language): …'")
      }
      return ""
    }
    return Words(thai: wording("th", "Thai"), english: wording("en", "English"))
  }
}

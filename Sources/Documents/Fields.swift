package import Integrity

/// The fields of one mapping as its reader asks for them; what nobody asked for is an unknown key.
package final class Fields {
  package let place: Place
  package let faults: Faults
  private let fields: [YamlTree.Field]
  private var asked: Set<String> = []
  /// Not a mapping at all: that was said once, and nothing more is missing.
  private let isAbsent: Bool
  /// What the mapping describes, for messages: `item O7`.
  package var subject: String

  package init(_ tree: YamlTree?, _ subject: String, at place: Place? = nil, faults: Faults) {
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

  package func tree(_ name: String) -> YamlTree? {
    asked.insert(name)
    return fields.first { $0.name == name }?.value
  }

  package func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  package func place(of name: String) -> Place { fields.first { $0.name == name }?.place ?? place }

  package func missing(_ name: String, _ example: String) {
    asked.insert(name)
    guard !isAbsent else { return }
    faults.add(place, "\(subject) has no '\(name)'", "add '\(name): \(example)'")
  }

  /// Complains of every key that was never asked for.
  package func finish() {
    for field in fields where !asked.contains(field.name) {
      faults.add(
        field.place, "'\(field.name)' is not known in \(subject)",
        Spelling.suggestion(for: field.name, among: Array(asked)))
    }
  }

  // One value.

  package func text(_ name: String) -> String? {
    guard let tree = tree(name) else { return nil }
    guard let text = tree.scalar, !text.isEmpty else {
      faults.add(tree.place, "'\(name)' of \(subject) must be a text", "write it behind the colon")
      return nil
    }
    return text
  }

  package func required(_ name: String, _ example: String) -> String {
    if let text = text(name) { return text }
    if !has(name) { missing(name, example) }
    return ""
  }

  package func flag(_ name: String) -> Bool {
    guard let tree = tree(name) else { return false }
    switch tree.scalar {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      faults.add(tree.place, "'\(name)' of \(subject) must be yes or no", "write 'yes' or 'no'")
      return false
    }
  }

  package func number(_ name: String) -> Points? {
    guard let tree = tree(name) else { return nil }
    return Fields.number(tree, "'\(name)' of \(subject)", faults)
  }

  static func number(_ tree: YamlTree, _ what: String, _ faults: Faults) -> Points? {
    if let text = tree.scalar, let points = Points(text) { return points }
    faults.add(
      tree.place, "\(what) must be a number, not '\(tree.scalar ?? "a list")'",
      "write a decimal in digits 0-9, at most six places and up to 1000000, such as 33.5")
    return nil
  }

  package func whole(
    _ name: String, in range: ClosedRange<Int>, _ remedy: String = "write digits 0-9 only"
  ) -> Int? {
    guard let tree = tree(name) else { return nil }
    if let text = tree.scalar, let number = Int(text), range.contains(number) { return number }
    faults.add(
      tree.place,
      "'\(name)' of \(subject) must be a whole number from \(range.lowerBound) to \(range.upperBound)",
      remedy)
    return nil
  }

  package func choice<Value: RawRepresentable & CaseIterable>(_ name: String, _ type: Value.Type) -> Value?
  where Value.RawValue == String {
    guard let tree = tree(name) else { return nil }
    if let text = tree.scalar, let value = Value(rawValue: text) { return value }
    faults.add(
      tree.place, "'\(name)' of \(subject) cannot be '\(tree.scalar ?? "a list")'",
      Spelling.suggestion(for: tree.scalar ?? "", among: Value.allCases.map(\.rawValue)))
    return nil
  }

  // Several values.

  package func list(_ name: String) -> [YamlTree] {
    guard let tree = tree(name) else { return [] }
    guard let list = tree.list else {
      let entry = tree.scalar.map { "[\($0)]" } ?? "each entry behind '- '"
      faults.add(tree.place, "'\(name)' of \(subject) must be a list", "write \(entry)")
      return []
    }
    return list
  }

  package func names(_ name: String) -> [(text: String, place: Place)] {
    list(name).compactMap { tree in
      if let text = tree.scalar, !text.isEmpty { return (text, tree.place) }
      faults.add(tree.place, "an entry of '\(name)' must be a name", "write one word an entry")
      return nil
    }
  }

  // Wordings.

  package func words(_ name: String) -> Words? {
    guard let tree = tree(name) else { return nil }
    return Fields.words(tree, "'\(name)' of \(subject)", faults)
  }

  package func requiredWords(_ name: String) -> Words {
    if let words = words(name) { return words }
    if !has(name) { missing(name, "{ th: …, en: … }") }
    return Words(thai: "", english: "")
  }

  static func words(_ tree: YamlTree, _ subject: String, _ faults: Faults) -> Words {
    let fields = Fields(tree, subject, faults: faults)
    let words = fields.wording()
    // `{ th: 1,000 คะแนน, … }`: YAML takes what follows the comma for another key.
    if let cut = tree.fields?.first(where: { !["th", "en"].contains($0.name) && $0.value.scalar == "" }) {
      faults.add(
        cut.place, "\(subject) ends at a comma, before '\(cut.name)'",
        "put quotation marks around a wording that contains a comma")
    } else {
      fields.finish()
    }
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

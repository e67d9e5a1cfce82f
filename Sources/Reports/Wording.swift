import Documents
public import Integrity

/// The interface's wording in one language, from `Templates/words/*.yaml`: rooms of names, each with its text.
public struct Wording: Sendable {
  public let language: Language
  private let rooms: [String: [String: String]]

  /// - Throws: `Complaints` for a file that is no wording file.
  init(bytes: [UInt8], file: String, language: Language) throws(Complaints) {
    let tree = try YamlTree(bytes: bytes, file: file)
    let faults = Faults()
    var rooms: [String: [String: String]] = [:]
    for room in tree.fields ?? [] {
      var words: [String: String] = [:]
      for word in room.value.fields ?? [] {
        guard let text = word.value.scalar else {
          faults.add(word.place, "'\(word.name)' has no text", "write one text behind the colon")
          continue
        }
        words[word.name] = text
      }
      rooms[room.name] = words
    }
    try faults.throwIfAny()
    self.rooms = rooms
    self.language = language
  }

  /// What a template reaches as `{{words.room.name}}`.
  var data: ReportData {
    .record(rooms.mapValues { .record($0.mapValues { .text($0) }) })
  }

  /// Every name as `room.name`.
  var names: Set<String> {
    Set(rooms.flatMap { room, words in words.keys.map { "\(room).\($0)" } })
  }

  /// A text by its room and name; the name itself where there is none, so that a report appears all the same.
  func text(_ room: String, _ name: String) -> String { rooms[room]?[name] ?? name }

  /// A sentence with its blanks filled: `%mark%` by `mark`.
  func sentence(_ name: String, _ blanks: [String: String] = [:]) -> String {
    var text = text("sentences", name)
    for (blank, value) in blanks { text = text.replacing("%\(blank)%", with: value) }
    return text
  }

  /// Facts on one line; a line never begins with the dot.
  func facts(_ facts: [String]) -> String { facts.filter { !$0.isEmpty }.joined(separator: "\u{A0}· ") }

  /// `a, b and c`.
  func list(_ entries: [String]) -> String {
    guard let last = entries.last, entries.count > 1 else { return entries.first ?? "" }
    return entries.dropLast().joined(separator: sentence("list_comma")) + sentence("list_last") + last
  }

  /// A fiscal year as the language writes it: `2567`, `2567 (2024)`.
  func year(_ year: FiscalYear) -> String {
    sentence("year", ["year": "\(year.buddhist)", "common_year": "\(year.common)"])
  }
}

import Documents
public import Integrity

/// The interface's wording in one language, from `Templates/words/*.yaml`: rooms of names, each with its text. `th.yaml` is
/// the reports', `portal.th.yaml` and the like the portal's; a room stands in one file.
public struct Wording: Sendable {
  public let language: Language
  private let rooms: [String: [String: String]]
  /// By `room.name`, cut where its blanks begin and end.
  private let texts: [String: Text]
  /// What a template reaches as `{{words.room.name}}`.
  public let data: ReportData

  /// - Throws: `Complaints` for a file that is no wording file.
  init(files: [(name: String, bytes: [UInt8])], language: Language) throws(Complaints) {
    var rooms: [String: [String: String]] = [:]
    for file in files { try Wording.read(file.bytes, file.name, into: &rooms) }
    self.rooms = rooms
    self.language = language
    texts = Dictionary(
      rooms.flatMap { room, words in words.map { ("\(room).\($0)", Text($1)) } }
    ) { a, _ in a }
    // Once: every page is given all of it.
    data = .record(rooms.mapValues { .record($0.mapValues { .text($0) }) })
  }

  private static func read(
    _ bytes: [UInt8], _ file: String, into rooms: inout [String: [String: String]]
  ) throws(Complaints) {
    let tree = try YamlTree(bytes: bytes, file: file)
    let faults = Faults()
    for room in tree.fields ?? [] {
      if rooms[room.name] != nil {
        faults.add(room.place, "'\(room.name)' stands in another file too", "keep a room in one file")
      }
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
  }

  /// Every name as `room.name`.
  public var names: Set<String> {
    Set(rooms.flatMap { room, words in words.keys.map { "\(room).\($0)" } })
  }

  /// A text by its room and name; the name itself where there is none, so that a report appears all the same.
  public func text(_ room: String, _ name: String) -> String { known(room, name) ?? name }

  /// The same; nil where there is none.
  public func known(_ room: String, _ name: String) -> String? { rooms[room]?[name] }

  /// A sentence with its blanks filled: `%mark%` by `mark`.
  func sentence(_ name: String, _ blanks: [String: String] = [:]) -> String {
    say("sentences.\(name)", blanks)
  }

  /// A text by `room.name`, its blanks filled: `%count%` by `count`.
  public func say(_ path: String, _ blanks: [String: String] = [:]) -> String {
    if let text = texts[path] { return text.filled(blanks) }
    let names = path.split(separator: ".", maxSplits: 1)
    return names.count == 2 ? String(names[1]) : path
  }

  /// A text as it was written, ready for its blanks to be filled.
  private struct Text: Sendable {
    let whole: String
    /// What stands between the per cent signs; empty where there are no blanks.
    let parts: [String]

    init(_ whole: String) {
      self.whole = whole
      let parts = whole.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
      self.parts = parts.count > 1 ? parts.map { String(Substring($0)) } : []
    }

    /// In one pass, so that a value is not looked through for further blanks.
    func filled(_ blanks: [String: String]) -> String {
      guard let first = parts.first, !blanks.isEmpty else { return whole }
      var filled = first
      // Whether the part follows a blank, so that the sign before it has been used.
      var isAfterBlank = false
      for (place, part) in parts.enumerated().dropFirst() {
        if !isAfterBlank, place < parts.count - 1, let value = blanks[part] {
          filled += value
          isAfterBlank = true
        } else {
          if !isAfterBlank { filled += "%" }
          filled += part
          isAfterBlank = false
        }
      }
      return filled
    }
  }

  /// Facts on one line; a line never begins with the dot.
  public func facts(_ facts: [String]) -> String {
    facts.filter { !$0.isEmpty }.joined(separator: "\u{A0}· ")
  }

  /// `a, b and c`.
  public func list(_ entries: [String]) -> String {
    guard let last = entries.last, entries.count > 1 else { return entries.first ?? "" }
    return entries.dropLast().joined(separator: sentence("list_comma")) + sentence("list_last") + last
  }

  /// A fiscal year as the language writes it: `2567`, `2567 (2024)`.
  public func year(_ year: FiscalYear) -> String {
    sentence("year", ["year": "\(year.buddhist)", "common_year": "\(year.common)"])
  }
}

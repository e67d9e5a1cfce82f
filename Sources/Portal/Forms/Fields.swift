import Foundation
import Hummingbird
import NIOCore

/// What a form sent, by name: exactly the fields its page has, each once unless it may come several times.
struct Fields: Hashable, Sendable {
  private var values: [String: [String]]
  /// Chosen when the page was made: the same form sent twice is done once.
  private(set) var key: String?
  /// Shows that one of our pages made it.
  private(set) var token = ""

  /// Which fields a form has.
  struct Names: Sendable {
    var once: Set<String> = []
    var many: Set<String> = []

    var all: [String] { once.union(many).sorted() }
  }

  /// The most bytes a form without files may have.
  static let most = 256 << 10
  /// The most fields a form may have.
  static let mostPairs = 1000

  /// - Throws: `Problem.oddForm` for a field the page does not have, one that comes twice, too many of them, or text that is not UTF-8.
  init(pairs: [(name: String, value: String)], _ names: Names) throws {
    values = [:]
    for (name, value) in pairs {
      let isOnce = names.once.contains(name) || name == "token" || name == "form"
      guard isOnce || names.many.contains(name) else { throw Problem.oddForm(name) }
      guard !(isOnce && values[name] != nil) else { throw Problem.oddForm(name) }
      values[name, default: []].append(Fields.clean(value))
    }
    key = values.removeValue(forKey: "form")?.first
    token = values.removeValue(forKey: "token")?.first ?? ""
  }

  /// Reads `application/x-www-form-urlencoded`.
  init(urlencoded text: String, _ names: Names) throws {
    try self.init(pairs: try Fields.pairs(text), names)
  }

  static func pairs(_ text: String) throws -> [(name: String, value: String)] {
    // By bytes: a form is ASCII, and whatever else was sent is no part of a sign.
    let pairs = text.utf8.split(separator: UInt8(ascii: "&"), maxSplits: mostPairs)
    guard pairs.count <= mostPairs else { throw Problem.oddForm("fields") }
    return try pairs.map { pair in
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (try decoded(Substring(parts[0])), try decoded(parts.count > 1 ? Substring(parts[1]) : ""))
    }
  }

  private static func decoded(_ text: Substring) throws -> String {
    // Most of what a form holds says itself.
    if !text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) {
      return String(text)
    }
    guard let plain = text.replacing("+", with: " ").removingPercentEncoding else {
      throw Problem.oddForm(String(text.prefix(40)))
    }
    return plain
  }

  /// Line ends as one character, and nothing that is neither text nor a line end.
  private static func clean(_ value: String) -> String {
    if value.utf8.allSatisfy({ (32..<127).contains($0) }) { return value }
    return String(
      String.UnicodeScalarView(
        value.replacing("\r\n", with: "\n").unicodeScalars.filter {
          $0 == "\n" || $0 == "\t" || !($0.value < 32 || (127..<160).contains($0.value))
        }))
  }

  /// A field as typed, without blanks around it; empty where it was not sent.
  func text(_ name: String) -> String {
    guard let value = values[name]?.first else { return "" }
    let isPlain = [value.utf8.first, value.utf8.last].allSatisfy { ($0 ?? 33) > 32 && ($0 ?? 33) < 127 }
    return isPlain ? value : value.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Exactly as typed: a password.
  func raw(_ name: String) -> String { values[name]?.first ?? "" }

  func all(_ name: String) -> [String] {
    (values[name] ?? []).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  /// Everything but what is never shown again, for a form that has to wait for somebody to sign in.
  var pairs: [(name: String, value: String)] {
    values.sorted { $0.key < $1.key }.flatMap { name, values in
      name.hasSuffix("password") || name == "code" ? [] : values.map { (name, $0) }
    }
  }

  var urlencoded: String {
    pairs.map { "\($0.name.queryEscaped)=\($0.value.queryEscaped)" }.joined(separator: "&")
  }
}

/// What is wrong with a field, in the visitor's language, and what to do.
struct FieldFault: Hashable, Sendable {
  /// The field's name; nil for what concerns the form as a whole.
  let field: String?
  let text: String
  /// What stands in the summary above the form; nil for the same.
  let summary: String?

  init(_ field: String?, _ text: String, summary: String? = nil) {
    self.field = field
    self.text = text
    self.summary = summary
  }
}

/// Why a form was not taken.
struct FieldFaults: Error {
  let faults: [FieldFault]

  init(_ faults: [FieldFault]) { self.faults = faults }
  init(_ field: String?, _ text: String) { faults = [FieldFault(field, text)] }
}

/// A form as it is shown: empty, or as it was typed and with what is wrong.
struct Entered: Sendable {
  var fields: Fields?
  var faults: [FieldFault] = []
  /// Typed before the session ended; nothing of it has been saved.
  var isKept = false

  static let nothing = Entered()

  /// As typed, or else what is on record.
  func value(_ name: String, or saved: String = "") -> String { fields?.raw(name) ?? saved }

  func fault(_ name: String) -> String? { faults.first { $0.field == name }?.text }
}

import Foundation
import Integrity
import Testing

@testable import Documents
@testable import Reports

@Suite struct WordingTests {
  private func names(_ language: Language) throws -> Set<String> {
    try Pages(Example.library).words(language).names
  }

  @Test func `both languages have the same words`() throws {
    #expect(try names(.thai) == names(.english))
  }

  @Test func `a sentence has the same blanks in both languages`() throws {
    func blanks(_ text: String) -> [String] {
      text.matches(of: /%[a-z_]+%/).map { String($0.output) }.sorted()
    }
    let pages = try Pages(Example.library)
    let (thai, english) = (try pages.words(.thai), try pages.words(.english))
    for name in thai.names {
      // The common era, and a count that one language says in words.
      let optional: Set<String> = ["%common_year%", "%count%"]
      let a = Set(blanks(thai.say(name))).subtracting(optional)
      let b = Set(blanks(english.say(name))).subtracting(optional)
      #expect(a == b, "\(name)")
    }
  }

  @Test func `every word that a template names is there, and every word is used`() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(Example.root)/Templates")
    var used: Set<String> = []
    for path in files where path.hasSuffix(".mustache") || path.hasPrefix("workbooks/") {
      for match in try Example.text("Templates/\(path)").matches(of: /words\.([a-z_]+\.[a-z_]+)/) {
        used.insert(String(match.output.1))
      }
    }
    let all = try names(.thai)
    #expect(used.subtracting(all).isEmpty, "\(used.subtracting(all))")
    let sources = try ["Reports", "Portal"].flatMap { room in
      try FileManager.default.subpathsOfDirectory(atPath: "\(Example.root)/Sources/\(room)")
        .filter { $0.hasSuffix(".swift") }.map { try Example.text("Sources/\(room)/\($0)") }
    }.joined()
    let unused = all.subtracting(used).filter { name in
      let parts = name.split(separator: ".").map(String.init)
      let (room, word) = (parts[0], parts[1])
      // A field's label and hint are found by the field's name, an error's texts and the like by a name that is put in.
      let field = word.replacing(/_(label|hint)$/, with: "")
      let isPutIn = sources.contains("\"\(room).\\(") || sources.contains("\"\(room)\", \"\\(")
      return !isPutIn && ![word, field, name].contains { sources.contains("\"\($0)\"") }
    }
    #expect(unused.isEmpty, "\(unused.sorted())")
  }

  @Test func `every word carries a translator's comment`() throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: "\(Example.root)/Templates/words") {
      let lines = try Example.text("Templates/words/\(file)").split(separator: "\n").map(
        String.init)
      for (before, line) in zip(lines, lines.dropFirst()) where line.hasPrefix("  ") && !line.hasPrefix("  #")
      {
        #expect(before.hasPrefix("  #"), "\(file): \(line)")
      }
    }
  }

  @Test func `a template that cannot be read is named`() throws {
    let folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: "\(folder)/reports", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "{{#a}}x".write(toFile: "\(folder)/reports/office.mustache", atomically: true, encoding: .utf8)
    let library = Library(folders: [folder, "\(Example.root)/Templates"])
    #expect(throws: Complaints.self) { _ = try Pages(library) }
    #expect(throws: Complaints.self) { _ = try Pages(Library(folders: ["\(folder)/nothing"])) }
    #expect(throws: Complaints.self) { _ = try Library.templates(own: "\(folder)/nothing") }
  }

  @Test func `a committee's own template is taken before the shipped one`() throws {
    let folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: "\(folder)/reports", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "Our page: {{office.name}}".write(
      toFile: "\(folder)/reports/office.mustache", atomically: true, encoding: .utf8)
    let pages = try Pages(Library(folders: [folder, "\(Example.root)/Templates"]))
    #expect(try pages.render("reports/office", ["office": ["name": "A & B"]]) == "Our page: A &amp; B")
  }
}

extension WordingTests {
  @Test(arguments: [
    ("%a%", "1"), ("x %a% y", "x 1 y"), ("%a%%b%", "1%b%"), ("ร้อยละ 5%", "ร้อยละ 5%"), ("5% %a%", "5% 1"),
    ("%a%b%", "1b%"), ("%unknown% %a%", "%unknown% 1"), ("", ""), ("%", "%"), ("%%", "%%"),
  ])
  func `blanks are filled in one pass`(text: String, filled: String) throws {
    let file = "room:\n  word: \"\(text)\"\n"
    let words = try Wording(files: [("words.yaml", Array(file.utf8))], language: .thai)
    #expect(words.say("room.word", ["a": "1", "b": "%b%"]) == filled)
    // What is put in is not looked through again.
    #expect(words.say("room.word", ["a": "%c%", "b": "%b%", "c": "3"]) == filled.replacing("1", with: "%c%"))
  }
}

import Foundation
import Integrity
import Testing

@testable import Documents

/// Whatever a reader of tables or rubrics complains of is said in Thai as well.
@Suite struct ThaiComplaintTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static let readers = [
    "Documents/Table", "Documents/Sheet", "Documents/Sheet+Values", "Documents/Offices", "Documents/Groups",
    "Documents/People", "Documents/RosterRow", "Documents/GivenFigures", "Documents/Marks",
    "Documents/YamlTree", "Documents/YamlTree+Override", "Documents/Fields", "Documents/OutlineReader",
    "Documents/CaseReader", "Documents/Rubric+Document", "Documents/RubricFile",
    "Integrity/Rubric/Rubric+Flaws",
    "Integrity/Rubric/Inspector+Items", "Integrity/Rubric/Inspector+Ladder",
    "Integrity/Rubric/Inspector+Tables", "Integrity/Rubric/Rubric+Cases",
  ]

  /// Parts of sentences that are put together, and examples that stand in others: they are no sentences.
  private static let parts: Set<String> = [
    "a day", "[ … ]", "{ th: …, en: … }", "did you mean 'level'?", "'part' is no part",
  ]

  @Test(arguments: readers) func `every sentence of a reader has its Thai`(reader: String) throws {
    let source = try String(contentsOfFile: "\(Self.root)/Sources/\(reader).swift", encoding: .utf8)
    for sentence in Self.sentences(in: source) where !Self.parts.contains(sentence) {
      #expect(ThaiSentences.all.thai(of: sentence) != nil, "\(reader): \(sentence)")
    }
  }

  @Test func `parts go where the Thai has them`() throws {
    let bad = "person,name,office,role,scope\nsomchai,ก,,assessor,*\nsomchai,ก,,administrator,*\n"
    let complaints = try #require(throws: Complaints.self) {
      _ = try PeopleFile(
        Intake.File(name: "p.csv", bytes: [UInt8](bad.utf8)), asOf: #require(.init("2026-01-01")))
    }
    let thai = try #require(complaints.all.first?.thai)
    #expect(thai.problem == "‘somchai’ มีบทบาท administrator พร้อมกับ assessor ในบรรทัด 2 ไม่ได้")
    #expect(thai.remedy == "มอบบทบาทหนึ่งให้ผู้อื่น หรือกำหนดเวลาไม่ให้ซ้อนกัน")
  }

  @Test(arguments: ["role", "capacity in which to act"])
  func `what a cell may hold is named in Thai`(what: String) throws {
    let source = try String(contentsOfFile: "\(Self.root)/Sources/Documents/RosterRow.swift", encoding: .utf8)
    #expect(source.contains("\"\(what)\") {"))
    #expect(ThaiSentences.all.thai(of: "'x' is no \(what)") != nil)
  }

  @Test func `every line has the same parts on either side`() {
    for text in [ThaiTables.lines, ThaiRubrics.lines] {
      for line in text.split(separator: "\n") {
        let sides = line.split(separator: " ⇒ ").map(String.init)
        #expect(sides.count == 2, "\(line)")
        let parts = sides[0].matches(of: #/\{\}/#).count
        let numbers = Set(sides[1].matches(of: #/\{([0-9])\}/#).compactMap { Int($0.output.1) })
        #expect(numbers == Set(1...max(1, parts)).filter { $0 <= parts }, "\(line)")
        #expect(sides[1].contains(#/[\u{0E01}-\u{0E4E}]/#), "\(line)")
      }
    }
  }

  /// Texts in the calls that complain, with a word in the place of each part that is put in.
  private static func sentences(in source: String) -> [String] {
    var found: [String] = []
    for call in source.matches(of: #/\b(?:fault|add|flag|refuse|Complaint|Flaw|missing)\(/#) {
      var rest = source[call.range.upperBound...]
      var depth = 1
      while depth > 0, let next = rest.first {
        rest = rest.dropFirst()
        switch next {
        case "(": depth += 1
        case ")": depth -= 1
        case "\"":
          let text = literal(&rest)
          if text.contains(" ") { found.append(text) }
        default: break
        }
      }
    }
    return found
  }

  /// A literal from behind its opening mark; leaves the rest behind its closing one.
  private static func literal(_ rest: inout Substring) -> String {
    var text = ""
    while let next = rest.first, next != "\"" {
      rest = rest.dropFirst()
      guard next == "\\", let escaped = rest.first else {
        text.append(next)
        continue
      }
      rest = rest.dropFirst()
      guard escaped == "(" else {
        text.append(escaped)
        continue
      }
      text += "part"
      var depth = 1
      while depth > 0, let inner = rest.first {
        rest = rest.dropFirst()
        if inner == "\"" { _ = literal(&rest) }
        if inner == "(" { depth += 1 }
        if inner == ")" { depth -= 1 }
      }
    }
    rest = rest.dropFirst()
    return text
  }
}

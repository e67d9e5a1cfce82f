import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What is held on people, what is not, and when it goes.
@Suite struct PrivacyTests {
  @Test func `a personal number is in no byte of the file, its log or the trail`() throws {
    let district = try District()
    guard let number = NationalID("1-1017-00230-70-5") ?? NationalID("1101700230708") else {
      Issue.record("no number")
      return
    }
    let entry = PersonEntry(
      code: "somchai", name: "นายสมชาย ใจดี", nationalID: number,
      postings: [PostingEntry(.employing, at: District.main, from: District.day("2025-10-01"))])
    _ = try district.registry.keep(
      people: [entry], isDryRun: false, by: district.by("admin"), at: District.setUp)
    for name in try FileManager.default.contentsOfDirectory(atPath: district.folder) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(district.folder)/\(name)"))
      #expect(bytes.range(of: Data(number.digits.utf8)) == nil, "\(name)")
    }
    // The same number on another name is the same person.
    let twin = PersonEntry(code: "somchai2", name: "สมชาย", nationalID: number)
    #expect(
      district.said {
        _ = try district.registry.keep(
          people: [twin], isDryRun: false, by: district.by("admin"), at: District.setUp)
      } == "'somchai2' has the same personal number as 'somchai'; they are one person")
  }

  @Test func `a person erased is nowhere, and the trail still holds`() throws {
    let district = try District()
    let registry = district.registry
    let entry = PersonEntry(
      code: "somchai.jaidee", name: "นายสมชาย ใจดี", post: "นักวิชาการ", email: "somchai@office.example",
      phone: "0812345678",
      postings: [PostingEntry(.employing, at: District.main, from: District.day("2025-10-01"))])
    _ = try registry.keep(people: [entry], isDryRun: false, by: district.by("admin"), at: District.setUp)
    let held = try registry.exportPerson("somchai.jaidee", by: district.by("admin"), at: District.setUp)
    for text in ["นายสมชาย ใจดี", "somchai@office.example", "0812345678", "4001"] {
      #expect(held.contains(text))
    }
    try registry.erasePerson(
      "somchai.jaidee", reason: "ขอใช้สิทธิ์", by: district.by("admin"), at: District.setUp)
    for name in ["registry.sqlite", "registry.sqlite-wal"] {
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: "\(district.folder)/\(name)")) else {
        continue
      }
      for text in ["สมชาย ใจดี", "somchai", "0812345678"] {
        #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text) is still in \(name)")
      }
    }
    #expect(try registry.verify().faults.isEmpty)
    #expect(
      district.said {
        _ = try registry.exportPerson("officer", by: district.by("director"), at: District.setUp)
      } == "cannot export what is held on a person: only the administrator concerned may")
  }

  @Test func `answers and contact data go when they are due, and results still verify`() throws {
    let district = try District()
    let registry = district.registry
    try district.wholeYear()
    try registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    func due(_ days: Int, isDryRun: Bool = true) throws -> [String] {
      try registry.retain(
        isDryRun: isDryRun, by: district.by("admin"), at: District.deciding.adding(days: days)
      )
      .map { "\($0.what) \($0.rows)" }
    }
    #expect(try due(29) == [])
    #expect(try due(30) == ["contact 12"])
    #expect(try due(90) == ["contact 12", "responses 2569 16"])
    #expect(try due(90, isDryRun: false) == ["contact 12", "responses 2569 16"])
    #expect(try due(91) == [])
    #expect(try registry.read { try $0.integer("SELECT count(*) FROM response") } == 0)
    let card = try registry.scorecard(of: District.main, in: District.cycle, by: nil, at: District.deciding)
    #expect(card.line("IIT")?.people?.respondents == 12)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `answers carry no person, no time and no order`() throws {
    let district = try District()
    try district.answerAll()
    let columns = try district.registry.read { try $0.columns(in: "response").map(\.name) }
    #expect(columns == ["cycle", "office", "instrument", "route", "key", "answers"])
    let keys = try district.registry.read { try Data.fetchSet($0, sql: "SELECT key FROM response") }
    #expect(keys.count == 16)
  }
}

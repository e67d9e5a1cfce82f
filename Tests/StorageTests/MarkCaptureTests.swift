import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What goes with marks: sentences of one's own, and pictures of what was seen.
@Suite struct MarkCaptureTests {
  private typealias Sighting = Registry.Sighting

  private let cycle = District.cycle
  private let office = District.main
  private let now = District.assessing

  @Test func `a comment bank is its writer's own`() throws {
    let district = try District.assigned()
    let registry = district.registry
    let (own, other) = (district.by("assessor1"), district.by("assessor2"))
    try registry.keepComment("ทุกข้อ", for: nil, code: .incomplete, by: own, at: now)
    try registry.keepComment("เฉพาะข้อ", for: "structure", code: nil, by: own, at: now)
    try registry.keepComment("ของอีกคน", for: nil, code: nil, by: other, at: now)
    #expect(try registry.comments(by: own, at: now).map(\.text) == ["ทุกข้อ", "เฉพาะข้อ"])
    #expect(try district.markDesk().comments.map(\.text) == ["เฉพาะข้อ", "ทุกข้อ"])
    #expect(try district.markDesk("O2").comments.map(\.text) == ["ทุกข้อ"])
    #expect(throws: StorageProblem.unknown(what: "comment", code: "1")) {
      try registry.keepComment("ทับ", for: nil, code: nil, over: 1, by: other, at: now)
    }
    try registry.dropComment(1, by: other, at: now)
    #expect(try registry.comments(by: own, at: now).count == 2)
    try registry.keepComment("แก้แล้ว", for: nil, code: .other, over: 1, by: own, at: now)
    try registry.dropComment(2, by: own, at: now)
    #expect(
      try registry.comments(by: own, at: now) == [
        Registry.Comment(id: 1, item: nil, code: .other, text: "แก้แล้ว")
      ])
    for text in ["", String(repeating: "ก", count: Registry.longestComment + 1)] {
      #expect(throws: StorageProblem.self) {
        try registry.keepComment(text, for: nil, code: nil, by: own, at: now)
      }
    }
    let signer = Signer("assessor1", form: "key")
    try registry.keepComment("ครั้งเดียว", for: nil, code: nil, by: signer, at: now)
    #expect(throws: StorageProblem.repeated) {
      try registry.keepComment("ครั้งเดียว", for: nil, code: nil, by: signer, at: now)
    }
  }

  @Test func `a capture goes with the mark and stays with the finding`() throws {
    let district = try District.assigned("assessor2")
    let (registry, signer) = (district.registry, district.by("assessor1"))
    let handle = try #require(FileHandle(forReadingAtPath: "\(District.root)/LICENSE"))
    func attach(_ name: String, _ revision: Int) throws {
      try registry.keepCapture(
        name, of: "https://one.example/structure", from: handle, with: District.shortMark, on: "O1",
        of: office,
        in: cycle, seeing: Sighting(revision: revision), by: signer, at: now)
    }
    func read(_ digest: String, by person: Code<Person>) throws -> Int {
      let path = district.folder + "/out"
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      let out = try #require(FileHandle(forWritingAtPath: path))
      try registry.writeCapture(
        digest, on: "O1", of: office, in: cycle, to: out, by: district.by(person), at: now)
      return try Data(contentsOf: URL(fileURLWithPath: path)).count
    }
    try attach("หน้าจอ.png", 0)
    let held = try #require(district.markDesk().own)
    #expect(held.mark == District.shortMark && held.captures.map(\.name) == ["หน้าจอ.png"])
    #expect(throws: StorageProblem.taken(what: "file", code: "อีกครั้ง.png")) {
      try attach("อีกครั้ง.png", held.revision)
    }
    #expect(throws: StorageProblem.self) { try attach("x.png", 0) }
    // Until it is a finding nobody else opens it.
    let digest = held.captures[0].digest
    #expect(try read(digest, by: "assessor1") == held.captures[0].bytes)
    #expect(throws: StorageProblem.self) { try read(digest, by: "assessor2") }
    try registry.dropCapture(
      digest, with: District.shortMark, on: "O1", of: office, in: cycle,
      seeing: Sighting(revision: held.revision), by: signer, at: now)
    #expect(try district.markDesk().own?.captures.isEmpty == true)
    try attach("หน้าจอ.png", try #require(district.markDesk().own).revision)
    try registry.finish(
      District.shortMark, on: "O1", of: office, in: cycle, seeing: try district.markDesk().sighting,
      by: signer,
      at: now)
    #expect(try district.markDesk().captures.map(\.link) == ["https://one.example/structure"])
    #expect(try read(digest, by: "assessor2") > 0 && read(digest, by: "lead") > 0)
    for person: Code<Person> in ["director", "director2", "admin"] {
      #expect(throws: Refusal.self, "\(person)") { try read(digest, by: person) }
    }
    for sql in ["UPDATE finding_capture SET name = 'x'", "DELETE FROM finding_capture"] {
      #expect(throws: DatabaseError.self) { try registry.database.write { try $0.execute(sql: sql) } }
    }
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `what somebody has put down is in what is held on them, and goes with them`() throws {
    let district = try District.assigned()
    let registry = district.registry
    try district.keep(District.shortMark)
    try registry.keepComment("ประโยคของฉัน", for: nil, code: nil, by: district.by("assessor1"), at: now)
    let held = try registry.exportPerson("assessor1", by: district.by("assessor1"), at: now)
    #expect(held.contains("ไม่พบตำแหน่งสำคัญ") && held.contains("ประโยคของฉัน"))
    try registry.erasePerson("assessor1", reason: "x", by: district.by("admin"), at: now)
    #expect(
      try registry.read { db in
        try ["mark", "comment"].map { try db.integer("SELECT count(*) FROM \($0)") }
      } == [0, 0])
  }
}

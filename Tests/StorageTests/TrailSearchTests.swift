import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Looking through the trail, and what of it each reader sees.
@Suite struct TrailSearchTests {
  private func page(
    _ district: District, _ filter: Registry.TrailFilter = .init(), before: Int64? = nil, most: Int = 100,
    by person: Code<Person> = "admin", at now: Moment = District.deciding
  ) throws -> Registry.TrailPage {
    try district.registry.trail(filter, before: before, most: most, by: district.by(person), at: now)
  }

  private func year() throws -> District {
    let district = try District()
    try district.wholeYear()
    return district
  }

  @Test func `a hundred at a time it comes to the first entry, each once`() throws {
    let district = try year()
    let all = try district.registry.trail(
      of: nil, limit: 10_000, by: district.by("admin"), at: District.deciding)
    var numbers: [Int64] = []
    var before: Int64?
    repeat {
      let found = try page(district, before: before, most: 7)
      numbers += found.lines.map(\.entry.number)
      before = found.next
    } while before != nil
    #expect(numbers == all.map(\.number).reversed())
  }

  @Test func `it is found by cycle, office, person, act and day`() throws {
    let district = try year()
    let all = try page(district, most: 10_000).lines
    func check(_ filter: Registry.TrailFilter, _ fits: (Registry.TrailEntry) -> Bool) throws {
      let found = try page(district, filter, most: 10_000).lines.map(\.entry.number)
      #expect(found == all.map(\.entry).filter(fits).map(\.number))
      #expect(!found.isEmpty)
    }
    try check(.init(cycle: District.cycle)) { $0.cycle == District.cycle }
    try check(.init(office: District.main)) { $0.office == District.main }
    try check(.init(person: "assessor1")) { $0.person == "assessor1" }
    try check(.init(act: .judge)) { $0.act == "judge" }
    try check(.init(office: District.other, person: "assessor1", act: .judge)) {
      $0.office == District.other && $0.person == "assessor1" && $0.act == "judge"
    }
    let day = District.collecting.day
    try check(.init(from: day, last: day)) { $0.at.day == day }
    try check(.init(last: day.adding(days: -1))) { $0.at.day < day }
    try check(.init(from: day.adding(days: 1))) { day < $0.at.day }
    #expect(try page(district, .init(office: "none")).lines.isEmpty)
    #expect(try page(district, .init(from: District.day("2030-01-01"))).lines.isEmpty)
  }

  @Test func `an entry says the names of what it is about`() throws {
    let district = try year()
    let grant = try #require(page(district, .init(act: .grantRole), most: 1).lines.first)
    #expect(grant.subject == "member2" && grant.subjectName == "member2" && grant.table == "role_grant")
    let judged = try #require(page(district, .init(act: .judge), most: 1).lines.first)
    #expect(judged.officeName?.english == "Area Two" && judged.personName == "assessor1")
  }

  @Test
  func `an administrator sees neither what was put forward nor what was found, and cannot search for it`()
    throws
  {
    let district = try year()
    let closed = [
      "submission", "evidence", "submission_element", "finding", "finding_seen", "sealed_scorecard",
      "sealed_tally",
    ]
    for line in try page(district, most: 10_000).lines {
      if closed.contains(line.table ?? "") || line.entry.act == Act.bringAnswers.rawValue {
        #expect(line.entry.payload == nil, "\(line.entry.act) \(line.table ?? "")")
      } else {
        #expect(line.entry.payload != nil, "\(line.entry.act) \(line.table ?? "")")
      }
    }
    #expect(try page(district, .init(text: "ไม่พบผลการใช้จ่าย")).lines.isEmpty)
    #expect(try page(district, .init(text: "one.example")).lines.isEmpty)
    #expect(
      try !page(district, .init(text: "assessor1@")).lines.contains {
        $0.entry.payload?.contains("@") ?? false
      })
    // A row of a table that nobody has thought of is not shown either.
    let committee = try page(district, .init(act: .judge), most: 1, by: "member1")
    #expect(
      committee.lines.first?.entry.payload?.contains("not_met") ?? false
        || committee.lines.first?.entry.payload != nil)
  }

  @Test func `counts of options are shown to nobody on the trail, nor how many answers came to the office`()
    throws
  {
    let district = try year()
    try district.registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    for person: Code<Person> in ["member1", "admin", "director"] {
      let office = person == "director" ? District.main : nil
      let lines = try page(district, .init(office: office), most: 10_000, by: person).lines
      let counts = lines.filter { $0.table == "sealed_tally" }
      #expect(!counts.isEmpty && counts.allSatisfy { $0.entry.payload == nil }, "\(person)")
      #expect(lines.contains { $0.table == "sealed_scorecard" && $0.entry.payload != nil }, "\(person)")
      let brought = lines.filter { $0.entry.act == Act.bringAnswers.rawValue }
      #expect(brought.allSatisfy { ($0.entry.payload == nil) == (person != "member1") }, "\(person)")
    }
  }

  @Test func `a text is found where everybody may read it`() throws {
    let district = try year()
    #expect(try page(district, .init(text: "Area Two")).lines.contains { $0.table == "office" })
    #expect(try page(district, .init(text: "100%")).lines.isEmpty)
  }

  @Test func `a text that is nowhere is looked for piece by piece`() throws {
    let district = try year()
    let now = District.deciding
    // More entries than are looked through at once.
    let salt = Digest.random(16)
    try district.registry.database.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < \(Registry.window))
          INSERT INTO event (id, made_at, is_console, act, subject, payload_digest, digest)
          SELECT (SELECT max(id) FROM event) + n, ?, 0, 'retain', 'x', ?, ? FROM more
          """, arguments: [now.seconds, salt + salt, salt + salt])
    }
    let first = try page(district, .init(text: "Area Two"))
    #expect(first.lines.isEmpty && first.lookedTo == now)
    let rest = try page(district, .init(text: "Area Two"), before: first.next)
    #expect(!rest.lines.isEmpty && rest.lookedTo == nil)
  }

  @Test func `each filter has an index to go by`() throws {
    let district = try year()
    let plans: [(Registry.TrailFilter, String)] = [
      (.init(cycle: District.cycle), "event_cycle"), (.init(office: District.main), "event_office"),
      (.init(person: "assessor1"), "event_person"), (.init(act: .seal), "event_act"),
    ]
    for (filter, index) in plans {
      let plan = try district.registry.plan {
        _ = try $0.trail(filter, before: nil, most: 100, by: district.by("admin"), at: District.deciding)
      }
      #expect(plan.contains { $0.contains(index) }, "\(index): \(plan)")
      #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(index)")
    }
  }

  @Test func `directors read their own office's, and others nothing`() throws {
    let district = try year()
    #expect(try !page(district, .init(office: District.main), by: "director").lines.isEmpty)
    for (person, office) in [
      ("director", District.other), ("officer", District.main), ("assessor1", District.main),
    ] {
      #expect(throws: Refusal.self) { _ = try page(district, .init(office: office), by: Code(person)) }
    }
    #expect(throws: Refusal.self) { _ = try page(district, by: "director") }
  }
}

extension Registry {
  /// How the long statement of something that reads would be carried out.
  fileprivate func plan(_ body: (Registry) throws -> Void) throws -> [String] {
    let kept = Statements()
    try read { db in db.trace { kept.add($0.expandedDescription) } }
    try body(self)
    return try read { db in
      db.trace(options: [])
      guard let sql = kept.all.last(where: { $0.contains("FROM event LEFT JOIN person AS actor") }) else {
        return []
      }
      return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] }
    }
  }
}

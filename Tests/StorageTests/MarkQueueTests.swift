import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What an assessor is to judge, and what it costs to show it.
@Suite struct MarkQueueTests {
  private typealias Sighting = Registry.Sighting

  private let cycle = District.cycle
  private let office = District.main
  private let now = District.assessing

  @Test func `the queue has everything assigned, item by item, with where it stands`() throws {
    let district = try District.assigned()
    try district.keep(Mark(found: ["chart"]))
    try district.registry.finish(
      Mark(verdict: .met), on: "O2", of: District.other, in: cycle, seeing: Sighting(),
      by: district.by("assessor1"), at: now)
    let queue = try district.markQueue()
    #expect(
      queue.entries.map { "\($0.item.code) \($0.office) \($0.state.rawValue)" } == [
        "O1 4001 begun", "O1 4002 not_judged", "O2 4001 not_judged", "O2 4002 judged", "O3 4001 not_judged",
        "O3 4002 not_judged",
      ])
    let areOpen = queue.offices.allSatisfy { $0.refusal == nil && $0.isReadable }
    let areSubmitted = queue.entries.allSatisfy(\.isSubmitted)
    #expect(queue.judged == 1 && areOpen && areSubmitted)
  }

  @Test func `single items are assigned by themselves`() throws {
    let district = try District.assigned()
    try district.registry.assign(
      "assessor2", to: District.other, items: ["O3"], in: cycle, by: district.by("lead"), at: now)
    #expect(try district.markQueue(by: "assessor2").entries.map(\.item.code) == ["O3"])
    #expect(throws: Refusal.self) {
      try district.registry.markDesk(
        "O1", of: District.other, in: cycle, by: district.by("assessor2"), at: now)
    }
  }

  @Test func `before the window opens the queue says when, and shows nothing of what is drafted`() throws {
    let district = try District.assigned()
    let queue = try district.markQueue(at: District.collecting)
    #expect(queue.offices.count == 2)
    let areClosed = queue.offices.allSatisfy { $0.refusal != nil && !$0.isReadable }
    let isSubmitted = queue.entries.contains(where: \.isSubmitted)
    #expect(areClosed && !isSubmitted)
    #expect(throws: Refusal.self) { try district.markDesk(at: District.collecting) }
  }

  @Test func `an office somebody has declared a conflict with is nowhere any more`() throws {
    let district = try District.assigned()
    let registry = district.registry
    try district.keep(Mark(found: ["chart"]))
    try registry.declareConflict(
      of: "assessor1", with: office, reason: "คู่สมรส", by: district.by("assessor1"), at: now)
    #expect(try district.markQueue().offices.map(\.office.code) == [District.other])
    #expect(throws: Refusal(.readSubmission, .notAssigned)) { try district.markDesk() }
    #expect(throws: Refusal.self) { try district.keep(Mark(found: ["chart"])) }
    #expect(try registry.read { try $0.integer("SELECT count(*) FROM mark") } == 0)
    let own = try registry.ownConflicts(in: cycle, by: district.by("assessor1"), at: now)
    #expect(own.declared.map(\.reason) == ["คู่สมรส"] && own.assigned.map(\.code) == [District.other])
    #expect(throws: Refusal.self) {
      try registry.declareConflict(
        of: "assessor2", with: office, reason: "x", by: district.by("assessor1"), at: now)
    }
  }

  @Test func `an assessor's pages are nobody else's`() throws {
    let district = try District.assigned()
    for person: Code<Person> in ["lead", "member1", "director", "officer", "admin"] {
      #expect(throws: Refusal.self, "\(person)") { try district.markQueue(by: person) }
      #expect(throws: Refusal.self, "\(person)") { try district.markDesk(by: person) }
      #expect(throws: Refusal.self, "\(person)") {
        try district.registry.comments(by: district.by(person), at: now)
      }
      #expect(throws: Refusal.self, "\(person)") {
        try district.registry.ownConflicts(in: cycle, by: district.by(person), at: now)
      }
    }
    #expect(throws: Refusal(.readSubmission, .notAssigned)) { try district.markDesk(by: "assessor2") }
  }

  /// A cycle with so many offices, all of them the first assessor's.
  private func crowded(_ count: Int) throws -> (district: District, offices: [Code<Office>]) {
    let district = try District(isOpen: false)
    let (registry, admin, start) = (district.registry, district.by("admin"), District.setUp)
    let offices = (0..<count).map { number in
      Office(
        code: Code("\(5000 + number)"), name: Words(thai: "เขต", english: "Area"), kind: "primary",
        provinces: [Words(thai: "ธารทอง", english: "Than Thong")])
    }
    _ = try registry.keep(offices: District.offices + offices, isDryRun: false, by: admin, at: start)
    _ = try registry.keep(people: District.people, isDryRun: false, by: admin, at: start)
    try registry.newCycle(
      cycle, year: FiscalYear(2569), title: Words(thai: "x", english: "x"),
      rubric: try District().registry.rubricTexts(of: cycle), by: admin, at: start)
    try registry.setSchedule(District.schedule, of: cycle, reason: "", by: admin, at: start)
    for office in offices {
      try registry.enterStakeholders(["IIT": 40], of: office.code, in: cycle, by: admin, at: start)
    }
    _ = try registry.openCycle(cycle, by: admin, at: start)
    for office in offices {
      try registry.assign(
        "assessor1", to: office.code, items: nil, in: cycle, by: district.by("lead"), at: start)
    }
    return (district, offices.map(\.code))
  }

  @Test func `the queue and a page of it take as many queries for forty offices as for one`() throws {
    func counts(_ number: Int) throws -> [Int] {
      let (district, offices) = try crowded(number)
      let registry = district.registry
      for (place, item) in zip(offices, ["O1", "O2", "O3"] as [Code<Node>]) {
        try registry.finish(
          Mark(verdict: .met), on: item, of: place, in: cycle, seeing: Sighting(),
          by: district.by("assessor1"), at: now)
      }
      func count(_ body: () throws -> Void) throws -> Int {
        let statements = Statements()
        try registry.read { db in db.trace { statements.add($0.expandedDescription) } }
        try body()
        try registry.read { db in db.trace(options: []) }
        return statements.all.count
      }
      func page() throws {
        _ = try registry.markDesk(
          "O1", of: offices[0], in: cycle, by: district.by("assessor1"), at: now)
      }
      _ = try district.markQueue()
      try page()
      return [try count { _ = try district.markQueue() }, try count(page)]
    }
    let (one, forty) = (try counts(1), try counts(40))
    #expect(one == forty, "\(one), \(forty)")
    #expect(one[0] > 8 && one[0] < 30 && one[1] < 80, "\(one)")
  }

  @Test func `saving a mark asks little, and looks through no table`() throws {
    let (district, offices) = try crowded(3)
    let registry = district.registry
    let statements = Statements()
    registry.database.writeWithoutTransaction { db in db.trace { statements.add($0.expandedDescription) } }
    try registry.finish(
      District.shortMark, on: "O1", of: offices[1], in: cycle, seeing: Sighting(),
      by: Signer("assessor1", form: "key"), at: now)
    registry.database.writeWithoutTransaction { db in db.trace(options: []) }
    let asked = statements.all.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") }
    #expect(statements.all.count < 50, "\(statements.all.count)")
    // The last entry of the trail is read from its end.
    let scans = try registry.read { db in
      try asked.flatMap { sql in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
      }
    }.filter { $0.hasPrefix("SCAN") }
    for table in [
      "finding", "mark", "submission", "assignment", "clarification", "office", "person",
    ] {
      #expect(!scans.contains { $0 == "SCAN \(table)" }, "\(scans)")
    }
  }
}

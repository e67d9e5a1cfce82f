import Foundation
import Integrity
import Testing

@testable import Storage

/// What seldom changes is kept between requests, and never outlives its change.
@Suite struct SettledTests {
  static let now = District.collecting

  private static func may(_ act: Act, _ district: District, _ person: Code<Person>) throws -> Bool {
    try !district.registry.mayAct(
      [act], on: District.main, in: District.cycle, by: district.by(person), at: now
    ).isEmpty
  }

  @Test func `a role that has ended is gone at the next request, and one that was given is there`() throws {
    let district = try District()
    let registry = district.registry
    for _ in 0..<2 { #expect(try Self.may(.submit, district, "director")) }
    try registry.revoke(
      .director, for: District.main, from: "director", until: Self.now.day, by: district.by("admin"),
      at: Self.now)
    #expect(try !Self.may(.submit, district, "director"))
    try registry.grant(
      Grant(.director, for: .offices([District.main]), from: Self.now.day), to: "director",
      by: district.by("admin"), at: Self.now)
    #expect(try Self.may(.submit, district, "director"))
  }

  @Test func `a window that was moved is moved at the next request`() throws {
    let district = try District()
    let registry = district.registry
    func closes() throws -> Moment? {
      try registry.officeDesk(
        District.main, in: District.cycle, by: district.by("director"), at: Self.now
      ).cycle.window(of: "OIT", for: District.main)?.closes
    }
    #expect(try closes() == District.moment("2026-04-01"))
    #expect(try closes() == District.moment("2026-04-01"))
    let until = District.moment("2026-04-05")
    try registry.extend(
      Extension(office: District.main, instrument: "OIT", until: until, reason: "น้ำท่วม"), in: District.cycle,
      by: district.by("admin"), at: Self.now)
    #expect(try closes() == until)
  }

  @Test func `a reader that began before a change leaves nothing of its own behind`() throws {
    let district = try District()
    let registry = district.registry
    let admin = district.by("admin")
    let id = try registry.read { try $0.personID("officer") }
    try registry.read { db in
      // Its snapshot is taken here.
      _ = try db.officeID(District.main)
      let isDone = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        var renamed = District.people[0]
        renamed = PersonEntry(
          code: renamed.code, name: "ชื่อใหม่", post: renamed.post, email: renamed.email,
          postings: renamed.postings, grants: renamed.grants)
        #expect(throws: Never.self) {
          try registry.keep(people: [renamed], isDryRun: false, by: admin, at: Self.now)
        }
        isDone.signal()
      }
      isDone.wait()
      #expect(try registry.person(id, db).name == "officer")
    }
    #expect(try registry.read { try registry.person(id, $0).name } == "ชื่อใหม่")
  }

  @Test func `saving a draft keeps what is settled, everything else of the closed list drops it`() throws {
    let district = try District()
    let registry = district.registry
    let id = try registry.read { try $0.personID("officer") }
    _ = try registry.read { try registry.person(id, $0) }
    let before = registry.settled.generation
    _ = try registry.draft(
      DraftEntry(office: District.main, item: "O1", isDisclosed: false, note: "ยังไม่มี"), in: District.cycle,
      by: district.by("officer"), at: Self.now)
    #expect(registry.settled.generation == before)
    try registry.enterStakeholders(
      ["IIT": 13], of: District.main, in: District.cycle, by: district.by("director"), at: Self.now)
    #expect(registry.settled.generation != before)
    // Whatever sets up, grants or opens is not among those that keep it.
    let keeping = Settled.unchanging
    for act in Act.allCases where act.rawValue.hasPrefix("keep_") || act.rawValue.hasSuffix("_role") {
      #expect(!keeping.contains(act), "\(act)")
    }
    #expect(
      keeping.isDisjoint(with: [.openCycle, .changeSchedule, .extendWindow, .declareConflict, .publish]))
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// A cycle until it is opened, and how far everything is set up.
@Suite struct PreparingTests {
  private let now = District.setUp

  /// The small rubric with one line more, as an edition over it.
  private func edition(_ district: District) throws -> [RubricText] {
    let small = RubricText(
      name: "small.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(District.root)/Rubrics/small.yaml"))))
    let own = "extends: small.yaml\nrubric: own\nedition: \"2\"\nyear: 2569\ntitle: { th: ก, en: A }\n"
    return [RubricText(name: "own.yaml", bytes: [UInt8](own.utf8)), small]
  }

  private func prepared() throws -> District {
    let district = try District(isOpen: false)
    let admin = district.by("admin")
    _ = try district.registry.keep(offices: District.offices, isDryRun: false, by: admin, at: now)
    try district.registry.newCycle(
      District.cycle, year: FiscalYear(2569), title: Words(thai: "ก", english: "A"),
      rubric: try edition(district), by: admin, at: now)
    return district
  }

  @Test func `a rubric is replaced by one of fewer files, and what goes is on the trail`() throws {
    let district = try prepared()
    let (registry, admin) = (district.registry, district.by("admin"))
    let title = Words(thai: "ข", english: "B")
    try registry.changeCycle(
      District.cycle, title: title, rubric: [try edition(district)[1]], by: admin, at: now)
    #expect(try registry.rubricTexts(of: District.cycle).map(\.name) == ["small.yaml"])
    #expect(try registry.cycle(District.cycle).title == title)
    #expect(try registry.rubric(of: District.cycle).code == "small")
    #expect(try registry.verify().faults.isEmpty)
    // Whoever puts a row back is found.
    try registry.database.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          INSERT INTO cycle_rubric (id, cycle, position, name, digest)
          SELECT id + 1, cycle, 1, 'own.yaml', digest FROM cycle_rubric
          """)
    }
    #expect(try !registry.verify().faults.isEmpty)
  }

  @Test func `the same rubric once more changes nothing`() throws {
    let district = try prepared()
    let before = try district.registry.lastNumber()
    try district.registry.changeCycle(
      District.cycle, title: Words(thai: "ก", english: "A"), rubric: try edition(district),
      by: district.by("admin"), at: now)
    #expect(try district.registry.lastNumber() == before)
  }

  @Test func `nothing of an open cycle's rubric or titles changes`() throws {
    let district = try District()
    #expect(throws: Refusal.self) {
      try district.registry.changeCycle(
        District.cycle, title: Words(thai: "ข", english: "B"), rubric: nil, by: district.by("admin"), at: now)
    }
    let other = try edition(district).map { text in
      RubricText(
        name: text.name,
        bytes: [UInt8](String(decoding: text.bytes, as: UTF8.self).replacing("2569", with: "2570").utf8))
    }
    #expect(throws: StorageProblem.self) {
      try district.registry.changeCycle(
        District.cycle, title: Words(thai: "ข", english: "B"), rubric: other, by: district.by("admin"),
        at: now)
    }
  }

  @Test func `dates of an instrument that is no more are taken out`() throws {
    let district = try prepared()
    let (registry, admin) = (district.registry, district.by("admin"))
    try registry.setSchedule(District.schedule, of: District.cycle, reason: "", by: admin, at: now)
    try registry.database.writeWithoutTransaction { db in
      try db.execute(sql: "UPDATE cycle_window SET what = 'EIT' WHERE what = 'IIT'")
    }
    #expect(try registry.cycle(District.cycle).schedule?.misfits(for: district.rubric).count == 2)
    try registry.setSchedule(District.schedule, of: District.cycle, reason: "", by: admin, at: now)
    #expect(try registry.cycle(District.cycle).schedule == District.schedule)
  }

  @Test func `opening says who would take part and who would not`() throws {
    let district = try prepared()
    let opening = try district.registry.opening(of: District.cycle, by: district.by("admin"), at: now)
    #expect(opening.offices == 2 && opening.left == 1)
    #expect(opening.kinds.map(\.offices) == [1, 1])
    #expect(opening.leftOut.map(\.code) == ["4001-01"])
    #expect(opening.offices == (try district.registry.participants(of: District.cycle)).count)
  }

  @Test func `the checklist counts what is there and what is missing`() throws {
    let empty = try District(isOpen: false)
    let nothing = try empty.registry.setUp(by: empty.by("admin"), at: now)
    #expect(nothing.cycle == nil && nothing.offices == 0 && nothing.accounts.open == 1)
    let district = try District()
    let full = try district.registry.setUp(by: district.by("admin"), at: now)
    #expect(full.participants == 2 && full.offices == 3)
    #expect(full.accounts.open == 13 && full.accounts.unwritten == 13)
    #expect(full.staff.isComplete)
    try district.registry.revoke(
      .director, for: District.other, from: "director2", until: now.day, by: district.by("admin"), at: now)
    try district.close("member2")
    let less = try district.registry.setUp(by: district.by("admin"), at: now)
    #expect(less.staff.withoutDirector == 1 && less.staff.members == 1 && !less.staff.isComplete)
    #expect(throws: Refusal.self) { try district.registry.setUp(by: district.by("member1"), at: now) }
  }
}

extension Registry {
  /// Of the trail's last entry.
  func lastNumber() throws -> Int64? { try read { db in try db.integer("SELECT max(id) FROM event") } }
}

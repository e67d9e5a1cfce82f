import Foundation
import GRDB
public import Integrity

/// The tree of offices, their groups and their numbers.
extension Registry {
  /// Takes a table of offices in: new ones are added, others brought up to date, none is taken away. Numbers of
  /// stakeholders in it go to every cycle that is being prepared or open.
  public func keep(offices: [Office], isDryRun: Bool, by signer: Signer, at now: Moment) throws -> Changes {
    try write(signer, at: now) { desk in try desk.keep(offices: offices, isDryRun: isDryRun) }
  }

  /// Working groups of offices.
  public func keep(groups: [GroupEntry], isDryRun: Bool, by signer: Signer, at now: Moment) throws -> Changes
  {
    try write(signer, at: now) { desk in try desk.keep(groups: groups, isDryRun: isDryRun) }
  }

  public func offices() throws -> [Office] { try read { db in try db.offices() } }

  /// Codes of groups that any office has.
  public func groupCodes() throws -> Set<Code<Group>> {
    try read { db in
      Set(try db.rows("SELECT DISTINCT code FROM working_group").map { Code($0["code"]) })
    }
  }

  public func groups(of office: Code<Office>) throws -> [GroupEntry] {
    try read { db in try db.groups(of: try db.officeID(office), office) }
  }

  /// How many people a questionnaire may ask, by instrument.
  public func enterStakeholders(
    _ numbers: [Code<Node>: Int], of office: Code<Office>, in code: Code<Cycle>, by signer: Signer,
    at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let (cycle, _, rubric, _) = try desk.matter(of: office, in: code)
      for (instrument, number) in numbers.sorted(by: { $0.key < $1.key }) {
        guard rubric.instrument(instrument)?.questionnaire != nil else {
          throw StorageProblem.unknown(what: "questionnaire", code: instrument.text)
        }
        guard (0...100_000_000).contains(number) else {
          throw StorageProblem.invalid("\(number) is not a number of people", thai: "\(number) ไม่ใช่จำนวนคน")
        }
        try desk.allow(
          .enterStakeholders, try desk.matter(of: office, in: code, instrument: instrument).matter)
        try desk.putStakeholders(
          number, instrument, try desk.db.officeID(office), cycle, as: .enterStakeholders)
      }
    }
  }
}

extension Desk {
  /// Offices as a table has them: new ones are added, others brought up to date.
  func keep(offices: [Office], isDryRun: Bool) throws -> Changes {
    try allow(.keepOffices, Matter())
    let before = Dictionary(try db.offices().map { ($0.code, $0) }) { a, _ in a }
    var changes = Changes()
    var pending: [Office] = []
    for office in offices {
      let kept = before[office.code].map { $0 == office.with(stakeholders: [:]) }
      changes.note(kept == nil ? .added : kept == true ? .unchanged : .changed, office.code.text)
      if kept != true { pending.append(office) }
    }
    let known = Set(before.keys).union(offices.map(\.code))
    for office in pending {
      for other in [office.parent, office.successor].compactMap({ $0 }) where !known.contains(other) {
        throw StorageProblem.unknown(what: "office", code: other.text)
      }
    }
    try Desk.inspectTree(offices, before)
    if isDryRun { return changes }
    try put(pending)
    for office in pending { try followUp(office) }
    for office in offices where !office.stakeholders.isEmpty { try keepStakeholders(of: office) }
    return changes
  }

  /// Nobody is their own ancestor, the offices kept before included.
  private static func inspectTree(_ offices: [Office], _ before: [Code<Office>: Office]) throws {
    let parents = before.mapValues(\.parent).merging(offices.map { ($0.code, $0.parent) }) { _, new in new }
    for office in offices {
      var passed: Set<Code<Office>> = [office.code]
      var next = office.parent
      while let code = next {
        guard passed.insert(code).inserted else {
          throw StorageProblem.invalid(
            "the office '\(office.code)' is above itself; correct the parents",
            thai: "หน่วยงาน “\(office.code)” อยู่เหนือตนเองในสายบังคับบัญชา โปรดแก้ไขหน่วยงานต้นสังกัด")
        }
        next = parents[code] ?? nil
      }
    }
  }

  /// In two rounds, since a parent or a successor may come later in the table.
  private func put(_ offices: [Office]) throws {
    for office in offices {
      try db.run(
        """
        INSERT INTO office (code, name_th, name_en, kind, from_day, until_day, provinces, region_th, region_en,
          conditions)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (code) DO UPDATE SET name_th = excluded.name_th, name_en = excluded.name_en,
          kind = excluded.kind, from_day = excluded.from_day, until_day = excluded.until_day,
          provinces = excluded.provinces, region_th = excluded.region_th, region_en = excluded.region_en,
          conditions = excluded.conditions
        """, office.code.text, office.name.thai, office.name.english, office.kind?.text,
        office.from?.description, office.until?.description, office.provincesJSON, office.region?.thai,
        office.region?.english,
        office.conditionsJSON)
    }
    for office in offices {
      let id = try db.officeID(office.code)
      try db.run(
        "UPDATE office SET parent = ?, successor = ? WHERE id = ?", try office.parent.map(db.officeID),
        try office.successor.map(db.officeID), id)
      try record(.keepOffices, office.code.text, office: id, row: "office", id)
    }
  }

  /// Working groups as a table has them.
  func keep(groups: [GroupEntry], isDryRun: Bool) throws -> Changes {
    try allow(.keepOffices, Matter())
    var changes = Changes()
    for entry in groups {
      let office = try db.officeID(entry.office)
      let before = try db.row(
        "SELECT * FROM working_group WHERE office = ? AND code = ?", office, entry.group.text)
      let isSame = before.map {
        $0["title_th"] == entry.title.thai && $0["title_en"] == entry.title.english
      }
      let name = "\(entry.office) \(entry.group)"
      changes.note(isSame == nil ? .added : isSame == true ? .unchanged : .changed, name)
      if isDryRun || isSame == true { continue }
      try db.run(
        """
        INSERT INTO working_group (office, code, title_th, title_en) VALUES (?, ?, ?, ?)
        ON CONFLICT (office, code) DO UPDATE SET title_th = excluded.title_th, title_en = excluded.title_en
        """, office, entry.group.text, entry.title.thai, entry.title.english)
      let row = try db.integer(
        "SELECT id FROM working_group WHERE office = ? AND code = ?", office, entry.group.text)
      try record(.keepOffices, name, office: office, row: "working_group", row ?? 0)
    }
    return changes
  }

  /// Brings an office's facts up to date where it takes part in a cycle that is still open.
  fileprivate func followUp(_ office: Office) throws {
    let id = try db.officeID(office.code)
    let cycles = try db.rows(
      """
      SELECT participant.id AS row, cycle FROM participant JOIN cycle ON cycle.id = participant.cycle
      WHERE office = ? AND stage = 'open'
      """, id)
    for found in cycles {
      try db.run(
        """
        UPDATE participant SET name_th = ?, name_en = ?, kind = ?, parent = ?, provinces = ?, region_th = ?,
          region_en = ?, conditions = ?
        WHERE id = ?
        """, office.name.thai, office.name.english, office.kind?.text, office.parent?.text,
        office.provincesJSON, office.region?.thai, office.region?.english, office.conditionsJSON,
        found["row"] as Int64)
      try record(
        .keepOffices, office.code.text, cycle: found["cycle"], office: id, row: "participant", found["row"])
      touch(cycle: found["cycle"], office: id)
    }
  }

  fileprivate func keepStakeholders(of office: Office) throws {
    let id = try db.officeID(office.code)
    for found in try db.rows("SELECT id FROM cycle WHERE stage IN ('preparing', 'open')") {
      let rubric = try registry.rubric(db, found["id"])
      for (instrument, number) in office.stakeholders.sorted(by: { $0.key < $1.key })
      where rubric.instrument(instrument)?.questionnaire != nil {
        try putStakeholders(number, instrument, id, found["id"], as: .keepOffices)
      }
    }
  }

  fileprivate func putStakeholders(
    _ number: Int, _ instrument: Code<Node>, _ office: Int64, _ cycle: Int64, as act: Act
  ) throws {
    let before = try db.integer(
      "SELECT number FROM stakeholders WHERE cycle = ? AND office = ? AND instrument = ?", cycle, office,
      instrument.text)
    if before == Int64(number) { return }
    try db.run(
      """
      INSERT INTO stakeholders (cycle, office, instrument, number) VALUES (?, ?, ?, ?)
      ON CONFLICT (cycle, office, instrument) DO UPDATE SET number = excluded.number
      """, cycle, office, instrument.text, number)
    let row = try db.integer(
      "SELECT id FROM stakeholders WHERE cycle = ? AND office = ? AND instrument = ?", cycle, office,
      instrument.text)
    try record(act, instrument.text, cycle: cycle, office: office, row: "stakeholders", row ?? 0)
    touch(cycle: cycle, office: office)
  }
}

import Foundation
import GRDB
import Integrity
import Synchronization

/// Rows of cycles, and the matters acts are about.
extension Database {
  func cycleID(_ code: Code<Cycle>) throws -> Int64 {
    guard let id = try integer("SELECT id FROM cycle WHERE code = ?", code.text) else {
      throw StorageProblem.unknown(what: "cycle", code: code.text)
    }
    return id
  }

  func cycle(_ id: Int64) throws -> Cycle {
    guard let row = try row("SELECT * FROM cycle WHERE id = ?", id) else {
      throw StorageProblem.unknown(what: "cycle", code: "\(id)")
    }
    var windows: [String: Window] = [:]
    for row in try rows("SELECT what, opens, closes FROM cycle_window WHERE cycle = ?", id) {
      windows[row["what"]] = Window(
        opens: Moment(seconds: row["opens"]), closes: Moment(seconds: row["closes"]))
    }
    var schedule: Schedule?
    if let assessing = windows.removeValue(forKey: "assessing"),
      let clarifying = windows.removeValue(forKey: "clarifying")
    {
      schedule = Schedule(
        collecting: Dictionary(uniqueKeysWithValues: windows.map { (Code<Node>($0), $1) }),
        assessing: assessing,
        clarifying: clarifying, admitsFurtherProof: row["admits_further_proof"])
    }
    let extensions = try rows(
      """
      SELECT code, instrument, until, reason FROM extension JOIN office ON office.id = extension.office
      WHERE cycle = ? ORDER BY extension.id
      """, id
    ).map {
      Extension(
        office: Code($0["code"]), instrument: Code($0["instrument"]), until: Moment(seconds: $0["until"]),
        reason: $0["reason"])
    }
    return Cycle(
      code: Code(row["code"]), year: FiscalYear(row["year"]),
      title: Words(thai: row["title_th"], english: row["title_en"]),
      stage: Cycle.Stage(rawValue: row["stage"]) ?? .preparing, schedule: schedule, extensions: extensions)
  }

  func rubricTexts(_ cycle: Int64) throws -> [RubricText] {
    try rows(
      """
      SELECT name, bytes FROM cycle_rubric JOIN rubric_text ON rubric_text.digest = cycle_rubric.digest
      WHERE cycle = ? ORDER BY position
      """, cycle
    ).map { RubricText(name: $0["name"], bytes: [UInt8]($0["bytes"] as Data)) }
  }

  /// One digest for the rubric's own file and all it extends.
  func rubricDigest(_ cycle: Int64) throws -> Data {
    let digests = try rows("SELECT name, digest FROM cycle_rubric WHERE cycle = ? ORDER BY position", cycle)
    return Digest.of(
      Canonical.strings(digests.flatMap { [$0["name"] as String, Digest.hex($0["digest"] as Data)] }))
  }

  /// The office as it takes part in a cycle, with its stakeholders.
  func participants(_ cycle: Int64, office: Int64? = nil) throws -> [(id: Int64, office: Office)] {
    var stakeholders: [Int64: [Code<Node>: Int]] = [:]
    let numbers = try rows(
      "SELECT office, instrument, number FROM stakeholders WHERE cycle = ?", ofCycle: cycle, office: office)
    for row in numbers { stakeholders[row["office"], default: [:]][Code(row["instrument"])] = row["number"] }
    let sql = Database.participant
    let found =
      try office.map { try rows(sql + " WHERE cycle = ? AND participant.office = ?", cycle, $0) }
      ?? rows(sql + " WHERE cycle = ? ORDER BY participant.id", cycle)
    return try found.map { row in
      let id: Int64 = row["office"]
      return (id, try self.office(row).with(stakeholders: stakeholders[id] ?? [:]))
    }
  }
}

extension Database {
  /// An office as it takes part, as `office` reads it.
  private static let participant = """
    SELECT participant.office AS office, code, participant.name_th AS name_th, participant.name_en AS name_en,
      participant.kind AS kind, participant.parent AS parent_code, participant.provinces AS provinces,
      coalesce(participant.region_th, office.region_th) AS region_th,
      coalesce(participant.region_en, office.region_en) AS region_en,
      participant.conditions AS conditions, NULL AS from_day, NULL AS until_day, NULL AS successor_code
    FROM participant JOIN office ON office.id = participant.office
    """

  /// Some of a cycle's offices, without their stakeholders, in no order.
  ///
  /// - Parameter ids: their numbers.
  func participants(_ cycle: Int64, among ids: [Int64]) throws -> [Int64: Office] {
    let list = ids.map { "\($0)" }.joined(separator: ", ")
    let rows = try Row.fetchAll(
      self, sql: Database.participant + " WHERE cycle = ? AND participant.office IN (\(list))",
      arguments: [cycle])
    return Dictionary(try rows.map { ($0["office"], try office($0)) }) { a, _ in a }
  }
}

extension Office {
  func with(stakeholders: [Code<Node>: Int]) -> Office {
    Office(
      code: code, name: name, kind: kind, parent: parent, provinces: provinces, region: region, from: from,
      until: until, successor: successor, stakeholders: stakeholders, conditions: conditions)
  }
}

extension Registry {
  /// The rubric of a cycle, read from its kept text once. Until the cycle is opened another text may take its place.
  func rubric(_ db: Database, _ cycle: Int64) throws -> Rubric {
    if let rubric = rubrics.withLock({ $0.opened[cycle] }) { return rubric }
    let digest = try db.rubricDigest(cycle)
    let known = rubrics.withLock { $0.preparing[digest] }
    let rubric = try known ?? formats.rubric(try db.rubricTexts(cycle))
    let isOpened =
      try db.text("SELECT stage FROM cycle WHERE id = ?", cycle) != Cycle.Stage.preparing.rawValue
    rubrics.withLock { if isOpened { $0.opened[cycle] = rubric } else { $0.preparing[digest] = rubric } }
    return rubric
  }
}

/// Rubrics that were read: of opened cycles by the cycle's id, of others by their texts' digest.
struct RubricCache {
  var opened: [Int64: Rubric] = [:]
  var preparing: [Data: Rubric] = [:]
}

extension Desk {
  /// A cycle's id, value and rubric.
  func cycle(_ code: Code<Cycle>) throws -> (id: Int64, cycle: Cycle, rubric: Rubric) {
    let id = try registry.cycleID(code, db)
    return (id, try registry.cycle(id, db), try registry.rubric(db, id))
  }

  /// A disclosure of an office in a cycle, with all the permission room asks about it.
  func disclosure(
    _ item: Code<Node>, of office: Code<Office>, in code: Code<Cycle>, subject: Person? = nil
  ) throws -> Disclosure {
    let (id, cycle, rubric) = try cycle(code)
    let officeID = try registry.officeID(office, db)
    guard try registry.participant(id, office: officeID, db) != nil else {
      throw StorageProblem.invalid(
        "the office '\(office)' does not take part in \(code)",
        thai: "หน่วยงาน “\(office)” ไม่ได้เข้าร่วมรอบการประเมิน \(code)")
    }
    guard let (instrument, found) = rubric.disclosure(item) else {
      throw StorageProblem.unknown(what: "disclosure", code: item.text)
    }
    let latest = try db.row(
      "SELECT * FROM submission WHERE cycle = ? AND office = ? AND item = ? ORDER BY version DESC LIMIT 1",
      id,
      officeID, item.text)
    let assignees = try db.rows(
      """
      SELECT assessor FROM assignment WHERE cycle = ? AND office = ? AND (item IS NULL OR item = ?)
        AND from_at <= ? AND (until_at IS NULL OR until_at > ?)
      """, id, officeID, item.text, now.seconds, now.seconds
    ).map { ID<Person>($0["assessor"]) }
    let contested = try db.row(
      "SELECT * FROM clarification WHERE cycle = ? AND office = ? AND item = ?", id, officeID, item.text)
    let first = try db.integer(
      """
      SELECT assessor FROM finding WHERE cycle = ? AND office = ? AND item = ? AND stage = 'first'
      ORDER BY id DESC LIMIT 1
      """, id, officeID, item.text)
    let matter = Matter(
      cycle: cycle, office: office, lineage: try registry.lineage(officeID, db), instrument: instrument,
      groups: Set([found.group].compactMap { $0 } + found.contributing),
      submission: latest.flatMap { Submission.State(rawValue: $0["state"]) }, assignees: Set(assignees),
      firstAssessor: first.map { ID($0) }, decider: (contested?["decider"] as Int64?).map { ID($0) },
      isContested: contested != nil, subject: subject)
    return Disclosure(
      cycle: id, office: officeID, item: found, matter: matter, latest: latest, clarification: contested)
  }

  struct Disclosure {
    let cycle: Int64
    let office: Int64
    let item: Item
    let matter: Matter
    /// The row of its latest version.
    let latest: Row?
    let clarification: Row?
  }

  /// A matter of an office in a cycle that is about no disclosure in particular; the instrument is the first of its kind.
  func matter(
    of office: Code<Office>?, in code: Code<Cycle>, instrument: Code<Node>? = nil, subject: Person? = nil
  ) throws -> (cycle: Int64, office: Int64?, rubric: Rubric, matter: Matter) {
    let (id, cycle, rubric) = try cycle(code)
    let officeID = try office.map { try registry.officeID($0, db) }
    let disclosure = rubric.instruments.first { $0.questionnaire == nil }
    let matter = Matter(
      cycle: cycle, office: office, lineage: try officeID.map { try registry.lineage($0, db) },
      instrument: instrument.flatMap(rubric.instrument) ?? disclosure, subject: subject)
    return (id, officeID, rubric, matter)
  }
}

extension Rubric {
  /// A disclosure, or a deduction, by its code, with the instrument whose windows it follows.
  func disclosure(_ code: Code<Node>) -> (instrument: Instrument, item: Item)? {
    if let found = items.first(where: { $0.item.code == code && $0.instrument.questionnaire == nil }) {
      return found
    }
    guard let deduction = deductions.first(where: { $0.code == code }),
      let instrument = instruments.first(where: { $0.questionnaire == nil })
    else { return nil }
    return (instrument, deduction)
  }
}

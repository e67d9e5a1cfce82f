import Foundation
import GRDB
import Integrity

/// A cycle as its lead assessor sees it: who judges, what they have, and which offices nobody has. No query is asked
/// once an office or once a person.
struct LeadPlace {
  let desk: Desk
  let cycleID: Int64
  let cycle: Cycle
  let rubric: Rubric
  let instrument: Instrument?
  let assessors: [AssessorRow]
  let eligibility: Eligibility

  var db: Database { desk.db }

  init(_ desk: Desk, _ code: Code<Cycle>) throws {
    self.desk = desk
    let (id, _, rubric, matter) = try desk.matter(of: nil, in: code)
    try desk.allow(.readProgress, matter)
    (cycleID, self.rubric, cycle) = (id, rubric, try desk.db.cycle(id))
    instrument = matter.instrument
    assessors = try desk.db.assessors(in: id)
    eligibility = Eligibility(assessors, on: desk.now.day)
  }

  func assessor(_ code: Code<Person>) throws -> AssessorRow {
    guard let found = assessors.first(where: { $0.code == code }) else {
      throw StorageProblem.unknown(what: "person", code: code.text)
    }
    return found
  }

  /// Why the reader may not assign; nil where they may.
  func refusal() throws -> Refusal? {
    Conduct.may(
      .assign, in: Matter(cycle: cycle, instrument: instrument), by: try desk.signer(), at: desk.now)
  }

  func matter(_ office: Code<Office>, _ lineage: [Code<Office>], _ subject: Person?) -> Matter {
    Matter(cycle: cycle, office: office, lineage: lineage, instrument: instrument, subject: subject)
  }

  // What is due.

  /// The disclosures due of offices of one kind that state the same conditions.
  struct Due {
    let kind: String?
    let conditions: String
    let items: [Code<Node>]
  }

  /// Offices that differ neither in kind nor in conditions have the same disclosures.
  func dues() throws -> [Due] {
    try db.rows("SELECT DISTINCT kind, conditions FROM participant WHERE cycle = ?", cycleID).map { row in
      let office = Office(
        code: "", name: Words(thai: "", english: ""), kind: (row["kind"] as String?).map { Code($0) },
        conditions: Set(try db.strings(row["conditions"]).map { Code($0) }))
      return Due(
        kind: row["kind"], conditions: row["conditions"],
        items: rubric.disclosures(for: office).map(\.item.code))
    }
  }

  /// The same as a table within a query: kind, conditions and how many.
  static func table(_ dues: [Due]) -> (sql: String, arguments: StatementArguments) {
    let values: [(any DatabaseValueConvertible)?] = dues.flatMap { due in
      [due.kind, due.conditions, due.items.count] as [(any DatabaseValueConvertible)?]
    }
    let rows =
      dues.isEmpty ? "SELECT NULL, '', 0" : "VALUES " + dues.map { _ in "(?, ?, ?)" }.joined(separator: ", ")
    return ("due (kind, conditions, items) AS (\(rows))", StatementArguments(values))
  }

  // Who has what.

  func loads() throws -> [Registry.AssessorLoad] {
    let dues = try dues()
    var offices: [Int64: Int] = [:]
    var items: [Int64: Int] = [:]
    for row in try db.rows(
      """
      SELECT assessor, kind, conditions, count(*) AS offices, sum(whole) AS whole,
        sum(CASE WHEN whole THEN 0 ELSE single END) AS single
      FROM (SELECT assessor, office, max(item IS NULL) AS whole, count(DISTINCT item) AS single FROM assignment
        WHERE cycle = ? AND until_at IS NULL GROUP BY assessor, office) AS held
      JOIN participant ON participant.cycle = ? AND participant.office = held.office
      GROUP BY assessor, kind, conditions
      """, cycleID, cycleID)
    {
      let due = dues.first { $0.kind == row["kind"] as String? && $0.conditions == row["conditions"] }
      offices[row["assessor"], default: 0] += row["offices"]
      items[row["assessor"], default: 0] += (row["whole"] as Int) * (due?.items.count ?? 0) + row["single"]
    }
    let (judged, deciding) = (try judged(), try deciding())
    let (names, done) = (try officeNames(), try judgedInConflict())
    return assessors.map { row in
      Registry.AssessorLoad(
        id: ID(row.id), code: row.code, name: row.person.name, post: row.post,
        isActive: row.person.holds(.assessor, on: desk.now.day), offices: offices[row.id] ?? 0,
        items: items[row.id] ?? 0, judged: judged[row.id] ?? 0, deciding: deciding[row.id] ?? 0,
        ties: ties(of: row.person, names, done[row.id] ?? [:]))
    }
  }

  /// Of what each has, what is judged, by whomever.
  private func judged() throws -> [Int64: Int] {
    var judged: [Int64: Int] = [:]
    // Whole offices: counted once an office, in the order of an index.
    for row in try db.rows(
      """
      SELECT assessor, sum(judged) AS judged
      FROM (SELECT DISTINCT assessor, office FROM assignment WHERE cycle = ? AND item IS NULL AND until_at IS NULL) AS held
      JOIN (SELECT office, count(*) AS judged
        FROM (SELECT DISTINCT office, item FROM finding WHERE cycle = ? AND stage = 'first') GROUP BY office) AS done
      ON done.office = held.office GROUP BY assessor
      """, cycleID, cycleID)
    {
      judged[row["assessor"], default: 0] += row["judged"]
    }
    for row in try db.rows(
      """
      SELECT assessor, count(*) AS judged
      FROM (SELECT DISTINCT assessor, office, item FROM assignment AS single
        WHERE cycle = ? AND item IS NOT NULL AND until_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM assignment AS whole WHERE whole.cycle = single.cycle AND whole.office = single.office
            AND whole.assessor = single.assessor AND whole.item IS NULL AND whole.until_at IS NULL)) AS held
      WHERE EXISTS (SELECT 1 FROM finding WHERE finding.cycle = ? AND finding.office = held.office
        AND finding.item = held.item AND stage = 'first') GROUP BY assessor
      """, cycleID, cycleID)
    {
      judged[row["assessor"], default: 0] += row["judged"]
    }
    return judged
  }

  /// How many contested findings each is named for and has not decided.
  private func deciding() throws -> [Int64: Int] {
    let rows = try db.rows(
      """
      SELECT decider, count(*) AS open FROM clarification WHERE cycle = ? AND decider IS NOT NULL
        AND \(Database.isUndecided) GROUP BY decider
      """, cycleID)
    return Dictionary(rows.map { ($0["decider"], $0["open"]) }) { a, _ in a }
  }

  /// How many findings of somebody's stand, wherever they made them.
  func standing(of code: Code<Person>) throws -> Int {
    try db.integer(
      """
      SELECT count(*) FROM finding WHERE cycle = ? AND assessor = ? AND stage = 'first' AND judgement <> 'pending'
        AND NOT EXISTS (SELECT 1 FROM finding AS later WHERE later.cycle = finding.cycle
          AND later.office = finding.office AND later.item = finding.item AND later.stage = 'first'
          AND later.id > finding.id)
      """, cycleID, try assessor(code).id
    ).map { Int($0) } ?? 0
  }

  // Whom somebody may not judge.

  /// Names of offices where assessors serve or served, or which they have declared.
  private func officeNames() throws -> [Code<Office>: Words] {
    let found = try db.rows(
      """
      SELECT code, name_th, name_en FROM office WHERE id IN (
        SELECT posting.office FROM posting JOIN role_grant ON role_grant.person = posting.person
          AND role = 'assessor'
        UNION SELECT conflict.office FROM conflict JOIN role_grant ON role_grant.person = conflict.person
          AND role = 'assessor')
      """)
    return Dictionary(
      found.map { (Code($0["code"]), Words(thai: $0["name_th"], english: $0["name_en"])) }
    ) { a, _ in a }
  }

  /// By person and office, how many findings of theirs stand where they have declared a conflict.
  private func judgedInConflict() throws -> [Int64: [Code<Office>: Int]] {
    var judged: [Int64: [Code<Office>: Int]] = [:]
    for row in try db.rows(
      """
      SELECT person, code, count(*) AS judged FROM conflict JOIN office ON office.id = conflict.office
      JOIN finding ON finding.cycle = ? AND finding.office = conflict.office AND assessor = person
        AND stage = 'first' AND judgement <> 'pending'
      WHERE NOT EXISTS (SELECT 1 FROM finding AS later WHERE later.cycle = finding.cycle
        AND later.office = finding.office AND later.item = finding.item AND later.stage = 'first'
        AND later.id > finding.id)
      GROUP BY person, code
      """, cycleID)
    {
      judged[row["person"], default: [:]][Code(row["code"])] = row["judged"]
    }
    return judged
  }

  private func ties(
    of person: Person, _ names: [Code<Office>: Words], _ judged: [Code<Office>: Int]
  ) -> [Registry.Tie] {
    func tie(_ office: Code<Office>, _ conflict: Conflict) -> Registry.Tie {
      Registry.Tie(
        office: office, name: names[office] ?? Words(thai: office.text, english: office.text), conflict,
        judged: judged[office] ?? 0)
    }
    var ties: [Registry.Tie] = []
    for posting in person.postings {
      guard let conflict = person.conflict(with: posting.lineage, on: desk.now.day),
        !ties.contains(where: { $0.office == posting.office })
      else { continue }
      ties.append(tie(posting.office, conflict))
    }
    let declared = person.declared.sorted().filter { office in !ties.contains { $0.office == office } }
    return ties + declared.map { tie($0, .declared) }
  }
}

extension Array {
  /// A hundred of them, from the first on; all of them where no page is asked for.
  func page(_ number: Int?) -> [Element] {
    guard let number else { return self }
    return Array(dropFirst(Swift.max(0, number - 1) * Registry.pageLength).prefix(Registry.pageLength))
  }
}

extension Database {
  /// Of a row of `clarification`: that nobody has decided it, nor the committee corrected the finding.
  static let isUndecided = """
    NOT EXISTS (SELECT 1 FROM finding WHERE finding.cycle = clarification.cycle
      AND finding.office = clarification.office AND finding.item = clarification.item
      AND finding.stage IN ('clarified', 'corrected'))
    """
}

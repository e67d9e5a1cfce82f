import Foundation
import GRDB
public import Integrity

/// What the lead assessor's pages show of who judges what.
extension Registry {
  /// An assessor with what they have before them.
  public struct AssessorLoad: Hashable, Sendable {
    public let id: ID<Person>
    public let code: Code<Person>
    public let name: String
    public let post: String
    /// Whether they may judge today; not where their role has ended or their account is closed.
    public let isActive: Bool
    /// Offices of which they have something.
    public let offices: Int
    /// Disclosures they have, and those among them that are judged.
    public let items: Int
    public let judged: Int
    /// Contested findings they are to decide.
    public let deciding: Int
    /// Offices they may not judge for a reason of their own: declared, or where they serve or served.
    public let ties: [Tie]

    public var left: Int { max(0, items - judged) }
  }

  /// An office somebody may not judge.
  public struct Tie: Hashable, Sendable {
    public let office: Code<Office>
    public let name: Words
    public let conflict: Conflict
    /// Disclosures there that they judged before it was known: their findings stay in force.
    public let judged: Int

    init(office: Code<Office>, name: Words, _ conflict: Conflict, judged: Int) {
      (self.office, self.name, self.conflict, self.judged) = (office, name, conflict, judged)
    }
  }

  /// Which offices are asked for.
  public struct AssigningFilter: Hashable, Sendable {
    public var state: AssigningState?
    public var kind: Code<OfficeKind>?
    /// Who has something of it.
    public var assessor: Code<Person>?
    /// A part of its name, or the beginning of its code.
    public var search = ""

    public init() {}
  }

  /// Whether somebody judges each disclosure of an office.
  public enum AssigningState: String, Hashable, Sendable, CaseIterable {
    case none, partly, assigned
  }

  /// An office and who judges it.
  public struct PlacedOffice: Sendable {
    public let office: Office
    public let state: AssigningState
    public let holders: [Holder]
    /// Disclosures due, and those judged.
    public let due: Int
    public let judged: Int
    /// Assessors of today who may not judge it, by name.
    public let barred: [String]
    /// Whether the reader is in conflict with it and may not assign it.
    public let isReaderBarred: Bool
  }

  /// Somebody who judges something of an office.
  public struct Holder: Hashable, Sendable {
    public let code: Code<Person>
    public let name: String
    /// nil for the whole office.
    public let items: [Code<Node>]?
  }

  /// The lead assessor's overview of who judges what.
  public struct AssigningDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let assessors: [AssessorLoad]
    /// How many offices stand where, of those the rest of the filter leaves.
    public let counts: [AssigningState: Int]
    /// How many match the filter; the page has a hundred of them at most.
    public let found: Int
    public let offices: [PlacedOffice]
    /// Why nothing can be assigned now; nil where it can.
    public let refusal: Refusal?
    /// Of the assessor in the filter, how many findings of theirs stand, whoever has the offices now; nil without one.
    public let standing: Int?
  }

  /// How many rows a page has.
  public static let pageLength = 100

  /// Who judges what in a cycle, a page of offices at a time.
  ///
  /// - Parameter page: nil for all of them.
  public func assigningDesk(
    _ filter: AssigningFilter = AssigningFilter(), page: Int? = 1, in cycle: Code<Cycle>, by signer: Signer,
    at now: Moment
  ) throws -> AssigningDesk {
    try reading(signer, at: now) { desk in
      let place = try LeadPlace(desk, cycle)
      let refusal = try place.refusal()
      if let refusal, case .role = refusal.reason { throw StorageProblem.unknown(what: "page", code: "") }
      let found = try place.offices(filter)
      let asked = filter.state.map { state in found.filter { $0.state == state } } ?? found
      let shown = asked.page(page)
      return AssigningDesk(
        cycle: place.cycle, rubric: place.rubric, assessors: try place.loads(),
        counts: Dictionary(grouping: found, by: \.state).mapValues(\.count), found: asked.count,
        offices: try place.placed(shown), refusal: refusal,
        standing: try filter.assessor.map { try place.standing(of: $0) })
    }
  }

  /// One office: who judges which of its disclosures.
  public struct AssignedOfficeDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let placed: PlacedOffice
    public let items: [AssignedItem]
    public let assessors: [AssessorLoad]
    /// What keeps each from being given the office.
    public let obstacles: [Code<Person>: Refusal]
    public let refusal: Refusal?
  }

  /// A disclosure of an office and who judges it.
  public struct AssignedItem: Sendable {
    public let item: Item
    /// By name.
    public let holders: [String]
    /// Who has judged it; nil where nobody has.
    public let judge: String?
  }

  /// One office with its disclosures and everybody who could judge them.
  public func assignedOfficeDesk(
    _ office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> AssignedOfficeDesk {
    try reading(signer, at: now) { desk in
      let place = try LeadPlace(desk, cycle)
      if let refusal = try place.refusal(), case .role = refusal.reason {
        throw StorageProblem.unknown(what: "page", code: "")
      }
      let own = try DeskPlace(desk, office, cycle)
      let lineage = own.matter.lineage
      guard let standing = try place.offices(AssigningFilter(), only: own.officeID).first,
        let placed = try place.placed([standing]).first
      else { throw StorageProblem.unknown(what: "office", code: office.text) }
      let judges = try place.judges(of: own.officeID)
      let reader = try desk.signer()
      let obstacles = place.assessors.compactMap { row in
        Conduct.may(.assign, in: place.matter(office, lineage, row.person), by: reader, at: now).map {
          (row.code, $0)
        }
      }
      return AssignedOfficeDesk(
        cycle: place.cycle, rubric: place.rubric, placed: placed,
        items: place.rubric.disclosures(for: own.office).map { _, item in
          AssignedItem(
            item: item,
            holders: placed.holders.filter { $0.items?.contains(item.code) ?? true }.map(\.name),
            judge: judges[item.code])
        }, assessors: try place.loads(), obstacles: Dictionary(obstacles) { a, _ in a },
        refusal: Conduct.may(.assign, in: place.matter(office, lineage, nil), by: reader, at: now))
    }
  }
}

extension LeadPlace {
  /// An office and how much of it somebody judges.
  struct Standing {
    let id: Int64
    let code: Code<Office>
    let state: Registry.AssigningState
    let due: Int
  }

  /// The offices that a filter leaves, whatever their state, by their codes.
  func offices(_ filter: Registry.AssigningFilter, only office: Int64? = nil) throws -> [Standing] {
    let (table, dues) = LeadPlace.table(try dues())
    var conditions = ["participant.cycle = ?"]
    var arguments = dues + [cycleID]
    if let office {
      conditions.append("participant.office = ?")
      arguments += [office]
    }
    if let kind = filter.kind {
      conditions.append("participant.kind = ?")
      arguments += [kind.text]
    }
    if let assessor = filter.assessor {
      arguments += [try self.assessor(assessor).id]
      conditions.append(
        """
        EXISTS (SELECT 1 FROM assignment WHERE assignment.cycle = participant.cycle
          AND assignment.office = participant.office AND until_at IS NULL AND assessor = ?)
        """)
    }
    if !filter.search.isEmpty {
      conditions.append(
        "(code LIKE ? ESCAPE '\\' OR participant.name_th LIKE ? ESCAPE '\\' OR participant.name_en LIKE ? ESCAPE '\\')"
      )
      let text = filter.search.escapedForLike
      arguments += ["\(text)%", "%\(text)%", "%\(text)%"]
    }
    let sql = """
      WITH \(table) SELECT participant.office, code, due.items,
        EXISTS (SELECT 1 FROM assignment WHERE assignment.cycle = participant.cycle
          AND assignment.office = participant.office AND until_at IS NULL) AS is_held,
        CASE WHEN EXISTS (SELECT 1 FROM assignment WHERE assignment.cycle = participant.cycle
          AND assignment.office = participant.office AND item IS NULL AND until_at IS NULL) THEN due.items
        ELSE (SELECT count(*) FROM (
          SELECT item FROM assignment WHERE assignment.cycle = participant.cycle
            AND assignment.office = participant.office AND until_at IS NULL
          UNION SELECT item FROM finding WHERE finding.cycle = participant.cycle
            AND finding.office = participant.office AND stage = 'first')) END AS covered
      FROM participant JOIN office ON office.id = participant.office
      JOIN due ON due.kind IS participant.kind AND due.conditions = participant.conditions
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY code
      """
    var found: [Standing] = []
    try db.step(sql, arguments) { row in
      let (due, covered) = (Int(row.integer(2)), Int(row.integer(4)))
      let state: Registry.AssigningState =
        covered >= due ? .assigned : row.integer(3) == 0 ? .none : .partly
      found.append(Standing(id: row.integer(0), code: Code(row.text(1)), state: state, due: due))
    }
    return found
  }

  /// Offices with who judges them, in the order in which they are asked for.
  func placed(_ standings: [Standing]) throws -> [Registry.PlacedOffice] {
    let among = standings.map { "\($0.id)" }.joined(separator: ", ")
    let offices = try db.participants(cycleID, among: standings.map(\.id))
    let holders = try holders(of: among)
    var judged: [Int64: Int] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT office, count(*) AS judged FROM (SELECT DISTINCT office, item FROM finding
          WHERE cycle = ? AND stage = 'first' AND office IN (\(among))) GROUP BY office
        """, arguments: [cycleID])
    {
      judged[row["office"]] = row["judged"]
    }
    let lineages = try db.lineages(of: among)
    let reader = try desk.signer()
    let active = assessors.filter { $0.person.holds(.assessor, on: desk.now.day) }
    return standings.compactMap { standing in
      guard let office = offices[standing.id] else { return nil }
      let lineage = lineages[standing.id] ?? [office.code]
      let barred = active.filter { row in
        if case .conflict? = eligibility.obstacle(row.id, lineage) { true } else { false }
      }
      return Registry.PlacedOffice(
        office: office, state: standing.state, holders: holders[standing.id] ?? [], due: standing.due,
        judged: judged[standing.id] ?? 0, barred: barred.map(\.person.name),
        isReaderBarred: reader.conflict(with: lineage, on: desk.now.day) != nil)
    }
  }

  private func holders(of among: String) throws -> [Int64: [Registry.Holder]] {
    var holders: [Int64: [Registry.Holder]] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT office, code, name, max(item IS NULL) AS whole, group_concat(item, '\n') AS items FROM assignment
        JOIN person ON person.id = assessor WHERE cycle = ? AND until_at IS NULL AND office IN (\(among))
        GROUP BY office, assessor ORDER BY office, min(assignment.id)
        """, arguments: [cycleID])
    {
      let items = (row["items"] as String? ?? "").split(separator: "\n").map { Code<Node>(String($0)) }
      holders[row["office"], default: []].append(
        Registry.Holder(code: Code(row["code"]), name: row["name"], items: row["whole"] ? nil : items))
    }
    return holders
  }

  /// By disclosure, the name of who judged it last.
  func judges(of office: Int64) throws -> [Code<Node>: String] {
    let found = try db.rows(
      """
      SELECT item, max(finding.id), name FROM finding JOIN person ON person.id = assessor
      WHERE cycle = ? AND office = ? AND stage = 'first' GROUP BY item
      """, cycleID, office)
    return Dictionary(found.map { (Code($0["item"]), $0["name"]) }) { a, _ in a }
  }
}

extension String {
  /// As LIKE finds it, and nothing else.
  var escapedForLike: String {
    replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}

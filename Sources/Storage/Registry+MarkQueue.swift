import Foundation
import GRDB
public import Integrity

/// What an assessor has before them: a fixed number of queries, however many offices and disclosures it is.
extension Registry {
  /// Everything that is assigned to an assessor in a cycle and that they may see.
  public struct MarkQueue: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// In the order of their codes; none they are in conflict with.
    public let offices: [MarkedOffice]
    /// Item after item in the order of the rubric, and of one item office after office.
    public let entries: [MarkEntry]

    /// Entries that have been judged, whoever did it.
    public var judged: Int { entries.count { $0.state == .judged } }
  }

  public struct MarkedOffice: Sendable {
    public let office: Office
    /// Why nothing of it can be judged now: not yet, or not any more; nil where it can.
    public let refusal: Refusal?
    /// Whether what it submitted can be read.
    public let isReadable: Bool
  }

  /// One disclosure of one office, and where judging it stands.
  public struct MarkEntry: Sendable {
    /// Into the queue's offices.
    public let place: Int
    public let office: Code<Office>
    public let item: Item
    public let state: MarkState
    /// Whether the office has submitted it.
    public let isSubmitted: Bool
    /// When it was judged, asked about, or last put down.
    public let at: Moment?
  }

  /// Where judging a disclosure stands.
  public enum MarkState: String, Hashable, Sendable, CaseIterable {
    case notJudged = "not_judged"
    /// Something is put down and not finished.
    case begun
    /// What was found was taken back.
    case open
    /// The lead assessor is to say.
    case asked
    case judged
  }

  /// What an assessor has before them in a cycle. Of offices they are in conflict with there is nothing in it.
  ///
  /// - Throws: `Refusal` for whoever is no assessor today.
  public func markQueue(of cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws -> MarkQueue {
    try reading(signer, at: now) { desk in
      try desk.insistOnAssessor()
      return try desk.markQueue(of: cycle)
    }
  }
}

extension Desk {
  /// An assessor's pages are for whoever may judge something somewhere.
  @discardableResult
  func insistOnAssessor() throws -> Actor {
    guard let actor else { throw Refusal(.readSubmission, .role([.assessor])) }
    let places = actor.person.grants.flatMap { grant -> [Code<Office>?] in
      switch grant.scope {
      case .everywhere: [nil]
      case .offices(let offices): offices.sorted().map { $0 }
      }
    }
    for place in Set(places) {
      let matter = Matter(office: place, assignees: [actor.person.id])
      if Conduct.may(.judge, in: matter, by: actor.person, at: now) == nil {
        try allow(.judge, matter)
        return actor
      }
    }
    throw Refusal(.readSubmission, .role([.assessor]))
  }

  func markQueue(of code: Code<Cycle>) throws -> Registry.MarkQueue {
    let (id, cycle, rubric) = try cycle(code)
    let person = try signer()
    let assigned = try assigned(in: id)
    let lineages = try db.lineages(ofAssigned: person.id.rawValue, in: id)
    let instrument = rubric.instruments.first { $0.questionnaire == nil }
    var offices: [(id: Int64, marked: Registry.MarkedOffice)] = []
    for (officeID, office) in try db.assignedOffices(to: person.id.rawValue, in: id) {
      let matter = Matter(
        cycle: cycle, office: office.code, lineage: lineages[officeID], instrument: instrument,
        assignees: [person.id])
      let refusal = Conduct.may(.judge, in: matter, by: person, at: now)
      switch refusal?.reason {
      case .role, .conflict, .notAssigned, .closed: continue
      default: break
      }
      let isReadable = Conduct.may(.readSubmission, in: matter, by: person, at: now) == nil
      offices.append(
        (officeID, Registry.MarkedOffice(office: office, refusal: refusal, isReadable: isReadable)))
    }
    offices.sort { $0.marked.office.code < $1.marked.office.code }
    let standing = try MarkStanding(db, of: person.id.rawValue, in: id)
    var entries: [[Registry.MarkEntry]] = []
    var places: [Code<Node>: Int] = [:]
    let everything =
      rubric.items.filter { $0.instrument.questionnaire == nil }.map(\.item) + rubric.deductions
    for item in everything {
      places[item.code] = entries.count
      entries.append([])
    }
    for (place, (officeID, marked)) in offices.enumerated() {
      let (isWhole, single) = assigned[officeID] ?? (false, [])
      let due = isWhole ? Set(rubric.disclosures(for: marked.office).map(\.item.code)) : []
      for item in everything where due.contains(item.code) || single.contains(item.code) {
        guard let row = places[item.code] else { continue }
        entries[row].append(standing.entry(place, officeID, marked, item))
      }
    }
    return Registry.MarkQueue(
      cycle: cycle, rubric: rubric, offices: offices.map(\.marked), entries: entries.flatMap { $0 })
  }

  /// By office, whether all of it is theirs, and which items else.
  private func assigned(in cycle: Int64) throws -> [Int64: (isWhole: Bool, single: Set<Code<Node>>)] {
    var assigned: [Int64: (isWhole: Bool, single: Set<Code<Node>>)] = [:]
    for row in try db.rows(
      """
      SELECT office, item FROM assignment
      WHERE assessor = ? AND cycle = ? AND from_at <= ? AND (until_at IS NULL OR until_at > ?)
      """, actor?.id, cycle, now.seconds, now.seconds)
    {
      let office: Int64 = row["office"]
      if let item = row["item"] as String? {
        assigned[office, default: (false, [])].single.insert(Code(item))
      } else {
        assigned[office, default: (false, [])].isWhole = true
      }
    }
    return assigned
  }
}

/// Where judging stands at every office of an assessor.
private struct MarkStanding {
  private var found: [Int64: [Code<Node>: (state: Registry.MarkState, at: Int64)]] = [:]
  private var begun: [Int64: [Code<Node>: Int64]] = [:]
  private var submitted: [Int64: Set<Code<Node>>] = [:]

  init(_ db: Database, of person: Int64, in cycle: Int64) throws {
    let theirs = "SELECT office FROM assignment WHERE assessor = ? AND cycle = ? AND until_at IS NULL"
    // Beside max() SQLite takes the other columns from the row that has it.
    try db.step(
      """
      SELECT office, item, max(id), judgement, note <> '', made_at FROM finding
      WHERE cycle = ? AND office IN (\(theirs)) AND stage = 'first' GROUP BY office, item
      """, [cycle, person, cycle]
    ) { row in
      let state: Registry.MarkState =
        row.equals(3, "pending") ? row.integer(4) == 1 ? .asked : .open : .judged
      found[row.integer(0), default: [:]][Code(row.text(1))] = (state, row.integer(5))
    }
    for row in try db.rows(
      "SELECT office, item, saved_at FROM mark WHERE person = ? AND cycle = ?", person, cycle)
    {
      begun[row["office"], default: [:]][Code(row["item"])] = row["saved_at"]
    }
    try db.step(
      """
      SELECT office, item, max(version), state FROM submission WHERE cycle = ? AND office IN (\(theirs))
      GROUP BY office, item
      """, [cycle, person, cycle]
    ) { row in
      if row.equals(3, "submitted") { submitted[row.integer(0), default: []].insert(Code(row.text(1))) }
    }
  }

  func entry(_ place: Int, _ id: Int64, _ marked: Registry.MarkedOffice, _ item: Item) -> Registry.MarkEntry {
    let (draft, finding) = (begun[id]?[item.code], found[id]?[item.code])
    let state: Registry.MarkState = draft == nil ? finding?.state ?? .notJudged : .begun
    return Registry.MarkEntry(
      place: place, office: marked.office.code, item: item, state: state,
      isSubmitted: marked.isReadable && submitted[id]?.contains(item.code) ?? false,
      at: (draft ?? finding?.at).map { Moment(seconds: $0) })
  }
}

extension Database {
  /// The offices of a cycle that are assigned to somebody, wholly or in part.
  fileprivate func assignedOffices(to person: Int64, in cycle: Int64) throws -> [(id: Int64, office: Office)]
  {
    try rows(
      """
      SELECT participant.office AS office, code, participant.name_th AS name_th, participant.name_en AS name_en,
        participant.kind AS kind, participant.parent AS parent_code, participant.provinces AS provinces,
        participant.conditions AS conditions, NULL AS from_day, NULL AS until_day, NULL AS successor_code
      FROM participant JOIN office ON office.id = participant.office
      WHERE cycle = ? AND participant.office IN
        (SELECT office FROM assignment WHERE assessor = ? AND cycle = ? AND until_at IS NULL)
      """, cycle, person, cycle
    ).map { ($0["office"], try office($0)) }
  }

  /// Of each of those offices, itself and all above it.
  fileprivate func lineages(ofAssigned person: Int64, in cycle: Int64) throws -> [Int64: [Code<Office>]] {
    var lineages: [Int64: [Code<Office>]] = [:]
    for row in try rows(
      """
      WITH RECURSIVE above (root, parent, code, depth) AS (
        SELECT id, parent, code, 0 FROM office WHERE id IN
          (SELECT office FROM assignment WHERE assessor = ? AND cycle = ? AND until_at IS NULL)
        UNION ALL
        SELECT above.root, office.parent, office.code, depth + 1 FROM office JOIN above ON office.id = above.parent
        WHERE depth < 32)
      SELECT root, code FROM above ORDER BY root, depth
      """, person, cycle)
    {
      lineages[row["root"], default: []].append(Code(row["code"]))
    }
    return lineages
  }
}

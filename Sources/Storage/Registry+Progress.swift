import Foundation
import GRDB
public import Integrity

/// How far judging has come, and who has not opened their results.
extension Registry {
  /// How far the assessors are.
  public struct ProgressDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let assessors: [AssessorPace]
    /// Disclosures due of all offices, and those judged.
    public let items: Int
    public let judged: Int
    /// Offices by how much of them is judged.
    public let counts: [JudgingState: Int]
    /// A page of those that stand where it was asked for, by their codes.
    public let offices: [PlacedOffice]
    public let found: Int
    /// Whether the reader may assign.
    public let mayAssign: Bool
  }

  /// How much of an office is judged.
  public enum JudgingState: String, Hashable, Sendable, CaseIterable {
    case none, begun, done
  }

  /// How an assessor keeps up with the time there is.
  public struct AssessorPace: Sendable {
    public let load: AssessorLoad
    /// How many would be judged by now at an even pace.
    public let expected: Int
    /// When they judged last; nil where they have not.
    public let last: Moment?

    /// How many they are behind.
    public var behind: Int { max(0, expected - load.judged) }
  }

  /// How far judging has come in a cycle.
  ///
  /// - Parameter state: which offices are listed.
  public func progressDesk(
    _ state: JudgingState = .none, page: Int? = 1, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> ProgressDesk {
    try reading(signer, at: now) { desk in
      let place = try LeadPlace(desk, code)
      let standings = try place.judging()
      let asked = standings.filter { $0.state == state }
      let shown = asked.page(page)
      let last = try desk.db.rows(
        "SELECT assessor, max(made_at) AS at FROM finding WHERE cycle = ? AND stage = 'first' GROUP BY assessor",
        place.cycleID)
      let latest = Dictionary(last.map { (ID<Person>($0["assessor"]), $0["at"] as Int64) }) { a, _ in a }
      let window = place.cycle.schedule?.assessing
      return ProgressDesk(
        cycle: place.cycle, rubric: place.rubric,
        assessors: try place.loads().filter { $0.items > 0 || $0.isActive }.map { load in
          AssessorPace(
            load: load, expected: window.map { load.items * $0.share(at: now) / 10_000 } ?? 0,
            last: latest[load.id].map { Moment(seconds: $0) })
        }, items: standings.reduce(0) { $0 + $1.due }, judged: standings.reduce(0) { $0 + $1.judged },
        counts: Dictionary(grouping: standings, by: \.state).mapValues(\.count),
        offices: try place.placed(
          shown.map { LeadPlace.Standing(id: $0.id, code: $0.code, state: .none, due: $0.due) }),
        found: asked.count, mayAssign: try place.refusal() == nil)
    }
  }

  /// An office of which nobody has opened the results.
  public struct UnopenedOffice: Sendable {
    public let office: Office
    /// Who signs for it today.
    public let directors: [String]
  }

  /// Who has not opened their results.
  public struct UnopenedDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// Offices that could open them by now, and those that have.
    public let all: Int
    public let opened: Int
    /// How many match; the page has a hundred of them at most.
    public let found: Int
    public let offices: [UnopenedOffice]
  }

  /// The offices of which nobody has opened the results, once they may be opened.
  ///
  /// - Parameters:
  ///   - search: a part of an office's name, or the beginning of its code; empty for all.
  ///   - page: nil for all of them.
  public func unopenedDesk(
    search: String = "", page: Int? = 1, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> UnopenedDesk {
    try reading(signer, at: now) { desk in
      let (id, _, rubric, matter) = try desk.matter(of: nil, in: code)
      try desk.allow(.readProgress, matter)
      let cycle = try desk.db.cycle(id)
      let isDue = matter.instrument.map { cycle.phase(of: $0, for: nil, at: now) >= .clarifying } ?? false
      let all = try desk.db.integer("SELECT count(*) FROM participant WHERE cycle = ?", id) ?? 0
      let opened =
        try desk.db.integer("SELECT count(DISTINCT office) FROM acknowledgement WHERE cycle = ?", id) ?? 0
      let text = search.escapedForLike
      let open = try desk.db.rows(
        """
        SELECT participant.office AS office FROM participant JOIN office ON office.id = participant.office
        WHERE cycle = ? AND (code LIKE ? ESCAPE '\\' OR participant.name_th LIKE ? ESCAPE '\\'
            OR participant.name_en LIKE ? ESCAPE '\\')
          AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE acknowledgement.cycle = participant.cycle
            AND acknowledgement.office = participant.office) ORDER BY code
        """, id, "\(text)%", "%\(text)%", "%\(text)%"
      ).map { $0["office"] as Int64 }
      let shown = open.page(page)
      let offices = try desk.db.participants(id, among: shown)
      let directors = try desk.db.directors(of: shown, on: now.day)
      return UnopenedDesk(
        cycle: cycle, rubric: rubric, all: isDue ? Int(all) : 0, opened: Int(opened),
        found: isDue ? open.count : 0,
        offices: isDue
          ? shown.compactMap { id in
            offices[id].map { UnopenedOffice(office: $0, directors: directors[id] ?? []) }
          } : [])
    }
  }
}

extension Window {
  /// How much of it has passed, in ten-thousandths.
  fileprivate func share(at now: Moment) -> Int {
    let (passed, all) = (now.seconds - opens.seconds, closes.seconds - opens.seconds)
    return Int(min(max(passed, 0), all) * 10_000 / max(all, 1))
  }
}

extension LeadPlace {
  struct Judging {
    let id: Int64
    let code: Code<Office>
    let due: Int
    let judged: Int
    var state: Registry.JudgingState { judged == 0 && due > 0 ? .none : judged < due ? .begun : .done }
  }

  /// Every office and how much of it is judged, by their codes.
  func judging() throws -> [Judging] {
    let (table, dues) = LeadPlace.table(try dues())
    var found: [Judging] = []
    try db.step(
      """
      WITH \(table) SELECT participant.office, code, due.items, coalesce(judged, 0) FROM participant
      JOIN office ON office.id = participant.office
      JOIN due ON due.kind IS participant.kind AND due.conditions = participant.conditions
      LEFT JOIN (SELECT office, count(*) AS judged
        FROM (SELECT DISTINCT office, item FROM finding WHERE cycle = ? AND stage = 'first') GROUP BY office) AS done
        ON done.office = participant.office
      WHERE participant.cycle = ? ORDER BY code
      """, dues + [cycleID, cycleID]
    ) { row in
      let due = Int(row.integer(2))
      found.append(
        Judging(
          id: row.integer(0), code: Code(row.text(1)), due: due, judged: min(due, Int(row.integer(3)))))
    }
    return found
  }
}

extension Database {
  /// Who holds the role of director for some offices, acting heads included.
  fileprivate func directors(of offices: [Int64], on day: Day) throws -> [Int64: [String]] {
    var names: [Int64: [String]] = [:]
    for row in try Row.fetchAll(
      self,
      sql: """
        SELECT office, name FROM role_grant_office JOIN role_grant ON role_grant.id = role_grant
        JOIN person ON person.id = role_grant.person
        WHERE office IN (\(offices.map { "\($0)" }.joined(separator: ", "))) AND role = 'director' AND is_closed = 0
          AND from_day <= ? AND (until_day IS NULL OR until_day > ?) ORDER BY role_grant.id
        """, arguments: [day.description, day.description])
    {
      names[row["office"], default: []].append(row["name"])
    }
    return names
  }
}

import Foundation
import GRDB
public import Integrity

/// Who did what, when.
extension Registry {
  public struct TrailEntry: Hashable, Sendable {
    public let number: Int64
    public let at: Moment
    /// nil for what was done without signing in: founding and recovery.
    public let person: Code<Person>?
    /// Done from the command line.
    public let isConsole: Bool
    public let act: String
    public let office: Code<Office>?
    public let cycle: Code<Cycle>?
    public let subject: String
    /// What was written, as JSON; nil once it has been erased, and where the reader may not see it.
    public let payload: String?
    /// In hexadecimal; covers the entry before it.
    public let digest: String
  }

  /// When the trail was last added to; nothing is written by a clock behind it.
  public func lastEntry() throws -> Moment? {
    try read { db in try db.integer("SELECT max(made_at) FROM event").map { Moment(seconds: $0) } }
  }

  /// Entries after a number, oldest first.
  ///
  /// - Parameter office: only what concerns it; nil for all.
  public func trail(
    of office: Code<Office>?, since: Int64 = 0, limit: Int = 1000, by signer: Signer, at now: Moment
  ) throws -> [TrailEntry] {
    try reading(signer, at: now) { desk in
      try desk.allow(.readTrail, Matter(office: office))
      let id = try office.map(desk.db.officeID)
      var discretion = Discretion(desk: desk)
      return try desk.db.rows(
        """
        SELECT event.id AS id, row_table, event.cycle AS cycle_id, event.office AS office_id, event.made_at AS made_at, person.code AS person, is_console, act, office.code AS office,
          cycle.code AS cycle, subject, payload, event.digest AS digest
        FROM event LEFT JOIN person ON person.id = event.person LEFT JOIN office ON office.id = event.office
        LEFT JOIN cycle ON cycle.id = event.cycle LEFT JOIN event_payload ON event_payload.event = event.id
        WHERE event.id > ? \(id == nil ? "AND ? IS NULL" : "AND event.office = ?") ORDER BY event.id LIMIT ?
        """, since, id, limit
      ).map { row in try TrailEntry(row, &discretion) }
    }
  }
}

extension Registry.TrailEntry {
  init(_ row: Row, _ discretion: inout Discretion) throws {
    number = row["id"]
    at = Moment(seconds: row["made_at"])
    person = (row["person"] as String?).map { Code($0) }
    isConsole = row["is_console"]
    act = row["act"]
    office = (row["office"] as String?).map { Code($0) }
    cycle = (row["cycle"] as String?).map { Code($0) }
    subject = row["subject"]
    payload = try discretion.mayRead(row) ? row["payload"] : nil
    digest = Digest.hex(row["digest"] as Data)
  }
}

/// What of the trail a reader may see: that something was submitted or judged is there for all who read the trail, what
/// it was only for those who may see it where it stands.
struct Discretion {
  private let desk: Desk
  private var known: [String: Bool] = [:]

  init(desk: Desk) { self.desk = desk }

  /// Tables of which everybody who reads the trail may see what was written. What is not named here, such as a table that
  /// is added later, is seen by those alone who may see findings.
  private static let open = [
    "office", "working_group", "person", "posting", "role_grant", "conflict", "cycle", "cycle_rubric",
    "cycle_window", "extension", "participant", "stakeholders", "given_figure", "earlier_figure",
    "assignment",
    "acknowledgement", "agreement", "receipt",
  ]

  private static let ofSubmissions = ["submission", "evidence", "submission_element", "submission_move"]
  private static let ofResults = ["sealed_scorecard"]
  /// How often each option was chosen, also where few did: on the trail for verifying, and shown to nobody.
  private static let ofAnswers = ["sealed_tally"]
  /// Acts that say something of a finding where no row is written.
  private static let judging: [Act] = [
    .contest, .judge, .decideClarification, .correct, .amend, .readFinding,
  ]
  private static let drafting: [Act] = [.draft, .pass, .sendBack, .submit, .recall]
  /// How many answers came in, also where they were few.
  private static let counting: [Act] = [.bringAnswers]

  /// The same as a condition on entries.
  static let isOpenToAll = """
    (row_table IN (\(open.map { "'\($0)'" }.joined(separator: ", ")))
      OR row_table IS NULL AND act NOT IN (\((judging + drafting + counting).map { "'\($0.rawValue)'" }.joined(separator: ", "))))
    """

  mutating func mayRead(_ row: Row) throws -> Bool {
    if let table = row["row_table"] as String?, Discretion.ofAnswers.contains(table) { return false }
    guard let act = Discretion.act(row["row_table"], row["act"]) else { return true }
    guard let cycle = row["cycle"] as String?, let office = row["office"] as String?,
      let reader = desk.actor?.person
    else { return false }
    let key = "\(act.rawValue) \(cycle) \(office)"
    if let answer = known[key] { return answer }
    let (_, _, matter) = try desk.reading(Code(office), in: Code(cycle))
    var answer = Conduct.may(act, in: matter, by: reader, at: desk.now) == nil
    // What was found is shown to nobody of the office before they have opened it.
    if answer, act == .readFinding, reader.isOwn(of: Code(office), on: desk.now.day) {
      answer = try desk.hasOpened(Code(office), in: Code(cycle))
    }
    known[key] = answer
    return answer
  }

  /// What somebody has to be allowed to see; nil for what everybody sees.
  private static func act(_ table: String?, _ act: String) -> Act? {
    guard let table else {
      let act = Act(rawValue: act)
      if act.map(judging.contains) ?? false { return .readFinding }
      if act.map(counting.contains) ?? false { return .readAnswers }
      return act.map(drafting.contains) ?? false ? .readSubmission : nil
    }
    if open.contains(table) { return nil }
    if ofSubmissions.contains(table) { return .readSubmission }
    return ofResults.contains(table) ? .readScorecard : .readFinding
  }
}

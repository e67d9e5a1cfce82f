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
    /// What was written, as JSON; nil once it has been erased.
    public let payload: String?
    /// In hexadecimal; covers the entry before it.
    public let digest: String
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
      return try desk.db.rows(
        """
        SELECT event.id AS id, event.made_at AS made_at, person.code AS person, is_console, act, office.code AS office,
          cycle.code AS cycle, subject, payload, event.digest AS digest
        FROM event LEFT JOIN person ON person.id = event.person LEFT JOIN office ON office.id = event.office
        LEFT JOIN cycle ON cycle.id = event.cycle LEFT JOIN event_payload ON event_payload.event = event.id
        WHERE event.id > ? \(id == nil ? "AND ? IS NULL" : "AND event.office = ?") ORDER BY event.id LIMIT ?
        """, since, id, limit
      ).map { row in
        TrailEntry(
          number: row["id"], at: Moment(seconds: row["made_at"]),
          person: (row["person"] as String?).map { Code($0) },
          isConsole: row["is_console"], act: row["act"], office: (row["office"] as String?).map { Code($0) },
          cycle: (row["cycle"] as String?).map { Code($0) }, subject: row["subject"], payload: row["payload"],
          digest: Digest.hex(row["digest"] as Data))
      }
    }
  }
}

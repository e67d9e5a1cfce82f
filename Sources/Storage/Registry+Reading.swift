import GRDB
import Integrity

/// Reading on somebody's behalf: what they may not see is not in what they get.
extension Registry {
  /// One snapshot in which the permission room may be asked; nothing is written.
  func reading<T>(_ signer: Signer, at now: Moment, _ body: (Desk) throws -> T) throws -> T {
    try read { db in try body(try Desk(db, self, signer, now)) }
  }

  /// The same for a person or, without one, for the public.
  func reading<T>(for signer: Signer?, at now: Moment, _ body: (Desk, Person) throws -> T) throws -> T {
    try read { db in
      let desk = try Desk(db, self, signer, now)
      return try body(desk, desk.actor?.person ?? Person(id: ID(0), name: ""))
    }
  }
}

extension Desk {
  /// An office in a cycle, with those to whom any of its disclosures, or a clarification, is given.
  func reading(_ office: Code<Office>, in code: Code<Cycle>) throws -> (
    cycle: Int64, office: Int64, matter: Matter
  ) {
    let (id, officeID, _, matter) = try matter(of: office, in: code)
    guard let officeID else { throw StorageProblem.unknown(what: "office", code: office.text) }
    let assigned = try db.rows(
      """
      SELECT assessor FROM assignment WHERE cycle = ? AND office = ? AND (until_at IS NULL OR until_at > ?)
      UNION SELECT decider FROM clarification WHERE cycle = ? AND office = ? AND decider IS NOT NULL
      """, id, officeID, now.seconds, id, officeID
    ).map { ID<Person>($0["assessor"]) }
    return (id, officeID, matter.with(assignees: Set(assigned)))
  }
}

import Foundation
import GRDB
public import Integrity

/// What ties an assessor to offices, for themselves to look at and to add to.
extension Registry {
  public struct OwnConflicts: Sendable {
    public let cycle: Cycle
    /// Declared for them, by themselves or by others; the latest first.
    public let declared: [Declared]
    /// Where they serve or served, and what that keeps them from, by the office's code and name.
    public let postings: [(posting: Posting, name: Words)]
    /// Offices assigned to them that they could still declare.
    public let assigned: [Office]
  }

  public struct Declared: Hashable, Sendable {
    public let office: Code<Office>
    public let name: Words
    public let reason: String
    public let at: Moment
  }

  /// One's own conflicts of interest.
  public func ownConflicts(in cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws -> OwnConflicts {
    try reading(signer, at: now) { desk in
      let actor = try desk.insistOnAssessor()
      let declared = try desk.db.rows(
        """
        SELECT code, name_th, name_en, reason, declared_at FROM conflict JOIN office ON office.id = conflict.office
        WHERE person = ? ORDER BY conflict.id DESC
        """, actor.id
      ).map { row in
        Declared(
          office: Code(row["code"]), name: Words(thai: row["name_th"], english: row["name_en"]),
          reason: row["reason"], at: Moment(seconds: row["declared_at"]))
      }
      let names = Dictionary(
        try desk.db.rows(
          """
          SELECT DISTINCT code, name_th, name_en FROM posting JOIN office ON office.id = posting.office WHERE person = ?
          """, actor.id
        ).map { (Code<Office>($0["code"]), Words(thai: $0["name_th"], english: $0["name_en"])) }
      ) { a, _ in a }
      let queue = try desk.markQueue(of: cycle)
      return OwnConflicts(
        cycle: queue.cycle, declared: declared,
        postings: actor.person.postings.map { posting in
          (posting, names[posting.office] ?? Words(thai: posting.office.text, english: posting.office.text))
        }, assigned: queue.offices.map(\.office))
    }
  }
}

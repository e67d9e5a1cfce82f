import GRDB
public import Integrity

/// What the retention schedule has to do, now and later.
extension Registry {
  /// One kind of data and when it goes.
  public struct Outlook: Hashable, Sendable {
    public enum What: Hashable, Sendable {
      /// E-mail and telephone of everybody.
      case contact
      /// Filled questionnaires of a cycle.
      case responses(Code<Cycle>, Words)
      /// Sessions and one-time codes that have ended.
      case ended
    }

    public let what: What
    public let rows: Int
    /// nil while it is not known: a cycle is under way, or its results are not published.
    public let due: Moment?
    /// Days after publication.
    public let days: Int
  }

  /// Everything the schedule will take away, and when.
  public func outlook(by signer: Signer, at now: Moment) throws -> [Outlook] {
    try reading(signer, at: now) { desk in
      try desk.allow(.retain, Matter())
      let (db, days) = (desk.db, try desk.db.retentionDays())
      var outlook: [Outlook] = []
      let contacts = try db.integer("SELECT count(*) FROM contact") ?? 0
      let running = try db.integer("SELECT count(*) FROM cycle WHERE stage <> 'published'") ?? 0
      let last = running == 0 ? try db.integer("SELECT max(published_at) FROM cycle") : nil
      outlook.append(
        Outlook(
          what: .contact, rows: Int(contacts),
          due: last.map { Moment(seconds: $0).adding(days: days.contact) },
          days: days.contact))
      for row in try db.rows(
        """
        SELECT code, title_th, title_en, published_at,
          (SELECT count(*) FROM response WHERE response.cycle = cycle.id)
            + (SELECT count(*) FROM invitation WHERE invitation.cycle = cycle.id) AS rows
        FROM cycle ORDER BY year, id
        """)
      where row["rows"] as Int > 0 {
        let title = Words(thai: row["title_th"], english: row["title_en"])
        outlook.append(
          Outlook(
            what: .responses(Code(row["code"]), title), rows: row["rows"],
            due: (row["published_at"] as Int64?).map { Moment(seconds: $0).adding(days: days.responses) },
            days: days.responses))
      }
      let ended =
        (try db.integer("SELECT count(*) FROM session WHERE ends_at <= ?", now.seconds) ?? 0)
        + (try db.integer("SELECT count(*) FROM sign_in_code WHERE expires_at <= ?", now.seconds) ?? 0)
      outlook.append(Outlook(what: .ended, rows: Int(ended), due: now, days: 0))
      return outlook
    }
  }
}

extension Database {
  /// How many days after publication contact data and answers go.
  func retentionDays() throws -> (contact: Int, responses: Int) {
    let days = Dictionary(
      try rows("SELECT what, days FROM retention_rule").map { ($0["what"] as String, $0["days"] as Int) }
    ) { a, _ in a }
    return (days["contact"] ?? 30, days["responses"] ?? 90)
  }
}

import Foundation
import GRDB
public import Integrity

/// What the law on personal data asks: nothing is kept longer than it is needed, and everybody may know what is held on
/// them (PDPA B.E. 2562, sections 30 and 37 (3)).
extension Registry {
  /// What went, or would go.
  public struct Retained: Hashable, Sendable {
    public let what: String
    /// When it became due.
    public let due: Moment
    public let rows: Int
  }

  /// Carries the retention schedule out: contact data and answers some days after publication, sessions and one-time
  /// codes when they end.
  /// Sealed tallies and the trail stay.
  public func retain(isDryRun: Bool, by signer: Signer, at now: Moment) throws -> [Retained] {
    if isDryRun { return try reading(signer, at: now) { try $0.retain(isDryRun: true) } }
    let done = try write(signer, at: now) { try $0.retain(isDryRun: false) }
    // Keys of forms say nothing about anybody; they go without an entry.
    try dropEndedSessions(at: now)
    try dropMarksOfPublished()
    // What is deleted is overwritten as it goes; the log still has it until it is written back.
    if !done.isEmpty { try writeBack() }
    return done
  }

  /// Everything held on one person, as JSON: for the person themselves, or an administrator who was asked.
  public func exportPerson(_ code: Code<Person>, by signer: Signer, at now: Moment) throws -> String {
    try reading(signer, at: now) { desk in
      let id = try desk.db.personID(code)
      try desk.allow(.exportPerson, Matter(subject: try desk.db.person(id)))
      func list(_ sql: String) throws -> String {
        "["
          + (try Row.fetchAll(desk.db, sql: sql, arguments: [id])).map(Canonical.object).joined(
            separator: ",") + "]"
      }
      return Canonical.object([
        ("person", try list("SELECT code, name, post, is_closed, made_at FROM person WHERE id = ?")),
        ("contact", try list("SELECT email, phone FROM contact WHERE person = ?")),
        (
          "national_number_hash_kept",
          try list("SELECT national_hash IS NOT NULL AS kept FROM person WHERE id = ?")
        ),
        (
          "postings",
          try list(
            """
            SELECT office.code AS office, posting.kind, posting.from_day, posting.until_day FROM posting
            JOIN office ON office.id = posting.office WHERE person = ?
            """)
        ),
        (
          "grants",
          try list(
            """
            SELECT role, is_everywhere, offices, group_code, from_day, until_day, capacity, order_number, order_day
            FROM role_grant WHERE person = ?
            """)
        ),
        (
          "conflicts",
          try list(
            """
            SELECT office.code AS office, reason, declared_at FROM conflict JOIN office ON office.id = conflict.office
            WHERE person = ?
            """)
        ),
        ("sessions", try list("SELECT made_at, seen_at, ends_at, label FROM session WHERE person = ?")),
        ("second_factor_kept", try list("SELECT confirmed_at FROM second_factor WHERE person = ?")),
        (
          "recovery_codes_kept",
          try list("SELECT count(*) AS number FROM recovery_code WHERE person = ?")
        ),
        ("preference", try list("SELECT language, digits FROM preference WHERE person = ?")),
        (
          "unfinished_marks",
          try list(
            """
            SELECT office.code AS office, item, found, missing, judgement, value, number, reason_code, reason, note, looks,
              begun_at, saved_at FROM mark JOIN office ON office.id = mark.office WHERE person = ?
            """)
        ),
        ("comments", try list("SELECT item, reason_code, text, changed_at FROM comment WHERE person = ?")),
        ("acts", try list("SELECT id, made_at, act, subject FROM event WHERE person = ? ORDER BY id")),
      ])
    }
  }

  /// Takes a person's name and data out. Their acts stay on the trail under a number; the entries' digests still hold.
  public func erasePerson(_ code: Code<Person>, reason: String, by signer: Signer, at now: Moment) throws {
    guard !reason.isEmpty else {
      throw StorageProblem.invalid(
        "say why; it is kept on the trail", thai: "โปรดระบุเหตุผล ข้อความนี้จะอยู่ในประวัติการดำเนินการ")
    }
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(code)
      try desk.allow(.erasePerson, Matter(subject: try desk.db.person(id)))
      guard id != desk.actor?.id else {
        throw StorageProblem.invalid(
          "nobody erases themselves; ask another administrator",
          thai: "ท่านลบข้อมูลของตนเองไม่ได้ ต้องให้ผู้ดูแลระบบคนอื่นดำเนินการ")
      }
      try desk.db.voidSignIn(of: id)
      for table in ["contact", "sign_in_code", "preference", "mark", "comment"] {
        try desk.db.run("DELETE FROM \(table) WHERE person = ?", id)
      }
      try desk.db.run(
        "UPDATE person SET code = ?, name = '-', post = '', national_hash = NULL, is_closed = 1 WHERE id = ?",
        "erased-\(id)", id)
      try desk.db.run("UPDATE conflict SET reason = '-' WHERE person = ?", id)
      try desk.db.run(
        "UPDATE role_grant SET order_number = '-' WHERE person = ? AND order_number IS NOT NULL", id)
      let tables = ["person": "id", "posting": "person", "role_grant": "person", "conflict": "person"]
      for (table, column) in tables.sorted(by: { $0.key < $1.key }) {
        try desk.db.run(
          """
          DELETE FROM event_payload WHERE event IN (SELECT event.id FROM event JOIN \(table) ON row_id = \(table).id
            WHERE row_table = '\(table)' AND \(table).\(column) = ?)
          """, id)
        for row in try desk.db.rows("SELECT id FROM \(table) WHERE \(column) = ?", id) {
          try desk.record(.erasePerson, "person \(id)", row: table, row["id"])
        }
      }
      try desk.record(.erasePerson, "person \(id)", payload: [("reason", Canonical.string(reason))])
    }
    try writeBack()
  }
}

extension Desk {
  fileprivate func retain(isDryRun: Bool) throws -> [Registry.Retained] {
    try allow(.retain, Matter())
    let days = try db.retentionDays()
    var done: [Registry.Retained] = []
    done += try retainContacts(after: days.contact, isDryRun)
    done += try retainAnswers(after: days.responses, isDryRun)
    for (what, table, column) in [
      ("sessions", "session", "ends_at"), ("sign-in codes", "sign_in_code", "expires_at"),
    ] {
      let ended = try db.integer("SELECT count(*) FROM \(table) WHERE \(column) <= ?", now.seconds) ?? 0
      guard ended > 0 else { continue }
      done.append(Registry.Retained(what: what, due: now, rows: Int(ended)))
      if !isDryRun {
        try db.run("DELETE FROM \(table) WHERE \(column) <= ?", now.seconds)
        try record(.retain, what, payload: [("rows", "\(ended)")])
      }
    }
    return done
  }

  /// Contact data goes when the last published cycle is long enough ago and none is under way.
  fileprivate func retainContacts(after days: Int, _ isDryRun: Bool) throws -> [Registry.Retained] {
    let running = try db.integer("SELECT count(*) FROM cycle WHERE stage <> 'published'") ?? 0
    guard running == 0, let last = try db.integer("SELECT max(published_at) FROM cycle") else { return [] }
    let due = Moment(seconds: last).adding(days: days)
    let rows = try db.integer("SELECT count(*) FROM contact") ?? 0
    guard due <= now, rows > 0 else { return [] }
    if !isDryRun {
      try db.run("DELETE FROM contact")
      try record(.retain, "contact", payload: [("rows", "\(rows)")])
    }
    return [Registry.Retained(what: "contact", due: due, rows: Int(rows))]
  }

  /// Answers and invitations of cycles whose results can no longer be appealed.
  fileprivate func retainAnswers(after days: Int, _ isDryRun: Bool) throws -> [Registry.Retained] {
    var done: [Registry.Retained] = []
    for cycle in try db.rows(
      "SELECT id, code, published_at FROM cycle WHERE published_at IS NOT NULL ORDER BY id")
    {
      let id: Int64 = cycle["id"]
      let due = Moment(seconds: cycle["published_at"]).adding(days: days)
      let answers = try db.integer("SELECT count(*) FROM response WHERE cycle = ?", id) ?? 0
      let rows = answers + (try db.integer("SELECT count(*) FROM invitation WHERE cycle = ?", id) ?? 0)
      guard due <= now, rows > 0 else { continue }
      if !isDryRun {
        try db.run("DELETE FROM response WHERE cycle = ?", id)
        try db.run("DELETE FROM invitation WHERE cycle = ?", id)
        try db.run("DELETE FROM free_text WHERE cycle = ?", id)
        try record(.retain, "responses", cycle: id, payload: [("rows", "\(rows)")])
      }
      done.append(Registry.Retained(what: "responses \(cycle["code"] as String)", due: due, rows: Int(rows)))
    }
    return done
  }
}

import Foundation
import GRDB
public import Integrity

/// Sessions: who is signed in, and from where they can see it. Only a digest of what the browser holds is kept. None of
/// it goes on the trail; see `upkeep`.
extension Registry {
  /// Somebody who is signed in.
  public struct Session: Hashable, Sendable {
    /// Digest of what the browser holds.
    public let hash: [UInt8]
    public let person: Code<Person>
    /// With what they may do, as it is now.
    public let who: Person
    public let name: String
    public let post: String
    public let madeAt: Moment
    public let seenAt: Moment
    public let endsAt: Moment
    /// Browser and system.
    public let label: String
    /// Whether the second factor was given.
    public let isConfirmed: Bool
    /// Whether they have set one up.
    public let hasSecondFactor: Bool
    /// nil until they have chosen.
    public let language: Language?
    public let usesThaiDigits: Bool
  }

  /// The most sessions of one person; with another one the longest unseen goes.
  private static let mostSessions = 3
  /// Seconds between two notes that a session was seen.
  private static let betweenTouches: Int64 = 60
  private static let longestLabel = 100

  public func openSession(
    _ hash: [UInt8], of person: Code<Person>, label: String, isConfirmed: Bool, ends: Moment, at now: Moment
  ) throws {
    try upkeep { db in
      guard
        let id = try db.integer("SELECT id FROM person WHERE code = ? AND is_closed = 0", person.text)
      else { throw StorageProblem.unknown(what: "person", code: person.text) }
      try db.run("DELETE FROM session WHERE person = ? AND ends_at <= ?", id, now.seconds)
      try db.run(
        """
        DELETE FROM session WHERE person = ? AND hash NOT IN
          (SELECT hash FROM session WHERE person = ? ORDER BY seen_at DESC, made_at DESC LIMIT ?)
        """, id, id, Registry.mostSessions - 1)
      try db.run(
        """
        INSERT INTO session (hash, person, made_at, seen_at, ends_at, label, is_confirmed)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, Data(hash), id, now.seconds, now.seconds, ends.seconds,
        String(label.prefix(Registry.longestLabel)), isConfirmed)
    }
  }

  /// Who is signed in with it; nil where it is unknown, was not seen for too long, has ended, or the account is closed.
  ///
  /// - Parameter idleSince: a session not seen since then is over.
  public func session(_ hash: [UInt8], idleSince: Moment, at now: Moment) throws -> Session? {
    try read { db in
      guard
        let row = try db.row(
          """
          \(Database.sessions) WHERE session.hash = ? AND seen_at >= ? AND ends_at > ? AND is_closed = 0
          """, Data(hash), idleSince.seconds, now.seconds)
      else { return nil }
      return Session(row, try person(row["id"], db))
    }
  }

  /// Notes that a session was seen, at most once a minute.
  public func touchSession(_ hash: [UInt8], at now: Moment) throws {
    let before = now.adding(seconds: -Registry.betweenTouches).seconds
    // Asked beside the writer first: nearly always there is nothing to write.
    let isDue = try read { db in
      try db.integer("SELECT 1 FROM session WHERE hash = ? AND seen_at < ?", Data(hash), before) != nil
    }
    guard isDue else { return }
    try upkeep { db in
      try db.run(
        "UPDATE session SET seen_at = ? WHERE hash = ? AND seen_at < ?", now.seconds, Data(hash), before)
    }
  }

  /// One's own sessions, the last seen first.
  public func sessions(of signer: Signer, at now: Moment) throws -> [Session] {
    try reading(signer, at: now) { desk in
      let id = try desk.oneself()
      let who = try desk.db.person(id)
      return try desk.db.rows(
        "\(Database.sessions) WHERE session.person = ? AND ends_at > ? ORDER BY seen_at DESC, made_at DESC",
        id,
        now.seconds
      ).map { Session($0, who) }
    }
  }

  /// Ends a session of somebody; nothing happens where it is not theirs.
  public func endSession(_ hash: [UInt8], of person: Code<Person>) throws {
    try upkeep { db in
      try db.run(
        "DELETE FROM session WHERE hash = ? AND person = (SELECT id FROM person WHERE code = ?)", Data(hash),
        person.text)
    }
  }

  /// Ends all sessions of somebody but one.
  public func endOtherSessions(than hash: [UInt8], of person: Code<Person>) throws {
    try upkeep { db in
      try db.run(
        "DELETE FROM session WHERE hash <> ? AND person = (SELECT id FROM person WHERE code = ?)", Data(hash),
        person.text)
    }
  }

  /// Sweeps out what is of no more use: sessions that have ended, one-time codes that have run out, keys of old forms.
  public func dropEndedSessions(at now: Moment) throws {
    try upkeep { db in
      try db.run("DELETE FROM session WHERE ends_at <= ?", now.seconds)
      try db.run("DELETE FROM sign_in_code WHERE expires_at <= ?", now.seconds)
      try db.dropSpentForms(at: now)
    }
  }
}

extension Registry.Session {
  fileprivate init(_ row: Row, _ who: Person) {
    hash = [UInt8](row["hash"] as Data)
    person = Code(row["code"])
    self.who = who
    name = row["name"]
    post = row["post"]
    madeAt = Moment(seconds: row["made_at"])
    seenAt = Moment(seconds: row["seen_at"])
    endsAt = Moment(seconds: row["ends_at"])
    label = row["label"]
    isConfirmed = row["is_confirmed"]
    hasSecondFactor = row["confirmed_at"] as Int64? != nil
    language = (row["language"] as String?).flatMap(Language.init)
    usesThaiDigits = (row["digits"] as String?) == "thai"
  }
}

extension Database {
  fileprivate static let sessions = """
    SELECT session.*, person.id AS id, code, name, post, confirmed_at, language, digits FROM session
    JOIN person ON person.id = session.person LEFT JOIN preference ON preference.person = session.person
    LEFT JOIN second_factor ON second_factor.person = session.person
    """
}

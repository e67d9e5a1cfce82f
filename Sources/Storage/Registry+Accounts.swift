import Foundation
import GRDB
public import Integrity

/// An account: what somebody signs in with, and how they want to read. Passwords come here hashed, and what a hash is
/// checked against is nobody's business but the holder's; on the trail stands that something changed, never to what.
extension Registry {
  /// What signing in has to know of somebody.
  public struct Account: Hashable, Sendable {
    public let person: Code<Person>
    public let name: String
    public let post: String
    /// nil until they have redeemed a one-time code.
    public let passwordHash: String?
    /// Whether a role they hold today asks for more than a password.
    public let needsSecondFactor: Bool
    /// Whether one is set up and was confirmed.
    public let hasSecondFactor: Bool
    /// nil until they have chosen.
    public let language: Language?
    public let usesThaiDigits: Bool
  }

  /// Somebody by the name they sign in with; nil where there is nobody, or the account is closed.
  public func account(_ name: Code<Person>, at now: Moment) throws -> Account? {
    try read { db in try db.account("person.code = ?", name.text, at: now) }
  }

  /// A password as it goes into the hash: under the key file, so that the database alone cannot be searched for
  /// passwords. The same for one that is typed in another way, such as a sara am in two parts.
  public func peppered(_ password: String) throws -> [UInt8] {
    [UInt8](try secretKey().hash(password.precomposedStringWithCompatibilityMapping, for: .password))
  }

  /// Whose one-time code it is; nil for one that was mistyped, spent or has run out.
  public func codeHolder(_ typed: String, at now: Moment) throws -> Account? {
    try read { db in
      try db.account(
        "person.id = (SELECT person FROM sign_in_code WHERE hash = ? AND expires_at > ?)",
        OneTimeCode.digest(typed), now.seconds, at: now)
    }
  }

  /// Spends a one-time code on a password, as its holder's own act; all their sessions end.
  ///
  /// - Throws: `StorageProblem.unknown` for a code that was mistyped, spent or has run out.
  public func redeem(_ typed: String, passwordHash: String, at now: Moment) throws -> Account {
    let invalid = StorageProblem.unknown(what: "code", code: "")
    guard let holder = try codeHolder(typed, at: now) else { throw invalid }
    return try write(Signer(holder.person), at: now) { desk in
      let id = try desk.oneself()
      // Looked at once more within the transaction: of two who come with one code, one is too late.
      try desk.db.run(
        "DELETE FROM sign_in_code WHERE person = ? AND hash = ? AND expires_at > ?", id,
        OneTimeCode.digest(typed), now.seconds)
      guard desk.db.changesCount == 1 else { throw invalid }
      try desk.setPassword(passwordHash, of: id, keeping: nil)
      try desk.record(
        .manageOwnAccount, "person \(id)", payload: [("password", "true"), ("letter", "true")])
      return try desk.db.account("person.id = ?", id, at: now) ?? holder
    }
  }

  /// Changes one's own password; all other sessions end.
  ///
  /// - Parameter session: the one it is done from, which goes on.
  public func setPassword(
    _ hash: String, by signer: Signer, keeping session: [UInt8]?, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.oneself()
      try desk.setPassword(hash, of: id, keeping: session)
      try desk.record(.manageOwnAccount, "person \(id)", payload: [("password", "true")])
    }
  }

  /// Puts the same password's hash by other parameters in place of the one it was checked against. Nothing happens where
  /// the password was changed meanwhile.
  public func rehash(_ person: Code<Person>, from old: String, to new: String) throws {
    try Registry.inspect(hash: new)
    try upkeep { db in
      try db.run(
        "UPDATE password SET hash = ? WHERE person = (SELECT id FROM person WHERE code = ?) AND hash = ?",
        new,
        person.text, old)
    }
  }

  /// Keeps the language and the digits somebody reads in.
  public func setPreference(
    language: Language, usesThaiDigits: Bool, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.oneself()
      let digits = usesThaiDigits ? "thai" : "arabic"
      try desk.db.run(
        """
        INSERT INTO preference (person, language, digits) VALUES (?, ?, ?)
        ON CONFLICT (person) DO UPDATE SET language = excluded.language, digits = excluded.digits
        """, id, language.rawValue, digits)
      try desk.record(
        .manageOwnAccount, "person \(id)",
        payload: [("language", Canonical.string(language.rawValue)), ("digits", Canonical.string(digits))])
    }
  }

  /// The key file, which a registry that is open for reading only does not have.
  func secretKey() throws -> KeyFile {
    guard let key else {
      throw StorageProblem.invalid(
        "the registry is open for reading only; open it for writing to sign people in",
        thai: "ทะเบียนข้อมูลเปิดไว้เพื่ออ่านอย่างเดียว จึงลงชื่อเข้าใช้ไม่ได้")
    }
    return key
  }

  /// A password that was not hashed must never get as far as the disk.
  fileprivate static func inspect(hash: String) throws {
    guard hash.hasPrefix("$"), hash.split(separator: "$").count >= 3 else {
      throw StorageProblem.invalid("this is no hash of a password; hash it first")
    }
  }
}

extension Database {
  fileprivate func account(_ condition: String, _ values: Value..., at now: Moment) throws -> Registry
    .Account?
  {
    let row = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT person.id AS id, person.code AS code, name, post, hash, confirmed_at, language, digits FROM person
          LEFT JOIN password ON password.person = person.id
          LEFT JOIN second_factor ON second_factor.person = person.id
          LEFT JOIN preference ON preference.person = person.id
          WHERE is_closed = 0 AND \(condition)
          """), arguments: StatementArguments(values))
    guard let row else { return nil }
    return Registry.Account(
      person: Code(row["code"]), name: row["name"], post: row["post"], passwordHash: row["hash"],
      needsSecondFactor: try person(row["id"]).needsSecondFactor(on: now.day),
      hasSecondFactor: row["confirmed_at"] as Int64? != nil,
      language: (row["language"] as String?).flatMap(Language.init),
      usesThaiDigits: (row["digits"] as String?) == "thai")
  }
}

extension Desk {
  /// Who acts, on nobody's account but their own.
  func oneself() throws -> Int64 {
    guard let actor else { throw Refusal(.manageOwnAccount, .anothersAccount) }
    try allow(.manageOwnAccount, Matter(subject: actor.person))
    return actor.id
  }

  /// Sets the password and ends what rests on the one before: sessions, and a code that was not used.
  fileprivate func setPassword(_ hash: String, of person: Int64, keeping session: [UInt8]?) throws {
    try Registry.inspect(hash: hash)
    try db.run(
      """
      INSERT INTO password (person, hash, set_at) VALUES (?, ?, ?)
      ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at
      """, person, hash, now.seconds)
    try db.run("DELETE FROM sign_in_code WHERE person = ?", person)
    try db.run("DELETE FROM session WHERE person = ? AND hash IS NOT ?", person, session.map { Data($0) })
  }
}

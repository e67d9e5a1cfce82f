import Foundation
import GRDB
public import Integrity

/// The second factor: a secret shared with somebody's device, and codes on paper for the day it is lost. The secret is
/// encrypted under the key file, the codes are hashed with it. The steps of the clock are counted where the numbers are
/// checked; here is only kept which of them were spent.
extension Registry {
  /// Shorter ones can be searched (RFC 4226, section 4).
  private static let leastSecret = 16

  /// Keeps a secret that is being set up; it counts once it is confirmed. One that was begun and never confirmed is void.
  public func beginSecondFactor(_ secret: [UInt8], by signer: Signer, at now: Moment) throws {
    guard secret.count >= Registry.leastSecret else {
      throw StorageProblem.invalid("the secret is too short; it takes \(Registry.leastSecret) bytes")
    }
    let key = try secretKey()
    try write(signer, at: now) { desk in
      let id = try desk.oneself()
      // Else whoever finds a session open could put their own device in place of the holder's.
      guard
        try desk.db.integer("SELECT 1 FROM second_factor WHERE person = ? AND confirmed_at IS NOT NULL", id)
          == nil
      else { throw StorageProblem.taken(what: "second factor of", code: signer.person.text) }
      try desk.db.run(
        """
        INSERT INTO second_factor (person, secret) VALUES (?, ?)
        ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, last_step = 0
        """, id, try key.seal(secret, of: id, for: .secondFactor))
      try desk.record(
        .manageOwnAccount, "person \(id)", payload: [("second_factor", Canonical.string("begun"))])
    }
  }

  /// Somebody's secret, to check a number against; nil where none is set up.
  public func secondFactor(of person: Code<Person>) throws -> (secret: [UInt8], isConfirmed: Bool)? {
    let key = try secretKey()
    return try read { db in
      guard
        let row = try db.row(
          """
          SELECT person, secret, confirmed_at FROM second_factor JOIN person ON person.id = person
          WHERE code = ? AND is_closed = 0
          """, person.text)
      else { return nil }
      guard let secret = key.unseal(row["secret"], of: row["person"], for: .secondFactor) else {
        throw StorageProblem.damaged(path: path, detail: "a second factor does not open with the key file")
      }
      return (secret, row["confirmed_at"] as Int64? != nil)
    }
  }

  /// Takes the number of one step of the clock.
  ///
  /// - Returns: false for a step that is not after the last one taken: the number was seen before.
  public func spendStep(_ step: Int64, of person: Code<Person>, at now: Moment) throws -> Bool {
    try upkeep { db in
      try db.run(
        """
        UPDATE second_factor SET last_step = ?
        WHERE person = (SELECT id FROM person WHERE code = ? AND is_closed = 0) AND last_step < ?
        """, step, person.text, step)
      return db.changesCount == 1
    }
  }

  /// Puts the second factor into force. A second time it only replaces the recovery codes.
  ///
  /// - Parameter recoveryCodes: as they will be read from paper; only keyed hashes of them are kept.
  public func confirmSecondFactor(recoveryCodes: [String], by signer: Signer, at now: Moment) throws {
    let key = try secretKey()
    try write(signer, at: now) { desk in
      let id = try desk.oneself()
      try desk.db.run(
        "UPDATE second_factor SET confirmed_at = coalesce(confirmed_at, ?) WHERE person = ?", now.seconds, id)
      guard desk.db.changesCount == 1 else {
        throw StorageProblem.unknown(what: "second factor of", code: signer.person.text)
      }
      try desk.db.run("DELETE FROM recovery_code WHERE person = ?", id)
      for code in recoveryCodes {
        try desk.db.run(
          "INSERT OR IGNORE INTO recovery_code (person, hash) VALUES (?, ?)", id,
          key.recoveryHash(code, of: id))
      }
      try desk.record(
        .manageOwnAccount, "person \(id)",
        payload: [
          ("second_factor", Canonical.string("confirmed")), ("recovery_codes", "\(recoveryCodes.count)"),
        ])
    }
  }

  /// Takes a recovery code in place of the device, once.
  ///
  /// - Returns: false for one that is not theirs or was spent.
  public func spendRecoveryCode(_ typed: String, of person: Code<Person>, at now: Moment) throws -> Bool {
    let key = try secretKey()
    return try write(Signer(person), at: now) { desk in
      let id = try desk.oneself()
      try desk.db.run(
        "DELETE FROM recovery_code WHERE person = ? AND hash = ?", id, key.recoveryHash(typed, of: id))
      guard desk.db.changesCount == 1 else { return false }
      let left = try desk.db.integer("SELECT count(*) FROM recovery_code WHERE person = ?", id) ?? 0
      try desk.record(
        .manageOwnAccount, "person \(id)",
        payload: [("recovery_code", Canonical.string("spent")), ("left", "\(left)")])
      return true
    }
  }

  /// Takes the second factor away: one's own where no role asks for it, or somebody's who has lost their device, by
  /// whoever keeps their account. Then their sessions end as well.
  public func removeSecondFactor(of person: Code<Person>, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      let isOwn = id == desk.actor?.id
      let act: Act = isOwn ? .manageOwnAccount : .keepPeople
      let subject = try desk.db.person(id)
      if isOwn {
        _ = try desk.oneself()
        guard !subject.needsSecondFactor(on: now.day) else {
          throw StorageProblem.invalid(
            "your roles ask for a second factor; if the device is lost, an administrator can remove it",
            thai: "สิทธิ์ของท่านต้องใช้การยืนยันตัวตนขั้นที่สอง หากอุปกรณ์สูญหาย โปรดติดต่อผู้ดูแลระบบเพื่อยกเลิก")
        }
      } else {
        let office = try desk.db.lastPlace(of: id).map { Code<Office>($0["code"]) }
        try desk.allow(.keepPeople, Matter(office: office, subject: subject))
      }
      try desk.db.run("DELETE FROM second_factor WHERE person = ?", id)
      guard desk.db.changesCount == 1 else {
        throw StorageProblem.unknown(what: "second factor of", code: person.text)
      }
      try desk.db.run("DELETE FROM recovery_code WHERE person = ?", id)
      if !isOwn { try desk.db.run("DELETE FROM session WHERE person = ?", id) }
      try desk.record(act, "person \(id)", payload: [("second_factor", Canonical.string("removed"))])
    }
  }

  /// How many recovery codes somebody has not used.
  public func recoveryCodesLeft(of person: Code<Person>) throws -> Int {
    try read { db in
      Int(
        try db.integer(
          "SELECT count(*) FROM recovery_code JOIN person ON person.id = person WHERE code = ?", person.text)
          ?? 0)
    }
  }
}

extension KeyFile {
  /// Of a code as typed, and of no use to anybody else.
  fileprivate func recoveryHash(_ typed: String, of person: Int64) -> Data {
    hash("\(person)\n\(OneTimeCode.plain(typed))", for: .recoveryCode)
  }
}

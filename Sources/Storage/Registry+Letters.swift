import Foundation
import GRDB
public import Integrity

/// First sign-in: a one-time code on paper, of which only the digest is kept.
extension Registry {
  public struct Letter: Hashable, Sendable {
    public let person: Code<Person>
    public let name: String
    public let post: String
    /// Where they serve, if anywhere.
    public let office: Words?
    /// Six groups of four letters and digits that cannot be mistaken for one another.
    public let code: String
    public let expires: Moment
  }

  static let daysOfLetter = 30

  /// A code for everybody who has not signed in yet; an earlier unused one is void.
  ///
  /// - Parameter offices: only people who serve there; nil for all.
  public func letters(of offices: [Code<Office>]?, by signer: Signer, at now: Moment) throws -> [Letter] {
    try write(signer, at: now) { desk in
      var letters: [Letter] = []
      for row in try desk.db.rows(
        """
        SELECT person.id AS id, person.code AS code, name, post, office.code AS office, name_th, name_en FROM person
        LEFT JOIN posting ON posting.id = (SELECT max(id) FROM posting AS latest WHERE latest.person = person.id)
        LEFT JOIN office ON office.id = posting.office
        WHERE is_closed = 0 AND person.id NOT IN (SELECT person FROM password) ORDER BY office.id, person.id
        """)
      {
        let office = (row["office"] as String?).map { Code<Office>($0) }
        if let offices, !(office.map(offices.contains) ?? false) { continue }
        try desk.allow(.keepPeople, Matter(office: office, subject: try desk.db.person(row["id"])))
        letters.append(
          try desk.letter(
            to: row["id"], code: Code(row["code"]), name: row["name"], post: row["post"],
            office: office.map { _ in Words(thai: row["name_th"], english: row["name_en"]) }))
      }
      return letters
    }
  }

  /// Who has not signed in yet, in the order in which their letters are handed over: office by office.
  ///
  /// - Parameters:
  ///   - offices: only people who serve there; nil for all.
  ///   - isRenewing: also those who have a code that is still good, which becomes void with another.
  public func waitingForLetters(
    at offices: [Code<Office>]?, isRenewing: Bool, by signer: Signer, at now: Moment
  ) throws -> [Code<Person>] {
    try reading(signer, at: now) { desk in
      try desk.allow(.keepPeople, Matter())
      let ids = try offices.map { try $0.map { "\(try desk.db.officeID($0))" } }
      return try desk.db.rows(
        """
        SELECT person.code AS code FROM person
        LEFT JOIN posting ON posting.id = (SELECT max(id) FROM posting AS latest WHERE latest.person = person.id)
        LEFT JOIN office ON office.id = posting.office
        WHERE is_closed = 0 AND person.id NOT IN (SELECT person FROM password)
          AND (?1 OR person.id NOT IN (SELECT person FROM sign_in_code WHERE expires_at > ?2))
          AND (?3 IS NULL OR posting.office IN (SELECT value FROM json_each(?3)))
        ORDER BY office.code, person.id
        """, isRenewing, now.seconds, ids.map { "[" + $0.joined(separator: ",") + "]" }
      ).map { Code($0["code"]) }
    }
  }

  /// Codes for these people, as far as they have not signed in by now.
  public func letters(to people: [Code<Person>], by signer: Signer, at now: Moment) throws -> [Letter] {
    try write(signer, at: now) { desk in
      try desk.allow(.keepPeople, Matter())
      var letters: [Letter] = []
      for code in people {
        let id = try desk.db.personID(code)
        let row = try desk.db.row(
          """
          SELECT name, post, is_closed OR EXISTS (SELECT 1 FROM password WHERE person = person.id) AS is_in
          FROM person WHERE id = ?
          """, id)
        let place = try desk.db.lastPlace(of: id)
        let office = place.map { Code<Office>($0["code"]) }
        try desk.allow(.keepPeople, Matter(office: office, subject: try desk.db.person(id)))
        if row?["is_in"] ?? true { continue }
        letters.append(
          try desk.letter(
            to: id, code: code, name: row?["name"] ?? "", post: row?["post"] ?? "",
            office: place.map { Words(thai: $0["name_th"], english: $0["name_en"]) }))
      }
      return letters
    }
  }

  /// A new code for somebody who cannot sign in any more; their password, second factor and sessions are void.
  public func reset(_ person: Code<Person>, by signer: Signer, at now: Moment) throws -> Letter {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      let place = try desk.db.lastPlace(of: id)
      let office = place.map { Code<Office>($0["code"]) }
      try desk.allow(.keepPeople, Matter(office: office, subject: try desk.db.person(id)))
      let row = try desk.db.row("SELECT name, post FROM person WHERE id = ?", id)
      try desk.db.voidSignIn(of: id)
      return try desk.letter(
        to: id, code: person, name: row?["name"] ?? "", post: row?["post"] ?? "",
        office: place.map { Words(thai: $0["name_th"], english: $0["name_en"]) })
    }
  }

  /// Lets somebody in again where no administrator is left. Needs no signer: whoever holds the file and its key holds the
  /// registry; the trail says how it happened.
  public func recoverAdministrator(_ person: PersonEntry, reason: String, at now: Moment) throws -> Letter {
    guard !reason.isEmpty else {
      throw StorageProblem.invalid(
        "say why; it is kept on the trail", thai: "โปรดระบุเหตุผล ข้อความนี้จะอยู่ในประวัติการดำเนินการ")
    }
    return try write(nil, at: now) { desk in
      desk.allowWithoutPerson()
      try desk.addAdministrator(person, reason: reason)
      let id = try desk.db.personID(person.code)
      let row = try desk.db.row("SELECT name, post FROM person WHERE id = ?", id)
      try desk.db.voidSignIn(of: id)
      return try desk.letter(
        to: id, code: person.code, name: row?["name"] ?? person.name, post: row?["post"] ?? person.post,
        office: nil)
    }
  }
}

extension Database {
  /// Where somebody serves now, or served last.
  func lastPlace(of person: Int64) throws -> Row? {
    try row(
      """
      SELECT office.code AS code, name_th, name_en FROM posting JOIN office ON office.id = posting.office
      WHERE person = ? ORDER BY posting.id DESC LIMIT 1
      """, person)
  }

  /// Takes away everything somebody could sign in with, but for a code on paper.
  func voidSignIn(of person: Int64) throws {
    for table in ["password", "second_factor", "recovery_code", "session"] {
      try run("DELETE FROM \(table) WHERE person = ?", person)
    }
  }
}

extension Desk {
  fileprivate func letter(
    to person: Int64, code: Code<Person>, name: String, post: String, office: Words?
  ) throws -> Registry.Letter {
    let secret = OneTimeCode.random()
    let expires = now.adding(days: Registry.daysOfLetter)
    try db.run(
      """
      INSERT INTO sign_in_code (person, hash, expires_at) VALUES (?, ?, ?)
      ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at
      """, person, OneTimeCode.digest(secret), expires.seconds)
    try record(
      .keepPeople, "person \(person)", payload: [("letter", "true"), ("expires", "\(expires.seconds)")])
    return Registry.Letter(
      person: code, name: name, post: post, office: office, code: OneTimeCode.grouped(secret),
      expires: expires)
  }
}

/// 24 symbols of Crockford's base 32: 120 bits, read aloud without mistakes.
enum OneTimeCode {
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  static func random() -> String {
    String(decoding: Digest.random(24).map { symbols[Int($0 & 31)] }, as: UTF8.self)
  }

  static func grouped(_ code: String) -> String {
    stride(from: 0, to: code.count, by: 4).map { String(code.dropFirst($0).prefix(4)) }.joined(separator: "-")
  }

  static func digest(_ typed: String) -> Data { Digest.of(plain(typed)) }

  /// A code as typed: hyphens, blanks and case do not matter, O is 0, I and L are 1.
  static func plain(_ typed: String) -> String {
    let plain = typed.uppercased().compactMap { character -> Character? in
      switch character {
      case "-", " ": nil
      case "O": "0"
      case "I", "L": "1"
      default: character
      }
    }
    return String(plain)
  }
}

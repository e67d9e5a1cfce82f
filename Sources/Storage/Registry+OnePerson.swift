import Foundation
import GRDB
public import Integrity

/// One person as an administrator sees and changes them.
extension Registry {
  public struct PersonDesk: Sendable {
    public let code: Code<Person>
    public let name: String
    public let post: String
    public let email: String
    public let phone: String
    public let postings: [PostingEntry]
    /// All of them, those that have ended included, the latest first.
    public let grants: [HeldGrant]
    public let conflicts: [DeclaredConflict]
    public let way: WayIn
    public let hasSecondFactor: Bool
    /// Whether it is the reader: nobody changes themselves here.
    public let isReader: Bool
    /// Names of offices that any of these name.
    public let offices: [Code<Office>: Words]
    /// What the reader may give them, whatever the scope.
    public let roles: [Role]
  }

  public struct HeldGrant: Hashable, Sendable {
    /// By which it is ended.
    public let number: Int64
    public let grant: Grant
    /// nil for what nobody granted: the first administrator's.
    public let grantedBy: String?
    public let grantedAt: Moment
  }

  public struct DeclaredConflict: Hashable, Sendable {
    public let office: Code<Office>
    public let reason: String
    public let at: Moment
  }

  public func personDesk(_ code: Code<Person>, by signer: Signer, at now: Moment) throws -> PersonDesk {
    try reading(signer, at: now) { desk in
      try desk.allow(.readPeople, Matter())
      let db = desk.db
      let id = try db.personID(code)
      guard
        let row = try db.row(
          """
          SELECT name, post, is_closed, email, phone, password.person IS NOT NULL AS has_password, expires_at,
            confirmed_at FROM person LEFT JOIN contact ON contact.person = person.id
          LEFT JOIN password ON password.person = person.id LEFT JOIN sign_in_code ON sign_in_code.person = person.id
          LEFT JOIN second_factor ON second_factor.person = person.id WHERE person.id = ?
          """, id)
      else { throw StorageProblem.unknown(what: "person", code: code.text) }
      let person = try db.person(id)
      let grants = try db.rows(
        """
        SELECT role_grant.*, granter.name AS granter FROM role_grant
        LEFT JOIN person AS granter ON granter.id = granted_by WHERE person = ? ORDER BY role_grant.id DESC
        """, id
      ).map { row in
        HeldGrant(
          number: row["id"], grant: try db.grant(row), grantedBy: row["granter"],
          grantedAt: Moment(seconds: row["granted_at"]))
      }
      let conflicts = try db.rows(
        """
        SELECT code, reason, declared_at FROM conflict JOIN office ON office.id = conflict.office
        WHERE person = ? ORDER BY conflict.id
        """, id
      ).map {
        DeclaredConflict(
          office: Code($0["code"]), reason: $0["reason"], at: Moment(seconds: $0["declared_at"]))
      }
      let postings = person.postings.map {
        PostingEntry($0.kind, at: $0.office, from: $0.from, until: $0.until)
      }
      let named = Set(
        postings.map(\.office) + conflicts.map(\.office) + grants.flatMap(\.grant.scope.offices))
      return PersonDesk(
        code: code, name: row["name"], post: row["post"], email: row["email"] ?? "",
        phone: row["phone"] ?? "",
        postings: postings, grants: grants, conflicts: conflicts, way: WayIn(row, at: now),
        hasSecondFactor: row["confirmed_at"] as Int64? != nil, isReader: id == desk.actor?.id,
        offices: try db.officeNames(named), roles: Role.allCases)
    }
  }

  /// Names of offices by their codes; those that are not there are left out.
  public func officeNames(_ codes: Set<Code<Office>>) throws -> [Code<Office>: Words] {
    try read { db in try db.officeNames(codes) }
  }

  /// Offices whose code or name holds what somebody typed, at most so many.
  public func offices(like text: String, most: Int) throws -> [(code: Code<Office>, name: Words)] {
    try read { db in
      try db.rows(
        """
        SELECT code, name_th, name_en FROM office WHERE code LIKE ?1 ESCAPE '\\' OR name_th LIKE ?1 ESCAPE '\\'
          OR name_en LIKE ?1 ESCAPE '\\' ORDER BY code LIMIT ?2
        """, Like.containing(text), most
      ).map { (Code($0["code"]), Words(thai: $0["name_th"], english: $0["name_en"])) }
    }
  }

  /// Changes what somebody is called, their post and how they are reached; nothing else of an entry is looked at.
  public func changePerson(_ entry: PersonEntry, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(entry.code)
      let office = try desk.db.lastPlace(of: id).map { Code<Office>($0["code"]) }
      try desk.allow(.keepPeople, Matter(office: office, subject: try desk.db.person(id)))
      let row = try desk.db.row(
        "SELECT name, post, email, phone FROM person LEFT JOIN contact ON contact.person = id WHERE id = ?",
        id)
      if row?["name"] != entry.name || row?["post"] != entry.post {
        try desk.db.run("UPDATE person SET name = ?, post = ? WHERE id = ?", entry.name, entry.post, id)
        try desk.record(.keepPeople, "person \(id)", row: "person", id)
      }
      let (email, phone): (String, String) = (row?["email"] ?? "", row?["phone"] ?? "")
      if email != entry.email || phone != entry.phone { try desk.setContact(entry, of: id) }
    }
  }

  /// Ends one grant from a day on; others of the same role stay.
  public func endGrant(
    _ number: Int64, of person: Code<Person>, until day: Day, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      guard let held = try desk.db.grants(of: id).first(where: { $0.id == number })?.grant else {
        throw StorageProblem.unknown(what: "grant of a role held by", code: person.text)
      }
      try desk.allow(.revokeRole, Matter(subject: try desk.db.person(id), grant: held))
      // It has ended already, or ends sooner.
      if let until = held.until, until <= day { return }
      try desk.db.run("UPDATE role_grant SET until_day = ? WHERE id = ?", day.description, number)
      try desk.record(
        .revokeRole, "person \(id)", office: try held.scope.offices.first.map(desk.db.officeID),
        row: "role_grant", number)
      try desk.db.run("DELETE FROM session WHERE person = ?", id)
    }
  }
}

extension Desk {
  /// The trail says that it changed and not to what.
  fileprivate func setContact(_ entry: PersonEntry, of person: Int64) throws {
    try db.run("DELETE FROM contact WHERE person = ?", person)
    if !entry.email.isEmpty || !entry.phone.isEmpty {
      try db.run(
        "INSERT INTO contact (person, email, phone) VALUES (?, ?, ?)", person, entry.email, entry.phone)
    }
    try record(.keepPeople, "person \(person)", payload: [("contact", "true")])
  }
}

extension Database {
  func officeNames(_ codes: Set<Code<Office>>) throws -> [Code<Office>: Words] {
    guard !codes.isEmpty else { return [:] }
    let rows = try rows(
      "SELECT code, name_th, name_en FROM office WHERE code IN (SELECT value FROM json_each(?))",
      Canonical.strings(codes.map(\.text)))
    return Dictionary(
      rows.map { (Code($0["code"]), Words(thai: $0["name_th"], english: $0["name_en"])) }
    ) { a, _ in a }
  }
}

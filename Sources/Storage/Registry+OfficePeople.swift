import Foundation
import GRDB
public import Integrity

/// The people of one office, as whoever keeps their accounts sees them.
extension Registry {
  public struct PeopleDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// As it takes part in the cycle.
    public let office: Office
    public let groups: [GroupEntry]
    /// In the order in which they came.
    public let people: [OfficePerson]
    /// Roles the reader may give to somebody new; empty for a reader who only looks.
    public let grantable: [Role]
    /// Whether the reader may see the office's other pages too.
    public let isOwn: Bool
  }

  /// Somebody who serves at the office or holds a role for it.
  public struct OfficePerson: Hashable, Sendable {
    public let code: Code<Person>
    public let name: String
    public let post: String
    /// Roles held for the office today.
    public let grants: [Grant]
    public let way: WayIn
    /// Whether it is the reader.
    public let isReader: Bool
    /// Whether the reader may give them a letter, or close their account.
    public let mayKeep: Bool
    /// Roles of theirs that the reader may end.
    public let revocable: Set<Role>
    /// Roles that the reader may give them.
    public let grantable: [Role]
  }

  /// How somebody gets in.
  public enum WayIn: Hashable, Sendable {
    /// They have set a password.
    case password
    /// A letter has been printed, and its code is good until then.
    case letter(until: Moment)
    /// Neither a password nor a code that is still good.
    case none
    case closed
  }

  /// The people of an office with what the reader may do for each.
  public func peopleDesk(
    _ office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> PeopleDesk {
    try reading(signer, at: now) { desk in
      let place = try DeskPlace(desk, office, cycle)
      try desk.allow(.readPeople, Matter(office: office))
      let reader = try desk.signer()
      let rows = try desk.db.rows(
        """
        SELECT person.id AS id, person.code AS code, name, post, is_closed, password.person IS NOT NULL AS has_password,
          expires_at FROM person LEFT JOIN password ON password.person = person.id
        LEFT JOIN sign_in_code ON sign_in_code.person = person.id
        WHERE person.id IN (SELECT person FROM posting WHERE office = ?)
          OR person.id IN (SELECT person FROM role_grant JOIN role_grant_office
            ON role_grant_office.role_grant = role_grant.id WHERE office = ?)
        ORDER BY person.id
        """, place.officeID, place.officeID)
      let people = try rows.map { row -> OfficePerson in
        let person = try desk.db.person(row["id"])
        let held = person.grants.filter { $0.holds(on: now.day) && $0.scope.offices.contains(office) }
        let mayKeep = Conduct.may(
          .keepPeople, in: Matter(office: office, subject: person), by: reader, at: now)
        let revocable = held.filter { grant in
          Conduct.may(.revokeRole, in: Matter(subject: person, grant: grant), by: reader, at: now) == nil
        }
        return OfficePerson(
          code: Code(row["code"]), name: row["name"], post: row["post"], grants: held,
          way: WayIn(row, at: now), isReader: person.id == reader.id,
          mayKeep: mayKeep == nil && person.id != reader.id, revocable: Set(revocable.map(\.role)),
          grantable: person.isClosed ? [] : reader.grantable(to: person, for: office, at: now))
      }
      return PeopleDesk(
        cycle: place.cycle, rubric: place.rubric, office: place.office,
        groups: try desk.db.groups(of: place.officeID, office), people: people,
        grantable: reader.grantable(to: Person(id: ID(0), name: ""), for: office, at: now),
        isOwn: Conduct.may(.readSubmission, in: place.matter, by: reader, at: now) == nil)
    }
  }

  /// Adds somebody who is not there yet.
  ///
  /// - Throws: `StorageProblem.taken` where somebody signs in by that name already.
  public func add(_ person: PersonEntry, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let offices = Set(person.postings.map(\.office) + person.grants.flatMap(\.scope.offices)).sorted()
      if offices.isEmpty { try desk.allow(.keepPeople, Matter()) }
      for office in offices { try desk.allow(.keepPeople, Matter(office: office)) }
      if try desk.db.integer("SELECT id FROM person WHERE code = ?", person.code.text) != nil {
        throw StorageProblem.taken(what: "person", code: person.code.text)
      }
      _ = try desk.put(person, isDryRun: false)
    }
  }

  /// Closes somebody's account, or opens it again. What they could sign in with is void either way: whoever comes back
  /// is given a new letter.
  public func setClosed(_ isClosed: Bool, _ person: Code<Person>, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      let office = try desk.db.lastPlace(of: id).map { Code<Office>($0["code"]) }
      let subject = try desk.db.person(id)
      try desk.allow(.keepPeople, Matter(office: office, subject: subject))
      guard try desk.signer().id != subject.id else {
        throw StorageProblem.invalid(
          "nobody closes their own account; ask another administrator",
          thai: "ท่านปิดบัญชีของตนเองไม่ได้ ต้องให้ผู้ดูแลระบบคนอื่นดำเนินการ")
      }
      if subject.isClosed == isClosed { return }
      try desk.db.run("UPDATE person SET is_closed = ? WHERE id = ?", isClosed, id)
      try desk.db.voidSignIn(of: id)
      try desk.db.run("DELETE FROM sign_in_code WHERE person = ?", id)
      try desk.record(.keepPeople, "person \(id)", row: "person", id)
    }
  }
}

extension Registry.WayIn {
  init(_ row: Row, at now: Moment) {
    let expires = (row["expires_at"] as Int64?).map { Moment(seconds: $0) }
    if row["is_closed"] {
      self = .closed
    } else if row["has_password"] {
      self = .password
    } else if let expires, now < expires {
      self = .letter(until: expires)
    } else {
      self = .none
    }
  }
}

extension Person {
  /// Roles of an office that they may give to somebody from today on.
  fileprivate func grantable(to subject: Person, for office: Code<Office>, at now: Moment) -> [Role] {
    Role.allCases.filter { role in
      let grant = Grant(role, for: .offices([office]), from: now.day)
      return role.belongsToAnOffice
        && Conduct.may(
          .grantRole, in: Matter(office: office, subject: subject, grant: grant), by: self, at: now)
          == nil
    }
  }
}

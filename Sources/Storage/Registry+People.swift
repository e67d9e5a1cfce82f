import Foundation
import GRDB
public import Integrity

/// People, where they serve and what they may do.
extension Registry {
  /// The first administrator of a registry that has nobody yet.
  func found(_ administrator: PersonEntry, at now: Moment) throws {
    try write(nil, at: now) { desk in
      guard try desk.db.integer("SELECT count(*) FROM person") == 0 else {
        throw StorageProblem.exists(path: path)
      }
      desk.allowWithoutPerson()
      try desk.addAdministrator(administrator, reason: "the registry was made")
    }
  }

  /// Takes a roster in: people, where they serve, and the roles it names. Nobody is taken away, no role revoked.
  public func keep(people: [PersonEntry], isDryRun: Bool, by signer: Signer, at now: Moment) throws -> Changes
  {
    try write(signer, at: now) { desk in try desk.keep(people: people, isDryRun: isDryRun) }
  }

  public func grant(_ grant: Grant, to person: Code<Person>, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      if try desk.db.grants(of: id).contains(where: { $0.grant == grant }) {
        throw StorageProblem.taken(what: "grant of the role \(grant.role.rawValue) to", code: person.text)
      }
      try desk.give(grant, to: id)
    }
  }

  /// Ends a role from a day on.
  ///
  /// - Parameter office: whose role it is; nil for one held everywhere.
  public func revoke(
    _ role: Role, for office: Code<Office>?, from person: Code<Person>, until day: Day, by signer: Signer,
    at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      let held = try desk.db.grants(of: id).filter { _, grant in
        guard grant.role == role, grant.until.map({ day < $0 }) ?? true else { return false }
        switch grant.scope {
        case .everywhere: return office == nil
        case .offices(let offices): return office.map(offices.contains) ?? false
        }
      }
      guard !held.isEmpty else {
        throw StorageProblem.unknown(what: "grant of the role \(role.rawValue) held by", code: person.text)
      }
      for (row, grant) in held {
        try desk.allow(.revokeRole, Matter(subject: try desk.db.person(id), grant: grant))
        try desk.db.run("UPDATE role_grant SET until_day = ? WHERE id = ?", day.description, row)
        try desk.record(
          .revokeRole, "person \(id)", office: try office.map(desk.db.officeID), row: "role_grant", row)
      }
      try desk.db.run("DELETE FROM session WHERE person = ?", id)
    }
  }

  public func declareConflict(
    of person: Code<Person>, with office: Code<Office>, reason: String, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(person)
      let officeID = try desk.db.officeID(office)
      try desk.allow(.declareConflict, Matter(office: office, subject: try desk.db.person(id)))
      guard
        try desk.db.integer("SELECT id FROM conflict WHERE person = ? AND office = ?", id, officeID) == nil
      else { throw StorageProblem.taken(what: "conflict of '\(person)' with the office", code: office.text) }
      let row = try desk.db.insert(
        "INSERT INTO conflict (person, office, reason, declared_at) VALUES (?, ?, ?, ?)", id, officeID,
        reason,
        now.seconds)
      // What they had begun there is not theirs to finish.
      try desk.db.run("DELETE FROM mark WHERE person = ? AND office = ?", id, officeID)
      try desk.record(.declareConflict, "person \(id)", office: officeID, row: "conflict", row)
      try desk.endAssignments(of: id, at: officeID)
    }
  }

  public func person(_ code: Code<Person>) throws -> Person {
    try read { db in try db.person(try db.personID(code)) }
  }

  /// Somebody in a list of people.
  public struct PersonSummary: Hashable, Sendable {
    public let code: Code<Person>
    public let name: String
    public let post: String
    public let grants: [Grant]
    public let isClosed: Bool
    /// Whether they have set a password.
    public let hasSignedIn: Bool
  }

  /// The people who serve at an office or hold a role for it; nil for everybody.
  public func people(of office: Code<Office>?, by signer: Signer, at now: Moment) throws -> [PersonSummary] {
    try reading(signer, at: now) { desk in
      try desk.allow(.readPeople, Matter(office: office))
      let id = try office.map(desk.db.officeID)
      return try desk.db.rows(
        """
        SELECT person.id AS id, code, name, post, is_closed, password.person IS NOT NULL AS has_signed_in
        FROM person LEFT JOIN password ON password.person = person.id
        WHERE ? IS NULL OR person.id IN (SELECT person FROM posting WHERE office = ?)
          OR person.id IN (SELECT person FROM role_grant JOIN role_grant_office
            ON role_grant_office.role_grant = role_grant.id WHERE office = ?)
        ORDER BY person.id
        """, id, id, id
      ).map { row in
        PersonSummary(
          code: Code(row["code"]), name: row["name"], post: row["post"],
          grants: try desk.db.grants(of: row["id"]).map(\.grant), isClosed: row["is_closed"],
          hasSignedIn: row["has_signed_in"])
      }
    }
  }
}

extension Grant.Scope {
  var offices: [Code<Office>] {
    switch self {
    case .everywhere: []
    case .offices(let offices): offices.sorted()
    }
  }
}

extension Desk {
  /// People as a roster has them.
  ///
  /// - Parameter progress: told how many are done.
  func keep(
    people: [PersonEntry], isDryRun: Bool, _ progress: (Int) throws -> Void = { _ in }
  ) throws -> Changes {
    var changes = Changes()
    for (number, entry) in people.enumerated() {
      try allowKeeping(entry)
      changes.note(try put(entry, isDryRun: isDryRun), entry.code.text)
      try progress(number + 1)
    }
    return changes
  }

  /// Whoever takes in somebody's entry keeps people wherever it puts them.
  func allowKeeping(_ entry: PersonEntry) throws {
    let known = try db.integer("SELECT id FROM person WHERE code = ?", entry.code.text)
    let subject = try known.map(db.person)
    let places = entry.postings.map(\.office) + entry.grants.flatMap(\.scope.offices)
    for office in places.isEmpty ? [nil] : places.map(Optional.some) {
      try allow(.keepPeople, Matter(office: office, subject: subject))
    }
  }

  /// Adds a person, or brings one up to date.
  func put(_ entry: PersonEntry, isDryRun: Bool) throws -> Changes.Kind {
    let hash = entry.nationalID.map { registry.key?.hash($0.digits, for: .nationalID) ?? Data() }
    let before = try db.row("SELECT * FROM person WHERE code = ?", entry.code.text)
    if let hash, let other = try db.row("SELECT code FROM person WHERE national_hash = ?", hash),
      other["code"] != entry.code.text
    {
      throw StorageProblem.invalid(
        "'\(entry.code)' has the same personal number as '\(other["code"] as String)'; they are one person",
        thai:
          "“\(entry.code)” มีเลขประจำตัวประชาชนเดียวกับ “\(other["code"] as String)” จึงเป็นบุคคลเดียวกัน โปรดใช้ชื่อผู้ใช้เดียว"
      )
    }
    guard let before else {
      if isDryRun { return .added }
      let id = try db.insert(
        "INSERT INTO person (code, name, post, national_hash, made_at) VALUES (?, ?, ?, ?, ?)",
        entry.code.text,
        entry.name, entry.post, hash, now.seconds)
      try record(.keepPeople, "person \(id)", row: "person", id)
      _ = try putContact(entry, of: id)
      _ = try putPlaces(entry, of: id, isDryRun: false)
      return .added
    }
    let id: Int64 = before["id"]
    var isChanged = false
    let known: Data? = before["national_hash"]
    if before["name"] != entry.name || before["post"] != entry.post || (hash != nil && hash != known) {
      isChanged = true
      if !isDryRun {
        try db.run(
          "UPDATE person SET name = ?, post = ?, national_hash = ? WHERE id = ?", entry.name, entry.post,
          hash ?? known, id)
        try record(.keepPeople, "person \(id)", row: "person", id)
      }
    }
    if try putPlaces(entry, of: id, isDryRun: isDryRun) { isChanged = true }
    if try contactDiffers(entry, of: id) {
      isChanged = true
      if !isDryRun { _ = try putContact(entry, of: id) }
    }
    return isChanged ? .changed : .unchanged
  }

  private func contactDiffers(_ entry: PersonEntry, of person: Int64) throws -> Bool {
    if entry.email.isEmpty, entry.phone.isEmpty { return false }
    let row = try db.row("SELECT email, phone FROM contact WHERE person = ?", person)
    return row?["email"] != entry.email || row?["phone"] != entry.phone
  }

  /// How to reach somebody; the trail says that it changed and not to what.
  private func putContact(_ entry: PersonEntry, of person: Int64) throws {
    if entry.email.isEmpty, entry.phone.isEmpty { return }
    try db.run(
      """
      INSERT INTO contact (person, email, phone) VALUES (?, ?, ?)
      ON CONFLICT (person) DO UPDATE SET email = excluded.email, phone = excluded.phone
      """, person, entry.email, entry.phone)
    try record(.keepPeople, "person \(person)", payload: [("contact", "true")])
  }

  /// Postings and grants that are not there yet.
  private func putPlaces(_ entry: PersonEntry, of person: Int64, isDryRun: Bool) throws -> Bool {
    var isChanged = false
    for posting in entry.postings {
      let office = try db.officeID(posting.office)
      let before = try db.row(
        "SELECT id, until_day FROM posting WHERE person = ? AND office = ? AND kind = ? AND from_day = ?",
        person,
        office, posting.kind.rawValue, posting.from.description)
      if let before, before["until_day"] == posting.until?.description { continue }
      isChanged = true
      if isDryRun { continue }
      try db.run(
        """
        INSERT INTO posting (person, office, kind, from_day, until_day) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (person, office, kind, from_day) DO UPDATE SET until_day = excluded.until_day
        """, person, office, posting.kind.rawValue, posting.from.description, posting.until?.description)
      let row = try db.integer(
        "SELECT id FROM posting WHERE person = ? AND office = ? AND kind = ? AND from_day = ?", person,
        office,
        posting.kind.rawValue, posting.from.description)
      try record(.keepPeople, "person \(person)", office: office, row: "posting", row ?? 0)
    }
    let held = try db.grants(of: person).map(\.grant)
    for grant in entry.grants where !held.contains(grant) {
      isChanged = true
      if isDryRun {
        // Asked all the same, so that a dry run names what would be refused.
        try allow(.grantRole, Matter(subject: try db.person(person), grant: grant))
      } else {
        try give(grant, to: person)
      }
    }
    return isChanged
  }

  fileprivate func give(_ grant: Grant, to person: Int64) throws {
    let offices = grant.scope.offices
    for office in offices { _ = try db.officeID(office) }
    try allow(.grantRole, Matter(subject: try db.person(person), grant: grant))
    try insert(grant, of: person)
    // What they may do has changed: they sign in again.
    try db.run("DELETE FROM session WHERE person = ?", person)
  }

  private func insert(_ grant: Grant, of person: Int64) throws {
    let offices = grant.scope.offices
    let row = try db.insert(
      """
      INSERT INTO role_grant (person, role, is_everywhere, offices, group_code, from_day, until_day, capacity,
        order_number, order_day, granted_by, granted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, person, grant.role.rawValue, grant.scope == .everywhere, Canonical.strings(offices.map(\.text)),
      grant.group?.text, grant.from.description, grant.until?.description, grant.acting?.capacity.rawValue,
      grant.acting?.order, grant.acting?.date.description, actor?.id, now.seconds)
    for office in offices {
      try db.run(
        "INSERT INTO role_grant_office (role_grant, office) VALUES (?, ?)", row, try db.officeID(office))
    }
    try record(
      .grantRole, "person \(person)", office: try offices.first.map(db.officeID), row: "role_grant", row)
  }

  /// Makes somebody administrator whom nobody could have appointed.
  func addAdministrator(_ entry: PersonEntry, reason: String) throws {
    let known = try db.integer("SELECT id FROM person WHERE code = ?", entry.code.text)
    let id =
      try known
      ?? db.insert(
        "INSERT INTO person (code, name, post, made_at) VALUES (?, ?, ?, ?)", entry.code.text, entry.name,
        entry.post, now.seconds)
    try db.run("UPDATE person SET is_closed = 0 WHERE id = ?", id)
    try record(.keepPeople, "person \(id)", row: "person", id)
    try record(.keepPeople, "person \(id)", payload: [("reason", Canonical.string(reason))])
    let grant = Grant(.administrator, for: .everywhere, from: now.day)
    let held = try db.grants(of: id).map(\.grant).filter { $0.holds(on: now.day) }
    if let other = held.first(where: { $0.role.conflicts(with: .administrator) }) {
      throw Refusal(.grantRole, .conflictingRoles(.administrator, other.role))
    }
    if !held.contains(where: { $0.role == .administrator && $0.scope == .everywhere }) {
      try insert(grant, of: id)
    }
    try db.run("DELETE FROM session WHERE person = ?", id)
  }
}

extension Desk {
  /// Takes an office back from somebody in conflict with it, so that it is seen to have nobody and goes to another.
  fileprivate func endAssignments(of person: Int64, at office: Int64) throws {
    for held in try db.rows(
      "SELECT id, cycle FROM assignment WHERE assessor = ? AND office = ? AND until_at IS NULL", person,
      office)
    {
      let row: Int64 = held["id"]
      try db.run(
        "UPDATE assignment SET until_at = ?, reason = ? WHERE id = ?", now.seconds, "ผลประโยชน์ทับซ้อน", row)
      try record(
        .declareConflict, "person \(person)", cycle: held["cycle"], office: office, row: "assignment", row)
    }
  }
}

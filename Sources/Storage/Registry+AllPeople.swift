import Foundation
import GRDB
public import Integrity

/// Everybody, to look through; and one of them with all an administrator may change.
extension Registry {
  /// Who is looked for.
  public struct PeopleFilter: Hashable, Sendable {
    /// A part of a name, a post or the name they sign in with.
    public var text: String
    /// Who holds it today.
    public var role: Role?
    /// Who serves there or holds a role for it.
    public var office: Code<Office>?
    public var state: State?

    public enum State: String, Hashable, Sendable, CaseIterable {
      /// Open accounts without a password.
      case outside
      /// Of these, those without a code that is still good.
      case unwritten
      case closed
    }

    public init(text: String = "", role: Role? = nil, office: Code<Office>? = nil, state: State? = nil) {
      self.text = text
      self.role = role
      self.office = office
      self.state = state
    }

    var isEmpty: Bool { self == PeopleFilter() }
  }

  public struct PeopleList: Sendable {
    /// In the order of their names.
    public let people: [ListedPerson]
    public let found: Int
  }

  /// Somebody in the list of everybody.
  public struct ListedPerson: Hashable, Sendable {
    public let code: Code<Person>
    public let name: String
    public let post: String
    /// Where they serve, if anywhere.
    public let office: Words?
    /// Held today.
    public let grants: [Grant]
    public let way: WayIn
  }

  /// Some of the people; in the same number of queries for a hundred of them as for one.
  public func people(
    _ filter: PeopleFilter, from first: Int, most: Int, by signer: Signer, at now: Moment
  ) throws -> PeopleList {
    let known = people.known
    return try reading(signer, at: now) { desk in
      try desk.allow(.readPeople, Matter())
      let ids = try people.ids(desk.db, filter, from: known, at: now)
      let shown = Array(ids.dropFirst(max(0, first)).prefix(most))
      return PeopleList(people: try desk.db.listed(shown, at: now), found: ids.count)
    }
  }

  /// Everybody of the same filter, as the table that brings people in has them.
  public func roster(_ filter: PeopleFilter, by signer: Signer, at now: Moment) throws -> [PersonEntry] {
    let known = people.known
    return try reading(signer, at: now) { desk in
      try desk.allow(.readPeople, Matter())
      return try people.ids(desk.db, filter, from: known, at: now).map(desk.db.entry)
    }
  }
}

extension PeopleOrder {
  /// Those whom a filter finds, in order.
  func ids(
    _ db: Database, _ filter: Registry.PeopleFilter, from known: Known, at now: Moment
  ) throws -> [Int64] {
    let all = try ids(db, from: known)
    if filter.isEmpty { return all }
    let matching = try db.matching(filter, at: now)
    return all.filter(matching.contains)
  }
}

extension Database {
  /// Numbers of people whom a filter finds.
  fileprivate func matching(_ filter: Registry.PeopleFilter, at now: Moment) throws -> Set<Int64> {
    let (like, today) = (Like.containing(filter.text), now.day.description)
    // An office that is not there has nobody.
    let office = try filter.office.map { try integer("SELECT id FROM office WHERE code = ?", $0.text) ?? 0 }
    let state =
      switch filter.state {
      case nil: "1"
      case .closed: "is_closed = 1"
      case .outside: "is_closed = 0 AND person.id NOT IN (SELECT person FROM password)"
      case .unwritten:
        """
        is_closed = 0 AND person.id NOT IN (SELECT person FROM password)
          AND person.id NOT IN (SELECT person FROM sign_in_code WHERE expires_at > \(now.seconds))
        """
      }
    // Each part stands only where it is asked for: what is not asked costs nothing.
    var parts = [state]
    var values: StatementArguments = []
    if let like {
      parts.append("(name LIKE ? ESCAPE '\\' OR code LIKE ? ESCAPE '\\' OR post LIKE ? ESCAPE '\\')")
      values += [like, like, like]
    }
    if let role = filter.role {
      parts.append(
        """
        person.id IN (SELECT person FROM role_grant
          WHERE role = ? AND from_day <= ? AND (until_day IS NULL OR until_day > ?))
        """)
      values += [role.rawValue, today, today]
    }
    if let office {
      parts.append(
        """
        (person.id IN (SELECT person FROM posting WHERE office = ?) OR person.id IN
          (SELECT person FROM role_grant_office JOIN role_grant ON role_grant.id = role_grant WHERE office = ?))
        """)
      values += [office, office]
    }
    let sql = "SELECT id FROM person WHERE " + parts.joined(separator: " AND ")
    return try Int64.fetchSet(self, sql: sql, arguments: values)
  }

  fileprivate func listed(_ ids: [Int64], at now: Moment) throws -> [Registry.ListedPerson] {
    let list = "[" + ids.map { "\($0)" }.joined(separator: ",") + "]"
    let rows = try rows(
      """
      SELECT person.id AS id, person.code AS code, name, post, is_closed, password.person IS NOT NULL AS has_password,
        expires_at, office.name_th AS name_th, office.name_en AS name_en
      FROM person LEFT JOIN password ON password.person = person.id
      LEFT JOIN sign_in_code ON sign_in_code.person = person.id
      LEFT JOIN posting ON posting.id = (SELECT max(id) FROM posting AS latest WHERE latest.person = person.id)
      LEFT JOIN office ON office.id = posting.office
      WHERE person.id IN (SELECT value FROM json_each(?))
      """, list)
    var grants: [Int64: [Grant]] = [:]
    for row in try self.rows(
      "SELECT * FROM role_grant WHERE person IN (SELECT value FROM json_each(?)) ORDER BY id", list)
    {
      let grant = try grant(row)
      if grant.holds(on: now.day) { grants[row["person"], default: []].append(grant) }
    }
    let found = Dictionary(
      rows.map { row -> (Int64, Registry.ListedPerson) in
        let id: Int64 = row["id"]
        let thai: String? = row["name_th"]
        return (
          id,
          Registry.ListedPerson(
            code: Code(row["code"]), name: row["name"], post: row["post"],
            office: thai.map { Words(thai: $0, english: row["name_en"]) }, grants: grants[id] ?? [],
            way: Registry.WayIn(row, at: now))
        )
      }
    ) { a, _ in a }
    return ids.compactMap { found[$0] }
  }

  /// Somebody with their postings and grants as they were entered.
  fileprivate func entry(_ id: Int64) throws -> PersonEntry {
    let row = try row(
      "SELECT code, name, post, email, phone FROM person LEFT JOIN contact ON contact.person = id WHERE id = ?",
      id)
    let postings = try rows(
      """
      SELECT code, posting.kind AS kind, posting.from_day AS from_day, posting.until_day AS until_day FROM posting
      JOIN office ON office.id = posting.office WHERE person = ? ORDER BY posting.id
      """, id
    ).map {
      PostingEntry(
        Posting.Kind(rawValue: $0["kind"]) ?? .employing, at: Code($0["code"]), from: day($0["from_day"]),
        until: ($0["until_day"] as String?).map(day))
    }
    return PersonEntry(
      code: Code(row?["code"] ?? ""), name: row?["name"] ?? "", post: row?["post"] ?? "",
      email: row?["email"] ?? "", phone: row?["phone"] ?? "", postings: postings,
      grants: try grants(of: id).map(\.grant))
  }
}

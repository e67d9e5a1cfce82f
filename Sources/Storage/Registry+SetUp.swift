import GRDB
public import Integrity

/// How far everything is set up, for whoever sets it up.
extension Registry {
  public struct SetUp: Sendable {
    /// The latest that is not published; nil where there is none.
    public let cycle: Cycle?
    public let rubric: Rubric?
    /// Every cycle, the latest first.
    public let cycles: [Cycle]
    public let offices: Int
    public let groups: Int
    /// Offices that take part, or would if the cycle were opened now.
    public let participants: Int
    public let accounts: Accounts
    public let staff: Staff
    /// How far the cycle has come once it is open; nil before.
    public let course: Course?
  }

  /// Accounts that are open.
  public struct Accounts: Hashable, Sendable {
    public let open: Int
    /// Have no password yet.
    public let outside: Int
    /// Have neither a password nor a code that is still good.
    public let unwritten: Int
  }

  /// Who is there to do the work of a cycle, today.
  public struct Staff: Hashable, Sendable {
    /// Offices that take part and have none who signs.
    public let withoutDirector: Int
    /// Offices that take part and have none who prepares.
    public let withoutOfficer: Int
    public let assessors: Int
    public let leads: Int
    public let members: Int

    /// Two seal.
    public static let fewestMembers = 2

    public var isComplete: Bool {
      withoutDirector == 0 && withoutOfficer == 0 && assessors > 0 && leads > 0
        && members >= Staff.fewestMembers
    }
  }

  public func setUp(by signer: Signer, at now: Moment) throws -> SetUp {
    try reading(signer, at: now) { desk in
      try desk.allow(.setUpCycle, Matter())
      let db = desk.db
      let ids = try db.rows("SELECT id FROM cycle ORDER BY year DESC, id DESC").map { $0["id"] as Int64 }
      let cycles = try ids.map(db.cycle)
      let current = zip(ids, cycles).first { $0.1.stage != .published }
      let rubric = try current.map { try self.rubric(db, $0.0) }
      let course = try current.flatMap { id, cycle in
        cycle.stage == .preparing ? nil : try rubric.map { try desk.course(id, cycle, $0) }
      }
      func count(_ table: String) throws -> Int {
        Int(try db.integer("SELECT count(*) FROM \(table)") ?? 0)
      }
      return SetUp(
        cycle: current?.1, rubric: rubric, cycles: cycles, offices: try count("office"),
        groups: try count("working_group"),
        participants: try current.map { try desk.participants($0.0, $0.1, rubric) } ?? 0,
        accounts: try desk.accounts(), staff: try desk.staff(current?.0, current?.1, rubric),
        course: course)
    }
  }
}

extension Desk {
  /// The offices of a cycle as a condition on the table `office`; before it is opened, those it would take in.
  private func taking(
    _ id: Int64?, _ cycle: Cycle?, _ rubric: Rubric?
  ) -> (sql: String, values: StatementArguments) {
    guard let id, let cycle, let rubric else { return ("1", []) }
    if cycle.stage != .preparing {
      return ("office.id IN (SELECT office FROM participant WHERE cycle = ?1)", [id])
    }
    let taking = Taking(rubric, cycle.year)
    return (taking.sql, [taking.first, taking.last, taking.kinds])
  }

  fileprivate func participants(_ id: Int64, _ cycle: Cycle, _ rubric: Rubric?) throws -> Int {
    let (sql, values) = taking(id, cycle, rubric)
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM office WHERE \(sql)", arguments: values) ?? 0
  }

  fileprivate func accounts() throws -> Registry.Accounts {
    let row = try db.row(
      """
      SELECT count(*) AS open, sum(password.person IS NULL) AS outside,
        sum(password.person IS NULL AND coalesce(expires_at, 0) <= ?) AS unwritten
      FROM person LEFT JOIN password ON password.person = person.id
      LEFT JOIN sign_in_code ON sign_in_code.person = person.id WHERE is_closed = 0
      """, now.seconds)
    return Registry.Accounts(
      open: row?["open"] ?? 0, outside: row?["outside"] ?? 0, unwritten: row?["unwritten"] ?? 0)
  }

  fileprivate func staff(_ id: Int64?, _ cycle: Cycle?, _ rubric: Rubric?) throws -> Registry.Staff {
    let today = now.day.description
    let (sql, values) = taking(id, cycle, rubric)
    func without(_ role: Role) throws -> Int {
      // One pass over the grants, and one over the offices.
      let names: StatementArguments = ["role": role.rawValue, "today": today]
      return try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM office WHERE \(sql) AND id NOT IN (
            SELECT role_grant_office.office FROM role_grant JOIN role_grant_office ON role_grant = role_grant.id
            JOIN person ON person.id = role_grant.person
            WHERE role = :role AND from_day <= :today AND (until_day IS NULL OR until_day > :today) AND is_closed = 0)
          """,
        arguments: values + names) ?? 0
    }
    func holders(_ role: Role) throws -> Int {
      Int(
        try db.integer(
          """
          SELECT count(DISTINCT person) FROM role_grant JOIN person ON person.id = person WHERE role = ? AND
            from_day <= ? AND (until_day IS NULL OR until_day > ?) AND is_closed = 0
          """, role.rawValue, today, today) ?? 0)
    }
    return Registry.Staff(
      withoutDirector: try without(.director), withoutOfficer: try without(.officer),
      assessors: try holders(.assessor), leads: try holders(.leadAssessor), members: try holders(.committee))
  }
}

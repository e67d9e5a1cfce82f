import Integrity
import Testing

/// From when to when a role is held, where, by whom it is granted.
@Suite struct GrantTests {
  @Test(arguments: [
    ("2026-02-28T23:59:59", false), ("2026-03-01T00:00:00", true), ("2026-03-31T23:59:59", true),
    ("2026-04-01T00:00:00", false),
    // The same in Greenwich: the day begins in Bangkok seven hours earlier.
    ("2026-02-28T16:59:59Z", false), ("2026-02-28T17:00:00Z", true), ("2026-03-31T16:59:59Z", true),
    ("2026-03-31T17:00:00Z", false),
  ])
  func `a grant holds from its first day up to but not including its last, by Bangkok's midnight`(
    now: String, holds: Bool
  ) {
    let director = SmallYear.person(1, SmallYear.grant(.director, from: "2026-03-01", until: "2026-04-01"))
    let refusal = Conduct.may(
      .submit, in: SmallYear.matter(submission: .ready), by: director, at: SmallYear.moment(now))
    #expect(refusal?.reason == (holds ? nil : .role([.director])))
  }

  @Test func `a grant without an end holds on`() {
    #expect(SmallYear.grant(.officer, from: "2026-03-01").holds(on: SmallYear.day("2099-12-31")))
  }

  @Test func `a grant for an office does not reach what is above, below or beside it`() {
    let director = SmallYear.person(1, SmallYear.grant(.director))
    for office in [SmallYear.above, SmallYear.below, SmallYear.beside] {
      let matter = SmallYear.matter(office: office, submission: .ready)
      #expect(
        Conduct.may(.submit, in: matter, by: director, at: SmallYear.collecting)?.reason == .role([.director])
      )
    }
  }

  @Test func `a grant may be for several offices`() {
    let both = SmallYear.grant(.director, for: .offices([SmallYear.office, SmallYear.beside]))
    for office in [SmallYear.office, SmallYear.beside] {
      let matter = SmallYear.matter(office: office, submission: .ready)
      #expect(
        Conduct.may(.submit, in: matter, by: SmallYear.person(1, both), at: SmallYear.collecting) == nil)
    }
  }

  // Acting for a head.

  private static let acting = Acting(.inPlaceOf, order: "ที่ 123/2569", date: SmallYear.day("2026-02-27"))

  @Test func `who acts for the director signs while the order lasts`() {
    let acting = SmallYear.person(
      1, SmallYear.grant(.officer),
      SmallYear.grant(.director, from: "2026-03-01", until: "2026-03-15", acting: GrantTests.acting))
    let matter = SmallYear.matter(submission: .ready)
    func refusal(_ now: String) -> Refusal.Reason? {
      Conduct.may(.submit, in: matter, by: acting, at: SmallYear.moment(now))?.reason
    }
    #expect(refusal("2026-02-28T12:00") == .role([.director]))
    #expect(refusal("2026-03-01T00:00") == nil)
    #expect(refusal("2026-03-14T23:59") == nil)
    #expect(refusal("2026-03-15T00:00") == .role([.director]))
    let grant = acting.grant(.director, for: SmallYear.office, on: SmallYear.day("2026-03-10"))
    #expect(grant?.acting == GrantTests.acting)
  }

  @Test func `who is the head does not sign as somebody acting`() {
    let director = SmallYear.person(
      1, SmallYear.grant(.director, until: "2026-04-01", acting: GrantTests.acting),
      SmallYear.grant(.director, from: "2026-03-01"))
    func acting(_ day: String) -> Acting? {
      director.grant(.director, for: SmallYear.office, on: SmallYear.day(day))?.acting
    }
    #expect(acting("2026-02-28") == GrantTests.acting)
    #expect(acting("2026-03-01") == nil)
  }

  @Test func `no grant is the wrong office's, or that of a closed account`() {
    let day = SmallYear.day("2026-03-01")
    let director = SmallYear.person(1, SmallYear.grant(.director))
    #expect(director.grant(.director, for: SmallYear.beside, on: day) == nil)
    #expect(director.grant(.director, for: nil, on: day) == nil)
    #expect(director.grant(.officer, for: SmallYear.office, on: day) == nil)
    let closed = SmallYear.person(1, SmallYear.grant(.director), isClosed: true)
    #expect(closed.grant(.director, for: SmallYear.office, on: day) == nil)
    #expect(!closed.holds(.director, on: day))
  }

  // Granting.

  static let administrator = SmallYear.person(1, SmallYear.grant(.administrator, for: .everywhere))
  static let officeAdministrator = SmallYear.person(2, SmallYear.grant(.officeAdministrator))

  private func refusal(
    _ grant: Grant, _ act: Act = .grantRole, to subject: Person = SmallYear.person(5), by person: Person
  ) -> Refusal.Reason? {
    Conduct.may(act, in: Matter(subject: subject, grant: grant), by: person, at: SmallYear.collecting)?.reason
  }

  @Test(arguments: Role.allCases) func `an administrator grants every role, where it belongs`(role: Role) {
    let administrator = GrantTests.administrator
    #expect(refusal(SmallYear.grant(role), by: administrator) == nil)
    #expect(
      refusal(SmallYear.grant(role, for: .everywhere), by: administrator)
        == (role.belongsToAnOffice ? .wrongScope(role) : nil))
  }

  @Test(arguments: Role.allCases)
  func `an office's administrator grants officers and heads of groups of the own office only`(role: Role) {
    let person = GrantTests.officeAdministrator
    let isOwn = role == .officer || role == .groupHead
    let either = Refusal.Reason.role([.administrator, .officeAdministrator])
    for act in [Act.grantRole, .revokeRole] {
      #expect(refusal(SmallYear.grant(role), act, by: person) == (isOwn ? nil : .role([.administrator])))
      for office in [SmallYear.above, SmallYear.below, SmallYear.beside] {
        #expect(refusal(SmallYear.grant(role, for: .offices([office])), act, by: person) == either)
        #expect(
          refusal(SmallYear.grant(role, for: .offices([SmallYear.office, office])), act, by: person) == either
        )
      }
      #expect(
        refusal(SmallYear.grant(role, for: .everywhere), act, by: person)
          == (role.belongsToAnOffice ? .wrongScope(role) : either))
    }
  }

  @Test func `an administrator of some offices grants nothing beyond them`() {
    let scoped = SmallYear.person(1, SmallYear.grant(.administrator))
    let either = Refusal.Reason.role([.administrator, .officeAdministrator])
    #expect(refusal(SmallYear.grant(.director), by: scoped) == nil)
    #expect(refusal(SmallYear.grant(.administrator, for: .everywhere), by: scoped) == either)
    #expect(refusal(SmallYear.grant(.assessor, for: .everywhere), by: scoped) == either)
    #expect(refusal(SmallYear.grant(.director, for: .offices([SmallYear.beside])), by: scoped) == either)
  }

  @Test(arguments: [Role.officer, .groupHead, .director, .assessor, .leadAssessor, .committee])
  func `nobody else grants or revokes`(role: Role) {
    let person = SmallYear.person(3, SmallYear.grant(role))
    for act in [Act.grantRole, .revokeRole] {
      #expect(
        refusal(SmallYear.grant(.officer), act, by: person) == .role([.administrator, .officeAdministrator]))
    }
  }

  @Test(arguments: [SmallYear.person(3), officeAdministrator, administrator])
  func `a grant for no office at all is granted by nobody`(person: Person) {
    #expect(refusal(SmallYear.grant(.officer, for: .offices([])), by: person) != nil)
  }

  @Test func `nobody grants a role to themselves, nor takes their own`() {
    for (person, grant) in [
      (GrantTests.administrator, SmallYear.grant(.administrator, for: .everywhere)),
      (GrantTests.administrator, SmallYear.grant(.director)),
      (GrantTests.officeAdministrator, SmallYear.grant(.officer)),
    ] {
      for act in [Act.grantRole, .revokeRole] {
        #expect(refusal(grant, act, to: person, by: person) == .oneself)
      }
    }
  }

  @Test func `a grant that has ended grants nothing more`() {
    let ended = SmallYear.person(2, SmallYear.grant(.officeAdministrator, until: "2026-03-02"))
    #expect(
      refusal(SmallYear.grant(.officer), by: ended) == .role([.administrator, .officeAdministrator]))
    let retired = SmallYear.person(1, SmallYear.grant(.administrator, for: .everywhere, until: "2026-03-02"))
    #expect(
      refusal(SmallYear.grant(.officer), by: retired) == .role([.administrator, .officeAdministrator]))
  }

  @Test(arguments: [Role.assessor, .leadAssessor, .committee])
  func `nobody is administrator and, at the same time, assessor or committee`(role: Role) {
    let judging = SmallYear.person(5, SmallYear.grant(role, for: .offices([SmallYear.office])))
    let keeping = SmallYear.person(5, SmallYear.grant(.administrator, for: .everywhere))
    let by = GrantTests.administrator
    #expect(
      refusal(SmallYear.grant(.administrator, for: .everywhere), to: judging, by: by)
        == .conflictingRoles(.administrator, role))
    #expect(
      refusal(SmallYear.grant(role, for: .everywhere), to: keeping, by: by)
        == .conflictingRoles(role, .administrator))
    // Taking one of them away is always possible.
    #expect(
      refusal(SmallYear.grant(.administrator, for: .everywhere), .revokeRole, to: judging, by: by) == nil)
  }

  @Test(
    arguments: [
      // The one held from October to April; the other asked for.
      ("2026-04-01", nil, nil), ("2026-03-31", nil, .administrator),
      ("2025-09-01", "2025-10-01", nil), ("2025-09-01", "2025-10-02", .administrator),
      ("2025-12-01", "2025-12-31", .administrator), ("2025-09-01", nil, .administrator),
    ] as [(String, String?, Role?)])
  func `roles that conflict may follow one another`(from: String, until: String?, other: Role?) {
    let keeping = SmallYear.person(
      5, SmallYear.grant(.administrator, for: .everywhere, from: "2025-10-01", until: "2026-04-01"))
    #expect(
      refusal(
        SmallYear.grant(.committee, for: .everywhere, from: from, until: until), to: keeping,
        by: GrantTests.administrator)
        == other.map { .conflictingRoles(.committee, $0) })
  }

  @Test(arguments: Role.allCases) func `an administrator is neither assessor nor committee`(role: Role) {
    let judging: Set<Role> = [.assessor, .leadAssessor, .committee]
    #expect(Role.administrator.conflicts(with: role) == judging.contains(role))
    #expect(role.conflicts(with: .administrator) == judging.contains(role))
    for other in Role.allCases where role != .administrator && other != .administrator {
      #expect(!role.conflicts(with: other))
    }
  }
}

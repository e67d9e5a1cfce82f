import Integrity
import Testing

/// Who may do what, when, on one page: a change of rights is a change of `Tests/Goldens/permissions.txt`.
@Suite struct PermissionGridTests {
  /// What somebody has to do with the office that is asked about.
  enum Tie: CaseIterable {
    case own, foreign, conflicted
  }

  /// Somebody as a block of the grid.
  struct Actor: Sendable {
    let name: String
    let role: Role?
    var acting: Acting?

    static let everybody =
      Role.allCases.flatMap { role in
        [Actor(name: "\(role.title.english) (\(role.title.thai))", role: role)]
          + (role == .director ? [actingDirector] : [])
      } + [nobody]
    static let actingDirector = Actor(
      name: "acting director (รักษาราชการแทน)", role: .director,
      acting: Acting(.inPlaceOf, order: "ที่ 123/2569", date: SmallYear.day("2025-10-01")))
    static let nobody = Actor(name: "nobody: the public, without an account", role: nil)

    func person(_ tie: Tie) -> Person {
      let home =
        role?.belongsToAnOffice == true ? (tie == .foreign ? SmallYear.beside : SmallYear.office) : nil
      let postings = [home, tie == .conflicted ? SmallYear.office : nil].compactMap { $0 }
        .map { SmallYear.posting(at: $0) }
      return Person(
        id: ID(1), name: "", postings: postings,
        grants: role.map { [SmallYear.grant($0, for: scope(of: $0, tie), group: group, acting: acting)] }
          ?? [])
    }

    private func scope(of role: Role, _ tie: Tie) -> Grant.Scope {
      switch role {
      case .officer, .groupHead, .director, .officeAdministrator:
        .offices([tie == .foreign ? SmallYear.beside : SmallYear.office])
      case .assessor: .everywhere
      case .leadAssessor, .committee, .administrator:
        tie == .foreign ? .offices([SmallYear.beside]) : .everywhere
      }
    }

    private var group: Code<Group>? { role == .officer || role == .groupHead ? "plan" : nil }
  }

  /// A column: a stage of the cycle and a moment.
  struct Time: Sendable {
    let name: String
    let stage: Cycle.Stage
    let now: Moment

    static let year = [
      Time(name: "set-up", stage: .preparing, now: SmallYear.moment("2025-12-01")),
      Time(name: "preparing", stage: .open, now: SmallYear.preparing),
      Time(name: "collecting", stage: .open, now: SmallYear.collecting),
      Time(name: "assessing", stage: .open, now: SmallYear.assessing),
      Time(name: "clarifying", stage: .open, now: SmallYear.clarifying),
      Time(name: "deciding", stage: .open, now: SmallYear.deciding),
      Time(name: "sealed", stage: .sealed, now: SmallYear.moment("2026-07-20")),
      Time(name: "published", stage: .published, now: SmallYear.moment("2026-08-03")),
    ]
  }

  static func may(_ act: Act, _ actor: Actor, _ tie: Tie, at time: Time) -> Bool {
    let matter = matter(of: act, in: SmallYear.cycle(time.stage), isOwn: tie != .foreign)
    return Conduct.may(act, in: matter, by: actor.person(tie), at: time.now) == nil
  }

  /// What the registry would ask about, in the state that suits the act best.
  private static func matter(of act: Act, in cycle: Cycle, isOwn: Bool) -> Matter {
    let actor: ID<Person> = ID(1)
    let others = (first: ID<Person>(7), decider: ID<Person>(8), member: ID<Person>(9))
    let subject = SmallYear.person(5, SmallYear.grant(.assessor, for: .everywhere))
    func disclosure(_ submission: Submission.State?, isContested: Bool = false, agreed: Set<ID<Person>> = [])
      -> Matter
    {
      SmallYear.matter(
        cycle, groups: ["plan"], submission: submission, assignees: [isOwn ? actor : others.first],
        firstAssessor: act == .decideClarification || act == .nameDecider ? others.first : nil,
        decider: isContested ? isOwn ? actor : others.decider : nil, isContested: isContested,
        agreed: agreed, subject: act == .assign || act == .nameDecider ? subject : nil)
    }
    switch act {
    case .setUpCycle, .openCycle, .changeSchedule, .enterGiven, .publish, .readResults, .readAnswers:
      return SmallYear.matter(cycle, office: nil)
    case .seal: return SmallYear.matter(cycle, office: nil, agreed: [others.member])
    case .keepOffices, .retain, .backUp: return Matter()
    case .keepPeople, .readPeople, .readTrail: return SmallYear.matter(nil, instrument: nil)
    case .grantRole, .revokeRole:
      return Matter(subject: subject, grant: SmallYear.grant(.officer))
    case .declareConflict: return Matter(office: SmallYear.office, subject: subject)
    case .exportPerson, .erasePerson, .manageOwnAccount: return Matter(subject: subject)
    case .askForSlips, .makeSlips, .voidSlips:
      return SmallYear.matter(
        cycle, instrument: SmallYear.iit, assignees: [isOwn ? actor : others.first], agreed: [others.member])
    case .enterStakeholders, .bringAnswers: return SmallYear.matter(cycle, instrument: SmallYear.iit)
    case .extendWindow, .assign, .acknowledge, .contest, .readProgress, .readScorecard, .readFinding, .judge,
      .correct,
      .readSubmission, .recall:
      return disclosure(.submitted)
    case .draft: return disclosure(nil)
    case .pass: return disclosure(.draft)
    case .sendBack, .submit: return disclosure(.ready)
    case .nameDecider, .decideClarification: return disclosure(.submitted, isContested: true)
    case .amend: return disclosure(.submitted, agreed: [others.member])
    }
  }

  private static let legend = """
    Who may do what, when.

    y  may        .  may not

    Each cell is about three offices, in this order:
      1  own         the office of somebody who holds a role of an office; one that a role held everywhere
                     reaches; one that is assigned to an assessor, who is also named to decide
      2  foreign     the role is for another office; to an assessor: assigned to others
      3  conflicted  like the first, and they are employed at the office

    Columns are the phases of the disclosures of an office; 'set-up' is before the cycle is opened. The
    questionnaires are open in 'collecting' and closed from 'assessing' on. Submissions stand in the state
    that suits an act best and the other member has agreed, so that the grid shows rights and not states.
    What is about all offices at once (cycle, schedule, sealing, publishing, all results, the register of
    offices) is for a role held everywhere, so its second place is somebody whose role is for some offices.
    Acts on people are on somebody else; a role is granted or revoked for the office.

    """

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Indented, and without blanks at its end.
  private static func line(_ text: String) -> String {
    var line = "  " + text
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private static func block(_ actor: Actor) -> String {
    func line(_ first: String, _ cells: [String]) -> String {
      PermissionGridTests.line(padded(first, 22) + cells.map { padded($0, 11) }.joined())
    }
    return "\n\(actor.name)\n" + line("", Time.year.map(\.name))
      + Act.allCases.map { act in
        line(
          act.rawValue,
          Time.year.map { time in
            Tie.allCases.map { may(act, actor, $0, at: time) ? "y" : "." }.joined()
          })
      }.joined()
  }

  /// Who grants which role: for the own office, for another, everywhere.
  private static func granting() -> String {
    let scopes: [Grant.Scope] = [.offices([SmallYear.office]), .offices([SmallYear.beside]), .everywhere]
    func line(_ first: String, _ cell: (Role) -> String) -> String {
      PermissionGridTests.line(
        padded(first, 22) + Role.allCases.map { padded(cell($0), $0.rawValue.count + 2) }.joined())
    }
    func cell(_ role: Role, by actor: Actor) -> String {
      scopes.map { scope in
        let matter = Matter(subject: SmallYear.person(5), grant: SmallYear.grant(role, for: scope))
        let person = actor.person(.own)
        return Conduct.may(.grantRole, in: matter, by: person, at: SmallYear.collecting) == nil ? "y" : "."
      }.joined()
    }
    return "\ngranting a role: for the own office, for another one, everywhere; by\n" + line("", \.rawValue)
      + Actor.everybody.map { actor in
        line(actor.acting == nil ? actor.role?.rawValue ?? "nobody" : "acting director") {
          cell($0, by: actor)
        }
      }.joined()
  }

  @Test func `rights are those of the kept grid`() throws {
    let grid = Actor.everybody.map(PermissionGridTests.block).joined()
    try Goldens.expect(
      PermissionGridTests.legend + grid + PermissionGridTests.granting(), is: "permissions.txt")
  }

  @Test(arguments: Act.allCases) func `neither a foreign office nor a conflict ever adds a right`(act: Act) {
    for actor in Actor.everybody {
      for time in Time.year where !PermissionGridTests.may(act, actor, .own, at: time) {
        for tie in [Tie.foreign, .conflicted] {
          #expect(
            !PermissionGridTests.may(act, actor, tie, at: time), "\(actor.name), \(time.name), \(tie)")
        }
      }
    }
  }

  @Test(arguments: Act.allCases) func `an acting director may what the director may`(act: Act) {
    let director = Actor(name: "", role: .director)
    for time in Time.year {
      for tie in Tie.allCases {
        #expect(
          PermissionGridTests.may(act, Actor.actingDirector, tie, at: time)
            == PermissionGridTests.may(act, director, tie, at: time), "\(time.name), \(tie)")
      }
    }
  }

  @Test(arguments: Act.allCases) func `the public only reads, and only what is published`(act: Act) {
    for time in Time.year where time.stage != .published || !act.isReading {
      #expect(!PermissionGridTests.may(act, .nobody, .own, at: time), "\(time.name)")
    }
  }

  @Test(arguments: [
    Act.draft, .pass, .sendBack, .submit, .recall, .acknowledge, .contest, .judge, .nameDecider,
    .decideClarification, .correct, .seal, .amend, .publish,
  ])
  func `who sets up the cycle takes no part in it`(act: Act) {
    let administrator = Actor(name: "", role: .administrator)
    for time in Time.year {
      #expect(!PermissionGridTests.may(act, administrator, .own, at: time), "\(time.name)")
    }
  }

  @Test(arguments: Act.allCases.filter { !$0.isReading })
  func `nothing of a published cycle changes but by an amendment`(act: Act) throws {
    let allowed: Set<Act> = [
      .amend, .keepOffices, .keepPeople, .grantRole, .revokeRole, .declareConflict, .retain, .backUp,
      .erasePerson,
    ]
    let published = try #require(Time.year.last)
    let somebody = Actor.everybody.contains { PermissionGridTests.may(act, $0, .own, at: published) }
    #expect(somebody == allowed.contains(act))
  }
}

import Integrity
import Testing

/// The rules of the permission room, one table each.
@Suite struct ConductTests {
  static let officer = SmallYear.person(1, SmallYear.grant(.officer))
  static let head = SmallYear.person(2, SmallYear.grant(.groupHead))
  static let director = SmallYear.person(3, SmallYear.grant(.director))
  static let assessor = SmallYear.person(7, SmallYear.grant(.assessor, for: .everywhere))
  static let second = SmallYear.person(8, SmallYear.grant(.assessor, for: .everywhere))
  static let lead = SmallYear.person(9, SmallYear.grant(.leadAssessor, for: .everywhere))
  static let member = SmallYear.person(10, SmallYear.grant(.committee, for: .everywhere))

  private func reason(
    _ act: Act, _ matter: Matter, by person: Person, at now: Moment
  ) -> Refusal.Reason? {
    let refusal = Conduct.may(act, in: matter, by: person, at: now)
    #expect(refusal == nil || refusal?.act == act)
    return refusal?.reason
  }

  // The groups of an office.

  @Test(
    arguments: [
      ("plan", ["plan"], true), ("plan", ["finance"], false), ("plan", ["finance", "plan"], true),
      ("plan", [], true), (nil, ["plan"], true), (nil, [], true),
    ] as [(String?, [String], Bool)])
  func `an officer or head of a group answers for what the group leads or contributes to`(
    own: String?, groups: [String], isAllowed: Bool
  ) {
    for (act, role) in [
      (Act.draft, Role.officer), (.draft, .groupHead), (.pass, .groupHead), (.sendBack, .groupHead),
    ] {
      let person = SmallYear.person(1, SmallYear.grant(role, group: own.map { Code($0) }))
      let matter = SmallYear.matter(
        groups: Set(groups.map { Code($0) }), submission: .draft)
      let refused: [Role] = act == .draft ? [.officer, .groupHead, .director] : [.groupHead, .director]
      #expect(
        reason(act, matter, by: person, at: SmallYear.collecting) == (isAllowed ? nil : .role(refused)))
    }
  }

  @Test func `several grants add up`() {
    let person = SmallYear.person(
      1, SmallYear.grant(.officer, group: "plan"), SmallYear.grant(.officer, group: "finance"))
    let matter = SmallYear.matter(groups: ["finance"])
    #expect(reason(.draft, matter, by: person, at: SmallYear.collecting) == nil)
  }

  @Test func `a group of the same name in another office is another group`() {
    let person = SmallYear.person(
      1, SmallYear.grant(.officer, for: .offices([SmallYear.beside]), group: "plan"))
    let matter = SmallYear.matter(groups: ["plan"])
    #expect(
      reason(.draft, matter, by: person, at: SmallYear.collecting)
        == .role([.officer, .groupHead, .director]))
  }

  @Test func `a director answers for every group`() {
    let matter = SmallYear.matter(groups: ["finance"], submission: .draft)
    #expect(reason(.pass, matter, by: ConductTests.director, at: SmallYear.collecting) == nil)
  }

  // Where a submission stands.

  @Test(
    arguments: [
      (Act.draft, officer, [nil, .draft, .returned]), (.pass, head, [.draft, .returned]),
      (.sendBack, head, [.draft, .ready]), (.submit, director, [.ready]), (.recall, director, [.submitted]),
    ] as [(Act, Person, [Submission.State?])])
  func `each act takes a submission that stands where the act begins`(
    act: Act, person: Person, states: [Submission.State?]
  ) {
    for state in [nil] + Submission.State.allCases.map(Optional.some) {
      let matter = SmallYear.matter(submission: state)
      let expected: Refusal.Reason? =
        states.contains(state) ? nil : .state(is: state, needs: states.compactMap { $0 })
      #expect(
        reason(act, matter, by: person, at: SmallYear.collecting) == expected, "\(String(describing: state))")
    }
  }

  @Test(arguments: [Act.draft, .pass, .sendBack, .submit, .recall])
  func `once the window has closed nothing of a disclosure moves, whatever its state`(act: Act) {
    for state in [nil] + Submission.State.allCases.map(Optional.some) {
      let expected = Refusal.Reason.phase(
        is: .assessing, needs: [.collecting], opens: nil, closed: SmallYear.moment("2026-05-01"))
      #expect(
        reason(
          act, SmallYear.matter(submission: state), by: ConductTests.director, at: SmallYear.assessing)
          == expected)
    }
  }

  @Test func `who may not is told so before when and how`() {
    let matter = SmallYear.matter(submission: .draft)
    #expect(
      reason(.submit, matter, by: ConductTests.officer, at: SmallYear.assessing) == .role([.director]))
  }

  // Judging.

  @Test func `an assessor judges what is assigned and nothing else`() {
    let assigned = SmallYear.matter(submission: .submitted, assignees: [ID(7)])
    #expect(reason(.judge, assigned, by: ConductTests.assessor, at: SmallYear.assessing) == nil)
    #expect(reason(.judge, assigned, by: ConductTests.second, at: SmallYear.assessing) == .notAssigned)
    #expect(
      reason(.judge, assigned, by: ConductTests.lead, at: SmallYear.assessing) == .role([.assessor]))
  }

  @Test func `what was never submitted is judged all the same`() {
    let matter = SmallYear.matter(submission: nil, assignees: [ID(7)])
    #expect(reason(.judge, matter, by: ConductTests.assessor, at: SmallYear.assessing) == nil)
  }

  // Clarifying.

  private func contested(decider: Int64? = 8, isContested: Bool = true, subject: Person? = nil) -> Matter {
    SmallYear.matter(
      submission: .submitted, assignees: [ID(7)], firstAssessor: ID(7), decider: decider.map { ID($0) },
      isContested: isContested, subject: subject)
  }

  @Test func `an office contests a finding once`() {
    let director = ConductTests.director
    #expect(
      reason(.contest, contested(isContested: false), by: director, at: SmallYear.clarifying) == nil)
    #expect(reason(.contest, contested(), by: director, at: SmallYear.clarifying) == .alreadyContested)
    #expect(
      reason(.contest, contested(isContested: false), by: ConductTests.head, at: SmallYear.clarifying)
        == .role([.director]))
  }

  @Test func `who judged first neither decides nor is named to decide`() {
    let now = SmallYear.clarifying
    #expect(
      reason(.decideClarification, contested(decider: 7), by: ConductTests.assessor, at: now)
        == .sameAssessor)
    #expect(
      reason(.nameDecider, contested(subject: ConductTests.assessor), by: ConductTests.lead, at: now)
        == .sameAssessor)
    #expect(
      reason(.nameDecider, contested(subject: ConductTests.second), by: ConductTests.lead, at: now) == nil)
  }

  @Test func `only the named assessor decides`() {
    let third = SmallYear.person(11, SmallYear.grant(.assessor, for: .everywhere))
    let now = SmallYear.clarifying
    #expect(reason(.decideClarification, contested(), by: ConductTests.second, at: now) == nil)
    #expect(reason(.decideClarification, contested(), by: third, at: now) == .notNamed)
    #expect(
      reason(.decideClarification, contested(decider: nil), by: ConductTests.second, at: now) == .notNamed)
    #expect(
      reason(.decideClarification, contested(), by: ConductTests.lead, at: now) == .role([.assessor]))
  }

  @Test func `what is not contested is not decided again`() {
    let matter = contested(isContested: false, subject: ConductTests.second)
    #expect(
      reason(.decideClarification, matter, by: ConductTests.second, at: SmallYear.clarifying) == .notContested
    )
    #expect(reason(.nameDecider, matter, by: ConductTests.lead, at: SmallYear.clarifying) == .notContested)
  }

  @Test func `a clarification may still be decided after the window, until the results are sealed`() {
    #expect(
      reason(.decideClarification, contested(), by: ConductTests.second, at: SmallYear.deciding) == nil)
    let sealed = SmallYear.matter(
      SmallYear.cycle(.sealed), firstAssessor: ID(7), decider: ID(8), isContested: true)
    #expect(
      reason(.decideClarification, sealed, by: ConductTests.second, at: SmallYear.deciding)
        == .stage(is: .sealed, needs: [.open]))
  }

  @Test func `the named assessor reads what they decide on, while they may decide`() {
    let now = SmallYear.clarifying
    #expect(reason(.readSubmission, contested(), by: ConductTests.second, at: now) == nil)
    let former = SmallYear.person(8, SmallYear.grant(.assessor, for: .everywhere, until: "2026-06-01"))
    let tied = SmallYear.person(
      8, SmallYear.grant(.assessor, for: .everywhere), postings: [SmallYear.posting(at: SmallYear.office)])
    for act in [Act.readSubmission, .readFinding] {
      #expect(reason(act, contested(), by: former, at: now) != nil)
      #expect(reason(act, contested(), by: tied, at: now) == .conflict(.present(.employing)))
    }
  }

  // Reading.

  @Test func `an assessor who may not read is told why`() {
    #expect(
      reason(.readSubmission, contested(decider: nil), by: ConductTests.second, at: SmallYear.assessing)
        == .notAssigned)
  }

  @Test func `an office opens its findings when it may clarify, and is told from when`() {
    let matter = SmallYear.matter(submission: .submitted)
    for person in [ConductTests.officer, ConductTests.head, ConductTests.director] {
      #expect(
        reason(.readFinding, matter, by: person, at: SmallYear.assessing)
          == .phase(
            is: .assessing, needs: [.clarifying, .deciding], opens: SmallYear.moment("2026-06-16"),
            closed: nil))
      #expect(reason(.readFinding, matter, by: person, at: SmallYear.clarifying) == nil)
    }
  }

  @Test func `drafts are seen by the office alone until the window has closed`() {
    let matter = SmallYear.matter(submission: .draft, assignees: [ID(7)])
    for person in [ConductTests.assessor, ConductTests.lead, ConductTests.member] {
      #expect(
        reason(.readSubmission, matter, by: person, at: SmallYear.collecting)
          == .phase(
            is: .collecting, needs: [.assessing, .clarifying, .deciding, .published],
            opens: SmallYear.moment("2026-05-01"), closed: nil))
      #expect(reason(.readSubmission, matter, by: person, at: SmallYear.assessing) == nil)
    }
    #expect(reason(.readSubmission, matter, by: ConductTests.officer, at: SmallYear.collecting) == nil)
  }

  @Test func `results are refused with the day from which they are seen`() {
    func opens(_ act: Act, _ cycle: Cycle, at now: Moment) -> Refusal.Reason? {
      reason(act, SmallYear.matter(cycle, office: nil), by: ConductTests.member, at: now)
    }
    let needs: [Phase] = [.assessing, .clarifying, .deciding]
    let begins = SmallYear.moment("2026-05-01")
    for act in [Act.readResults, .readScorecard] {
      #expect(
        opens(act, SmallYear.cycle(), at: SmallYear.collecting)
          == .phase(is: .collecting, needs: needs, opens: begins, closed: nil))
      // Without a schedule there is no day to name.
      #expect(
        opens(act, SmallYear.cycle(.preparing, schedule: nil), at: SmallYear.collecting)
          == .phase(is: .preparing, needs: needs, opens: nil, closed: nil))
    }
    #expect(
      opens(.correct, SmallYear.cycle(), at: SmallYear.clarifying)
        == .phase(
          is: .clarifying, needs: [.deciding], opens: SmallYear.moment("2026-07-01T16:30"), closed: nil))
  }

  // Sealing and amending.

  @Test(arguments: [(Act.seal, Cycle.Stage.open), (.amend, .sealed), (.amend, .published)])
  func `results are sealed and amended by two different members`(act: Act, stage: Cycle.Stage) {
    let other = SmallYear.person(11, SmallYear.grant(.committee, for: .everywhere))
    func matter(_ agreed: Set<ID<Person>>) -> Matter {
      SmallYear.matter(SmallYear.cycle(stage), agreed: agreed)
    }
    let now = SmallYear.deciding
    #expect(reason(act, matter([]), by: ConductTests.member, at: now) == nil)
    #expect(reason(act, matter([ID(10)]), by: ConductTests.member, at: now) == .alreadyAgreed)
    #expect(reason(act, matter([ID(10)]), by: other, at: now) == nil)
    #expect(reason(act, matter([ID(10), ID(11)]), by: other, at: now) == .alreadyAgreed)
  }

  @Test(arguments: [
    (Act.seal, [Cycle.Stage.open]), (.publish, [.sealed]), (.amend, [.sealed, .published]),
    (.correct, [.open]),
  ])
  func `what the committee does takes the cycle at its stage`(act: Act, stages: [Cycle.Stage]) {
    for stage in Cycle.Stage.allCases {
      let expected: Refusal.Reason? =
        stages.contains(stage) ? nil : .stage(is: stage, needs: stages)
      let matter = SmallYear.matter(SmallYear.cycle(stage))
      #expect(reason(act, matter, by: ConductTests.member, at: SmallYear.deciding) == expected)
    }
  }

  // Accounts.

  @Test func `everybody keeps their own account, and nobody another's`() {
    let (one, other) = (
      SmallYear.person(1), SmallYear.person(2, SmallYear.grant(.administrator, for: .everywhere))
    )
    func refusal(_ subject: Person?, by person: Person) -> Refusal.Reason? {
      Conduct.may(.manageOwnAccount, in: Matter(subject: subject), by: person, at: SmallYear.collecting)?
        .reason
    }
    #expect(refusal(one, by: one) == nil && refusal(other, by: other) == nil)
    #expect(refusal(one, by: other) == .anothersAccount && refusal(nil, by: one) == .anothersAccount)
    let closed = Person(id: ID(3), name: "", isClosed: true)
    #expect(refusal(closed, by: closed) == .closed)
  }

  @Test func `judging, deciding and keeping the whole ask for a second factor while they are held`() {
    for role in Role.allCases {
      let person = SmallYear.person(
        1, SmallYear.grant(role, for: role.belongsToAnOffice ? .offices([SmallYear.office]) : .everywhere))
      #expect(person.needsSecondFactor(on: SmallYear.collecting.day) == !role.belongsToAnOffice)
      #expect(!person.needsSecondFactor(on: SmallYear.day("2020-01-01")))
    }
  }

  @Test(arguments: Act.allCases) func `a closed account may nothing`(act: Act) {
    let grants = Role.allCases.map { SmallYear.grant($0, for: .everywhere) }
    let closed = Person(id: ID(1), name: "", isClosed: true, grants: grants)
    for stage in Cycle.Stage.allCases {
      let matter = SmallYear.matter(SmallYear.cycle(stage), assignees: [ID(1)], subject: closed)
      #expect(reason(act, matter, by: closed, at: SmallYear.assessing) == .closed)
    }
  }

  @Test func `everybody declares their own conflicts and gets what is held on them`() {
    let nobody = SmallYear.person(20)
    for act in [Act.declareConflict, .exportPerson] {
      let own = SmallYear.matter(nil, instrument: nil, subject: nobody)
      #expect(reason(act, own, by: nobody, at: SmallYear.collecting) == nil)
      let other = SmallYear.matter(nil, instrument: nil, subject: ConductTests.officer)
      #expect(reason(act, other, by: nobody, at: SmallYear.collecting) != nil)
      // The public is nobody's account.
      let absent = SmallYear.matter(nil, instrument: nil)
      #expect(reason(act, absent, by: nobody, at: SmallYear.collecting) != nil)
    }
  }
}

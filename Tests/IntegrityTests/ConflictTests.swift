import Integrity
import Testing

/// Who has too much to do with an office to judge it.
@Suite struct ConflictTests {
  /// A posting, and what it means for the area office on 20 May 2026.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let posting: Posting
    let conflict: Conflict?

    init(_ description: String, _ posting: Posting, _ conflict: Conflict?) {
      testDescription = description
      self.posting = posting
      self.conflict = conflict
    }
  }

  @Test(arguments: [
    Case("employed there", SmallYear.posting(at: SmallYear.office), .present(.employing)),
    Case("hosted there", SmallYear.posting(.hosting, at: SmallYear.office), .present(.hosting)),
    Case("employed above", SmallYear.posting(at: SmallYear.above), .present(.employing)),
    Case("hosted above", SmallYear.posting(.hosting, at: SmallYear.above), .present(.hosting)),
    Case("employed below", SmallYear.posting(at: SmallYear.below), .present(.employing)),
    Case("hosted below", SmallYear.posting(.hosting, at: SmallYear.below), .present(.hosting)),
    Case("employed beside it, under the same office", SmallYear.posting(at: SmallYear.beside), nil),
    Case(
      "from today on", SmallYear.posting(at: SmallYear.office, from: "2026-05-20"), .present(.employing)),
    Case("from tomorrow on", SmallYear.posting(at: SmallYear.office, from: "2026-05-21"), nil),
    Case(
      "on the last day", SmallYear.posting(at: SmallYear.office, until: "2026-05-21"), .present(.employing)),
    Case(
      "on the day after the last", SmallYear.posting(at: SmallYear.office, until: "2026-05-20"),
      .past(.employing)),
    Case(
      "two years ago, hosted", SmallYear.posting(.hosting, at: SmallYear.office, until: "2024-05-20"),
      .past(.hosting)),
    Case(
      "above, two years ago", SmallYear.posting(at: SmallYear.above, until: "2024-05-20"), .past(.employing)),
    Case(
      "below, two years ago", SmallYear.posting(at: SmallYear.below, until: "2024-05-20"), .past(.employing)),
    Case(
      "three years ago but for a day", SmallYear.posting(at: SmallYear.office, until: "2023-05-21"),
      .past(.employing)),
    Case("three years ago to the day", SmallYear.posting(at: SmallYear.office, until: "2023-05-20"), nil),
    Case(
      "long ago", SmallYear.posting(at: SmallYear.office, from: "2010-10-01", until: "2012-10-01"), nil),
  ])
  func `employed or hosted at the office, above or below it, now or within three years`(rule: Case) {
    let person = SmallYear.person(postings: [rule.posting])
    let lineage = SmallYear.lineage(SmallYear.office)
    #expect(person.conflict(with: lineage, on: SmallYear.day("2026-05-20")) == rule.conflict)
  }

  @Test(arguments: [
    ("2026-05-31", "2023-06-01", true), ("2026-05-31", "2023-05-31", false),
    ("2026-05-31", "2023-05-29", false), ("2026-12-29", "2023-12-29", false),
    ("2024-02-29", "2021-03-01", true), ("2024-02-29", "2021-02-28", false),
    ("2027-02-28", "2024-02-29", true), ("2027-03-01", "2024-02-29", false),
  ])
  func `three years end on the same day of the month, the last of February included`(
    today: String, left: String, isConflict: Bool
  ) {
    let person = SmallYear.person(postings: [SmallYear.posting(at: SmallYear.office, until: left)])
    let conflict = person.conflict(with: [SmallYear.office], on: SmallYear.day(today))
    #expect(conflict == (isConflict ? .past(.employing) : nil))
  }

  @Test func `a declared conflict counts for that office, and outweighs postings`() {
    let day = SmallYear.day("2026-05-20")
    let person = SmallYear.person(
      postings: [SmallYear.posting(at: SmallYear.office)], declared: [SmallYear.office])
    #expect(person.conflict(with: SmallYear.lineage(SmallYear.office), on: day) == .declared)
    #expect(person.conflict(with: SmallYear.lineage(SmallYear.beside), on: day) == nil)
  }

  @Test func `where somebody serves now outweighs where they served`() {
    let person = SmallYear.person(postings: [
      SmallYear.posting(at: SmallYear.office, until: "2025-10-01"),
      SmallYear.posting(.hosting, at: SmallYear.above, from: "2025-10-01"),
    ])
    let conflict = person.conflict(
      with: SmallYear.lineage(SmallYear.office), on: SmallYear.day("2026-05-20"))
    #expect(conflict == .present(.hosting))
  }

  @Test func `without an office there is no conflict`() {
    let person = SmallYear.person(postings: [SmallYear.posting(at: SmallYear.office)])
    #expect(person.conflict(with: [], on: SmallYear.day("2026-05-20")) == nil)
  }

  // What a conflict keeps somebody from.

  private static let tied = SmallYear.person(
    1, SmallYear.grant(.assessor, for: .everywhere), SmallYear.grant(.leadAssessor, for: .everywhere),
    SmallYear.grant(.committee, for: .everywhere), postings: [SmallYear.posting(at: SmallYear.below)])

  @Test(arguments: [
    (Act.judge, Cycle.Stage.open, SmallYear.assessing),
    (.decideClarification, .open, SmallYear.clarifying),
    (.correct, .open, SmallYear.deciding), (.amend, .sealed, SmallYear.deciding),
  ])
  func `who belongs to an office neither judges, decides, corrects nor amends it`(
    act: Act, stage: Cycle.Stage, now: Moment
  ) {
    let matter = SmallYear.matter(
      SmallYear.cycle(stage), submission: .submitted, assignees: [ID(1)], firstAssessor: ID(7),
      decider: ID(1), isContested: true)
    let refusal = Conduct.may(act, in: matter, by: ConflictTests.tied, at: now)
    #expect(refusal == Refusal(act, .conflict(.present(.employing))))
  }

  @Test(arguments: [(Act.assign, SmallYear.assessing), (.nameDecider, SmallYear.clarifying)])
  func `who belongs to an office is neither assigned to it nor named to decide`(act: Act, now: Moment) {
    let lead = SmallYear.person(2, SmallYear.grant(.leadAssessor, for: .everywhere))
    let matter = SmallYear.matter(
      firstAssessor: ID(7), isContested: true, subject: ConflictTests.tied)
    #expect(
      Conduct.may(act, in: matter, by: lead, at: now) == Refusal(act, .conflict(.present(.employing))))
  }

  @Test(arguments: [Act.assign, .nameDecider])
  func `only an assessor is assigned or named`(act: Act) {
    let lead = SmallYear.person(2, SmallYear.grant(.leadAssessor, for: .everywhere))
    let now = SmallYear.clarifying
    for (subject, reason) in [
      (SmallYear.person(3), Refusal.Reason.role([.assessor])),
      (SmallYear.person(3, SmallYear.grant(.assessor, until: "2026-06-20")), .role([.assessor])),
      (SmallYear.person(3, SmallYear.grant(.assessor), isClosed: true), .role([.assessor])),
      (
        SmallYear.person(3, SmallYear.grant(.assessor, for: .offices([SmallYear.beside]))), .role([.assessor])
      ),
      (SmallYear.person(3, SmallYear.grant(.assessor, until: "2026-06-21")), nil),
    ] as [(Person, Refusal.Reason?)] {
      let matter = SmallYear.matter(firstAssessor: ID(7), isContested: true, subject: subject)
      #expect(Conduct.may(act, in: matter, by: lead, at: now)?.reason == reason)
    }
  }
}

import Integrity
import Testing

/// Where an instrument of an office and the cycle as a whole stand, to the second.
@Suite struct ScheduleTests {
  // The calendar of `SmallYear`: questionnaires 5 Jan - 16 May, disclosures 2 Feb - 1 May, judged until
  // 16 June, clarified until 1 July 16.30.

  @Test(arguments: [
    ("2026-02-01T23:59:59", Phase.preparing), ("2026-02-02T00:00:00", .collecting),
    ("2026-04-30T23:59:59", .collecting), ("2026-05-01T00:00:00", .assessing),
    ("2026-06-15T23:59:59", .assessing), ("2026-06-16T00:00:00", .clarifying),
    ("2026-07-01T16:29:59", .clarifying), ("2026-07-01T16:30:00", .deciding),
    // Bangkok's midnight is five in the afternoon in Greenwich.
    ("2026-02-01T16:59:59Z", .preparing), ("2026-02-01T17:00:00Z", .collecting),
    ("2026-04-30T16:59:59Z", .collecting), ("2026-04-30T17:00:00Z", .assessing),
  ])
  func `a phase begins at the very second its window opens and ends at the one it closes`(
    now: String, phase: Phase
  ) {
    let cycle = SmallYear.cycle()
    #expect(
      cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: SmallYear.moment(now)) == phase)
  }

  @Test func `the moment of receipt counts: a second before the window closes is in time, the close is not`()
  {
    let director = SmallYear.person(1, SmallYear.grant(.director))
    let closes = SmallYear.moment("2026-05-01")
    func refusal(at now: Moment) -> Refusal.Reason? {
      Conduct.may(.submit, in: SmallYear.matter(submission: .ready), by: director, at: now)?.reason
    }
    #expect(refusal(at: closes.adding(seconds: -1)) == nil)
    #expect(
      refusal(at: closes) == .phase(is: .assessing, needs: [.collecting], opens: nil, closed: closes))
    let opens = SmallYear.moment("2026-02-02")
    #expect(refusal(at: opens) == nil)
    #expect(
      refusal(at: opens.adding(seconds: -1))
        == .phase(is: .preparing, needs: [.collecting], opens: opens, closed: nil))
  }

  @Test(arguments: [
    ("2026-01-02", Phase.preparing, Phase.preparing, Phase.preparing),
    // Questionnaires first, disclosures a month later.
    ("2026-01-20", .collecting, .preparing, .collecting),
    ("2026-03-02", .collecting, .collecting, .collecting),
    // Disclosures are judged while questionnaires are open.
    ("2026-05-05", .collecting, .assessing, .assessing),
    ("2026-05-16", .deciding, .assessing, .assessing), ("2026-06-20", .deciding, .clarifying, .clarifying),
    ("2026-07-02", .deciding, .deciding, .deciding),
  ])
  func `each instrument follows its own windows, the cycle what is furthest`(
    now: String, questionnaire: Phase, disclosure: Phase, whole: Phase
  ) {
    let cycle = SmallYear.cycle()
    let now = SmallYear.moment(now)
    #expect(cycle.phase(of: SmallYear.iit, for: SmallYear.office, at: now) == questionnaire)
    #expect(cycle.phase(of: SmallYear.eit, for: SmallYear.office, at: now) == questionnaire)
    #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: now) == disclosure)
    #expect(cycle.phase(at: now) == whole)
  }

  // One office is given longer.

  @Test func `an extension keeps one office collecting while others are judged`() {
    let cycle = SmallYear.cycle(extensions: [SmallYear.longer(SmallYear.office, until: "2026-05-08")])
    let last = SmallYear.moment("2026-05-07T23:59:59")
    let over = SmallYear.moment("2026-05-08")
    #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: last) == .collecting)
    #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.beside, at: last) == .assessing)
    #expect(cycle.phase(of: SmallYear.oit, for: nil, at: last) == .assessing)
    #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: over) == .assessing)
    #expect(cycle.phase(at: last) == .assessing)

    let assessor = SmallYear.person(7, SmallYear.grant(.assessor, for: .everywhere))
    func judging(_ office: Code<Office>, at now: Moment) -> Refusal.Reason? {
      let matter = SmallYear.matter(cycle, office: office, submission: .submitted, assignees: [ID(7)])
      return Conduct.may(.judge, in: matter, by: assessor, at: now)?.reason
    }
    #expect(
      judging(SmallYear.office, at: last)
        == .phase(is: .collecting, needs: [.assessing], opens: over, closed: nil))
    #expect(judging(SmallYear.beside, at: last) == nil)
    #expect(judging(SmallYear.office, at: over) == nil)
    let director = SmallYear.person(
      1, SmallYear.grant(.director, for: .offices([SmallYear.office, SmallYear.beside])))
    func submitting(_ office: Code<Office>) -> Refusal.Reason? {
      let matter = SmallYear.matter(cycle, office: office, submission: .ready)
      return Conduct.may(.submit, in: matter, by: director, at: last)?.reason
    }
    #expect(submitting(SmallYear.office) == nil)
    #expect(
      submitting(SmallYear.beside)
        == .phase(
          is: .assessing, needs: [.collecting], opens: nil, closed: SmallYear.moment("2026-05-01")))
  }

  @Test func `an extension is of one instrument`() {
    let cycle = SmallYear.cycle(extensions: [SmallYear.longer(SmallYear.office, "IIT", until: "2026-05-20")])
    let now = SmallYear.moment("2026-05-18")
    #expect(cycle.phase(of: SmallYear.iit, for: SmallYear.office, at: now) == .collecting)
    #expect(cycle.phase(of: SmallYear.eit, for: SmallYear.office, at: now) == .deciding)
    #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: now) == .assessing)
  }

  @Test func `the longest of several extensions counts, and none makes a window shorter`() {
    func window(_ extensions: Extension...) -> Window? {
      SmallYear.cycle(extensions: extensions).window(of: "OIT", for: SmallYear.office)
    }
    let early = SmallYear.longer(SmallYear.office, until: "2026-05-03")
    let late = SmallYear.longer(SmallYear.office, until: "2026-05-08")
    let shorter = SmallYear.longer(SmallYear.office, until: "2026-03-01")
    #expect(window() == SmallYear.window("2026-02-02", "2026-05-01"))
    #expect(window(early, late, early) == SmallYear.window("2026-02-02", "2026-05-08"))
    #expect(window(shorter) == SmallYear.window("2026-02-02", "2026-05-01"))
    #expect(window(SmallYear.longer(SmallYear.beside, until: "2026-05-08")) == window())
  }

  // Deciding.

  /// The questionnaires are open longer than anything else.
  private static let slow = Schedule(
    collecting: [
      "IIT": SmallYear.window("2026-01-05", "2026-08-01"),
      "OIT": SmallYear.window("2026-02-02", "2026-05-01"),
    ],
    assessing: SmallYear.window("2026-05-01", "2026-06-16"),
    clarifying: SmallYear.window("2026-06-16", "2026-07-01"))

  @Test func `deciding begins for the cycle when the last window of any instrument has closed`() {
    let cycle = SmallYear.cycle(schedule: ScheduleTests.slow)
    let closes = SmallYear.moment("2026-08-01")
    #expect(ScheduleTests.slow.ends == closes)
    #expect(cycle.end == closes)
    let before = closes.adding(seconds: -1)
    #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: before) == .deciding)
    #expect(cycle.phase(of: SmallYear.iit, for: SmallYear.office, at: before) == .collecting)
    #expect(cycle.phase(at: before) == .clarifying)
    #expect(cycle.phase(at: closes) == .deciding)
    let member = SmallYear.person(1, SmallYear.grant(.committee, for: .everywhere))
    for act in [Act.correct, .seal] {
      #expect(
        Conduct.may(act, in: SmallYear.matter(cycle), by: member, at: before)?.reason
          == .phase(is: .clarifying, needs: [.deciding], opens: closes, closed: nil))
      #expect(Conduct.may(act, in: SmallYear.matter(cycle), by: member, at: closes) == nil)
    }
  }

  @Test func `an extension of one office puts deciding off for all`() {
    let cycle = SmallYear.cycle(extensions: [SmallYear.longer(SmallYear.office, "IIT", until: "2026-07-03")])
    let closes = SmallYear.moment("2026-07-03")
    #expect(SmallYear.schedule.ends == SmallYear.moment("2026-07-01T16:30"))
    #expect(cycle.end == closes)
    #expect(cycle.phase(at: closes.adding(seconds: -1)) == .clarifying)
    #expect(cycle.phase(at: closes) == .deciding)
  }

  // What has been done to the cycle outweighs its dates.

  @Test(arguments: [
    (Cycle.Stage.preparing, Phase.preparing), (.sealed, .deciding), (.published, .published),
  ])
  func `only an open cycle follows its dates`(stage: Cycle.Stage, phase: Phase) {
    let cycle = SmallYear.cycle(stage)
    for now in [SmallYear.preparing, SmallYear.collecting, SmallYear.assessing, SmallYear.deciding] {
      #expect(cycle.phase(at: now) == phase)
      #expect(cycle.phase(of: SmallYear.oit, for: SmallYear.office, at: now) == phase)
      #expect(cycle.phase(of: SmallYear.iit, for: nil, at: now) == phase)
    }
  }

  @Test func `without dates a cycle, and without a window an instrument, is being prepared`() {
    let undated = SmallYear.cycle(schedule: nil)
    #expect(undated.phase(at: SmallYear.collecting) == .preparing)
    #expect(undated.phase(of: SmallYear.oit, for: nil, at: SmallYear.collecting) == .preparing)
    let partly = SmallYear.cycle(schedule: ScheduleTests.slow)
    #expect(partly.phase(of: SmallYear.eit, for: nil, at: SmallYear.collecting) == .preparing)
    #expect(partly.window(of: "EIT", for: nil) == nil)
  }

  // Windows.

  @Test func `a window holds its first moment and not its last`() {
    let window = SmallYear.window("2026-02-02T09:00", "2026-02-02T16:30")
    #expect(!window.contains(SmallYear.moment("2026-02-02T08:59:59")))
    #expect(window.contains(SmallYear.moment("2026-02-02T09:00:00")))
    #expect(window.contains(SmallYear.moment("2026-02-02T16:29:59")))
    #expect(!window.contains(SmallYear.moment("2026-02-02T16:30:00")))
  }

  @Test(arguments: ["2026-02-02T09:00:00", "2026-02-02T08:59:59"])
  func `there is no window that closes when it opens, or before`(closes: String) {
    let opens = SmallYear.moment("2026-02-02T09:00")
    #expect(Window(opens: opens, closes: SmallYear.moment(closes)) == nil)
  }

  // What does not fit in a schedule.

  private static let rubric = Small.rubric([SmallYear.iit, SmallYear.eit, SmallYear.oit])

  private func flaws(
    _ collecting: [Code<Node>: Window], judged: Window = SmallYear.schedule.assessing,
    clarified: Window = SmallYear.schedule.clarifying
  ) -> [String] {
    Schedule(
      collecting: SmallYear.schedule.collecting.merging(collecting) { $1 }, assessing: judged,
      clarifying: clarified
    ).flaws(for: ScheduleTests.rubric)
  }

  @Test func `a schedule whose windows follow one another has no flaws`() {
    #expect(flaws([:]).isEmpty)
    // With days between, too.
    #expect(
      flaws(
        [:], judged: SmallYear.window("2026-05-04", "2026-06-12"),
        clarified: SmallYear.window("2026-06-15", "2026-07-01")
      ).isEmpty)
    // Questionnaires may stay open as long as they like.
    #expect(flaws(["IIT": SmallYear.window("2026-01-05", "2026-09-01")]).isEmpty)
  }

  @Test func `a window that is missing or of no instrument is named`() {
    let schedule = Schedule(
      collecting: [
        "OIT": SmallYear.window("2026-02-02", "2026-05-01"),
        "EIT": SmallYear.window("2026-02-02", "2026-05-01"),
        "OTI": SmallYear.window("2026-02-02", "2026-05-01"),
      ], assessing: SmallYear.schedule.assessing, clarifying: SmallYear.schedule.clarifying)
    #expect(
      schedule.flaws(for: ScheduleTests.rubric) == [
        "IIT has no window in which it is collected", "OTI is no instrument of test",
      ])
  }

  @Test func `disclosures may not be collected once judging begins, not even for a second`() {
    #expect(
      flaws(["OIT": SmallYear.window("2026-02-02", "2026-05-01T00:00:01")]) == [
        "OIT is still collected on 2026-05-01T00:00:00+07:00, when judging begins"
      ])
  }

  @Test func `clarifying may not begin before judging ends, not even a second`() {
    #expect(
      flaws([:], clarified: SmallYear.window("2026-06-15T23:59:59", "2026-07-01")) == [
        "clarifying begins on 2026-06-15T23:59:59+07:00, before judging ends on 2026-06-16T00:00:00+07:00"
      ])
  }
}

import Integrity

/// The fiscal year 2569 as a ministry would date it, and one area office with what is above, below and
/// beside it, for tests of who may do what, when.
enum SmallYear {
  /// An area office, the ministry's office above it, a school below it, and another area office.
  static let office: Code<Office> = "4001"
  static let above: Code<Office> = "4000"
  static let below: Code<Office> = "400101"
  static let beside: Code<Office> = "4002"

  static func lineage(_ office: Code<Office>) -> [Code<Office>] {
    switch office {
    case above: [above]
    case below: [below, self.office, above]
    default: [office, above]
    }
  }

  static let oit = Instrument(
    heading: Small.heading("OIT"), method: .disclosure, parts: .items([Small.disclosure("O1")]))
  static let iit = questionnaire("IIT")
  static let eit = questionnaire("EIT")

  private static func questionnaire(_ code: String) -> Instrument {
    Instrument(
      heading: Small.heading(code), method: .questionnaire(Questionnaire()),
      parts: .items([Small.question("\(code)1", Small.scale(0, 100))]))
  }

  static func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("'\(text)' is no day") }
    return day
  }

  static func moment(_ text: String) -> Moment {
    guard let moment = Moment(text) else { preconditionFailure("'\(text)' is no moment") }
    return moment
  }

  static func window(_ opens: String, _ closes: String) -> Window {
    guard let window = Window(opens: moment(opens), closes: moment(closes)) else {
      preconditionFailure("the window closes before it opens")
    }
    return window
  }

  /// Disclosures are judged while questionnaires are still open, until 16 May.
  static let schedule = Schedule(
    collecting: [
      "IIT": window("2026-01-05", "2026-05-16"), "EIT": window("2026-01-05", "2026-05-16"),
      "OIT": window("2026-02-02", "2026-05-01"),
    ],
    assessing: window("2026-05-01", "2026-06-16"), clarifying: window("2026-06-16", "2026-07-01T16:30"))

  /// A moment in the middle of each phase.
  static let preparing = moment("2026-01-02T09:00")
  static let collecting = moment("2026-03-02T09:00")
  static let assessing = moment("2026-05-20T09:00")
  static let clarifying = moment("2026-06-20T09:00")
  static let deciding = moment("2026-07-10T09:00")

  static func cycle(
    _ stage: Cycle.Stage = .open, schedule: Schedule? = schedule, extensions: [Extension] = []
  ) -> Cycle {
    Cycle(
      code: "2569", year: FiscalYear(2569), title: Small.words("2569"), stage: stage, schedule: schedule,
      extensions: extensions)
  }

  static func longer(_ office: Code<Office>, _ instrument: Code<Node> = "OIT", until: String) -> Extension {
    Extension(office: office, instrument: instrument, until: moment(until), reason: "flood")
  }

  /// For the office from the first day of the year, unless said otherwise.
  static func grant(
    _ role: Role, for scope: Grant.Scope = .offices([office]), group: Code<Group>? = nil,
    from: String = "2025-10-01", until: String? = nil, acting: Acting? = nil
  ) -> Grant {
    Grant(role, for: scope, group: group, from: day(from), until: until.map(day), acting: acting)
  }

  static func posting(
    _ kind: Posting.Kind = .employing, at office: Code<Office>, from: String = "2020-10-01",
    until: String? = nil
  ) -> Posting {
    Posting(kind, at: office, lineage: lineage(office), from: day(from), until: until.map(day))
  }

  static func person(
    _ id: Int64 = 1, _ grants: Grant..., postings: [Posting] = [], declared: Set<Code<Office>> = [],
    isClosed: Bool = false
  ) -> Person {
    Person(
      id: ID(id), name: "person \(id)", isClosed: isClosed, postings: postings, grants: grants,
      declared: declared)
  }

  /// The office's first disclosure in the open cycle, unless said otherwise.
  static func matter(
    _ cycle: Cycle? = cycle(), office: Code<Office>? = office, instrument: Instrument? = oit,
    groups: Set<Code<Group>> = [], submission: Submission.State? = nil, assignees: Set<ID<Person>> = [],
    firstAssessor: ID<Person>? = nil, decider: ID<Person>? = nil, isContested: Bool = false,
    agreed: Set<ID<Person>> = [], subject: Person? = nil, grant: Grant? = nil
  ) -> Matter {
    Matter(
      cycle: cycle, office: office, lineage: office.map(lineage), instrument: instrument, groups: groups,
      submission: submission, assignees: assignees, firstAssessor: firstAssessor, decider: decider,
      isContested: isContested, agreed: agreed, subject: subject, grant: grant)
  }
}

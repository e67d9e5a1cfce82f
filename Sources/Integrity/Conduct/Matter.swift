/// What an act is about: all the permission room reads besides the person and the clock. What does not concern an act is
/// left out.
public struct Matter: Sendable {
  public let cycle: Cycle?
  public let office: Code<Office>?
  /// The office and all above it.
  public let lineage: [Code<Office>]
  public let instrument: Instrument?
  /// The part of the questionnaire, where it is collected in several ways.
  public let route: Code<Node>?
  /// The groups that answer for the disclosure.
  public let groups: Set<Code<Group>>
  /// Where the submission stands; nil where none has been begun.
  public let submission: Submission.State?
  /// Assessors to whom the office or the item is assigned.
  public let assignees: Set<ID<Person>>
  /// Who made the finding that is contested, and who was named to decide.
  public let firstAssessor: ID<Person>?
  public let decider: ID<Person>?
  public let isContested: Bool
  /// Committee members who have agreed to what is being sealed or amended.
  public let agreed: Set<ID<Person>>
  /// On whom, for acts on people: whose account, or who is to be assigned.
  public let subject: Person?
  /// The role being granted or revoked.
  public let grant: Grant?

  public init(
    cycle: Cycle? = nil, office: Code<Office>? = nil, lineage: [Code<Office>]? = nil,
    instrument: Instrument? = nil, route: Code<Node>? = nil,
    groups: Set<Code<Group>> = [], submission: Submission.State? = nil, assignees: Set<ID<Person>> = [],
    firstAssessor: ID<Person>? = nil, decider: ID<Person>? = nil, isContested: Bool = false,
    agreed: Set<ID<Person>> = [], subject: Person? = nil, grant: Grant? = nil
  ) {
    self.cycle = cycle
    self.office = office
    self.lineage = lineage ?? office.map { [$0] } ?? []
    self.instrument = instrument
    self.route = route
    self.groups = groups
    self.submission = submission
    self.assignees = assignees
    self.firstAssessor = firstAssessor
    self.decider = decider
    self.isContested = isContested
    self.agreed = agreed
    self.subject = subject
    self.grant = grant
  }
}

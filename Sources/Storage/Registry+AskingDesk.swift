import GRDB
public import Integrity

/// How far the questionnaires of a cycle's offices are, in the same steps that the offices see, as they stood when the day
/// began.
extension Registry {
  public struct AskedOffice: Sendable {
    public let office: Office
    /// By questionnaire, in the order of the rubric.
    public let steps: [(instrument: Code<Node>, step: Progress)]
    /// How often its slips were made void.
    public let voidings: Int
  }

  /// A page of offices that have not reached the minimum of every questionnaire.
  public struct AskingDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// How many offices take part.
    public let all: Int
    /// How many are below; the page has a hundred of them at most.
    public let found: Int
    public let rows: [AskedOffice]
  }

  /// The offices that are below a minimum, by code, for whoever looks at all offices.
  ///
  /// - Parameter page: nil for all of them.
  public func askingDesk(
    page: Int? = 1, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> AskingDesk {
    try reading(signer, at: now) { desk in
      let (id, _, rubric, matter) = try desk.matter(of: nil, in: code)
      try desk.allow(.readProgress, matter)
      let instruments = rubric.instruments.filter { $0.questionnaire != nil }
      let steps = try desk.db.askingSteps(id)
      var voidings: [Int64: Int] = [:]
      for row in try desk.db.rows(
        """
        SELECT office, count(*) AS times FROM slip_order
        WHERE cycle = ? AND what = 'void' AND done_at IS NOT NULL GROUP BY office
        """, id)
      { voidings[row["office"]] = row["times"] }
      let all = try desk.db.participants(id)
      let below = all.map { place in
        AskedOffice(
          office: place.office,
          steps: instruments.map { instrument in
            let people = place.office.stakeholders[instrument.code]
            let isUnknown = instrument.questionnaire?.minimum(ofStakeholders: people) == nil
            return (
              instrument.code,
              isUnknown ? .noNumber : steps[place.id]?[instrument.code] ?? .belowHalf
            )
          }, voidings: voidings[place.id] ?? 0)
      }.filter { $0.steps.contains { $0.step != .full } }.sorted { $0.office.code < $1.office.code }
      return AskingDesk(
        cycle: try desk.db.cycle(id), rubric: rubric, all: all.count, found: below.count,
        rows: Array(below.page(page)))
    }
  }
}

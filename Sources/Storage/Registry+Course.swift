import GRDB
public import Integrity

/// How far an open cycle has come, for whoever set it up and follows it.
extension Registry {
  public struct Course: Sendable {
    /// Offices that take part.
    public let offices: Int
    /// Of those that may still submit: how many have something left to.
    public let unsent: Int
    /// Offices that have not said how many people may be asked.
    public let unasked: Int
    /// Offices whose questionnaires have reached the minimum, or were assessed elsewhere.
    public let measured: Int
    /// Offices that nobody is to judge.
    public let unassigned: Int
    /// Disclosures due of all offices, and those judged.
    public let items: Int
    public let judged: Int
    /// Offices of which everything is judged, and enough have answered for a figure.
    public let scored: Int
    /// One of them.
    public let first: Office?
    /// Offices of which somebody has opened the findings.
    public let opened: Int
    /// Contested and not decided.
    public let undecided: Int
    /// Who assigns today.
    public let leads: [String]
    /// Whether all windows for disclosures have closed, extensions included.
    public let isFrozen: Bool
  }
}

extension Desk {
  func course(_ id: Int64, _ cycle: Cycle, _ rubric: Rubric) throws -> Registry.Course {
    let offices = try LateLook(db, id, cycle, rubric, now).offices()
    let figures = try db.askingFigures(id)
    let disclosing = rubric.instruments.filter { $0.questionnaire == nil }
    let isAsking = rubric.instruments.allSatisfy { instrument in
      instrument.questionnaire == nil || cycle.phase(of: instrument, for: nil, at: now) > .preparing
    }
    let isJudging = cycle.schedule.map { $0.assessing.opens <= now } ?? false
    var due = DueItems(rubric)
    var (items, judged, unsent, unasked, measured, scored, undecided) = (0, 0, 0, 0, 0, 0, 0)
    var first: Office?
    var isFrozen = true
    for (officeID, late) in offices {
      let left = Dictionary(grouping: late.gaps, by: \.what)
        .mapValues { $0.reduce(0) { $0 + $1.nodes.count } }
      let isCollecting = disclosing.contains {
        cycle.phase(of: $0, for: late.office.code, at: now) <= .collecting
      }
      if isCollecting { isFrozen = false }
      let own = disclosing.reduce(0) { $0 + due.items(of: $1, for: late.office).count }
      items += own
      let isBeingJudged = isJudging && !isCollecting
      if isBeingJudged { judged += own - (left[.findings] ?? 0) }
      if left[.submissions] != nil { unsent += 1 }
      if left[.stakeholders] != nil { unasked += 1 }
      let isMeasured = isAsking && left[.stakeholders] == nil && left[.answers] == nil
      if isMeasured { measured += 1 }
      // Fewer than should be asked may be enough for a figure.
      let short = Set(late.gaps.filter { $0.what == .answers }.flatMap(\.nodes))
      let hasFigures = isAsking && left[.stakeholders] == nil && short.isSubset(of: figures[officeID] ?? [])
      if hasFigures, isBeingJudged, left[.findings] == nil {
        scored += 1
        first = first ?? late.office
      }
      undecided += left[.decisions] ?? 0
    }
    let unassigned = try db.integer(
      """
      SELECT count(*) FROM participant WHERE cycle = ? AND NOT EXISTS (
        SELECT 1 FROM assignment WHERE assignment.cycle = participant.cycle
          AND assignment.office = participant.office AND until_at IS NULL)
      """, id)
    let opened = try db.integer("SELECT count(DISTINCT office) FROM acknowledgement WHERE cycle = ?", id)
    return Registry.Course(
      offices: offices.count, unsent: unsent, unasked: unasked, measured: measured,
      unassigned: Int(unassigned ?? 0), items: items, judged: judged, scored: scored, first: first,
      opened: Int(opened ?? 0), undecided: undecided, leads: try leads(), isFrozen: isFrozen)
  }

  private func leads() throws -> [String] {
    try db.rows(
      """
      SELECT DISTINCT name FROM person JOIN role_grant ON role_grant.person = person.id
      WHERE role = 'lead_assessor' AND is_closed = 0 AND from_day <= ?1 AND (until_day IS NULL OR until_day > ?1)
      ORDER BY person.id
      """, now.day.description
    ).map { $0["name"] }
  }
}

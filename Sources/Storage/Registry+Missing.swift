import Foundation
import GRDB
public import Integrity

/// Who is missing what.
extension Registry {
  public struct Missing: Hashable, Sendable {
    public enum What: Hashable, Sendable {
      /// Without it there is no minimum sample.
      case stakeholders(Code<Node>)
      /// Not submitted; the state it stands in, nil where it has not been begun.
      case submission(Code<Node>, Submission.State?)
      /// Fewer than have to have answered: whether half of them had when the day began, since nobody is told how many.
      case answers(Code<Node>, Progress)
      /// Not judged; by whom it should be.
      case finding(Code<Node>, assessor: Code<Person>?)
      /// Nobody of the office has opened its findings.
      case acknowledgement
      /// Contested and not decided.
      case decision(Code<Node>)
    }

    public let office: Code<Office>
    public let what: What
    /// When the window closes, or closed.
    public let due: Moment?
  }

  /// Everything that is open in a cycle now, office after office. What is not due yet is not missing: submissions
  /// and answers from when they may come, findings from judging on, acknowledgements and decisions from clarifying on.
  ///
  /// - Parameter office: nil for all of the cycle's.
  public func missing(
    of office: Code<Office>? = nil, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> [Missing] {
    try reading(signer, at: now) { desk in
      let (id, officeID, _, matter) = try desk.matter(of: office, in: code)
      try desk.allow(.readProgress, matter)
      return try Inquiry(desk.db, self, id, now, office: officeID).all()
    }
  }

  /// One look over a cycle.
  private struct Inquiry {
    let db: Database
    let cycleID: Int64
    /// Only this one; nil for all.
    let office: Int64?
    let cycle: Cycle
    let rubric: Rubric
    let now: Moment
    let states: [Int64: [Code<Node>: Submission.State]]
    let judged: [Int64: Set<Code<Node>>]
    let decided: [Int64: Set<Code<Node>>]
    let contested: [Int64: [Code<Node>]]
    let acknowledged: Set<Int64>
    let assessors: [Int64: [(item: Code<Node>?, person: Code<Person>)]]
    let steps: [Int64: [Code<Node>: Progress]]
    /// Whose whole instruments were assessed elsewhere.
    let given: [Int64: Set<Code<Node>>]

    init(_ db: Database, _ registry: Registry, _ id: Int64, _ now: Moment, office: Int64?) throws {
      self.office = office
      self.db = db
      self.now = now
      cycleID = id
      cycle = try db.cycle(id)
      rubric = try registry.rubric(db, id)
      var states: [Int64: [Code<Node>: Submission.State]] = [:]
      for row in try db.rows(
        "SELECT office, item, state FROM submission WHERE cycle = ? ORDER BY version", ofCycle: id,
        office: office)
      {
        states[row["office"], default: [:]][Code(row["item"])] = Submission.State(rawValue: row["state"])
      }
      self.states = states
      var judged: [Int64: Set<Code<Node>>] = [:]
      var decided: [Int64: Set<Code<Node>>] = [:]
      for row in try db.rows(
        "SELECT DISTINCT office, item, stage FROM finding WHERE cycle = ?", ofCycle: id, office: office)
      {
        judged[row["office"], default: []].insert(Code(row["item"]))
        if row["stage"] == "clarified" || row["stage"] == "corrected" {
          decided[row["office"], default: []].insert(Code(row["item"]))
        }
      }
      self.judged = judged
      self.decided = decided
      var contested: [Int64: [Code<Node>]] = [:]
      for row in try db.rows(
        "SELECT office, item FROM clarification WHERE cycle = ? ORDER BY id", ofCycle: id, office: office)
      {
        contested[row["office"], default: []].append(Code(row["item"]))
      }
      self.contested = contested
      acknowledged = Set(
        try db.rows(
          "SELECT DISTINCT office FROM acknowledgement WHERE cycle = ?", ofCycle: id, office: office
        ).map { $0["office"] })
      var assessors: [Int64: [(item: Code<Node>?, person: Code<Person>)]] = [:]
      for row in try db.rows(
        """
        SELECT office, item, code FROM assignment JOIN person ON person.id = assignment.assessor
        WHERE cycle = ? AND until_at IS NULL ORDER BY assignment.id
        """, ofCycle: id, office: office)
      {
        assessors[row["office"], default: []].append(
          ((row["item"] as String?).map { Code($0) }, Code(row["code"])))
      }
      self.assessors = assessors
      steps = try db.askingSteps(id, rubric, office: office, on: now.day)
      var given: [Int64: Set<Code<Node>>] = [:]
      for row in try db.rows(
        "SELECT office, node FROM given_figure WHERE cycle = ?", ofCycle: id, office: office)
      {
        given[row["office"], default: []].insert(Code(row["node"]))
      }
      self.given = given
    }

    func all() throws -> [Missing] {
      guard cycle.stage != .published else { return [] }
      return try db.participants(cycleID, office: office).flatMap { id, office in missing(of: office, id) }
    }

    private func missing(of office: Office, _ id: Int64) -> [Missing] {
      var found: [Missing] = []
      for instrument in rubric.instruments {
        let phase = cycle.phase(of: instrument, for: office.code, at: now)
        let closes = cycle.window(of: instrument.code, for: office.code)?.closes
        if let questionnaire = instrument.questionnaire {
          // Whom to ask is said before anybody answers.
          found += questionnaireGaps(instrument, questionnaire, office, id, closes).filter { one in
            if case .answers = one.what { return phase > .preparing }
            return true
          }
        } else if phase == .preparing {
          continue
        } else if phase == .collecting {
          for item in due(instrument, office) where states[id]?[item.code] != .submitted {
            found.append(
              Missing(office: office.code, what: .submission(item.code, states[id]?[item.code]), due: closes))
          }
        } else {
          found += judgementGaps(instrument, office, id, phase)
        }
      }
      return found
    }

    /// Disclosures of an instrument that apply to the office.
    private func due(_ instrument: Instrument, _ office: Office) -> [Item] {
      rubric.disclosures(for: office).filter { $0.instrument.code == instrument.code }.map(\.item)
    }

    private func questionnaireGaps(
      _ instrument: Instrument, _ questionnaire: Questionnaire, _ office: Office, _ id: Int64,
      _ closes: Moment?
    ) -> [Missing] {
      if given[id]?.contains(instrument.code) ?? false { return [] }
      let number = office.stakeholders[instrument.code]
      if number == nil {
        return [Missing(office: office.code, what: .stakeholders(instrument.code), due: closes)]
      }
      let step = steps[id]?[instrument.code] ?? .belowHalf
      if questionnaire.minimum(ofStakeholders: number) == nil || step == .full { return [] }
      return [Missing(office: office.code, what: .answers(instrument.code, step), due: closes)]
    }

    private func judgementGaps(
      _ instrument: Instrument, _ office: Office, _ id: Int64, _ phase: Phase
    ) -> [Missing] {
      var found: [Missing] = []
      for item in due(instrument, office) where !(judged[id]?.contains(item.code) ?? false) {
        let assessor =
          assessors[id]?.first { $0.item == item.code } ?? assessors[id]?.first { $0.item == nil }
        found.append(
          Missing(
            office: office.code, what: .finding(item.code, assessor: assessor?.person),
            due: cycle.schedule?.assessing.closes))
      }
      guard phase >= .clarifying else { return found }
      if !acknowledged.contains(id) {
        found.append(
          Missing(office: office.code, what: .acknowledgement, due: cycle.schedule?.clarifying.closes))
      }
      for item in contested[id] ?? [] where !(decided[id]?.contains(item) ?? false) {
        found.append(Missing(office: office.code, what: .decision(item), due: cycle.end))
      }
      return found
    }
  }
}

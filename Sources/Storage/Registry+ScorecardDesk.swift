import Foundation
import GRDB
public import Integrity
import Synchronization

/// One office's result with everything it rests on: first and final findings, who made them and what they looked at.
extension Registry {
  public struct ScorecardDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let card: Scorecard
    /// By first findings alone; nil where nothing was found after them.
    public let first: Scorecard?
    /// The other offices, for means and last year's total.
    public let book: ResultsBook
    /// As sealed and as amended, in this order; empty before.
    public let sealed: [Sealed]
    /// Every disclosure that applies to the office, in the order of the rubric.
    public let judged: [JudgedItem]
    /// Whether the reader sees how often each option was chosen, and who made a finding: whoever follows the judging.
    public let isFromInside: Bool

    public var office: Office { card.office }
  }

  /// One disclosure with all that was found on it.
  public struct JudgedItem: Sendable {
    public let instrument: Instrument
    public let item: Item
    /// As it was submitted last; nil where nothing was, or where the reader may not see it.
    public let submission: Submission?
    /// The first first.
    public let findings: [MadeFinding]
    /// The office's statement, where it has contested.
    public let statement: String?
    /// Whether the reader may correct it now.
    public let mayCorrect: Bool

    /// What was found first, by an assessor.
    public var first: MadeFinding? { findings.last { $0.stage == .first } }
    /// The one that counts: of the highest stage, the latest.
    public var final: MadeFinding? {
      findings.enumerated().max { ($0.element.stage, $0.offset) < ($1.element.stage, $1.offset) }?.element
    }
    /// Whether it is contested and nobody has decided.
    public var isOpen: Bool { statement != nil && !findings.contains { $0.stage >= .clarified } }
  }

  /// A finding as it was made.
  public struct MadeFinding: Sendable {
    public let id: ID<Finding>
    public let finding: Finding
    public let stage: Stage
    /// The name of who made it; nil for a reader who is not told.
    public let who: String?
    public let at: Moment
    /// In what state links were when they were looked at.
    public let seen: [Seen]
  }

  /// The scorecard of an office for a page that opens it down to its last finding.
  public func scorecardDesk(
    of office: Code<Office>, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> ScorecardDesk {
    let generation = scorecards.withLock { $0.generation }
    return try reading(signer, at: now) { desk in
      let place = try ScorecardPlace(desk, office, code)
      let book = try book(desk.db, place.cycleID, place.cycle.year, place.rubric, generation)
      guard let card = book.scorecard(of: office) else {
        throw StorageProblem.unknown(what: "scorecard of", code: office.text)
      }
      return ScorecardDesk(
        cycle: place.cycle, rubric: place.rubric, card: card, first: book.firsts[office], book: book,
        sealed: try desk.db.sealed(of: place.officeID, in: place.cycleID),
        judged: try place.judged(place.rubric.judged(for: card.office)),
        isFromInside: place.isFromInside)
    }
  }

  /// One disclosure before the committee corrects what was found on it.
  public struct CorrectionDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let card: Scorecard
    public let judged: JudgedItem
    fileprivate let assessment: Assessment

    public var office: Office { card.office }

    /// The scorecard as it would be.
    public func scorecard(with finding: Finding) -> Scorecard {
      var findings = assessment.findings
      findings[judged.item.code] = finding
      return rubric.scorecard(
        of: Assessment(
          office: assessment.office, round: assessment.round, findings: findings, tallies: assessment.tallies,
          given: assessment.given))
    }
  }

  /// What correcting a finding would change, for whoever may correct it now.
  public func correctionDesk(
    _ item: Code<Node>, of office: Code<Office>, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> CorrectionDesk {
    try reading(signer, at: now) { desk in
      let place = try ScorecardPlace(desk, office, code)
      let disclosure = try desk.disclosure(item, of: office, in: code)
      try desk.allow(.correct, disclosure.matter)
      guard let instrument = place.rubric.disclosure(item)?.instrument,
        let assessment = try desk.db.assessments(place.cycleID, place.rubric, office: place.officeID).first?
          .assessment,
        let judged = try place.judged([(instrument, disclosure.item)]).first
      else { throw StorageProblem.unknown(what: "disclosure", code: item.text) }
      return CorrectionDesk(
        cycle: place.cycle, rubric: place.rubric, card: place.rubric.scorecard(of: assessment),
        judged: judged,
        assessment: assessment)
    }
  }

  /// The finding on an item that was the last when somebody looked.
  public enum LastFinding: Hashable, Sendable {
    /// Whatever it was.
    case any
    case none
    case made(ID<Finding>)
  }
}

/// An office whose scorecard somebody may read, and the findings on it.
private struct ScorecardPlace {
  let desk: Desk
  let cycleID: Int64
  let officeID: Int64
  let cycle: Cycle
  let rubric: Rubric
  let matter: Matter
  let isFromInside: Bool

  init(_ desk: Desk, _ office: Code<Office>, _ code: Code<Cycle>) throws {
    self.desk = desk
    (cycleID, officeID, matter) = try desk.reading(office, in: code)
    try desk.allow(.readScorecard, matter)
    cycle = try desk.db.cycle(cycleID)
    rubric = try desk.registry.rubric(desk.db, cycleID)
    // Once results are published everybody reads them; who follows the judging of all offices sees behind them.
    let person = try desk.signer()
    let isFollowing = Conduct.may(.readProgress, in: Matter(cycle: cycle), by: person, at: desk.now) == nil
    isFromInside =
      isFollowing && Conduct.may(.readSubmission, in: matter, by: person, at: desk.now) == nil
  }

  /// Three queries, however many items.
  func judged(_ items: [(instrument: Instrument, item: Item)]) throws -> [Registry.JudgedItem] {
    let person = try desk.signer()
    let maySubmission = Conduct.may(.readSubmission, in: matter, by: person, at: desk.now) == nil
    let mayCorrect = Conduct.may(.correct, in: matter, by: person, at: desk.now) == nil
    let submissions = maySubmission ? try desk.db.submissions(of: officeID, in: cycleID) : [:]
    let findings = try findings()
    let statements = Dictionary(
      try desk.db.rows(
        "SELECT item, statement FROM clarification WHERE cycle = ? AND office = ?", cycleID, officeID
      )
      .map { (Code<Node>($0["item"]), $0["statement"] as String) }
    ) { a, _ in a }
    return items.map { instrument, item in
      let submission = submissions[item.code]
      return Registry.JudgedItem(
        instrument: instrument, item: item,
        submission: submission?.state == .submitted ? submission : nil, findings: findings[item.code] ?? [],
        statement: maySubmission ? statements[item.code] : nil, mayCorrect: mayCorrect)
    }
  }

  private func findings() throws -> [Code<Node>: [Registry.MadeFinding]] {
    var seen: [Int64: [Registry.Seen]] = [:]
    for row in try desk.db.rows(
      """
      SELECT finding, link, state, seen_at FROM finding_seen
      WHERE finding IN (SELECT id FROM finding WHERE cycle = ? AND office = ?) ORDER BY id
      """, cycleID, officeID)
    {
      guard let state = LinkState(rawValue: row["state"]) else { continue }
      seen[row["finding"], default: []].append(
        Registry.Seen(link: row["link"], state: state, at: Moment(seconds: row["seen_at"])))
    }
    var findings: [Code<Node>: [Registry.MadeFinding]] = [:]
    for row in try desk.db.rows(
      """
      SELECT finding.id AS id, item, stage, judgement, value, reason, finding.made_at AS made_at, name FROM finding
      JOIN person ON person.id = finding.assessor WHERE cycle = ? AND office = ? ORDER BY finding.id
      """, cycleID, officeID)
    {
      guard let stage = Stage(rawValue: row["stage"]),
        let judgement = Judgement(kind: row["judgement"], value: row["value"])
      else { continue }
      let id: Int64 = row["id"]
      findings[Code(row["item"]), default: []].append(
        Registry.MadeFinding(
          id: ID(id), finding: Finding(judgement, reason: row["reason"]), stage: stage,
          who: isFromInside ? row["name"] : nil, at: Moment(seconds: row["made_at"]),
          seen: isFromInside ? seen[id] ?? [] : []))
    }
    return findings
  }
}

extension Rubric {
  /// What is judged of an office: its disclosures, and deductions.
  fileprivate func judged(for office: Office) -> [(instrument: Instrument, item: Item)] {
    disclosures(for: office)
      + deductions.compactMap { item in disclosure(item.code).map { ($0.instrument, item) } }
  }
}

extension Desk {
  /// - Throws: `StorageProblem.stale` where another finding has come since somebody looked.
  func expect(_ last: Registry.LastFinding, on disclosure: Disclosure) throws {
    if last == .any { return }
    let found = try db.row(
      """
      SELECT finding.id AS id, name, finding.made_at AS made_at FROM finding
      JOIN person ON person.id = finding.assessor WHERE cycle = ? AND office = ? AND item = ?
      ORDER BY finding.id DESC LIMIT 1
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text)
    let now = found.map { Registry.LastFinding.made(ID($0["id"])) } ?? Registry.LastFinding.none
    if now == last { return }
    throw StorageProblem.stale(
      by: found?["name"] ?? "", at: Moment(seconds: found?["made_at"] ?? self.now.seconds))
  }
}

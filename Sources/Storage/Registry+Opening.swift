import Foundation
import GRDB
public import Integrity

/// What an office's people see of what was found, once they have opened it.
extension Registry {
  /// The results of an office's disclosures.
  public struct FindingsDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let office: Office
    /// Who of the office has opened the results, in the order in which they did.
    public let openings: [Opening]
    /// Whether the reader sees what was found: they have opened the results, or these are published.
    public let isOpen: Bool
    /// Why the reader may not open the results; nil where they may, or have.
    public let refusal: Refusal?
    /// Every disclosure that applies to the office, in the order of the rubric; empty until they are opened.
    public let results: [ItemResult]
  }

  /// Somebody of the office who has opened the results.
  public struct Opening: Hashable, Sendable {
    public let name: String
    public let post: String
    public let at: Moment
    public let isReader: Bool
  }

  /// One disclosure with what was found.
  public struct ItemResult: Sendable {
    public let instrument: Instrument
    public let item: Item
    /// As it was submitted; nil where nothing was.
    public let submission: Submission?
    /// nil where nobody judged it.
    public let first: Judged?
    /// After a clarification or a correction; nil where the first finding counts.
    public let final: Judged?
    public let contest: Contest?
    /// As scored by the first findings alone, and by those that count.
    public let firstLine: Line?
    public let finalLine: Line?
    /// Why the reader may not contest it now; nil where they may.
    public let refusal: Refusal?

    /// Contested, and not decided.
    public var isUndecided: Bool { contest != nil && final == nil }
  }

  /// The results of an office for its own people: what was found only to whoever has opened it.
  public func findingsDesk(
    _ office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> FindingsDesk {
    try reading(signer, at: now) { desk in
      let place = try DeskPlace(desk, office, cycle)
      let reader = try desk.signer()
      guard reader.isOwn(of: office, on: now.day) else {
        throw StorageProblem.unknown(what: "office", code: office.text)
      }
      try desk.allow(.readFinding, place.matter)
      let openings = try place.openings()
      let isOpen = place.cycle.stage == .published || openings.contains(where: \.isReader)
      return FindingsDesk(
        cycle: place.cycle, rubric: place.rubric, office: place.office, openings: openings, isOpen: isOpen,
        refusal: isOpen ? nil : Conduct.may(.acknowledge, in: place.matter, by: reader, at: now),
        results: isOpen ? try place.results() : [])
    }
  }
}

extension Person {
  /// Whether they work for an office as one of its own people.
  func isOwn(of office: Code<Office>, on day: Day) -> Bool {
    roles(for: office, on: day).contains(where: \.belongsToAnOffice)
  }
}

extension Desk {
  /// Whether what was found on an office is open to the reader, who is one of its people.
  func hasOpened(_ office: Code<Office>, in cycle: Code<Cycle>) throws -> Bool {
    let (id, now) = (try db.cycleID(cycle), try db.cycle(try db.cycleID(cycle)))
    if now.stage == .published { return true }
    return try db.integer(
      "SELECT 1 FROM acknowledgement WHERE cycle = ? AND office = ? AND person = ?", id,
      try db.officeID(office), actor?.id) != nil
  }
}

extension DeskPlace {
  func openings() throws -> [Registry.Opening] {
    let reader = desk.actor?.id
    return try desk.db.rows(
      """
      SELECT person, name, post, acknowledgement.made_at AS made_at FROM acknowledgement
      JOIN person ON person.id = person WHERE cycle = ? AND office = ? ORDER BY acknowledgement.id
      """, cycleID, officeID
    ).map { row in
      Registry.Opening(
        name: row["name"], post: row["post"], at: Moment(seconds: row["made_at"]),
        isReader: row["person"] == reader)
    }
  }

  func results() throws -> [Registry.ItemResult] {
    let findings = try desk.db.findings(on: officeID, in: cycleID, namesAssessors: false)
    let contests = try desk.db.contests(of: officeID, in: cycleID)
    let submissions = try desk.db.submissions(of: officeID, in: cycleID)
    // Of the disclosures alone: what questionnaires came to is nobody's business before it is published.
    let first = rubric.scorecard(
      of: Assessment(office: office, findings: findings.compactMapValues { $0.first?.finding }))
    let final = rubric.scorecard(
      of: Assessment(
        office: office, findings: findings.compactMapValues { ($0.final ?? $0.first)?.finding }))
    let reader = try desk.signer()
    return rubric.disclosures(for: office).map { instrument, item in
      let found = findings[item.code]
      let contest = contests[item.code]
      let submission = submissions[item.code]
      let matter = Matter(
        cycle: cycle, office: office.code, lineage: matter.lineage, instrument: instrument,
        groups: Set([item.group].compactMap { $0 } + item.contributing), submission: submission?.state,
        isContested: contest != nil)
      return Registry.ItemResult(
        instrument: instrument, item: item,
        submission: submission?.state == .submitted ? submission : nil, first: found?.first,
        final: found?.final, contest: contest, firstLine: first.line(item.code),
        finalLine: final.line(item.code),
        refusal: Conduct.may(.contest, in: matter, by: reader, at: desk.now))
    }
  }

  /// Disclosures that are contested and not decided.
  func undecided() throws -> Set<Code<Node>> {
    let found = try desk.db.rows(
      "SELECT item FROM clarification WHERE cycle = ? AND office = ? AND \(Database.isUndecided)", cycleID,
      officeID)
    return Set(found.map { Code($0["item"]) })
  }
}

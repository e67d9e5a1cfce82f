import Foundation
import GRDB
public import Integrity

/// One disclosure on an assessor's desk.
extension Registry {
  /// What was submitted, what is to be found in it, and everything that has been said of it.
  public struct MarkDesk: Sendable {
    public let queue: MarkQueue
    public let office: Office
    public let instrument: Instrument
    public let item: Item
    /// As it was submitted last; nil where nothing was.
    public let submission: Submission?
    public let submittedAt: Moment?
    public let lastYear: LastYear?
    /// One's own unfinished mark.
    public let own: Unfinished?
    /// What others have put down and not finished.
    public let others: [Unfinished]
    /// Every first finding, in the order they were made.
    public let findings: [Found]
    /// Of the last finding: in what state each link was.
    public let seen: [Seen]
    public let captures: [Capture]
    /// The reader's sentences for this item and for all.
    public let comments: [Comment]
    /// Why it cannot be judged now; nil where it can.
    public let refusal: Refusal?
    /// The last finding the reader has made in the cycle, while nothing has followed it.
    public let lastAct: LastAct?

    public var cycle: Cycle { queue.cycle }
    public var rubric: Rubric { queue.rubric }
    public var finding: Found? { findings.last }

    /// What the page sees, for its form.
    public var sighting: Sighting { Sighting(revision: own?.revision ?? 0, finding: finding?.id ?? 0) }

    /// The same with everybody who is at it, for whoever has seen that and goes on.
    public var fullSighting: Sighting {
      Sighting(
        revision: own?.revision ?? 0, finding: finding?.id ?? 0,
        others: Set(others.map(\.person.rawValue)))
    }
  }

  /// What somebody did last.
  public struct LastAct: Hashable, Sendable {
    public let office: Code<Office>
    public let item: Code<Node>
    public let finding: Found
  }

  /// One disclosure for whoever is to judge it.
  ///
  /// - Throws: `Refusal` or `StorageProblem.unknown`, as for something that is not there, to everybody else.
  public func markDesk(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> MarkDesk {
    try reading(signer, at: now) { desk in
      let person = try desk.insistOnAssessor().person
      let place = try DeskPlace(desk, office, cycle)
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      // The lead and the committee read it elsewhere; this is the place of whoever judges.
      let refusal = Conduct.may(.judge, in: disclosure.matter, by: person, at: now)
      switch refusal?.reason {
      case .role, .conflict, .notAssigned: throw Refusal(.readSubmission, .notAssigned)
      default: try desk.allow(.readSubmission, disclosure.matter)
      }
      guard let instrument = disclosure.matter.instrument else {
        throw StorageProblem.unknown(what: "disclosure", code: item.text)
      }
      let findings = try desk.findings(on: disclosure)
      let isSubmitted = disclosure.matter.submission == .submitted
      return MarkDesk(
        queue: try desk.markQueue(of: cycle), office: place.office,
        instrument: instrument, item: disclosure.item,
        submission: try isSubmitted ? disclosure.latest.map { try desk.db.submission($0["id"]) } : nil,
        submittedAt: try isSubmitted ? desk.submittedAt(disclosure) : nil,
        lastYear: try place.lastYear(of: disclosure.item, forAssessorsOf: disclosure.matter),
        own: try desk.ownMark(on: disclosure), others: try desk.othersMarks(on: disclosure),
        findings: findings, seen: try findings.last.map { try desk.db.seen(with: $0.id) } ?? [],
        captures: try findings.last.map { try desk.db.captures(ofFinding: $0.id) } ?? [],
        comments: try desk.comments(for: disclosure.item), refusal: refusal,
        lastAct: try desk.lastAct(in: disclosure.cycle))
    }
  }
}

extension Desk {
  fileprivate func submittedAt(_ disclosure: Disclosure) throws -> Moment? {
    guard let id = disclosure.latest?["id"] as Int64? else { return nil }
    return try db.integer(
      "SELECT max(moved_at) FROM submission_move WHERE submission = ? AND state = 'submitted'", id
    ).map { Moment(seconds: $0) }
  }

  fileprivate func lastAct(in cycle: Int64) throws -> Registry.LastAct? {
    let row = try db.row(
      """
      SELECT finding.*, office.code AS office_code, name FROM finding JOIN office ON office.id = finding.office
      JOIN person ON person.id = finding.assessor
      WHERE assessor = ? AND cycle = ? AND stage = 'first' ORDER BY finding.id DESC LIMIT 1
      """, actor?.id, cycle)
    guard let row, let finding = Registry.Found(row) else { return nil }
    let later = try db.integer(
      "SELECT 1 FROM finding WHERE cycle = ? AND office = ? AND item = ? AND id > ? LIMIT 1", cycle,
      row["office"] as Int64, row["item"] as String, finding.id)
    guard later == nil else { return nil }
    return Registry.LastAct(office: Code(row["office_code"]), item: Code(row["item"]), finding: finding)
  }
}

extension Database {
  /// In what state each link was that was looked at for a finding.
  fileprivate func seen(with finding: Int64) throws -> [Registry.Seen] {
    try rows("SELECT link, state, seen_at FROM finding_seen WHERE finding = ? ORDER BY id", finding).map {
      Registry.Seen(
        link: $0["link"], state: LinkState(rawValue: $0["state"]) ?? .opened,
        at: Moment(seconds: $0["seen_at"]))
    }
  }
}

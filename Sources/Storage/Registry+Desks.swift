import Foundation
import GRDB
public import Integrity

/// What an office's pages show: each one snapshot, and as many queries for a hundred disclosures as for one.
extension Registry {
  /// All an office has before it in a cycle. It is handed from one part of a page to the next, so it is not copied.
  public final class OfficeDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// As it takes part in the cycle, with its stakeholders.
    public let office: Office
    public let groups: [GroupEntry]
    /// Every disclosure that applies to the office, in the order of the rubric, begun or not.
    public let works: [DisclosureWork]
    /// By questionnaire; empty for a reader who may not see what is missing.
    public let responses: [Code<Node>: Responses]
    /// Latest first.
    public let receipts: [Receipt]
    /// When the reader opened the office's results; nil where they have not.
    public let openedAt: Moment?

    init(
      cycle: Cycle, rubric: Rubric, office: Office, groups: [GroupEntry], works: [DisclosureWork],
      responses: [Code<Node>: Responses], receipts: [Receipt], openedAt: Moment?
    ) {
      (self.cycle, self.rubric, self.office) = (cycle, rubric, office)
      (self.groups, self.works, self.responses) = (groups, works, responses)
      (self.receipts, self.openedAt) = (receipts, openedAt)
    }
  }

  /// One disclosure of an office, and where it stands.
  public final class DisclosureWork: Sendable {
    public let instrument: Instrument
    public let item: Item
    /// Its latest version; nil where it has not been begun.
    public let submission: Submission?
    /// Who saved it last, or else an officer of the group that answers for it.
    public let owner: String?
    public let changedAt: Moment?
    /// What is to be done, where it was sent back.
    public let returnNote: String?
    /// Whether the reader may save a draft of it now.
    public let mayDraft: Bool
    /// Whether the office has contested what was found, and nobody has decided yet.
    public let isContested: Bool

    init(
      instrument: Instrument, item: Item, submission: Submission?, owner: String?, changedAt: Moment?,
      returnNote: String?, mayDraft: Bool, isContested: Bool
    ) {
      (self.instrument, self.item, self.submission) = (instrument, item, submission)
      (self.owner, self.changedAt, self.returnNote) = (owner, changedAt, returnNote)
      (self.mayDraft, self.isContested) = (mayDraft, isContested)
    }
  }

  /// How far a questionnaire has come; never how many have answered.
  public struct Responses: Hashable, Sendable {
    public let progress: Progress
    /// How many have to answer; nil where that depends on a number of stakeholders that is not known.
    public let minimum: Int?
    public let stakeholders: Int?
  }

  /// What part of those who have to answer have answered.
  public enum Progress: String, Hashable, Sendable, CaseIterable {
    /// The office has not said how many could be asked.
    case noNumber = "no_number"
    case belowHalf = "below_half"
    case half
    case full
  }

  /// One disclosure with all that has happened to it.
  public struct DisclosureDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let office: Office
    public let work: DisclosureWork
    /// Latest first, twenty at most.
    public let moves: [Move]
    /// The group that answers for it.
    public let lead: GroupEntry?
    /// Groups that contribute.
    public let contributors: [GroupEntry]
    public let lastYear: LastYear?
    /// What the reader may do with it now, of draft, pass, sendBack, submit and recall.
    public let may: Set<Act>
  }

  /// A step on the way of a disclosure.
  public struct Move: Hashable, Sendable {
    /// Where it stood afterwards; `draft` each time it was saved.
    public let state: Submission.State
    public let version: Int
    /// The name of who did it.
    public let who: String
    /// In what capacity, where the signer acted for the head.
    public let capacity: Acting.Capacity?
    public let note: String
    public let at: Moment
  }

  /// What became of the same disclosure in the last cycle that was published.
  public struct LastYear: Sendable {
    public let cycle: Code<Cycle>
    public let year: FiscalYear
    /// What it was called then.
    public let item: Item
    public let itemCode: Code<Node>
    /// As it was submitted; nil where nothing was, or where the reader may not see it.
    public let submission: Submission?
    /// The finding that counts; nil where nobody judged.
    public let finding: Finding?
    /// As the published scorecard shows it.
    public let scored: Line?
  }
}

extension Registry {
  /// All that an office has before it in a cycle, for whoever may see what it submits.
  public func officeDesk(
    _ office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> OfficeDesk {
    try reading(signer, at: now) { desk in
      let place = try DeskPlace(desk, office, cycle)
      try desk.allow(.readSubmission, place.matter)
      let mayCount = Conduct.may(.readProgress, in: place.matter, by: try desk.signer(), at: now) == nil
      return OfficeDesk(
        cycle: place.cycle, rubric: place.rubric, office: place.office,
        groups: try groups(of: place.officeID, office, desk.db),
        works: try place.works(place.rubric.disclosures(for: place.office)),
        responses: mayCount ? try place.responses() : [:],
        receipts: try desk.db.receipts(of: place.officeID, in: place.cycleID, place.rubric),
        openedAt: try place.openings().first(where: \.isReader)?.at)
    }
  }

  /// One disclosure of an office with all that has happened to it, and what became of it the year before.
  public func disclosureDesk(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> DisclosureDesk {
    try reading(signer, at: now) { desk in
      let place = try DeskPlace(desk, office, cycle)
      guard let found = place.rubric.disclosure(item) else {
        throw StorageProblem.unknown(what: "disclosure", code: item.text)
      }
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.readSubmission, disclosure.matter)
      guard let work = try place.works([found]).first else {
        throw StorageProblem.unknown(what: "disclosure", code: item.text)
      }
      let groups = try groups(of: place.officeID, office, desk.db)
      func group(_ code: Code<Group>) -> GroupEntry {
        // As the office calls it, or else as the rubric does.
        let title = place.rubric.groups.first { $0.code == code }?.title
        return groups.first { $0.group == code }
          ?? GroupEntry(
            office: office, group: code, title: title ?? Words(thai: code.text, english: code.text))
      }
      let person = try desk.signer()
      let acts: [Act] = [.draft, .pass, .sendBack, .submit, .recall]
      return DisclosureDesk(
        cycle: place.cycle, rubric: place.rubric, office: place.office, work: work,
        moves: try place.moves(of: item), lead: work.item.group.map(group),
        contributors: work.item.contributing.map(group), lastYear: try place.lastYear(of: work.item),
        may: Set(acts.filter { Conduct.may($0, in: disclosure.matter, by: person, at: now) == nil }))
    }
  }

  /// The cycles in which the signer works for an office as one of its own people, the latest first, each with those
  /// offices; nil where they are nobody's own.
  public func currentCycles(for signer: Signer, at now: Moment) throws -> [(cycle: Cycle, offices: [Office])]?
  {
    try reading(signer, at: now) { desk in
      let person = try desk.signer()
      let own = person.grants.filter {
        $0.role.belongsToAnOffice && $0.holds(on: now.day) && !person.isClosed
      }
      let codes = own.reduce(into: Set<Code<Office>>()) { codes, grant in
        if case .offices(let offices) = grant.scope { codes.formUnion(offices) }
      }
      if codes.isEmpty { return nil }
      let found = try codes.sorted().flatMap { try parts(of: $0, desk.db) }
      let latest = Dictionary(grouping: found, by: \.id).values.sorted { a, b in
        (a[0].year, a[0].id) > (b[0].year, b[0].id)
      }
      return try latest.map { places in
        (
          cycle: try self.cycle(places[0].id, desk.db),
          offices: try places.compactMap { try participant($0.id, office: $0.office, desk.db) }
        )
      }
    }
  }

  /// The cycles an office takes part in, with their years.
  private func parts(
    of office: Code<Office>, _ db: Database
  ) throws -> [(id: Int64, year: Int, office: Int64)] {
    try settled(.parts(office), db) {
      try db.rows(
        """
        SELECT cycle.id AS id, year, office FROM participant JOIN office ON office.id = participant.office
        JOIN cycle ON cycle.id = participant.cycle WHERE office.code = ?
        """, office.text
      ).map { (id: $0["id"], year: $0["year"], office: $0["office"]) }
    }
  }

  /// Which of some acts the signer may do for an office now, wherever its disclosures stand: what a page offers.
  public func mayAct(
    _ acts: [Act], on office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> Set<Act> {
    try reading(signer, at: now) { desk in
      let (_, _, matter) = try desk.reading(office, in: cycle)
      let person = try desk.signer()
      let states = [nil] + Submission.State.allCases.map(Optional.some)
      return Set(
        acts.filter { act in
          states.contains { Conduct.may(act, in: matter.standing(at: $0), by: person, at: now) == nil }
        })
    }
  }
}

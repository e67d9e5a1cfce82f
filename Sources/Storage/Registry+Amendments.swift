import Foundation
import GRDB
public import Integrity

/// What members propose to amend of sealed results, and what came of it.
extension Registry {
  /// A proposal by one member, which another makes an amendment by agreeing to it.
  public struct Amendment: Hashable, Sendable {
    public enum State: Hashable, Sendable {
      /// For a second member.
      case waiting
      case made(before: Figure?, after: Figure?, at: Moment)
      /// Another amendment of the office came first: this one would be to a result that is no more.
      case overtaken
    }

    public let number: Int64
    public let office: Code<Office>
    public let name: Words
    public let item: Code<Node>
    /// What counts now, or did before; nil where nobody had judged.
    public let before: Finding?
    public let finding: Finding
    public let proposer: String
    public let at: Moment
    public let state: State
    /// Of one that waits: the total now, and as it would be.
    public let effect: (now: Figure?, then: Figure?)?
    /// Why the reader may not agree; nil where they may, and where nothing waits.
    public let refusal: Refusal?

    public static func == (a: Amendment, b: Amendment) -> Bool { a.number == b.number && a.state == b.state }
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  public struct AmendmentsDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// Latest first.
    public let amendments: [Amendment]
    /// The offices whose result may be amended.
    public let offices: [Office]
  }

  /// Everything proposed and amended in a sealed cycle, for its committee; to everybody else it is not there.
  public func amendmentsDesk(
    of code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> AmendmentsDesk {
    try reading(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      let person = try desk.signer()
      if let refusal = Conduct.may(.amend, in: Matter(cycle: cycle), by: person, at: now) {
        switch refusal.reason {
        case .role, .closed: throw StorageProblem.unknown(what: "cycle", code: code.text)
        default: throw refusal
        }
      }
      let waiting = Set(try desk.db.waitingAmendments(in: id))
      let amendments = try desk.db.rows(
        """
        SELECT amendment.*, office.code AS code, participant.name_th AS name_th, participant.name_en AS name_en,
          person.name AS proposer, person.id AS person_id FROM amendment
        JOIN office ON office.id = amendment.office JOIN person ON person.id = amendment.person
        JOIN participant ON participant.cycle = amendment.cycle AND participant.office = amendment.office
        WHERE amendment.cycle = ? ORDER BY amendment.id DESC
        """, id
      ).compactMap { row in try desk.amendment(row, rubric, code, isWaiting: waiting.contains(row["id"])) }
      return AmendmentsDesk(
        cycle: cycle, rubric: rubric, amendments: amendments,
        offices: try desk.db.participants(id).map(\.office))
    }
  }

  /// Agrees to what another member has proposed.
  public func amend(
    _ number: Int64, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> Amending {
    let proposal = try read { db in
      try db.row(
        """
        SELECT office.code AS code, item, judgement, value, amendment.reason AS reason FROM amendment
        JOIN office ON office.id = amendment.office JOIN cycle ON cycle.id = amendment.cycle
        WHERE amendment.id = ? AND cycle.code = ?
        """, number, code.text)
    }
    guard let proposal, let judgement = Judgement(kind: proposal["judgement"], value: proposal["value"])
    else {
      throw StorageProblem.unknown(what: "amendment", code: "\(number)")
    }
    return try amend(
      Finding(judgement), on: Code(proposal["item"]), of: Code(proposal["code"]), in: code,
      reason: proposal["reason"], by: signer, at: now)
  }

  /// One disclosure before a member proposes to amend what was found on it.
  public struct AmendDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let office: Office
    public let item: Item
    /// What counts now; nil where nobody has judged.
    public let finding: Finding?
    public let card: Scorecard
  }

  public func amendDesk(
    _ item: Code<Node>, of office: Code<Office>, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> AmendDesk {
    try reading(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      let person = try desk.signer()
      let disclosure = try desk.disclosure(item, of: office, in: code)
      if let refusal = Conduct.may(.amend, in: disclosure.matter, by: person, at: now) {
        switch refusal.reason {
        case .role, .closed: throw StorageProblem.unknown(what: "office", code: office.text)
        // Nor is anything shown of a result that is not sealed.
        default: throw refusal
        }
      }
      guard let found = try desk.db.assessments(id, rubric, office: disclosure.office).first else {
        throw StorageProblem.unknown(what: "office", code: office.text)
      }
      return AmendDesk(
        cycle: cycle, rubric: rubric, office: found.assessment.office, item: disclosure.item,
        finding: found.assessment.findings[item], card: rubric.scorecard(of: found.assessment))
    }
  }
}

extension Desk {
  /// Keeps in words what a member has agreed to alone.
  func propose(
    _ judgement: Judgement, _ reason: String, version: Int, _ digest: Data, _ disclosure: Disclosure
  ) throws {
    let row = try db.insert(
      """
      INSERT INTO amendment (cycle, office, version, item, judgement, value, reason, digest, person, made_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, disclosure.cycle, disclosure.office, version, disclosure.item.code.text, judgement.kind,
      judgement.value, reason, digest, actor?.id, now.seconds)
    try record(
      .amend, disclosure.item.code.text, cycle: disclosure.cycle, office: disclosure.office, row: "amendment",
      row)
  }

  fileprivate func amendment(
    _ row: Row, _ rubric: Rubric, _ code: Code<Cycle>, isWaiting: Bool
  ) throws -> Registry.Amendment? {
    guard let judgement = Judgement(kind: row["judgement"], value: row["value"]),
      let found = try db.assessments(row["cycle"], rubric, office: row["office"]).first
    else { return nil }
    let (item, office): (Code<Node>, Code<Office>) = (Code(row["item"]), Code(row["code"]))
    let finding = Finding(judgement, reason: row["reason"])
    let versions = try db.sealed(of: row["office"], in: row["cycle"])
    let made = versions.first { $0.version == row["version"] && $0.reason == row["reason"] }
    let earlier = versions.last { $0.version < row["version"] }
    var effect: (now: Figure?, then: Figure?)?
    var refusal: Refusal?
    if isWaiting {
      var findings = found.assessment.findings
      findings[item] = finding
      let then = Assessment(
        office: found.assessment.office, findings: findings, tallies: found.assessment.tallies,
        given: found.assessment.given)
      effect = (
        rubric.scorecard(of: found.assessment).total.figure, rubric.scorecard(of: then).total.figure
      )
      let matter = try disclosure(item, of: office, in: code).matter
      let agreed = try db.agreed(row["cycle"], "amend", row["digest"])
      refusal = Conduct.may(
        .amend, in: Matter(cycle: matter.cycle, office: office, lineage: matter.lineage, agreed: agreed),
        by: try signer(), at: now)
    }
    let state: Registry.Amendment.State =
      isWaiting
      ? .waiting : made.map { .made(before: earlier?.total, after: $0.total, at: $0.at) } ?? .overtaken
    return Registry.Amendment(
      number: row["id"], office: office, name: Words(thai: row["name_th"], english: row["name_en"]),
      item: item,
      before: try db.findingBefore(row), finding: finding, proposer: row["proposer"],
      at: Moment(seconds: row["made_at"]), state: state, effect: effect, refusal: refusal)
  }
}

extension Database {
  /// Proposals that would make the next version of their office's result.
  func waitingAmendments(in cycle: Int64) throws -> [Int64] {
    try rows(
      """
      SELECT id FROM amendment WHERE cycle = ? AND version = 1 + (SELECT max(version) FROM sealed_scorecard
        WHERE sealed_scorecard.cycle = amendment.cycle AND sealed_scorecard.office = amendment.office) ORDER BY id
      """, cycle
    ).map { $0["id"] }
  }

  /// What counted when an amendment was proposed.
  fileprivate func findingBefore(_ amendment: Row) throws -> Finding? {
    let found = try rows(
      """
      SELECT stage, judgement, value, reason FROM finding
      WHERE cycle = ? AND office = ? AND item = ? AND made_at <= ? ORDER BY id
      """, amendment["cycle"] as Int64, amendment["office"] as Int64, amendment["item"] as String,
      amendment["made_at"] as Int64)
    let last = found.enumerated().max { a, b in
      let (x, y) = (
        Stage(rawValue: a.element["stage"]) ?? .first, Stage(rawValue: b.element["stage"]) ?? .first
      )
      return (x, a.offset) < (y, b.offset)
    }?.element
    guard let last, let judgement = Judgement(kind: last["judgement"], value: last["value"]) else {
      return nil
    }
    return Finding(judgement, reason: last["reason"])
  }
}

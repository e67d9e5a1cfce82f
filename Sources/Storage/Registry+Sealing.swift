import Foundation
import GRDB
public import Integrity

/// Sealing, amending and publishing: what a cycle came to, agreed to by two.
extension Registry {
  public enum Sealing: Hashable, Sendable {
    /// The first member has agreed to results of this digest; another is needed.
    case agreed(digest: String)
    case sealed(digest: String, offices: Int)
  }

  /// Agrees to the results as they stand now. The second member to agree to the same results seals them.
  ///
  /// - Parameter seen: the digest of the results that the member has looked at; nil where they are taken as they are.
  /// - Throws: `StorageProblem.pending` with everything that is open; `StorageProblem.changed` where the results are no
  ///   longer those that were looked at. What was never submitted and never judged follows the rubric's policy; a
  ///   questionnaire with too few answers does not stand in the way.
  public func seal(
    _ code: Code<Cycle>, seen: String? = nil, by signer: Signer, at now: Moment
  ) throws -> Sealing {
    try write(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      try desk.allow(.seal, Matter(cycle: cycle))
      let found = try desk.db.assessments(id, rubric)
      let digest = try inspect(found, rubric, desk.db, id)
      if let seen, seen != Digest.hex(digest) { throw Registry.changedSince }
      let agreed = try desk.db.agreed(id, "seal", digest)
      try desk.allow(.seal, Matter(cycle: cycle, agreed: agreed))
      try desk.agree(id, "seal", digest, as: .seal)
      guard !agreed.isEmpty else { return .agreed(digest: Digest.hex(digest)) }
      let seal = try ResultSeal(desk.db, cycle: id)
      for (office, assessment) in found {
        let result = Result(
          office: office, assessment: assessment, rubric: rubric, formats: formats, seal: seal)
        try desk.put(result, version: 1, reason: "", in: id, as: .seal)
        try desk.put(assessment.tallies, of: office, in: id)
      }
      try desk.db.run("UPDATE cycle SET stage = 'sealed' WHERE id = ?", id)
      try desk.record(.seal, code.text, cycle: id, row: "cycle", id)
      desk.touch(cycle: id, office: nil)
      return .sealed(digest: Digest.hex(digest), offices: found.count)
    }
  }

  private static let changedSince = StorageProblem.changed(
    "the results have changed since you looked at them; look at them as they are now and agree again",
    thai: "ผลการประเมินเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ โปรดตรวจสอบผลล่าสุดแล้วเห็นชอบอีกครั้ง")

  /// One digest for the results of many offices.
  static func digest(of results: [(office: Code<Office>, digest: Data)]) -> Data {
    Digest.of(Canonical.strings(results.flatMap { [$0.office.text, Digest.hex($0.digest)] }))
  }

  /// The digest of the results, where nothing is open.
  ///
  /// - Throws: `StorageProblem.pending` with whatever is open, named.
  private func inspect(
    _ found: [(id: Int64, assessment: Assessment)], _ rubric: Rubric, _ db: Database, _ cycle: Int64
  ) throws -> Data {
    let seal = try ResultSeal(db, cycle: cycle)
    var open: [String] = []
    var digests: [(office: Code<Office>, digest: Data)] = []
    for (_, assessment) in found {
      let card = rubric.scorecard(of: assessment)
      open += card.pendingItems.map { "\(card.office.code) \($0): not judged or not answered" }
      if open.isEmpty {
        digests.append((card.office.code, seal.digest(of: formats.scorecard(card), of: card.office.code)))
      }
    }
    for row in try db.rows(Registry.undecided, cycle) {
      open.append("\(row["code"] as String) \(row["item"] as String): contested and not decided")
    }
    if !open.isEmpty { throw StorageProblem.pending(open) }
    return Registry.digest(of: digests)
  }

  public enum Amending: Hashable, Sendable {
    /// The first member has proposed it; another is needed.
    case agreed
    case amended(before: Figure?, after: Figure?)
  }

  /// Corrects a sealed result: two members give the same finding and the same reason, and the old value stays beside it.
  public func amend(
    _ finding: Finding, on item: Code<Node>, of office: Code<Office>, in code: Code<Cycle>, reason: String,
    by signer: Signer, at now: Moment
  ) throws -> Amending {
    guard !reason.isEmpty else {
      throw StorageProblem.invalid("an amendment needs a reason; it is made public")
    }
    return try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: code)
      try desk.allow(.amend, disclosure.matter)
      let last = try desk.db.row(
        "SELECT * FROM sealed_scorecard WHERE cycle = ? AND office = ? ORDER BY version DESC LIMIT 1",
        disclosure.cycle, disclosure.office)
      guard let last else { throw StorageProblem.unknown(what: "sealed scorecard of", code: office.text) }
      let version: Int = last["version"]
      // As it is kept, so that the second member may take it from there.
      guard let judgement = disclosure.item.judgement(from: finding.judgement) else {
        throw StorageProblem.invalid("this is no mark for \(item): \(disclosure.item.markHint)")
      }
      let digest = Digest.of(
        Canonical.strings([
          office.text, "\(version + 1)", item.text, judgement.kind, judgement.value, reason,
        ]))
      let agreed = try desk.db.agreed(disclosure.cycle, "amend", digest)
      try desk.allow(
        .amend,
        Matter(
          cycle: disclosure.matter.cycle, office: office, lineage: disclosure.matter.lineage, agreed: agreed))
      try desk.agree(disclosure.cycle, "amend", digest, as: .amend)
      guard !agreed.isEmpty else {
        try desk.propose(judgement, reason, version: version + 1, digest, disclosure)
        return .agreed
      }
      try desk.put(
        Finding(judgement, reason: reason), .corrected, .amend, disclosure, [])
      let rubric = try rubric(desk.db, disclosure.cycle)
      guard let found = try desk.db.assessments(disclosure.cycle, rubric, office: disclosure.office).first
      else {
        throw StorageProblem.unknown(what: "office", code: office.text)
      }
      let result = Result(
        office: disclosure.office, assessment: found.assessment, rubric: rubric, formats: formats,
        seal: try ResultSeal(desk.db, cycle: disclosure.cycle))
      try desk.put(result, version: version + 1, reason: reason, in: disclosure.cycle, as: .amend)
      desk.touchEarlier()
      let before = (last["units"] as Int64?).map { Figure(units: $0, places: last["places"]) }
      return .amended(before: before, after: result.card.total.figure)
    }
  }

  public func publish(_ code: Code<Cycle>, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let (id, cycle, _) = try desk.cycle(code)
      try desk.allow(.publish, Matter(cycle: cycle))
      try desk.db.run("UPDATE cycle SET stage = 'published', published_at = ? WHERE id = ?", now.seconds, id)
      try desk.record(.publish, code.text, cycle: id, row: "cycle", id)
      desk.touchEarlier()
    }
  }

  /// What was sealed of an office, first and last: the amendments in between with their reasons.
  public struct Sealed: Hashable, Sendable {
    public let version: Int
    public let total: Figure?
    public let reason: String
    public let at: Moment
    /// SHA-256 of a secret and the scorecard's JSON, in hexadecimal.
    public let digest: String
  }

  public func sealed(
    of office: Code<Office>, in code: Code<Cycle>, by signer: Signer?, at now: Moment
  ) throws -> [Sealed] {
    try reading(for: signer, at: now) { desk, reader in
      let (id, officeID, matter) = try desk.reading(office, in: code)
      if let refusal = Conduct.may(.readScorecard, in: matter, by: reader, at: now) { throw refusal }
      return try desk.db.sealed(of: officeID, in: id)
    }
  }

  /// A scorecard as it is sealed.
  struct Result {
    let office: Int64
    let assessment: Assessment
    let card: Scorecard
    let json: String
    let digest: Data

    init(office: Int64, assessment: Assessment, rubric: Rubric, formats: Formats, seal: ResultSeal) {
      self.office = office
      self.assessment = assessment
      card = rubric.scorecard(of: assessment)
      json = formats.scorecard(card)
      digest = seal.digest(of: json, of: card.office.code)
    }
  }
}

extension Database {
  /// What was sealed of an office, and each amendment after it.
  func sealed(of office: Int64, in cycle: Int64) throws -> [Registry.Sealed] {
    try rows(
      "SELECT * FROM sealed_scorecard WHERE cycle = ? AND office = ? ORDER BY version", cycle, office
    ).map { row in
      Registry.Sealed(
        version: row["version"],
        total: (row["units"] as Int64?).map { Figure(units: $0, places: row["places"]) },
        reason: row["reason"], at: Moment(seconds: row["sealed_at"]),
        digest: Digest.hex(row["digest"] as Data))
    }
  }

  func agreed(_ cycle: Int64, _ what: String, _ digest: Data) throws -> Set<ID<Person>> {
    Set(
      try rows(
        "SELECT person FROM agreement WHERE cycle = ? AND what = ? AND digest = ?", cycle, what, digest
      )
      .map { ID($0["person"]) })
  }
}

extension Desk {
  fileprivate func agree(_ cycle: Int64, _ what: String, _ digest: Data, as act: Act) throws {
    let row = try db.insert(
      "INSERT INTO agreement (cycle, what, digest, person, agreed_at) VALUES (?, ?, ?, ?, ?)", cycle, what,
      digest,
      actor?.id, now.seconds)
    try record(act, Digest.hex(digest), cycle: cycle, row: "agreement", row)
  }

  fileprivate func put(
    _ result: Registry.Result, version: Int, reason: String, in cycle: Int64, as act: Act
  ) throws {
    let figure = result.card.total.figure
    let row = try db.insert(
      """
      INSERT INTO sealed_scorecard (cycle, office, version, scorecard, digest, units, places, level, reason, sealed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, cycle, result.office, version, result.json, result.digest, figure?.units, figure?.places,
      result.card.level?.level.code.text, reason, now.seconds)
    // The scorecard itself is covered by its digest, so the trail need not hold it twice.
    try recordWithout("scorecard", act, result.card.office.code.text, cycle, result.office, row)
  }

  private func recordWithout(
    _ column: String, _ act: Act, _ subject: String, _ cycle: Int64, _ office: Int64, _ id: Int64
  ) throws {
    guard let row = try db.row("SELECT * FROM sealed_scorecard WHERE id = ?", id) else { return }
    let fields = row.filter { $0.0 != column }.map { ($0, Canonical.value($1)) }
    try record(
      act.rawValue, subject, cycle: cycle, office: office, "sealed_scorecard", id, Canonical.object(fields))
  }

  fileprivate func put(_ tallies: [Collected: Tally], of office: Int64, in cycle: Int64) throws {
    for (collected, tally) in tallies.sorted(by: {
      ($0.key.instrument, $0.key.route?.text ?? "") < ($1.key.instrument, $1.key.route?.text ?? "")
    }) {
      let row = try db.insert(
        """
        INSERT INTO sealed_tally (cycle, office, instrument, route, respondents, counts) VALUES (?, ?, ?, ?, ?, ?)
        """, cycle, office, collected.instrument.text, collected.route?.text ?? "", tally.respondents,
        "[" + tally.counts.map { "\($0)" }.joined(separator: ",") + "]")
      try record(.seal, collected.instrument.text, cycle: cycle, office: office, row: "sealed_tally", row)
    }
  }
}

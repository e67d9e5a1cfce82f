import Foundation
import GRDB
public import Integrity
import Synchronization

/// What the committee looks at before it seals, and after.
extension Registry {
  public struct SealingDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// nil while nobody may read results yet.
    public let check: SealingCheck?
    /// Why the reader may not agree now; nil where they may.
    public let sealing: Refusal?
    /// Why the reader may not publish now; nil where they may.
    public let publishing: Refusal?
    /// Who has agreed to results of this cycle, the first first.
    public let agreements: [SealingAgreement]
    public let sealedAt: Moment?
    public let publishedAt: Moment?
    /// Offices whose sealed result was amended, and amendments that wait for a second member.
    public let amended: Int
    public let waiting: Int
  }

  /// A member who has agreed, and to what.
  public struct SealingAgreement: Hashable, Sendable {
    public let person: Code<Person>
    public let name: String
    public let at: Moment
    /// SHA-256 in hexadecimal.
    public let digest: String
  }

  /// The results as they stand, and what is to be known before they are sealed.
  public struct SealingCheck: Sendable {
    public struct Place: Hashable, Sendable {
      public let office: Code<Office>
      public let name: Words
      /// Items or instruments.
      public let nodes: [Code<Node>]
    }

    public let offices: Int
    /// Of what would be sealed now, or of what was sealed.
    public let digest: String
    /// How many offices stand on each level, the best first.
    public let levels: [(level: Level, offices: Int)]
    /// Keeps from sealing: items nobody has judged or answered.
    public let pending: [Place]
    /// Keeps from sealing: contested, and nobody has decided.
    public let undecided: [Place]
    /// Questionnaires with fewer respondents than they need.
    public let withheld: [Place]
    /// Offices without a final total, and what they lack.
    public let unranked: [Place]
    /// Offices of which nobody has opened the findings.
    public let unopened: [Place]
    /// Items the committee itself has corrected.
    public let corrected: [Place]

    public var isReady: Bool { pending.isEmpty && undecided.isEmpty }
  }

  /// The sealing of a cycle, for its committee; to everybody else it is not there.
  public func sealingDesk(
    of code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> SealingDesk {
    let (kept, generation) = digests.withLock { ($0, $0.generation) }
    let found = try reading(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      let (person, matter) = (try desk.signer(), Matter(cycle: cycle))
      let sealing = Conduct.may(.seal, in: matter, by: person, at: now)
      if case .role? = sealing?.reason { throw StorageProblem.unknown(what: "cycle", code: code.text) }
      if case .closed? = sealing?.reason { throw StorageProblem.unknown(what: "cycle", code: code.text) }
      let check: (check: SealingCheck, fresh: [Int64: Data])? =
        Conduct.may(.readResults, in: matter, by: person, at: now) == nil
        ? try SealingInquiry(desk.db, self, id, cycle, rubric, kept.digests(of: id)).answer() : nil
      let agreements = try desk.db.sealingAgreements(id)
      // Once agreed, the same member is not asked for the same results again.
      let own = Set(agreements.filter { $0.digest == check?.check.digest }.map(\.person))
      let again = own.contains(signer.person) ? Refusal(.seal, .alreadyAgreed) : nil
      let row = try desk.db.row(
        """
        SELECT published_at, (SELECT min(sealed_at) FROM sealed_scorecard WHERE cycle = cycle.id AND version = 1) AS at,
          (SELECT count(DISTINCT office) FROM sealed_scorecard WHERE cycle = cycle.id AND version > 1) AS amended
        FROM cycle WHERE id = ?
        """, id)
      let made = SealingDesk(
        cycle: cycle, rubric: rubric, check: check?.check, sealing: sealing ?? again,
        publishing: Conduct.may(.publish, in: matter, by: person, at: now), agreements: agreements,
        sealedAt: (row?["at"] as Int64?).map { Moment(seconds: $0) },
        publishedAt: (row?["published_at"] as Int64?).map { Moment(seconds: $0) },
        amended: row?["amended"] ?? 0,
        waiting: try desk.db.waitingAmendments(in: id).count)
      return (made, id, check?.fresh ?? [:])
    }
    if key != nil { digests.withLock { $0.put(found.2, of: found.1, from: generation) } }
    return found.0
  }

  /// One look over a cycle's results.
  private struct SealingInquiry {
    let db: Database
    let registry: Registry
    let id: Int64
    let cycle: Cycle
    let rubric: Rubric
    let kept: [Int64: Data]

    init(
      _ db: Database, _ registry: Registry, _ id: Int64, _ cycle: Cycle, _ rubric: Rubric,
      _ kept: [Int64: Data]
    ) {
      (self.db, self.registry, self.id, self.cycle, self.rubric, self.kept) = (
        db, registry, id, cycle, rubric, kept
      )
    }

    func answer() throws -> (check: SealingCheck, fresh: [Int64: Data]) {
      let found = try db.assessments(id, rubric)
      var (pending, withheld, unranked) = (
        [SealingCheck.Place](), [SealingCheck.Place](), [SealingCheck.Place]()
      )
      var counts: [Code<Level>: Int] = [:]
      var fresh: [Int64: Data] = [:]
      var sealed: [(office: Code<Office>, digest: Data)] = []
      let seal = try ResultSeal(db, cycle: id)
      let isSealed = cycle.stage == .sealed || cycle.stage == .published
      let first = isSealed ? try db.firstDigests(id) : [:]
      for (office, assessment) in found {
        let card = rubric.scorecard(of: assessment)
        if let level = card.level?.level { counts[level.code, default: 0] += 1 }
        func note(_ list: inout [SealingCheck.Place], _ nodes: [Code<Node>]) {
          if !nodes.isEmpty {
            list.append(SealingCheck.Place(office: card.office.code, name: card.office.name, nodes: nodes))
          }
        }
        note(&pending, card.pendingItems)
        note(&withheld, card.withheldInstruments)
        if case .provisional = card.standing { note(&unranked, card.openInstruments) }
        guard !isSealed else {
          sealed.append((card.office.code, first[office] ?? Data()))
          continue
        }
        let digest = kept[office] ?? seal.digest(of: registry.formats.scorecard(card), of: card.office.code)
        fresh[office] = digest
        sealed.append((card.office.code, digest))
      }
      let check = SealingCheck(
        offices: found.count, digest: Digest.hex(Registry.digest(of: sealed)),
        levels: rubric.levels.map { ($0, counts[$0.code] ?? 0) }, pending: pending,
        undecided: try places(Registry.undecided), withheld: withheld, unranked: unranked,
        unopened: try unopened(), corrected: try places(SealingInquiry.corrected))
      return (check, fresh)
    }

    private static let corrected = """
      SELECT code, participant.name_th AS name_th, participant.name_en AS name_en, item FROM finding
      JOIN office ON office.id = finding.office
      JOIN participant ON participant.cycle = finding.cycle AND participant.office = finding.office
      WHERE finding.cycle = ? AND stage = 'corrected' GROUP BY finding.office, item ORDER BY min(finding.id)
      """

    /// Items of offices, each office once.
    private func places(_ sql: String) throws -> [SealingCheck.Place] {
      var order: [Code<Office>] = []
      var found: [Code<Office>: (name: Words, nodes: [Code<Node>])] = [:]
      for row in try db.rows(sql, id) {
        let office: Code<Office> = Code(row["code"])
        if found[office] == nil {
          order.append(office)
          found[office] = (Words(thai: row["name_th"], english: row["name_en"]), [])
        }
        found[office]?.nodes.append(Code(row["item"]))
      }
      return order.compactMap { office in
        found[office].map { SealingCheck.Place(office: office, name: $0.name, nodes: $0.nodes) }
      }
    }

    private func unopened() throws -> [SealingCheck.Place] {
      try db.rows(
        """
        SELECT code, participant.name_th AS name_th, participant.name_en AS name_en FROM participant
        JOIN office ON office.id = participant.office
        WHERE cycle = ? AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE acknowledgement.cycle = participant.cycle
          AND acknowledgement.office = participant.office) ORDER BY participant.id
        """, id
      ).map { row in
        SealingCheck.Place(
          office: Code(row["code"]), name: Words(thai: row["name_th"], english: row["name_en"]), nodes: [])
      }
    }
  }

  /// Contested, and nobody has decided.
  static let undecided = """
    SELECT code, participant.name_th AS name_th, participant.name_en AS name_en, item FROM clarification
    JOIN office ON office.id = clarification.office
    JOIN participant ON participant.cycle = clarification.cycle AND participant.office = clarification.office
    WHERE clarification.cycle = ? AND NOT EXISTS (SELECT 1 FROM finding WHERE finding.cycle = clarification.cycle
      AND finding.office = clarification.office AND finding.item = clarification.item
      AND stage IN ('clarified', 'corrected')) ORDER BY clarification.id
    """
}

extension Scorecard {
  /// Items that count and are not judged or not answered.
  var pendingItems: [Code<Node>] {
    var open: [Code<Node>] = []
    total.forEach { line in
      if case .pending = line.outcome, line.place == .item, !line.isPilot { open.append(line.code) }
    }
    return open
  }

  fileprivate var withheldInstruments: [Code<Node>] {
    total.parts.filter { instrument in
      instrument.first { if case .withheld = $0.outcome { true } else { false } } != nil
    }.map(\.code)
  }

  fileprivate var openInstruments: [Code<Node>] {
    total.countedParts.filter { $0.figure == nil }.map(\.code)
  }
}

extension Database {
  /// Who has agreed to results of a cycle, the first first.
  func sealingAgreements(_ cycle: Int64) throws -> [Registry.SealingAgreement] {
    try rows(
      """
      SELECT code, name, agreed_at, digest FROM agreement JOIN person ON person.id = agreement.person
      WHERE cycle = ? AND what = 'seal' ORDER BY agreement.id
      """, cycle
    ).map { row in
      Registry.SealingAgreement(
        person: Code(row["code"]), name: row["name"], at: Moment(seconds: row["agreed_at"]),
        digest: Digest.hex(row["digest"] as Data))
    }
  }

  /// What each office's result was sealed with.
  fileprivate func firstDigests(_ cycle: Int64) throws -> [Int64: Data] {
    Dictionary(
      try rows("SELECT office, digest FROM sealed_scorecard WHERE cycle = ? AND version = 1", cycle).map {
        ($0["office"] as Int64, $0["digest"] as Data)
      }
    ) { a, _ in a }
  }
}

/// Digests of scorecards that were worked out and still hold, dropped by the transaction that touches an office.
struct DigestCache: Sendable {
  private var kept: [Int64: [Int64: Data]] = [:]
  /// Counts what was dropped, so that a digest read before a change is not put in after it.
  private(set) var generation = 0

  func digests(of cycle: Int64) -> [Int64: Data] { kept[cycle] ?? [:] }

  mutating func put(_ new: [Int64: Data], of cycle: Int64, from generation: Int) {
    guard generation == self.generation, !new.isEmpty else { return }
    kept[cycle, default: [:]].merge(new) { _, new in new }
  }

  mutating func drop(_ touched: [(cycle: Int64, office: Int64?)]) {
    guard !touched.isEmpty else { return }
    generation += 1
    for (cycle, office) in touched {
      if let office { kept[cycle]?[office] = nil } else { kept[cycle] = nil }
    }
  }
}

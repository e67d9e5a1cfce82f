import Foundation
import GRDB
public import Integrity
import Synchronization

/// What everybody may read once results are published. It is read as the public reads it, whoever asks, and what is not
/// published is not there.
extension Registry {
  /// A published cycle with a line for each of its offices: read once and kept by whoever shows it, until
  /// `isCurrent` says that it no longer holds.
  public struct Publication: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let publishedAt: Moment
    public let sealedAt: Moment
    /// What two members have agreed to: SHA-256 in hexadecimal over the offices' first digests.
    public let seal: String
    /// The instruments and the indicators directly below them, in the order of the outline.
    public let nodes: [Rubric.OutlineLine]
    /// In the order in which they came in.
    public let offices: [PublishedOffice]
    private let peers: [Code<OfficeKind>?: Peers]

    let id: Int64
    let changes: Int

    /// The means of a kind of office.
    public func peers(of kind: Code<OfficeKind>?) -> Peers {
      peers[kind] ?? Peers([:], rounding: rubric.policy.rounding)
    }
  }

  /// One office of a published cycle.
  public struct PublishedOffice: Sendable {
    public let office: Office
    /// As sealed, or as amended last; nil where it is not final.
    public let total: Figure?
    public let standing: Standing
    public let level: LevelReached?
    /// One for each node of the publication.
    public let figures: [Figure?]
    /// Why there is no total: instruments without a figure, and whether too few people answered.
    public let lacking: [(node: Code<Node>, isFewPeople: Bool)]
    /// The total of the year before, where it may be compared.
    public let previous: Figure?
    public let sealed: Digests

    /// SHA-256 of a secret and the sealed scorecard, and the latest one, in hexadecimal; they differ where it was amended.
    public struct Digests: Hashable, Sendable {
      public let first: String
      public let last: String
      public let amendments: Int
    }
  }

  /// Cycles whose results are published, the latest first.
  public func publishedCycles(at now: Moment) throws -> [PublishedCycle] {
    try reading(for: nil, at: now) { desk, reader in
      let found = try desk.db.rows(
        """
        SELECT id, published_at, (SELECT count(*) FROM participant WHERE cycle = cycle.id) AS offices FROM cycle
        WHERE stage = 'published' ORDER BY year DESC, id DESC
        """)
      return try found.compactMap { row in
        let cycle = try desk.db.cycle(row["id"])
        guard Conduct.may(.readResults, in: Matter(cycle: cycle), by: reader, at: now) == nil else {
          return nil
        }
        return PublishedCycle(
          cycle: cycle, publishedAt: Moment(seconds: row["published_at"] ?? 0), offices: row["offices"])
      }
    }
  }

  public struct PublishedCycle: Hashable, Sendable {
    public let cycle: Cycle
    public let publishedAt: Moment
    public let offices: Int
  }

  /// A cycle whose results somebody may take away who works on them.
  public struct DownloadsDesk: Sendable {
    public let cycle: Cycle
    /// Whether the reader may see results that are not published, and with them how often each option was chosen.
    public let isFromInside: Bool
  }

  /// For whoever works on a cycle; to everybody else it is not there, whatever they may read elsewhere.
  public func downloadsDesk(
    of code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> DownloadsDesk {
    try reading(signer, at: now) { desk in
      let (_, cycle, _) = try desk.cycle(code)
      try desk.allow(.readResults, Matter(cycle: cycle))
      try desk.allow(.readProgress, Matter(cycle: cycle))
      let unpublished = Cycle(
        code: cycle.code, year: cycle.year, title: cycle.title, stage: .sealed, schedule: cycle.schedule)
      let refusal = Conduct.may(.readResults, in: Matter(cycle: unpublished), by: try desk.signer(), at: now)
      return DownloadsDesk(cycle: cycle, isFromInside: refusal == nil)
    }
  }

  /// Totals of the year before by office, where they may be compared; for whoever may read a cycle's results.
  public func totalsBefore(
    _ code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> [Code<Office>: Figure] {
    try reading(signer, at: now) { desk in
      let (id, cycle, rubric) = try desk.cycle(code)
      try desk.allow(.readResults, Matter(cycle: cycle))
      let totals = try desk.db.comparableTotals(before: cycle.year, self, rubric)
      return Dictionary(
        try desk.db.participants(id).compactMap { id, office in totals[id].map { (office.code, $0) } }
      ) { a, _ in a }
    }
  }

  /// Everything that the list of a published cycle shows.
  ///
  /// - Throws: the same for a cycle that is not published and for one that is not there.
  public func publication(of code: Code<Cycle>, at now: Moment) throws -> Publication {
    // Counted before it is read, so that what changes meanwhile is noticed.
    let changes = changes.withLock { $0 }
    return try reading(for: nil, at: now) { desk, reader in
      let id = try desk.published(code, reader)
      return try Publication(desk.db, self, id, changes.count(of: id))
    }
  }

  /// Whether nothing has changed since.
  public func isCurrent(_ publication: Publication) -> Bool {
    changes.withLock { $0.count(of: publication.id) } == publication.changes
  }

  /// One office's result with everything that led to it.
  public struct PublishedScorecard: Sendable {
    public let card: Scorecard
    /// The total that the first findings alone would give; nil where every first finding stands.
    public let first: Figure?
    /// Items of which the first finding was looked at again.
    public let reviewed: [ReviewedFinding]
    /// As sealed, then each amendment.
    public let sealed: [Sealed]
  }

  /// A finding that was contested or corrected: the first one and the one that counts, side by side.
  public struct ReviewedFinding: Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
      /// The office contested it, and another assessor decided.
      case clarified
      /// The committee corrected it before sealing, or amended the sealed result.
      case corrected
    }

    public let item: Code<Node>
    /// nil where nobody had judged it before.
    public let first: Finding?
    public let last: Finding
    public let cause: Cause
  }

  /// - Throws: the same for what is not published and for what is not there; `StorageProblem.damaged` where the result,
  ///   computed anew, is not the one that was sealed.
  public func publishedScorecard(
    of office: Code<Office>, in code: Code<Cycle>, at now: Moment
  ) throws -> PublishedScorecard {
    try reading(for: nil, at: now) { desk, reader in
      let id = try desk.published(code, reader)
      let rubric = try rubric(desk.db, id)
      guard let officeID = try desk.db.integer("SELECT id FROM office WHERE code = ?", office.text),
        let found = try desk.db.assessments(id, rubric, office: officeID).first
      else { throw StorageProblem.unknown(what: "office", code: office.text) }
      let sealed = try desk.db.sealed(of: officeID, in: id)
      let result = Result(
        office: officeID, assessment: found.assessment, rubric: rubric, formats: formats,
        seal: try ResultSeal(desk.db, cycle: id))
      guard sealed.last?.digest == Digest.hex(result.digest) else {
        throw StorageProblem.damaged(
          path: path, detail: "the result of \(office) in \(code) is not the one that was sealed")
      }
      let (first, reviewed) = try desk.db.reviewed(of: officeID, in: id)
      let before = Assessment(
        office: found.assessment.office, findings: first, tallies: found.assessment.tallies,
        given: found.assessment.given)
      return PublishedScorecard(
        card: result.card, first: reviewed.isEmpty ? nil : rubric.scorecard(of: before).total.figure,
        reviewed: rubric.inOrder(reviewed), sealed: sealed)
    }
  }
}

extension Desk {
  /// A cycle whose results everybody may read; what is not published is not there.
  fileprivate func published(_ code: Code<Cycle>, _ reader: Person) throws -> Int64 {
    let unknown = StorageProblem.unknown(what: "cycle", code: code.text)
    let id = try db.integer("SELECT id FROM cycle WHERE code = ? AND stage = 'published'", code.text)
    guard let id else { throw unknown }
    let matter = Matter(cycle: try db.cycle(id))
    guard Conduct.may(.readResults, in: matter, by: reader, at: now) == nil else { throw unknown }
    return id
  }
}

extension Registry.Publication {
  fileprivate init(_ db: Database, _ registry: Registry, _ id: Int64, _ changes: Int) throws {
    self.id = id
    self.changes = changes
    cycle = try db.cycle(id)
    let rubric = try registry.rubric(db, id)
    self.rubric = rubric
    let nodes = rubric.outline.filter { $0.depth == 0 || $0.depth == 1 && $0.item == nil }
    self.nodes = nodes
    publishedAt = Moment(seconds: try db.integer("SELECT published_at FROM cycle WHERE id = ?", id) ?? 0)
    let heads = try db.sealedHeads(id)
    sealedAt = Moment(seconds: heads.lazy.filter { $0.version == 1 }.map(\.at).min() ?? 0)
    let byOffice = Dictionary(grouping: heads, by: \.office)
    let previous = try db.comparableTotals(before: cycle.year, registry, rubric)

    var offices: [Registry.PublishedOffice] = []
    var first: [(office: Code<Office>, digest: Data)] = []
    var figures: [Code<OfficeKind>?: [Code<Node>: [Figure]]] = [:]
    for (office, assessment) in try db.assessments(id, rubric) {
      // Scored one by one: nothing of a scorecard is kept but what the list shows.
      let card = rubric.scorecard(of: assessment)
      guard let heads = byOffice[office]?.sorted(by: { $0.version < $1.version }), let sealed = heads.first,
        let last = heads.last
      else { continue }
      first.append((card.office.code, sealed.digest))
      for line in card.mainLines {
        if let figure = line.figure {
          figures[card.office.kind, default: [:]][line.code, default: []].append(figure)
        }
      }
      offices.append(
        Registry.PublishedOffice(
          office: card.office, total: last.total, standing: card.standing, level: card.level,
          figures: nodes.map { card.line($0.heading.code)?.figure }, lacking: card.lacking,
          previous: previous[office],
          sealed: Registry.PublishedOffice.Digests(
            first: Digest.hex(sealed.digest), last: Digest.hex(last.digest), amendments: heads.count - 1)))
    }
    self.offices = offices
    seal = Digest.hex(Registry.digest(of: first))
    peers = figures.mapValues { Peers($0, rounding: rubric.policy.rounding) }
  }
}

extension Scorecard {
  /// Instruments that keep the total from being final.
  fileprivate var lacking: [(node: Code<Node>, isFewPeople: Bool)] {
    total.countedParts.compactMap { instrument in
      switch instrument.outcome {
      case .scored, .given, .notApplicable, .hidden: nil
      case .withheld: (instrument.code, true)
      case .pending, .provisional: (instrument.code, false)
      }
    }
  }
}

extension Rubric {
  fileprivate func inOrder(_ findings: [Registry.ReviewedFinding]) -> [Registry.ReviewedFinding] {
    let order = items.map(\.item.code) + deductions.map(\.code)
    let places = Dictionary(order.enumerated().map { ($1, $0) }) { a, _ in a }
    return findings.sorted { (places[$0.item] ?? .max) < (places[$1.item] ?? .max) }
  }
}

/// What stands beside a sealed scorecard.
struct SealedHead {
  let office: Int64
  let version: Int
  let digest: Data
  let total: Figure?
  let at: Int64
}

extension Database {
  /// Of every office of a cycle; read from the index alone, since a scorecard is a long text.
  func sealedHeads(_ cycle: Int64) throws -> [SealedHead] {
    try rows(
      "SELECT office, version, digest, units, places, sealed_at FROM sealed_scorecard WHERE cycle = ?", cycle
    ).map { row in
      SealedHead(
        office: row["office"], version: row["version"], digest: row["digest"],
        total: (row["units"] as Int64?).map { Figure(units: $0, places: row["places"]) }, at: row["sealed_at"]
      )
    }
  }

  /// Totals of the year before by office, as they were published here or entered; none where they may not be compared.
  func comparableTotals(
    before year: FiscalYear, _ registry: Registry, _ rubric: Rubric
  ) throws -> [Int64: Figure] {
    let last = year.buddhist - 1
    var totals: [Int64: Figure] = [:]
    for row in try rows("SELECT id, stage FROM cycle WHERE year = ? ORDER BY id", last) {
      let then = try registry.rubric(self, row["id"])
      guard RubricDiff.comparable(from: then, to: rubric).contains(Node.total) else { return [:] }
      guard row["stage"] == "published" else { continue }
      for head in try sealedHeads(row["id"]).sorted(by: { $0.version < $1.version }) {
        totals[head.office] = head.total
      }
    }
    for row in try rows(
      "SELECT office, millionths FROM earlier_figure WHERE year = ? AND node = ?", last, Node.total.text)
    {
      totals[row["office"]] = Figure(Points(millionths: row["millionths"]), rubric.policy.rounding)
    }
    return totals
  }

  /// The first findings of an office, and of those that were looked at again which counts now.
  fileprivate func reviewed(
    of office: Int64, in cycle: Int64
  ) throws -> (first: [Code<Node>: Finding], reviewed: [Registry.ReviewedFinding]) {
    var first: [Code<Node>: Finding] = [:]
    var last: [Code<Node>: (stage: Stage, finding: Finding)] = [:]
    for row in try rows(
      "SELECT item, stage, judgement, value, reason FROM finding WHERE cycle = ? AND office = ? ORDER BY id",
      cycle, office)
    {
      guard let judgement = Judgement(kind: row["judgement"], value: row["value"]) else { continue }
      let item: Code<Node> = Code(row["item"])
      let stage = Stage(rawValue: row["stage"]) ?? .first
      let finding = Finding(judgement, reason: row["reason"])
      if stage == .first { first[item] = finding }
      if let before = last[item], before.stage > stage { continue }
      last[item] = (stage, finding)
    }
    let reviewed = last.compactMap { item, last -> Registry.ReviewedFinding? in
      guard last.stage == .clarified || last.stage == .corrected else { return nil }
      return Registry.ReviewedFinding(
        item: item, first: first[item], last: last.finding,
        cause: last.stage == .clarified ? .clarified : .corrected)
    }
    return (first, reviewed)
  }
}

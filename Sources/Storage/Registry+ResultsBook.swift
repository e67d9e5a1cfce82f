import Foundation
import GRDB
public import Integrity
import Synchronization

/// The results of a cycle side by side, and what they are compared with; kept until something they rest on changes.
extension Registry {
  /// One object as long as nothing has changed: what is worked out from it can be kept beside it.
  public final class ResultsBook: Sendable {
    /// Every office's scorecard, in the order in which the offices came in, with ranks and means.
    public let comparison: Comparison
    /// By first findings alone, of offices where something was found after them; of the others the two are the same.
    public let firsts: [Code<Office>: Scorecard]
    public let earlier: Earlier
    private let peers: [Code<OfficeKind>?: Peers]
    /// By office, the place of its scorecard.
    public let places: [Code<Office>: Int]

    public var scorecards: [Scorecard] { comparison.scorecards }

    init(
      comparison: Comparison, firsts: [Code<Office>: Scorecard], earlier: Earlier, rounding: Rounding
    ) {
      self.comparison = comparison
      peers = comparison.peers(rounding: rounding)
      self.firsts = firsts
      self.earlier = earlier
      places = Dictionary(comparison.scorecards.enumerated().map { ($1.office.code, $0) }) { a, _ in a }
    }

    /// The means of a kind of office.
    public func peers(of kind: Code<OfficeKind>?, rounding: Rounding) -> Peers {
      peers[kind] ?? Peers([:], rounding: rounding)
    }

    public func scorecard(of office: Code<Office>) -> Scorecard? { places[office].map { scorecards[$0] } }

    /// The change of the published total against the year before; nil where either is missing or they may not be
    /// compared.
    public func change(of office: Code<Office>) -> Figure? {
      guard let now = scorecard(of: office)?.total.figure, let then = earlier.totals[office] else {
        return nil
      }
      return now - then
    }
  }

  /// The totals of the year before.
  public struct Earlier: Sendable {
    public let year: FiscalYear
    /// False where the criteria have changed so that totals may not be set beside each other.
    public let isComparable: Bool
    /// Empty where they may not be compared.
    public let totals: [Code<Office>: Figure]
  }

  /// What the pages of results rest on.
  public struct ResultsDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let book: ResultsBook
    /// Of correcting, sealing, publishing and looking at how people answered, what the reader may do now.
    public let may: Set<Act>
    /// Who agreed last, while another member is waited for; nil for a reader who does not seal.
    public let agreed: SealingAgreement?
  }

  /// The results of a cycle, for whoever may read them.
  public func resultsDesk(
    of code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> ResultsDesk {
    let generation = scorecards.withLock { $0.generation }
    return try reading(signer, at: now) { desk in
      let (id, _, rubric, matter) = try desk.matter(of: nil, in: code)
      try desk.allow(.readResults, matter)
      let (cycle, person) = (try desk.db.cycle(id), try desk.signer())
      let may = [Act.correct, .seal, .publish, .readAnswers].filter {
        Conduct.may($0, in: Matter(cycle: cycle), by: person, at: now) == nil
      }
      return ResultsDesk(
        cycle: cycle, rubric: rubric, book: try book(desk.db, id, cycle.year, rubric, generation),
        may: Set(may),
        agreed: cycle.stage == .open && may.contains(.seal) ? try desk.db.sealingAgreements(id).last : nil)
    }
  }

  /// From memory where nothing has touched it since, else anew.
  func book(
    _ db: Database, _ cycle: Int64, _ year: FiscalYear, _ rubric: Rubric, _ generation: Int
  ) throws -> ResultsBook {
    if key != nil, let kept = scorecards.withLock({ $0.book(of: cycle) }) { return kept }
    let cards = try cards(db, cycle, generation)
    let (firsts, known) = scorecards.withLock { ($0.firsts(of: cycle), $0.earlier(of: cycle)) }
    let byFirst = try firstCards(db, cycle, rubric, key == nil ? [:] : firsts)
    let book = ResultsBook(
      comparison: Comparison(cards.map(\.card), by: rubric),
      firsts: Dictionary(byFirst.values.map { ($0.office.code, $0) }) { a, _ in a },
      earlier: try (key == nil ? nil : known) ?? earlier(db, before: year, rubric),
      rounding: rubric.policy.rounding)
    if key != nil { scorecards.withLock { $0.put(book, firsts: byFirst, of: cycle, from: generation) } }
    return book
  }

  /// By first findings alone, of offices where something was found after them.
  private func firstCards(
    _ db: Database, _ cycle: Int64, _ rubric: Rubric, _ kept: [Int64: Scorecard]
  ) throws -> [Int64: Scorecard] {
    let later = try db.rows("SELECT DISTINCT office FROM finding WHERE cycle = ? AND stage <> 'first'", cycle)
      .map { $0["office"] as Int64 }
    var cards: [Int64: Scorecard] = [:]
    let stale = later.filter { kept[$0] == nil }
    for id in later { cards[id] = kept[id] }
    for id in stale {
      cards[id] = try db.assessments(cycle, rubric, office: id, isFirst: true).first.map {
        rubric.scorecard(of: $0.assessment)
      }
    }
    return cards
  }

  /// Published or entered totals of the year before, where the criteria allow to compare them.
  private func earlier(_ db: Database, before year: FiscalYear, _ rubric: Rubric) throws -> Earlier {
    let last = FiscalYear(year.buddhist - 1)
    for row in try db.rows("SELECT id FROM cycle WHERE year = ? AND stage <> 'preparing'", last.buddhist) {
      let comparable = RubricDiff.comparable(from: try self.rubric(db, row["id"]), to: rubric)
      guard comparable.contains(Node.total) else {
        return Earlier(year: last, isComparable: false, totals: [:])
      }
    }
    let totals = try db.earlier(Node.total, of: last)
    return Earlier(
      year: last, isComparable: true, totals: totals.mapValues { Figure($0, rubric.policy.rounding) })
  }
}

import Foundation
import GRDB
public import Integrity

/// Giving many offices at once: to one assessor, spread evenly over several, or on to others when somebody leaves. Each
/// is looked at first, and done exactly as it was looked at.
extension Registry {
  /// Which offices are to be spread over whom.
  public struct SpreadOrder: Hashable, Sendable {
    public let seed: String
    /// Only offices of this kind; nil for all.
    public let kind: Code<OfficeKind>?
    public let assessors: Set<Code<Person>>

    public init(seed: String, kind: Code<OfficeKind>? = nil, assessors: Set<Code<Person>>) {
      (self.seed, self.kind, self.assessors) = (seed, kind, assessors)
    }
  }

  /// Whose work goes to whom, and why.
  public struct HandOverOrder: Hashable, Sendable {
    public let from: Code<Person>
    /// nil to spread it over all others.
    public let to: Code<Person>?
    public let seed: String
    public let reason: String

    public init(from: Code<Person>, to: Code<Person>?, seed: String = "", reason: String) {
      (self.from, self.to, self.seed, self.reason) = (from, to, seed, reason)
    }
  }

  /// What giving offices out would do; nothing is written.
  public struct GivingPlan: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// What each office's next assessor gets of it, in the order of the offices' codes.
    public let gifts: [Gift]
    /// Offices that stay as they are, with what keeps them.
    public let kept: [KeptOffice]
    /// Everybody who could be given something, as they stand before.
    public let assessors: [AssessorLoad]
    /// Contested findings that need another to decide.
    public let decisions: Int
    /// Offices of which nothing is left to be judged.
    public let finished: Int
    /// Of this plan and no other: whoever carries it out says which they have seen.
    public let digest: String
  }

  /// Something of an office for somebody.
  public struct Gift: Hashable, Sendable {
    public let office: Code<Office>
    public let name: Words
    public let to: ID<Person>
    /// nil for all of it.
    public let items: [Code<Node>]?
    /// How many disclosures that is.
    public let count: Int
  }

  /// An office that is left as it is.
  public struct KeptOffice: Hashable, Sendable {
    public enum Why: Hashable, Sendable {
      /// Others judge it already.
      case held([String])
      /// Nobody asked for may judge it.
      case nobody
      /// The reader may not assign it.
      case readerBarred
      /// It may not be given to whom it was meant for.
      case barred(Refusal.Reason)
    }

    public let office: Code<Office>
    public let name: Words
    public let why: Why
  }

  /// What giving some offices to one assessor would do.
  public func plan(
    giving offices: [Code<Office>], to assessor: Code<Person>, in cycle: Code<Cycle>, by signer: Signer,
    at now: Moment
  ) throws -> GivingPlan {
    try reading(signer, at: now) { desk in
      try Giving(desk, cycle).plan(offices, to: assessor).seen
    }
  }

  /// Gives some offices to one assessor, exactly as planned: what nobody judges yet of each.
  ///
  /// - Parameter digest: of the plan that was seen.
  /// - Throws: `StorageProblem.changed` where the plan is another by now.
  public func giveOffices(
    _ offices: [Code<Office>], to assessor: Code<Person>, in cycle: Code<Cycle>, expecting digest: String,
    by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let giving = try Giving(desk, cycle)
      try giving.carryOut(try giving.plan(offices, to: assessor), expecting: digest)
    }
  }

  /// What spreading offices that nobody judges yet would do.
  public func plan(_ order: SpreadOrder, in cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws
    -> GivingPlan
  {
    try reading(signer, at: now) { desk in try Giving(desk, cycle).plan(order).seen }
  }

  /// Spreads offices that nobody judges yet over assessors, exactly as planned; the seed is kept.
  public func spread(
    _ order: SpreadOrder, in cycle: Code<Cycle>, expecting digest: String, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let giving = try Giving(desk, cycle)
      try giving.carryOut(try giving.plan(order), expecting: digest)
    }
  }

  /// What handing on somebody's open work would do.
  public func plan(_ order: HandOverOrder, in cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws
    -> GivingPlan
  {
    try reading(signer, at: now) { desk in try Giving(desk, cycle).plan(order).seen }
  }

  /// Hands on somebody's open work, exactly as planned. What was judged stays as it is.
  public func handOver(
    _ order: HandOverOrder, in cycle: Code<Cycle>, expecting digest: String, by signer: Signer, at now: Moment
  ) throws {
    guard !order.reason.isEmpty else {
      throw StorageProblem.invalid("say why the work is handed on", thai: "โปรดระบุเหตุผลที่โอนงาน")
    }
    try write(signer, at: now) { desk in
      let giving = try Giving(desk, cycle)
      try giving.carryOut(try giving.plan(order), expecting: digest)
    }
  }

  /// A spread that was carried out.
  public struct SpreadRecord: Hashable, Sendable {
    public let seed: String
    public let offices: Int
    public let assessors: Int
    /// Whose offices they were, where somebody left, and why.
    public let predecessor: String?
    public let reason: String
    public let who: String
    public let at: Moment
  }

  /// Everything that was spread in a cycle, the latest first.
  public func spreads(of cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws -> [SpreadRecord] {
    try reading(signer, at: now) { desk in
      let (id, _, _, matter) = try desk.matter(of: nil, in: cycle)
      try desk.allow(.readProgress, matter)
      return try desk.db.rows(
        """
        SELECT seed, offices, assessors, left_by.name AS predecessor, reason, person.name AS name, spread.made_at AS made_at
        FROM spread JOIN person ON person.id = spread.person LEFT JOIN person AS left_by ON left_by.id = predecessor
        WHERE cycle = ? ORDER BY spread.id DESC
        """, id
      ).map { row in
        SpreadRecord(
          seed: row["seed"], offices: try desk.db.strings(row["offices"]).count,
          assessors: Canonical.integers(row["assessors"]).count, predecessor: row["predecessor"],
          reason: row["reason"], who: row["name"], at: Moment(seconds: row["made_at"]))
      }
    }
  }
}

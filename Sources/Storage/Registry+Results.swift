import Foundation
import GRDB
public import Integrity
import Synchronization

/// Scorecards, computed when read. The process that writes keeps them until an act touches their office.
extension Registry {
  /// - Parameter signer: nil for the public.
  public func scorecard(
    of office: Code<Office>, in code: Code<Cycle>, by signer: Signer?, at now: Moment
  ) throws -> Scorecard {
    try reading(for: signer, at: now) { desk, reader in
      let (id, officeID, rubric, matter) = try desk.matter(of: office, in: code)
      if let refusal = Conduct.may(.readScorecard, in: matter, by: reader, at: now) { throw refusal }
      guard let officeID, let found = try desk.db.assessments(id, rubric, office: officeID).first else {
        throw StorageProblem.invalid(
          "the office '\(office)' does not take part in \(code)",
          thai: "หน่วยงาน “\(office)” ไม่ได้เข้าร่วมรอบการประเมิน \(code)")
      }
      return rubric.scorecard(of: found.assessment)
    }
  }

  /// The scorecards of every office of a cycle, in the order in which the offices came in.
  ///
  /// - Parameter signer: nil for the public.
  public func results(of code: Code<Cycle>, by signer: Signer?, at now: Moment) throws -> [Scorecard] {
    let generation = scorecards.withLock { $0.generation }
    return try reading(for: signer, at: now) { desk, reader in
      let (id, _, _, matter) = try desk.matter(of: nil, in: code)
      if let refusal = Conduct.may(.readResults, in: matter, by: reader, at: now) { throw refusal }
      return try cards(desk.db, id, generation).map(\.card)
    }
  }

  /// From memory where nothing has touched an office since, else anew.
  func cards(_ db: Database, _ cycle: Int64, _ generation: Int) throws -> [(office: Int64, card: Scorecard)] {
    let (kept, known) =
      key == nil ? ([:], nil) : scorecards.withLock { ($0.cards(of: cycle), $0.offices(of: cycle)) }
    let offices =
      try known
      ?? db.rows("SELECT office FROM participant WHERE cycle = ? ORDER BY id", cycle).map {
        $0["office"] as Int64
      }
    let stale = offices.filter { kept[$0] == nil }
    if stale.isEmpty { return offices.compactMap { id in kept[id].map { (id, $0) } } }
    let rubric = try rubric(db, cycle)
    var fresh: [Int64: Scorecard] = [:]
    if stale.count > offices.count / 8 {
      for (id, assessment) in try db.assessments(cycle, rubric) {
        fresh[id] = rubric.scorecard(of: assessment)
      }
    } else {
      for id in stale {
        fresh[id] = try db.assessments(cycle, rubric, office: id).first.map {
          rubric.scorecard(of: $0.assessment)
        }
      }
    }
    if key != nil { scorecards.withLock { $0.put(fresh, among: offices, of: cycle, from: generation) } }
    return offices.compactMap { id in (fresh[id] ?? kept[id]).map { (id, $0) } }
  }
}

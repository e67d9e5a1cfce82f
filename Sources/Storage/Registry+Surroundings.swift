import GRDB
public import Integrity

extension Registry {
  /// What stands around somebody's pages: where they work, and in which cycle.
  public struct Surroundings: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// nil for whoever belongs to none, or to several and is in none of them now.
    public let office: Office?
  }

  /// Where the signer works: in the office and the cycle they ask for where these are their own, else in their own office
  /// of the latest cycle. Whoever belongs to no office is in the cycle they ask for, or in the latest.
  ///
  /// - Returns: nil where there is no cycle.
  public func surroundings(
    office: Code<Office>?, in cycle: Code<Cycle>?, by signer: Signer, at now: Moment
  ) throws -> Surroundings? {
    let own = try currentCycles(for: signer, at: now)
    return try reading(signer, at: now) { desk in
      func rubric(_ code: Code<Cycle>) throws -> Rubric? {
        try desk.db.integer("SELECT id FROM cycle WHERE code = ?", code.text).map {
          try desk.registry.rubric(desk.db, $0)
        }
      }
      if let own {
        let asked = own.first { $0.cycle.code == cycle && $0.offices.contains { $0.code == office } }
        guard let place = asked ?? own.first, let rubric = try rubric(place.cycle.code) else { return nil }
        let one = place.offices.count == 1 ? place.offices.first : place.offices.first { $0.code == office }
        return Surroundings(cycle: place.cycle, rubric: rubric, office: one)
      }
      let asked = try cycle.flatMap { try desk.db.integer("SELECT id FROM cycle WHERE code = ?", $0.text) }
      let latest = try asked ?? desk.db.integer("SELECT id FROM cycle ORDER BY year DESC, id DESC LIMIT 1")
      return try latest.map {
        Surroundings(cycle: try desk.db.cycle($0), rubric: try desk.registry.rubric(desk.db, $0), office: nil)
      }
    }
  }

  /// The latest cycle that was opened, and the latest whose results the signer may read; nil while there is none.
  public func latestCycles(
    for signer: Signer, at now: Moment
  ) throws -> (opened: Code<Cycle>?, readable: Code<Cycle>?) {
    try reading(signer, at: now) { desk in
      let person = try desk.signer()
      let opened = try desk.db.rows(
        "SELECT id FROM cycle WHERE stage <> 'preparing' ORDER BY year DESC, id DESC"
      ).map { try desk.db.cycle($0["id"]) }
      let readable = opened.first {
        Conduct.may(.readResults, in: Matter(cycle: $0), by: person, at: now) == nil
      }
      return (opened.first?.code, readable?.code)
    }
  }
}

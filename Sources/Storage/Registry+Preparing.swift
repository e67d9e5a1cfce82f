import Foundation
import GRDB
public import Integrity

/// A cycle that is being prepared: what may still be changed of it, and what opening it would do.
extension Registry {
  /// Changes a cycle's titles, and puts another rubric in the place of its own, until it is opened.
  ///
  /// - Parameter texts: nil where the rubric stays.
  public func changeCycle(
    _ code: Code<Cycle>, title: Words, rubric texts: [RubricText]?, by signer: Signer, at now: Moment
  ) throws {
    let year = try cycle(code).year
    if let texts { try inspect(texts, of: year) }
    try write(signer, at: now) { desk in
      let (id, cycle, _) = try desk.cycle(code)
      try desk.allow(.setUpCycle, Matter(cycle: cycle))
      if title != cycle.title {
        try desk.db.run(
          "UPDATE cycle SET title_th = ?, title_en = ? WHERE id = ?", title.thai, title.english, id)
        try desk.record(.setUpCycle, code.text, cycle: id, row: "cycle", id)
      }
      if let texts, try desk.db.rubricTexts(id) != texts { try desk.put(texts, of: id) }
    }
  }

  /// What opening a cycle now would do.
  public struct CycleOpening: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    /// Offices that would take part, by kind, in the rubric's order; without a kind where the rubric has none.
    public let kinds: [(kind: Code<OfficeKind>?, offices: Int)]
    public let misfits: [Schedule.Misfit]
    /// How many would not, and some of them.
    public let left: Int
    public let leftOut: [Office]

    public var offices: Int { kinds.reduce(0) { $0 + $1.offices } }
  }

  /// How many offices that do not take part are named.
  private static let mostNamed = 50

  public func opening(of code: Code<Cycle>, by signer: Signer, at now: Moment) throws -> CycleOpening {
    try reading(signer, at: now) { desk in
      let (_, cycle, rubric) = try desk.cycle(code)
      try desk.allow(.setUpCycle, Matter())
      let taking = Taking(rubric, cycle.year)
      let counts = Dictionary(
        try desk.db.rows(
          "SELECT coalesce(kind, '') AS kind, count(*) AS offices FROM office WHERE \(taking.sql) GROUP BY kind",
          taking.first, taking.last, taking.kinds
        ).map { ($0["kind"] as String, $0["offices"] as Int) }
      ) { $0 + $1 }
      let kinds: [(kind: Code<OfficeKind>?, offices: Int)] =
        rubric.kinds.isEmpty
        ? [(nil, counts.values.reduce(0, +))]
        : rubric.kinds.map { ($0.code, counts[$0.code.text] ?? 0) }
      let all = try desk.db.integer("SELECT count(*) FROM office") ?? 0
      let leftOut = try desk.db.rows(
        """
        SELECT office.*, NULL AS parent_code, NULL AS successor_code FROM office WHERE NOT (\(taking.sql))
        ORDER BY code LIMIT ?
        """, taking.first, taking.last, taking.kinds, Registry.mostNamed
      ).map(desk.db.office)
      return CycleOpening(
        cycle: cycle, rubric: rubric, kinds: kinds, misfits: cycle.schedule?.misfits(for: rubric) ?? [],
        left: Int(all) - kinds.reduce(0) { $0 + $1.offices }, leftOut: leftOut)
    }
  }
}

/// Offices that a cycle of a rubric takes in, asked of the table: of its kinds, and there on some day of its year.
struct Taking {
  let first: String
  let last: String
  /// A JSON array; NULL where any kind will do.
  let kinds: String?

  /// Takes `first`, `last` and `kinds` in this order.
  let sql = """
    (until_day IS NULL OR until_day > ?1) AND (from_day IS NULL OR from_day <= ?2)
      AND (?3 IS NULL OR coalesce(kind, '') IN (SELECT value FROM json_each(?3)))
    """

  init(_ rubric: Rubric, _ year: FiscalYear) {
    first = year.firstDay?.description ?? ""
    last = year.lastDay?.description ?? ""
    kinds = rubric.kinds.isEmpty ? nil : Canonical.strings(rubric.kinds.map(\.code.text))
  }
}

extension Desk {
  /// Puts a rubric's texts in the place of those a cycle has.
  func put(_ texts: [RubricText], of cycle: Int64) throws {
    for (position, text) in texts.enumerated() {
      let digest = Digest.of(text.bytes)
      try db.run(
        "INSERT INTO rubric_text (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING", digest,
        Data(text.bytes))
      try db.run(
        """
        INSERT INTO cycle_rubric (cycle, position, name, digest) VALUES (?, ?, ?, ?)
        ON CONFLICT (cycle, position) DO UPDATE SET name = excluded.name, digest = excluded.digest
        """, cycle, position, text.name, digest)
      let row = try db.integer(
        "SELECT id FROM cycle_rubric WHERE cycle = ? AND position = ?", cycle, position)
      try record(.setUpCycle, text.name, cycle: cycle, row: "cycle_rubric", row ?? 0)
    }
    for row in try db.rows(
      "SELECT id, name FROM cycle_rubric WHERE cycle = ? AND position >= ?", cycle, texts.count)
    {
      try db.run("DELETE FROM cycle_rubric WHERE id = ?", row["id"] as Int64)
      try recordGone(.setUpCycle, row["name"], cycle: cycle, row: "cycle_rubric", row["id"])
    }
  }

  /// Takes out windows of instruments that the schedule has not, as after another rubric was put in.
  func dropWindows(of cycle: Int64, but kept: [String]) throws {
    for row in try db.rows("SELECT id, what FROM cycle_window WHERE cycle = ?", cycle)
    where !kept.contains(row["what"]) {
      try db.run("DELETE FROM cycle_window WHERE id = ?", row["id"] as Int64)
      try recordGone(.changeSchedule, row["what"], cycle: cycle, row: "cycle_window", row["id"])
    }
  }
}

import GRDB
import Integrity

/// All that is known of an office, or of every office of a cycle: a few queries, however many offices there are.
extension Database {
  /// - Parameters:
  ///   - office: nil for all that take part.
  ///   - isFirst: with what was found first alone, before clarifications and corrections.
  func assessments(
    _ cycle: Int64, _ rubric: Rubric, office: Int64? = nil, isFirst: Bool = false
  ) throws -> [(id: Int64, assessment: Assessment)] {
    var findings = try findings(cycle, office, isFirst: isFirst)
    var tallies = try tallies(cycle, rubric, office)
    var given: [Int64: [Code<Node>: Given]] = [:]
    for row in try rows(
      "SELECT office, node, millionths, source FROM given_figure WHERE cycle = ?", ofCycle: cycle,
      office: office)
    {
      given[row["office"], default: [:]][Code(row["node"])] = Given(
        figure: Points(millionths: row["millionths"]), source: row["source"])
    }
    return try participants(cycle, office: office).map { id, value in
      (
        id,
        Assessment(
          office: value, findings: findings.removeValue(forKey: id) ?? [:],
          tallies: tallies.removeValue(forKey: id) ?? [:], given: given[id] ?? [:])
      )
    }
  }

  /// The finding that counts on each item: of the highest stage, the latest.
  private func findings(_ cycle: Int64, _ office: Int64?, isFirst: Bool) throws -> [Int64: [Code<Node>:
    Finding]]
  {
    var findings: [Int64: [Code<Node>: Finding]] = [:]
    // In the order of the index; of one item in that in which they were made.
    let sql = """
      SELECT office, item, judgement, value, reason, stage FROM finding
      WHERE cycle = ?\(office == nil ? "" : " AND office = ?")\(isFirst ? " AND stage = 'first'" : "")
      ORDER BY office, item
      """
    var current: Int64 = 0
    var found: [Code<Node>: Finding] = [:]
    var items = Codes()
    var last: (item: Code<Node>, stage: Stage)?
    try step(sql, office.map { [cycle, $0] } ?? [cycle]) { row in
      let id = row.integer(0)
      if id != current {
        if current > 0 { findings[current] = found }
        found = [:]
        found.reserveCapacity(items.count)
        current = id
        last = nil
        items.restart()
      }
      let item = items.code(row.bytes(1))
      let stage = row.equals(5, "first") ? .first : Stage(rawValue: row.text(5)) ?? .first
      if let last, last.item == item, last.stage > stage { return }
      last = (item, stage)
      let judgement: Judgement? =
        if row.equals(2, "met") { .met } else if row.equals(2, "not_met") { .notMet } else {
          Judgement(kind: row.text(2), value: row.text(3))
        }
      if let judgement { found[item] = Finding(judgement, reason: row.text(4)) }
    }
    if current > 0 { findings[current] = found }
    return findings
  }

  /// Counts as sealed where the cycle is, else counted from the answers.
  func tallies(_ cycle: Int64, _ rubric: Rubric, _ office: Int64?) throws -> [Int64: [Collected: Tally]] {
    let stage = try text("SELECT stage FROM cycle WHERE id = ?", cycle)
    if stage == "sealed" || stage == "published" { return try sealedTallies(cycle, office) }
    return try countedTallies(cycle, rubric, office)
  }

  func sealedTallies(_ cycle: Int64, _ office: Int64?) throws -> [Int64: [Collected: Tally]] {
    var tallies: [Int64: [Collected: Tally]] = [:]
    for row in try rows(
      "SELECT office, instrument, route, respondents, counts FROM sealed_tally WHERE cycle = ?",
      ofCycle: cycle, office: office)
    {
      let route: String = row["route"]
      let counts = Canonical.integers(row["counts"])
      tallies[row["office"], default: [:]][
        Collected(Code(row["instrument"]), route: route.isEmpty ? nil : Code(route))] = Tally(
          respondents: row["respondents"], counts: counts)
    }
    return tallies
  }

  func countedTallies(_ cycle: Int64, _ rubric: Rubric, _ office: Int64?) throws -> [Int64: [Collected:
    Tally]]
  {
    var tallies: [Int64: [Collected: Tally]] = [:]
    for instrument in rubric.instruments {
      guard let questionnaire = instrument.questionnaire else { continue }
      let questions = rubric.questions(of: instrument.code)
      let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
      for route in routes {
        let collected = Collected(instrument.code, route: route)
        try count(cycle, collected, questions, office) { tallies[$0, default: [:]][collected] = $1 }
      }
    }
    return tallies
  }

  /// The rows of one questionnaire stand together, office after office, in the order of the table's key.
  private func count(
    _ cycle: Int64, _ collected: Collected, _ questions: [Question], _ office: Int64?,
    _ keep: (Int64, Tally) -> Void
  ) throws {
    let sql = """
      SELECT office, answers FROM response WHERE cycle = ? AND instrument = ? AND route = ?\(office == nil ? "" : " AND office = ?")
      ORDER BY office
      """
    let place: StatementArguments = [cycle, collected.instrument.text, collected.route?.text ?? ""]
    var current: Int64 = 0
    var counter = TallyCounter(questions)
    try step(sql, office.map { place + [$0] } ?? place) { row in
      let id = row.integer(0)
      if id != current {
        if current > 0 { keep(current, counter.tally) }
        counter.clear()
        current = id
      }
      counter.count(row.bytes(1))
    }
    if current > 0 { keep(current, counter.tally) }
  }
}

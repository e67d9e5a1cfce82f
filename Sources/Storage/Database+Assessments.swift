import Foundation
import GRDB
import Integrity

/// All that is known of an office, or of every office of a cycle: a few queries, however many offices there are.
extension Database {
  /// - Parameter office: nil for all that take part.
  func assessments(
    _ cycle: Int64, _ rubric: Rubric, office: Int64? = nil
  ) throws -> [(id: Int64, assessment: Assessment)] {
    var findings = try findings(cycle, office)
    var tallies = try tallies(cycle, rubric, office)
    var given: [Int64: [Code<Node>: Given]] = [:]
    for row in try rows(
      "SELECT office, node, millionths, source FROM given_figure WHERE cycle = ? AND (? IS NULL OR office = ?)",
      cycle, office, office)
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

  /// The finding that counts on each item: the latest of the highest stage.
  private func findings(_ cycle: Int64, _ office: Int64?) throws -> [Int64: [Code<Node>: Finding]] {
    var findings: [Int64: [Code<Node>: Finding]] = [:]
    // Stages rank by their order of decision; of one stage the later row wins. Read in that order, the last one counts.
    let sql = """
      SELECT office, item, judgement, value, reason FROM finding WHERE cycle = ?\(office == nil ? "" : " AND office = ?")
      ORDER BY office, item, CASE stage WHEN 'first' THEN 0 WHEN 'second' THEN 1 WHEN 'clarified' THEN 2 ELSE 3 END, id
      """
    let cursor = try Row.fetchCursor(
      cachedStatement(sql: sql), arguments: office.map { [cycle, $0] } ?? [cycle])
    var current: Int64?
    var ofOffice: [Code<Node>: Finding] = [:]
    while let row = try cursor.next() {
      let id: Int64 = row[0]
      if id != current {
        if let current { findings[current] = ofOffice }
        ofOffice = [:]
        current = id
      }
      guard let judgement = Judgement(kind: row[2], value: row[3]) else { continue }
      ofOffice[Code(row[1])] = Finding(judgement, reason: row[4])
    }
    if let current { findings[current] = ofOffice }
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
      """
      SELECT office, instrument, route, respondents, counts FROM sealed_tally
      WHERE cycle = ? AND (? IS NULL OR office = ?)
      """, cycle, office, office)
    {
      let route: String = row["route"]
      let counts = try JSONDecoder().decode([Int].self, from: Data((row["counts"] as String).utf8))
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
    let cursor = try Row.fetchCursor(
      cachedStatement(sql: sql), arguments: office.map { place + [$0] } ?? place)
    var current: Int64?
    var counter = TallyCounter(questions)
    while let row = try cursor.next() {
      let id: Int64 = row[0]
      if id != current {
        if let current { keep(current, counter.tally) }
        counter = TallyCounter(questions)
        current = id
      }
      try row.withUnsafeData(atIndex: 1) { data in
        if let data { data.withUnsafeBytes { counter.count($0) } }
      }
    }
    if let current { keep(current, counter.tally) }
  }
}

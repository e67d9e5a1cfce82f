import GRDB
import Integrity
import Synchronization
import Testing

@testable import Storage

/// Nothing reads a country to show an office: what SQLite says it will do for each query behind an office's pages.
@Suite struct PlanTests {
  /// Tables with a row or more for each office or person of the country.
  private static let large = [
    "acknowledgement", "assignment", "clarification", "event", "event_payload", "evidence", "finding",
    "finding_seen", "office", "participant", "person", "posting", "receipt", "response", "role_grant",
    "role_grant_office", "session", "stakeholders", "submission", "submission_element", "submission_move",
    "working_group",
  ]

  /// A step that goes through all rows of a large table, or through all of a cycle's or a kind's.
  private static func isTooMuch(_ step: String) -> Bool {
    let words = step.split(separator: " ")
    guard words.count > 1, large.contains(String(words[1])) else { return false }
    return words[0] == "SCAN" || step.hasSuffix("(cycle=?)") || step.hasSuffix("(row_table=?)")
  }

  private func steps(_ district: District, _ body: () throws -> Void) throws -> [(sql: String, step: String)]
  {
    let said = Mutex<[String]>([])
    // All readers of the pool, one after the other.
    try district.registry.read { db in
      db.trace { event in
        if case .statement(let statement) = event { said.withLock { $0.append(statement.sql) } }
      }
    }
    try body()
    return try district.registry.read { db in
      db.trace(options: [])
      return try Set(said.withLock { $0 }).filter { !$0.hasPrefix("BEGIN") && !$0.hasPrefix("COMMIT") }
        .flatMap { sql -> [(String, String)] in
          guard sql.contains("SELECT") else { return [] }
          let blanks = StatementArguments(repeatElement(nil as Int?, count: sql.count { $0 == "?" }))
          return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: blanks).map {
            (sql, $0["detail"])
          }
        }
    }
  }

  @Test func `no page of an office reads more than the office's own rows`() throws {
    let district = try District()
    try district.submitAll()
    let (registry, cycle, now) = (district.registry, District.cycle, District.collecting)
    let steps = try steps(district) {
      _ = try registry.officeDesk(District.main, in: cycle, by: district.by("director"), at: now)
      _ = try registry.disclosureDesk("O1", of: District.main, in: cycle, by: district.by("officer"), at: now)
      _ = try registry.mayAct(
        [.submit], on: District.main, in: cycle, by: district.by("director"), at: now)
      _ = try registry.currentCycles(for: district.by("officer"), at: now)
      _ = try registry.peopleDesk(District.main, in: cycle, by: district.by("office.admin"), at: now)
      _ = try registry.missing(of: District.main, in: cycle, by: district.by("director"), at: now)
    }
    #expect(steps.count > 50)
    for (sql, step) in steps where PlanTests.isTooMuch(step) { Issue.record("\(step)\n\(sql)") }
  }

  @Test func `neither do its results, nor what somebody was named to decide`() throws {
    let district = try District()
    try district.assignAll()
    try district.submitAll()
    try district.judgeAll()
    let (registry, cycle, now) = (district.registry, District.cycle, District.clarifying)
    try registry.acknowledge(District.main, in: cycle, by: district.by("director"), at: now)
    try registry.contest(
      "O2", of: District.main, in: cycle, statement: "x", by: district.by("director"), at: now)
    try registry.nameDecider(
      "assessor2", of: "O2", of: District.main, in: cycle, by: district.by("lead"), at: now)
    let steps = try steps(district) {
      _ = try registry.findingsDesk(District.main, in: cycle, by: district.by("director"), at: now)
      _ = try registry.clarificationsDesk(in: cycle, by: district.by("assessor2"), at: now)
      _ = try registry.clarificationDesk(
        "O2", of: District.main, in: cycle, by: district.by("assessor2"), at: now)
    }
    #expect(steps.count > 40)
    for (sql, step) in steps where PlanTests.isTooMuch(step) { Issue.record("\(step)\n\(sql)") }
  }
}

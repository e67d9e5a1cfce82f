import Foundation
import GRDB
import Integrity

/// Somebody who judges, with all the permission room asks about them.
struct AssessorRow {
  let id: Int64
  let code: Code<Person>
  let post: String
  let person: Person
}

/// Those who judge, and whom they may not: a fixed number of queries, however many people and offices there are.
extension Database {
  /// Everybody who has ever been an assessor or has something assigned in the cycle, by their sign-in names.
  func assessors(in cycle: Int64) throws -> [AssessorRow] {
    try assessors(
      """
      SELECT person FROM role_grant WHERE role = 'assessor'
      UNION SELECT assessor FROM assignment WHERE cycle = \(cycle)
      UNION SELECT decider FROM clarification WHERE cycle = \(cycle) AND decider IS NOT NULL
      """)
  }

  /// - Parameter among: a query that gives the numbers of people.
  private func assessors(_ among: String) throws -> [AssessorRow] {
    var grants: [Int64: [Grant]] = [:]
    for row in try rows("SELECT * FROM role_grant WHERE person IN (\(among)) ORDER BY id") {
      grants[row["person"], default: []].append(try grant(row))
    }
    var declared: [Int64: Set<Code<Office>>] = [:]
    for row in try rows(
      """
      SELECT person, code FROM conflict JOIN office ON office.id = conflict.office WHERE person IN (\(among))
      """)
    {
      declared[row["person"], default: []].insert(Code(row["code"]))
    }
    let lineages = try lineages(of: "SELECT office FROM posting WHERE person IN (\(among))")
    var postings: [Int64: [Posting]] = [:]
    for row in try rows(
      """
      SELECT person, posting.office AS office, code, posting.kind AS kind, posting.from_day AS from_day,
        posting.until_day AS until_day
      FROM posting JOIN office ON office.id = posting.office WHERE person IN (\(among)) ORDER BY posting.id
      """)
    {
      postings[row["person"], default: []].append(
        Posting(
          Posting.Kind(rawValue: row["kind"]) ?? .employing, at: Code(row["code"]),
          lineage: lineages[row["office"]], from: day(row["from_day"]),
          until: (row["until_day"] as String?).map(day)))
    }
    return try rows("SELECT id, code, name, post, is_closed FROM person WHERE id IN (\(among)) ORDER BY code")
      .map { row in
        let id: Int64 = row["id"]
        return AssessorRow(
          id: id, code: Code(row["code"]), post: row["post"],
          person: Person(
            id: ID(id), name: row["name"], isClosed: row["is_closed"], postings: postings[id] ?? [],
            grants: grants[id] ?? [], declared: declared[id] ?? []))
      }
  }

  /// Offices, each with all above it.
  ///
  /// - Parameter offices: their numbers, or a query that gives them.
  func lineages(of offices: String) throws -> [Int64: [Code<Office>]] {
    var lineages: [Int64: [Code<Office>]] = [:]
    for row in try Row.fetchAll(
      self,
      sql: """
        WITH RECURSIVE above (start, id, parent, code, depth) AS (
          SELECT id, id, parent, code, 0 FROM office WHERE id IN (\(offices))
          UNION ALL
          SELECT start, office.id, office.parent, office.code, depth + 1 FROM office
          JOIN above ON office.id = above.parent WHERE depth < 32)
        SELECT start, code FROM above ORDER BY start, depth
        """)
    {
      lineages[row["start"], default: []].append(Code(row["code"]))
    }
    return lineages
  }
}

/// Which assessors may judge which offices. The permission room is asked only where something ties the two, or where a
/// role does not hold everywhere: a country has millions of pairs.
struct Eligibility {
  private struct Candidate {
    let person: Person
    let holdsEverywhere: Bool
    /// Offices they are tied to: declared, where they serve or served, and all above these.
    let tied: Set<Code<Office>>
    /// Where they serve or served: what is below these ties them too.
    let seats: Set<Code<Office>>
  }

  private let candidates: [Int64: Candidate]
  private let day: Day

  init(_ assessors: [AssessorRow], on day: Day) {
    self.day = day
    candidates = Dictionary(
      assessors.map { row in
        let candidate = Candidate(
          person: row.person, holdsEverywhere: row.person.roles(for: nil, on: day).contains(.assessor),
          tied: row.person.declared.union(row.person.postings.flatMap(\.lineage)),
          seats: Set(row.person.postings.map(\.office)))
        return (row.id, candidate)
      }, uniquingKeysWith: { a, _ in a })
  }

  /// What keeps somebody from judging an office; nil where nothing does.
  ///
  /// - Parameter lineage: the office and all above it.
  func obstacle(_ assessor: Int64, _ lineage: [Code<Office>]) -> Refusal.Reason? {
    guard let candidate = candidates[assessor], let office = lineage.first else { return .role([.assessor]) }
    if candidate.person.isClosed { return .closed }
    if !candidate.holdsEverywhere, !candidate.person.roles(for: office, on: day).contains(.assessor) {
      return .role([.assessor])
    }
    guard candidate.tied.contains(office) || lineage.contains(where: candidate.seats.contains) else {
      return nil
    }
    return candidate.person.conflict(with: lineage, on: day).map { .conflict($0) }
  }
}

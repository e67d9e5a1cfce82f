import Foundation
import GRDB
import Integrity

/// Rows of submissions as the core knows them: three queries, however many there are.
extension Database {
  func submission(_ id: Int64) throws -> Submission {
    guard let found = try submissions(among: "SELECT ?", [id]).first else {
      throw StorageProblem.unknown(what: "submission", code: "\(id)")
    }
    return found
  }

  /// The latest version of each disclosure that an office has begun.
  func submissions(of office: Int64, in cycle: Int64) throws -> [Code<Node>: Submission] {
    let found = try submissions(
      among: """
        SELECT id FROM submission AS latest WHERE cycle = ? AND office = ? AND version =
          (SELECT max(version) FROM submission WHERE cycle = latest.cycle AND office = latest.office
            AND item = latest.item)
        """, [cycle, office])
    return Dictionary(found.map { ($0.item, $0) }) { a, _ in a }
  }

  /// - Parameter ids: a query that gives the ids of submissions.
  func submissions(among ids: String, _ values: [Int64]) throws -> [Submission] {
    let arguments = StatementArguments(values)
    var evidence: [Int64: [Evidence]] = [:]
    for row in try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT submission, kind, text, digest, size, pointer, quote, nature FROM evidence
          LEFT JOIN blob ON blob.id = evidence.blob WHERE submission IN (\(ids)) ORDER BY submission, position
          """), arguments: arguments)
    {
      evidence[row["submission"], default: []].append(Evidence(row))
    }
    var elements: [Int64: [Coverage]] = [:]
    for row in try Row.fetchAll(
      cachedStatement(
        sql:
          "SELECT submission, element, place FROM submission_element WHERE submission IN (\(ids)) ORDER BY id"
      ),
      arguments: arguments)
    {
      elements[row["submission"], default: []].append(Coverage(Code(row["element"]), place: row["place"]))
    }
    return try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT submission.id AS id, code, item, version, state, is_disclosed, note, revision FROM submission
          JOIN office ON office.id = submission.office WHERE submission.id IN (\(ids)) ORDER BY submission.id
          """), arguments: arguments
    ).map { row in
      Submission(
        id: ID(row["id"]), office: Code(row["code"]), item: Code(row["item"]), version: row["version"],
        state: Submission.State(rawValue: row["state"]) ?? .draft, isDisclosed: row["is_disclosed"],
        note: row["note"], evidence: evidence[row["id"]] ?? [], elements: elements[row["id"]] ?? [],
        revision: row["revision"])
    }
  }
}

extension Evidence {
  fileprivate init(_ row: Row) {
    let content: Content =
      switch row["kind"] as String {
      case "link": .link(row["text"])
      case "note": .note(row["text"])
      default: .file(name: row["text"], digest: Digest.hex(row["digest"] as Data), bytes: row["size"])
      }
    self.init(
      content, pointer: row["pointer"], quote: row["quote"],
      nature: Nature(rawValue: row["nature"]) ?? .document)
  }
}

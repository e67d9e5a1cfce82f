import Crypto
import Foundation
import GRDB
import Integrity

/// Whether everything is still what it was when it was written.
extension Registry {
  /// Something that is not what it should be.
  public struct VerifyFault: Hashable, Sendable, CustomStringConvertible {
    /// A table and a row, an office, an entry of the trail.
    public let place: String
    public let problem: String

    public var description: String { "\(place): \(problem)" }
  }

  /// What was looked at, and what was found wrong.
  public struct Verification: Hashable, Sendable {
    public let faults: [VerifyFault]
    public let scorecards: Int
    public let blobs: Int
    public let entries: Int64
    /// Of the database.
    public let bytes: Int64
  }

  /// Checks the file itself, the trail from its first entry, every row the trail has a picture of, every receipt's and
  /// every file's digest, and recomputes every sealed scorecard from findings, tallies and the kept text of its rubric.
  ///
  /// - Parameter progress: told what is being looked at.
  public func verify(_ progress: (String) -> Void = { _ in }) throws -> Verification {
    try read { db in
      var inspector = Inspector(db: db, registry: self)
      progress("the file")
      try inspector.file()
      progress("the trail")
      try inspector.trail()
      progress("rows")
      try inspector.rows()
      progress("receipts")
      try inspector.receipts()
      progress("files")
      try inspector.blobs()
      progress("sealed scorecards")
      try inspector.sealed()
      return Verification(
        faults: inspector.faults, scorecards: inspector.scorecards, blobs: inspector.blobCount,
        entries: inspector.entries,
        bytes: try Int64.fetchOne(
          db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0)
    }
  }

  /// Tables of which the trail has a picture of every row.
  static let pictured = [
    "office", "working_group", "person", "posting", "role_grant", "conflict", "cycle", "cycle_rubric",
    "cycle_window",
    "extension", "participant", "stakeholders", "given_figure", "earlier_figure", "submission", "assignment",
    "finding",
    "finding_seen", "finding_capture",
    "clarification", "acknowledgement", "agreement", "sealed_scorecard", "sealed_tally", "receipt",
    "amendment", "spread", "slip_order",
  ]

  /// Tables of which it has a picture of every row that belongs to something submitted.
  static let picturedOnceSubmitted = ["evidence", "submission_element"]

  private struct Inspector {
    let db: Database
    let registry: Registry
    var faults: [VerifyFault] = []
    var scorecards = 0
    var blobCount = 0
    var entries: Int64 = 0

    init(db: Database, registry: Registry) {
      self.db = db
      self.registry = registry
    }

    mutating func fault(_ place: String, _ problem: String) {
      faults.append(VerifyFault(place: place, problem: problem))
    }

    mutating func file() throws {
      for line in try String.fetchAll(db, sql: "PRAGMA integrity_check") where line != "ok" {
        fault("the file", line)
      }
      for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
        fault(
          "\(row["table"] as String) \(row["rowid"] as Int64? ?? 0)", "it points to a row that is not there")
      }
    }

    // The trail.

    mutating func trail() throws {
      var previous = Data()
      var expected: Int64 = 1
      let cursor = try Row.fetchCursor(
        db,
        sql:
          "SELECT event.*, salt, payload FROM event LEFT JOIN event_payload ON event = event.id ORDER BY id")
      while let row = try cursor.next() {
        let id: Int64 = row["id"]
        if id != expected { fault("trail \(expected)", "the entry is missing") }
        expected = id + 1
        let form = TrailForm(
          id: id, at: row["made_at"], person: row["person"], isConsole: row["is_console"], act: row["act"],
          cycle: row["cycle"], office: row["office"], subject: row["subject"], table: row["row_table"],
          row: row["row_id"], payload: row["payload_digest"], previous: previous)
        let digest: Data = row["digest"]
        if form.digest != digest { fault("trail \(id)", "the entry was changed, or one before it was") }
        if let payload = row["payload"] as String?, let salt = row["salt"] as Data?,
          TrailForm.digest(of: payload, salt: salt) != row["payload_digest"]
        {
          fault("trail \(id)", "what it says was written is not what was")
        }
        previous = digest
        entries += 1
      }
    }

    // Rows.

    mutating func rows() throws {
      let latest = try Row.fetchAll(
        db,
        sql: """
          SELECT row_table, row_id, payload FROM event JOIN event_payload ON event = event.id
          WHERE event.id IN (SELECT max(id) FROM event WHERE row_table IS NOT NULL GROUP BY row_table, row_id)
          """)
      for row in latest { try compare(row["row_table"], row["row_id"], row["payload"]) }
      // A file of an earlier version has not all of them yet.
      for table in Registry.pictured where try db.tableExists(table) {
        let strangers = try Int64.fetchAll(
          db,
          sql: """
            SELECT id FROM \(table) WHERE NOT EXISTS
              (SELECT 1 FROM event WHERE row_table = '\(table)' AND row_id = \(table).id)
            """)
        for id in strangers { fault("\(table) \(id)", "the trail knows nothing of this row") }
      }
      for table in Registry.picturedOnceSubmitted where try db.tableExists(table) {
        let strangers = try Int64.fetchAll(
          db,
          sql: """
            SELECT id FROM \(table)
            WHERE submission IN (SELECT id FROM submission WHERE state IN ('submitted', 'recalled'))
              AND NOT EXISTS (SELECT 1 FROM event WHERE row_table = '\(table)' AND row_id = \(table).id)
            """)
        for id in strangers { fault("\(table) \(id)", "the trail knows nothing of this row") }
      }
    }

    private mutating func compare(_ table: String, _ id: Int64, _ payload: String) throws {
      let place = "\(table) \(id)"
      guard (Registry.pictured + Registry.picturedOnceSubmitted).contains(table), try db.tableExists(table)
      else {
        return
      }
      if payload == Desk.gone {
        if try db.row("SELECT id FROM \(table) WHERE id = ?", id) != nil {
          fault(place, "the row is there, and the trail says that it was taken out")
        }
        return
      }
      // Only the columns it had when it was written: later versions of the program may have added some.
      let columns = try String.fetchAll(db, sql: "SELECT key FROM json_each(?)", arguments: [payload])
      let known = Set(try db.columns(in: table).map(\.name))
      guard !columns.isEmpty, columns.allSatisfy(known.contains) else {
        return fault(place, "the trail has columns of it that the table has not")
      }
      let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      guard let row = try Row.fetchOne(db, sql: "SELECT \(list) FROM \(table) WHERE id = ?", arguments: [id])
      else {
        return fault(place, "the row is missing")
      }
      guard Canonical.object(row) != payload else { return }
      let before = try Row.fetchAll(
        db, sql: "SELECT key, CASE WHEN type = 'null' THEN NULL ELSE value END AS value FROM json_each(?)",
        arguments: [payload])
      let changed = before.filter { entry in
        let now = Canonical.value(row[entry["key"] as String] as DatabaseValue)
        return now != Canonical.value(entry["value"] as DatabaseValue)
      }
      let names = changed.map { $0["key"] as String }.joined(separator: ", ")
      fault(place, "changed since it was put on the trail: \(names)")
    }

    // Receipts.

    /// What each names is still what its digest was taken of, in this version or a later one of the tables.
    mutating func receipts() throws {
      guard try db.tableExists("receipt") else { return }
      let cursor = try Row.fetchCursor(
        db, sql: "SELECT number, cycle, office, items, digest FROM receipt ORDER BY id")
      while let row = try cursor.next() {
        let place = "receipt \(row["number"] as String)"
        let manifest = try ReceiptItem.list(row["items"]).flatMap { versions in
          try db.manifest(of: versions, row["office"], in: row["cycle"])
        }
        guard let manifest else {
          fault(place, "a submission that it names is not there")
          continue
        }
        if Digest.of(manifest) != row["digest"] { fault(place, "what it names is not what was submitted") }
      }
    }

    // Files.

    mutating func blobs() throws {
      let cursor = try Row.fetchCursor(db, sql: "SELECT id, digest, size FROM blob ORDER BY id")
      while let row = try cursor.next() {
        let id: Int64 = row["id"]
        var hasher = SHA256()
        var size = 0
        let pieces = try Row.fetchCursor(
          db, sql: "SELECT position, bytes FROM blob_piece WHERE blob = ? ORDER BY position", arguments: [id])
        var position = 0
        while let piece = try pieces.next() {
          let bytes: Data = piece["bytes"]
          if piece["position"] != position { fault("blob \(id)", "piece \(position) is missing") }
          hasher.update(data: bytes)
          size += bytes.count
          position += 1
        }
        if size != row["size"] || Data(hasher.finalize()) != row["digest"] {
          fault("blob \(id)", "the file is not what was put in")
        }
        blobCount += 1
      }
    }

    // Results.

    mutating func sealed() throws {
      for row in try Row.fetchAll(db, sql: "SELECT digest, bytes FROM rubric_text")
      where Digest.of(row["bytes"] as Data) != row["digest"] {
        fault("rubric_text \(Digest.hex(row["digest"] as Data).prefix(12))", "the rubric's text was changed")
      }
      for row in try Row.fetchAll(db, sql: "SELECT id, code, stage, scoring_version FROM cycle") {
        let stage: String = row["stage"]
        guard stage == "sealed" || stage == "published" else { continue }
        guard row["scoring_version"] == Scorecard.scoringVersion else {
          fault(
            "cycle \(row["code"] as String)",
            "it was scored by version \(row["scoring_version"] as Int) of the scoring, which this program does not have"
          )
          continue
        }
        do {
          try sealed(cycle: row["id"], row["code"])
        } catch {
          fault("cycle \(row["code"] as String)", "its scorecards cannot be recomputed: \(error)")
        }
      }
    }

    private mutating func sealed(cycle: Int64, _ code: String) throws {
      // From the text itself, not from what this process may have read before.
      let rubric = try registry.formats.rubric(try db.rubricTexts(cycle))
      let seal = try ResultSeal(db, cycle: cycle)
      var now: [Int64: Result] = [:]
      for (id, assessment) in try db.assessments(cycle, rubric) {
        now[id] = Result(
          office: id, assessment: assessment, rubric: rubric, formats: registry.formats, seal: seal)
      }
      var first: [(office: Code<Office>, digest: Data)] = []
      var last: [Int64: Row] = [:]
      let cursor = try Row.fetchCursor(
        db,
        sql: """
          SELECT sealed_scorecard.*, code FROM sealed_scorecard JOIN office ON office.id = office
          WHERE cycle = ? ORDER BY sealed_scorecard.id
          """, arguments: [cycle])
      while let row = try cursor.next() {
        let digest: Data = row["digest"]
        if seal.digest(of: row["scorecard"], of: Code(row["code"])) != digest {
          fault(
            "sealed_scorecard \(row["id"] as Int64) (\(row["code"] as String))",
            "the scorecard does not fit its digest")
        }
        if row["version"] == 1 { first.append((Code(row["code"]), digest)) }
        last[row["office"]] = row.copy()
        scorecards += 1
      }
      for (office, row) in last.sorted(by: { $0.key < $1.key }) { compare(row, with: now[office]) }
      for (office, result) in now.sorted(by: { $0.key < $1.key }) where last[office] == nil {
        fault("office \(result.card.office.code) in \(code)", "it has no sealed scorecard")
      }
      let digest = Registry.digest(of: first)
      if try db.agreed(cycle, "seal", digest).count < 2 {
        fault("cycle \(code)", "no two members have agreed to these results")
      }
      try tallies(cycle, code, rubric)
    }

    private mutating func compare(_ row: Row, with result: Result?) {
      let place = "sealed_scorecard \(row["id"] as Int64) (\(row["code"] as String))"
      guard let result else { return fault(place, "the office no longer takes part") }
      if result.digest != row["digest"] {
        fault(
          place,
          "recomputed, the scorecard is another: \(result.card.total.figure?.description ?? "no total")")
      }
      let figure = result.card.total.figure
      let level = result.card.level?.level.code.text
      let isSame =
        figure?.units == row["units"] as Int64? && figure?.places == row["places"] as Int?
        && level == row["level"] as String?
      if !isSame { fault(place, "the total or the level beside the scorecard is another") }
    }

    /// While answers are kept, they count to what was sealed.
    private mutating func tallies(_ cycle: Int64, _ code: String, _ rubric: Rubric) throws {
      let kept = try Row.fetchAll(
        db, sql: "SELECT DISTINCT instrument, route FROM response WHERE cycle = ?", arguments: [cycle])
      // Gone by the retention schedule: the sealed tallies stand alone.
      if kept.isEmpty { return }
      for row in kept {
        let routes = rubric.instrument(Code(row["instrument"]))?.questionnaire?.routes.map(\.code.text)
        if !(routes.map { $0.isEmpty ? [""] : $0 }?.contains(row["route"]) ?? false) {
          fault(
            "response in \(code)",
            "answers to '\(row["instrument"] as String)', which the rubric does not ask")
        }
      }
      let counted = try db.countedTallies(cycle, rubric, nil)
      let sealed = try db.sealedTallies(cycle, nil)
      for office in Set(counted.keys).union(sealed.keys).sorted() where counted[office] != sealed[office] {
        let name = try db.text("SELECT code FROM office WHERE id = ?", office) ?? "\(office)"
        fault("response of \(name) in \(code)", "the answers do not count to the sealed tally")
      }
    }
  }
}

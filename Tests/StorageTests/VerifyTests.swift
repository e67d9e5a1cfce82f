import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Nothing a score rests on can be changed behind the registry's back.
@Suite struct VerifyTests {
  /// Tables a score rests on; every column of theirs is tried, as the schema lists them.
  static let bearing = [
    "rubric_text", "cycle_rubric", "participant", "stakeholders", "given_figure", "earlier_figure",
    "submission", "evidence", "submission_element", "receipt",
    "finding",
    "finding_seen", "finding_capture", "clarification", "agreement", "sealed_scorecard", "sealed_tally",
    "response", "event",
    "event_payload", "blob", "blob_piece",
  ]

  @Test func `changing any column a score rests on is found`() throws {
    let district = try District()
    try Self.fill(district)
    let clean = try district.registry.verify()
    #expect(clean.faults.isEmpty && clean.blobs == 1)
    try district.registry.close()
    let original = try Data(contentsOf: URL(fileURLWithPath: district.registry.path))
    let columns = try Self.columns(of: district.registry.path)
    #expect(columns.count > 110)
    var tried = 0
    for (table, column) in columns {
      try original.write(to: URL(fileURLWithPath: district.registry.path))
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: district.registry.path + suffix)
      }
      guard try Self.tamper(district.registry.path, table, column) else { continue }
      tried += 1
      let copy = try Registry(reading: district.registry.path, formats: District.formats)
      let faults = try copy.verify().faults
      #expect(!faults.isEmpty, "\(table).\(column) was changed and nobody noticed")
      try copy.close()
    }
    #expect(tried > 105)
  }

  @Test func `taking a row out of the trail, or putting one in, is found`() throws {
    let district = try District()
    try district.wholeYear()
    try district.registry.close()
    for sql in [
      "DELETE FROM event_payload WHERE event = 7; DELETE FROM event WHERE id = 7",
      """
      INSERT INTO finding (id, cycle, office, item, submission, assessor, stage, judgement, value, reason, made_at)
      SELECT 999, cycle, office, item, submission, assessor, 'corrected', 'met', '', '', made_at FROM finding LIMIT 1
      """,
      "DELETE FROM finding WHERE id = 2",
    ] {
      let path = district.folder + "/copy.sqlite"
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.copyItem(atPath: district.registry.path, toPath: path)
      try Self.insider(path) { db in try db.execute(sql: sql) }
      #expect(try !Registry(reading: path, formats: District.formats).verify().faults.isEmpty, "\(sql)")
    }
  }

  @Test func `a fault names the record and what is other about it`() throws {
    let district = try District()
    try district.wholeYear()
    try district.registry.close()
    try Self.insider(district.registry.path) { db in
      try db.execute(sql: "UPDATE finding SET judgement = 'met' WHERE item = 'O2' AND office = 1")
    }
    let faults = try Registry(reading: district.registry.path, formats: District.formats).verify().faults
    #expect(
      faults.map(\.description) == [
        "finding 2: changed since it was put on the trail: judgement",
        "sealed_scorecard 1 (4001): recomputed, the scorecard is another: 92.58",
        "sealed_scorecard 1 (4001): the total or the level beside the scorecard is another",
      ])
  }

  private static func fill(_ district: District) throws {
    let registry = district.registry
    try registry.enterGivenFigure(district)
    try district.assignAll()
    let path = district.folder + "/evidence.pdf"
    try Data("%PDF-1.4 example".utf8).write(to: URL(fileURLWithPath: path))
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let file = try registry.keepFile(
      "evidence.pdf", from: handle, for: District.main, in: District.cycle, by: district.by("officer"),
      at: District.collecting)
    try district.submitAll()
    _ = try registry.recall(
      "O1", of: District.main, in: District.cycle, note: "", by: district.by("director"),
      at: District.collecting)
    let link = Evidence(.link("https://one.example/structure"), pointer: "2", quote: "q")
    _ = try registry.draft(
      DraftEntry(
        office: District.main, item: "O1", isDisclosed: true, note: "n", evidence: [link, Evidence(file)],
        elements: [Coverage("chart", place: "2"), Coverage("divisions")]),
      in: District.cycle, by: district.by("officer"), at: District.collecting)
    _ = try registry.pass(
      "O1", of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    _ = try registry.submit(
      nil, of: District.main, in: District.cycle, by: district.by("director"), at: District.collecting)
    try district.answerAll()
    try district.judgeAll()
    try registry.contest(
      "O2", of: District.main, in: District.cycle, statement: "หน้า 4", by: district.by("director"),
      at: District.clarifying)
    try registry.nameDecider(
      "assessor2", of: "O2", of: District.main, in: District.cycle, by: district.by("lead"),
      at: District.clarifying)
    try registry.decide(
      Finding(.notMet, reason: "ยังไม่พบ"), on: "O2", of: District.main, in: District.cycle,
      by: district.by("assessor2"),
      at: District.clarifying)
    try district.sealAll()
  }

  private static func columns(of path: String) throws -> [(String, String)] {
    try DatabaseQueue(path: path).read { db in
      try bearing.flatMap { table in try db.columns(in: table).map { (table, $0.name) } }
        // They only keep rows apart.
        .filter { $0 != ("response", "key") && $0 != ("blob_piece", "id") }
    }
  }

  /// An insider with the file: no trigger, no foreign key, no check stands in the way.
  private static func insider(_ path: String, _ body: (Database) throws -> Void) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try body(db)
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    try queue.close()
  }

  /// Changes one value of a column to another that the column could hold.
  ///
  /// - Returns: whether there was a row to change.
  private static func tamper(_ path: String, _ table: String, _ column: String) throws -> Bool {
    var isChanged = false
    try insider(path) { db in
      let strict = try Row.fetchOne(
        db, sql: "SELECT type, \"notnull\" AS required FROM pragma_table_info(?) WHERE name = ?",
        arguments: [table, column])
      let type: String = strict?["type"] ?? ""
      let key = table == "response" || table == "rubric_text" ? "rowid_of" : "rowid"
      let value =
        switch type {
        case "INTEGER": "coalesce(\(column), 0) + 1000003"
        case "BLOB": "zeroblob(max(length(coalesce(\(column), x'00')), 1)) || x''"
        default: "coalesce(\(column), '') || '1'"
        }
      let expression = type == "BLOB" ? "CAST(\(value) AS BLOB)" : value
      let place =
        key == "rowid"
        ? "WHERE rowid = (SELECT max(rowid) FROM \(table) WHERE \(column) IS NOT NULL)"
        : "WHERE \(column) = (SELECT max(\(column)) FROM \(table))"
      do {
        try db.execute(
          sql: "UPDATE OR IGNORE \(table) SET \(column) = \(jsonSafe(table, column, expression)) \(place)")
        isChanged = db.changesCount > 0
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        isChanged = false
      }
    }
    return isChanged
  }

  /// JSON stays JSON, so that the change is one an insider would make.
  private static func jsonSafe(_ table: String, _ column: String, _ expression: String) -> String {
    switch (table, column) {
    case ("sealed_scorecard", "scorecard"): "replace(scorecard, '4', '5')"
    case ("sealed_tally", "counts"): "'[9' || substr(counts, 2)"
    case ("participant", "provinces"), ("participant", "conditions"), ("clarification", "evidence"):
      "'[[\"x\"]]'"
    case ("receipt", "items"): "'[[\"O1\",\"1\"]]'"
    case ("event_payload", "payload"): "'{}'"
    default: expression
    }
  }
}

extension Registry {
  fileprivate func enterGivenFigure(_ district: District) throws {
    _ = try enterGiven(
      [District.other: ["IIT": Given(figure: Points(80), source: "elsewhere")]], in: District.cycle,
      by: district.by("admin"), at: District.collecting)
    _ = try enterEarlier(
      [District.main: ["total": Given(figure: Points(88), source: "elsewhere")]], of: FiscalYear(2568),
      by: district.by("admin"), at: District.collecting)
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// How the file is opened, and when it is not.
@Suite struct OpeningTests {
  @Test func `a commit is on the disk before it is acknowledged`() throws {
    let district = try District(isOpen: false)
    let settings = try district.registry.database.writeWithoutTransaction { db in
      try ["synchronous", "foreign_keys", "recursive_triggers", "trusted_schema", "secure_delete"].map {
        try Int.fetchOne(db, sql: "PRAGMA \($0)")
      }
    }
    #expect(settings == [2, 1, 1, 0, 1])
  }

  @Test func `a second writing process is refused, and readers are not`() throws {
    let district = try District()
    let problem = district.said {
      _ = try Registry(in: district.folder, .writing, formats: District.formats, at: District.setUp)
    }
    #expect(
      problem
        == "\(district.folder)/registry.lock: another process is writing to the registry; stop it, or use a command that only reads"
    )
    let reader = try Registry(in: district.folder, .reading, formats: District.formats, at: District.setUp)
    #expect(try reader.cycles().map(\.code) == [District.cycle])
  }

  @Test func `a clock behind the trail is refused with the remedy`() throws {
    let district = try District()
    try district.registry.close()
    let folder = district.folder
    let copy = folder + "/again"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    for name in ["registry.sqlite", "registry.key"] {
      try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(copy)/\(name)")
    }
    let before = District.setUp.adding(seconds: -301)
    #expect(
      district.said { _ = try Registry(in: copy, .writing, formats: District.formats, at: before) }
        == "the clock says \(before), but the last entry of the trail is of \(District.setUp); set the clock right and start again"
    )
  }

  @Test func `a file of a later version, another program or another key is refused`() throws {
    let district = try District(isOpen: false)
    try district.registry.close()
    func opening(_ change: (String) throws -> Void) throws -> String {
      let copy = district.folder + "/\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      for name in ["registry.sqlite", "registry.key"] {
        try FileManager.default.copyItem(atPath: "\(district.folder)/\(name)", toPath: "\(copy)/\(name)")
      }
      try change(copy)
      return district.said {
        _ = try Registry(in: copy, .writing, formats: District.formats, at: District.setUp)
      }.replacingOccurrences(of: copy + "/", with: "")
    }
    func execute(_ sql: String) -> (String) throws -> Void {
      { folder in
        try DatabaseQueue(path: folder + "/registry.sqlite").writeWithoutTransaction {
          try $0.execute(sql: sql)
        }
      }
    }
    #expect(
      try opening(execute("PRAGMA user_version = 999"))
        == "registry.sqlite: it was written by a later version of the program; install that version or a later one"
    )
    #expect(
      try opening(execute("PRAGMA application_id = 1"))
        == "registry.sqlite: this is no registry; check the folder")
    #expect(
      try opening { try FileManager.default.removeItem(atPath: $0 + "/registry.key") }
        == "registry.key: the key file is missing; put it back from where it is kept, the registry cannot do without it"
    )
    #expect(
      try opening {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: $0 + "/registry.key")
      }
        == "registry.key: others may read the key file; run 'chmod 600' on it")
    #expect(
      try opening {
        try FileManager.default.removeItem(atPath: $0 + "/registry.key")
        try KeyFile.make(at: $0 + "/registry.key")
      }
        == "registry.sqlite: the file is damaged (the key file belongs to another registry); restore the last backup"
    )
    #expect(
      try opening {
        try Data("not a database, whatever it says".utf8).write(
          to: URL(fileURLWithPath: $0 + "/registry.sqlite"))
      }
      .hasPrefix("registry.sqlite: the file is damaged"))
  }

  @Test func `what is appended cannot be changed or replaced, not even by REPLACE`() throws {
    let district = try District()
    try district.wholeYear()
    for sql in [
      "UPDATE finding SET reason = 'x' WHERE id = 1", "DELETE FROM finding WHERE id = 1",
      "REPLACE INTO finding SELECT * FROM finding WHERE id = 1", "DELETE FROM event WHERE id = 1",
      "REPLACE INTO event SELECT * FROM event WHERE id = 1",
      "UPDATE submission SET note = 'x' WHERE id = 1", "UPDATE evidence SET text = 'x' WHERE id = 1",
      "UPDATE submission SET revision = 9 WHERE id = 1",
      "INSERT INTO submission_element (submission, element, place) VALUES (1, 'chart', '')",
      "UPDATE submission_element SET place = 'x' WHERE id = 1",
      "DELETE FROM submission_element WHERE id = 1", "UPDATE receipt SET links = 9 WHERE id = 1",
      "DELETE FROM receipt WHERE id = 1", "REPLACE INTO receipt SELECT * FROM receipt WHERE id = 1",
      "DELETE FROM evidence WHERE id = 1", "UPDATE sealed_scorecard SET units = 1 WHERE id = 1",
      "UPDATE sealed_tally SET respondents = 1 WHERE id = 1",
      "UPDATE cycle_rubric SET name = 'x' WHERE id = 1",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") {
        try district.registry.database.write { try $0.execute(sql: sql) }
      }
    }
  }

  @Test func `the schema is the golden one`() throws {
    let district = try District(isOpen: false)
    let schema =
      try district.registry.read { db in
        try String.fetchAll(
          db,
          sql:
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' ORDER BY type DESC, name"
        )
      }.joined(separator: ";\n\n") + ";\n"
    let path = "\(District.root)/Tests/Goldens/schema.sql"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try Data(schema.utf8).write(to: URL(fileURLWithPath: path))
    }
    #expect(try schema == String(contentsOfFile: path, encoding: .utf8), "renew with UPDATE_GOLDENS=1")
  }

  @Test func `every table is strict and every column that may be empty is meant to`() throws {
    let district = try District(isOpen: false)
    try district.registry.read { db in
      let tables = try Row.fetchAll(
        db, sql: "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
      for table in tables
      where !(table["name"] as String).hasPrefix("sqlite_") && table["name"] != "grdb_migrations" {
        #expect(table["strict"] == 1, "\(table["name"] as String)")
      }
    }
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// A registry of every released version is kept as SQL text in `Tests/Registries`, sealed and published, and opened by
/// this one. `KEEP_REGISTRY=0.2 swift test --filter UpgradeTests` keeps one of this version; none is ever changed.
@Suite struct UpgradeTests {
  static let folder = "\(District.root)/Tests/Registries"

  static var kept: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".sql") }
      .sorted()
  }

  @Test func `the registry of each released version opens, and its sealed results still verify`() throws {
    if let version = ProcessInfo.processInfo.environment["KEEP_REGISTRY"] { try Self.keep(version) }
    #expect(!Self.kept.isEmpty)
    for name in Self.kept {
      try Self.opened(name) { registry in
        let verified = try registry.verify()
        #expect(verified.faults.isEmpty && verified.scorecards >= 2, "\(name)")
        let version = try registry.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        #expect(version == Schema.migrations.count)
      }
    }
  }

  @Test func `what a registry of 0.2 holds stays as it is, with room for what came later`() throws {
    try Self.opened("0.2.sql") { registry in
      let counts = try registry.read { db in
        try [
          "submission WHERE revision = 0", "submission WHERE revision <> 0",
          "evidence WHERE nature = 'document'", "evidence WHERE nature <> 'document'",
        ].map { try db.integer("SELECT count(*) FROM \($0)") ?? 0 }
      }
      #expect(counts[0] > 0 && counts[1] == 0 && counts[2] > 0 && counts[3] == 0)
      for sql in [
        "UPDATE submission SET revision = 1 WHERE state = 'submitted'",
        "UPDATE submission SET state = 'recalled', revision = 1 WHERE state = 'submitted'",
        "INSERT INTO submission_element (submission, element, place) SELECT id, 'x', '' FROM submission",
        "UPDATE evidence SET nature = 'order'",
      ] {
        #expect(throws: DatabaseError.self, "\(sql)") {
          try registry.database.write { try $0.execute(sql: sql) }
        }
      }
      // Its people set up their accounts.
      let now = District.deciding.adding(days: 1)
      let letter = try registry.reset("officer", by: Signer("admin"), at: now)
      let account = try registry.redeem(letter.code, passwordHash: AccountsTests.hash, at: now)
      #expect(account.person == "officer")
      try registry.openSession(
        District.hash(1), of: "officer", label: "", isConfirmed: false, ends: now.adding(days: 1), at: now)
      #expect(try registry.session(District.hash(1), idleSince: now, at: now)?.person == "officer")
      #expect(try registry.verify().faults.isEmpty)
    }
  }

  @Test func `a registry of an earlier version is not read before something has brought it up to date`()
    throws
  {
    try Self.opened("0.2.sql") { registry in
      try registry.database.write { try $0.execute(sql: "PRAGMA user_version = 8") }
      let folder = URL(fileURLWithPath: registry.path).deletingLastPathComponent().path
      #expect(throws: StorageProblem.older(path: registry.path)) {
        _ = try Registry(in: folder, .reading, formats: District.formats, at: District.deciding)
      }
    }
  }

  /// Opens a kept registry with this version of the program.
  private static func opened(_ name: String, _ body: (Registry) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let queue = try DatabaseQueue(path: folder + "/registry.sqlite")
    let text = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: text)
    }
    try queue.close()
    // The key is in the first line of the text: a key of a test opens nothing else.
    let key = text.split(separator: "\n").first?.dropFirst("-- key ".count) ?? ""
    try Data((key + "\n").utf8).write(to: URL(fileURLWithPath: folder + "/registry.key"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: folder + "/registry.key")
    let registry = try Registry(
      in: folder, .writing, formats: District.formats, at: District.deciding.adding(days: 1))
    try body(registry)
  }

  private static func keep(_ version: String) throws {
    let path = "\(folder)/\(version).sql"
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let district = try District()
    try district.wholeYear()
    try district.registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    let key = try String(contentsOfFile: district.folder + "/registry.key", encoding: .utf8)
    let dump = try district.registry.read { db in
      var lines = ["-- key \(key.trimmingCharacters(in: .newlines))"]
      lines.append("PRAGMA application_id = \(Schema.applicationID);")
      lines.append("PRAGMA user_version = \(Schema.migrations.count);")
      func schema(_ type: String) throws -> [Row] {
        try Row.fetchAll(
          db,
          sql: """
            SELECT name, sql FROM sqlite_schema WHERE type = '\(type)' AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
            """)
      }
      for table in try schema("table") {
        lines.append("\(table["sql"] as String);")
        let columns = try db.columns(in: table["name"]).map { "quote(\"\($0.name)\")" }
        let rows = try String.fetchAll(
          db, sql: "SELECT \(columns.joined(separator: " || ',' || ")) FROM \"\(table["name"] as String)\"")
        lines += rows.map { "INSERT INTO \"\(table["name"] as String)\" VALUES (\($0));" }
      }
      for type in ["index", "trigger"] { lines += try schema(type).map { "\($0["sql"] as String);" } }
      return lines.joined(separator: "\n") + "\n"
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(dump.utf8).write(to: URL(fileURLWithPath: path))
  }
}

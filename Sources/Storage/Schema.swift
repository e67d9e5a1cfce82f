import GRDB

/// The tables, as the sum of migrations. A migration is SQL text under a sentence's name; once released it is never
/// edited. Functions of JSON may not stand in a CHECK where the schema is not trusted, so a pattern does. Days are ISO 8601 text, moments are seconds since 1970 UTC, digests are 32 bytes.
enum Schema {
  /// `ITA1`: tells a registry from any other SQLite file.
  static let applicationID: Int32 = 0x4954_4131

  static let migrations: [(name: String, sql: String)] = [
    ("2569-01 Offices, people and roles", people),
    ("2569-02 Cycles with their rubric, schedule and offices", cycles),
    ("2569-03 Submissions, evidence and files", submissions),
    ("2569-04 Assignments, findings and clarifications", findings),
    ("2569-05 Questionnaires and their answers", answers),
    ("2569-06 Agreements and sealed scorecards", sealing),
    ("2569-07 The trail", trail),
    ("2569-08 How long things are kept", retention),
    ("2569-09 Signing in, elements and revisions", portal),
    ("2569-10 Marks, comment banks and captures", marking),
    ("2569-11 Spreading and clarifying", clarifying),
    ("2569-12 Regions", regions),
    ("2569-13 Amendments as they are proposed", amendments),
    ("2569-14 Looking through the trail", looking),
    ("2569-15 Slips, free text and closing", asking),
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { db in
        try db.execute(sql: migration.sql)
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    return migrator
  }
}

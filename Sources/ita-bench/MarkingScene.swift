import Crypto
import Documents
import Foundation
import GRDB
import Integrity
import Reports
import Storage

/// A country under judgement, with its assessors signed in: what saving marks is timed on. Put past the permission room
/// and the trail, since only what comes after is timed.
struct MarkingScene {
  let folder: String
  let offices: Int
  let assessors: Int

  static func token(_ number: Int) -> String { "bench-\(number)" }

  /// - Returns: the moment at which the site is to be served.
  func make() throws -> Moment {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let rubric = try RubricFile(path: Library.rubric(named: "ita-2567")).rubric
    let place = FilledRegistry(
      folder: folder, rubric: rubric, offices: offices, respondents: 0, isVaried: true, isJudged: false)
    try place.fill()
    // Between the days on which disclosures close and the results open.
    let now = place.assessing
    let registry = try Registry(
      in: folder, .writing, formats: Scene.formats, settings: Scene.settings, at: now)
    let from = now.day.adding(days: -90)
    let people = (0..<assessors).map { number in
      PersonEntry(
        code: person(number), name: "ผู้ตรวจ \(number)",
        grants: [Grant(.assessor, for: .everywhere, from: from)])
    }
    _ = try registry.keep(people: people, isDryRun: false, by: Signer("admin"), at: now)
    for number in 0..<assessors {
      try registry.openSession(
        // As the site makes the digest of what is in a browser's cookie.
        Array(SHA256.hash(data: Data("session\n\(MarkingScene.token(number))".utf8))), of: person(number),
        label: "", isConfirmed: true, ends: now.adding(days: 1), at: now)
    }
    try registry.close()
    try assign(at: now)
    return now
  }

  private func person(_ number: Int) -> Code<Person> { Code("assessor.\(number)") }

  /// Every office to one of them, in turn.
  private func assign(at now: Moment) throws {
    let queue = try DatabaseQueue(path: folder + "/registry.sqlite")
    try queue.write { db in
      let assessors = try Int64.fetchAll(
        db, sql: "SELECT id FROM person WHERE code LIKE 'assessor.%' ORDER BY id")
      for (place, office) in try Int64.fetchAll(db, sql: "SELECT id FROM office ORDER BY id").enumerated() {
        try db.execute(
          sql: """
            INSERT INTO assignment (cycle, office, item, assessor, from_at, reason) VALUES (1, ?, NULL, ?, ?, '')
            """, arguments: [office, assessors[place % assessors.count], now.seconds - 86_400])
      }
    }
    try queue.close()
  }
}

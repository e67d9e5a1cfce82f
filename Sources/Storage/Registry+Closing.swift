import Foundation
import GRDB
public import Integrity

/// When a questionnaire's last window has closed: what is left of the order in which answers came is taken out of the file.
extension Registry {
  /// Puts the answers of every questionnaire that is closed for all offices in an order of their own: each gets a new
  /// random key, codes that are left go, and the file is written anew, its log emptied. Done once; where it was broken
  /// off it is done again.
  ///
  /// - Returns: whether there was anything to do.
  @discardableResult
  public func closeQuestionnaires(at now: Moment) throws -> Bool {
    guard key != nil else { return false }
    let due = try read { try dueQuestionnaires($0, at: now) }
    if due.isEmpty { return false }
    if settings.leaks.contains(.closing) { return true }
    try write(nil, at: now) { desk in
      desk.allowWithoutPerson()
      for one in due {
        try desk.db.mixAnswers(one.cycle, one.instrument)
        try desk.record(
          Registry.closing, one.instrument.text, cycle: one.cycle, office: nil, nil, nil, "{}")
      }
    }
    try rewrite()
    // Only now: a copy of the file in which the order can still be read is not called closed.
    try upkeep { db in
      for one in due {
        try db.run(
          """
          INSERT INTO asking_closed (cycle, instrument, ended_at) VALUES (?, ?, ?)
          ON CONFLICT (cycle, instrument) DO UPDATE SET ended_at = excluded.ended_at
          """, one.cycle, one.instrument.text, one.ended.seconds)
      }
    }
    return true
  }

  /// What it is called on the trail; nobody's act.
  static let closing = "close_questionnaire"

  private struct DueQuestionnaire {
    let cycle: Int64
    let instrument: Code<Node>
    let ended: Moment
  }

  private func dueQuestionnaires(_ db: Database, at now: Moment) throws -> [DueQuestionnaire] {
    var due: [DueQuestionnaire] = []
    for row in try db.rows("SELECT id FROM cycle WHERE stage IN ('open', 'sealed') ORDER BY id") {
      let id: Int64 = row["id"]
      let cycle = try db.cycle(id)
      for instrument in try rubric(db, id).instruments where instrument.questionnaire != nil {
        guard let window = cycle.schedule?.collecting[instrument.code] else { continue }
        let ended = cycle.extensions.filter { $0.instrument == instrument.code }
          .map(\.until).reduce(window.closes, max)
        let closed = try db.integer(
          "SELECT ended_at FROM asking_closed WHERE cycle = ? AND instrument = ?", id, instrument.code.text)
        if ended <= now, closed.map({ $0 < ended.seconds }) ?? true {
          due.append(DueQuestionnaire(cycle: id, instrument: instrument.code, ended: ended))
        }
      }
    }
    return due
  }
}

extension Database {
  /// Gives every answer a new key that says nothing, writes them in the order of these, and forgets the codes.
  fileprivate func mixAnswers(_ cycle: Int64, _ instrument: Code<Node>) throws {
    for place in try rows(
      "SELECT DISTINCT route, office FROM response WHERE cycle = ? AND instrument = ?", cycle, instrument.text
    ) {
      let (route, office): (String, Int64) = (place["route"], place["office"])
      let answers = try rows(
        "SELECT answers FROM response WHERE cycle = ? AND instrument = ? AND route = ? AND office = ?", cycle,
        instrument.text, route, office
      ).map { $0["answers"] as Data }
      try run(
        "DELETE FROM response WHERE cycle = ? AND instrument = ? AND route = ? AND office = ?", cycle,
        instrument.text, route, office)
      for (key, answers) in Registry.mixed(answers) {
        try run(
          """
          INSERT INTO response (cycle, office, instrument, route, key, answers) VALUES (?, ?, ?, ?, ?, ?)
          """, cycle, office, instrument.text, route, key, answers)
      }
    }
    for place in try rows(
      "SELECT DISTINCT route, item, office FROM free_text WHERE cycle = ? AND instrument = ?", cycle,
      instrument.text)
    {
      let (route, item, office): (String, String, Int64) = (place["route"], place["item"], place["office"])
      let condition = "cycle = ? AND instrument = ? AND route = ? AND item = ? AND office = ?"
      let texts = try rows(
        "SELECT text FROM free_text WHERE \(condition)", cycle, instrument.text, route, item, office
      ).map { $0["text"] as String }
      try run("DELETE FROM free_text WHERE \(condition)", cycle, instrument.text, route, item, office)
      for (key, text) in Registry.mixed(texts) {
        try run(
          """
          INSERT INTO free_text (cycle, office, instrument, route, item, key, text) VALUES (?, ?, ?, ?, ?, ?, ?)
          """, cycle, office, instrument.text, route, item, key, text)
      }
    }
    try run("DELETE FROM invitation WHERE cycle = ? AND instrument = ?", cycle, instrument.text)
  }
}

extension Registry {
  /// Each with a random key, in the order of the keys.
  fileprivate static func mixed<Value>(_ values: [Value]) -> [(key: Data, value: Value)] {
    let keyed = values.map { (key: Digest.random(16), value: $0) }
    return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}

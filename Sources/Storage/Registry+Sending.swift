import Foundation
import GRDB
public import Integrity

/// Filled questionnaires as they are sent. Nothing is kept of who sent one, nor when, nor in which order; nothing of it is
/// on the trail, and a spent code is gone.
extension Registry {
  /// Keeps an answer, once, however often it is sent.
  ///
  /// - Throws: `StorageProblem` for answers that do not fit the questions, and for a place there is none of.
  public func answer(_ sent: SentAnswer, at now: Moment) async throws -> AnswerOutcome {
    let key = try secretKey()
    return try await withCheckedThrowingContinuation { continuation in
      let waiting = AnswerQueue.Waiting(sent: sent, at: now) { continuation.resume(with: $0) }
      answers.add(waiting, most: settings.mostWaiting, together: settings.mostTogether) { group in
        self.keep(group, key)
      }
    }
  }

  /// A questionnaire as a respondent opens it; nil where there is none.
  public func askedForm(_ place: AnswerPlace, at now: Moment) throws -> AskedForm? {
    try read { db in
      do {
        return try AskedPlace(db, self, place).form(at: now)
      } catch StorageProblem.unknown {
        return nil
      }
    }
  }

  /// Whether a code would be taken now. Nothing is changed, and nobody is told why one would not.
  public func opens(_ code: SlipCode, _ place: AnswerPlace) throws -> Bool {
    let key = try secretKey()
    return try read { db in
      let asked = try AskedPlace(db, self, place)
      return try db.integer(
        """
        SELECT 1 FROM invitation WHERE cycle = ? AND instrument = ? AND route = ? AND office = ? AND hash = ?
        """, asked.cycleID, place.instrument, place.route, asked.officeID, key.slipHash(code, asked)) != nil
    }
  }

  /// One transaction for all of a group. What is written is written in the order of its keys, codes apart from answers,
  /// so that the order in which they came is not in the file.
  private func keep(_ group: [AnswerQueue.Waiting], _ key: KeyFile) -> [Swift.Result<
    AnswerOutcome, any Error
  >] {
    do {
      return try receive { db in
        var taking = AnswersTaken(db: db, registry: self, key: key)
        let outcomes = group.map { one in Swift.Result { try taking.take(one.sent, at: one.at) } }
        try taking.write()
        return (outcomes, taking.touched)
      }
    } catch {
      return group.map { _ in .failure(error) }
    }
  }
}

extension KeyFile {
  /// Of a code, for one place alone.
  func slipHash(_ code: SlipCode, _ place: AskedPlace) -> Data {
    hash("\(place.name)\n\(code.text)", for: .slip)
  }
}

/// A questionnaire of an office in a cycle, found once for all that is sent to it.
struct AskedPlace {
  let place: AnswerPlace
  let cycleID: Int64
  let officeID: Int64
  let cycle: Cycle
  let rubric: Rubric
  let instrument: Instrument
  let office: Office
  let access: Questionnaire.Access
  /// What the office is asked: items that apply to it.
  let items: [Item]
  let questions: [Question]

  /// - Throws: `StorageProblem.unknown` for whatever there is none of.
  init(_ db: Database, _ registry: Registry, _ place: AnswerPlace) throws {
    self.place = place
    cycleID = try registry.cycleID(place.cycle, db)
    officeID = try registry.officeID(place.office, db)
    cycle = try registry.cycle(cycleID, db)
    rubric = try registry.rubric(db, cycleID)
    guard let office = try registry.participant(cycleID, office: officeID, db) else {
      throw StorageProblem.unknown(what: "office", code: place.office.text)
    }
    self.office = office
    guard let instrument = rubric.instrument(place.collected.instrument),
      let access = instrument.questionnaire?.access(by: place.collected.route)
    else { throw StorageProblem.unknown(what: "questionnaire", code: place.name) }
    self.instrument = instrument
    self.access = access
    items = rubric.items(of: instrument, for: office)
    questions = rubric.questions(of: instrument.code)
  }

  /// What keyed hashes are bound to: nothing made for one place is good for another.
  var name: String { "\(cycleID)\n\(officeID)\n\(place.instrument)\n\(place.route)" }

  func isOpen(at now: Moment) -> Bool {
    cycle.phase(of: instrument, for: office.code, at: now) == .collecting
  }

  func form(at now: Moment) -> AskedForm {
    AskedForm(
      place: place, cycle: cycle, rubric: rubric, instrument: instrument, items: items, office: office,
      access: access,
      window: cycle.window(of: instrument.code, for: office.code), isOpen: isOpen(at: now))
  }
}

/// Answers of one group while it is decided what becomes of each.
private struct AnswersTaken {
  let db: Database
  let registry: Registry
  let key: KeyFile
  private var places: [AnswerPlace: AskedPlace] = [:]
  private var spent: [Row] = []
  private var kept: [Row] = []
  private var texts: [(item: String, row: Row)] = []
  private var keys: Set<Data> = []
  private var codes: Set<Data> = []

  /// The longest text that is kept, in characters.
  private static let longest = 2000

  private struct Row {
    let place: AskedPlace
    let key: Data
    var bytes = Data()
  }

  init(db: Database, registry: Registry, key: KeyFile) {
    self.db = db
    self.registry = registry
    self.key = key
  }

  var touched: [(cycle: Int64, office: Int64?)] {
    Set(kept.map { [$0.place.cycleID, $0.place.officeID] }).map { ($0[0], $0[1]) }
  }

  /// Decides on one answer; writes nothing.
  mutating func take(_ sent: SentAnswer, at now: Moment) throws -> AnswerOutcome {
    let place = try places[sent.place] ?? AskedPlace(db, registry, sent.place)
    places[sent.place] = place
    let key = rowKey(sent, place, for: .response)
    // Sent before: whatever has become of the code or the time since, it is kept.
    if try keys.contains(key) || isKept(key, place) { return .kept }
    guard place.isOpen(at: now) else { return .closed }
    try inspect(sent, place)
    if place.access == .codes {
      guard let code = sent.code else { return .codeRefused }
      let hash = self.key.slipHash(code, place)
      guard try !codes.contains(hash) && isGood(hash, place) else { return .codeRefused }
      codes.insert(hash)
      spent.append(Row(place: place, key: hash))
    }
    keys.insert(key)
    let row = AnswerRow(sent.answers, sent.isTooFast ? .tooFast : [])
    kept.append(Row(place: place, key: try leakingKey(sent, place) ?? key, bytes: Data(row.packed)))
    for (item, text) in written(sent) {
      let key = rowKey(sent, place, for: .freeText, item.text)
      texts.append((item.text, Row(place: place, key: key, bytes: Data(text.utf8))))
    }
    return .kept
  }

  /// Writes what was taken.
  func write() throws {
    for row in spent.sorted(by: AnswersTaken.isBefore) {
      try db.run(
        "DELETE FROM invitation WHERE cycle = ? AND instrument = ? AND route = ? AND office = ? AND hash = ?",
        row.place.cycleID, row.place.place.instrument, row.place.place.route, row.place.officeID, row.key)
    }
    for row in kept.sorted(by: AnswersTaken.isBefore) {
      try db.run(
        """
        INSERT OR IGNORE INTO response (cycle, office, instrument, route, key, answers)
        VALUES (?, ?, ?, ?, ?, ?)
        """, row.place.cycleID, row.place.officeID, row.place.place.instrument, row.place.place.route,
        row.key,
        row.bytes)
    }
    for (item, row) in texts.sorted(by: { AnswersTaken.isBefore($0.row, $1.row) }) {
      try db.run(
        """
        INSERT OR IGNORE INTO free_text (cycle, office, instrument, route, item, key, text)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, row.place.cycleID, row.place.officeID, row.place.place.instrument, row.place.place.route, item,
        row.key, String(decoding: row.bytes, as: UTF8.self))
    }
  }

  private static func isBefore(_ a: Row, _ b: Row) -> Bool { a.key.lexicographicallyPrecedes(b.key) }

  /// Of what the form carried, under the registry's key: whoever has the file cannot find an answer by a form, nor an
  /// answer by the words sent with it.
  private func rowKey(
    _ sent: SentAnswer, _ place: AskedPlace, for purpose: KeyFile.Purpose, _ item: String = ""
  ) -> Data {
    key.hash("\(place.name)\n\(item)\n\(sent.nonce)", for: purpose).prefix(16)
  }

  /// A key as it must not be, where a test asks for one: it says how many came before, or with which code it came.
  private func leakingKey(_ sent: SentAnswer, _ place: AskedPlace) throws -> Data? {
    let leaks = registry.settings.leaks
    if leaks.contains(.codes) { return sent.code.map { key.slipHash($0, place).prefix(16) } }
    guard leaks.contains(.keys) else { return nil }
    let number = (try db.integer("SELECT count(*) FROM response") ?? 0) + Int64(kept.count)
    return Data((0..<16).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 })
  }

  private func isKept(_ key: Data, _ place: AskedPlace) throws -> Bool {
    try db.integer(
      "SELECT 1 FROM response WHERE cycle = ? AND instrument = ? AND route = ? AND office = ? AND key = ?",
      place.cycleID, place.place.instrument, place.place.route, place.officeID, key) != nil
  }

  private func isGood(_ hash: Data, _ place: AskedPlace) throws -> Bool {
    try db.integer(
      """
      SELECT 1 FROM invitation WHERE cycle = ? AND instrument = ? AND route = ? AND office = ? AND hash = ?
      """, place.cycleID, place.place.instrument, place.place.route, place.officeID, hash) != nil
  }

  /// Every question the office is asked is answered with an option it has, and nothing else is.
  private func inspect(_ sent: SentAnswer, _ place: AskedPlace) throws {
    let codes = Set(place.items.map(\.code))
    let fits =
      sent.answers.count == place.questions.count
      && zip(place.questions, sent.answers).allSatisfy { question, answer in
        codes.contains(question.item) ? answer > 0 && Int(answer) <= question.options.count : answer == 0
      }
    let asked = Set(place.items.filter { if case .text = $0.form { true } else { false } }.map(\.code))
    guard fits, asked.isSuperset(of: sent.texts.keys),
      sent.texts.values.allSatisfy({ $0.count <= AnswersTaken.longest })
    else {
      throw StorageProblem.invalid(
        "the answers do not fit the questions of \(place.place.name)",
        thai: "คำตอบไม่ตรงกับข้อคำถามของแบบวัด \(place.place.name)")
    }
    guard sent.nonce.utf8.count >= 16 else {
      throw StorageProblem.invalid("the form carries no key", thai: "แบบฟอร์มไม่มีรหัสกำกับ")
    }
  }

  private func written(_ sent: SentAnswer) -> [(item: Code<Node>, text: String)] {
    sent.texts.map { ($0.key, $0.value.trimmingCharacters(in: .whitespacesAndNewlines)) }
      .filter { !$0.1.isEmpty }
  }
}

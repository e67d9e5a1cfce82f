import Foundation
import GRDB
import Integrity

/// Where one act is done: the open transaction, who acts, when, and what has been put on the trail. Nothing is recorded
/// that the permission room was not asked about.
final class Desk {
  let db: Database
  let registry: Registry
  let now: Moment
  /// nil for what needs no person: founding and recovery.
  let actor: Actor?
  private(set) var entries = 0
  /// Offices whose scorecards are no longer what they were; nil in place of one stands for all.
  private(set) var touched: [(cycle: Int64, office: Int64?)] = []
  /// Whether totals that later years are compared with are no longer what they were.
  private(set) var touchedEarlier = false
  /// People who were added, or whose name may be another.
  private(set) var renamed: Set<Int64> = []
  /// Whether people, cycles or offices may be others than before.
  private(set) var unsettles = false
  private var isAllowed = false

  struct Actor {
    let id: Int64
    let person: Person
    let isConsole: Bool
  }

  init(_ db: Database, _ registry: Registry, _ signer: Signer?, _ now: Moment) throws {
    self.db = db
    self.registry = registry
    self.now = now
    guard let signer else {
      actor = nil
      return
    }
    let id = try registry.settled(.personID(signer.person), db) { try db.personID(signer.person) }
    actor = Actor(id: id, person: try registry.person(id, db), isConsole: signer.isConsole)
  }

  /// Asks the permission room.
  func allow(_ act: Act, _ matter: Matter) throws {
    guard let actor else { throw Refusal(act, .role([.administrator])) }
    if let refusal = Conduct.may(act, in: matter, by: actor.person, at: now) { throw refusal }
    isAllowed = true
  }

  /// For founding a registry and recovering its administrator, which nobody in it could allow.
  func allowWithoutPerson() {
    precondition(actor == nil)
    isAllowed = true
  }

  func touch(cycle: Int64, office: Int64?) { touched.append((cycle, office)) }

  func touchEarlier() { touchedEarlier = true }

  /// Puts a row as it now stands on the trail.
  func record(
    _ act: Act, _ subject: String, cycle: Int64? = nil, office: Int64? = nil, row table: String, _ id: Int64
  ) throws {
    guard let row = try db.row("SELECT * FROM \(table) WHERE id = ?", id) else {
      preconditionFailure("recorded a row that is not there")
    }
    try record(act.rawValue, subject, cycle: cycle, office: office, table, id, Canonical.object(row))
  }

  /// Puts on the trail that a row was taken out.
  func recordGone(_ act: Act, _ subject: String, cycle: Int64? = nil, row table: String, _ id: Int64) throws {
    try record(act.rawValue, subject, cycle: cycle, office: nil, table, id, Desk.gone)
  }

  /// In place of the picture of a row that was taken out.
  static let gone = Canonical.object([("taken_out", "true")])

  /// Puts something that is not one row on the trail.
  func record(
    _ act: Act, _ subject: String, cycle: Int64? = nil, office: Int64? = nil, payload: [(String, String)]
  ) throws {
    try record(act.rawValue, subject, cycle: cycle, office: office, nil, nil, Canonical.object(payload))
  }

  func record(
    _ act: String, _ subject: String, cycle: Int64?, office: Int64?, _ table: String?, _ row: Int64?,
    _ payload: String
  ) throws {
    precondition(isAllowed, "recorded without asking")
    if table == "person", let row { renamed.insert(row) }
    if Act(rawValue: act).map({ !Settled.unchanging.contains($0) }) ?? true { unsettles = true }
    let last = try db.row("SELECT id, digest FROM event ORDER BY id DESC LIMIT 1")
    let salt = Digest.random(16)
    let entry = TrailForm(
      id: (last?["id"] ?? 0) + 1, at: now.seconds, person: actor?.id, isConsole: actor?.isConsole ?? true,
      act: act,
      cycle: cycle, office: office, subject: subject, table: table, row: row,
      payload: TrailForm.digest(of: payload, salt: salt), previous: last?["digest"] ?? Data())
    try db.run(
      """
      INSERT INTO event (id, made_at, person, is_console, act, cycle, office, subject, row_table, row_id,
        payload_digest, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, entry.id, entry.at, entry.person, entry.isConsole, act, cycle, office, subject, table, row,
      entry.payload,
      entry.digest)
    try db.run("INSERT INTO event_payload (event, salt, payload) VALUES (?, ?, ?)", entry.id, salt, payload)
    entries += 1
  }
}

/// An entry of the trail in the form its digest is taken of.
struct TrailForm {
  let id: Int64
  let at: Int64
  let person: Int64?
  let isConsole: Bool
  let act: String
  let cycle: Int64?
  let office: Int64?
  let subject: String
  let table: String?
  let row: Int64?
  let payload: Data
  /// The digest of the entry before; empty for the first.
  let previous: Data

  var digest: Data {
    func number(_ number: Int64?) -> String { number.map { "\($0)" } ?? "null" }
    let fields = [
      "\"ita-event/1\"", "\(id)", "\(at)", number(person), isConsole ? "1" : "0", Canonical.string(act),
      number(cycle),
      number(office), Canonical.string(subject), table.map(Canonical.string) ?? "null", number(row),
      Canonical.string(Digest.hex(payload)), Canonical.string(Digest.hex(previous)),
    ]
    return Digest.of("[" + fields.joined(separator: ",") + "]")
  }

  static func digest(of payload: String, salt: Data) -> Data { Digest.of(salt + Data(payload.utf8)) }
}

import Foundation
import GRDB
public import Integrity

/// Looking through the trail, the latest entries first.
extension Registry {
  public struct TrailFilter: Hashable, Sendable {
    public var cycle: Code<Cycle>?
    public var office: Code<Office>?
    public var person: Code<Person>?
    public var act: Act?
    /// Both days included.
    public var from: Day?
    public var last: Day?
    /// In the subject, or in what was written where everybody who reads the trail may see that.
    public var text: String

    public init(
      cycle: Code<Cycle>? = nil, office: Code<Office>? = nil, person: Code<Person>? = nil, act: Act? = nil,
      from: Day? = nil, last: Day? = nil, text: String = ""
    ) {
      self.cycle = cycle
      self.office = office
      self.person = person
      self.act = act
      self.from = from
      self.last = last
      self.text = text
    }
  }

  /// An entry as it is shown: with the names of what it is about.
  public struct TrailLine: Hashable, Sendable {
    public let entry: TrailEntry
    public let personName: String?
    public let officeName: Words?
    /// The person whom it is about, where it is about one.
    public let subject: Code<Person>?
    public let subjectName: String?
    /// The row that was written.
    public let table: String?
  }

  public struct TrailPage: Sendable {
    public let lines: [TrailLine]
    /// Where to go on: entries before this number; nil where there are none.
    public let next: Int64?
    /// How far back was looked, where that is not the beginning and not enough was found.
    public let lookedTo: Moment?
  }

  /// How many entries are looked through for a text at once.
  static let window: Int64 = 50_000

  /// Entries before a number, the latest first, by keys and not by counting: as quick at the end as at the beginning.
  public func trail(
    _ filter: TrailFilter, before: Int64?, most: Int, by signer: Signer, at now: Moment
  ) throws -> TrailPage {
    try reading(signer, at: now) { desk in
      try desk.allow(.readTrail, Matter(office: filter.office))
      let db = desk.db
      let all = try db.integer("SELECT max(id) FROM event") ?? 0
      var high = min(before ?? all + 1, all + 1)
      var low: Int64 = 1
      if let from = filter.from { low = try db.entry(since: Moment(startOf: from)) }
      if let last = filter.last {
        high = min(
          high,
          try db.entry(since: Moment(startOf: last.adding(days: 1)).adding(seconds: TrailScan.slack)) + 1)
      }
      // A text that stands nowhere would have the whole trail read: it is looked for piece by piece.
      let bottom = filter.text.isEmpty ? low : max(low, high - Registry.window)
      guard bottom < high else { return TrailPage(lines: [], next: nil, lookedTo: nil) }
      var scan = TrailScan(desk: desk, filter: filter)
      let rows = try scan.rows(from: bottom, before: high, most: most + 1)
      let lines = try rows.prefix(most).map { try scan.line($0) }
      if rows.count > most { return TrailPage(lines: lines, next: lines.last?.entry.number, lookedTo: nil) }
      guard bottom > low else { return TrailPage(lines: lines, next: nil, lookedTo: nil) }
      let at = try db.integer("SELECT made_at FROM event WHERE id = ?", bottom)
      return TrailPage(lines: lines, next: bottom, lookedTo: at.map { Moment(seconds: $0) })
    }
  }
}

/// One look at the trail.
private struct TrailScan {
  let desk: Desk
  let filter: Registry.TrailFilter
  private var discretion: Discretion

  /// A clock may be set back by so many seconds while it runs.
  static let slack: Int64 = 600

  init(desk: Desk, filter: Registry.TrailFilter) {
    self.desk = desk
    self.filter = filter
    discretion = Discretion(desk: desk)
  }

  func rows(from low: Int64, before high: Int64, most: Int) throws -> [Row] {
    let db = desk.db
    var parts = ["event.id >= ? AND event.id < ?"]
    var values: StatementArguments = [low, high]
    func add(_ sql: String, _ value: (any DatabaseValueConvertible)?) {
      parts.append(sql)
      values += [value]
    }
    // What is not there has no entries.
    if let cycle = filter.cycle {
      add("event.cycle = ?", try db.integer("SELECT id FROM cycle WHERE code = ?", cycle.text))
    }
    if let office = filter.office {
      add("event.office = ?", try db.integer("SELECT id FROM office WHERE code = ?", office.text))
    }
    if let person = filter.person {
      add("event.person = ?", try db.integer("SELECT id FROM person WHERE code = ?", person.text))
    }
    if let act = filter.act { add("event.act = ?", act.rawValue) }
    if let from = filter.from { add("event.made_at >= ?", Moment(startOf: from).seconds) }
    if let last = filter.last { add("event.made_at < ?", Moment(startOf: last.adding(days: 1)).seconds) }
    if let like = Like.containing(filter.text) {
      parts.append(
        "(event.subject LIKE ? ESCAPE '\\' OR \(Discretion.isOpenToAll) AND payload LIKE ? ESCAPE '\\')")
      values += [like, like]
    }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT event.id AS id, row_table, event.cycle AS cycle_id, event.office AS office_id,
          event.made_at AS made_at, actor.code AS person, actor.name AS person_name, is_console, act,
          office.code AS office, office.name_th AS name_th, office.name_en AS name_en, cycle.code AS cycle, subject,
          payload, event.digest AS digest, about.code AS about, about.name AS about_name
        FROM event LEFT JOIN person AS actor ON actor.id = event.person
        LEFT JOIN office ON office.id = event.office LEFT JOIN cycle ON cycle.id = event.cycle
        LEFT JOIN event_payload ON event_payload.event = event.id
        LEFT JOIN person AS about ON subject LIKE 'person %' AND about.id = CAST(substr(subject, 8) AS INTEGER)
        WHERE \(parts.joined(separator: " AND ")) ORDER BY event.id DESC LIMIT ?
        """, arguments: values + [most])
  }

  mutating func line(_ row: Row) throws -> Registry.TrailLine {
    let thai: String? = row["name_th"]
    return Registry.TrailLine(
      entry: try Registry.TrailEntry(row, &discretion), personName: row["person_name"],
      officeName: thai.map { Words(thai: $0, english: row["name_en"]) },
      subject: (row["about"] as String?).map { Code($0) }, subjectName: row["about_name"],
      table: row["row_table"])
  }
}

extension Database {
  /// The first entry that was made at a moment or later, found by halving: numbers and moments go up together.
  fileprivate func entry(since moment: Moment) throws -> Int64 {
    let sought = moment.seconds - TrailScan.slack
    var (low, high) = (Int64(1), (try integer("SELECT max(id) FROM event") ?? 0) + 1)
    while low < high {
      let middle = (low + high) / 2
      if (try integer("SELECT made_at FROM event WHERE id = ?", middle) ?? 0) < sought {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

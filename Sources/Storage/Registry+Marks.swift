import Foundation
import GRDB
public import Integrity

/// Marks that are not finished: kept as an assessor goes, seen by nobody else but one who is about to judge the same, and
/// gone with the finding they become. None of it goes on the trail; what becomes a finding does.
extension Registry {
  /// Somebody's unfinished mark.
  public struct Unfinished: Hashable, Sendable {
    public let person: ID<Person>
    public let name: String
    public let mark: Mark
    /// When each link was looked at first as it stands.
    public let seen: [Seen]
    public let captures: [Capture]
    public let revision: Int
    public let savedAt: Moment
  }

  /// What a page had seen of a disclosure when it was made. If anything is otherwise by the time its form comes back,
  /// somebody else has been there, or the same person at another window.
  public struct Sighting: Hashable, Sendable {
    /// Of one's own unfinished mark; 0 where there was none.
    public var revision: Int
    /// The last finding; 0 where there was none.
    public var finding: Int64
    /// Others who were at it, too.
    public var others: Set<Int64>

    public init(revision: Int = 0, finding: Int64 = 0, others: Set<Int64> = []) {
      self.revision = revision
      self.finding = finding
      self.others = others
    }

    /// In a field of a form: `3.17.4-9`.
    public var text: String {
      "\(revision).\(finding).\(others.sorted().map(String.init).joined(separator: "-"))"
    }

    /// nil for what no page of ours has written.
    public init?(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 3, let revision = Int(parts[0]), let finding = Int64(parts[1]) else { return nil }
      let others = parts[2].split(separator: "-").map { Int64($0) }
      guard !others.contains(nil) else { return nil }
      self.init(revision: revision, finding: finding, others: Set(others.compactMap { $0 }))
    }

    /// Whether what was seen is still all there is.
    public func covers(_ now: Sighting) -> Bool {
      revision == now.revision && finding == now.finding && now.others.isSubset(of: others)
    }
  }

  /// How an unfinished mark was kept, and whom else it met.
  public struct Kept: Hashable, Sendable {
    public let revision: Int
    public let others: [Unfinished]
    /// Somebody else's finding, made since the page was.
    public let finding: Found?
  }

  /// Keeps what an assessor has put down so far. What says nothing is taken away, what says the same is left alone.
  ///
  /// - Parameter seen: what the page had seen; only its revision matters here.
  /// - Throws: `StorageProblem.stale` where it was saved from another window meanwhile.
  @discardableResult
  public func keep(
    _ mark: Mark, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, seeing seen: Sighting,
    by signer: Signer, at now: Moment
  ) throws -> Kept {
    try drafting(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      let held = try desk.ownMark(on: disclosure)
      guard (held?.revision ?? 0) == seen.revision else {
        throw StorageProblem.stale(by: try desk.signer().name, at: held?.savedAt ?? now)
      }
      let revision = try desk.put(mark, over: held, on: disclosure)
      let found = try desk.lastFinding(on: disclosure)
      return Kept(
        revision: revision, others: try desk.othersMarks(on: disclosure),
        finding: found.flatMap { $0.id == seen.finding ? nil : $0 })
    }
  }

  /// Throws away what was put down and not finished.
  public func dropMark(
    on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws {
    try drafting(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      try desk.dropMark(on: disclosure)
    }
  }

  /// A way through the second door for what only its writer has put down: asked for like every act, and without an entry,
  /// since the trail would else be a diary of every tick that was set and taken back.
  func drafting<T>(_ signer: Signer, at now: Moment, _ body: (Desk) throws -> T) throws -> T {
    try upkeep { db in
      if let form = signer.form { try db.spend(form: form, at: now) }
      return try body(try Desk(db, self, signer, now))
    }
  }

  /// Takes away what nobody can finish any more: the results of its cycle are out.
  func dropMarksOfPublished() throws {
    try upkeep { db in
      try db.run("DELETE FROM mark WHERE cycle IN (SELECT id FROM cycle WHERE stage = 'published')")
    }
  }
}

extension Desk {
  func ownMark(on disclosure: Disclosure) throws -> Registry.Unfinished? {
    try marks("person = ?", actor?.id, on: disclosure).first
  }

  /// What others who may judge it as well have put down and not finished.
  func othersMarks(on disclosure: Disclosure) throws -> [Registry.Unfinished] {
    try marks("person <> ?", actor?.id, on: disclosure).filter {
      disclosure.matter.assignees.contains($0.person)
    }
  }

  private func marks(_ condition: String, _ person: Int64?, on disclosure: Disclosure) throws -> [Registry
    .Unfinished]
  {
    let rows = try db.rows(
      """
      SELECT mark.*, name FROM mark JOIN person ON person.id = mark.person
      WHERE cycle = ? AND office = ? AND item = ? AND mark.\(condition) ORDER BY mark.id
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text, person)
    return try rows.map { row in
      Registry.Unfinished(row, captures: try db.captures(ofMark: row["id"]))
    }
  }

  /// What stands now where a page is about to be made, or its form has come back.
  func sighting(of disclosure: Disclosure) throws -> Registry.Sighting {
    Registry.Sighting(
      revision: try ownMark(on: disclosure)?.revision ?? 0,
      finding: try lastFinding(on: disclosure)?.id ?? 0,
      others: Set(try othersMarks(on: disclosure).map(\.person.rawValue)))
  }

  /// When each link was seen as a mark says: as it stands since before, or now.
  func seen(_ mark: Mark, over held: Registry.Unfinished?) -> [Registry.Seen] {
    mark.looks.map { look in
      held?.seen.first { $0.link == look.link && $0.state == look.state }
        ?? Registry.Seen(link: look.link, state: look.state, at: now)
    }
  }

  /// - Returns: the revision it has now; 0 where nothing is kept.
  func put(_ mark: Mark, over held: Registry.Unfinished?, on disclosure: Disclosure) throws -> Int {
    if mark == held?.mark { return held?.revision ?? 0 }
    if mark.isEmpty, held?.captures.isEmpty ?? true {
      try dropMark(on: disclosure)
      return 0
    }
    let seen = seen(mark, over: held)
    let looks = seen.map {
      Canonical.strings([$0.link, $0.state.rawValue, "\($0.at.seconds)"])
    }
    try db.run(
      """
      INSERT INTO mark (cycle, office, item, person, revision, found, missing, judgement, value, number, reason_code,
        reason, note, looks, begun_at, saved_at) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (cycle, office, item, person) DO UPDATE SET revision = revision + 1, found = excluded.found,
        missing = excluded.missing, judgement = excluded.judgement, value = excluded.value, number = excluded.number,
        reason_code = excluded.reason_code, reason = excluded.reason, note = excluded.note, looks = excluded.looks,
        saved_at = excluded.saved_at
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text, actor?.id,
      Canonical.strings(mark.found.map(\.text).sorted()),
      Canonical.strings(mark.missing.map(\.text).sorted()), mark.verdict?.kind ?? "",
      mark.verdict?.value ?? "", mark.number, mark.code?.rawValue, mark.reason, mark.note,
      "[" + looks.joined(separator: ",") + "]", now.seconds, now.seconds)
    return (held?.revision ?? 0) + 1
  }

  func dropMark(on disclosure: Disclosure) throws {
    try db.run(
      "DELETE FROM mark WHERE cycle = ? AND office = ? AND item = ? AND person = ?", disclosure.cycle,
      disclosure.office, disclosure.item.code.text, actor?.id)
  }
}

extension Registry.Unfinished {
  fileprivate init(_ row: Row, captures: [Registry.Capture]) {
    let looks = Canonical.texts(row["looks"]) ?? []
    seen = stride(from: 0, to: looks.count - 2, by: 3).map { place in
      Registry.Seen(
        link: looks[place], state: LinkState(rawValue: looks[place + 1]) ?? .opened,
        at: Moment(seconds: Int64(looks[place + 2]) ?? 0))
    }
    func keys(_ column: String) -> Set<Key> {
      Set((Canonical.texts(row[column]) ?? []).map { Key($0) })
    }
    person = ID(row["person"])
    name = row["name"]
    mark = Mark(
      found: keys("found"), missing: keys("missing"),
      verdict: Judgement(kind: row["judgement"], value: row["value"]), number: row["number"],
      code: (row["reason_code"] as String?).flatMap(ReasonCode.init), reason: row["reason"],
      note: row["note"], looks: seen.map { Mark.Look($0.link, $0.state) })
    self.captures = captures
    revision = row["revision"]
    savedAt = Moment(seconds: row["saved_at"])
  }
}

import Foundation
import GRDB
public import Integrity

/// Finishing a mark, taking the last one back, and asking the lead: findings are added, whichever it is.
extension Registry {
  /// A finding as it was made.
  public struct Found: Hashable, Sendable {
    public let id: Int64
    public let judgement: Judgement
    public let code: ReasonCode?
    public let reason: String
    /// What the lead was asked; empty where nothing was.
    public let note: String
    public let assessor: ID<Person>
    public let name: String
    public let at: Moment
    /// The finding that it takes back.
    public let undoes: Int64?

    /// Whether nobody has judged: it was taken back, or the lead is to say.
    public var isOpen: Bool { judgement == .pending }
  }

  /// Makes a finding of a mark, and takes the mark away.
  ///
  /// - Parameters:
  ///   - seen: what the page had seen when it was made.
  ///   - isAsking: leaves the disclosure open, with the mark's note to the lead.
  /// - Returns: the finding's number.
  /// - Throws: `StorageProblem.stale` where somebody has judged it meanwhile, is at it too, or it was saved from another
  ///   window; `StorageProblem.invalid` where something is missing.
  @discardableResult
  public func finish(
    _ mark: Mark, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, seeing seen: Sighting,
    isAsking: Bool = false, by signer: Signer, at now: Moment
  ) throws -> Int64 {
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      let held = try desk.ownMark(on: disclosure)
      try desk.insist(on: seen, held, disclosure)
      let judgement = try isAsking ? Judgement.pending : mark.finished(disclosure.item)
      if isAsking, mark.note.isEmpty {
        throw StorageProblem.invalid(
          "say what the lead assessor is to decide", thai: "โปรดระบุเรื่องที่ขอให้หัวหน้าผู้ตรวจประเมินตัดสิน")
      }
      let row = try desk.put(
        Finding(judgement, reason: mark.reason), .first, .judge, disclosure, desk.seen(mark, over: held),
        code: isAsking ? nil : mark.code, note: isAsking ? mark.note : "")
      try desk.put(held?.captures ?? [], with: row, disclosure)
      try desk.dropMark(on: disclosure)
      return row
    }
  }

  /// Takes back the last finding on a disclosure, which has to be the signer's own: what stood before is found again, or
  /// it is open as before. Both stay on the trail.
  ///
  /// - Parameter finding: the one that is to be taken back.
  /// - Throws: `StorageProblem.stale` where it is not the last one any more.
  public func undo(
    _ finding: Int64, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer,
    at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      let findings = try desk.findings(on: disclosure)
      guard let last = findings.last else {
        throw StorageProblem.unknown(what: "finding on", code: item.text)
      }
      guard last.id == finding, last.assessor.rawValue == desk.actor?.id else {
        throw StorageProblem.stale(by: last.name, at: last.at)
      }
      let before = findings.dropLast().last
      let row = try desk.put(
        Finding(before?.judgement ?? .pending, reason: before?.reason ?? ""), .first, .judge, disclosure, [],
        code: before?.code, note: before?.note ?? "", undoes: last.id)
      // What was seen belongs to what is said again.
      if let before {
        try desk.copySeen(from: before.id, to: row, disclosure)
        try desk.put(try desk.db.captures(ofFinding: before.id), with: row, disclosure)
      }
    }
  }

  /// A disclosure that waits for the lead assessor.
  public struct Asked: Hashable, Sendable {
    public let office: Code<Office>
    public let officeName: Words
    public let item: Code<Node>
    public let note: String
    public let assessor: Code<Person>
    public let name: String
    public let at: Moment
  }

  /// Disclosures that assessors have left to the lead, the longest waiting first; for whoever assigns in the cycle.
  public func asked(of cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws -> [Asked] {
    try reading(signer, at: now) { desk in
      let (id, _, _, matter) = try desk.matter(of: nil, in: cycle)
      try desk.allow(.readProgress, matter)
      return try desk.db.rows(
        """
        SELECT office.code AS office, participant.name_th AS name_th, participant.name_en AS name_en, finding.item AS item,
          finding.note AS note, person.code AS person, person.name AS name, finding.made_at AS made_at
        FROM finding JOIN office ON office.id = finding.office
        JOIN participant ON participant.cycle = finding.cycle AND participant.office = finding.office
        JOIN person ON person.id = finding.assessor
        WHERE finding.cycle = ? AND finding.judgement = 'pending' AND finding.note <> '' AND NOT EXISTS (
          SELECT 1 FROM finding AS later WHERE later.cycle = finding.cycle AND later.office = finding.office
            AND later.item = finding.item AND later.id > finding.id)
        ORDER BY finding.id
        """, id
      ).map { row in
        Asked(
          office: Code(row["office"]), officeName: Words(thai: row["name_th"], english: row["name_en"]),
          item: Code(row["item"]), note: row["note"], assessor: Code(row["person"]), name: row["name"],
          at: Moment(seconds: row["made_at"]))
      }
    }
  }
}

extension Mark {
  /// - Throws: `StorageProblem.invalid` where something is missing.
  fileprivate func finished(_ item: Item) throws -> Judgement {
    guard gaps(for: item).isEmpty, let judgement = judgement(of: item) else {
      throw StorageProblem.invalid(
        "\(item.code): the mark is not complete; say what was found, and why where it is below full marks",
        thai: "\(item.code): ผลการตรวจยังไม่ครบ โปรดระบุสิ่งที่พบ และเหตุผลหากไม่ได้คะแนนเต็ม")
    }
    return judgement
  }
}

extension Desk {
  /// Every first finding on a disclosure, in the order they were made.
  func findings(on disclosure: Disclosure) throws -> [Registry.Found] {
    try db.rows(
      """
      SELECT finding.*, name FROM finding JOIN person ON person.id = finding.assessor
      WHERE cycle = ? AND office = ? AND item = ? AND stage = 'first' ORDER BY finding.id
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text
    ).compactMap(Registry.Found.init)
  }

  func lastFinding(on disclosure: Disclosure) throws -> Registry.Found? {
    try db.row(
      """
      SELECT finding.*, name FROM finding JOIN person ON person.id = finding.assessor
      WHERE cycle = ? AND office = ? AND item = ? AND stage = 'first' ORDER BY finding.id DESC LIMIT 1
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text
    ).flatMap(Registry.Found.init)
  }

  /// - Throws: `StorageProblem.stale`, naming whoever else has been there.
  fileprivate func insist(
    on seen: Registry.Sighting, _ held: Registry.Unfinished?, _ disclosure: Disclosure
  ) throws {
    let last = try lastFinding(on: disclosure)
    if let last, last.id != seen.finding { throw StorageProblem.stale(by: last.name, at: last.at) }
    if let held, held.revision != seen.revision {
      throw StorageProblem.stale(by: held.name, at: held.savedAt)
    }
    let others = try othersMarks(on: disclosure)
    if let other = others.first(where: { !seen.others.contains($0.person.rawValue) }) {
      throw StorageProblem.stale(by: other.name, at: other.savedAt)
    }
  }

  fileprivate func copySeen(from finding: Int64, to row: Int64, _ disclosure: Disclosure) throws {
    for seen in try db.rows(
      "SELECT link, state, seen_at FROM finding_seen WHERE finding = ? ORDER BY id", finding)
    {
      let id = try db.insert(
        "INSERT INTO finding_seen (finding, link, state, seen_at) VALUES (?, ?, ?, ?)", row,
        seen["link"] as String, seen["state"] as String, seen["seen_at"] as Int64)
      try record(
        .judge, disclosure.item.code.text, cycle: disclosure.cycle, office: disclosure.office,
        row: "finding_seen", id)
    }
  }
}

extension Registry.Found {
  init?(_ row: Row) {
    guard let judgement = Judgement(kind: row["judgement"], value: row["value"]) else { return nil }
    self.init(
      id: row["id"], judgement: judgement, code: (row["reason_code"] as String?).flatMap(ReasonCode.init),
      reason: row["reason"], note: row["note"], assessor: ID(row["assessor"]), name: row["name"],
      at: Moment(seconds: row["made_at"]), undoes: row["undoes"])
  }
}

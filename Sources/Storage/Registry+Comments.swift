import Foundation
import GRDB
public import Integrity

/// Sentences an assessor uses again and again: their own, seen by nobody else, and so on no trail.
extension Registry {
  /// A sentence of a comment bank.
  public struct Comment: Hashable, Sendable {
    public let id: Int64
    /// The stable key of the disclosure it is for; nil for every one.
    public let item: Key?
    /// The reason it goes with.
    public let code: ReasonCode?
    public let text: String
  }

  /// The most sentences somebody keeps, and the longest of them.
  public static let mostComments = 200
  public static let longestComment = 2000

  /// One's own comment bank: those for every item first, then by item, each in the order they were written.
  public func comments(by signer: Signer, at now: Moment) throws -> [Comment] {
    try reading(signer, at: now) { desk in
      let actor = try desk.insistOnAssessor()
      return try desk.db.rows(
        "SELECT id, item, reason_code, text FROM comment WHERE person = ? ORDER BY item IS NOT NULL, item, id",
        actor.id
      ).map(Comment.init)
    }
  }

  /// Writes a sentence down, or another in its place.
  ///
  /// - Parameter id: of the one that is changed; nil for a new one.
  public func keepComment(
    _ text: String, for item: Key?, code: ReasonCode?, over id: Int64? = nil, by signer: Signer,
    at now: Moment
  ) throws {
    guard !text.isEmpty, text.count <= Registry.longestComment else {
      throw StorageProblem.invalid(
        "write a sentence of at most \(Registry.longestComment) letters",
        thai: "โปรดพิมพ์ข้อความไม่เกิน \(Registry.longestComment) ตัวอักษร")
    }
    try drafting(signer, at: now) { desk in
      let actor = try desk.insistOnAssessor()
      if let id {
        try desk.db.run(
          "UPDATE comment SET text = ?, item = ?, reason_code = ?, changed_at = ? WHERE id = ? AND person = ?",
          text, item?.text, code?.rawValue, now.seconds, id, actor.id)
        guard desk.db.changesCount == 1 else { throw StorageProblem.unknown(what: "comment", code: "\(id)") }
        return
      }
      let count = try desk.db.integer("SELECT count(*) FROM comment WHERE person = ?", actor.id) ?? 0
      guard count < Registry.mostComments else {
        throw StorageProblem.invalid(
          "there are \(Registry.mostComments) sentences already; delete some first",
          thai: "คลังข้อความมีครบ \(Registry.mostComments) ข้อความแล้ว โปรดลบข้อความที่ไม่ใช้ก่อน")
      }
      try desk.db.run(
        "INSERT INTO comment (person, item, reason_code, text, changed_at) VALUES (?, ?, ?, ?, ?)", actor.id,
        item?.text, code?.rawValue, text, now.seconds)
    }
  }

  /// Deletes a sentence of one's own; nothing happens where it is gone.
  public func dropComment(_ id: Int64, by signer: Signer, at now: Moment) throws {
    try drafting(signer, at: now) { desk in
      let actor = try desk.insistOnAssessor()
      try desk.db.run("DELETE FROM comment WHERE id = ? AND person = ?", id, actor.id)
    }
  }
}

extension Desk {
  /// The actor's sentences for one item, then those for all.
  func comments(for item: Item) throws -> [Registry.Comment] {
    try db.rows(
      """
      SELECT id, item, reason_code, text FROM comment WHERE person = ? AND (item IS NULL OR item = ?)
      ORDER BY item IS NULL, id
      """, actor?.id, item.key.text
    ).map(Registry.Comment.init)
  }
}

extension Registry.Comment {
  fileprivate init(_ row: Row) {
    self.init(
      id: row["id"], item: (row["item"] as String?).map { Key($0) },
      code: (row["reason_code"] as String?).flatMap(ReasonCode.init), text: row["text"])
  }
}

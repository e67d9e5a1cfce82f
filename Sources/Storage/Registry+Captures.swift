import Crypto
public import Foundation
import GRDB
public import Integrity

/// Pictures and prints of what an assessor saw, kept with the mark and then with the finding it becomes.
extension Registry {
  /// A capture, by its file.
  public struct Capture: Hashable, Sendable {
    public let name: String
    /// In hexadecimal.
    public let digest: String
    public let bytes: Int
    /// The link it shows; empty where that was not said.
    public let link: String
    public let at: Moment
  }

  /// The most captures of one mark.
  public static let mostCaptures = 10

  /// Keeps a mark with a capture more.
  ///
  /// - Parameters:
  ///   - handle: can be read twice.
  ///   - seen: what the page had seen.
  public func keepCapture(
    _ name: String, of link: String, from handle: FileHandle, with mark: Mark, on item: Code<Node>,
    of office: Code<Office>, in cycle: Code<Cycle>, seeing seen: Sighting, by signer: Signer, at now: Moment
  ) throws {
    let (digest, size) = try measured(handle, name)
    if let free = Registry.freeBytes(path), free < settings.reserve + size { throw StorageProblem.full }
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      let held = try desk.keep(mark, on: disclosure, seeing: seen)
      if held?.captures.contains(where: { $0.digest == Digest.hex(digest) }) == true {
        throw StorageProblem.taken(what: "file", code: name)
      }
      guard held?.captures.count ?? 0 < Registry.mostCaptures else {
        throw StorageProblem.invalid(
          "there are \(Registry.mostCaptures) captures already; take one away first",
          thai: "แนบภาพไว้ครบ \(Registry.mostCaptures) ไฟล์แล้ว โปรดลบไฟล์เดิมก่อน")
      }
      let known = try desk.db.integer("SELECT id FROM blob WHERE digest = ?", digest)
      let blob = try known ?? desk.putPieces(of: handle, digest: digest, size: size)
      let row = try desk.markRow(of: held, on: disclosure)
      try desk.db.run(
        "INSERT INTO mark_capture (mark, blob, name, link, made_at) VALUES (?, ?, ?, ?, ?)", row, blob, name,
        link, now.seconds)
      try desk.record(
        .judge, item.text, cycle: disclosure.cycle, office: disclosure.office,
        payload: [("file", Canonical.string(Digest.hex(digest))), ("size", "\(size)")])
    }
  }

  /// Keeps a mark without one of its captures.
  public func dropCapture(
    _ digest: String, with mark: Mark, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>,
    seeing seen: Sighting, by signer: Signer, at now: Moment
  ) throws {
    try drafting(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      _ = try desk.keep(mark, on: disclosure, seeing: seen)
      try desk.db.run(
        """
        DELETE FROM mark_capture WHERE blob = (SELECT id FROM blob WHERE digest = ?) AND mark =
          (SELECT id FROM mark WHERE cycle = ? AND office = ? AND item = ? AND person = ?)
        """, Digest.bytes(hex: digest) ?? Data(), disclosure.cycle, disclosure.office, item.text,
        desk.actor?.id)
    }
  }

  /// Writes a capture out: one's own with an unfinished mark, or one with a finding for whoever may read findings.
  public func writeCapture(
    _ digest: String, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>,
    to handle: FileHandle, by signer: Signer, at now: Moment
  ) throws {
    try reading(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.readFinding, disclosure.matter)
      let blob = try desk.db.integer(
        """
        SELECT blob.id FROM blob WHERE digest = ? AND (
          EXISTS (SELECT 1 FROM finding_capture JOIN finding ON finding.id = finding_capture.finding
            WHERE finding_capture.blob = blob.id AND cycle = ? AND office = ? AND item = ?)
          OR EXISTS (SELECT 1 FROM mark_capture JOIN mark ON mark.id = mark_capture.mark
            WHERE mark_capture.blob = blob.id AND cycle = ? AND office = ? AND item = ? AND person = ?))
        """, Digest.bytes(hex: digest) ?? Data(), disclosure.cycle, disclosure.office, item.text,
        disclosure.cycle, disclosure.office, item.text, desk.actor?.id)
      guard let blob else { throw StorageProblem.unknown(what: "file", code: digest) }
      try desk.db.writePieces(of: blob, to: handle)
    }
  }
}

extension Desk {
  /// - Returns: the mark as it is then; nil where it says nothing.
  fileprivate func keep(
    _ mark: Mark, on disclosure: Disclosure, seeing seen: Registry.Sighting
  ) throws -> Registry.Unfinished? {
    let held = try ownMark(on: disclosure)
    guard (held?.revision ?? 0) == seen.revision else {
      throw StorageProblem.stale(by: try signer().name, at: held?.savedAt ?? now)
    }
    _ = try put(mark, over: held, on: disclosure)
    return try ownMark(on: disclosure)
  }

  /// The mark's own number; one that says nothing yet is begun.
  fileprivate func markRow(of held: Registry.Unfinished?, on disclosure: Disclosure) throws -> Int64 {
    let place = (disclosure.cycle, disclosure.office, disclosure.item.code.text)
    if held == nil {
      try db.run(
        """
        INSERT INTO mark (cycle, office, item, person, revision, found, missing, judgement, value, number, reason, note,
          looks, begun_at, saved_at) VALUES (?, ?, ?, ?, 1, '[]', '[]', '', '', '', '', '', '[]', ?, ?)
        """, place.0, place.1, place.2, actor?.id, now.seconds, now.seconds)
    } else {
      try db.run(
        """
        UPDATE mark SET revision = revision + 1, saved_at = ? WHERE cycle = ? AND office = ? AND item = ? AND person = ?
        """, now.seconds, place.0, place.1, place.2, actor?.id)
    }
    let row = try db.integer(
      "SELECT id FROM mark WHERE cycle = ? AND office = ? AND item = ? AND person = ?", place.0, place.1,
      place.2, actor?.id)
    guard let row else { throw StorageProblem.unknown(what: "disclosure", code: place.2) }
    return row
  }

  /// Ties captures to a finding.
  func put(_ captures: [Registry.Capture], with finding: Int64, _ disclosure: Disclosure) throws {
    for capture in captures {
      let id = try db.insert(
        """
        INSERT INTO finding_capture (finding, blob, name, link, made_at)
        VALUES (?, (SELECT id FROM blob WHERE digest = ?), ?, ?, ?)
        """, finding, Digest.bytes(hex: capture.digest), capture.name, capture.link, capture.at.seconds)
      try record(
        .judge, disclosure.item.code.text, cycle: disclosure.cycle, office: disclosure.office,
        row: "finding_capture", id)
    }
  }
}

extension Database {
  func captures(ofMark mark: Int64) throws -> [Registry.Capture] {
    try captures(
      """
      SELECT name, digest, size, link, made_at FROM mark_capture JOIN blob ON blob.id = mark_capture.blob
      WHERE mark = ? ORDER BY made_at, blob.id
      """, mark)
  }

  func captures(ofFinding finding: Int64) throws -> [Registry.Capture] {
    try captures(
      """
      SELECT name, digest, size, link, made_at FROM finding_capture JOIN blob ON blob.id = finding_capture.blob
      WHERE finding = ? ORDER BY finding_capture.id
      """, finding)
  }

  private func captures(_ sql: String, _ id: Int64) throws -> [Registry.Capture] {
    try rows(sql, id).map { row in
      Registry.Capture(
        name: row["name"], digest: Digest.hex(row["digest"] as Data), bytes: row["size"], link: row["link"],
        at: Moment(seconds: row["made_at"]))
    }
  }

  /// Piece after piece: memory stays flat however large the file is.
  func writePieces(of blob: Int64, to handle: FileHandle) throws {
    let cursor = try Row.fetchCursor(
      self, sql: "SELECT bytes FROM blob_piece WHERE blob = ? ORDER BY position", arguments: [blob])
    while let row = try cursor.next() { try handle.write(contentsOf: row["bytes"] as Data) }
  }
}

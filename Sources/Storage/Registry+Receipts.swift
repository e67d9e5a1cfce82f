import Foundation
import GRDB
public import Integrity

/// What an office is given in hand when it has submitted.
extension Registry {
  /// What a director has signed.
  public struct Receipt: Hashable, Sendable {
    /// `OIT-2568-4001-02`: the instrument, the cycle, the office and which of the office's receipts it is.
    public let number: String
    public let cycle: Code<Cycle>
    public let office: Code<Office>
    public let items: [Code<Node>]
    /// Pieces of evidence in what was submitted.
    public let links: Int
    public let files: Int
    /// What applies to the office and had not been submitted then.
    public let notSent: [Code<Node>]
    /// SHA-256 in hexadecimal of everything submitted.
    public let digest: String
    public let at: Moment
    public let signer: String
    /// In what capacity, where the signer acts for the head.
    public let acting: Acting?
  }

  /// One receipt of an office, for whoever may see what it submitted.
  public func receipt(
    _ number: String, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> Receipt {
    try reading(signer, at: now) { desk in
      let (id, officeID, matter) = try desk.reading(office, in: cycle)
      try desk.allow(.readSubmission, matter)
      let found = try desk.db.receipts(of: officeID, in: id, rubric(desk.db, id))
      guard let receipt = found.first(where: { $0.number == number }) else {
        throw StorageProblem.unknown(what: "receipt", code: number)
      }
      return receipt
    }
  }

  /// What was submitted with a receipt, as it was then, in the order of the receipt.
  public func submitted(
    with number: String, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> [Submission] {
    try reading(signer, at: now) { desk in
      let (id, officeID, matter) = try desk.reading(office, in: cycle)
      try desk.allow(.readSubmission, matter)
      let row = try desk.db.row(
        "SELECT items FROM receipt WHERE cycle = ? AND office = ? AND number = ?", id, officeID, number)
      guard let row, let versions = ReceiptItem.list(row["items"]) else {
        throw StorageProblem.unknown(what: "receipt", code: number)
      }
      let sent = try desk.db.submissions(
        among:
          "SELECT id FROM submission WHERE cycle = ? AND office = ? AND state IN ('submitted', 'recalled')",
        [id, officeID])
      let found = Dictionary(sent.map { (ReceiptItem(item: $0.item, version: $0.version), $0) }) { a, _ in a }
      return versions.compactMap { found[$0] }
    }
  }
}

extension Desk {
  /// Gives the office a receipt for versions that have just been submitted, and puts it on the trail.
  func giveReceipt(
    for versions: [ReceiptItem], _ instrument: Code<Node>, in cycle: (id: Int64, code: Code<Cycle>),
    of office: (id: Int64, code: Code<Office>), _ acting: Acting?
  ) throws -> Registry.Receipt {
    let digest = Digest.of(try db.manifest(of: versions, office.id, in: cycle.id) ?? "")
    let kinds = try versions.flatMap { version in
      try db.rows(
        """
        SELECT kind FROM evidence JOIN submission ON submission.id = evidence.submission
        WHERE cycle = ? AND office = ? AND item = ? AND version = ?
        """, cycle.id, office.id, version.item.text, version.version
      ).map { $0["kind"] as String }
    }
    let number = try freeNumber("\(instrument)-\(cycle.code)-\(office.code)", cycle.id, office.id)
    let row = try db.insert(
      """
      INSERT INTO receipt (cycle, office, number, digest, items, links, files, person, capacity, order_number,
        order_day, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, cycle.id, office.id, number, digest, ReceiptItem.json(versions), kinds.count { $0 == "link" },
      kinds.count { $0 == "file" }, actor?.id, acting?.capacity.rawValue, acting?.order,
      acting?.date.description, now.seconds)
    try record(.submit, number, cycle: cycle.id, office: office.id, row: "receipt", row)
    let all = try db.receipts(of: office.id, in: cycle.id, registry.rubric(db, cycle.id))
    guard let receipt = all.first(where: { $0.number == number }) else {
      preconditionFailure("a receipt that was written is not there")
    }
    return receipt
  }

  /// The next running number. Codes may have hyphens, so that another office may have taken one of the same letters.
  private func freeNumber(_ prefix: String, _ cycle: Int64, _ office: Int64) throws -> String {
    var running =
      try db.integer("SELECT count(*) FROM receipt WHERE cycle = ? AND office = ?", cycle, office) ?? 0
    while true {
      running += 1
      let number = "\(prefix)-\(running < 10 ? "0" : "")\(running)"
      if try db.integer("SELECT id FROM receipt WHERE number = ?", number) == nil { return number }
    }
  }
}

/// The version of a disclosure that a receipt is for.
struct ReceiptItem: Hashable {
  let item: Code<Node>
  let version: Int

  static func json(_ items: [ReceiptItem]) -> String {
    "[" + items.map { Canonical.strings([$0.item.text, "\($0.version)"]) }.joined(separator: ",") + "]"
  }

  /// nil for what no version of the program has written.
  static func list(_ json: String) -> [ReceiptItem]? {
    guard let texts = Canonical.texts(json), texts.count.isMultiple(of: 2) else { return nil }
    var items: [ReceiptItem] = []
    for index in stride(from: 0, to: texts.count, by: 2) {
      guard let version = Int(texts[index + 1]) else { return nil }
      items.append(ReceiptItem(item: Code(texts[index]), version: version))
    }
    return items
  }
}

extension Database {
  /// Everything that was submitted with these versions as JSON, the same whatever has become of them since; nil where one
  /// of them is not there. The columns are named: a table that gets another must not change what was signed.
  func manifest(of versions: [ReceiptItem], _ office: Int64, in cycle: Int64) throws -> String? {
    var manifest: [String] = []
    for version in versions {
      let submission = try row(
        """
        SELECT id, cycle, office, item, version, 'submitted' AS state, is_disclosed, note, made_by, made_at, revision
        FROM submission WHERE cycle = ? AND office = ? AND item = ? AND version = ?
        """, cycle, office, version.item.text, version.version)
      guard let submission else { return nil }
      let id: Int64 = submission["id"]
      let evidence = try rows(
        """
        SELECT evidence.id, submission, position, kind, text, blob, pointer, quote, nature, hex(digest) AS digest
        FROM evidence LEFT JOIN blob ON blob.id = evidence.blob WHERE submission = ? ORDER BY position
        """, id)
      let elements = try rows(
        "SELECT id, submission, element, place FROM submission_element WHERE submission = ? ORDER BY id", id)
      let rows = [submission] + evidence + elements
      manifest.append("[" + rows.map { Canonical.object($0) }.joined(separator: ",") + "]")
    }
    return "[" + manifest.joined(separator: ",") + "]"
  }

  /// The receipts of an office, latest first.
  func receipts(of office: Int64, in cycle: Int64, _ rubric: Rubric) throws -> [Registry.Receipt] {
    let found = try rows(
      """
      SELECT receipt.*, person.name AS signer, office.code AS office_code, cycle.code AS cycle_code FROM receipt
      JOIN person ON person.id = receipt.person JOIN office ON office.id = receipt.office
      JOIN cycle ON cycle.id = receipt.cycle WHERE cycle = ? AND office = ? ORDER BY receipt.id DESC
      """, cycle, office)
    if found.isEmpty { return [] }
    let moves = try rows(
      """
      SELECT submission_move.id AS id, item, version, submission_move.state AS state FROM submission
      JOIN submission_move ON submission = submission.id WHERE cycle = ? AND office = ?
        AND submission_move.state IN ('submitted', 'recalled') ORDER BY submission_move.id
      """, cycle, office
    ).map { row in
      SentMove(
        id: row["id"], version: ReceiptItem(item: Code(row["item"]), version: row["version"]),
        isSent: row["state"] == "submitted")
    }
    let asked = try participants(cycle, office: office).first.map { rubric.disclosures(for: $0.office) } ?? []
    return found.map { row in
      let versions = ReceiptItem.list(row["items"]) ?? []
      let sent = SentMove.sent(when: Set(versions), among: moves)
      var acting: Acting?
      if let capacity = (row["capacity"] as String?).flatMap(Acting.Capacity.init),
        let day = (row["order_day"] as String?).flatMap({ Day($0) })
      {
        acting = Acting(capacity, order: row["order_number"] ?? "", date: day)
      }
      return Registry.Receipt(
        number: row["number"], cycle: Code(row["cycle_code"]), office: Code(row["office_code"]),
        items: versions.map(\.item), links: row["links"], files: row["files"],
        notSent: asked.map(\.item.code).filter { !sent.contains($0) },
        digest: Digest.hex(row["digest"] as Data), at: Moment(seconds: row["made_at"]), signer: row["signer"],
        acting: acting)
    }
  }
}

/// A version was submitted, or taken back.
private struct SentMove {
  let id: Int64
  let version: ReceiptItem
  let isSent: Bool

  /// What stood submitted when these versions had just been.
  static func sent(when versions: Set<ReceiptItem>, among moves: [SentMove]) -> Set<Code<Node>> {
    let last = moves.last { $0.isSent && versions.contains($0.version) }?.id ?? 0
    var sent: Set<Code<Node>> = []
    for move in moves where move.id <= last {
      if move.isSent { sent.insert(move.version.item) } else { sent.remove(move.version.item) }
    }
    return sent
  }
}

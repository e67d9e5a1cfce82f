import Foundation
import GRDB
public import Integrity

/// The way of a disclosure from an officer to the director's signature.
extension Registry {
  /// Saves a draft: the answer, the note and all evidence as they are given now.
  public func draft(_ draft: DraftEntry, in cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws
    -> Submission
  {
    for evidence in draft.evidence {
      if case .link(let link) = evidence.content, let flaw = Evidence.flaw(ofLink: link) {
        throw StorageProblem.invalid("\(draft.item): \(flaw.english): \(link)")
      }
    }
    return try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(draft.item, of: draft.office, in: cycle)
      try desk.allow(.draft, disclosure.matter)
      let id = try desk.openDraft(disclosure, draft.item)
      try desk.db.run(
        "UPDATE submission SET is_disclosed = ?, note = ?, state = 'draft' WHERE id = ?", draft.isDisclosed,
        draft.note,
        id)
      try desk.db.run("DELETE FROM evidence WHERE submission = ?", id)
      for (position, evidence) in draft.evidence.enumerated() {
        try desk.put(evidence, at: position, of: id, office: disclosure.office)
      }
      try desk.record(
        .draft, draft.item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", id)
      return try desk.db.submission(id)
    }
  }

  /// A group's head passes a disclosure on to the director.
  public func pass(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String = "", by signer: Signer,
    at now: Moment
  ) throws -> Submission {
    try move(item, of: office, in: cycle, .pass, to: .ready, note: note, signer, now) { submission, item in
      let gaps = submission.gaps(for: item)
      guard gaps.isEmpty else {
        throw StorageProblem.invalid(
          "\(item.code) is not ready: \(gaps.map(\.title.english).joined(separator: "; "))")
      }
    }
  }

  /// Back to whoever prepares it, with what is to be done.
  public func sendBack(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String, by signer: Signer,
    at now: Moment
  ) throws -> Submission {
    guard !note.isEmpty else {
      throw StorageProblem.invalid("say what is to be done; it goes back with the note")
    }
    return try move(item, of: office, in: cycle, .sendBack, to: .returned, note: note, signer, now) { _, _ in
    }
  }

  /// What a director has signed.
  public struct Receipt: Hashable, Sendable {
    public let office: Code<Office>
    public let items: [Code<Node>]
    /// SHA-256 in hexadecimal of everything submitted.
    public let digest: String
    public let at: Moment
    public let signer: String
    /// In what capacity, where the signer acts for the head.
    public let acting: Acting?
  }

  /// Signs and submits for the office.
  ///
  /// - Parameter items: nil for everything that is ready.
  public func submit(
    _ items: [Code<Node>]?, of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> Receipt {
    try write(signer, at: now) { desk in
      let (id, officeID, rubric, matter) = try desk.matter(of: office, in: cycle)
      let ready = try desk.db.rows(
        "SELECT item FROM submission WHERE cycle = ? AND office = ? AND state = 'ready'", id, officeID
      ).map { Code<Node>($0["item"]) }
      let order = rubric.items.map(\.item.code) + rubric.deductions.map(\.code)
      let chosen = items ?? order.filter(ready.contains)
      guard !chosen.isEmpty else {
        // Asked for the refusal's sake: whoever may not sign is told that first.
        if let refusal = Conduct.may(.submit, in: matter.with(.ready), by: try desk.signer(), at: now) {
          throw refusal
        }
        throw StorageProblem.invalid("nothing is ready to be signed; group heads pass disclosures on first")
      }
      var manifest: [String] = []
      var acting: Acting?
      for item in chosen {
        let disclosure = try desk.disclosure(item, of: office, in: cycle)
        try desk.allow(.submit, disclosure.matter)
        guard let latest = disclosure.latest else { continue }
        acting = try desk.signer().grant(.director, for: office, on: now.day)?.acting
        try desk.db.run("UPDATE submission SET state = 'submitted' WHERE id = ?", latest["id"] as Int64)
        try desk.noteMove(latest["id"], .submitted, note: "", acting)
        manifest.append(try desk.recordWhole(latest["id"], .submit, item, disclosure))
      }
      let digest = Digest.hex(Digest.of("[" + manifest.joined(separator: ",") + "]"))
      try desk.record(
        .submit, office.text, cycle: id, office: officeID,
        payload: [("items", Canonical.strings(chosen.map(\.text))), ("digest", Canonical.string(digest))])
      return Receipt(
        office: office, items: chosen, digest: digest, at: now, signer: try desk.signer().name, acting: acting
      )
    }
  }

  /// Takes a submission back while the window is open; what was sent stays as it was, a new version is begun.
  public func recall(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String, by signer: Signer,
    at now: Moment
  ) throws -> Submission {
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.recall, disclosure.matter)
      guard let latest = disclosure.latest else {
        throw StorageProblem.unknown(what: "submission", code: item.text)
      }
      let old: Int64 = latest["id"]
      try desk.db.run("UPDATE submission SET state = 'recalled' WHERE id = ?", old)
      try desk.noteMove(old, .recalled, note: note, nil)
      try desk.record(
        .recall, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", old)
      let new = try desk.db.insert(
        """
        INSERT INTO submission (cycle, office, item, version, state, is_disclosed, note, made_by, made_at)
        SELECT cycle, office, item, version + 1, 'draft', is_disclosed, note, ?, ? FROM submission WHERE id = ?
        """, desk.actor?.id, now.seconds, old)
      try desk.db.run(
        """
        INSERT INTO evidence (submission, position, kind, text, blob, pointer, quote)
        SELECT ?, position, kind, text, blob, pointer, quote FROM evidence WHERE submission = ?
        """, new, old)
      try desk.record(
        .recall, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", new)
      return try desk.db.submission(new)
    }
  }

  /// The latest version of each disclosure of an office that has been begun, in the order of the rubric.
  public func submissions(
    of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> [Submission] {
    try reading(signer, at: now) { desk in
      let (id, officeID, matter) = try desk.reading(office, in: cycle)
      try desk.allow(.readSubmission, matter)
      let rubric = try rubric(desk.db, id)
      let found = try desk.db.rows(
        """
        SELECT id FROM submission AS latest WHERE cycle = ? AND office = ? AND version =
          (SELECT max(version) FROM submission WHERE cycle = latest.cycle AND office = latest.office
            AND item = latest.item)
        """, id, officeID
      ).map { try desk.db.submission($0["id"]) }
      let order = (rubric.items.map(\.item.code) + rubric.deductions.map(\.code)).enumerated()
      let places = Dictionary(order.map { ($1, $0) }) { a, _ in a }
      return found.sorted { places[$0.item] ?? 0 < places[$1.item] ?? 0 }
    }
  }

  private func move(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, _ act: Act,
    to state: Submission.State,
    note: String, _ signer: Signer, _ now: Moment, check: (Submission, Item) throws -> Void
  ) throws -> Submission {
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(act, disclosure.matter)
      guard let id = disclosure.latest?["id"] as Int64? else {
        throw StorageProblem.unknown(what: "submission", code: item.text)
      }
      try check(try desk.db.submission(id), disclosure.item)
      try desk.db.run("UPDATE submission SET state = ? WHERE id = ?", state.rawValue, id)
      try desk.noteMove(id, state, note: note, nil)
      try desk.record(
        act, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", id)
      return try desk.db.submission(id)
    }
  }
}

extension Matter {
  func with(_ state: Submission.State) -> Matter {
    Matter(cycle: cycle, office: office, lineage: lineage, instrument: instrument, submission: state)
  }

  func with(assignees: Set<ID<Person>>) -> Matter {
    Matter(cycle: cycle, office: office, lineage: lineage, instrument: instrument, assignees: assignees)
  }
}

extension Desk {
  func signer() throws -> Person {
    guard let actor else { throw StorageProblem.unknown(what: "person", code: "") }
    return actor.person
  }

  /// The version that may be written in: the open one, or a first.
  fileprivate func openDraft(_ disclosure: Disclosure, _ item: Code<Node>) throws -> Int64 {
    if let latest = disclosure.latest { return latest["id"] }
    return try db.insert(
      """
      INSERT INTO submission (cycle, office, item, version, state, is_disclosed, note, made_by, made_at)
      VALUES (?, ?, ?, 1, 'draft', NULL, '', ?, ?)
      """, disclosure.cycle, disclosure.office, item.text, actor?.id, now.seconds)
  }

  fileprivate func put(_ evidence: Evidence, at position: Int, of submission: Int64, office: Int64) throws {
    var blob: Int64?
    let (kind, text): (String, String)
    switch evidence.content {
    case .link(let link): (kind, text) = ("link", link)
    case .note(let note): (kind, text) = ("note", note)
    case .file(let name, let digest, _):
      (kind, text) = ("file", name)
      // Only a file the office has put in itself: a digest seen elsewhere opens nothing.
      blob = try db.integer(
        """
        SELECT blob.id FROM blob JOIN office_file ON office_file.blob = blob.id AND office_file.office = ?
        WHERE digest = ?
        """, office, Digest.bytes(hex: digest) ?? Data())
      guard blob != nil else { throw StorageProblem.unknown(what: "file", code: digest) }
    }
    try db.run(
      "INSERT INTO evidence (submission, position, kind, text, blob, pointer, quote) VALUES (?, ?, ?, ?, ?, ?, ?)",
      submission, position, kind, text, blob, evidence.pointer, evidence.quote)
  }

  fileprivate func noteMove(_ submission: Int64, _ state: Submission.State, note: String, _ acting: Acting?)
    throws
  {
    try db.run(
      """
      INSERT INTO submission_move (submission, state, note, person, capacity, order_number, moved_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, submission, state.rawValue, note, actor?.id, acting?.capacity.rawValue, acting?.order, now.seconds)
  }

  /// Puts a submission with all its evidence on the trail, and answers what was written as JSON.
  fileprivate func recordWhole(
    _ submission: Int64, _ act: Act, _ item: Code<Node>, _ disclosure: Disclosure
  ) throws -> String {
    try record(
      act, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", submission)
    var whole = [
      try db.row("SELECT * FROM submission WHERE id = ?", submission).map(Canonical.object) ?? "null"
    ]
    for row in try db.rows(
      """
      SELECT evidence.*, hex(digest) AS digest FROM evidence LEFT JOIN blob ON blob.id = evidence.blob
      WHERE submission = ? ORDER BY position
      """, submission)
    {
      whole.append(Canonical.object(row))
      try record(
        act, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "evidence", row["id"])
    }
    return "[" + whole.joined(separator: ",") + "]"
  }
}

extension Database {
  func submission(_ id: Int64) throws -> Submission {
    guard
      let row = try row(
        "SELECT submission.*, code FROM submission JOIN office ON office.id = submission.office WHERE submission.id = ?",
        id)
    else { throw StorageProblem.unknown(what: "submission", code: "\(id)") }
    let evidence = try rows(
      """
      SELECT kind, text, digest, size, pointer, quote FROM evidence LEFT JOIN blob ON blob.id = evidence.blob
      WHERE submission = ? ORDER BY position
      """, id
    ).map { row in
      let content: Evidence.Content =
        switch row["kind"] as String {
        case "link": .link(row["text"])
        case "note": .note(row["text"])
        default: .file(name: row["text"], digest: Digest.hex(row["digest"] as Data), bytes: row["size"])
        }
      return Evidence(content, pointer: row["pointer"], quote: row["quote"])
    }
    return Submission(
      id: ID(id), office: Code(row["code"]), item: Code(row["item"]), version: row["version"],
      state: Submission.State(rawValue: row["state"]) ?? .draft, isDisclosed: row["is_disclosed"],
      note: row["note"], evidence: evidence)
  }
}

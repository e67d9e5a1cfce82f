import Foundation
import GRDB
public import Integrity

/// The way of a disclosure from an officer to the director's signature.
extension Registry {
  /// Saves a draft: the answer, the note, all evidence and the elements as they are given now.
  ///
  /// - Parameter revision: what was read before it was changed; nil to save whatever has come in between.
  /// - Throws: `StorageProblem.stale` where somebody else has changed it since.
  public func draft(
    _ draft: DraftEntry, in cycle: Code<Cycle>, expecting revision: Int? = nil, by signer: Signer,
    at now: Moment
  ) throws -> Submission {
    for evidence in draft.evidence {
      if case .link(let link) = evidence.content, let flaw = Evidence.flaw(ofLink: link) {
        throw StorageProblem.invalid(
          "\(draft.item): \(flaw.english): \(link)", thai: "\(draft.item): \(flaw.thai): \(link)")
      }
    }
    return try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(draft.item, of: draft.office, in: cycle)
      try desk.allow(.draft, disclosure.matter)
      if let revision { try desk.insist(on: revision, disclosure) }
      try draft.inspectElements(of: disclosure.item)
      let id = try desk.openDraft(disclosure, draft.item)
      try desk.db.run(
        "UPDATE submission SET is_disclosed = ?, note = ?, state = 'draft', revision = revision + 1 WHERE id = ?",
        draft.isDisclosed, draft.note, id)
      try desk.db.run("DELETE FROM evidence WHERE submission = ?", id)
      for (position, evidence) in draft.evidence.enumerated() {
        try desk.put(evidence, at: position, of: id, office: disclosure.office)
      }
      try desk.db.run("DELETE FROM submission_element WHERE submission = ?", id)
      for coverage in draft.elements {
        try desk.db.run(
          "INSERT INTO submission_element (submission, element, place) VALUES (?, ?, ?)", id,
          coverage.element.text, coverage.place)
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
    try write(signer, at: now) { desk in try desk.pass(item, of: office, in: cycle, note: note) }
  }

  /// Passes several on: all of them, or where one is not ready none.
  public func pass(
    _ items: [Code<Node>], of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> [Submission] {
    try write(signer, at: now) { desk in
      try items.map { try desk.pass($0, of: office, in: cycle, note: "") }
    }
  }

  /// Back to whoever prepares it, with what is to be done.
  public func sendBack(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String, by signer: Signer,
    at now: Moment
  ) throws -> Submission {
    try write(signer, at: now) { desk in try desk.sendBack(item, of: office, in: cycle, note: note) }
  }

  /// Sends several back with the same note: all of them or none.
  public func sendBack(
    _ items: [Code<Node>], of office: Code<Office>, in cycle: Code<Cycle>, note: String, by signer: Signer,
    at now: Moment
  ) throws -> [Submission] {
    try write(signer, at: now) { desk in
      try items.map { try desk.sendBack($0, of: office, in: cycle, note: note) }
    }
  }

  /// Signs and submits for the office.
  ///
  /// - Parameters:
  ///   - items: nil for everything that is ready.
  ///   - seen: by disclosure, the revision the signer has looked at: exactly these are signed. nil to sign whatever
  ///     has come in between.
  /// - Throws: `StorageProblem.changed` where what is ready is no longer what was looked at.
  public func submit(
    _ items: [Code<Node>]?, of office: Code<Office>, in cycle: Code<Cycle>, seen: [Code<Node>: Int]? = nil,
    by signer: Signer, at now: Moment
  ) throws -> Receipt {
    try write(signer, at: now) { desk in
      let (id, officeID, rubric, matter) = try desk.matter(of: office, in: cycle)
      let found = try desk.db.rows(
        "SELECT item, revision FROM submission WHERE cycle = ? AND office = ? AND state = 'ready'", id,
        officeID
      ).map { (Code<Node>($0["item"]), $0["revision"] as Int) }
      let ready = Dictionary(found) { a, _ in a }
      let order = rubric.items.map(\.item.code) + rubric.deductions.map(\.code)
      let chosen = items ?? order.filter { ready[$0] != nil }
      guard !chosen.isEmpty else {
        // Asked for the refusal's sake: whoever may not sign is told that first.
        if let refusal = Conduct.may(.submit, in: matter.with(.ready), by: try desk.signer(), at: now) {
          throw refusal
        }
        throw StorageProblem.invalid(
          "nothing is ready to be signed; group heads pass disclosures on first",
          thai: "ยังไม่มีข้อใดพร้อมให้ลงนาม ผู้อำนวยการกลุ่มต้องเสนอข้อมูลก่อน")
      }
      if let seen, seen != ready.filter({ chosen.contains($0.key) }) {
        try desk.allow(.submit, matter.with(.ready))
        throw StorageProblem.changed(
          "what is ready has changed since you looked at it; look it over and sign again",
          thai: "ข้อที่พร้อมส่งเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ โปรดตรวจอีกครั้งแล้วลงนามใหม่")
      }
      var versions: [ReceiptItem] = []
      var acting: Acting?
      var instrument: Code<Node>?
      for item in chosen {
        let disclosure = try desk.disclosure(item, of: office, in: cycle)
        try desk.allow(.submit, disclosure.matter)
        guard let latest = disclosure.latest else { continue }
        acting = try desk.signer().grant(.director, for: office, on: now.day)?.acting
        instrument = instrument ?? disclosure.matter.instrument?.code
        try desk.db.run("UPDATE submission SET state = 'submitted' WHERE id = ?", latest["id"] as Int64)
        try desk.noteMove(latest["id"], .submitted, note: "", acting)
        try desk.recordWhole(latest["id"], .submit, item, disclosure)
        versions.append(ReceiptItem(item: item, version: latest["version"]))
      }
      guard let officeID, let instrument else {
        throw StorageProblem.unknown(what: "office", code: office.text)
      }
      return try desk.giveReceipt(
        for: versions, instrument, in: (id, cycle), of: (officeID, office), acting)
    }
  }

  /// Takes a submission back while the window is open; what was sent stays as it was, a new version is begun.
  public func recall(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String, by signer: Signer,
    at now: Moment
  ) throws -> Submission {
    try write(signer, at: now) { desk in try desk.recall(item, of: office, in: cycle, note: note) }
  }

  /// Takes several back for one reason: all of them or none.
  public func recall(
    _ items: [Code<Node>], of office: Code<Office>, in cycle: Code<Cycle>, note: String, by signer: Signer,
    at now: Moment
  ) throws -> [Submission] {
    try write(signer, at: now) { desk in
      try items.map { try desk.recall($0, of: office, in: cycle, note: note) }
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
      let found = try desk.db.submissions(of: officeID, in: id).values
      let order = (rubric.items.map(\.item.code) + rubric.deductions.map(\.code)).enumerated()
      let places = Dictionary(order.map { ($1, $0) }) { a, _ in a }
      return found.sorted { places[$0.item] ?? 0 < places[$1.item] ?? 0 }
    }
  }
}

extension Matter {
  func with(_ state: Submission.State) -> Matter {
    Matter(cycle: cycle, office: office, lineage: lineage, instrument: instrument, submission: state)
  }

  /// The same wherever its submission stands.
  func standing(at state: Submission.State?) -> Matter {
    Matter(
      cycle: cycle, office: office, lineage: lineage, instrument: instrument, groups: groups,
      submission: state,
      assignees: assignees, firstAssessor: firstAssessor, decider: decider, isContested: isContested,
      agreed: agreed, subject: subject, grant: grant)
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
      """
      INSERT INTO evidence (submission, position, kind, text, blob, pointer, quote, nature)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, submission, position, kind, text, blob, evidence.pointer, evidence.quote, evidence.nature.rawValue)
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

  /// Puts a submission on the trail with all its evidence and elements.
  fileprivate func recordWhole(
    _ submission: Int64, _ act: Act, _ item: Code<Node>, _ disclosure: Disclosure
  ) throws {
    try record(
      act, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", submission)
    for table in ["evidence", "submission_element"] {
      for row in try db.rows("SELECT id FROM \(table) WHERE submission = ? ORDER BY id", submission) {
        try record(
          act, item.text, cycle: disclosure.cycle, office: disclosure.office, row: table, row["id"])
      }
    }
  }

  /// Refuses to write over what somebody else has changed since it was read.
  fileprivate func insist(on revision: Int, _ disclosure: Disclosure) throws {
    guard let latest = disclosure.latest, latest["revision"] != revision else { return }
    let last = try db.row(
      """
      SELECT name, event.made_at AS made_at FROM event LEFT JOIN person ON person.id = event.person
      WHERE row_table = 'submission' AND row_id = ? ORDER BY event.id DESC LIMIT 1
      """, latest["id"] as Int64)
    throw StorageProblem.stale(
      by: last?["name"] ?? "", at: Moment(seconds: last?["made_at"] ?? latest["made_at"]))
  }
}

extension Desk {
  fileprivate func pass(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String
  ) throws -> Submission {
    try move(item, of: office, in: cycle, .pass, to: .ready, note: note) { submission, item in
      let gaps = submission.gaps(for: item)
      guard gaps.isEmpty else {
        throw StorageProblem.invalid(
          "\(item.code) is not ready: \(gaps.map(\.title.english).joined(separator: "; "))",
          thai: "\(item.code) ยังไม่พร้อมเสนอ: \(gaps.map(\.title.thai).joined(separator: "; "))")
      }
    }
  }

  fileprivate func sendBack(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String
  ) throws -> Submission {
    guard !note.isEmpty else {
      throw StorageProblem.invalid(
        "say what is to be done; it goes back with the note",
        thai: "โปรดระบุสิ่งที่ต้องแก้ไข ข้อความนี้จะส่งกลับไปพร้อมกับข้อมูล")
    }
    return try move(item, of: office, in: cycle, .sendBack, to: .returned, note: note) { _, _ in }
  }

  private func move(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, _ act: Act,
    to state: Submission.State, note: String, check: (Submission, Item) throws -> Void
  ) throws -> Submission {
    let disclosure = try disclosure(item, of: office, in: cycle)
    try allow(act, disclosure.matter)
    guard let id = disclosure.latest?["id"] as Int64? else {
      throw StorageProblem.unknown(what: "submission", code: item.text)
    }
    try check(try db.submission(id), disclosure.item)
    try db.run("UPDATE submission SET state = ?, revision = revision + 1 WHERE id = ?", state.rawValue, id)
    try noteMove(id, state, note: note, nil)
    try record(act, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", id)
    return try db.submission(id)
  }

  fileprivate func recall(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, note: String
  ) throws -> Submission {
    let disclosure = try disclosure(item, of: office, in: cycle)
    try allow(.recall, disclosure.matter)
    guard let latest = disclosure.latest else {
      throw StorageProblem.unknown(what: "submission", code: item.text)
    }
    let old: Int64 = latest["id"]
    try db.run("UPDATE submission SET state = 'recalled' WHERE id = ?", old)
    try noteMove(old, .recalled, note: note, nil)
    try record(
      .recall, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", old)
    let new = try db.insert(
      """
      INSERT INTO submission (cycle, office, item, version, state, is_disclosed, note, made_by, made_at, revision)
      SELECT cycle, office, item, version + 1, 'draft', is_disclosed, note, ?, ?, revision + 1 FROM submission
      WHERE id = ?
      """, actor?.id, now.seconds, old)
    try db.run(
      """
      INSERT INTO evidence (submission, position, kind, text, blob, pointer, quote, nature)
      SELECT ?, position, kind, text, blob, pointer, quote, nature FROM evidence WHERE submission = ?
      """, new, old)
    try db.run(
      """
      INSERT INTO submission_element (submission, element, place)
      SELECT ?, element, place FROM submission_element WHERE submission = ? ORDER BY id
      """, new, old)
    try record(
      .recall, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "submission", new)
    return try db.submission(new)
  }
}

extension DraftEntry {
  /// Elements are those of the item, and each once.
  fileprivate func inspectElements(of item: Item) throws {
    var seen: Set<Key> = []
    for coverage in elements {
      guard item.elements.contains(where: { $0.key == coverage.element }) else {
        throw StorageProblem.unknown(what: "element of \(item.code)", code: coverage.element.text)
      }
      guard seen.insert(coverage.element).inserted else {
        throw StorageProblem.invalid(
          "\(item.code): the element '\(coverage.element)' stands twice; keep one",
          thai: "\(item.code): องค์ประกอบ “\(coverage.element)” ซ้ำกัน โปรดเหลือไว้เพียงรายการเดียว")
      }
    }
  }
}

import Foundation
import GRDB
public import Integrity

/// Assigning assessors, judging, clarifying and correcting. Findings are added, never changed.
extension Registry {
  /// Gives an assessor an office, or some of its disclosures.
  ///
  /// - Parameter items: nil for all of the office's.
  public func assign(
    _ assessor: Code<Person>, to office: Code<Office>, items: [Code<Node>]?, in cycle: Code<Cycle>,
    by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(assessor)
      let (cycleID, officeID, rubric, matter) = try desk.matter(
        of: office, in: cycle, subject: try desk.db.person(id))
      try desk.allow(.assign, matter)
      for item in items ?? [] where rubric.disclosure(item) == nil {
        throw StorageProblem.unknown(what: "disclosure", code: item.text)
      }
      for item in items.map({ $0.map(Optional.some) }) ?? [nil] {
        let held = try desk.db.integer(
          """
          SELECT id FROM assignment WHERE cycle = ? AND office = ? AND item IS ? AND assessor = ? AND until_at IS NULL
          """, cycleID, officeID, item?.text, id)
        if held != nil {
          throw StorageProblem.taken(
            what: "assignment of '\(assessor)' to", code: item.map { "\(office) \($0)" } ?? office.text)
        }
        let row = try desk.db.insert(
          """
          INSERT INTO assignment (cycle, office, item, assessor, from_at, until_at, reason)
          VALUES (?, ?, ?, ?, ?, NULL, '')
          """, cycleID, officeID, item?.text, id, now.seconds)
        try desk.record(.assign, "person \(id)", cycle: cycleID, office: officeID, row: "assignment", row)
      }
    }
  }

  /// Takes an office back from an assessor; what was judged stays.
  public func unassign(
    _ assessor: Code<Person>, from office: Code<Office>, in cycle: Code<Cycle>, reason: String,
    by signer: Signer,
    at now: Moment
  ) throws {
    guard !reason.isEmpty else {
      throw StorageProblem.invalid("say why the office is taken back", thai: "โปรดระบุเหตุผลที่ยกเลิกการมอบหมาย")
    }
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(assessor)
      let (cycleID, officeID, _, matter) = try desk.matter(of: office, in: cycle)
      try desk.allow(.assign, matter)
      let held = try desk.db.rows(
        "SELECT id FROM assignment WHERE cycle = ? AND office = ? AND assessor = ? AND until_at IS NULL",
        cycleID,
        officeID, id)
      guard !held.isEmpty else {
        throw StorageProblem.unknown(what: "assignment of '\(assessor)' to", code: office.text)
      }
      for row in held {
        try desk.db.run(
          "UPDATE assignment SET until_at = ?, reason = ? WHERE id = ?", now.seconds, reason,
          row["id"] as Int64)
        try desk.record(
          .assign, "person \(id)", cycle: cycleID, office: officeID, row: "assignment", row["id"])
      }
    }
  }

  /// What an assessor has before them.
  public struct Load: Hashable, Sendable {
    public let assessor: Code<Person>
    public let name: String
    public let offices: Int
    /// Disclosures assigned, and those among them judged by the assessor.
    public let items: Int
    public let judged: Int
  }

  public func loads(of cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws -> [Load] {
    try reading(signer, at: now) { desk in
      let (id, _, rubric, matter) = try desk.matter(of: nil, in: cycle)
      try desk.allow(.readProgress, matter)
      let disclosures = rubric.items.count { $0.instrument.questionnaire == nil }
      return try desk.db.rows(
        """
        SELECT person.id AS id, code, name, count(DISTINCT office) AS offices,
          sum(item IS NULL) AS whole, sum(item IS NOT NULL) AS single,
          (SELECT count(DISTINCT office || ' ' || item) FROM finding
            WHERE finding.cycle = assignment.cycle AND finding.assessor = person.id AND stage = 'first') AS judged
        FROM assignment JOIN person ON person.id = assignment.assessor
        WHERE cycle = ? AND until_at IS NULL GROUP BY person.id ORDER BY code
        """, id
      ).map { row in
        Load(
          assessor: Code(row["code"]), name: row["name"], offices: row["offices"],
          items: (row["whole"] as Int) * disclosures + row["single"], judged: row["judged"])
      }
    }
  }

  /// In what state a link was when an assessor looked at it.
  public struct Seen: Hashable, Sendable {
    public let link: String
    public let state: LinkState
    public let at: Moment

    public init(link: String, state: LinkState, at: Moment) {
      self.link = link
      self.state = state
      self.at = at
    }
  }

  /// Records an assessor's judgement on what was submitted.
  public func judge(
    _ finding: Finding, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>,
    seen: [Seen] = [],
    by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.judge, disclosure.matter)
      try desk.put(finding, .first, .judge, disclosure, seen)
    }
  }

  /// The office has seen its findings; each person once.
  public func acknowledge(_ office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment)
    throws
  {
    try write(signer, at: now) { desk in
      let (id, officeID, _, matter) = try desk.matter(of: office, in: cycle)
      try desk.allow(.acknowledge, matter)
      let held = try desk.db.integer(
        "SELECT id FROM acknowledgement WHERE cycle = ? AND office = ? AND person = ?", id, officeID,
        desk.actor?.id)
      if held != nil { return }
      let row = try desk.db.insert(
        "INSERT INTO acknowledgement (cycle, office, person, made_at) VALUES (?, ?, ?, ?)", id, officeID,
        desk.actor?.id, now.seconds)
      try desk.record(.acknowledge, office.text, cycle: id, office: officeID, row: "acknowledgement", row)
    }
  }

  /// The office contests a finding, once, with a statement that points into what its links showed at the deadline.
  public func contest(
    _ item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>, statement: String,
    evidence: [Evidence] = [],
    by signer: Signer, at now: Moment
  ) throws {
    guard !statement.isEmpty else {
      throw StorageProblem.invalid(
        "say what the finding overlooked", thai: "โปรดระบุสิ่งที่ผู้ตรวจประเมินยังไม่ได้พิจารณา")
    }
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.contest, disclosure.matter)
      let isSubmitted = disclosure.matter.submission == .submitted
      let kept =
        try isSubmitted ? disclosure.latest.map { try desk.db.submission($0["id"]).evidence } ?? [] : []
      let finding = try desk.db.integer(
        "SELECT max(id) FROM finding WHERE cycle = ? AND office = ? AND item = ?", disclosure.cycle,
        disclosure.office, item.text)
      guard finding != nil else { throw StorageProblem.unknown(what: "finding on", code: item.text) }
      if disclosure.matter.cycle?.schedule?.admitsFurtherProof == false {
        for piece in evidence where !kept.contains(where: { $0.content == piece.content }) {
          throw StorageProblem.invalid(
            "\(item): further proof is not admitted in this cycle; point into what was submitted",
            thai: "\(item): รอบการประเมินนี้ไม่รับหลักฐานเพิ่มเติม โปรดชี้ตำแหน่งในหลักฐานที่ส่งไว้แล้ว")
        }
      }
      let row = try desk.db.insert(
        """
        INSERT INTO clarification (cycle, office, item, finding, person, statement, evidence, decider, made_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)
        """, disclosure.cycle, disclosure.office, item.text, finding, desk.actor?.id, statement,
        "[" + evidence.map(\.json).joined(separator: ",") + "]", now.seconds)
      try desk.record(
        .contest, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "clarification", row)
    }
  }

  /// The lead assessor names who decides: not the one who judged first.
  public func nameDecider(
    _ assessor: Code<Person>, of item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>,
    by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let id = try desk.db.personID(assessor)
      let disclosure = try desk.disclosure(item, of: office, in: cycle, subject: try desk.db.person(id))
      try desk.allow(.nameDecider, disclosure.matter)
      guard let row = disclosure.clarification?["id"] as Int64? else { return }
      try desk.db.run("UPDATE clarification SET decider = ? WHERE id = ?", id, row)
      try desk.record(
        .nameDecider, item.text, cycle: disclosure.cycle, office: disclosure.office, row: "clarification", row
      )
    }
  }

  /// The named assessor decides on a clarification: the same finding again, or another.
  ///
  /// - Parameter last: the number of the last finding that was seen; nil to decide whatever has come in between.
  /// - Throws: `StorageProblem.changed` where another finding has been made since.
  public func decide(
    _ finding: Finding, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>,
    after last: Int64? = nil, by signer: Signer, at now: Moment
  ) throws {
    guard !finding.reason.isEmpty else {
      throw StorageProblem.invalid(
        "give the reason; the office will read it", thai: "โปรดระบุเหตุผล หน่วยงานจะได้อ่านข้อความนี้")
    }
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.decideClarification, disclosure.matter)
      if let last { try desk.insist(onLast: last, disclosure) }
      try desk.put(finding, .clarified, .decideClarification, disclosure, [])
    }
  }

  /// The committee corrects a finding before it seals, with a reason.
  ///
  /// - Parameter last: the finding that was the last on the item when it was looked at.
  /// - Throws: `StorageProblem.stale` where another has come since.
  public func correct(
    _ finding: Finding, on item: Code<Node>, of office: Code<Office>, in cycle: Code<Cycle>,
    seeing last: LastFinding = .any, by signer: Signer, at now: Moment
  ) throws {
    guard !finding.reason.isEmpty else {
      throw StorageProblem.invalid("a correction needs a reason", thai: "โปรดระบุเหตุผลที่แก้ไขผล")
    }
    try write(signer, at: now) { desk in
      let disclosure = try desk.disclosure(item, of: office, in: cycle)
      try desk.allow(.correct, disclosure.matter)
      try desk.expect(last, on: disclosure)
      try desk.put(finding, .corrected, .correct, disclosure, [])
    }
  }

  /// What an office has contested.
  public struct Clarification: Hashable, Sendable {
    public let office: Code<Office>
    public let item: Code<Node>
    public let statement: String
    public let at: Moment
    public let decider: Code<Person>?
    public let isDecided: Bool
  }

  public func clarifications(of cycle: Code<Cycle>, by signer: Signer, at now: Moment) throws
    -> [Clarification]
  {
    try reading(signer, at: now) { desk in
      let (id, _, _, matter) = try desk.matter(of: nil, in: cycle)
      try desk.allow(.readResults, matter)
      return try desk.db.rows(
        """
        SELECT office.code AS office, item, statement, clarification.made_at AS made_at, person.code AS decider, EXISTS (
          SELECT 1 FROM finding WHERE finding.cycle = clarification.cycle AND finding.office = clarification.office
            AND finding.item = clarification.item AND stage IN ('clarified', 'corrected')) AS is_decided
        FROM clarification JOIN office ON office.id = clarification.office
        LEFT JOIN person ON person.id = clarification.decider WHERE cycle = ? ORDER BY clarification.id
        """, id
      ).map { row in
        Clarification(
          office: Code(row["office"]), item: Code(row["item"]), statement: row["statement"],
          at: Moment(seconds: row["made_at"]), decider: (row["decider"] as String?).map { Code($0) },
          isDecided: row["is_decided"])
      }
    }
  }
}

extension Evidence {
  fileprivate var json: String {
    let (kind, text): (String, String) =
      switch content {
      case .link(let link): ("link", link)
      case .note(let note): ("note", note)
      case .file(let name, let digest, _): ("file", "\(digest) \(name)")
      }
    return Canonical.object([
      ("kind", Canonical.string(kind)), ("text", Canonical.string(text)),
      ("pointer", Canonical.string(pointer)), ("quote", Canonical.string(quote)),
    ])
  }
}

extension Desk {
  /// Refuses to decide over a finding that has not been seen.
  fileprivate func insist(onLast last: Int64, _ disclosure: Disclosure) throws {
    let latest = try db.row(
      """
      SELECT finding.id AS id, name, finding.made_at AS made_at FROM finding JOIN person ON person.id = assessor
      WHERE cycle = ? AND office = ? AND item = ? ORDER BY finding.id DESC LIMIT 1
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text)
    guard let latest, latest["id"] != last else { return }
    throw StorageProblem.stale(by: latest["name"], at: Moment(seconds: latest["made_at"]))
  }

  /// Adds a finding to what was submitted last.
  ///
  /// - Returns: its number.
  @discardableResult
  func put(
    _ finding: Finding, _ stage: Stage, _ act: Act, _ disclosure: Disclosure, _ seen: [Registry.Seen],
    code: ReasonCode? = nil, note: String = "", undoes: Int64? = nil
  ) throws -> Int64 {
    guard let judgement = disclosure.item.judgement(from: finding.judgement) else {
      throw StorageProblem.invalid("this is no mark for \(disclosure.item.code): \(disclosure.item.markHint)")
    }
    if finding.judgement == .notApplicable, finding.reason.isEmpty {
      throw StorageProblem.invalid(
        "\(disclosure.item.code) is not applicable without a reason; say why",
        thai: "\(disclosure.item.code): โปรดระบุเหตุผลที่ไม่นำมาประเมิน")
    }
    let submitted = disclosure.matter.submission == .submitted ? disclosure.latest?["id"] as Int64? : nil
    let row = try db.insert(
      """
      INSERT INTO finding (cycle, office, item, submission, assessor, stage, judgement, value, reason, made_at,
        reason_code, note, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, disclosure.cycle, disclosure.office, disclosure.item.code.text, submitted, actor?.id,
      stage.rawValue,
      judgement.kind, judgement.value, finding.reason, now.seconds, code?.rawValue, note, undoes)
    try record(
      act, disclosure.item.code.text, cycle: disclosure.cycle, office: disclosure.office, row: "finding", row)
    for look in seen {
      let id = try db.insert(
        "INSERT INTO finding_seen (finding, link, state, seen_at) VALUES (?, ?, ?, ?)", row, look.link,
        look.state.rawValue, look.at.seconds)
      try record(
        act, disclosure.item.code.text, cycle: disclosure.cycle, office: disclosure.office,
        row: "finding_seen", id)
    }
    touch(cycle: disclosure.cycle, office: disclosure.office)
    return row
  }
}

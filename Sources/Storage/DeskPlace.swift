import Foundation
import GRDB
import Integrity

/// An office in a cycle as its pages see it: the queries behind them, none of which is asked once a disclosure.
struct DeskPlace {
  let desk: Desk
  let cycleID: Int64
  let officeID: Int64
  let cycle: Cycle
  let rubric: Rubric
  let office: Office
  let matter: Matter

  private var db: Database { desk.db }

  init(_ desk: Desk, _ office: Code<Office>, _ code: Code<Cycle>) throws {
    self.desk = desk
    (cycleID, officeID, matter) = try desk.reading(office, in: code)
    cycle = try desk.registry.cycle(cycleID, desk.db)
    rubric = try desk.registry.rubric(desk.db, cycleID)
    guard let found = try desk.registry.participant(cycleID, office: officeID, desk.db) else {
      throw StorageProblem.invalid(
        "the office '\(office)' does not take part in \(code)",
        thai: "หน่วยงาน “\(office)” ไม่ได้เข้าร่วมรอบการประเมิน \(code)")
    }
    self.office = found
  }

  // Where disclosures stand.

  func works(_ disclosures: [(instrument: Instrument, item: Item)]) throws -> [Registry.DisclosureWork] {
    let submissions = try db.submissions(of: officeID, in: cycleID)
    let preparing = try preparing()
    let changed = try lastChanged()
    let notes = try returnNotes()
    let officers = try officers()
    let undecided = try undecided()
    let person = try desk.signer()
    return disclosures.map { instrument, item in
      let submission = submissions[item.code]
      let group = item.group
      let officer =
        officers.first { group != nil && $0.group == group } ?? officers.first { $0.group == nil }
      let asked = Matter(
        cycle: cycle, office: office.code, lineage: matter.lineage, instrument: instrument,
        groups: Set([group].compactMap { $0 } + item.contributing), submission: submission?.state)
      return Registry.DisclosureWork(
        instrument: instrument, item: item, submission: submission,
        owner: preparing[item.code] ?? officer?.name, changedAt: changed[item.code],
        returnNote: submission?.state == .returned ? notes[item.code] : nil,
        mayDraft: Conduct.may(.draft, in: asked, by: person, at: desk.now) == nil,
        isContested: undecided.contains(item.code))
    }
  }

  // The few rows of the office first, then their entries on the trail: CROSS JOIN keeps SQLite from reading the trail of
  // the whole country instead.

  /// Who prepares each disclosure: the officer who saved it last, or else whoever did. A head or a director who puts a
  /// word right does not take it over.
  private func preparing() throws -> [Code<Node>: String] {
    let found = try db.rows(
      """
      SELECT item, name, max(event.id) AS last, EXISTS (
          SELECT 1 FROM role_grant JOIN role_grant_office ON role_grant_office.role_grant = role_grant.id
          WHERE role_grant.person = event.person AND role = 'officer' AND role_grant_office.office = submission.office
        ) AS is_officer
      FROM submission CROSS JOIN event ON row_table = 'submission' AND row_id = submission.id AND act = 'draft'
      JOIN person ON person.id = event.person WHERE submission.cycle = ? AND submission.office = ?
      GROUP BY item, event.person ORDER BY is_officer DESC, last DESC
      """, cycleID, officeID)
    return Dictionary(found.map { (Code($0["item"]), $0["name"]) }) { a, _ in a }
  }

  private func lastChanged() throws -> [Code<Node>: Moment] {
    let found = try db.rows(
      """
      SELECT item, max(event.made_at) AS at FROM submission
      CROSS JOIN event ON row_table = 'submission' AND row_id = submission.id
      WHERE submission.cycle = ? AND submission.office = ? GROUP BY item
      """, cycleID, officeID)
    return Dictionary(found.map { (Code($0["item"]), Moment(seconds: $0["at"])) }) { a, _ in a }
  }

  private func returnNotes() throws -> [Code<Node>: String] {
    let found = try db.rows(
      """
      SELECT item, max(submission_move.id), submission_move.note AS note FROM submission
      JOIN submission_move ON submission = submission.id AND submission_move.state = 'returned'
      WHERE cycle = ? AND office = ? GROUP BY item
      """, cycleID, officeID)
    return Dictionary(found.map { (Code($0["item"]), $0["note"]) }) { a, _ in a }
  }

  /// The office's officers today; those without a group answer for all.
  private func officers() throws -> [(name: String, group: Code<Group>?)] {
    let day = desk.now.day
    return try desk.registry.settled(.officers(officeID, on: day), db) { try officers(on: day.description) }
  }

  private func officers(on today: String) throws -> [(name: String, group: Code<Group>?)] {
    try db.rows(
      """
      SELECT name, group_code FROM role_grant_office JOIN role_grant ON role_grant.id = role_grant
      JOIN person ON person.id = role_grant.person WHERE office = ? AND role = 'officer' AND is_closed = 0
        AND from_day <= ? AND (until_day IS NULL OR until_day > ?) ORDER BY role_grant.id
      """, officeID, today, today
    ).map { ($0["name"], ($0["group_code"] as String?).map { Code($0) }) }
  }

  // Questionnaires.

  /// How far each questionnaire had come when the day began, in four steps.
  func responses() throws -> [Code<Node>: Registry.Responses] {
    var responses: [Code<Node>: Registry.Responses] = [:]
    for instrument in rubric.instruments {
      guard let questionnaire = instrument.questionnaire else { continue }
      let stakeholders = office.stakeholders[instrument.code]
      let minimum = questionnaire.minimum(ofStakeholders: stakeholders)
      responses[instrument.code] = Registry.Responses(
        progress: minimum == nil ? .noNumber : try db.askingStep(cycleID, instrument.code, officeID),
        minimum: minimum, stakeholders: stakeholders)
    }
    return responses
  }

  // What has happened.

  /// The steps of one disclosure through all its versions, the latest first. Saves in a row by one person are one step:
  /// a page that saves itself must not push out what others did and asked for.
  func moves(of item: Code<Node>, most: Int = 20) throws -> [Registry.Move] {
    // Notes and capacities stand with the moves, drafts only on the trail, which has the order of all of them.
    var noted: [String: [Row]] = [:]
    for row in try db.rows(
      """
      SELECT submission, submission_move.state AS state, submission_move.note AS note, capacity FROM submission
      JOIN submission_move ON submission = submission.id WHERE cycle = ? AND office = ? AND item = ?
      ORDER BY submission_move.id
      """, cycleID, officeID, item.text)
    {
      noted["\(row["submission"] as Int64) \(row["state"] as String)", default: []].append(row)
    }
    var moves: [Registry.Move] = []
    for row in try db.rows(
      """
      SELECT row_id, version, act, name, event.made_at AS made_at FROM submission
      CROSS JOIN event ON row_table = 'submission' AND row_id = submission.id
      LEFT JOIN person ON person.id = event.person
      WHERE submission.cycle = ? AND submission.office = ? AND item = ? ORDER BY event.id DESC
      """, cycleID, officeID, item.text)
    {
      guard let state = Submission.State(reachedBy: Act(rawValue: row["act"])) else { continue }
      let move = noted["\(row["row_id"] as Int64) \(state.rawValue)"]?.popLast()
      // Recalling stands twice on the trail: for the version taken back, and for the one begun with it.
      if state != .draft, move == nil { continue }
      let who: String = row["name"] ?? ""
      if state == .draft, let later = moves.last, later.state == .draft, later.who == who,
        later.version == row["version"]
      {
        continue
      }
      moves.append(
        Registry.Move(
          state: state, version: row["version"], who: who,
          capacity: (move?["capacity"] as String?).flatMap(Acting.Capacity.init), note: move?["note"] ?? "",
          at: Moment(seconds: row["made_at"])))
      if moves.count == most { break }
    }
    return moves
  }

  /// The same disclosure, by its stable key, in the latest published cycle of an earlier year that the office took part in.
  ///
  /// - Parameter matter: this year's, where whoever judges it now may see what it was compared with, too.
  func lastYear(of item: Item, forAssessorsOf matter: Matter? = nil) throws -> Registry.LastYear? {
    let last = try db.row(
      """
      SELECT cycle.id AS id, code FROM participant JOIN cycle ON cycle.id = participant.cycle
      WHERE office = ? AND stage = 'published' AND year < ? ORDER BY year DESC, cycle.id DESC LIMIT 1
      """, officeID, cycle.year.buddhist)
    guard let last else { return nil }
    let id: Int64 = last["id"]
    let then = try desk.registry.rubric(db, id)
    let disclosures = then.items.filter { $0.instrument.questionnaire == nil }.map(\.item) + then.deductions
    let same =
      disclosures.first { $0.key == item.key }
      ?? item.was.lazy.compactMap { key in disclosures.first { $0.key == key } }.first
    guard let same, let found = try db.assessments(id, then, office: officeID).first else { return nil }
    var earlier = try desk.disclosure(same.code, of: office.code, in: Code(last["code"])).matter
    if let matter { earlier = earlier.with(assignees: earlier.assignees.union(matter.assignees)) }
    var submission: Submission?
    if Conduct.may(.readSubmission, in: earlier, by: try desk.signer(), at: desk.now) == nil {
      submission = try db.integer(
        "SELECT id FROM submission WHERE cycle = ? AND office = ? AND item = ? AND state = 'submitted'",
        id, officeID, same.code.text
      ).map(db.submission)
    }
    return Registry.LastYear(
      cycle: Code(last["code"]), year: then.year, item: same, itemCode: same.code, submission: submission,
      finding: found.assessment.findings[same.code],
      scored: then.scorecard(of: found.assessment).line(same.code))
  }
}

extension Submission.State {
  /// Where an act on a disclosure leaves it; nil for what moves none.
  fileprivate init?(reachedBy act: Act?) {
    switch act {
    case .draft: self = .draft
    case .pass: self = .ready
    case .sendBack: self = .returned
    case .submit: self = .submitted
    case .recall: self = .recalled
    default: return nil
    }
  }
}

extension Database {
  /// The working groups of an office.
  func groups(of id: Int64, _ office: Code<Office>) throws -> [GroupEntry] {
    try rows("SELECT code, title_th, title_en FROM working_group WHERE office = ? ORDER BY id", id).map {
      GroupEntry(
        office: office, group: Code($0["code"]), title: Words(thai: $0["title_th"], english: $0["title_en"]))
    }
  }
}

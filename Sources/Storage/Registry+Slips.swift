import Foundation
import GRDB
public import Integrity

/// Slips with codes: made, shown once and never again; only keyed hashes of the codes are kept, and nothing that ties one
/// to a person.
extension Registry {
  /// Codes as they were made, for whoever prints them: there is no second look.
  public struct Slips: Sendable {
    public let place: AnswerPlace
    public let codes: [SlipCode]
  }

  /// The slips of one questionnaire, or of one part of it: counts alone, and none of them how many were used.
  public struct SlipState: Hashable, Sendable {
    public let place: AnswerPlace
    /// Good ones, used or not.
    public let made: Int
    /// How many were made void, used ones among them, and how often.
    public let voided: Int
    public let voidings: Int
    /// How far the whole questionnaire had come when the day began.
    public let reached: Progress
    /// How many may still be made; nil while nobody has said how many people there are.
    public let left: Int?
    /// What waits for a second person.
    public let order: SlipOrder?
    /// Of asking for slips, making them and making them void, what the reader may do now.
    public let may: Set<Act>
  }

  /// Something somebody asked for that another has to do.
  public struct SlipOrder: Hashable, Sendable {
    public let isVoiding: Bool
    public let number: Int
    public let reason: String
    /// The name of who asked.
    public let by: String
    public let at: Moment
    public let isReaders: Bool
  }

  /// Asks another person to make slips. What was asked for before and not yet made is asked for no longer.
  public func askForSlips(_ number: Int, _ place: AnswerPlace, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let slips = try SlipPlace(desk, place)
      try desk.allow(.askForSlips, slips.matter)
      try slips.insistOnRoom(for: number)
      try slips.ask(.askForSlips, voiding: false, number, reason: "")
    }
  }

  /// Makes slips: assessors alone, people of the office what another of them asked for; those of a part of a questionnaire
  /// nobody but an assessor.
  ///
  /// - Returns: the codes. They are nowhere else.
  public func makeSlips(
    _ number: Int, _ place: AnswerPlace, by signer: Signer, at now: Moment
  ) throws -> Slips {
    let key = try secretKey()
    return try write(signer, at: now) { desk in
      let slips = try SlipPlace(desk, place)
      try desk.allow(.makeSlips, slips.matter)
      try slips.insistOnRoom(for: number)
      let own = try slips.order(voiding: false)
      if let own, own.number != number, own.askedBy != slips.signer {
        throw StorageProblem.changed(
          "\(own.number) slips were asked for, not \(number)",
          thai: "มีการขอจัดทำรหัสไว้ \(own.number) รหัส ไม่ใช่ \(number) รหัส")
      }
      try slips.carryOut(.makeSlips, voiding: false, number, reason: "")
      var generator = SystemRandomNumberGenerator()
      let codes = (0..<number).map { _ in SlipCode.random(using: &generator) }
      // In the order of their hashes: not that in which they are printed.
      let hashes = codes.map { key.slipHash($0, slips.asked) }
      for hash in hashes.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        try desk.db.run(
          "INSERT INTO invitation (cycle, office, instrument, route, hash) VALUES (?, ?, ?, ?, ?)",
          slips.asked.cycleID, slips.asked.officeID, place.instrument, place.route, hash)
      }
      return Slips(place: place, codes: codes)
    }
  }

  /// Asks another person to make every slip void that was not used.
  public func askToVoidSlips(
    _ place: AnswerPlace, reason: String, by signer: Signer, at now: Moment
  ) throws {
    try write(signer, at: now) { desk in
      let slips = try SlipPlace(desk, place)
      try desk.allow(.askForSlips, slips.matter)
      guard !reason.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty else {
        throw StorageProblem.invalid(
          "say why; it is kept on the trail", thai: "โปรดระบุเหตุผล ข้อความนี้จะอยู่ในประวัติการดำเนินการ")
      }
      let made = try slips.made()
      guard made > 0 else { throw SlipPlace.nothingToVoid }
      try slips.ask(.askForSlips, voiding: true, made, reason: reason)
    }
  }

  /// Makes every slip void that was not used, as another has asked; new ones can be made then. What was answered stays.
  public func voidSlips(_ place: AnswerPlace, by signer: Signer, at now: Moment) throws {
    try write(signer, at: now) { desk in
      let slips = try SlipPlace(desk, place, voiding: true)
      try desk.allow(.voidSlips, slips.matter)
      guard let order = try slips.order(voiding: true) else { throw SlipPlace.nothingToVoid }
      // How many were used in the meantime is nobody's business: all that were made are counted.
      try slips.carryOut(.voidSlips, voiding: true, try slips.made(), reason: order.reason)
      try desk.db.run(
        "DELETE FROM invitation WHERE cycle = ? AND instrument = ? AND route = ? AND office = ?",
        slips.asked.cycleID, place.instrument, place.route, slips.asked.officeID)
    }
  }

  /// The slips of an office's questionnaires, for whoever may ask for them or see how far the office is.
  public func slipStates(
    of office: Code<Office>, in cycle: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> [SlipState] {
    try reading(signer, at: now) { desk in
      let rubric = try desk.registry.rubric(desk.db, try desk.db.cycleID(cycle))
      return try rubric.slipRoutes.map { collected in
        let slips = try SlipPlace(desk, AnswerPlace(cycle, office, collected))
        return try slips.state()
      }
    }
  }
}

extension Rubric {
  /// Questionnaires and parts of them that are answered with a code.
  public var slipRoutes: [Collected] {
    instruments.flatMap { instrument -> [Collected] in
      guard let questionnaire = instrument.questionnaire else { return [] }
      let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
      return routes.filter { questionnaire.access(by: $0) == .codes }
        .map { Collected(instrument.code, route: $0) }
    }
  }
}

/// The slips of one questionnaire of an office, as somebody at the desk sees them.
private struct SlipPlace {
  let desk: Desk
  let asked: AskedPlace
  let matter: Matter

  struct Order {
    let id: Int64
    let number: Int
    let reason: String
    let askedBy: Int64
    let name: String
    let at: Moment
  }

  static let nothingToVoid = StorageProblem.invalid(
    "there are no slips to be made void", thai: "ไม่มีรหัสที่ต้องยกเลิก")

  /// The most slips one order makes.
  private static let most = 5000

  private var db: Database { desk.db }
  var signer: Int64 { desk.actor?.id ?? 0 }

  /// - Parameter voiding: whose agreement counts: of who asked for voiding, or for making.
  init(_ desk: Desk, _ place: AnswerPlace, voiding: Bool = false) throws {
    self.desk = desk
    asked = try AskedPlace(desk.db, desk.registry, place)
    guard asked.access == .codes else {
      throw StorageProblem.invalid(
        "\(place.name) is answered by a link, without codes", thai: "\(place.name) ตอบผ่านลิงก์ ไม่ใช้รหัส")
    }
    let assigned = try desk.reading(place.office, in: place.cycle).matter
    let asker = try SlipPlace.order(asked, desk.db, voiding: voiding)?.askedBy
    matter = Matter(
      cycle: asked.cycle, office: place.office, lineage: assigned.lineage, instrument: asked.instrument,
      route: place.collected.route, assignees: assigned.assignees,
      agreed: Set([asker].compactMap { $0 }.map { ID($0) }))
  }

  // What there is.

  /// Made since all were made void last.
  func made() throws -> Int {
    Int(
      try db.integer(
        """
        SELECT coalesce(sum(number), 0) FROM slip_order
        WHERE cycle = ?1 AND office = ?2 AND instrument = ?3 AND route = ?4 AND what = 'make'
          AND done_at IS NOT NULL AND id > coalesce((SELECT max(id) FROM slip_order
            WHERE cycle = ?1 AND office = ?2 AND instrument = ?3 AND route = ?4 AND what = 'void'
              AND done_at IS NOT NULL), 0)
        """, asked.cycleID, asked.officeID, asked.place.instrument, asked.place.route) ?? 0)
  }

  /// How many more there may be: no more than people.
  func left() throws -> Int? {
    guard let people = asked.office.stakeholders[asked.instrument.code] else { return nil }
    return max(0, people - (try made()))
  }

  func insistOnRoom(for number: Int) throws {
    guard let left = try left() else {
      throw StorageProblem.invalid(
        "enter first how many people there are", thai: "โปรดบันทึกจำนวนผู้มีส่วนได้ส่วนเสียก่อน")
    }
    guard number > 0, number <= min(left, SlipPlace.most) else {
      throw StorageProblem.invalid(
        "\(number) slips cannot be made; there can be \(min(left, SlipPlace.most)) more",
        thai: "จัดทำรหัส \(number) รหัสไม่ได้ จัดทำเพิ่มได้อีกไม่เกิน \(min(left, SlipPlace.most)) รหัส")
    }
  }

  func order(voiding: Bool) throws -> Order? { try SlipPlace.order(asked, db, voiding: voiding) }

  /// The order that waits for a second person.
  private static func order(_ asked: AskedPlace, _ db: Database, voiding: Bool) throws -> Order? {
    try db.row(
      """
      SELECT slip_order.id AS id, number, reason, asked_by, name, asked_at FROM slip_order
      JOIN person ON person.id = asked_by
      WHERE cycle = ? AND office = ? AND instrument = ? AND route = ? AND what = ? AND done_at IS NULL
      """, asked.cycleID, asked.officeID, asked.place.instrument, asked.place.route,
      voiding ? "void" : "make"
    ).map {
      Order(
        id: $0["id"], number: $0["number"], reason: $0["reason"], askedBy: $0["asked_by"], name: $0["name"],
        at: Moment(seconds: $0["asked_at"]))
    }
  }

  func state() throws -> Registry.SlipState {
    let person = try desk.signer()
    let progress = Conduct.may(.readProgress, in: matter, by: person, at: desk.now)
    if let progress, Conduct.may(.askForSlips, in: matter, by: person, at: desk.now) != nil { throw progress }
    let voids = try db.row(
      """
      SELECT coalesce(sum(number), 0) AS slips, count(*) AS times FROM slip_order
      WHERE cycle = ? AND office = ? AND instrument = ? AND route = ? AND what = 'void' AND done_at IS NOT NULL
      """, asked.cycleID, asked.officeID, asked.place.instrument, asked.place.route)
    let waiting = try order(voiding: true).map { ($0, true) } ?? order(voiding: false).map { ($0, false) }
    let voiding = try SlipPlace(desk, asked.place, voiding: true).matter
    let acts: [(Act, Matter)] = [(.askForSlips, matter), (.makeSlips, matter), (.voidSlips, voiding)]
    return Registry.SlipState(
      place: asked.place, made: try made(), voided: voids?["slips"] ?? 0, voidings: voids?["times"] ?? 0,
      reached: asked.office.stakeholders[asked.instrument.code] == nil
        ? .noNumber : try db.askingStep(asked.cycleID, asked.instrument.code, asked.officeID),
      left: try left(),
      order: waiting.map { order, isVoiding in
        Registry.SlipOrder(
          isVoiding: isVoiding, number: order.number, reason: order.reason, by: order.name, at: order.at,
          isReaders: order.askedBy == signer)
      }, may: Set(acts.filter { Conduct.may($0.0, in: $0.1, by: person, at: desk.now) == nil }.map(\.0)))
  }

  // What is done.

  /// Puts an order down, in place of one that waits.
  func ask(_ act: Act, voiding: Bool, _ number: Int, reason: String) throws {
    let id: Int64
    if let waiting = try order(voiding: voiding) {
      id = waiting.id
      try db.run(
        "UPDATE slip_order SET number = ?, reason = ?, asked_by = ?, asked_at = ? WHERE id = ?", number,
        reason,
        signer, desk.now.seconds, id)
    } else {
      id = try db.insert(
        """
        INSERT INTO slip_order (cycle, office, instrument, route, what, number, reason, asked_by, asked_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, asked.cycleID, asked.officeID, asked.place.instrument, asked.place.route,
        voiding ? "void" : "make", number, reason, signer, desk.now.seconds)
    }
    try desk.record(
      act, asked.place.name, cycle: asked.cycleID, office: asked.officeID, row: "slip_order", id)
  }

  /// Notes that an order was carried out; where nobody asked for it, as asked for by whoever does it.
  func carryOut(_ act: Act, voiding: Bool, _ number: Int, reason: String) throws {
    let id: Int64
    if let waiting = try order(voiding: voiding) {
      id = waiting.id
    } else {
      id = try db.insert(
        """
        INSERT INTO slip_order (cycle, office, instrument, route, what, number, reason, asked_by, asked_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, asked.cycleID, asked.officeID, asked.place.instrument, asked.place.route,
        voiding ? "void" : "make", number, reason, signer, desk.now.seconds)
    }
    try db.run(
      "UPDATE slip_order SET number = ?, done_by = ?, done_at = ? WHERE id = ?", number, signer,
      desk.now.seconds, id)
    try desk.record(
      act, asked.place.name, cycle: asked.cycleID, office: asked.officeID, row: "slip_order", id)
  }
}

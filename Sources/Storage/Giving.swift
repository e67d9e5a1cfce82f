import Foundation
import GRDB
import Integrity

/// Plans who is given what, and carries a plan out. A plan is worked out anew in the transaction that carries it out: if
/// anything has changed since it was looked at, its digest is another, and nothing is done.
struct Giving {
  private let desk: Desk
  private let place: LeadPlace
  private let dues: [LeadPlace.Due]

  private var db: Database { desk.db }

  init(_ desk: Desk, _ cycle: Code<Cycle>) throws {
    self.desk = desk
    place = try LeadPlace(desk, cycle)
    if let refusal = try place.refusal() { throw refusal }
    dues = try place.dues()
  }

  /// A plan with all that is needed to carry it out.
  struct Plan {
    let seen: Registry.GivingPlan
    fileprivate let gifts: [(office: Place, to: Int64, items: [Code<Node>]?)]
    /// What was drawn by lot; nil where somebody chose.
    fileprivate let spread: Spread?
    /// Whose assignments end, and why.
    fileprivate let predecessor: Int64?
    fileprivate let reason: String
    fileprivate let ending: [(office: Place, row: Int64)]
    /// Contested findings for which another has to be named.
    fileprivate let decisions: [Int64]
  }

  /// An office with what is left of it to be given.
  fileprivate struct Place {
    let id: Int64
    let office: Office
    let lineage: [Code<Office>]
    let due: [Code<Node>]
    let judged: Set<Code<Node>>
    /// Open assignments: who, and of which disclosure; nil for all.
    let held: [(row: Int64, assessor: Int64, item: Code<Node>?)]

    /// What nobody but one person judges, of what is not judged.
    func rest(without leaver: Int64? = nil) -> [Code<Node>] {
      let others = held.filter { $0.assessor != leaver }
      if others.contains(where: { $0.item == nil }) { return [] }
      let taken = Set(others.compactMap(\.item))
      return due.filter { !judged.contains($0) && !taken.contains($0) }
    }

    /// As it is given: all of it at once where nothing of it is judged or held.
    func gift(_ items: [Code<Node>]) -> [Code<Node>]? { items.count == due.count ? nil : items }
  }

  // Planning.

  func plan(_ offices: [Code<Office>], to code: Code<Person>) throws -> Plan {
    let assessor = try place.assessor(code)
    var kept: [Registry.KeptOffice] = []
    var gifts: [(office: Place, to: Int64, items: [Code<Node>]?)] = []
    let names = Dictionary(place.assessors.map { ($0.id, $0.person.name) }) { a, _ in a }
    for one in try places(offices) {
      let rest = one.rest()
      if isReaderBarred(one) {
        kept.append(one.kept(.readerBarred))
      } else if rest.isEmpty {
        kept.append(one.kept(.held(Set(one.held.compactMap { names[$0.assessor] }).sorted())))
      } else if let reason = place.eligibility.obstacle(assessor.id, one.lineage) {
        kept.append(one.kept(.barred(reason)))
      } else {
        gifts.append((one, assessor.id, one.gift(rest)))
      }
    }
    return try plan(gifts, kept)
  }

  func plan(_ order: Registry.SpreadOrder) throws -> Plan {
    var filter = Registry.AssigningFilter()
    filter.kind = order.kind
    let open = try place.offices(filter).filter { $0.state == .none }
    let places = try places(open.map(\.code))
    let recipients = try order.assessors.sorted().map { try place.assessor($0) }
    return try spread(places, over: recipients, order.seed) { $0.rest() }
  }

  func plan(_ order: Registry.HandOverOrder) throws -> Plan {
    let leaver = try place.assessor(order.from)
    let codes = try db.rows(
      """
      SELECT DISTINCT code FROM assignment JOIN office ON office.id = assignment.office
      WHERE cycle = ? AND assessor = ? AND until_at IS NULL ORDER BY code
      """, place.cycleID, leaver.id
    ).map { Code<Office>($0["code"]) }
    let own = try places(codes).map { one in
      (
        place: one,
        items: one.rest(without: leaver.id).filter { item in
          one.held.contains { $0.assessor == leaver.id && ($0.item == nil || $0.item == item) }
        }
      )
    }
    let open = own.filter { !$0.items.isEmpty }
    let items = Dictionary(open.map { ($0.place.office.code, $0.items) }) { a, _ in a }
    let done = own.filter { $0.items.isEmpty && !isReaderBarred($0.place) }.map(\.place)
    let decisions = try db.rows(
      "SELECT id FROM clarification WHERE cycle = ? AND decider = ? AND \(Database.isUndecided) ORDER BY id",
      place.cycleID, leaver.id
    ).map { $0["id"] as Int64 }
    let leaving = Leaving(leaver: leaver.id, reason: order.reason, done: done, decisions: decisions)
    guard let to = order.to else {
      let others = place.assessors.filter {
        $0.id != leaver.id && $0.person.holds(.assessor, on: desk.now.day)
      }
      return try spread(open.map(\.place), over: others, order.seed, leaving) {
        items[$0.office.code] ?? []
      }
    }
    let next = try place.assessor(to)
    guard next.id != leaver.id else {
      throw StorageProblem.invalid(
        "the work goes to somebody else; choose another assessor", thai: "ต้องโอนงานให้ผู้ตรวจประเมินคนอื่น")
    }
    var kept: [Registry.KeptOffice] = []
    var gifts: [(office: Place, to: Int64, items: [Code<Node>]?)] = []
    for (one, rest) in open {
      if isReaderBarred(one) {
        kept.append(one.kept(.readerBarred))
      } else if let reason = place.eligibility.obstacle(next.id, one.lineage) {
        kept.append(one.kept(.barred(reason)))
      } else {
        gifts.append((one, next.id, one.gift(rest)))
      }
    }
    return try plan(gifts, kept, leaving: leaving)
  }

  /// What goes with somebody who leaves.
  private struct Leaving {
    let leaver: Int64
    let reason: String
    /// Of which nothing is left to be judged.
    let done: [Place]
    let decisions: [Int64]
  }

  /// By lot, as evenly as conflicts allow.
  private func spread(
    _ places: [Place], over recipients: [AssessorRow], _ seed: String, _ leaving: Leaving? = nil,
    _ rest: (Place) -> [Code<Node>]
  ) throws -> Plan {
    guard (1...Spread.longestSeed).contains(seed.count) else {
      throw StorageProblem.invalid(
        "give a seed of 1 to \(Spread.longestSeed) characters",
        thai: "โปรดระบุเลขตั้งต้น 1–\(Spread.longestSeed) ตัวอักษร")
    }
    let mine = places.filter(isReaderBarred)
    let open = places.filter { one in !mine.contains { $0.id == one.id } }
    let held = Dictionary(try place.loads().map { ($0.id, $0.offices) }) { a, _ in a }
    var barred: [Code<Office>: Set<ID<Person>>] = [:]
    for one in open {
      let obstacles = recipients.filter { place.eligibility.obstacle($0.id, one.lineage) != nil }
      if !obstacles.isEmpty { barred[one.office.code] = Set(obstacles.map { ID($0.id) }) }
    }
    let spread = Spread(
      seed: seed, offices: open.map(\.office.code),
      recipients: recipients.map { Spread.Recipient(ID($0.id), held: held[ID($0.id)] ?? 0) }, barred: barred)
    let known = Dictionary(open.map { ($0.office.code, $0) }) { a, _ in a }
    let drawn = spread.plan
    let gifts = drawn.given.compactMap { office, person in
      known[office].map { one in (office: one, to: person.rawValue, items: one.gift(rest(one))) }
    }
    let kept =
      mine.map { $0.kept(.readerBarred) } + drawn.left.compactMap { known[$0]?.kept(.nobody) }
    return try plan(gifts, kept, spread, leaving: leaving)
  }

  private func plan(
    _ gifts: [(office: Place, to: Int64, items: [Code<Node>]?)], _ kept: [Registry.KeptOffice],
    _ spread: Spread? = nil, leaving: Leaving? = nil
  ) throws -> Plan {
    let keeps = Set(kept.map(\.office))
    let moved = (gifts.map(\.office) + (leaving?.done ?? [])).filter { !keeps.contains($0.office.code) }
    let ending = moved.flatMap { one in
      one.held.filter { $0.assessor == leaving?.leaver }.map { (office: one, row: $0.row) }
    }
    let lines =
      gifts.map { gift in
        Canonical.strings([gift.office.office.code.text, "\(gift.to)"] + (gift.items ?? []).map(\.text))
      } + kept.map { Canonical.strings([$0.office.text]) } + ending.map { "\($0.row)" }
      + (leaving?.decisions ?? []).map { "\($0)" }
    let seen = Registry.GivingPlan(
      cycle: place.cycle, rubric: place.rubric,
      gifts: gifts.map { gift in
        Registry.Gift(
          office: gift.office.office.code, name: gift.office.office.name, to: ID(gift.to), items: gift.items,
          count: gift.items?.count ?? gift.office.due.count)
      }, kept: kept, assessors: try place.loads(), decisions: leaving?.decisions.count ?? 0,
      finished: leaving?.done.count ?? 0, digest: Digest.hex(Digest.of(lines.joined(separator: "\n"))))
    return Plan(
      seen: seen, gifts: gifts, spread: spread, predecessor: leaving?.leaver, reason: leaving?.reason ?? "",
      ending: ending, decisions: leaving?.decisions ?? [])
  }

  private func isReaderBarred(_ one: Place) -> Bool {
    desk.actor?.person.conflict(with: one.lineage, on: desk.now.day) != nil
  }

  /// Offices by their codes, with what is judged and held of them.
  private func places(_ codes: [Code<Office>]) throws -> [Place] {
    let wanted = Set(codes)
    var ids: [Int64] = []
    for row in try db.rows(
      """
      SELECT participant.office AS office, code FROM participant JOIN office ON office.id = participant.office
      WHERE cycle = ? ORDER BY code
      """, place.cycleID) where wanted.contains(Code(row["code"]))
    {
      ids.append(row["office"])
    }
    guard ids.count == wanted.count else { throw StorageProblem.unknown(what: "office", code: "") }
    let among = ids.map { "\($0)" }.joined(separator: ", ")
    let offices = try db.participants(place.cycleID, among: ids)
    let lineages = try db.lineages(of: among)
    var judged: [Int64: Set<Code<Node>>] = [:]
    for row in try Row.fetchAll(
      db,
      sql:
        "SELECT DISTINCT office, item FROM finding WHERE cycle = ? AND stage = 'first' AND office IN (\(among))",
      arguments: [place.cycleID])
    {
      judged[row["office"], default: []].insert(Code(row["item"]))
    }
    var held: [Int64: [(row: Int64, assessor: Int64, item: Code<Node>?)]] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT id, office, assessor, item FROM assignment
        WHERE cycle = ? AND until_at IS NULL AND office IN (\(among)) ORDER BY id
        """, arguments: [place.cycleID])
    {
      held[row["office"], default: []].append(
        (row["id"], row["assessor"], (row["item"] as String?).map { Code($0) }))
    }
    return ids.compactMap { id in
      guard let office = offices[id] else { return nil }
      let due = dues.first { $0.kind == office.kind?.text && $0.conditions == office.conditionsJSON }
      return Place(
        id: id, office: office, lineage: lineages[id] ?? [office.code], due: due?.items ?? [],
        judged: judged[id] ?? [], held: held[id] ?? [])
    }
  }

  // Carrying out.

  func carryOut(_ plan: Plan, expecting digest: String) throws {
    guard plan.seen.digest == digest else {
      throw StorageProblem.changed(
        "what was shown has changed in the meantime; look at it again",
        thai: "ข้อมูลเปลี่ยนไปหลังจากที่ท่านดูตัวอย่าง โปรดตรวจตัวอย่างอีกครั้งแล้วยืนยันใหม่")
    }
    guard !plan.gifts.isEmpty || !plan.ending.isEmpty || !plan.decisions.isEmpty else {
      throw StorageProblem.invalid("there is nothing to give out", thai: "ไม่มีงานให้มอบหมาย")
    }
    let people = Dictionary(place.assessors.map { ($0.id, $0.person) }) { a, _ in a }
    try desk.allow(.assign, Matter(cycle: place.cycle, instrument: place.instrument))
    let spread = try plan.spread.map { try keep($0, plan) }
    for (one, row) in plan.ending {
      try desk.allow(.assign, place.matter(one.office.code, one.lineage, nil))
      try db.run(
        "UPDATE assignment SET until_at = ?, reason = ? WHERE id = ?", desk.now.seconds, plan.reason, row)
      try record(row)
    }
    for (one, person, items) in plan.gifts {
      try desk.allow(.assign, place.matter(one.office.code, one.lineage, people[person]))
      for item in items.map({ $0.map(Optional.some) }) ?? [nil] {
        let row = try db.insert(
          """
          INSERT INTO assignment (cycle, office, item, assessor, from_at, until_at, reason, spread)
          VALUES (?, ?, ?, ?, ?, NULL, '', ?)
          """, place.cycleID, one.id, item?.text, person, desk.now.seconds, spread)
        try record(row)
      }
    }
    for row in plan.decisions {
      try db.run("UPDATE clarification SET decider = NULL WHERE id = ?", row)
      let found = try db.row("SELECT office, item FROM clarification WHERE id = ?", row)
      try desk.record(
        .assign, found?["item"] ?? "", cycle: place.cycleID, office: found?["office"], row: "clarification",
        row)
    }
  }

  private func record(_ row: Int64) throws {
    let found = try db.row("SELECT office, assessor FROM assignment WHERE id = ?", row)
    try desk.record(
      .assign, "person \(found?["assessor"] as Int64? ?? 0)", cycle: place.cycleID, office: found?["office"],
      row: "assignment", row)
  }

  /// Keeps all a spread was worked out from.
  private func keep(_ spread: Spread, _ plan: Plan) throws -> Int64 {
    let barred = spread.offices.flatMap { office in
      (spread.barred[office] ?? []).sorted().map { "[\(Canonical.string(office.text)),\($0)]" }
    }
    func list(_ texts: [String]) -> String { "[" + texts.joined(separator: ",") + "]" }
    let row = try db.insert(
      """
      INSERT INTO spread (cycle, seed, offices, assessors, held, barred, predecessor, reason, person, made_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, place.cycleID, spread.seed, Canonical.strings(spread.offices.map(\.text)),
      list(spread.recipients.map { "\($0.person)" }), list(spread.recipients.map { "\($0.held)" }),
      list(barred), plan.predecessor, plan.reason, desk.actor?.id, desk.now.seconds)
    try desk.record(.assign, "spread \(row)", cycle: place.cycleID, row: "spread", row)
    return row
  }
}

extension Giving.Place {
  fileprivate func kept(_ why: Registry.KeptOffice.Why) -> Registry.KeptOffice {
    Registry.KeptOffice(office: office.code, name: office.name, why: why)
  }
}

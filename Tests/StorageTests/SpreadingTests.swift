import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Offices given in bulk, spread by a seed and handed on: looked at first, done exactly so, and on the trail.
@Suite struct SpreadingTests {
  private let cycle = District.cycle

  /// A district with more offices and assessors; the third assessor serves at the first of the further offices.
  private func district() throws -> District {
    let district = try District(isOpen: false)
    let registry = district.registry
    let now = District.setUp
    let more = (1...6).map { number in
      Office(
        code: "500\(number)", name: Words(thai: "เขต \(number)", english: "Area \(number)"),
        kind: number.isMultiple(of: 2) ? "primary" : "secondary")
    }
    _ = try registry.keep(
      offices: District.offices + more, isDryRun: false, by: district.by("admin"), at: now)
    let third = PersonEntry(
      code: "assessor3", name: "assessor3",
      postings: [PostingEntry(.employing, at: "5001", from: District.day("2025-10-01"))],
      grants: [Grant(.assessor, for: .everywhere, from: District.day("2025-10-01"))])
    _ = try registry.keep(
      people: District.people + [third], isDryRun: false, by: district.by("admin"), at: now)
    let text = RubricText(
      name: "small.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(District.root)/Rubrics/small.yaml"))))
    try registry.newCycle(
      cycle, year: FiscalYear(2569), title: Words(thai: "รอบ", english: "Cycle"), rubric: [text],
      by: district.by("admin"), at: now)
    try registry.setSchedule(District.schedule, of: cycle, reason: "", by: district.by("admin"), at: now)
    _ = try registry.openCycle(cycle, by: district.by("admin"), at: now)
    return district
  }

  private let everybody: Set<Code<Person>> = ["assessor1", "assessor2", "assessor3"]

  private func desk(_ district: District, at now: Moment = District.collecting) throws
    -> Registry.AssigningDesk
  {
    try district.registry.assigningDesk(in: cycle, by: district.by("lead"), at: now)
  }

  private func load(_ desk: Registry.AssigningDesk, _ code: Code<Person>) -> Registry.AssessorLoad? {
    desk.assessors.first { $0.code == code }
  }

  @Test func `a spread is looked at, done exactly so and kept with all it was drawn from`() throws {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.collecting)
    let order = Registry.SpreadOrder(seed: "2569-0412", assessors: everybody)
    let plan = try registry.plan(order, in: cycle, by: lead, at: now)
    // Nothing is done by looking.
    #expect(try desk(district).counts[.none] == plan.gifts.count)
    #expect(plan.gifts.count == 8 && plan.kept.isEmpty)
    #expect(try registry.plan(order, in: cycle, by: lead, at: now).digest == plan.digest)
    try registry.spread(order, in: cycle, expecting: plan.digest, by: lead, at: now)
    let after = try desk(district)
    #expect(after.counts == [.assigned: 8])
    #expect(after.assessors.map(\.offices).sorted() == [2, 3, 3])
    let given = Dictionary(plan.gifts.map { ($0.office, $0.to) }) { a, _ in a }
    for placed in after.offices {
      #expect(placed.holders.map(\.code).compactMap { load(after, $0)?.id } == [given[placed.office.code]])
    }
    #expect(given["5001"] != load(after, "assessor3")?.id)
    let record = try #require(try registry.spreads(of: cycle, by: lead, at: now).first)
    #expect(
      record.seed == "2569-0412" && record.offices == 8 && record.assessors == 3 && record.who == "lead")
    // From the row alone comes the same again.
    try registry.read { db in
      let row = try #require(try db.row("SELECT * FROM spread"))
      let people = Canonical.integers(row["assessors"]).map { ID<Person>(Int64($0)) }
      let pairs = try #require(
        try JSONSerialization.jsonObject(with: Data((row["barred"] as String).utf8)) as? [[Any]])
      var barred: [Code<Office>: Set<ID<Person>>] = [:]
      for pair in pairs {
        let office = try #require(pair[0] as? String)
        barred[Code(office), default: []].insert(ID(try #require((pair[1] as? NSNumber)?.int64Value)))
      }
      #expect(!barred.isEmpty)
      let again = Spread(
        seed: row["seed"], offices: try db.strings(row["offices"]).map { Code($0) },
        recipients: zip(people, Canonical.integers(row["held"])).map { Spread.Recipient($0, held: $1) },
        barred: barred
      ).plan
      #expect(again.given.allSatisfy { given[$0.office] == $0.to } && again.given.count == 8)
      #expect(try db.integer("SELECT count(*) FROM assignment WHERE spread = ?", row["id"] as Int64) == 8)
    }
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `a spread that was changed behind the registry's back is found`() throws {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.collecting)
    let order = Registry.SpreadOrder(seed: "1", assessors: everybody)
    let plan = try registry.plan(order, in: cycle, by: lead, at: now)
    try registry.spread(order, in: cycle, expecting: plan.digest, by: lead, at: now)
    try registry.close()
    let file = try DatabaseQueue(path: "\(district.folder)/registry.sqlite")
    #expect(throws: DatabaseError.self) {
      try file.write { try $0.execute(sql: "UPDATE spread SET seed = '2'") }
    }
    #expect(throws: DatabaseError.self) { try file.write { try $0.execute(sql: "DELETE FROM spread") } }
    try file.write { db in
      try db.execute(sql: "DROP TRIGGER spread_frozen; UPDATE spread SET seed = '2'")
    }
    try file.close()
    let again = try Registry(in: district.folder, .reading, formats: District.formats, at: now)
    #expect(
      try again.verify().faults.map(\.description).contains { $0.contains("spread 1") && $0.contains("seed") }
    )
  }

  @Test func `what has changed since it was looked at is not done`() throws {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.collecting)
    let order = Registry.SpreadOrder(seed: "1", assessors: everybody)
    let plan = try registry.plan(order, in: cycle, by: lead, at: now)
    try registry.assign("assessor1", to: "5002", items: nil, in: cycle, by: lead, at: now)
    #expect(
      district.said { try registry.spread(order, in: cycle, expecting: plan.digest, by: lead, at: now) }
        == "what was shown has changed in the meantime; look at it again")
    #expect(try registry.spreads(of: cycle, by: lead, at: now).isEmpty)
    // Another seed is another plan.
    let other = try registry.plan(
      Registry.SpreadOrder(seed: "2", assessors: everybody), in: cycle, by: lead, at: now)
    #expect(other.digest != plan.digest)
  }

  @Test func `offices are given in bulk but for those that somebody judges, or that the assessor may not`()
    throws
  {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.collecting)
    try registry.assign("assessor1", to: "5002", items: nil, in: cycle, by: lead, at: now)
    try registry.assign("assessor1", to: "5003", items: ["O1"], in: cycle, by: lead, at: now)
    let offices: [Code<Office>] = ["5001", "5002", "5003", "5004"]
    let plan = try registry.plan(giving: offices, to: "assessor3", in: cycle, by: lead, at: now)
    #expect(plan.gifts.map(\.office) == ["5003", "5004"])
    #expect(plan.gifts.map(\.items) == [["O2", "O3"], nil])
    #expect(plan.kept.map(\.office) == ["5001", "5002"])
    #expect(
      plan.kept.map(\.why) == [.barred(.conflict(.present(.employing))), .held(["assessor1"])])
    try registry.giveOffices(
      offices, to: "assessor3", in: cycle, expecting: plan.digest, by: lead, at: now)
    let after = try desk(district)
    #expect(load(after, "assessor3")?.offices == 2 && load(after, "assessor3")?.items == 5)
    #expect(load(after, "assessor1")?.items == 4)
    #expect(after.counts == [.none: 5, .assigned: 3])
    #expect(throws: StorageProblem.self) {
      _ = try registry.plan(giving: ["nowhere"], to: "assessor3", in: cycle, by: lead, at: now)
    }
  }

  @Test func `a lead assessor in conflict with an office does not assign it`() throws {
    let district = try district()
    let (registry, now) = (district.registry, District.collecting)
    try registry.declareConflict(
      of: "lead", with: "5004", reason: "x", by: district.by("admin"), at: now)
    let lead = district.by("lead")
    let order = Registry.SpreadOrder(seed: "1", assessors: everybody)
    let plan = try registry.plan(order, in: cycle, by: lead, at: now)
    #expect(plan.kept.map(\.office) == ["5004"] && plan.kept.map(\.why) == [.readerBarred])
    try registry.spread(order, in: cycle, expecting: plan.digest, by: lead, at: now)
    let after = try desk(district)
    #expect(after.offices.filter(\.isReaderBarred).map(\.office.code) == ["5004"])
    #expect(after.counts == [.none: 1, .assigned: 7])
  }

  @Test func `an office whose assessor declares a conflict is without one, and goes to another in each way`()
    throws
  {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.assessing)
    for office in ["5002", "5003", "5004"] as [Code<Office>] {
      try registry.assign("assessor1", to: office, items: nil, in: cycle, by: lead, at: now)
    }
    try registry.judge(Finding(.met), on: "O1", of: "5002", in: cycle, by: district.by("assessor1"), at: now)
    for office in ["5002", "5003", "5004"] as [Code<Office>] {
      try registry.declareConflict(
        of: "assessor1", with: office, reason: "คู่สมรส", by: district.by("assessor1"), at: now)
    }
    let open = try desk(district, at: now)
    #expect(open.counts == [.none: 8] && open.offices.allSatisfy(\.holders.isEmpty))
    let ties = try #require(load(open, "assessor1")).ties
    #expect(ties.map(\.office) == ["5002", "5003", "5004"] && ties.map(\.judged) == [1, 0, 0])
    #expect(load(open, "assessor1")?.offices == 0)
    try registry.assign("assessor2", to: "5002", items: nil, in: cycle, by: lead, at: now)
    let bulk = try registry.plan(giving: ["5003"], to: "assessor2", in: cycle, by: lead, at: now)
    #expect(bulk.gifts.map(\.office) == ["5003"] && bulk.kept.isEmpty)
    let order = Registry.SpreadOrder(seed: "1", assessors: everybody)
    let spread = try registry.plan(order, in: cycle, by: lead, at: now)
    let given = spread.gifts.first { $0.office == "5004" }
    #expect(given != nil && given?.to != load(open, "assessor1")?.id)
    var filter = Registry.AssigningFilter()
    filter.assessor = "assessor1"
    // What they found stands, though nothing is theirs any more.
    #expect(try registry.assigningDesk(filter, in: cycle, by: lead, at: now).standing == 1)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `the work of somebody who leaves goes to another, and what was judged stays`() throws {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.assessing)
    for office in ["5001", "5002", "5003"] as [Code<Office>] {
      try registry.assign("assessor1", to: office, items: nil, in: cycle, by: lead, at: now)
    }
    func judge(_ office: Code<Office>, _ items: [Code<Node>]) throws {
      for item in items {
        try registry.judge(
          Finding(.met), on: item, of: office, in: cycle, by: district.by("assessor1"), at: now)
      }
    }
    try judge("5002", ["O1"])
    try judge("5003", ["O1", "O2", "O3"])
    let order = Registry.HandOverOrder(from: "assessor1", to: "assessor3", reason: "ย้าย")
    let plan = try registry.plan(order, in: cycle, by: lead, at: now)
    #expect(plan.gifts.map(\.office) == ["5002"] && plan.gifts.map(\.items) == [["O2", "O3"]])
    #expect(plan.kept.map(\.office) == ["5001"] && plan.finished == 1)
    try registry.handOver(order, in: cycle, expecting: plan.digest, by: lead, at: now)
    let after = try desk(district, at: now)
    // Where the other is in conflict the work stays with whoever had it.
    #expect(load(after, "assessor1")?.offices == 1 && load(after, "assessor3")?.items == 2)
    let reader = try registry.assignedOfficeDesk("5002", in: cycle, by: lead, at: now)
    #expect(reader.items.map(\.judge) == ["assessor1", nil, nil])
    #expect(reader.items.map(\.holders) == [[], ["assessor3"], ["assessor3"]])
    // Judged in part by one, the rest by another: it is assigned all the same.
    #expect(reader.placed.state == .assigned)
    try registry.read { db in
      let reasons = try db.rows("SELECT reason FROM assignment WHERE until_at IS NOT NULL").map {
        $0["reason"] as String
      }
      #expect(reasons == ["ย้าย", "ย้าย"])
      #expect(try db.integer("SELECT count(*) FROM finding") == 4)
    }
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test
  func `the work of somebody who leaves is spread over the others, and clarifications need another name`()
    throws
  {
    let district = try district()
    let (registry, lead) = (district.registry, district.by("lead"))
    for office in ["4001", "5001", "5002", "5003"] as [Code<Office>] {
      try registry.assign("assessor2", to: office, items: nil, in: cycle, by: lead, at: District.assessing)
    }
    try registry.judge(
      Finding(.notMet, reason: "x"), on: "O1", of: District.main, in: cycle, by: district.by("assessor2"),
      at: District.assessing)
    let now = District.clarifying
    try registry.contest(
      "O1", of: District.main, in: cycle, statement: "หน้า 4", by: district.by("director"), at: now)
    try registry.nameDecider("assessor1", of: "O1", of: District.main, in: cycle, by: lead, at: now)
    let plan = try registry.plan(
      Registry.HandOverOrder(from: "assessor1", to: nil, seed: "7", reason: "ลา"), in: cycle, by: lead,
      at: now)
    #expect(plan.gifts.isEmpty && plan.decisions == 1)
    let order = Registry.HandOverOrder(from: "assessor2", to: nil, seed: "7", reason: "ลา")
    let spread = try registry.plan(order, in: cycle, by: lead, at: now)
    #expect(spread.gifts.count == 4 && spread.decisions == 0)
    try registry.handOver(order, in: cycle, expecting: spread.digest, by: lead, at: now)
    let after = try desk(district, at: now)
    #expect(after.assessors.map(\.offices) == [2, 0, 2])
    let record = try #require(try registry.spreads(of: cycle, by: lead, at: now).first)
    #expect(record.predecessor == "assessor2" && record.reason == "ลา")
    let first = Registry.HandOverOrder(from: "assessor1", to: "assessor3", reason: "ลา")
    let last = try registry.plan(first, in: cycle, by: lead, at: now)
    try registry.handOver(first, in: cycle, expecting: last.digest, by: lead, at: now)
    #expect(try registry.clarifications(of: cycle, by: lead, at: now).map(\.decider) == [nil])
    #expect(
      district.said {
        try registry.handOver(
          Registry.HandOverOrder(from: "assessor3", to: "assessor3", reason: "x"), in: cycle, expecting: "",
          by: lead, at: now)
      } == "the work goes to somebody else; choose another assessor")
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `loads, states and pages count as the rows do`() throws {
    let district = try district()
    let (registry, lead, now) = (district.registry, district.by("lead"), District.assessing)
    try registry.assign("assessor1", to: "5002", items: nil, in: cycle, by: lead, at: now)
    try registry.assign("assessor1", to: "5004", items: ["O1", "O3"], in: cycle, by: lead, at: now)
    for item in ["O1", "O2"] as [Code<Node>] {
      try registry.judge(
        Finding(.met), on: item, of: "5002", in: cycle, by: district.by("assessor1"), at: now)
    }
    try registry.judge(Finding(.met), on: "O3", of: "5004", in: cycle, by: district.by("assessor1"), at: now)
    // Judged again it is no more than one.
    try registry.judge(
      Finding(.notMet, reason: "x"), on: "O3", of: "5004", in: cycle, by: district.by("assessor1"), at: now)
    let desk = try desk(district, at: now)
    let one = try #require(load(desk, "assessor1"))
    #expect(one.offices == 2 && one.items == 5 && one.judged == 3 && one.left == 2)
    #expect(desk.counts == [.none: 6, .partly: 1, .assigned: 1])
    #expect(load(desk, "assessor3")?.ties.map(\.office) == ["5001"])
    var filter = Registry.AssigningFilter()
    filter.state = .partly
    func offices(_ filter: Registry.AssigningFilter) throws -> [Code<Office>] {
      try registry.assigningDesk(filter, in: cycle, by: lead, at: now).offices.map(\.office.code)
    }
    #expect(try offices(filter) == ["5004"])
    filter = Registry.AssigningFilter()
    filter.assessor = "assessor1"
    #expect(try offices(filter) == ["5002", "5004"])
    filter = Registry.AssigningFilter()
    filter.kind = "primary"
    #expect(try offices(filter) == ["4001", "5002", "5004", "5006"])
    filter = Registry.AssigningFilter()
    filter.search = "Area 3"
    #expect(try offices(filter) == ["5003"])
    filter.search = "50"
    #expect(try offices(filter).count == 6)
    filter.search = "%"
    #expect(try offices(filter).isEmpty)
    let progress = try registry.progressDesk(in: cycle, by: lead, at: now)
    #expect(progress.judged == 3 && progress.items == 24)
    #expect(progress.counts == [.none: 6, .begun: 2])
    let pace = try #require(progress.assessors.first { $0.load.code == "assessor1" })
    // Nine and a half of thirty days have passed: one of five.
    #expect(pace.expected == 1 && pace.behind == 0)
    let later = try registry.progressDesk(in: cycle, by: lead, at: District.moment("2026-04-30T12:00"))
    #expect(later.assessors.first { $0.load.code == "assessor1" }?.behind == 1)
  }

  @Test func `only who may assign sees who judges what`() throws {
    let district = try district()
    let now = District.collecting
    for person in ["admin", "member1", "assessor1", "director"] as [Code<Person>] {
      #expect(throws: (any Error).self, "\(person)") {
        _ = try district.registry.assigningDesk(in: cycle, by: Signer(person), at: now)
      }
    }
    for person in ["assessor1", "director"] as [Code<Person>] {
      #expect(throws: Refusal.self, "\(person)") {
        _ = try district.registry.progressDesk(in: cycle, by: Signer(person), at: now)
      }
      #expect(throws: Refusal.self, "\(person)") {
        _ = try district.registry.unopenedDesk(in: cycle, by: Signer(person), at: now)
      }
    }
  }
}

import Foundation
import GRDB
import Integrity
import Synchronization
import Testing

@testable import Storage

/// What an office's pages show.
@Suite struct DesksTests {
  private func desk(
    _ district: District, by person: Code<Person> = "officer", at now: Moment = District.collecting
  ) throws -> Registry.OfficeDesk {
    try district.registry.officeDesk(District.main, in: District.cycle, by: district.by(person), at: now)
  }

  private func desk(
    _ item: Code<Node>, _ district: District, by person: Code<Person> = "officer",
    at now: Moment = District.collecting
  ) throws -> Registry.DisclosureDesk {
    try district.registry.disclosureDesk(
      item, of: District.main, in: District.cycle, by: district.by(person), at: now)
  }

  @Test func `an office sees every disclosure that applies to it, begun or not, in the order of the rubric`()
    throws
  {
    let district = try District()
    let registry = district.registry
    let now = District.collecting
    let empty = try desk(district)
    #expect(empty.works.map(\.item.code) == ["O1", "O2", "O3"])
    #expect(empty.works.allSatisfy { $0.submission == nil && $0.changedAt == nil && $0.mayDraft })
    #expect(empty.works.map(\.owner) == ["officer", "officer", "officer"])
    _ = try registry.draft(District.draft("O2"), in: District.cycle, by: district.by("head"), at: now)
    _ = try registry.sendBack(
      "O2", of: District.main, in: District.cycle, note: "ขาดผลการใช้จ่าย", by: district.by("director"),
      at: now.adding(seconds: 9))
    let work = try desk(district).works[1]
    #expect(work.submission?.state == .returned && work.returnNote == "ขาดผลการใช้จ่าย")
    #expect(work.owner == "head" && work.changedAt == now.adding(seconds: 9))
    // Saved again, it is no longer returned.
    _ = try registry.draft(District.draft("O2"), in: District.cycle, by: district.by("officer"), at: now)
    let saved = try desk(district).works[1]
    #expect(saved.returnNote == nil && saved.owner == "officer" && saved.submission?.evidence.count == 1)
    // Whoever puts a word right does not take it over.
    _ = try registry.draft(District.draft("O2"), in: District.cycle, by: district.by("director"), at: now)
    #expect(try desk(district).works[1].owner == "officer")
  }

  @Test func `what a condition takes away is not asked for`() throws {
    let district = try District()
    let office = Office(
      code: District.main, name: Words(thai: "เขตหนึ่ง", english: "Area One"), kind: "primary",
      stakeholders: ["IIT": 12], conditions: ["new_office"])
    _ = try district.registry.keep(
      offices: [office], isDryRun: false, by: district.by("admin"), at: District.setUp)
    #expect(try desk(district).works.map(\.item.code) == ["O1", "O3"])
  }

  @Test
  func
    `an officer of another group is offered nothing to write, and owns what nobody has begun only in theirs`()
    throws
  {
    let district = try District()
    _ = try district.registry.keep(
      people: [District.person("legal", at: District.main, .officer, group: "legal")], isDryRun: false,
      by: district.by("admin"), at: District.setUp)
    let works = try desk(district, by: "legal").works
    #expect(works.map(\.mayDraft) == [false, false, true])
    #expect(works.map(\.owner) == ["officer", "officer", "legal"])
    #expect(try desk(district, at: District.assessing).works.allSatisfy { !$0.mayDraft })
  }

  @Test func `how far a questionnaire has come is said in four steps, and never in people`() throws {
    let district = try District()
    #expect(
      try desk(district).responses == [
        "IIT": Registry.Responses(progress: .belowHalf, minimum: 12, stakeholders: 12)
      ])
    var days = 0
    func bring(_ people: Int) throws -> Registry.Progress? {
      _ = try district.registry.bringAnswers(
        [District.main: [Collected("IIT"): Array(repeating: [4, 4, 3, 1], count: people)]],
        in: District.cycle, by: district.by("admin"), at: District.collecting)
      // What is seen is how it was when the day began.
      days += 1
      try district.registry.refreshProgress(at: District.collecting.adding(days: days))
      return try desk(district).responses["IIT"]?.progress
    }
    #expect(try bring(5) == .belowHalf)
    #expect(try bring(1) == .half)
    #expect(try bring(5) == .half)
    #expect(try bring(1) == .full)
  }

  @Test func `without a number of stakeholders nothing can be said of a sample`() {
    let sample = Sample(everyoneUpTo: 30, share: Points(10), atLeast: 30)
    #expect(Questionnaire(least: .sample, sample: sample).minimum(ofStakeholders: nil) == nil)
    #expect(Questionnaire(least: .sample, sample: sample).minimum(ofStakeholders: 12) == 12)
    #expect(Questionnaire(least: .number(5)).minimum(ofStakeholders: nil) == 5)
  }

  @Test func `the desk has its groups and its receipts, the latest first`() throws {
    let district = try District()
    let group = GroupEntry(
      office: District.main, group: "legal", title: Words(thai: "กลุ่มนิติการ", english: "Law"))
    _ = try district.registry.keep(
      groups: [group], isDryRun: false, by: district.by("admin"), at: District.setUp)
    try district.submitAll()
    _ = try district.registry.recall(
      "O1", of: District.main, in: District.cycle, note: "x", by: district.by("director"),
      at: District.collecting)
    _ = try district.registry.pass(
      "O1", of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    let receipt = try district.registry.submit(
      nil, of: District.main, in: District.cycle, by: district.by("director"), at: District.collecting)
    let shown = try desk(district)
    #expect(shown.groups == [group])
    #expect(shown.receipts.first == receipt && shown.receipts.map(\.items) == [["O1"], ["O1", "O2", "O3"]])
    let one = try desk("O3", district)
    #expect(one.lead?.title.english == "Law")
    #expect(one.contributors.map(\.title.english) == ["Administration Group", "Policy and Planning Group"])
  }

  @Test func `desks are for those who may see what the office submits`() throws {
    let district = try District()
    try district.submitAll()
    for person in ["admin", "officer2", "assessor1", "member1"] as [Code<Person>] {
      #expect(throws: Refusal.self, "\(person)") { try desk(district, by: person) }
      #expect(throws: Refusal.self, "\(person)") { try desk("O1", district, by: person) }
    }
    try district.assignAll()
    // An assessor reads what is assigned, and not how far the questionnaires have come.
    let assessors = try desk(district, by: "assessor1", at: District.assessing)
    #expect(assessors.works.count == 3 && assessors.responses.isEmpty)
    #expect(district.said { _ = try desk("O9", district) } == "there is no disclosure 'O9'")
  }

  @Test func `the way of a disclosure is told through all its versions, saves among it`() throws {
    let district = try District()
    let registry = district.registry
    let now = District.collecting
    func at(_ minute: Int64) -> Moment { now.adding(seconds: 60 * minute) }
    _ = try registry.draft(District.draft("O1"), in: District.cycle, by: district.by("officer"), at: at(0))
    _ = try registry.sendBack(
      "O1", of: District.main, in: District.cycle, note: "one", by: district.by("head"), at: at(1))
    _ = try registry.draft(District.draft("O1"), in: District.cycle, by: district.by("officer"), at: at(1))
    _ = try registry.sendBack(
      "O1", of: District.main, in: District.cycle, note: "two", by: district.by("head"), at: at(1))
    _ = try registry.pass("O1", of: District.main, in: District.cycle, by: district.by("head"), at: at(2))
    _ = try registry.submit(
      nil, of: District.main, in: District.cycle, by: district.by("director"), at: at(3))
    _ = try registry.recall(
      "O1", of: District.main, in: District.cycle, note: "three", by: district.by("director"), at: at(4))
    _ = try registry.draft(District.draft("O1"), in: District.cycle, by: district.by("officer"), at: at(5))
    let moves = try desk("O1", district).moves
    #expect(
      moves.map { "\($0.version) \($0.state.rawValue) \($0.who) \($0.note)" } == [
        "2 draft officer ", "1 recalled director three", "1 submitted director ", "1 ready head ",
        "1 returned head two", "1 draft officer ", "1 returned head one", "1 draft officer ",
      ])
    #expect(moves.map(\.at) == [5, 4, 3, 2, 1, 1, 1, 0].map(at))
    for minute in 6..<40 {
      _ = try registry.draft(
        District.draft("O1"), in: District.cycle, by: district.by("officer"), at: at(Int64(minute)))
    }
    // Saves in a row by one person are one step, told by the last of them.
    #expect(try desk("O1", district).moves.map(\.at) == [39, 4, 3, 2, 1, 1, 1, 0].map(at))
    for minute in 40..<70 {
      _ = try registry.draft(
        District.draft("O1"), in: District.cycle, by: district.by(minute % 2 == 0 ? "head" : "officer"),
        at: at(Int64(minute)))
    }
    #expect(try desk("O1", district).moves.count == 20)
  }

  @Test func `a disclosure says what its reader may do with it now`() throws {
    let district = try District()
    let registry = district.registry
    let now = District.collecting
    func may(_ person: Code<Person>, at moment: Moment = now) throws -> Set<Act> {
      try desk("O1", district, by: person, at: moment).may
    }
    #expect(try may("officer") == [.draft] && may("director") == [.draft])
    _ = try registry.draft(District.draft("O1"), in: District.cycle, by: district.by("officer"), at: now)
    #expect(try may("officer") == [.draft] && may("head") == [.draft, .pass, .sendBack])
    _ = try registry.pass("O1", of: District.main, in: District.cycle, by: district.by("head"), at: now)
    #expect(
      try may("officer") == [] && may("head") == [.sendBack] && may("director") == [.submit, .sendBack])
    _ = try registry.submit(nil, of: District.main, in: District.cycle, by: district.by("director"), at: now)
    #expect(try may("head") == [] && may("director") == [.recall])
    #expect(try may("director", at: District.assessing) == [])
  }

  @Test func `what a page may offer does not wait for a disclosure to stand right`() throws {
    let district = try District()
    func may(_ person: Code<Person>, at now: Moment = District.collecting) throws -> Set<Act> {
      try district.registry.mayAct(
        [.draft, .pass, .submit, .enterStakeholders, .contest, .keepPeople], on: District.main,
        in: District.cycle,
        by: district.by(person), at: now)
    }
    #expect(try may("officer") == [.draft])
    #expect(try may("head") == [.draft, .pass])
    #expect(try may("director") == [.draft, .pass, .submit, .enterStakeholders])
    #expect(try may("office.admin") == [.enterStakeholders, .keepPeople])
    #expect(try may("director", at: District.clarifying) == [.contest])
    #expect(try may("officer2") == [])
  }

  @Test func `people of an office find the cycles it takes part in, others find none`() throws {
    let district = try District()
    func cycles(_ person: Code<Person>) throws -> [String]? {
      try district.registry.currentCycles(for: district.by(person), at: District.collecting)?.map {
        "\($0.cycle.code): \($0.offices.map(\.code.text).joined(separator: " "))"
      }
    }
    try NextYear.open(in: district)
    #expect(try cycles("officer") == ["2570: 4001", "2569: 4001"])
    #expect(try cycles("office.admin")?.count == 2)
    for person in ["admin", "assessor1", "lead", "member1"] as [Code<Person>] {
      #expect(try cycles(person) == nil, "\(person)")
    }
    try district.registry.grant(
      Grant(.officer, for: .offices([District.main]), from: District.day("2026-01-01")), to: "officer2",
      by: district.by("admin"), at: District.setUp)
    #expect(try cycles("officer2") == ["2570: 4001 4002", "2569: 4001 4002"])
  }

  @Test func `last year's disclosure is found by its key under its old code, once it is published`() throws {
    let district = try District()
    let registry = district.registry
    try district.wholeYear()
    try NextYear.open(in: district)
    func lastYear(_ item: Code<Node>, by person: Code<Person> = "officer") throws -> Registry.LastYear? {
      try registry.disclosureDesk(
        item, of: District.main, in: NextYear.cycle, by: district.by(person), at: NextYear.collecting
      ).lastYear
    }
    #expect(try lastYear("O9") == nil, "nothing is said before it is published")
    try registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    let structure = try lastYear("O9")
    #expect(
      structure?.itemCode == "O1" && structure?.cycle == District.cycle && structure?.year.buddhist == 2569)
    #expect(structure?.submission?.evidence.count == 1 && structure?.finding == Finding(.met))
    #expect(structure?.scored?.figure?.description == "100.00")
    let report = try lastYear("O2")
    #expect(report?.finding?.reason == "ไม่พบผลการใช้จ่าย" && report?.scored?.figure?.description == "0.00")
  }

  @Test func `a desk takes as many queries when everything has been begun as when nothing has`() throws {
    let district = try District()
    try district.registry.read { _ in }
    func count(_ body: () throws -> Void) throws -> Int {
      let counter = Counter()
      try district.registry.read { db in db.trace { _ in counter.add() } }
      try body()
      try district.registry.read { db in db.trace(options: []) }
      return counter.value
    }
    _ = try desk(district)
    let before = try count { _ = try desk(district) }
    try district.submitAll()
    let after = try count { _ = try desk(district) }
    // Receipts ask for the moves and the participant besides.
    #expect(before > 10 && after - before <= 4, "\(before), \(after)")
  }
}

private final class Counter: Sendable {
  private let number = Mutex(0)
  var value: Int { number.withLock { $0 } }
  func add() { number.withLock { $0 += 1 } }
}

/// A cycle after the district's, in which the first disclosure has another code.
private enum NextYear {
  static let cycle: Code<Cycle> = "2570"
  static let collecting = District.moment("2027-02-10T09:00")

  static func open(in district: District) throws {
    let registry = district.registry
    let now = District.setUp
    let text = try String(contentsOfFile: "\(District.root)/Rubrics/small.yaml", encoding: .utf8)
      .replacingOccurrences(of: "year: 2569", with: "year: 2570").replacingOccurrences(of: "O1", with: "O9")
    let admin = district.by("admin")
    // The clock has gone on where the year before was played to its end.
    let later = max(now, District.deciding)
    try registry.newCycle(
      cycle, year: FiscalYear(2570), title: Words(thai: "รอบ 2570", english: "Cycle 2570"),
      rubric: [RubricText(name: "small.yaml", bytes: [UInt8](text.utf8))], by: admin, at: later)
    let schedule = Schedule(
      collecting: [
        "IIT": District.window("2027-02-01", "2027-06-30"),
        "OIT": District.window("2027-02-01", "2027-04-01"),
      ],
      assessing: District.window("2027-04-01", "2027-05-01"),
      clarifying: District.window("2027-05-01", "2027-06-01"))
    try registry.setSchedule(schedule, of: cycle, reason: "", by: admin, at: later)
    _ = try registry.openCycle(cycle, by: admin, at: later)
  }
}

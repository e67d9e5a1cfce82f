import Foundation
import Integrity
import Testing

@testable import Storage

/// Opening the results, contesting single findings and deciding on them.
@Suite struct ClarifyingTests {
  private let cycle = District.cycle
  private let main = District.main
  private let now = District.clarifying

  private func district() throws -> District {
    let district = try District()
    try district.assignAll()
    try district.submitAll()
    try district.judgeAll()
    return district
  }

  private func desk(_ district: District, _ person: Code<Person>, at moment: Moment? = nil) throws
    -> Registry.FindingsDesk
  {
    try district.registry.findingsDesk(main, in: cycle, by: Signer(person), at: moment ?? now)
  }

  @Test func `nothing of what was found is shown to a person before they have opened it`() throws {
    let district = try district()
    let closed = try desk(district, "director")
    #expect(!closed.isOpen && closed.results.isEmpty && closed.openings.isEmpty && closed.refusal == nil)
    try district.registry.acknowledge(main, in: cycle, by: Signer("director"), at: now)
    let open = try desk(district, "director")
    #expect(open.isOpen && open.openings.map(\.name) == ["director"] && open.openings.map(\.at) == [now])
    #expect(open.results.map(\.item.code) == ["O1", "O2", "O3"])
    // Whoever has not opened them sees that others have, and nothing else.
    let other = try desk(district, "head")
    #expect(!other.isOpen && other.results.isEmpty && other.openings.map(\.isReader) == [false])
    // Who may not open them does not see them either.
    #expect(try desk(district, "office.admin").refusal != nil)
    #expect(try desk(district, "office.admin").results.isEmpty)
    // Nor is it read on the trail.
    func payloads(_ person: Code<Person>) throws -> [String] {
      try district.registry.trail(of: main, by: Signer(person), at: now)
        .filter { $0.act == "judge" }.compactMap(\.payload)
    }
    #expect(try !payloads("director").isEmpty)
    let second = Grant(.director, for: .offices([main]), from: District.day("2025-10-01"))
    try district.registry.grant(second, to: "head", by: Signer("admin"), at: now)
    #expect(try payloads("head").isEmpty)
  }

  @Test func `the results are there from clarifying on, for the office's own people`() throws {
    let district = try district()
    for moment in [District.collecting, District.assessing] {
      #expect(throws: Refusal.self) { _ = try desk(district, "director", at: moment) }
    }
    for person in ["director2", "assessor1", "lead", "member1", "admin"] as [Code<Person>] {
      #expect(throws: (any Error).self, "\(person)") { _ = try desk(district, person) }
    }
    // Late, opening is recorded all the same.
    #expect(try !desk(district, "director", at: District.deciding).isOpen)
    try district.registry.acknowledge(main, in: cycle, by: Signer("director"), at: District.deciding)
    let late = try desk(district, "director", at: District.deciding)
    #expect(late.isOpen && late.openings.map(\.at) == [District.deciding])
    #expect(late.results.allSatisfy { $0.refusal != nil })
  }

  @Test func `a result has the finding, what was seen, the points and who may contest it`() throws {
    let district = try district()
    try district.registry.acknowledge(main, in: cycle, by: Signer("director"), at: now)
    try district.registry.acknowledge(main, in: cycle, by: Signer("officer"), at: now)
    let result = try #require(try desk(district, "director").results.first { $0.item.code == "O2" })
    #expect(result.first?.finding == Finding(.notMet, reason: "ไม่พบผลการใช้จ่าย"))
    #expect(result.first?.seen.map(\.state) == [.opened])
    // Who judged is not told to the office.
    #expect(result.first?.assessor == nil)
    #expect(result.firstLine?.figure?.points == .zero && result.final == nil && result.refusal == nil)
    #expect(result.submission?.evidence.count == 1)
    let reader = try #require(try desk(district, "officer").results.first { $0.item.code == "O2" })
    #expect(reader.refusal?.reason == .role([.director]))
  }

  @Test
  func `a statement points into what was submitted, and into nothing else unless the schedule admits it`()
    throws
  {
    let district = try district()
    let registry = district.registry
    let own = Evidence(.link("https://one.example/report"), pointer: "หน้า 4", quote: "ตารางที่ 3")
    let new = Evidence(.link("https://one.example/new"))
    func contest(_ evidence: [Evidence]) throws {
      try registry.contest(
        "O2", of: main, in: cycle, statement: "อยู่หน้า 4", evidence: evidence, by: Signer("director"), at: now)
    }
    #expect(throws: StorageProblem.self) { try contest([own, new]) }
    try contest([own])
    try registry.acknowledge(main, in: cycle, by: Signer("director"), at: now)
    let contested = try #require(try desk(district, "director").results.first { $0.item.code == "O2" })
    #expect(contested.contest?.evidence == [own] && contested.contest?.who == "director")
    #expect(contested.isUndecided && contested.refusal?.reason == .alreadyContested)
    let works = try registry.officeDesk(main, in: cycle, by: Signer("director"), at: now).works
    #expect(works.filter(\.isContested).map(\.item.code) == ["O2"])
  }

  @Test func `a draft that was never signed is nothing to point to`() throws {
    let district = try District()
    let registry = district.registry
    try district.assignAll()
    _ = try registry.draft(District.draft("O2"), in: cycle, by: Signer("officer"), at: District.collecting)
    try registry.judge(
      Finding(.notMet, reason: "x"), on: "O2", of: main, in: cycle, by: Signer("assessor1"),
      at: District.assessing)
    #expect(throws: StorageProblem.self) {
      try registry.contest(
        "O2", of: main, in: cycle, statement: "x",
        evidence: [Evidence(.link("https://one.example/report"))], by: Signer("director"), at: now)
    }
    try registry.acknowledge(main, in: cycle, by: Signer("director"), at: now)
    #expect(try desk(district, "director").results.first { $0.item.code == "O2" }?.submission == nil)
  }

  private func contested() throws -> District {
    let district = try district()
    for (office, director) in [(main, "director"), (District.other, "director2")]
      as [(Code<Office>, Code<Person>)]
    {
      try district.registry.contest(
        "O2", of: office, in: cycle, statement: "อยู่หน้า 4", by: Signer(director), at: now)
    }
    return district
  }

  @Test func `the lead names several at once, all of them or none, and is told why not`() throws {
    let district = try contested()
    let (registry, lead) = (district.registry, Signer("lead"))
    let places = [main, District.other].map { Registry.ClarificationPlace($0, "O2") }
    var list = try registry.clarificationsDesk(in: cycle, by: lead, at: now)
    #expect(list.counts == [.notNamed: 2] && list.rows.map(\.judge) == ["assessor1", "assessor1"])
    #expect(list.rows.allSatisfy(\.mayName) && list.deciders.map(\.code) == ["assessor1", "assessor2"])
    do {
      try registry.nameDeciders("assessor1", of: places, in: cycle, by: lead, at: now)
      Issue.record("who judged first was named")
    } catch let problems as Registry.NamingProblems {
      #expect(problems.all.map(\.place) == places)
      #expect(problems.all.allSatisfy { $0.refusal.reason == .sameAssessor })
    }
    try registry.declareConflict(
      of: "assessor2", with: District.other, reason: "x", by: Signer("admin"), at: now)
    #expect(throws: Registry.NamingProblems.self) {
      try registry.nameDeciders("assessor2", of: places, in: cycle, by: lead, at: now)
    }
    #expect(try registry.clarificationsDesk(in: cycle, by: lead, at: now).counts == [.notNamed: 2])
    try registry.nameDeciders("assessor2", of: [places[0]], in: cycle, by: lead, at: now)
    list = try registry.clarificationsDesk(in: cycle, by: lead, at: now)
    #expect(list.counts == [.notNamed: 1, .named: 1])
    #expect(list.deciders.map(\.deciding) == [0, 1])
    var filter = Registry.ClarificationFilter()
    filter.state = .named
    filter.search = "Area One"
    #expect(
      try registry.clarificationsDesk(filter, in: cycle, by: lead, at: now).rows.map(\.office) == [main])
    let one = try registry.clarificationDesk("O2", of: District.other, in: cycle, by: lead, at: now)
    #expect(
      one.candidates.map { $0.refusal?.reason } == [.sameAssessor, .conflict(.declared)])
    #expect(one.first?.assessor == "assessor1" && one.isLead)
  }

  @Test func `whoever was named sees what they decide and nothing else, and decides once`() throws {
    let district = try contested()
    let registry = district.registry
    try registry.nameDecider("assessor2", of: "O2", of: main, in: cycle, by: Signer("lead"), at: now)
    let own = try registry.clarificationsDesk(in: cycle, by: Signer("assessor2"), at: now)
    #expect(own.rows.map(\.office) == [main] && own.rows.map(\.judge) == [nil] && own.deciders.isEmpty)
    #expect(try registry.clarificationsDesk(in: cycle, by: Signer("assessor1"), at: now).rows.isEmpty)
    let desk = try registry.clarificationDesk("O2", of: main, in: cycle, by: Signer("assessor2"), at: now)
    #expect(desk.refusal == nil && desk.first?.assessor == nil && desk.candidates.isEmpty)
    for person in ["director", "director2", "admin", "officer"] as [Code<Person>] {
      #expect(throws: (any Error).self, "\(person)") {
        _ = try registry.clarificationDesk("O2", of: main, in: cycle, by: Signer(person), at: now)
      }
    }
    #expect(throws: Refusal.self) {
      _ = try registry.clarificationDesk(
        "O2", of: District.other, in: cycle, by: Signer("assessor2"), at: now)
    }
    func decide(after last: Int64) throws {
      try registry.decide(
        Finding(.met, reason: "พบในหน้า 4"), on: "O2", of: main, in: cycle, after: last,
        by: Signer("assessor2"), at: now)
    }
    #expect(throws: StorageProblem.self) { try decide(after: desk.last - 1) }
    try decide(after: desk.last)
    // Decided from the same page again, it is told that it has been.
    let again = district.said { try decide(after: desk.last) }
    #expect(again.hasPrefix("assessor2 changed it"))
    let list = try registry.clarificationsDesk(in: cycle, by: Signer("lead"), at: now)
    #expect(list.counts == [.notNamed: 1, .decided: 1])
    #expect(list.rows.first { $0.office == main }?.isChanged == true)
    #expect(list.rows.first { $0.office == main }?.mayName == false)
    #expect(throws: StorageProblem.self) {
      try registry.nameDeciders(
        "assessor2", of: [Registry.ClarificationPlace(main, "O2")], in: cycle, by: Signer("lead"), at: now)
    }
    try registry.acknowledge(main, in: cycle, by: Signer("director"), at: now)
    let result = try #require(try self.desk(district, "director").results.first { $0.item.code == "O2" })
    #expect(result.first?.finding.judgement == .notMet && result.final?.finding.judgement == .met)
    #expect(result.firstLine?.figure?.points == .zero && result.finalLine?.figure?.points == .hundred)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `offices that have not opened their results are listed`() throws {
    let district = try district()
    let registry = district.registry
    for person in ["lead", "member1", "admin"] as [Code<Person>] {
      let before = try registry.unopenedDesk(in: cycle, by: Signer(person), at: District.assessing)
      #expect(before.all == 0 && before.offices.isEmpty)
      let desk = try registry.unopenedDesk(in: cycle, by: Signer(person), at: now)
      #expect(desk.offices.map(\.office.code) == ["4001", "4002"] && desk.opened == 0)
    }
    try registry.acknowledge(main, in: cycle, by: Signer("head"), at: now)
    let desk = try registry.unopenedDesk(in: cycle, by: Signer("lead"), at: now)
    #expect(desk.opened == 1 && desk.offices.map(\.office.code) == ["4002"])
    #expect(desk.offices.last?.directors == ["director2"])
    #expect(try registry.unopenedDesk(search: "Two", in: cycle, by: Signer("lead"), at: now).found == 1)
  }
}

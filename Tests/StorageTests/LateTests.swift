import Foundation
import Integrity
import Testing

@testable import Storage

/// Who is late: the same as `missing` says of each office, for all of them at once.
@Suite struct LateTests {
  private func desk(
    _ district: District, _ filter: Registry.LateFilter = .init(), by person: Code<Person> = "admin",
    at now: Moment
  ) throws -> Registry.LateDesk {
    try district.registry.lateDesk(District.cycle, filter, most: nil, by: district.by(person), at: now)
  }

  /// What `missing` says, as the desk counts it.
  private func missing(_ district: District, at now: Moment) throws -> [String] {
    try district.registry.missing(in: District.cycle, by: district.by("admin"), at: now).map { one in
      switch one.what {
      case .stakeholders(let code): "\(one.office) stakeholders \(code)"
      case .submission(let code, _): "\(one.office) submissions \(code)"
      case .answers(let code, _): "\(one.office) answers \(code)"
      case .finding(let code, _): "\(one.office) findings \(code)"
      case .acknowledgement: "\(one.office) acknowledgement"
      case .decision(let code): "\(one.office) decisions \(code)"
      }
    }.sorted()
  }

  private func said(_ desk: Registry.LateDesk) -> [String] {
    desk.offices.flatMap { late in
      late.gaps.flatMap { gap in
        gap.nodes.isEmpty
          ? ["\(late.office.code) \(gap.what.rawValue)"]
          : gap.nodes.map { "\(late.office.code) \(gap.what.rawValue) \($0)" }
      }
    }.sorted()
  }

  @Test func `it says what is missing in every phase`() throws {
    let district = try District()
    #expect(try said(desk(district, at: District.collecting)) == missing(district, at: District.collecting))
    #expect(try said(desk(district, at: District.collecting)).count == 8)
    try district.assignAll()
    try district.submitAll()
    try district.answerAll()
    #expect(try said(desk(district, at: District.collecting)) == missing(district, at: District.collecting))
    #expect(try said(desk(district, at: District.assessing)) == missing(district, at: District.assessing))
    try district.judgeAll()
    #expect(try said(desk(district, at: District.assessing)) == missing(district, at: District.assessing))
    try district.registry.contest(
      "O2", of: District.main, in: District.cycle, statement: "x", by: district.by("director"),
      at: District.clarifying)
    let late = try said(desk(district, at: District.clarifying))
    #expect(try late == missing(district, at: District.clarifying))
    #expect(late.contains("\(District.main) decisions O2"))
  }

  @Test func `of answers it tells whether half of the minimum was there when the day began, and no more`()
    throws
  {
    let district = try District()
    let registry = district.registry
    func gap(at now: Moment) throws -> Registry.LateGap? {
      try desk(district, at: now).offices.first { $0.office.code == District.other }?.gaps
        .first { $0.what == .answers }
    }
    func missing(at now: Moment) throws -> [Registry.Missing.What] {
      try registry.missing(of: District.other, in: District.cycle, by: district.by("admin"), at: now)
        .map(\.what).filter { if case .answers = $0 { true } else { false } }
    }
    // Thirty of forty people are asked for; fifteen of them answer one day, and fifteen the next.
    let answers: [Registry.Progress] = [.belowHalf, .half]
    for (day, step) in answers.enumerated() {
      let today = District.collecting.adding(days: day)
      try registry.refreshProgress(at: today)
      _ = try registry.bringAnswers(
        [District.other: [Collected("IIT"): Array(repeating: [4, 4, 3, 1], count: 15)]],
        in: District.cycle, by: district.by("admin"), at: today)
      try registry.refreshProgress(at: today)
      #expect(try gap(at: today)?.nodes == ["IIT"] && gap(at: today)?.isHalf == (step == .half))
      #expect(try missing(at: today) == [.answers("IIT", step)])
    }
    try registry.refreshProgress(at: District.collecting.adding(days: 2))
    #expect(try gap(at: District.collecting.adding(days: 2)) == nil)
    #expect(try missing(at: District.collecting.adding(days: 2)).isEmpty)
  }

  @Test func `it is filtered by what, kind, province and name, and counts all the same`() throws {
    let district = try District()
    let now = District.collecting
    func found(_ filter: Registry.LateFilter) throws -> [Code<Office>] {
      try desk(district, filter, at: now).offices.map(\.office.code)
    }
    #expect(try found(.init(what: .submissions)) == [District.main, District.other])
    #expect(try found(.init(what: .findings)).isEmpty)
    #expect(try found(.init(kind: "secondary")) == [District.other])
    #expect(try found(.init(province: "ภูผา")) == [District.other])
    #expect(try found(.init(text: "AREA one")) == [District.main])
    #expect(try desk(district, .init(text: "none"), at: now).counts[.submissions] == 2)
    let second = try district.registry.lateDesk(
      District.cycle, .init(), from: 1, most: 1, by: district.by("admin"), at: now)
    #expect(second.offices.map(\.office.code) == [District.other] && second.found == 2)
  }

  @Test func `whom to call is told to administrators alone`() throws {
    let district = try District()
    let now = District.collecting
    let office = try #require(try desk(district, at: now).offices.first)
    #expect(office.contacts.map(\.name) == ["office.admin", "director"])
    #expect(office.contacts.first?.email == "office.admin@example.test")
    #expect(try desk(district, by: "member1", at: now).offices.allSatisfy { $0.contacts.isEmpty })
    for person: Code<Person> in ["director", "officer", "assessor1"] {
      #expect(throws: Refusal.self) { _ = try desk(district, by: person, at: now) }
    }
  }

  @Test func `it takes as many queries for many offices as for two`() throws {
    let district = try District(isOpen: false)
    let admin = district.by("admin")
    let offices = (0..<60).map { number in
      Office(
        code: Code("\(5000 + number)"), name: Words(thai: "เขต \(number)", english: "Area"), kind: "primary")
    }
    _ = try district.registry.keep(
      offices: District.offices + offices, isDryRun: false, by: admin, at: District.setUp)
    let text = RubricText(
      name: "small.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(District.root)/Rubrics/small.yaml"))))
    try district.registry.newCycle(
      District.cycle, year: FiscalYear(2569), title: Words(thai: "ก", english: "A"), rubric: [text],
      by: admin,
      at: District.setUp)
    try district.registry.setSchedule(
      District.schedule, of: District.cycle, reason: "", by: admin, at: District.setUp)
    _ = try district.registry.openCycle(District.cycle, by: admin, at: District.setUp)
    _ = try desk(district, at: District.clarifying)
    let many = try district.registry.queries { _ in _ = try desk(district, at: District.clarifying) }
    #expect(many < 30, "\(many)")
  }
}

import Integrity
import Testing

@testable import Storage

/// How far an open cycle has come, as the checklist tells whoever set it up.
@Suite struct CourseTests {
  private func course(_ district: District, at now: Moment) throws -> Registry.Course {
    try #require(try district.registry.setUp(by: district.by("admin"), at: now).course)
  }

  @Test func `it tells from step to step who has something left to do`() throws {
    let district = try District()
    let begun = try course(district, at: District.collecting)
    #expect(begun.offices == 2 && begun.unsent == 2 && begun.unassigned == 2 && begun.measured == 0)
    #expect(begun.items == 6 && begun.judged == 0 && begun.scored == 0 && begun.first == nil)
    #expect(begun.leads == ["lead"] && !begun.isFrozen)
    try district.submitAll()
    try district.answerAll()
    try district.assignAll()
    let sent = try course(district, at: District.collecting)
    #expect(sent.unsent == 0 && sent.unassigned == 0 && sent.measured == 1 && sent.scored == 0)
    #expect(try course(district, at: District.assessing).isFrozen)
    #expect(try course(district, at: District.assessing).judged == 0)
    try district.judgeAll()
    let judged = try course(district, at: District.assessing)
    // The second office is judged, and too few have answered there.
    #expect(judged.judged == 6 && judged.scored == 1 && judged.first?.code == District.main)
    try district.registry.acknowledge(
      District.main, in: District.cycle, by: district.by("director"), at: District.clarifying)
    try district.registry.contest(
      "O2", of: District.main, in: District.cycle, statement: "x", by: district.by("director"),
      at: District.clarifying)
    let clarified = try course(district, at: District.clarifying)
    #expect(clarified.opened == 1 && clarified.undecided == 1)
  }

  @Test func `an office whose figure was given has been measured, and is late with nothing of it`() throws {
    let district = try District.judged()
    _ = try district.registry.enterGiven(
      [District.other: ["IIT": Given(figure: Points(90), source: "ก")]], in: District.cycle,
      by: district.by("admin"), at: District.assessing)
    let course = try course(district, at: District.assessing)
    #expect(course.measured == 2 && course.scored == 2)
    let late = try district.registry.lateDesk(
      District.cycle, .init(), most: nil, by: district.by("admin"), at: District.assessing)
    #expect(late.offices.isEmpty)
    let missing = try district.registry.missing(
      in: District.cycle, by: district.by("admin"), at: District.assessing)
    #expect(missing.isEmpty)
  }

  @Test func `a cycle that is not open has none`() throws {
    let district = try District(isOpen: false)
    #expect(try district.registry.setUp(by: district.by("admin"), at: District.setUp).course == nil)
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What offices see while people answer, what is left when a questionnaire is closed, and what the committee is told.
@Suite struct ClosingTests {
  private func progress(_ district: District, at now: Moment) throws -> Registry.Progress? {
    try district.registry.officeDesk(
      District.main, in: District.cycle, by: district.by("director"), at: now
    ).responses["IIT"]?.progress
  }

  @Test func `offices see how far they were when the day began, whoever answers since`() async throws {
    let district = try District()
    let registry = district.registry
    let codes = try registry.makeSlips(
      12, SendingTests.place, by: district.by("lead"), at: District.collecting
    ).codes
    let today = District.collecting
    try registry.refreshProgress(at: today)
    for (number, code) in codes.enumerated() {
      #expect(try await registry.answer(SendingTests.sent(code), at: today) == .kept)
      try registry.refreshProgress(at: today)
      #expect(try progress(district, at: today) == .belowHalf)
      // The next morning.
      if number == 5 {
        try registry.refreshProgress(at: today.adding(days: 1))
        #expect(try progress(district, at: today.adding(days: 1)) == .half)
        break
      }
    }
    for code in codes.dropFirst(6) { _ = try await registry.answer(SendingTests.sent(code), at: today) }
    try registry.refreshProgress(at: today.adding(days: 1))
    #expect(try progress(district, at: today.adding(days: 1)) == .half)
    try registry.refreshProgress(at: today.adding(days: 2))
    #expect(try progress(district, at: today.adding(days: 2)) == .full)
  }

  @Test func `a closed questionnaire keeps the same answers under other keys, and no code`() async throws {
    let district = try District()
    let registry = district.registry
    let codes = try registry.makeSlips(
      12, SendingTests.place, by: district.by("lead"), at: District.collecting
    ).codes
    for (number, code) in codes.prefix(10).enumerated() {
      let answers: [UInt8] = [4, UInt8(1 + number % 4), 3, 1]
      _ = try await registry.answer(
        SendingTests.sent(code, nonce: "form number \(number) of ten", answers), at: District.collecting)
    }
    func rows() throws -> (keys: Set<Data>, answers: [Data]) {
      try registry.read { db in
        let rows = try db.rows("SELECT key, answers FROM response")
        return (
          Set(rows.map { $0["key"] }),
          rows.map { $0["answers"] as Data }.sorted { $0.lexicographicallyPrecedes($1) }
        )
      }
    }
    let before = try rows()
    // While somebody may still answer nothing is done.
    #expect(try !registry.closeQuestionnaires(at: District.clarifying))
    try registry.extend(
      Extension(office: District.other, instrument: "IIT", until: District.deciding, reason: "น้ำท่วม"),
      in: District.cycle, by: district.by("admin"), at: District.clarifying)
    #expect(try !registry.closeQuestionnaires(at: District.deciding.adding(days: -1)))
    #expect(try registry.closeQuestionnaires(at: District.deciding))
    let after = try rows()
    #expect(before.keys.isDisjoint(with: after.keys) && before.answers == after.answers)
    #expect(try registry.read { try $0.integer("SELECT count(*) FROM invitation") } == 0)
    #expect(try !registry.closeQuestionnaires(at: District.deciding.adding(days: 1)), "it is done once")
    let log = try Data(contentsOf: URL(fileURLWithPath: "\(district.folder)/registry.sqlite-wal"))
    let file = try Data(contentsOf: URL(fileURLWithPath: "\(district.folder)/registry.sqlite"))
    for key in before.keys { #expect(log.range(of: key) == nil && file.range(of: key) == nil) }
    #expect(try registry.read { try $0.integer("PRAGMA freelist_count") } == 0)
    #expect(try registry.verify().faults.isEmpty)
    let entries = try registry.read { db in
      try db.rows("SELECT person, subject FROM event WHERE act = ?", Registry.closing)
    }
    #expect(entries.count == 1 && entries.allSatisfy { $0["person"] as Int64? == nil })
  }

  @Test func `the committee sees how answers look, and with what score without them; nobody else does`()
    async throws
  {
    let district = try District()
    let registry = district.registry
    try registry.enterStakeholders(
      ["IIT": 30], of: District.main, in: District.cycle, by: district.by("admin"), at: District.collecting)
    let codes = try registry.makeSlips(
      20, SendingTests.place, by: district.by("lead"), at: District.collecting
    ).codes
    func quality() throws -> Registry.AnswerQuality? {
      try registry.qualityDesk(in: District.cycle, by: district.by("member1"), at: District.collecting)
        .rows.first { $0.office.code == District.main }
    }
    for code in codes.prefix(9) {
      _ = try await registry.answer(SendingTests.sent(code), at: District.collecting)
    }
    #expect(try quality()?.respondents == nil && quality()?.score == nil)
    for code in codes.dropFirst(9).prefix(6) {
      _ = try await registry.answer(SendingTests.sent(code), at: District.collecting)
    }
    // Two that are the same throughout, then one that was sent too fast.
    for code in codes.dropFirst(15).prefix(2) {
      _ = try await registry.answer(SendingTests.sent(code, [1, 1, 1, 1]), at: District.collecting)
    }
    let two = try #require(try quality())
    #expect(two.respondents == 17 && two.flagged == 2 && two.scoreWithout == nil && two.score != nil)
    _ = try await registry.answer(
      SendingTests.sent(codes[17], [1, 2, 1, 4], isTooFast: true), at: District.collecting)
    let three = try #require(try quality())
    #expect(three.tooFast == 1 && three.straight == 2 && three.flagged == 3 && three.broughtIn == 0)
    let without = try #require(three.scoreWithout)
    #expect(try #require(three.score).units < without.units)
    for person: Code<Person> in ["director", "office.admin", "admin", "lead", "assessor1"] {
      #expect(throws: Refusal.self) {
        try registry.qualityDesk(in: District.cycle, by: district.by(person), at: District.collecting)
      }
      #expect(throws: Refusal.self) {
        try registry.freeTexts(of: SendingTests.place, by: district.by(person), at: District.deciding)
      }
    }
  }
}

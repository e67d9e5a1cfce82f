import Foundation
import Integrity
import Testing

@testable import Storage

/// The results of a cycle side by side, and what the committee opens and corrects in them.
@Suite struct ResultsTests {
  private let cycle = District.cycle
  private let main = District.main
  private let other = District.other

  private func desk(_ district: District, at now: Moment = District.deciding) throws -> Registry.ResultsDesk {
    try district.registry.resultsDesk(of: cycle, by: district.by("member1"), at: now)
  }

  private func correct(_ district: District, seeing last: Registry.LastFinding = .any) throws {
    try district.registry.correct(
      Finding(.met, reason: "พบในภาคผนวก"), on: "O2", of: main, in: cycle, seeing: last,
      by: district.by("member1"), at: District.deciding)
  }

  // Regions.

  @Test func `an office's region is kept, and goes with it into a cycle until the cycle is sealed`() throws {
    let district = try District()
    let registry = district.registry
    func region(_ office: Code<Office>) throws -> Words? {
      try registry.participants(of: cycle).first { $0.code == office }?.region
    }
    #expect(try region(main) == nil)
    let north = Words(thai: "ภาคเหนือ", english: "North")
    let moved = District.offices.map { office in
      Office(
        code: office.code, name: office.name, kind: office.kind, parent: office.parent,
        provinces: office.provinces, region: office.code == main ? north : nil)
    }
    let changes = try registry.keep(
      offices: moved, isDryRun: false, by: district.by("admin"), at: District.collecting)
    #expect(changes.changed == [main.text] && changes.unchanged == 2)
    #expect(try registry.offices().map(\.region) == [north, nil, nil])
    #expect(try region(main) == north && region(other) == nil)
    #expect(try registry.verify().faults.isEmpty)
  }

  // The book.

  @Test func `results are one object until something they rest on changes`() throws {
    let district = try District.judged()
    let first = try desk(district).book
    #expect(try desk(district).book === first)
    #expect(first.scorecards.map(\.office.code) == [main, other])
    try correct(district)
    let second = try desk(district).book
    #expect(second !== first)
    #expect(first.scorecard(of: main)?.total.figure?.description == "77.58")
    #expect(
      second.scorecard(of: main)?.total.figure
        == (try district.registry.scorecard(
          of: main, in: cycle, by: district.by("member1"), at: District.deciding
        ).total.figure))
    _ = try district.registry.enterEarlier(
      [main: [Node.total: Given(figure: Points(70), source: "2568")]], of: FiscalYear(2568),
      by: district.by("admin"), at: District.deciding)
    let third = try desk(district).book
    #expect(third !== second && third.earlier.year == FiscalYear(2568) && third.earlier.isComparable)
    #expect(
      third.change(of: main)
        == third.scorecard(of: main)?.total.figure.map { $0 - Figure(units: 7000, places: 2) })
    #expect(third.change(of: other) == nil)
  }

  @Test func `the first score is that of first findings alone, of offices where more was found`() throws {
    let district = try District.judged()
    #expect(try desk(district).book.firsts.isEmpty)
    try correct(district)
    let book = try desk(district).book
    #expect(Array(book.firsts.keys) == [main])
    let (first, final) = (book.firsts[main]?.total.figure, book.scorecard(of: main)?.total.figure)
    #expect(try #require(first) < #require(final))
    #expect(book.firsts[main]?.line("O2")?.figure?.points == .zero)
  }

  @Test func `a book read by a process that only looks is the same`() throws {
    let district = try District.judged()
    try correct(district)
    let kept = try desk(district).book
    let folder = URL(fileURLWithPath: district.registry.path).deletingLastPathComponent().path
    let reader = try Registry(in: folder, .reading, formats: District.formats, at: District.deciding)
    let fresh = try reader.resultsDesk(of: cycle, by: district.by("member1"), at: District.deciding).book
    #expect(fresh.scorecards.map(\.standing) == kept.scorecards.map(\.standing))
    #expect(fresh.firsts.mapValues(\.standing) == kept.firsts.mapValues(\.standing))
    try reader.close()
  }

  @Test func `who reads results, and what they may do with them`() throws {
    let district = try District.judged()
    let registry = district.registry
    #expect(try desk(district).may == [.correct, .seal, .readAnswers])
    #expect(try desk(district, at: District.assessing).may == [.readAnswers])
    #expect(
      try registry.resultsDesk(of: cycle, by: district.by("lead"), at: District.deciding).may.isEmpty)
    for person in ["director", "officer", "assessor1", "admin"] as [Code<Person>] {
      #expect(throws: Refusal.self, "\(person)") {
        _ = try registry.resultsDesk(of: cycle, by: district.by(person), at: District.deciding)
      }
      #expect(throws: Refusal.self, "\(person)") {
        _ = try registry.scorecardDesk(of: main, in: cycle, by: district.by(person), at: District.deciding)
      }
    }
    #expect(throws: Refusal.self) { _ = try desk(district, at: District.collecting) }
  }

  // One scorecard.

  @Test func `a scorecard is opened down to who judged what, and what they looked at`() throws {
    let district = try District.judged()
    try correct(district)
    let desk = try district.registry.scorecardDesk(
      of: main, in: cycle, by: district.by("member2"), at: District.deciding)
    #expect(desk.isFromInside && desk.judged.map(\.item.code) == ["O1", "O2", "O3"])
    let judged = try #require(desk.judged.first { $0.item.code == "O2" })
    #expect(judged.first?.finding == Finding(.notMet, reason: "ไม่พบผลการใช้จ่าย"))
    #expect(
      judged.first?.who == "assessor1" && judged.first?.seen.map(\.link) == [District.links["O2"] ?? ""])
    #expect(judged.final?.stage == .corrected && judged.final?.who == "member1")
    #expect(judged.submission?.evidence.count == 1 && judged.mayCorrect && !judged.isOpen)
    #expect(desk.first?.total.figure == desk.book.firsts[main]?.total.figure)
  }

  @Test func `once it is published an office reads its findings, and not who made them`() throws {
    let district = try District.judged()
    try district.sealAll()
    try district.registry.publish(cycle, by: district.by("member1"), at: District.deciding)
    for person in ["director", "director2", "admin"] as [Code<Person>] {
      let desk = try district.registry.scorecardDesk(
        of: main, in: cycle, by: district.by(person), at: District.deciding)
      #expect(!desk.isFromInside, "\(person)")
      #expect(desk.judged.flatMap(\.findings).allSatisfy { $0.who == nil && $0.seen.isEmpty }, "\(person)")
      #expect(desk.judged[1].first?.finding.reason == "ไม่พบผลการใช้จ่าย" && !desk.judged[1].mayCorrect)
      #expect(desk.sealed.map(\.version) == [1])
      // What was put forward is for its own people.
      #expect((desk.judged[1].submission != nil) == (person == "director"), "\(person)")
    }
  }

  @Test func `a member in conflict with an office opens neither its scorecard nor a correction`() throws {
    let district = try District.judged()
    try district.registry.declareConflict(
      of: "member1", with: main, reason: "คู่สมรสทำงานที่นี่", by: district.by("member1"), at: District.deciding)
    #expect(throws: Refusal.self) {
      _ = try district.registry.scorecardDesk(
        of: main, in: cycle, by: district.by("member1"), at: District.deciding)
    }
    #expect(throws: Refusal.self) {
      _ = try district.registry.correctionDesk(
        "O2", of: main, in: cycle, by: district.by("member1"), at: District.deciding)
    }
    #expect(throws: Refusal.self) { try correct(district) }
  }

  // Correcting.

  @Test func `what a correction would do is what it does`() throws {
    let district = try District.judged()
    let before = try district.registry.correctionDesk(
      "O2", of: main, in: cycle, by: district.by("member1"), at: District.deciding)
    let expected = before.scorecard(with: Finding(.met, reason: "พบในภาคผนวก"))
    #expect(expected.total.figure != before.card.total.figure)
    try correct(district)
    let after = try desk(district).book.scorecard(of: main)
    #expect(after?.total == expected.total)
  }

  @Test func `a correction is refused where another finding has come since it was looked at`() throws {
    let district = try District.judged()
    let seen = try district.registry.correctionDesk(
      "O2", of: main, in: cycle, by: district.by("member1"), at: District.deciding
    ).judged.findings.last
    try correct(district, seeing: try .made(#require(seen).id))
    #expect(throws: StorageProblem.stale(by: "member1", at: District.deciding)) {
      try correct(district, seeing: try .made(#require(seen).id))
    }
    #expect(throws: StorageProblem.stale(by: "member1", at: District.deciding)) {
      try correct(district, seeing: .none)
    }
    let now = try district.registry.correctionDesk(
      "O2", of: main, in: cycle, by: district.by("member1"), at: District.deciding)
    #expect(now.judged.findings.count == 2)
  }

  @Test func `nothing is corrected by others, at other times or without a reason`() throws {
    let district = try District.judged()
    for person in ["lead", "assessor1", "director", "admin"] as [Code<Person>] {
      #expect(throws: Refusal.self, "\(person)") {
        _ = try district.registry.correctionDesk(
          "O2", of: main, in: cycle, by: district.by(person), at: District.deciding)
      }
    }
    #expect(throws: Refusal.self) {
      _ = try district.registry.correctionDesk(
        "O2", of: main, in: cycle, by: district.by("member1"), at: District.clarifying)
    }
    #expect(throws: StorageProblem.self) {
      try district.registry.correct(
        Finding(.met), on: "O2", of: main, in: cycle, by: district.by("member1"), at: District.deciding)
    }
  }

  @Test func `amending a sealed result changes the book, and last year's totals with it`() throws {
    let district = try District.judged()
    try district.sealAll()
    let before = try desk(district).book
    for member in ["member1", "member2"] as [Code<Person>] {
      _ = try district.registry.amend(
        Finding(.met), on: "O2", of: main, in: cycle, reason: "พบในภาคผนวก", by: district.by(member),
        at: District.deciding)
    }
    let after = try desk(district).book
    #expect(after !== before)
    #expect(after.firsts[main]?.total.figure == before.scorecard(of: main)?.total.figure)
    let sealed = try district.registry.scorecardDesk(
      of: main, in: cycle, by: district.by("member1"), at: District.deciding
    ).sealed
    #expect(sealed.map(\.version) == [1, 2] && sealed[1].reason == "พบในภาคผนวก")
  }
}

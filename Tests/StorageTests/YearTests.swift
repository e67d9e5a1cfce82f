import Foundation
import Integrity
import Testing

@testable import Storage

/// A year told as the people live it.
@Suite struct YearTests {
  @Test func `a disclosure goes from the officer to the group head to the director, and back with a note`()
    throws
  {
    let district = try District()
    let registry = district.registry
    let now = District.collecting
    let draft = try registry.draft(
      District.draft("O1"), in: District.cycle, by: district.by("officer"), at: now)
    #expect(draft.state == .draft && draft.version == 1 && draft.evidence.count == 1)
    let returned = try registry.sendBack(
      "O1", of: District.main, in: District.cycle, note: "ลิงก์เก่า", by: district.by("head"), at: now)
    #expect(returned.state == .returned)
    _ = try registry.draft(District.draft("O1"), in: District.cycle, by: district.by("officer"), at: now)
    #expect(
      district.said {
        _ = try registry.submit(
          ["O1"], of: District.main, in: District.cycle, by: district.by("director"), at: now)
      } == "cannot sign and submit: it is draft; it would have to be ready to sign")
    _ = try registry.pass("O1", of: District.main, in: District.cycle, by: district.by("head"), at: now)
    let receipt = try registry.submit(
      nil, of: District.main, in: District.cycle, by: district.by("director"), at: now)
    #expect(receipt.items == ["O1"] && receipt.digest.count == 64)
    let again = try registry.recall(
      "O1", of: District.main, in: District.cycle, note: "แนบผิดหน้า", by: district.by("director"), at: now)
    #expect(again.version == 2 && again.state == .draft && again.evidence == draft.evidence)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `what is ready but unsigned is not submitted by itself`() throws {
    let district = try District()
    let registry = district.registry
    _ = try registry.draft(
      District.draft("O1"), in: District.cycle, by: district.by("officer"), at: District.collecting)
    _ = try registry.pass(
      "O1", of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    #expect(
      district.said {
        _ = try registry.submit(
          nil, of: District.main, in: District.cycle, by: district.by("director"), at: District.assessing)
      }
        == "cannot sign and submit: it is assessing; this is for collecting, which closed on 1 Apr 2026, 00:00"
    )
    let seen = try registry.submissions(
      of: District.main, in: District.cycle, by: district.by("director"), at: District.assessing)
    #expect(seen.map(\.state) == [.ready])
  }

  @Test func `a whole year ends in sealed and published results that verify`() throws {
    let district = try District()
    let registry = district.registry
    try district.assignAll()
    try district.submitAll()
    try district.answerAll()
    try district.judgeAll()
    // The office contests, another assessor decides.
    try registry.acknowledge(
      District.main, in: District.cycle, by: district.by("director"), at: District.clarifying)
    try registry.contest(
      "O2", of: District.main, in: District.cycle, statement: "อยู่หน้า 4 ของรายงาน",
      by: district.by("director"),
      at: District.clarifying)
    #expect(
      district.said {
        try registry.nameDecider(
          "assessor1", of: "O2", of: District.main, in: District.cycle, by: district.by("lead"),
          at: District.clarifying)
      } == "cannot name who decides a clarification: who judged first does not decide on the clarification")
    try registry.nameDecider(
      "assessor2", of: "O2", of: District.main, in: District.cycle, by: district.by("lead"),
      at: District.clarifying)
    // Nothing is sealed while the clarification is open.
    let open = district.said {
      _ = try registry.seal(District.cycle, by: district.by("member1"), at: District.deciding)
    }
    #expect(open == "1 still open:\n  4001 O2: contested and not decided")
    try registry.decide(
      Finding(.met, reason: "พบในหน้า 4"), on: "O2", of: District.main, in: District.cycle,
      by: district.by("assessor2"), at: District.clarifying)
    guard
      case .agreed(let digest) = try registry.seal(
        District.cycle, by: district.by("member1"), at: District.deciding)
    else {
      Issue.record("sealed by one")
      return
    }
    #expect(
      district.said {
        _ = try registry.seal(District.cycle, by: district.by("member1"), at: District.deciding)
      } == "cannot seal the results: you have agreed already; another member is needed")
    #expect(
      try registry.seal(District.cycle, by: district.by("member2"), at: District.deciding)
        == .sealed(digest: digest, offices: 2))
    #expect(
      district.said {
        _ = try registry.scorecard(of: District.main, in: District.cycle, by: nil, at: District.deciding)
      } == "cannot see a scorecard: only the committee or the lead assessor concerned may")
    try registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    let card = try registry.scorecard(of: District.main, in: District.cycle, by: nil, at: District.deciding)
    #expect(card.line("O2")?.figure?.description == "100.00")
    // Four of five: the questionnaire of the other office is withheld, and that did not stand in the way.
    let other = try registry.scorecard(of: District.other, in: District.cycle, by: nil, at: District.deciding)
    #expect(other.level == nil)
    let verified = try registry.verify()
    #expect(verified.faults.isEmpty)
    #expect(verified.scorecards == 2)
  }

  @Test func `amending takes two members and the same finding, and the old value stays`() throws {
    let district = try District()
    let registry = district.registry
    try district.wholeYear()
    try registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    let finding = Finding(.met, reason: "")
    func amend(_ person: Code<Person>, _ reason: String) throws -> Registry.Amending {
      try registry.amend(
        finding, on: "O2", of: District.main, in: District.cycle, reason: reason, by: district.by(person),
        at: District.deciding.adding(days: 9))
    }
    #expect(try amend("member1", "อ่านผิดหน้า") == .agreed)
    // Another reason is another amendment.
    #expect(try amend("member2", "อย่างอื่น") == .agreed)
    guard case .amended(let before, let after) = try amend("member2", "อ่านผิดหน้า") else {
      Issue.record("not amended")
      return
    }
    #expect(before?.description != after?.description)
    let sealed = try registry.sealed(of: District.main, in: District.cycle, by: nil, at: District.deciding)
    #expect(sealed.map(\.version) == [1, 2])
    #expect(sealed.map(\.total) == [before, after])
    #expect(sealed.last?.reason == "อ่านผิดหน้า")
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `a year is compared with what was published before, here or elsewhere`() throws {
    let district = try District()
    let registry = district.registry
    let given = [District.main: [Node.total: Given(figure: Points(88), source: "ผลปี 2568")]]
    #expect(
      try registry.enterEarlier(given, of: FiscalYear(2568), by: district.by("admin"), at: District.setUp)
        == 1)
    #expect(
      try registry.enterEarlier(given, of: FiscalYear(2568), by: district.by("admin"), at: District.setUp)
        == 0)
    #expect(try registry.earlier(of: FiscalYear(2568)) == [District.main: Points(88)])
    try district.wholeYear()
    #expect(try registry.earlier(of: FiscalYear(2569)) == [:])
    try registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    let card = try registry.scorecard(of: District.main, in: District.cycle, by: nil, at: District.deciding)
    #expect(try registry.earlier(of: FiscalYear(2569))[District.main] == card.total.figure?.points)
  }

  @Test func `who is missing what follows the calendar`() throws {
    let district = try District()
    let registry = district.registry
    let first = try registry.missing(in: District.cycle, by: district.by("admin"), at: District.collecting)
    #expect(first.count { $0.office == District.main && $0.what == .submission("O1", nil) } == 1)
    #expect(first.contains { $0.office == District.main && $0.what == .answers("IIT", .belowHalf) })
    try district.assignAll()
    try district.submitAll()
    try district.answerAll()
    let second = try registry.missing(in: District.cycle, by: district.by("admin"), at: District.assessing)
    #expect(
      second.filter { $0.office == District.main }.map(\.what)
        == ["O1", "O2", "O3"].map { .finding(Code($0), assessor: "assessor1") })
    try district.judgeAll()
    let third = try registry.missing(in: District.cycle, by: district.by("admin"), at: District.clarifying)
    #expect(third.filter { $0.office == District.main }.map(\.what) == [.acknowledgement])
    // Four of the thirty who are asked for.
    #expect(
      third.filter { $0.office == District.other }.map(\.what)
        == [.answers("IIT", .belowHalf), .acknowledgement])
  }
}

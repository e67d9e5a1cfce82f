import Foundation
import GRDB
import Integrity
import Synchronization
import Testing

@testable import Storage

/// What the committee sees before and after it seals, and that two make one.
@Suite struct SealingTests {
  private func desk(
    _ district: District, _ person: Code<Person> = "member1", at now: Moment = District.deciding
  ) throws -> Registry.SealingDesk {
    try district.registry.sealingDesk(of: District.cycle, by: district.by(person), at: now)
  }

  @Test func `the desk has what is open, what is to be known, and the digest of what would be sealed`() throws
  {
    let district = try District.judged()
    let open = try #require(try desk(district).check)
    #expect(open.isReady && open.offices == 2)
    #expect(
      open.withheld.map(\.office) == [District.other] && open.unranked.map(\.office) == [District.other])
    #expect(open.unopened.count == 2 && open.corrected.isEmpty)
    guard
      case .agreed(let digest) = try district.registry.seal(
        District.cycle, seen: open.digest, by: district.by("member1"), at: District.deciding)
    else {
      Issue.record("sealed by one")
      return
    }
    #expect(digest == open.digest)
    let agreed = try desk(district)
    #expect(agreed.agreements.map(\.person) == ["member1"] && agreed.agreements.map(\.digest) == [digest])
    #expect(agreed.sealing == Refusal(.seal, .alreadyAgreed))
    #expect(try desk(district, "member2").sealing == nil)
    _ = try district.registry.seal(
      District.cycle, seen: digest, by: district.by("member2"), at: District.deciding)
    let sealed = try desk(district)
    #expect(
      sealed.check?.digest == digest && sealed.publishing == nil && sealed.sealedAt == District.deciding)
  }

  @Test func `what is not judged or not decided keeps from sealing, office by office`() throws {
    let district = try District()
    try district.assignAll()
    try district.submitAll()
    try district.answerAll()
    let pending = try #require(try desk(district).check)
    #expect(!pending.isReady && pending.pending.map(\.nodes) == [["O1", "O2", "O3"], ["O1", "O2", "O3"]])
    try district.judgeAll()
    try district.registry.contest(
      "O2", of: District.main, in: District.cycle, statement: "อยู่หน้า 4", by: district.by("director"),
      at: District.clarifying)
    let contested = try #require(try desk(district).check)
    #expect(contested.pending.isEmpty && contested.undecided.map(\.nodes) == [["O2"]] && !contested.isReady)
    #expect(throws: StorageProblem.self) {
      _ = try district.registry.seal(
        District.cycle, seen: contested.digest, by: district.by("member1"), at: District.deciding)
    }
  }

  @Test func `results other than those that were looked at are not agreed to`() throws {
    let district = try District.judged()
    let seen = try #require(try desk(district).check?.digest)
    try district.registry.correct(
      Finding(.met, reason: "มติที่ประชุม"), on: "O2", of: District.main, in: District.cycle,
      by: district.by("member2"), at: District.deciding)
    let now = try #require(try desk(district).check)
    #expect(now.digest != seen && now.corrected.map(\.nodes) == [["O2"]])
    let said = district.said {
      _ = try district.registry.seal(
        District.cycle, seen: seen, by: district.by("member1"), at: District.deciding)
    }
    #expect(said.contains("have changed since you looked at them"))
    #expect(try desk(district).agreements.isEmpty)
  }

  @Test func `a digest kept in memory is dropped with what it is of`() throws {
    let district = try District.judged()
    let first = try #require(try desk(district).check?.digest)
    #expect(try desk(district).check?.digest == first)
    try district.registry.correct(
      Finding(.met, reason: "x"), on: "O2", of: District.other, in: District.cycle,
      by: district.by("member1"),
      at: District.deciding)
    let second = try #require(try desk(district).check?.digest)
    #expect(second != first)
    // The same as somebody sees who has nothing in memory.
    let reader = try Registry(
      in: district.folder, .reading, formats: District.formats, at: District.deciding)
    let fresh = try reader.sealingDesk(of: District.cycle, by: district.by("member1"), at: District.deciding)
    #expect(fresh.check?.digest == second)
  }

  @Test func `members who agree at the same time seal once`() throws {
    let district = try District.judged()
    _ = try district.registry.keep(
      people: [District.person("member3", .committee)], isDryRun: false, by: district.by("admin"),
      at: District.deciding)
    let seen = try #require(try desk(district).check?.digest)
    let registry = district.registry
    let outcomes = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 6) { number in
      let member: Code<Person> = Code("member\(number % 3 + 1)")
      var outcome = "refused"
      if let sealing = try? registry.seal(
        District.cycle, seen: seen, by: Signer(member), at: District.deciding)
      {
        outcome = if case .sealed = sealing { "sealed" } else { "agreed" }
      }
      outcomes.withLock { $0.append(outcome) }
    }
    let all = outcomes.withLock { $0 }
    #expect(all.count { $0 == "agreed" } == 1 && all.count { $0 == "sealed" } == 1, "\(all)")
    let verified = try registry.verify()
    #expect(verified.faults.isEmpty && verified.scorecards == 2)
  }

  @Test func `to everybody but the committee sealing is not there`() throws {
    let district = try District.judged()
    for person in ["lead", "assessor1", "director", "officer", "admin"] as [Code<Person>] {
      #expect(throws: StorageProblem.unknown(what: "cycle", code: "2569"), "\(person)") {
        _ = try desk(district, person)
      }
      #expect(throws: StorageProblem.unknown(what: "cycle", code: "2569"), "\(person)") {
        _ = try district.registry.amendmentsDesk(
          of: District.cycle, by: district.by(person), at: District.deciding)
      }
    }
    #expect(try desk(district, at: District.collecting).check == nil)
  }

  // Amendments.

  private func sealed() throws -> District {
    let district = try District()
    try district.wholeYear()
    return district
  }

  private func amendments(_ district: District, _ person: Code<Person> = "member2") throws -> [Registry
    .Amendment]
  {
    try district.registry.amendmentsDesk(
      of: District.cycle, by: district.by(person), at: District.deciding
    ).amendments
  }

  private func propose(
    _ district: District, _ finding: Finding = Finding(.met), _ reason: String = "อ่านผิดหน้า"
  ) throws {
    _ = try district.registry.amend(
      finding, on: "O2", of: District.main, in: District.cycle, reason: reason, by: district.by("member1"),
      at: District.deciding)
  }

  @Test func `a proposal is kept in words, and another member makes it an amendment`() throws {
    let district = try sealed()
    try propose(district)
    let waiting = try #require(try amendments(district).first)
    #expect(waiting.state == .waiting && waiting.refusal == nil && waiting.before?.judgement == .notMet)
    #expect(
      waiting.finding == Finding(.met, reason: "อ่านผิดหน้า") && waiting.effect?.now != waiting.effect?.then)
    #expect(try amendments(district, "member1").first?.refusal == Refusal(.amend, .alreadyAgreed))
    #expect(throws: Refusal(.amend, .alreadyAgreed)) {
      _ = try district.registry.amend(
        waiting.number, in: District.cycle, by: district.by("member1"), at: District.deciding)
    }
    guard
      case .amended(let before, let after) = try district.registry.amend(
        waiting.number, in: District.cycle, by: district.by("member2"), at: District.deciding)
    else {
      Issue.record("not amended")
      return
    }
    #expect(before == waiting.effect?.now && after == waiting.effect?.then)
    let made = try #require(try amendments(district).first)
    #expect(made.state == .made(before: before, after: after, at: District.deciding))
    let later = try desk(district)
    #expect(later.amended == 1 && later.waiting == 0)
    #expect(try district.registry.verify().faults.isEmpty)
  }

  @Test func `of two proposals on an office the one that comes second is overtaken`() throws {
    let district = try sealed()
    try propose(district)
    try propose(district, Finding(.elements(["results"])), "อีกเหตุผล")
    #expect(try desk(district).waiting == 2)
    let first = try #require(try amendments(district).last)
    _ = try district.registry.amend(
      first.number, in: District.cycle, by: district.by("member2"), at: District.deciding)
    #expect(try amendments(district).map(\.state).first == .overtaken)
    #expect(try desk(district).waiting == 0)
  }

  @Test func `a proposal that is changed in the file is found`() throws {
    let district = try sealed()
    try propose(district)
    #expect(try amendments(district).count == 1)
    let queue = try DatabaseQueue(path: "\(district.folder)/registry.sqlite")
    #expect(throws: DatabaseError.self) {
      try queue.write { db in try db.execute(sql: "UPDATE amendment SET reason = 'x'") }
    }
    try queue.write { db in
      try db.execute(sql: "DROP TRIGGER amendment_frozen; UPDATE amendment SET reason = 'x'")
    }
    let faults = try district.registry.verify().faults
    #expect(faults.map(\.place) == ["amendment 1"] && faults[0].problem.contains("reason"))
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What an assessor puts down, finishes, takes back and leaves to the lead.
@Suite struct MarkingTests {
  private typealias Sighting = Registry.Sighting

  private let cycle = District.cycle
  private let office = District.main
  private let now = District.assessing

  @Test func `an unfinished mark is kept as it is, and not on the trail`() throws {
    let district = try District.assigned()
    let entries = try district.registry.read { try $0.integer("SELECT count(*) FROM event") }
    var mark = Mark(
      found: ["chart"], verdict: .notMet, number: "3,", code: .wrongPeriod, reason: "ก \"ข\"\n[ค]",
      note: "ถาม", looks: [Mark.Look("https://one.example/structure", .closed)])
    #expect(try district.keep(mark).revision == 1)
    let own = try district.markDesk().own
    #expect(own?.mark == mark && own?.revision == 1)
    #expect(own?.seen == [Registry.Seen(link: "https://one.example/structure", state: .closed, at: now)])
    // The same again changes nothing; something else is the next revision.
    #expect(try district.keep(mark, 1, at: now.adding(seconds: 5)).revision == 1)
    #expect(try district.markDesk().own?.savedAt == now)
    mark.missing = ["divisions"]
    #expect(try district.keep(mark, 1, at: now.adding(seconds: 9)).revision == 2)
    // When the link was seen as it is said to be stays.
    #expect(try district.markDesk().own?.seen.first?.at == now)
    mark.looks = [Mark.Look("https://one.example/structure", .opened)]
    try district.keep(mark, 2, at: now.adding(seconds: 20))
    #expect(try district.markDesk().own?.seen.first?.at == now.adding(seconds: 20))
    #expect(try district.keep(Mark(), 3).revision == 0)
    #expect(try district.markDesk().own == nil)
    #expect(try district.registry.read { try $0.integer("SELECT count(*) FROM event") } == entries)
  }

  @Test func `the same mark from another window is told, not overwritten`() throws {
    let district = try District.assigned()
    try district.keep(Mark(found: ["chart"]))
    #expect(throws: StorageProblem.stale(by: "assessor1", at: now)) {
      try district.keep(Mark(missing: ["chart"]), 0, at: now.adding(seconds: 1))
    }
    #expect(try district.markDesk().own?.mark == Mark(found: ["chart"]))
  }

  // Finishing.

  @Test func `a finished mark is a finding with its reason, and the mark is gone`() throws {
    let district = try District.assigned()
    var mark = District.shortMark
    mark.looks = [Mark.Look("https://one.example/structure", .wrongDocument)]
    try district.keep(mark)
    let later = now.adding(seconds: 60)
    let id = try district.registry.finish(
      mark, on: "O1", of: office, in: cycle, seeing: Sighting(revision: 1), by: district.by("assessor1"),
      at: later)
    let desk = try district.markDesk()
    #expect(desk.own == nil && desk.findings.count == 1)
    #expect(
      desk.finding
        == Registry.Found(
          id: id, judgement: .elements(["chart"]), code: .incomplete, reason: "ไม่พบตำแหน่งสำคัญ", note: "",
          assessor: desk.findings[0].assessor, name: "assessor1", at: later, undoes: nil))
    // Seen when it was looked at, not when it was saved.
    #expect(desk.seen == [Registry.Seen(link: mark.looks[0].link, state: .wrongDocument, at: now)])
    #expect(desk.submission?.item == "O1" && desk.submittedAt == District.collecting)
    #expect(try district.registry.verify().faults.isEmpty)
  }

  @Test func `nothing below full marks is taken without a code and a reason`() throws {
    let district = try District.assigned()
    for mark in [
      Mark(), Mark(found: ["chart"]), Mark(verdict: .notMet),
      Mark(missing: ["chart", "divisions"], reason: "x"),
      Mark(missing: ["chart", "divisions"], code: .absent),
      Mark(found: ["chart", "divisions"], verdict: .notMet, code: .absent, reason: "x"),
    ] {
      #expect(throws: StorageProblem.self) {
        try district.registry.finish(
          mark, on: "O1", of: office, in: cycle, seeing: Sighting(), by: district.by("assessor1"), at: now)
      }
    }
    #expect(try district.markDesk().findings.isEmpty)
  }

  @Test func `who has judged meanwhile, or is at it, is told before anything is saved`() throws {
    let district = try District.assigned("assessor2")
    let registry = district.registry
    func finish(_ seen: Registry.Sighting, at moment: Moment) throws {
      try registry.finish(
        Mark(found: ["chart", "divisions"]), on: "O1", of: office, in: cycle, seeing: seen,
        by: district.by("assessor1"), at: moment)
    }
    // The other one is at it.
    try district.keep(District.shortMark, by: "assessor2")
    #expect(throws: StorageProblem.stale(by: "assessor2", at: now)) {
      try finish(Sighting(), at: now.adding(seconds: 1))
    }
    let seen = try district.markDesk()
    #expect(seen.others.map(\.name) == ["assessor2"] && seen.others.first?.mark == District.shortMark)
    // Whoever keeps a mark is told as well, and it is kept all the same.
    let kept = try district.keep(Mark(found: ["chart"]))
    #expect(kept.revision == 1 && kept.others.map(\.name) == ["assessor2"])
    // The other one judges.
    try registry.finish(
      District.shortMark, on: "O1", of: office, in: cycle,
      seeing: try district.markDesk(by: "assessor2").fullSighting, by: district.by("assessor2"),
      at: now.adding(seconds: 5))
    #expect(throws: StorageProblem.stale(by: "assessor2", at: now.adding(seconds: 5))) {
      try finish(seen.fullSighting, at: now.adding(seconds: 6))
    }
    #expect(try district.keep(Mark(found: ["chart"]), 1).finding?.name == "assessor2")
    // Having seen it, they may all the same.
    try finish(try district.markDesk().fullSighting, at: now.adding(seconds: 7))
    let all = try district.markDesk()
    #expect(all.findings.map(\.name) == ["assessor2", "assessor1"] && all.own == nil)
    #expect(all.finding?.judgement == .elements(["chart", "divisions"]))
  }

  @Test func `who is no longer assigned stands in nobody's way`() throws {
    let district = try District.assigned("assessor2")
    try district.keep(District.shortMark, by: "assessor2")
    try district.registry.unassign(
      "assessor2", from: office, in: cycle, reason: "ลาออก", by: district.by("lead"), at: now)
    #expect(try district.markDesk(at: now.adding(seconds: 1)).others.isEmpty)
  }

  @Test func `a form sent twice makes one finding`() throws {
    let district = try District.assigned()
    let signer = Signer("assessor1", form: "key")
    func finish() throws {
      try district.registry.finish(
        Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Sighting(), by: signer, at: now)
    }
    try finish()
    #expect(throws: StorageProblem.repeated) { try finish() }
    #expect(try district.markDesk().findings.count == 1)
  }

  // Undo and asking.

  @Test func `undoing says again what stood before, and both stay`() throws {
    let district = try District.assigned()
    let (registry, signer) = (district.registry, district.by("assessor1"))
    func finish(_ mark: Mark) throws {
      try registry.finish(
        mark, on: "O1", of: office, in: cycle, seeing: try district.markDesk().sighting, by: signer, at: now)
    }
    func undo() throws {
      try registry.undo(
        try #require(district.markDesk().finding).id, on: "O1", of: office, in: cycle, by: signer, at: now)
    }
    try finish(Mark(verdict: .met, looks: [Mark.Look("https://one.example/structure", .opened)]))
    try undo()
    var standing = try #require(district.markDesk().finding)
    #expect(standing.isOpen && standing.undoes == 1 && standing.note.isEmpty)
    #expect(try district.markQueue().entries.first?.state == .open)
    // Undoing that brings it back, with what was seen.
    try undo()
    let again = try district.markDesk()
    #expect(again.finding?.judgement == .met && again.seen.count == 1)
    try finish(District.shortMark)
    try undo()
    standing = try #require(district.markDesk().finding)
    #expect(standing.judgement == .met && standing.code == nil && standing.undoes == 4)
    #expect(try district.markDesk().findings.count == 5)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `only the last finding is undone, by whoever made it`() throws {
    let district = try District.assigned("assessor2")
    let registry = district.registry
    try registry.finish(
      Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Sighting(), by: district.by("assessor1"),
      at: now)
    for (person, finding) in [("assessor2", 1), ("assessor1", 7)] as [(Code<Person>, Int64)] {
      #expect(throws: StorageProblem.stale(by: "assessor1", at: now)) {
        try registry.undo(finding, on: "O1", of: office, in: cycle, by: district.by(person), at: now)
      }
    }
    #expect(throws: StorageProblem.unknown(what: "finding on", code: "O2")) {
      try registry.undo(1, on: "O2", of: office, in: cycle, by: district.by("assessor1"), at: now)
    }
  }

  @Test func `what is left to the lead is open, and the lead reads why`() throws {
    let district = try District.assigned()
    let (registry, signer) = (district.registry, district.by("assessor1"))
    #expect(throws: StorageProblem.self) {
      try registry.finish(
        Mark(), on: "O1", of: office, in: cycle, seeing: Sighting(), isAsking: true, by: signer, at: now)
    }
    try registry.finish(
      Mark(found: ["chart"], note: "ผังไม่มีวันที่"), on: "O1", of: office, in: cycle, seeing: Sighting(),
      isAsking: true, by: signer, at: now)
    #expect(
      try registry.asked(of: cycle, by: district.by("lead"), at: now) == [
        Registry.Asked(
          office: office, officeName: Words(thai: "เขตหนึ่ง", english: "Area One"), item: "O1",
          note: "ผังไม่มีวันที่", assessor: "assessor1", name: "assessor1", at: now)
      ])
    #expect(throws: Refusal.self) { try registry.asked(of: cycle, by: signer, at: now) }
    #expect(try district.markQueue().entries.first?.state == .asked)
    // Judged in the end, it is on nobody's list.
    try registry.finish(
      Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Sighting(finding: 1), by: signer, at: now)
    #expect(try registry.asked(of: cycle, by: district.by("lead"), at: now).isEmpty)
  }
}

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

  private func assigned(_ more: Code<Person>...) throws -> District {
    let district = try District()
    try district.assignAll()
    for person in more {
      try district.registry.assign(
        person, to: District.main, items: nil, in: District.cycle, by: district.by("lead"),
        at: District.collecting)
    }
    try district.submitAll()
    return district
  }

  private func desk(
    _ district: District, _ item: Code<Node> = "O1", by person: Code<Person> = "assessor1",
    at moment: Moment? = nil
  ) throws -> Registry.MarkDesk {
    try district.registry.markDesk(
      item, of: office, in: cycle, by: district.by(person), at: moment ?? now)
  }

  @discardableResult
  private func keep(
    _ district: District, _ mark: Mark, _ revision: Int = 0, by person: Code<Person> = "assessor1",
    at moment: Moment? = nil
  ) throws -> Registry.Kept {
    try district.registry.keep(
      mark, on: "O1", of: office, in: cycle, seeing: Sighting(revision: revision), by: district.by(person),
      at: moment ?? now)
  }

  private static let short = Mark(
    found: ["chart"], missing: ["divisions"], code: .incomplete, reason: "ไม่พบตำแหน่งสำคัญ")

  // Unfinished marks.

  @Test func `an unfinished mark is kept as it is, and not on the trail`() throws {
    let district = try assigned()
    let entries = try district.registry.read { try $0.integer("SELECT count(*) FROM event") }
    var mark = Mark(
      found: ["chart"], verdict: .notMet, number: "3,", code: .wrongPeriod, reason: "ก \"ข\"\n[ค]",
      note: "ถาม", looks: [Mark.Look("https://one.example/structure", .closed)])
    #expect(try keep(district, mark).revision == 1)
    let own = try desk(district).own
    #expect(own?.mark == mark && own?.revision == 1)
    #expect(own?.seen == [Registry.Seen(link: "https://one.example/structure", state: .closed, at: now)])
    // The same again changes nothing; something else is the next revision.
    #expect(try keep(district, mark, 1, at: now.adding(seconds: 5)).revision == 1)
    #expect(try desk(district).own?.savedAt == now)
    mark.missing = ["divisions"]
    #expect(try keep(district, mark, 1, at: now.adding(seconds: 9)).revision == 2)
    // When the link was seen as it is said to be stays.
    #expect(try desk(district).own?.seen.first?.at == now)
    mark.looks = [Mark.Look("https://one.example/structure", .opened)]
    try keep(district, mark, 2, at: now.adding(seconds: 20))
    #expect(try desk(district).own?.seen.first?.at == now.adding(seconds: 20))
    #expect(try keep(district, Mark(), 3).revision == 0)
    #expect(try desk(district).own == nil)
    #expect(try district.registry.read { try $0.integer("SELECT count(*) FROM event") } == entries)
  }

  @Test func `the same mark from another window is told, not overwritten`() throws {
    let district = try assigned()
    try keep(district, Mark(found: ["chart"]))
    #expect(throws: StorageProblem.stale(by: "assessor1", at: now)) {
      try keep(district, Mark(missing: ["chart"]), 0, at: now.adding(seconds: 1))
    }
    #expect(try desk(district).own?.mark == Mark(found: ["chart"]))
  }

  // Finishing.

  @Test func `a finished mark is a finding with its reason, and the mark is gone`() throws {
    let district = try assigned()
    var mark = MarkingTests.short
    mark.looks = [Mark.Look("https://one.example/structure", .wrongDocument)]
    try keep(district, mark)
    let later = now.adding(seconds: 60)
    let id = try district.registry.finish(
      mark, on: "O1", of: office, in: cycle, seeing: Sighting(revision: 1), by: district.by("assessor1"),
      at: later)
    let desk = try desk(district)
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
    let district = try assigned()
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
    #expect(try desk(district).findings.isEmpty)
  }

  @Test func `who has judged meanwhile, or is at it, is told before anything is saved`() throws {
    let district = try assigned("assessor2")
    let registry = district.registry
    func finish(_ seen: Registry.Sighting, at moment: Moment) throws {
      try registry.finish(
        Mark(found: ["chart", "divisions"]), on: "O1", of: office, in: cycle, seeing: seen,
        by: district.by("assessor1"), at: moment)
    }
    // The other one is at it.
    try keep(district, MarkingTests.short, by: "assessor2")
    #expect(throws: StorageProblem.stale(by: "assessor2", at: now)) {
      try finish(Sighting(), at: now.adding(seconds: 1))
    }
    let seen = try desk(district)
    #expect(seen.others.map(\.name) == ["assessor2"] && seen.others.first?.mark == MarkingTests.short)
    // Whoever keeps a mark is told as well, and it is kept all the same.
    let kept = try keep(district, Mark(found: ["chart"]))
    #expect(kept.revision == 1 && kept.others.map(\.name) == ["assessor2"])
    // The other one judges.
    try registry.finish(
      MarkingTests.short, on: "O1", of: office, in: cycle,
      seeing: try desk(district, by: "assessor2").fullSighting, by: district.by("assessor2"),
      at: now.adding(seconds: 5))
    #expect(throws: StorageProblem.stale(by: "assessor2", at: now.adding(seconds: 5))) {
      try finish(seen.fullSighting, at: now.adding(seconds: 6))
    }
    #expect(try keep(district, Mark(found: ["chart"]), 1).finding?.name == "assessor2")
    // Having seen it, they may all the same.
    try finish(try desk(district).fullSighting, at: now.adding(seconds: 7))
    let all = try desk(district)
    #expect(all.findings.map(\.name) == ["assessor2", "assessor1"] && all.own == nil)
    #expect(all.finding?.judgement == .elements(["chart", "divisions"]))
  }

  @Test func `who is no longer assigned stands in nobody's way`() throws {
    let district = try assigned("assessor2")
    try keep(district, MarkingTests.short, by: "assessor2")
    try district.registry.unassign(
      "assessor2", from: office, in: cycle, reason: "ลาออก", by: district.by("lead"), at: now)
    #expect(try desk(district, at: now.adding(seconds: 1)).others.isEmpty)
  }

  @Test func `a form sent twice makes one finding`() throws {
    let district = try assigned()
    let signer = Signer("assessor1", form: "key")
    func finish() throws {
      try district.registry.finish(
        Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Sighting(), by: signer, at: now)
    }
    try finish()
    #expect(throws: StorageProblem.repeated) { try finish() }
    #expect(try desk(district).findings.count == 1)
  }

  // Undo and asking.

  @Test func `undoing says again what stood before, and both stay`() throws {
    let district = try assigned()
    let (registry, signer) = (district.registry, district.by("assessor1"))
    func finish(_ mark: Mark) throws {
      try registry.finish(
        mark, on: "O1", of: office, in: cycle, seeing: try desk(district).sighting, by: signer, at: now)
    }
    func undo() throws {
      try registry.undo(
        try #require(desk(district).finding).id, on: "O1", of: office, in: cycle, by: signer, at: now)
    }
    try finish(Mark(verdict: .met, looks: [Mark.Look("https://one.example/structure", .opened)]))
    try undo()
    var standing = try #require(desk(district).finding)
    #expect(standing.isOpen && standing.undoes == 1 && standing.note.isEmpty)
    #expect(try queue(district).entries.first?.state == .open)
    // Undoing that brings it back, with what was seen.
    try undo()
    let again = try desk(district)
    #expect(again.finding?.judgement == .met && again.seen.count == 1)
    try finish(MarkingTests.short)
    try undo()
    standing = try #require(desk(district).finding)
    #expect(standing.judgement == .met && standing.code == nil && standing.undoes == 4)
    #expect(try desk(district).findings.count == 5)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `only the last finding is undone, by whoever made it`() throws {
    let district = try assigned("assessor2")
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
    let district = try assigned()
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
    #expect(try queue(district).entries.first?.state == .asked)
    // Judged in the end, it is on nobody's list.
    try registry.finish(
      Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Sighting(finding: 1), by: signer, at: now)
    #expect(try registry.asked(of: cycle, by: district.by("lead"), at: now).isEmpty)
  }

  // The queue.

  private func queue(
    _ district: District, by person: Code<Person> = "assessor1", at moment: Moment? = nil
  ) throws -> Registry.MarkQueue {
    try district.registry.markQueue(of: cycle, by: district.by(person), at: moment ?? now)
  }

  @Test func `the queue has everything assigned, item by item, with where it stands`() throws {
    let district = try assigned()
    try keep(district, Mark(found: ["chart"]))
    try district.registry.finish(
      Mark(verdict: .met), on: "O2", of: District.other, in: cycle, seeing: Sighting(),
      by: district.by("assessor1"), at: now)
    let queue = try queue(district)
    #expect(
      queue.entries.map { "\($0.item.code) \($0.office) \($0.state.rawValue)" } == [
        "O1 4001 begun", "O1 4002 not_judged", "O2 4001 not_judged", "O2 4002 judged", "O3 4001 not_judged",
        "O3 4002 not_judged",
      ])
    let areOpen = queue.offices.allSatisfy { $0.refusal == nil && $0.isReadable }
    let areSubmitted = queue.entries.allSatisfy(\.isSubmitted)
    #expect(queue.judged == 1 && areOpen && areSubmitted)
  }

  @Test func `single items are assigned by themselves`() throws {
    let district = try assigned()
    try district.registry.assign(
      "assessor2", to: District.other, items: ["O3"], in: cycle, by: district.by("lead"), at: now)
    #expect(try queue(district, by: "assessor2").entries.map(\.item.code) == ["O3"])
    #expect(throws: Refusal.self) {
      try district.registry.markDesk(
        "O1", of: District.other, in: cycle, by: district.by("assessor2"), at: now)
    }
  }

  @Test func `before the window opens the queue says when, and shows nothing of what is drafted`() throws {
    let district = try assigned()
    let queue = try queue(district, at: District.collecting)
    #expect(queue.offices.count == 2)
    let areClosed = queue.offices.allSatisfy { $0.refusal != nil && !$0.isReadable }
    let isSubmitted = queue.entries.contains(where: \.isSubmitted)
    #expect(areClosed && !isSubmitted)
    #expect(throws: Refusal.self) { try desk(district, at: District.collecting) }
  }

  @Test func `an office somebody has declared a conflict with is nowhere any more`() throws {
    let district = try assigned()
    let registry = district.registry
    try keep(district, Mark(found: ["chart"]))
    try registry.declareConflict(
      of: "assessor1", with: office, reason: "คู่สมรส", by: district.by("assessor1"), at: now)
    #expect(try queue(district).offices.map(\.office.code) == [District.other])
    #expect(throws: Refusal(.readSubmission, .notAssigned)) { try desk(district) }
    #expect(throws: Refusal.self) { try keep(district, Mark(found: ["chart"])) }
    #expect(try registry.read { try $0.integer("SELECT count(*) FROM mark") } == 0)
    let own = try registry.ownConflicts(in: cycle, by: district.by("assessor1"), at: now)
    #expect(own.declared.map(\.reason) == ["คู่สมรส"] && own.assigned.map(\.code) == [District.other])
    #expect(throws: Refusal.self) {
      try registry.declareConflict(
        of: "assessor2", with: office, reason: "x", by: district.by("assessor1"), at: now)
    }
  }

  @Test func `an assessor's pages are nobody else's`() throws {
    let district = try assigned()
    for person: Code<Person> in ["lead", "member1", "director", "officer", "admin"] {
      #expect(throws: Refusal.self, "\(person)") { try queue(district, by: person) }
      #expect(throws: Refusal.self, "\(person)") { try desk(district, by: person) }
      #expect(throws: Refusal.self, "\(person)") {
        try district.registry.comments(by: district.by(person), at: now)
      }
      #expect(throws: Refusal.self, "\(person)") {
        try district.registry.ownConflicts(in: cycle, by: district.by(person), at: now)
      }
    }
    #expect(throws: Refusal(.readSubmission, .notAssigned)) { try desk(district, by: "assessor2") }
  }

  // Speed.

  /// A cycle with so many offices, all of them the first assessor's.
  private func crowded(_ count: Int) throws -> (district: District, offices: [Code<Office>]) {
    let district = try District(isOpen: false)
    let (registry, admin, start) = (district.registry, district.by("admin"), District.setUp)
    let offices = (0..<count).map { number in
      Office(
        code: Code("\(5000 + number)"), name: Words(thai: "เขต", english: "Area"), kind: "primary",
        provinces: [Words(thai: "ธารทอง", english: "Than Thong")])
    }
    _ = try registry.keep(offices: District.offices + offices, isDryRun: false, by: admin, at: start)
    _ = try registry.keep(people: District.people, isDryRun: false, by: admin, at: start)
    try registry.newCycle(
      cycle, year: FiscalYear(2569), title: Words(thai: "x", english: "x"),
      rubric: try District().registry.rubricTexts(of: cycle), by: admin, at: start)
    try registry.setSchedule(District.schedule, of: cycle, reason: "", by: admin, at: start)
    for office in offices {
      try registry.enterStakeholders(["IIT": 40], of: office.code, in: cycle, by: admin, at: start)
    }
    _ = try registry.openCycle(cycle, by: admin, at: start)
    for office in offices {
      try registry.assign(
        "assessor1", to: office.code, items: nil, in: cycle, by: district.by("lead"), at: start)
    }
    return (district, offices.map(\.code))
  }

  @Test func `the queue and a page of it take as many queries for forty offices as for one`() throws {
    func counts(_ number: Int) throws -> [Int] {
      let (district, offices) = try crowded(number)
      let registry = district.registry
      for (place, item) in zip(offices, ["O1", "O2", "O3"] as [Code<Node>]) {
        try registry.finish(
          Mark(verdict: .met), on: item, of: place, in: cycle, seeing: Sighting(),
          by: district.by("assessor1"), at: now)
      }
      func count(_ body: () throws -> Void) throws -> Int {
        let statements = Statements()
        try registry.read { db in db.trace { statements.add($0.expandedDescription) } }
        try body()
        try registry.read { db in db.trace(options: []) }
        return statements.all.count
      }
      func page() throws {
        _ = try registry.markDesk(
          "O1", of: offices[0], in: cycle, by: district.by("assessor1"), at: now)
      }
      _ = try queue(district)
      try page()
      return [try count { _ = try queue(district) }, try count(page)]
    }
    let (one, forty) = (try counts(1), try counts(40))
    #expect(one == forty, "\(one), \(forty)")
    #expect(one[0] > 8 && one[0] < 30 && one[1] < 80, "\(one)")
  }

  @Test func `saving a mark asks little, and looks through no table`() throws {
    let (district, offices) = try crowded(3)
    let registry = district.registry
    let statements = Statements()
    registry.database.writeWithoutTransaction { db in db.trace { statements.add($0.expandedDescription) } }
    try registry.finish(
      MarkingTests.short, on: "O1", of: offices[1], in: cycle, seeing: Sighting(),
      by: Signer("assessor1", form: "key"), at: now)
    registry.database.writeWithoutTransaction { db in db.trace(options: []) }
    let asked = statements.all.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") }
    #expect(statements.all.count < 50, "\(statements.all.count)")
    // The last entry of the trail is read from its end.
    let scans = try registry.read { db in
      try asked.flatMap { sql in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
      }
    }.filter { $0.hasPrefix("SCAN") }
    for table in [
      "finding", "mark", "submission", "assignment", "clarification", "office", "person",
    ] {
      #expect(!scans.contains { $0 == "SCAN \(table)" }, "\(scans)")
    }
  }

  // Comments and captures.

  @Test func `a comment bank is its writer's own`() throws {
    let district = try assigned()
    let registry = district.registry
    let (own, other) = (district.by("assessor1"), district.by("assessor2"))
    try registry.keepComment("ทุกข้อ", for: nil, code: .incomplete, by: own, at: now)
    try registry.keepComment("เฉพาะข้อ", for: "structure", code: nil, by: own, at: now)
    try registry.keepComment("ของอีกคน", for: nil, code: nil, by: other, at: now)
    #expect(try registry.comments(by: own, at: now).map(\.text) == ["ทุกข้อ", "เฉพาะข้อ"])
    #expect(try desk(district).comments.map(\.text) == ["เฉพาะข้อ", "ทุกข้อ"])
    #expect(try desk(district, "O2").comments.map(\.text) == ["ทุกข้อ"])
    #expect(throws: StorageProblem.unknown(what: "comment", code: "1")) {
      try registry.keepComment("ทับ", for: nil, code: nil, over: 1, by: other, at: now)
    }
    try registry.dropComment(1, by: other, at: now)
    #expect(try registry.comments(by: own, at: now).count == 2)
    try registry.keepComment("แก้แล้ว", for: nil, code: .other, over: 1, by: own, at: now)
    try registry.dropComment(2, by: own, at: now)
    #expect(
      try registry.comments(by: own, at: now) == [
        Registry.Comment(id: 1, item: nil, code: .other, text: "แก้แล้ว")
      ])
    for text in ["", String(repeating: "ก", count: Registry.longestComment + 1)] {
      #expect(throws: StorageProblem.self) {
        try registry.keepComment(text, for: nil, code: nil, by: own, at: now)
      }
    }
    let signer = Signer("assessor1", form: "key")
    try registry.keepComment("ครั้งเดียว", for: nil, code: nil, by: signer, at: now)
    #expect(throws: StorageProblem.repeated) {
      try registry.keepComment("ครั้งเดียว", for: nil, code: nil, by: signer, at: now)
    }
  }

  @Test func `a capture goes with the mark and stays with the finding`() throws {
    let district = try assigned("assessor2")
    let (registry, signer) = (district.registry, district.by("assessor1"))
    let handle = try #require(FileHandle(forReadingAtPath: "\(District.root)/LICENSE"))
    func attach(_ name: String, _ revision: Int) throws {
      try registry.keepCapture(
        name, of: "https://one.example/structure", from: handle, with: MarkingTests.short, on: "O1",
        of: office,
        in: cycle, seeing: Sighting(revision: revision), by: signer, at: now)
    }
    func read(_ digest: String, by person: Code<Person>) throws -> Int {
      let path = district.folder + "/out"
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      let out = try #require(FileHandle(forWritingAtPath: path))
      try registry.writeCapture(
        digest, on: "O1", of: office, in: cycle, to: out, by: district.by(person), at: now)
      return try Data(contentsOf: URL(fileURLWithPath: path)).count
    }
    try attach("หน้าจอ.png", 0)
    let held = try #require(desk(district).own)
    #expect(held.mark == MarkingTests.short && held.captures.map(\.name) == ["หน้าจอ.png"])
    #expect(throws: StorageProblem.taken(what: "file", code: "อีกครั้ง.png")) {
      try attach("อีกครั้ง.png", held.revision)
    }
    #expect(throws: StorageProblem.self) { try attach("x.png", 0) }
    // Until it is a finding nobody else opens it.
    let digest = held.captures[0].digest
    #expect(try read(digest, by: "assessor1") == held.captures[0].bytes)
    #expect(throws: StorageProblem.self) { try read(digest, by: "assessor2") }
    try registry.dropCapture(
      digest, with: MarkingTests.short, on: "O1", of: office, in: cycle,
      seeing: Sighting(revision: held.revision), by: signer, at: now)
    #expect(try desk(district).own?.captures.isEmpty == true)
    try attach("หน้าจอ.png", try #require(desk(district).own).revision)
    try registry.finish(
      MarkingTests.short, on: "O1", of: office, in: cycle, seeing: try desk(district).sighting, by: signer,
      at: now)
    #expect(try desk(district).captures.map(\.link) == ["https://one.example/structure"])
    #expect(try read(digest, by: "assessor2") > 0 && read(digest, by: "lead") > 0)
    for person: Code<Person> in ["director", "director2", "admin"] {
      #expect(throws: Refusal.self, "\(person)") { try read(digest, by: person) }
    }
    for sql in ["UPDATE finding_capture SET name = 'x'", "DELETE FROM finding_capture"] {
      #expect(throws: DatabaseError.self) { try registry.database.write { try $0.execute(sql: sql) } }
    }
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `what somebody has put down is in what is held on them, and goes with them`() throws {
    let district = try assigned()
    let registry = district.registry
    try keep(district, MarkingTests.short)
    try registry.keepComment("ประโยคของฉัน", for: nil, code: nil, by: district.by("assessor1"), at: now)
    let held = try registry.exportPerson("assessor1", by: district.by("assessor1"), at: now)
    #expect(held.contains("ไม่พบตำแหน่งสำคัญ") && held.contains("ประโยคของฉัน"))
    try registry.erasePerson("assessor1", reason: "x", by: district.by("admin"), at: now)
    #expect(
      try registry.read { db in
        try ["mark", "comment"].map { try db.integer("SELECT count(*) FROM \($0)") }
      } == [0, 0])
  }
}

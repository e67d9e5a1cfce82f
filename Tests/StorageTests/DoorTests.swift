import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// There is one way in: whoever may not, changes nothing.
@Suite struct DoorTests {
  private typealias Try = (name: String, act: (Registry, Signer) throws -> Void)

  /// Every method that writes, done by somebody who may do nothing.
  private static func tries(_ district: District) -> [Try] {
    let (cycle, office, now) = (District.cycle, District.main, District.collecting)
    let slips = AnswerPlace(cycle, office, Collected("IIT"))
    let grant = Grant(.officer, for: .offices([office]), from: now.day)
    let handle = FileHandle(forReadingAtPath: "\(District.root)/LICENSE")
    return [
      (
        "new cycle",
        { registry, signer in
          try registry.newCycle(
            "x", year: FiscalYear(2569), title: Words(thai: "x", english: "x"),
            rubric: try registry.rubricTexts(of: cycle), by: signer, at: now)
        }
      ),
      ("schedule", { try $0.setSchedule(District.schedule, of: cycle, reason: "x", by: $1, at: now) }),
      ("open", { _ = try $0.openCycle(cycle, by: $1, at: now) }),
      (
        "extend",
        {
          try $0.extend(
            Extension(office: office, instrument: "OIT", until: District.assessing, reason: "x"), in: cycle,
            by: $1, at: now)
        }
      ),
      (
        "given",
        {
          _ = try $0.enterGiven(
            [office: ["IIT": Given(figure: Points(1), source: "x")]], in: cycle, by: $1, at: now)
        }
      ),
      (
        "offices",
        {
          _ = try $0.keep(
            offices: [Office(code: "x", name: Words(thai: "x", english: "x"))], isDryRun: false, by: $1,
            at: now)
        }
      ),
      (
        "groups",
        {
          _ = try $0.keep(
            groups: [GroupEntry(office: office, group: "x", title: Words(thai: "x", english: "x"))],
            isDryRun: false, by: $1, at: now)
        }
      ),
      (
        "people",
        { _ = try $0.keep(people: [PersonEntry(code: "x", name: "x")], isDryRun: false, by: $1, at: now) }
      ),
      (
        "a table as it was looked at",
        {
          let office = Office(code: "x", name: Words(thai: "x", english: "x"))
          try $0.take(.offices([office]), expecting: Changes(), by: $1, at: now)
        }
      ),
      (
        "a cycle being prepared",
        { try $0.changeCycle(cycle, title: Words(thai: "x", english: "x"), rubric: nil, by: $1, at: now) }
      ),
      ("change a person", { try $0.changePerson(PersonEntry(code: "officer", name: "x"), by: $1, at: now) }),
      ("letters to some", { _ = try $0.letters(to: ["officer"], by: $1, at: now) }),
      ("end a grant", { try $0.endGrant(2, of: "officer", until: now.day, by: $1, at: now) }),
      ("a new person", { try $0.add(PersonEntry(code: "x", name: "x"), by: $1, at: now) }),
      ("close an account", { try $0.setClosed(true, "officer", by: $1, at: now) }),
      ("stakeholders", { try $0.enterStakeholders(["IIT": 1], of: office, in: cycle, by: $1, at: now) }),
      ("grant", { try $0.grant(grant, to: "officer2", by: $1, at: now) }),
      ("revoke", { try $0.revoke(.officer, for: office, from: "officer", until: now.day, by: $1, at: now) }),
      ("conflict", { try $0.declareConflict(of: "assessor1", with: office, reason: "x", by: $1, at: now) }),
      ("letters", { _ = try $0.letters(of: nil, by: $1, at: now) }),
      (
        "earlier",
        {
          _ = try $0.enterEarlier(
            [office: ["total": Given(figure: Points(1), source: "x")]], of: FiscalYear(2568), by: $1, at: now)
        }
      ),
      ("reset", { _ = try $0.reset("officer", by: $1, at: now) }),
      ("assign", { try $0.assign("assessor2", to: office, items: nil, in: cycle, by: $1, at: now) }),
      ("unassign", { try $0.unassign("assessor1", from: office, in: cycle, reason: "x", by: $1, at: now) }),
      (
        "give offices",
        { try $0.giveOffices([office], to: "assessor2", in: cycle, expecting: "", by: $1, at: now) }
      ),
      (
        "spread",
        {
          try $0.spread(
            Registry.SpreadOrder(seed: "1", assessors: ["assessor2"]), in: cycle, expecting: "", by: $1,
            at: now)
        }
      ),
      (
        "hand over",
        {
          try $0.handOver(
            Registry.HandOverOrder(from: "assessor1", to: "assessor2", reason: "x"), in: cycle, expecting: "",
            by: $1, at: now)
        }
      ),
      (
        "name deciders",
        {
          try $0.nameDeciders(
            "assessor2", of: [Registry.ClarificationPlace(office, "O1")], in: cycle, by: $1,
            at: District.clarifying)
        }
      ),
      (
        "file",
        { registry, signer in
          guard let handle else { return }
          _ = try registry.keepFile("x", from: handle, for: office, in: cycle, by: signer, at: now)
        }
      ),
      ("draft", { _ = try $0.draft(District.draft("O1"), in: cycle, by: $1, at: now) }),
      ("pass", { _ = try $0.pass("O1", of: office, in: cycle, by: $1, at: now) }),
      ("send back", { _ = try $0.sendBack("O1", of: office, in: cycle, note: "x", by: $1, at: now) }),
      ("submit", { _ = try $0.submit(nil, of: office, in: cycle, by: $1, at: now) }),
      ("recall", { _ = try $0.recall("O1", of: office, in: cycle, note: "x", by: $1, at: now) }),
      (
        "judge",
        { try $0.judge(Finding(.met), on: "O1", of: office, in: cycle, by: $1, at: District.assessing) }
      ),
      (
        "finish a mark",
        {
          try $0.finish(
            Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Registry.Sighting(), by: $1,
            at: District.assessing)
        }
      ),
      (
        "undo a finding",
        { try $0.undo(1, on: "O1", of: office, in: cycle, by: $1, at: District.assessing) }
      ),
      (
        "capture",
        { registry, signer in
          guard let handle else { return }
          try registry.keepCapture(
            "x.png", of: "", from: handle, with: Mark(), on: "O1", of: office, in: cycle,
            seeing: Registry.Sighting(), by: signer, at: District.assessing)
        }
      ),
      ("acknowledge", { try $0.acknowledge(office, in: cycle, by: $1, at: District.clarifying) }),
      (
        "contest",
        { try $0.contest("O1", of: office, in: cycle, statement: "x", by: $1, at: District.clarifying) }
      ),
      (
        "name decider",
        { try $0.nameDecider("assessor2", of: "O1", of: office, in: cycle, by: $1, at: District.clarifying) }
      ),
      (
        "decide",
        {
          try $0.decide(
            Finding(.met, reason: "x"), on: "O1", of: office, in: cycle, by: $1, at: District.clarifying)
        }
      ),
      (
        "correct",
        {
          try $0.correct(
            Finding(.met, reason: "x"), on: "O1", of: office, in: cycle, by: $1, at: District.deciding)
        }
      ),
      (
        "answers",
        { _ = try $0.bringAnswers([office: [Collected("IIT"): [[1, 1, 1, 1]]]], in: cycle, by: $1, at: now) }
      ),
      ("ask for slips", { try $0.askForSlips(1, slips, by: $1, at: now) }),
      ("make slips", { _ = try $0.makeSlips(1, slips, by: $1, at: now) }),
      ("ask to void slips", { try $0.askToVoidSlips(slips, reason: "x", by: $1, at: now) }),
      ("void slips", { try $0.voidSlips(slips, by: $1, at: now) }),
      ("seal", { _ = try $0.seal(cycle, by: $1, at: District.deciding) }),
      (
        "amend",
        {
          _ = try $0.amend(
            Finding(.met), on: "O1", of: office, in: cycle, reason: "x", by: $1, at: District.deciding)
        }
      ),
      ("publish", { try $0.publish(cycle, by: $1, at: District.deciding) }),
      ("back up", { try $0.backUp(to: "\(district.folder)/never.sqlite", by: $1, at: now) }),
      ("retain", { _ = try $0.retain(isDryRun: false, by: $1, at: now) }),
      ("erase", { try $0.erasePerson("officer", reason: "x", by: $1, at: now) }),
      ("second factor of another", { try $0.removeSecondFactor(of: "head", by: $1, at: now) }),
    ]
  }

  /// What everybody may do with their own account, and with it alone: they name nobody else.
  private static var own: [Try] {
    [
      (
        "password",
        { try $0.setPassword(AccountsTests.hash, by: $1, keeping: nil, at: District.collecting) }
      ),
      (
        "preference",
        { try $0.setPreference(language: .thai, usesThaiDigits: true, by: $1, at: District.collecting) }
      ),
      (
        "second factor",
        { try $0.beginSecondFactor(AccountsTests.secret, by: $1, at: District.collecting) }
      ),
      (
        "confirm second factor",
        { try $0.confirmSecondFactor(recoveryCodes: ["A"], by: $1, at: District.collecting) }
      ),
    ]
  }

  @Test func `somebody without a role can do nothing, and nothing changes`() throws {
    let district = try District()
    let registry = district.registry
    _ = try registry.keep(
      people: [PersonEntry(code: "nobody", name: "nobody")], isDryRun: false, by: district.by("admin"),
      at: District.setUp)
    try district.assignAll()
    try district.submitAll()
    let before = try contents(registry)
    for (name, act) in Self.tries(district) {
      #expect(throws: Refusal.self, "\(name)") { try act(registry, Signer("nobody")) }
    }
    #expect(try contents(registry) == before)
  }

  @Test func `with their own account everybody does what is theirs, until it is closed`() throws {
    let district = try District()
    let registry = district.registry
    for (_, act) in Self.own { try act(registry, Signer("officer")) }
    try district.close("officer")
    let before = try contents(registry)
    for (name, act) in Self.own {
      #expect(throws: Refusal(.manageOwnAccount, .closed), "\(name)") { try act(registry, Signer("officer")) }
    }
    #expect(throws: Refusal(.manageOwnAccount, .closed)) {
      try registry.spendRecoveryCode("A", of: "officer", at: District.collecting)
    }
    #expect(try contents(registry) == before)
  }

  @Test func `every method that writes is in the table`() throws {
    // A write method is one that takes a signer and opens the desk for writing.
    let sources = try FileManager.default.contentsOfDirectory(atPath: "\(District.root)/Sources/Storage")
    var names: Set<String> = []
    for source in sources where source.hasPrefix("Registry+") {
      let text = try String(contentsOfFile: "\(District.root)/Sources/Storage/\(source)", encoding: .utf8)
      for part in text.components(separatedBy: "  public func ").dropFirst()
      where part.contains("write(signer") {
        let own = part.components(separatedBy: "\n  }\n").first ?? ""
        if own.contains("write(signer") { names.insert(String(part.prefix { $0 != "(" })) }
      }
    }
    let district = try District()
    // `keep` is three methods, `letters` two.
    #expect(names.count + 3 == Self.tries(district).count + Self.own.count, "\(names.sorted())")
  }

  @Test func `only one place opens the database for writing`() throws {
    let sources = try FileManager.default.contentsOfDirectory(atPath: "\(District.root)/Sources/Storage")
    for source in sources where source != "Registry.swift" {
      let text = try String(contentsOfFile: "\(District.root)/Sources/Storage/\(source)", encoding: .utf8)
      #expect(!text.contains("database.write"), "\(source)")
    }
  }

  @Test func `the door without a trail leads to nothing but signing in and unfinished marks`() throws {
    var changed: Set<String> = []
    for source in try FileManager.default.contentsOfDirectory(atPath: "\(District.root)/Sources/Storage")
    where source != "Registry.swift" {
      let text = try String(contentsOfFile: "\(District.root)/Sources/Storage/\(source)", encoding: .utf8)
      let parts = text.components(separatedBy: "upkeep { db in").dropFirst()
      for part in parts {
        let own = part.components(separatedBy: "\n    }\n").first ?? ""
        for match in own.matches(of: #/(?:INSERT INTO|UPDATE|DELETE FROM) ([a-z_]+)/#) {
          changed.insert(String(match.1))
        }
      }
      #expect(parts.count == text.components(separatedBy: "upkeep").count - 1 - text.mentions, "\(source)")
      for part in text.components(separatedBy: "drafting(signer, at: now) { desk in").dropFirst() {
        let own = part.components(separatedBy: "\n    }\n").first ?? ""
        #expect(own.contains("desk.allow(.judge, ") || own.contains("desk.insistOnAssessor()"), "\(source)")
        for match in own.matches(of: #/(?:INSERT INTO|UPDATE|DELETE FROM) ([a-z_]+)/#) {
          changed.insert(String(match.1))
        }
      }
    }
    #expect(
      changed == [
        "session", "sign_in_code", "password", "second_factor", "mark", "mark_capture", "comment",
        "asking_step", "asking_day", "asking_closed",
      ])
  }

  @Test func `the door for answers leads to nothing but answers`() throws {
    var changed: Set<String> = []
    var uses = 0
    for source in try FileManager.default.contentsOfDirectory(atPath: "\(District.root)/Sources/Storage")
    where source != "Registry.swift" {
      let text = try String(contentsOfFile: "\(District.root)/Sources/Storage/\(source)", encoding: .utf8)
      let parts = text.components(separatedBy: "try receive { db in").count - 1
      uses += parts
      guard parts > 0 else { continue }
      for match in text.matches(of: #/(?:INSERT OR IGNORE INTO|INSERT INTO|UPDATE|DELETE FROM) ([a-z_]+)/#) {
        changed.insert(String(match.1))
      }
    }
    #expect(uses == 1 && changed == ["invitation", "response", "free_text"])
  }

  @Test func `whoever may not judge keeps nothing, not even what is unfinished`() throws {
    let district = try District()
    let (registry, now) = (district.registry, District.assessing)
    let (cycle, office) = (District.cycle, District.main)
    try district.assignAll()
    try district.submitAll()
    let before = try contents(registry)
    let tries: [Try] = [
      (
        "keep",
        {
          try $0.keep(
            Mark(verdict: .met), on: "O1", of: office, in: cycle, seeing: Registry.Sighting(), by: $1, at: now
          )
        }
      ), ("drop", { try $0.dropMark(on: "O1", of: office, in: cycle, by: $1, at: now) }),
      (
        "drop a capture",
        {
          try $0.dropCapture(
            "", with: Mark(), on: "O1", of: office, in: cycle, seeing: Registry.Sighting(), by: $1, at: now)
        }
      ),
    ]
    for person: Code<Person> in ["assessor2", "lead", "member1", "director", "admin"] {
      for (name, act) in tries {
        #expect(throws: Refusal.self, "\(person) \(name)") { try act(registry, Signer(person)) }
      }
    }
    for person: Code<Person> in ["lead", "member1", "director", "admin"] {
      #expect(throws: Refusal.self) {
        try registry.keepComment("x", for: nil, code: nil, by: Signer(person), at: now)
      }
      #expect(throws: Refusal.self) { try registry.dropComment(1, by: Signer(person), at: now) }
    }
    #expect(try contents(registry) == before)
  }

  /// Everything that is in the tables, as one digest.
  private func contents(_ registry: Registry) throws -> String {
    try registry.read { db in
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      let texts = try tables.map { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { Canonical.object($0) }.joined()
      }
      return Digest.hex(Digest.of(texts.joined(separator: "\n")))
    }
  }
}

extension String {
  /// Of the second door, in comments.
  fileprivate var mentions: Int { components(separatedBy: "`upkeep`").count - 1 }
}

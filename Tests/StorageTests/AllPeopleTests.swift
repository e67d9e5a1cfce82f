import Foundation
import GRDB
import Integrity
import Synchronization
import Testing

@testable import Storage

/// Everybody in the order of their names, however many there are.
@Suite struct AllPeopleTests {
  private let now = District.setUp

  private func names(
    _ district: District, _ filter: Registry.PeopleFilter = .init(), from: Int = 0, most: Int = 100
  )
    throws -> [String]
  {
    try district.registry.people(filter, from: from, most: most, by: district.by("admin"), at: now).people
      .map(\.name)
  }

  @Test func `Thai names stand as in a dictionary, without their titles`() {
    let names = [
      "นายเกษม", "นางสาวกนก", "นายไกร", "นางกาญจนา", "นายขจร", "เขมิกา", "น.ส.แก้ว", "ดร.โกวิท", "นายกล้า", "กล่า",
    ]
    #expect(
      names.sorted { ThaiOrder.key($0) < ThaiOrder.key($1) } == [
        "นางสาวกนก", "กล่า", "นายกล้า", "นางกาญจนา", "นายเกษม", "น.ส.แก้ว", "ดร.โกวิท", "นายไกร", "นายขจร",
        "เขมิกา",
      ])
  }

  @Test func `somebody added or renamed stands in their place at once`() throws {
    let district = try District(isOpen: false)
    let admin = district.by("admin")
    func add(_ code: Code<Person>, _ name: String) throws {
      try district.registry.add(PersonEntry(code: code, name: name), by: admin, at: now)
    }
    try add("b", "นายขจร")
    #expect(try names(district) == ["นายขจร", "ผู้ดูแลระบบ"])
    try add("a", "นางสาวกนก")
    try add("c", "นายคม")
    #expect(try names(district) == ["นางสาวกนก", "นายขจร", "นายคม", "ผู้ดูแลระบบ"])
    try district.registry.changePerson(PersonEntry(code: "a", name: "นางสาวพิม"), by: admin, at: now)
    #expect(try names(district) == ["นายขจร", "นายคม", "ผู้ดูแลระบบ", "นางสาวพิม"])
    #expect(try names(district, from: 1, most: 2) == ["นายคม", "ผู้ดูแลระบบ"])
  }

  @Test func `people are found by name, role, office and how they sign in`() throws {
    let district = try District()
    let admin = district.by("admin")
    func found(_ filter: Registry.PeopleFilter) throws -> Int {
      try district.registry.people(filter, from: 0, most: 1, by: admin, at: now).found
    }
    // The lead's post has the word in it.
    #expect(try found(.init(text: "assessor")) == 3 && found(.init(text: "assessor1")) == 1)
    // What SQLite takes for anything is a letter like others.
    #expect(try found(.init(text: "%")) == 0 && found(.init(text: "_")) == 0)
    #expect(try found(.init(role: .director)) == 2)
    #expect(try found(.init(role: .director, office: District.main)) == 1)
    #expect(try found(.init(office: "none")) == 0)
    #expect(try found(.init(state: .outside)) == 13)
    try district.close("officer")
    #expect(try found(.init(state: .closed)) == 1 && found(.init(state: .outside)) == 12)
    let letters = try district.registry.letters(to: ["head", "officer"], by: admin, at: now)
    #expect(letters.map(\.person) == ["head"])
    #expect(try found(.init(state: .unwritten)) == 11)
  }

  @Test func `only an administrator looks through everybody`() throws {
    let district = try District()
    for person: Code<Person> in ["office.admin", "director", "member1", "assessor1"] {
      #expect(throws: Refusal.self) {
        _ = try district.registry.people(.init(), from: 0, most: 1, by: district.by(person), at: now)
      }
      #expect(throws: Refusal.self) {
        _ = try district.registry.personDesk("officer", by: district.by(person), at: now)
      }
    }
  }

  @Test func `a hundred people take as many queries as one`() throws {
    let district = try District()
    let admin = district.by("admin")
    let people = (0..<120).map { PersonEntry(code: Code("p\($0)"), name: "คน \($0)") }
    _ = try district.registry.keep(people: people, isDryRun: false, by: admin, at: now)
    func queries(_ most: Int) throws -> Int {
      _ = try district.registry.people(.init(text: "คน"), from: 0, most: most, by: admin, at: now)
      return try district.registry.queries {
        _ = try $0.people(.init(text: "คน"), from: 0, most: most, by: admin, at: now)
      }
    }
    #expect(try queries(1) == queries(100))
  }

  @Test func `one grant ends and others of the same role stay`() throws {
    let district = try District()
    let (registry, admin) = (district.registry, district.by("admin"))
    let grant = Grant(.officer, for: .offices([District.main]), group: "legal", from: now.day)
    try registry.grant(grant, to: "officer", by: admin, at: now)
    let desk = try registry.personDesk("officer", by: admin, at: now)
    #expect(desk.grants.count == 2)
    let number = try #require(desk.grants.first { $0.grant.group == "legal" }?.number)
    try registry.endGrant(number, of: "officer", until: now.day, by: admin, at: now)
    let held = try registry.person("officer").grants.filter { $0.holds(on: now.day) }
    #expect(held.map(\.group) == [nil])
    // It does not last longer for being ended later, and somebody else's number is none of theirs.
    try registry.endGrant(number, of: "officer", until: now.day.adding(days: 9), by: admin, at: now)
    #expect(try registry.person("officer").grants.first { $0.group == "legal" }?.until == now.day)
    #expect(throws: StorageProblem.self) {
      try registry.endGrant(number, of: "head", until: now.day, by: admin, at: now)
    }
    #expect(throws: Refusal.self) {
      let own = try registry.personDesk("admin", by: admin, at: now)
      try registry.endGrant(own.grants[0].number, of: "admin", until: now.day, by: admin, at: now)
    }
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `how somebody is reached changes and goes, and the trail does not say to what`() throws {
    let district = try District()
    let (registry, admin) = (district.registry, district.by("admin"))
    try registry.changePerson(
      PersonEntry(code: "officer", name: "ใหม่", post: "x", email: "secret@example.test", phone: ""),
      by: admin,
      at: now)
    #expect(try registry.personDesk("officer", by: admin, at: now).email == "secret@example.test")
    let trail = try registry.trail(of: nil, limit: 10_000, by: admin, at: now)
    #expect(!trail.contains { $0.payload?.contains("secret@") ?? false })
    try registry.changePerson(PersonEntry(code: "officer", name: "ใหม่", post: "x"), by: admin, at: now)
    #expect(try registry.personDesk("officer", by: admin, at: now).email.isEmpty)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `letters go to those who have not signed in, office by office`() throws {
    let district = try District()
    let (registry, admin) = (district.registry, district.by("admin"))
    func waiting(_ offices: [Code<Office>]? = nil, isRenewing: Bool = false) throws -> [Code<Person>] {
      try registry.waitingForLetters(at: offices, isRenewing: isRenewing, by: admin, at: now)
    }
    #expect(try waiting([District.other]) == ["officer2", "head2", "director2"])
    _ = try registry.letters(to: ["head2"], by: admin, at: now)
    #expect(try waiting([District.other]) == ["officer2", "director2"])
    #expect(try waiting([District.other], isRenewing: true).count == 3)
    #expect(try waiting().count == 12)
    let later = now.adding(days: 31)
    #expect(
      try registry.waitingForLetters(at: [District.other], isRenewing: false, by: admin, at: later).count == 3
    )
  }
}

extension Registry {
  /// How many statements something takes that reads.
  func queries(_ body: (Registry) throws -> Void) throws -> Int {
    let counter = StatementCounter()
    try read { db in db.trace { _ in counter.add() } }
    try body(self)
    try read { db in db.trace(options: []) }
    return counter.value
  }
}

private final class StatementCounter: Sendable {
  private let number = Mutex(0)
  var value: Int { number.withLock { $0 } }
  func add() { number.withLock { $0 += 1 } }
}

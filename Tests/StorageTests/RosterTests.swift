import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Offices and people come in from tables, again and again.
@Suite struct RosterTests {
  @Test func `a second run of the same tables changes nothing`() throws {
    let district = try District()
    let registry = district.registry
    let before = try registry.read { try $0.integer("SELECT count(*) FROM event") }
    let offices = try registry.keep(
      offices: District.offices, isDryRun: false, by: district.by("admin"), at: District.setUp)
    let people = try registry.keep(
      people: District.people, isDryRun: false, by: district.by("admin"), at: District.setUp)
    #expect(offices.added == [] && offices.changed == [] && offices.unchanged == 3)
    #expect(people.added == [] && people.changed == [] && people.unchanged == 12)
    #expect(try registry.read { try $0.integer("SELECT count(*) FROM event") } == before)
  }

  @Test func `a dry run says what would be, and does not do it`() throws {
    let district = try District()
    let registry = district.registry
    let renamed = Office(
      code: District.main, name: Words(thai: "ชื่อใหม่", english: "New name"), kind: "primary")
    let new = Office(code: "4009", name: Words(thai: "ใหม่", english: "New"), kind: "primary", parent: "4001")
    let changes = try registry.keep(
      offices: [renamed, new, District.offices[1]], isDryRun: true, by: district.by("admin"),
      at: District.setUp)
    #expect(changes.added == ["4009"] && changes.changed == ["4001"] && changes.unchanged == 1)
    #expect(try registry.offices().count == 3)
  }

  @Test func `parents may come after their children, and nobody is above themselves`() throws {
    let district = try District(isOpen: false)
    let registry = district.registry
    func office(_ code: Code<Office>, under parent: Code<Office>?) -> Office {
      Office(code: code, name: Words(thai: code.text, english: code.text), parent: parent)
    }
    _ = try registry.keep(
      offices: [office("c", under: "b"), office("b", under: "a"), office("a", under: nil)], isDryRun: false,
      by: district.by("admin"), at: District.setUp)
    let lineage = try registry.read { try $0.lineage(try $0.officeID("c")) }
    #expect(lineage == ["c", "b", "a"])
    #expect(
      district.said {
        _ = try registry.keep(
          offices: [office("a", under: "c")], isDryRun: true, by: district.by("admin"), at: District.setUp)
      } == "the office 'a' is above itself; correct the parents")
  }

  @Test func `an office's own administrator makes its people's accounts and no others`() throws {
    let district = try District()
    let registry = district.registry
    func add(_ code: Code<Person>, at office: Code<Office>, _ role: Role) -> String {
      district.said {
        _ = try registry.keep(
          people: [District.person(code, at: office, role)], isDryRun: false, by: district.by("office.admin"),
          at: District.setUp)
      }
    }
    #expect(add("new.officer", at: District.main, .officer) == "")
    #expect(
      add("new.other", at: District.other, .officer)
        == "cannot keep people's accounts: only the administrator or the office administrator concerned may")
    #expect(
      add("new.director", at: District.main, .director)
        == "cannot grant a role: only the administrator concerned may")
    // Refused as a whole: the account is not there either.
    #expect(throws: StorageProblem.unknown(what: "person", code: "new.director")) {
      try registry.person("new.director")
    }
  }

  @Test func `an acting director signs in their capacity`() throws {
    let district = try District()
    let registry = district.registry
    let acting = Acting(.inPlaceOf, order: "ที่ 15/2569", date: District.day("2026-02-01"))
    try registry.grant(
      Grant(
        .director, for: .offices([District.main]), from: District.day("2026-02-05"),
        until: District.day("2026-03-01"),
        acting: acting), to: "head", by: district.by("admin"), at: District.setUp)
    _ = try registry.draft(
      District.draft("O1"), in: District.cycle, by: district.by("officer"), at: District.collecting)
    _ = try registry.pass(
      "O1", of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    let receipt = try registry.submit(
      ["O1"], of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    #expect(receipt.acting == acting)
    // The order has run out.
    #expect(
      district.said {
        _ = try registry.recall(
          "O1", of: District.main, in: District.cycle, note: "", by: district.by("head"),
          at: District.moment("2026-03-01"))
      } == "cannot recall a submission: only the director concerned may")
  }

  @Test func `an assessor is not assigned to an office they belong to`() throws {
    let district = try District()
    let registry = district.registry
    let guest = PersonEntry(
      code: "guest", name: "guest",
      postings: [
        PostingEntry(
          .hosting, at: "4001-01", from: District.day("2024-05-01"), until: District.day("2025-05-01"))
      ],
      grants: [Grant(.assessor, for: .everywhere, from: District.day("2025-10-01"))])
    _ = try registry.keep(people: [guest], isDryRun: false, by: district.by("admin"), at: District.setUp)
    // A school below the office, two years ago.
    #expect(
      district.said {
        try registry.assign(
          "guest", to: District.main, items: nil, in: District.cycle, by: district.by("lead"),
          at: District.collecting)
      }
        == "cannot assign an assessor: this person belonged to this office, or to one above or below it, within the last three years"
    )
    try registry.assign(
      "guest", to: District.other, items: nil, in: District.cycle, by: district.by("lead"),
      at: District.collecting)
  }

  @Test func `first sign-in codes are on paper only`() throws {
    let district = try District()
    let letters = try district.registry.letters(
      of: [District.main], by: district.by("admin"), at: District.setUp)
    #expect(letters.map(\.person) == ["officer", "head", "director", "office.admin"])
    #expect(letters.allSatisfy { $0.code.count == 29 })
    let hashes = try district.registry.read {
      try $0.rows("SELECT hash FROM sign_in_code").map { $0["hash"] as Data }
    }
    #expect(hashes.contains(OneTimeCode.digest(letters[0].code.lowercased())))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: district.registry.path + "-wal"))
    #expect(bytes.range(of: Data(letters[0].code.utf8)) == nil)
  }
}

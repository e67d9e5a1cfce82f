import Foundation
import Integrity
import Testing

@testable import Storage

/// Tables are looked at, and taken in exactly as they were looked at.
@Suite struct ImportsTests {
  private let now = District.setUp

  private func office(_ code: Code<Office>, parent: Code<Office>? = nil, name: String = "เขต") -> Office {
    Office(code: code, name: Words(thai: name, english: "Area"), kind: "primary", parent: parent)
  }

  @Test func `looking at a table says what it would change and changes nothing`() throws {
    let district = try District()
    let table = Registry.Import.offices([District.offices[1], office("x"), office(District.main)])
    let before = try district.registry.offices()
    let found = try district.registry.rehearse(table, by: district.by("admin"), at: now)
    #expect(found.changes.added == ["x"])
    #expect(found.changes.changed == [District.main.text])
    #expect(found.changes.unchanged == 1)
    #expect(found.obstacles.isEmpty)
    #expect(try district.registry.offices() == before)
    try district.registry.take(table, expecting: found.changes, by: district.by("admin"), at: now)
    #expect(try district.registry.offices().count == before.count + 1)
    #expect(try district.registry.verify().faults.isEmpty)
  }

  @Test func `a registry that has changed in between takes nothing in`() throws {
    let district = try District()
    let admin = district.by("admin")
    let table = Registry.Import.offices([office("x"), office("y")])
    let found = try district.registry.rehearse(table, by: admin, at: now)
    _ = try district.registry.keep(offices: [office("x", name: "อื่น")], isDryRun: false, by: admin, at: now)
    let problem = #expect(throws: StorageProblem.self) {
      try district.registry.take(table, expecting: found.changes, by: admin, at: now)
    }
    guard case .changed? = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(try !district.registry.offices().contains { $0.code == "y" })
  }

  @Test func `everybody who would be refused is named at once`() throws {
    let district = try District()
    let from = District.day("2025-10-01")
    func person(_ code: Code<Person>, _ roles: Role...) -> PersonEntry {
      PersonEntry(code: code, name: "\(code)", grants: roles.map { Grant($0, for: .everywhere, from: from) })
    }
    // One that conflicts with itself, one with what they hold, oneself, and one without fault.
    let people = [
      person("new.one", .administrator, .assessor), person("assessor1", .administrator),
      person("admin", .committee), person("new.two", .assessor, .committee),
    ]
    let found = try district.registry.rehearse(.people(people), by: district.by("admin"), at: now)
    #expect(found.obstacles.map(\.code) == ["new.one", "assessor1", "admin"])
    #expect(found.changes.added == ["new.two"])
    #expect(found.obstacles.allSatisfy { $0.words.thai != $0.words.english })
    #expect(throws: Refusal.self) {
      try district.registry.take(.people(people), expecting: found.changes, by: district.by("admin"), at: now)
    }
    #expect(throws: StorageProblem.self) { _ = try district.registry.person("new.two") }
  }

  @Test func `an office above itself is an obstacle`() throws {
    let district = try District()
    let table = Registry.Import.offices([office("x", parent: "y"), office("y", parent: "x")])
    let found = try district.registry.rehearse(table, by: district.by("admin"), at: now)
    #expect(found.obstacles.first?.words.thai.contains("ต้นสังกัด") ?? false)
  }

  @Test func `figures are rehearsed like offices`() throws {
    let district = try District()
    let figures: [Code<Office>: [Code<Node>: Given]] = [
      District.main: ["IIT": Given(figure: Points(90), source: "ก")]
    ]
    for table in [
      Registry.Import.given(figures, District.cycle), .earlier(figures, FiscalYear(2567)),
    ] {
      let found = try district.registry.rehearse(table, by: district.by("admin"), at: now)
      #expect(found.changes.added == ["\(District.main) IIT"])
      try district.registry.take(table, expecting: found.changes, by: district.by("admin"), at: now)
      let again = try district.registry.rehearse(table, by: district.by("admin"), at: now)
      #expect(again.changes.unchanged == 1 && again.changes.added.isEmpty)
    }
  }
}

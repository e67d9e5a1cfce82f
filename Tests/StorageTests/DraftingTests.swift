import Foundation
import Integrity
import Testing

@testable import Storage

/// What a draft holds besides links, and two people at the same one.
@Suite struct DraftingTests {
  private static let evidence = [
    Evidence(.link("https://one.example/gift"), pointer: "1", nature: .declaration),
    Evidence(.note("กิจกรรมวันที่ 9 ธันวาคม"), nature: .training),
  ]
  private static let elements = [Coverage("signed", place: "หน้า 1"), Coverage("report")]

  private static func draft(_ elements: [Coverage]) -> DraftEntry {
    DraftEntry(
      office: District.main, item: "O3", isDisclosed: true, evidence: evidence, elements: elements)
  }

  private func save(
    _ draft: DraftEntry, _ district: District, expecting revision: Int? = nil,
    by person: Code<Person> = "officer",
    at now: Moment = District.collecting
  ) throws -> Submission {
    try district.registry.draft(
      draft, in: District.cycle, expecting: revision, by: district.by(person), at: now)
  }

  @Test func `a draft keeps what each piece of evidence is and which elements are shown where`() throws {
    let district = try District()
    let saved = try save(Self.draft(Self.elements), district)
    #expect(saved.evidence == Self.evidence && saved.elements == Self.elements)
    let again = try save(Self.draft([Coverage("activity")]), district)
    #expect(again.elements == [Coverage("activity")])
    let seen = try district.registry.submissions(
      of: District.main, in: District.cycle, by: district.by("director"), at: District.collecting)
    #expect(seen == [again])
  }

  @Test func `an element of another item, or the same one twice, is refused`() throws {
    let district = try District()
    #expect(
      district.said { _ = try save(Self.draft([Coverage("chart")]), district) }
        == "there is no element of O3 'chart'")
    #expect(
      district.said { _ = try save(Self.draft([Coverage("signed"), Coverage("signed")]), district) }
        == "O3: the element 'signed' stands twice; keep one")
  }

  @Test func `what is recalled goes on with the same elements and evidence, and both versions verify`() throws
  {
    let district = try District()
    let registry = district.registry
    let now = District.collecting
    let saved = try save(Self.draft(Self.elements), district)
    _ = try registry.pass("O3", of: District.main, in: District.cycle, by: district.by("head"), at: now)
    _ = try registry.submit(
      nil, of: District.main, in: District.cycle, by: district.by("director"), at: now)
    let again = try registry.recall(
      "O3", of: District.main, in: District.cycle, note: "x", by: district.by("director"), at: now)
    #expect(again.version == 2 && again.elements == saved.elements && again.evidence == saved.evidence)
    #expect(again.revision > saved.revision, "a form of the version before is not taken for one of this")
    _ = try save(Self.draft([]), district)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test
  func
    `each save, pass and return is a revision, and a form filled from an earlier one is told who was first`()
    throws
  {
    let district = try District()
    let registry = district.registry
    let now = District.collecting
    let first = try save(Self.draft([]), district, expecting: 0)
    let second = try save(Self.draft(Self.elements), district, expecting: first.revision, by: "head", at: now)
    let returned = try registry.sendBack(
      "O3", of: District.main, in: District.cycle, note: "x", by: district.by("head"),
      at: now.adding(seconds: 60))
    #expect(first.revision == 1 && second.revision == 2 && returned.revision == 3)
    for revision in [0, 1, 2] {
      #expect(
        district.said {
          _ = try save(Self.draft([]), district, expecting: revision, at: now.adding(seconds: 61))
        }
        .hasPrefix("head changed it on 10 Feb 2026, 09:01"))
    }
    #expect(throws: StorageProblem.stale(by: "head", at: now.adding(seconds: 60))) {
      try save(Self.draft([]), district, expecting: 2, at: now.adding(seconds: 61))
    }
    let last = try save(Self.draft([]), district, expecting: 3, at: now.adding(seconds: 61))
    #expect(last.state == .draft && last.elements == [])
    // Without a revision it is saved whatever has come in between.
    #expect(try save(Self.draft([]), district, at: now.adding(seconds: 61)).revision == 5)
  }

  @Test func `who may not draft is told so before anything about what stands there`() throws {
    let district = try District()
    _ = try save(Self.draft([]), district)
    #expect(throws: Refusal.self) { try save(Self.draft([]), district, expecting: 0, by: "officer2") }
  }
}

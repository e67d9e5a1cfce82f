import Integrity
import Specimen
import Testing

/// Whether the tree of area offices is whole.
@Suite struct CountryTests {
  private let offices = Country().offices

  private func areas(_ kind: Code<OfficeKind>) -> [Office] { offices.filter { $0.kind == kind } }

  @Test func `there are 183 primary and 62 secondary areas below one office`() {
    #expect(offices.count == 246)
    #expect(areas("primary").count == 183)
    #expect(areas("secondary").count == 62)
    #expect(offices.filter { $0.parent == nil }.map(\.code) == [Country.root])
    #expect(offices.dropFirst().allSatisfy { $0.parent == Country.root })
  }

  @Test(arguments: ["primary", "secondary"] as [Code<OfficeKind>])
  func `areas of each level cover all 77 provinces`(kind: Code<OfficeKind>) {
    #expect(areas(kind).allSatisfy { !$0.provinces.isEmpty })
    #expect(Set(areas(kind).flatMap(\.provinces)).count == 77)
  }

  @Test func `a primary area is of one province, and no province is in two areas of several`() {
    #expect(areas("primary").allSatisfy { $0.provinces.count == 1 })
    let provinces = areas("secondary").filter { $0.provinces.count > 1 }.flatMap(\.provinces)
    #expect(Set(provinces).count == provinces.count)
  }

  @Test func `no two offices have a code or a name in common`() {
    #expect(Set(offices.map(\.code)).count == offices.count)
    #expect(Set(offices.map(\.name.thai)).count == offices.count)
    #expect(Set(offices.map(\.name.english)).count == offices.count)
  }
}

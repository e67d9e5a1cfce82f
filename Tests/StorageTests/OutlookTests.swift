import Foundation
import Integrity
import Testing

@testable import Storage

/// What goes when its time is up, and copies as an administrator's act.
@Suite struct OutlookTests {
  @Test func `the outlook says what goes when, and agrees with what is carried out`() throws {
    let district = try District()
    let (registry, admin) = (district.registry, district.by("admin"))
    try district.wholeYear()
    let before = try registry.outlook(by: admin, at: District.deciding)
    #expect(before.map(\.what).contains(.contact) && before.allSatisfy { $0.what == .ended || $0.due == nil })
    try registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    let after = try registry.outlook(by: admin, at: District.deciding)
    let contact = try #require(after.first { $0.what == .contact })
    #expect(contact.due == District.deciding.adding(days: 30) && contact.rows == 12)
    let later = District.deciding.adding(days: 91)
    let due = try registry.outlook(by: admin, at: later).filter { $0.rows > 0 }
    let tried = try registry.retain(isDryRun: true, by: admin, at: later)
    #expect(due.reduce(0) { $0 + $1.rows } == tried.reduce(0) { $0 + $1.rows })
    #expect(try registry.outlook(by: admin, at: later).first { $0.what == .contact }?.rows == 12)
    _ = try registry.retain(isDryRun: false, by: admin, at: later)
    #expect(try registry.outlook(by: admin, at: later).allSatisfy { $0.rows == 0 })
    #expect(throws: Refusal.self) { _ = try registry.outlook(by: district.by("member1"), at: later) }
  }

  @Test func `a copy made by an administrator is on the trail, and is verified`() throws {
    let district = try District()
    let (registry, admin) = (district.registry, district.by("admin"))
    let path = district.folder + "/copy.sqlite"
    #expect(throws: Refusal.self) {
      try registry.backUp(to: path, by: district.by("director"), at: District.collecting)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
    try registry.backUp(to: path, by: admin, at: District.collecting)
    let entry = try registry.trail(of: nil, limit: 10_000, by: admin, at: District.collecting).last
    #expect(entry?.act == Act.backUp.rawValue && entry?.subject == "copy.sqlite")
    #expect(try registry.verify(backup: path).faults.isEmpty)
    // A copy in which somebody has changed something is found out.
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seek(toOffset: 40_000)
    try handle.write(contentsOf: Data(repeating: 7, count: 4096))
    try handle.close()
    #expect(throws: (any Error).self) {
      let found = try registry.verify(backup: path)
      if !found.faults.isEmpty { throw StorageProblem.full }
    }
  }
}

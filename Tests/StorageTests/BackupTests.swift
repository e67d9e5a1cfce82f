import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Copies, and the way back.
@Suite struct BackupTests {
  @Test func `a backup is a whole registry, and restoring it brings everything back`() throws {
    let district = try District()
    try district.wholeYear()
    let backup = district.folder + "/backup.sqlite"
    try district.registry.backup(to: backup)
    #expect(!FileManager.default.fileExists(atPath: backup + "-wal"))
    try district.registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    #expect(
      district.said {
        try Registry.restore(backup, into: district.folder, formats: District.formats, at: District.deciding)
      }.contains("another process is writing"))
    try district.registry.close()
    // On another machine, with the key that was kept apart.
    let elsewhere = district.folder + "/elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: district.folder + "/registry.key", toPath: elsewhere + "/registry.key")
    try Registry.restore(backup, into: elsewhere, formats: District.formats, at: District.deciding)
    let restored = try Registry(in: elsewhere, .reading, formats: District.formats, at: District.deciding)
    #expect(try restored.cycle(District.cycle).stage == .sealed)
    #expect(try restored.verify().faults.isEmpty)
    let last = try restored.trail(
      of: nil, since: 0, limit: 9999, by: district.by("admin"), at: District.deciding
    ).last
    #expect(last?.act == "restore" && last?.person == nil)
  }

  @Test func `a backup taken while another thread writes is consistent`() async throws {
    let district = try District()
    try district.assignAll()
    let registry = district.registry
    let folder = district.folder
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for index in 0..<60 {
          let item: Code<Node> = ["O1", "O2", "O3"][index % 3]
          try registry.judge(
            Finding(.notMet, reason: "\(index)"), on: item, of: District.main, in: District.cycle,
            by: Signer("assessor1"), at: District.assessing)
        }
      }
      group.addTask {
        for index in 0..<5 { try registry.backup(to: "\(folder)/backup-\(index).sqlite") }
      }
      try await group.waitForAll()
    }
    for index in 0..<5 {
      let copy = try Registry(reading: "\(folder)/backup-\(index).sqlite", formats: District.formats)
      #expect(try copy.verify().faults.isEmpty)
    }
  }

  @Test func `nothing is written over, and a damaged backup replaces nothing`() throws {
    let district = try District()
    let backup = district.folder + "/backup.sqlite"
    try district.registry.backup(to: backup)
    #expect(
      district.said { try district.registry.backup(to: backup) }
        == "the file '\(backup)' is there already")
    try district.registry.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
    // In every page but the first, wherever something stands.
    for index in stride(from: 4096, to: bytes.count, by: 64) { bytes[index] ^= 0x55 }
    try bytes.write(to: URL(fileURLWithPath: backup))
    let elsewhere = district.folder + "/elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    for name in ["registry.sqlite", "registry.key"] {
      try FileManager.default.copyItem(atPath: "\(district.folder)/\(name)", toPath: "\(elsewhere)/\(name)")
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: elsewhere + "/registry.sqlite"))
    #expect(
      district.said {
        try Registry.restore(backup, into: elsewhere, formats: District.formats, at: District.setUp)
      }.contains("the file is damaged"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: elsewhere + "/registry.sqlite")) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: elsewhere).sorted()
        == ["registry.key", "registry.lock", "registry.sqlite"])
  }
}

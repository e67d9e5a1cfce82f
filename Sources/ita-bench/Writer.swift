import Foundation
import Glibc
import Integrity
import Storage

/// Writes to a registry until it is killed or something fails, and says each number once what it stands for is kept: what
/// `Faults` does its worst to.
struct Writer {
  enum Work: String {
    case findings, files, backups
  }

  let folder: String
  let work: Work
  let first: Int

  /// - Returns: 0 after `most` acts, 3 after an honest error, which is the last line.
  func run(most: Int) throws -> Int32 {
    let registry: Registry
    do {
      registry = try Registry(
        in: folder, .writing, formats: Scene.formats, settings: Scene.settings, at: Scene.now)
    } catch {
      return failed(error)
    }
    for number in first..<(first + most) {
      do {
        switch work {
        case .findings: try finding(number, registry)
        case .files: try file(number, registry)
        case .backups:
          try finding(number, registry)
          try registry.backup(to: "\(folder)/backup-\(number).sqlite")
          try FileManager.default.removeItem(atPath: "\(folder)/backup-\(number).sqlite")
        }
      } catch {
        return failed(error)
      }
      Writer.say("\(number)")
    }
    try registry.close()
    return 0
  }

  private func finding(_ number: Int, _ registry: Registry) throws {
    // Long, so that the file grows at every step.
    let reason = "ack-\(number) " + String(repeating: "ไม่พบข้อมูลตามองค์ประกอบ ", count: 20)
    try registry.judge(
      Finding(.notMet, reason: reason), on: ["O1", "O2", "O3"][number % 3], of: Scene.office, in: Scene.cycle,
      by: Scene.assessor, at: Scene.now)
  }

  private func file(_ number: Int, _ registry: Registry) throws {
    // Not beside the registry, whose disk may be full.
    let path = FileManager.default.temporaryDirectory.appending(path: "ita-bench-\(getpid())").path
    let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 40_000) + Array("\(number)".utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    unlink(path)
    defer { try? handle.close() }
    _ = try registry.keepFile(
      "ack-\(number)", from: handle, for: Scene.office, in: Scene.cycle, by: Signer("officer"),
      at: Scene.collecting)
  }

  private func failed(_ error: any Error) -> Int32 {
    Writer.say("error: \(error)")
    return 3
  }

  /// Straight to the pipe: a line said is a promise.
  static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
  }
}

import Foundation
import Glibc
import Integrity
import Specimen
import Storage

/// Kills writers and fills disks, and looks whether everything that was acknowledged is there once.
struct Faults {
  let folder: String
  let seed: UInt64

  /// Begins in an empty folder: a scene of an earlier version is not this one's.
  init(folder: String, seed: UInt64) throws {
    self.folder = folder
    self.seed = seed
    try? FileManager.default.removeItem(atPath: folder)
    try Scene.make(in: "\(folder)/template")
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Kills a writer at a random moment, again and again.
  func kill(times: Int) throws {
    var random = SeededGenerator(seed: seed)
    var acknowledged: [Writer.Work: Int] = [:]
    var home = ""
    var next = 1
    for round in 0..<times {
      // A new registry now and then, so that looking over it stays quick.
      if round % 20 == 0 {
        home = "\(folder)/kill-\(round)"
        try fresh(home)
        next = 1
      }
      let work: Writer.Work = random.chance(70) ? .findings : .files
      let child = try Child(["write", "--folder", home, "--work", work.rawValue, "--first", "\(next)"])
      let lines = try child.kill(after: Int.random(in: 0...60, using: &random))
      let numbers = lines.compactMap { Int($0) }
      try inspect(home, work, numbers, "killed in round \(round)")
      acknowledged[work, default: 0] += numbers.count
      next = (numbers.last ?? next) + 2
    }
    let findings = acknowledged[.findings] ?? 0
    let files = acknowledged[.files] ?? 0
    guard times < 20 || findings > 0 && files > 0 else {
      throw Failure(
        description: "\(findings) findings and \(files) files were acknowledged: nothing is proved")
    }
    print(
      "\(times) kills: \(findings) findings and \(files) files acknowledged, each there once; file and trail whole"
    )
  }

  /// Lets the disk run full at many points, and empties it again.
  func fill(times: Int) throws {
    var random = SeededGenerator(seed: seed)
    var acknowledged = 0
    let mount = "\(folder)/disk"
    let isDisk = Disk.mount(mount, kilobytes: 64 << 10)
    defer { if isDisk { Disk.unmount(mount) } }
    for round in 0..<times {
      let home = "\(mount)/fill-\(round)"
      try fresh(home)
      let work: Writer.Work = [.findings, .files, .backups][round % 3]
      // Now and then so much that the log is written back into the file on the way.
      let room = Int.random(in: round % 4 == 0 ? 4_500...9_000 : 8...900, using: &random)
      let used = try Disk.kilobytes(of: home)
      if isDisk { Disk.resize(mount, kilobytes: used + room) }
      // Where no disk may be made, no file may grow beyond a limit: the writer sees the same at the same places.
      let limit = isDisk ? [] : ["--limit", "\(try Disk.kilobytes(of: home + "/registry.sqlite") + room)"]
      let child = try Child(["write", "--folder", home, "--work", work.rawValue, "--first", "1"] + limit)
      let lines = try child.finish()
      let numbers = lines.compactMap { Int($0) }
      guard lines.last?.hasPrefix("error: the disk is full") == true else {
        throw Failure(description: "fill \(round), \(work): the writer said '\(lines.last ?? "")'")
      }
      // Reading goes on while the disk is full.
      _ = try Registry(in: home, .reading, formats: Scene.formats, at: Scene.now).cycles()
      if isDisk { Disk.resize(mount, kilobytes: 64 << 10) }
      try inspect(home, work, numbers, "full in round \(round)")
      // And writing, once there is room.
      let after = try Child(
        ["write", "--folder", home, "--work", "findings", "--first", "100001", "--most", "3"]
      ).finish()
      guard after == ["100001", "100002", "100003"] else {
        throw Failure(description: "fill \(round): not writing again: \(after)")
      }
      acknowledged += numbers.count
      try FileManager.default.removeItem(atPath: home)
    }
    print(
      "\(times) full \(isDisk ? "disks" : "files"): honest errors, \(acknowledged) acknowledged acts kept, writing again"
    )
  }

  private func fresh(_ home: String) throws {
    try fresh(home, from: "\(folder)/template", ["registry.sqlite", "registry.key"])
  }

  func fresh(_ home: String, from template: String, _ names: [String]) throws {
    try? FileManager.default.removeItem(atPath: home)
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(atPath: "\(template)/\(name)", toPath: "\(home)/\(name)")
    }
  }

  /// Every number acknowledged is there once, and everything verifies.
  private func inspect(_ home: String, _ work: Writer.Work, _ numbers: [Int], _ place: String) throws {
    let registry = try Registry(
      in: home, .writing, formats: Scene.formats, settings: Scene.settings, at: Scene.now)
    let faults = try registry.verify().faults
    guard faults.isEmpty else { throw Failure(description: "\(place): \(faults.map(\.description))") }
    let reader = work == .files ? Scene.director : Scene.reader
    let entries = try registry.trail(of: Scene.office, limit: 1_000_000, by: reader, at: Scene.now)
    for number in numbers {
      let text = work == .files ? "\"size\":\(40_000 + "\(number)".utf8.count)" : "\"ack-\(number) "
      let found = entries.count { entry in
        guard let payload = entry.payload, payload.contains(text) else { return false }
        return work == .files ? true : entry.act == Act.judge.rawValue
      }
      // Files of as many digits share a size; their digests are told apart by `verify`.
      guard work == .files ? found >= 1 : found == 1 else {
        throw Failure(
          description:
            "\(place), \(work): \(number) was acknowledged and is there \(found) times, in \(entries.count)")
      }
    }
    try registry.close()
  }
}

/// This program once more, as a process of its own.
final class Child {
  private let process = Process()
  private let pipe = Pipe()

  init(_ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
  }

  /// Kills it so many milliseconds after its first promise, and answers what it had promised by then.
  func kill(after milliseconds: Int) throws -> [String] {
    var bytes = Data()
    // Some are killed while they are still opening the file.
    if milliseconds % 5 != 0 { bytes += pipe.fileHandleForReading.availableData }
    usleep(UInt32(milliseconds) * 1000)
    Glibc.kill(process.processIdentifier, SIGKILL)
    bytes += pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    // The last line may be torn; a promise is a whole line.
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  func finish() throws -> [String] {
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

/// A small disk in memory, where we may make one.
enum Disk {
  /// - Returns: whether it could be mounted.
  static func mount(_ path: String, kilobytes: Int) -> Bool {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return run(["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path])
  }

  static func resize(_ path: String, kilobytes: Int) {
    _ = run(["mount", "-o", "remount,size=\(kilobytes)k", path])
  }

  static func unmount(_ path: String) { _ = run(["umount", path]) }

  /// Used by a file or a folder, in whole pages.
  static func kilobytes(of path: String) throws -> Int {
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: path))?.map { "\(path)/\($0)" } ?? [path]
    return try names.reduce(0) { sum, name in
      let size = try manager.attributesOfItem(atPath: name)[.size] as? Int ?? 0
      return sum + (size + 4095) / 4096 * 4
    }
  }

  private static func run(_ command: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

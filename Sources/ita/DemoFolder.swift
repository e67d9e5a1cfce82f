import ArgumentParser
import Foundation
import Integrity
import Specimen
import Storage

/// The folder of a demo's registry. It carries a mark, so that a demo replaces what a demo made and nothing else.
struct DemoFolder {
  let path: String

  private static let mark = "made-by-demo.txt"
  private static let files: Set<String> = [
    mark, "registry.sqlite", "registry.sqlite-wal", "registry.sqlite-shm", "registry.key", "registry.lock",
  ]

  /// Takes an earlier demo away, and marks the folder before anything else is put there.
  ///
  /// - Throws: `StorageProblem` where it holds anything else, or a process is writing to the registry in it.
  func clear() throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: path) {
      let names = try manager.contentsOfDirectory(atPath: path).sorted()
      let foreign =
        names.contains(DemoFolder.mark) ? names.first { !DemoFolder.files.contains($0) } : names.first
      if let foreign {
        throw StorageProblem.invalid(
          "\(path): there is something that no demo has made (\(foreign)); choose another folder with --data")
      }
      try insistOnNobodyWriting()
      for name in names where name != DemoFolder.mark { try manager.removeItem(atPath: "\(path)/\(name)") }
    }
    try manager.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let text = "A registry that 'ita demo' has made: nothing in it is real, and the next demo replaces it.\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(DemoFolder.mark)"))
  }

  private func insistOnNobodyWriting() throws {
    do {
      let now = Moment(seconds: Int64(Date().timeIntervalSince1970))
      try Registry(in: path, .writing, formats: .shipped, at: now).close()
    } catch {
      // Half made or damaged, it goes all the same.
      if case .inUse? = error as? StorageProblem { throw error }
    }
  }

  func registry(at now: Moment) throws -> Registry {
    try Registry.create(
      in: path, administrator: ExamplePeople.administrator, formats: .shipped, at: now)
  }
}

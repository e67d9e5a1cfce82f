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

  /// Whether a demo has made it.
  var isMarked: Bool { guide != nil }

  /// At which moment its story stands; nil where no demo has made it.
  var moment: Moment? {
    guard let lines else { return nil }
    let said = lines.dropFirst().first.flatMap { $0.split(separator: " ").last }.flatMap { Moment($0) }
    return said ?? ExampleMorning.collecting.moment
  }

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
    try mark(with: "", at: nil)
  }

  /// Says whose folder it is, when its story stands, and who there is to sign in as.
  func mark(with guide: String, at moment: Moment?) throws {
    let text =
      "A registry that 'ita demo' has made: nothing in it is real, and the next demo replaces it.\n"
      + (moment.map { "Its clock begins at \($0)" } ?? "") + "\n"
    try Data((text + guide).utf8).write(to: URL(fileURLWithPath: "\(path)/\(DemoFolder.mark)"))
  }

  /// Who there is to sign in as; nil where no demo has made it.
  var guide: String? { lines?.dropFirst(2).joined(separator: "\n") }

  private var lines: [Substring]? {
    (try? String(contentsOfFile: "\(path)/\(DemoFolder.mark)", encoding: .utf8))?
      .split(separator: "\n", omittingEmptySubsequences: false)
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

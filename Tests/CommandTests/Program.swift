import Foundation
import Wire

/// Runs the built program as a person does.
enum Program {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Beside the tests' own executable.
  static let path: String = {
    let itself = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(fileURLWithPath: itself).deletingLastPathComponent().appendingPathComponent("ita").path
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : "\(root)/.build/debug/ita"
  }()

  struct Result {
    let status: Int32
    /// Standard output and standard error as they came.
    let output: String
  }

  /// - Parameter environment: what is set besides what the tests were started with.
  static func run(
    _ arguments: [String], in folder: String = root, environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.rest()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }

  /// An empty folder that is gone afterwards.
  static func inEmptyFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  static func write(_ text: String, to name: String, in folder: String) throws {
    let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

import Foundation
import Glibc
import Wire

/// The program while it runs; what it says is read as it comes.
final class Running {
  private let process = Process()
  private let pipe = Pipe()
  private(set) var said = ""

  init(_ arguments: [String], in folder: String) throws {
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  /// Waits for a text, or the end.
  func wait(for text: String) -> Bool {
    while !said.contains(text) {
      let data = pipe.next()
      if data.isEmpty { return false }
      said += String(decoding: data, as: UTF8.self)
    }
    return true
  }

  func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until it has ended.
  func end() -> Int32 {
    _ = wait(for: "\u{0}")
    process.waitUntilExit()
    return process.terminationStatus
  }

  func stop(_ signal: Int32) -> Int32 {
    self.signal(signal)
    return end()
  }
}

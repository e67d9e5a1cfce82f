import Foundation
import Integrity
import Testing

@testable import Reports

@Suite struct ZipWriterTests {
  private func archive(_ files: [(String, String)]) throws -> [UInt8] {
    let bytes = Bytes()
    var writer = ZipWriter { bytes.all += $0 }
    for (name, text) in files { try writer.add(name, Array(text.utf8)) }
    try writer.finish()
    return bytes.all
  }

  private final class Bytes {
    var all: [UInt8] = []
  }

  @Test func `an archive has what another program reads, and the same bytes each time`() throws {
    let files = [
      ("4001 สพป.ธารทอง เขต 1.html", String(repeating: "คะแนนรวม 89.48\n", count: 500)), ("empty.txt", ""),
      ("folder/a.txt", "a"),
    ]
    let bytes = try archive(files)
    let again = try archive(files)
    #expect(bytes == again)
    // Deflated.
    #expect(bytes.count < 1000)
    let folder = NSTemporaryDirectory() + "sucharit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/a.zip"))
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.currentDirectoryURL = URL(fileURLWithPath: folder)
    python.arguments = [
      "python3", "-c",
      "import zipfile; z = zipfile.ZipFile('a.zip'); assert z.testzip() is None; z.extractall('out')",
    ]
    try python.run()
    python.waitUntilExit()
    #expect(python.terminationStatus == 0)
    for (name, text) in files {
      #expect(try String(contentsOfFile: "\(folder)/out/\(name)", encoding: .utf8) == text, "\(name)")
    }
  }
}

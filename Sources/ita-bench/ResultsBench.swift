import Crypto
import Documents
import Foundation
import Integrity
import Logging
import Portal
import Reports
import Storage

/// How long the committee's pages take at the size of a nation, asked as a browser asks them: with nothing in memory, as
/// they are mostly asked, and right after a finding was corrected.
struct ResultsBench {
  let folder: String
  let offices: Int
  let port: Int

  private static let token = "bench"

  func run() async throws {
    let rubric = try RubricFile(path: Library.rubric(named: "ita-2567")).rubric
    let place = FilledRegistry(
      folder: "\(folder)/nation", rubric: rubric, offices: offices, respondents: 162, isVaried: true)
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try place.fill()
    let registry = try place.open(.writing)
    // As the site makes the digest of what is in a browser's cookie.
    try registry.openSession(
      Array(SHA256.hash(data: Data("session\n\(ResultsBench.token)".utf8))), of: "member", label: "",
      isConfirmed: true, ends: place.now.adding(days: 1), at: place.now)
    var settings = Settings()
    settings.port = port
    let now = place.now
    let portal = try Portal(registry, templates: try Library.templates(), settings: settings, clock: { now })
    let server = Task {
      try await portal.serve(logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }) {}
    }
    try await measure(registry, place)
    server.cancel()
    _ = try? await server.value
    try registry.close()
  }

  private func measure(_ registry: Registry, _ place: FilledRegistry) async throws {
    let office = place.code(place.offices / 2)
    let base = "/\(FilledRegistry.cycle)"
    let pages = [
      "\(base)/results", "\(base)/results?page=40&sort=name",
      "\(base)/results?search=41&region=%E0%B8%A0%E0%B8%B2%E0%B8%84%201",
      "\(base)/results/indicators", "\(base)/results/indicators?sort=1.up&page=9",
      "\(base)/results/distribution",
      "\(base)/offices/\(office)/scorecard",
    ]
    print("\(offices) offices; the first page with nothing in memory: \(try await first(pages[0])) ms")
    for page in pages {
      let times = try (0..<15).map { _ in try time(page) }.sorted()
      print("\(text(times[7])) ms, worst \(text(times[14])) ms (target ≤ 50)  \(page)")
    }
    var after: [Double] = []
    for number in 0..<5 {
      try registry.correct(
        Finding(.met, reason: "\(number)"), on: "O1", of: place.code(number), in: FilledRegistry.cycle,
        by: Signer("member"), at: place.now)
      after.append(try time(pages[0]))
    }
    print("\(text(after.sorted()[2])) ms right after a correction")
  }

  /// Once it listens.
  private func first(_ page: String) async throws -> String {
    for _ in 0..<100 {
      if let time = try? time(page) { return text(time) }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw CocoaError(.fileReadUnknown)
  }

  private func text(_ milliseconds: Double) -> String { String(format: "%6.1f", milliseconds) }

  /// Milliseconds until the last byte.
  private func time(_ page: String) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "curl", "-sf", "-o", "/dev/null", "-w", "%{time_total}", "-H", "Cookie: session=\(ResultsBench.token)",
      "http://127.0.0.1:\(port)\(page)",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, let seconds = Double(said) else {
      throw CocoaError(.fileReadUnknown)
    }
    return seconds * 1000
  }
}

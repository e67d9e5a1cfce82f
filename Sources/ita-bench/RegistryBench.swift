import Documents
import Foundation
import GRDB
import Integrity
import Reports
import Specimen
import Storage

/// What the registry costs, as ratios within one run: recording against bare commits, one office against a country, a
/// nation against reading the same rows.
struct RegistryBench {
  let folder: String

  func run() throws {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try recording()
    let rubric = try RubricFile(path: Library.rubric(named: "ita-2567")).rubric
    for (name, offices, people) in [("district", 14, 490), ("country", 245, 490), ("nation", 8_317, 162)] {
      let place = FilledRegistry(
        folder: "\(folder)/\(name)", rubric: rubric, offices: offices, respondents: people)
      try place.fill()
      try reading(name, place)
    }
  }

  /// Findings a second with every commit on the disk, against commits of one small row.
  private func recording() throws {
    let home = "\(folder)/recording"
    try Scene.make(in: home)
    let registry = try Registry(
      in: home, .writing, formats: Scene.formats, settings: Scene.settings, at: Scene.now)
    let bare = try DatabaseQueue(path: "\(folder)/bare.sqlite")
    try bare.writeWithoutTransaction { db in
      try db.execute(
        sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a INTEGER, b TEXT)")
    }
    let count = 2_000
    var (ours, theirs) = (Duration.seconds(999), Duration.seconds(999))
    for _ in 0..<3 {
      ours = min(
        ours,
        try clock.measure {
          for number in 0..<count {
            try registry.judge(
              Finding(.notMet, reason: "ไม่พบข้อมูล \(number)"), on: "O1", of: Scene.office, in: Scene.cycle,
              by: Scene.assessor, at: Scene.now)
          }
        })
      theirs = min(
        theirs,
        try clock.measure {
          for number in 0..<count {
            try bare.write {
              try $0.execute(sql: "INSERT INTO t VALUES (?, ?)", arguments: [number, "ไม่พบข้อมูล"])
            }
          }
        })
    }
    print("findings a second       \(perSecond(ours, count)), bare commits \(perSecond(theirs, count))")
    print("                        \(ratio(theirs, ours)) of bare (target ≥ 0.4)")
    try registry.close()
  }

  private func reading(_ name: String, _ place: FilledRegistry) throws {
    let lead = Signer("member")
    let registry = try place.open(.writing)
    let office = place.code(place.offices / 2)
    let one = try best(9) {
      _ = try registry.scorecard(of: office, in: FilledRegistry.cycle, by: lead, at: place.now)
    }
    // In a process that has only just opened the file: pages warm, nothing in memory.
    try registry.close()
    var fresh = Duration.seconds(999)
    for _ in 0..<3 {
      let reader = try place.open(.reading)
      fresh = min(
        fresh,
        try clock.measure { _ = try reader.results(of: FilledRegistry.cycle, by: lead, at: place.now) })
      try reader.close()
    }
    let again = try place.open(.writing)
    _ = try again.results(of: FilledRegistry.cycle, by: lead, at: place.now)
    let untouched = try best(9) {
      _ = try again.results(of: FilledRegistry.cycle, by: lead, at: place.now)
    }
    try again.close()
    let bare = try place.bareSelect(clock)
    print(
      """
      \(name): \(place.offices) offices, \(place.offices * place.respondents) responses
        one scorecard         \(milliseconds(one)) ms (country: target ≤ 1)
        all, fresh            \(milliseconds(fresh)) ms (country: target ≤ 50)
        all, untouched        \(milliseconds(untouched)) ms (country: target ≤ 5)
        reading the same rows \(milliseconds(bare)) ms, all fresh is \(ratio(fresh, bare)) × (nation: target ≤ 2.5)
      """)
  }

  // Timing.

  private var clock: ContinuousClock { ContinuousClock() }

  private func best(_ times: Int, _ body: () throws -> Void) throws -> Duration {
    try (0..<times).map { _ in try clock.measure(body) }.min() ?? .zero
  }

  private func milliseconds(_ duration: Duration) -> String {
    String(format: "%.2f", duration / .milliseconds(1))
  }
  private func ratio(_ a: Duration, _ b: Duration) -> String { String(format: "%.2f", a / b) }
  private func perSecond(_ duration: Duration, _ count: Int) -> Int {
    Int(Double(count) / (duration / .seconds(1)))
  }
}

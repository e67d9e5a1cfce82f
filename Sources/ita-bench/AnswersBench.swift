import Foundation
import Integrity
import Storage
import Synchronization

/// What it costs to keep answers on the disk: together against one by one, and what becomes of a rush.
struct AnswersBench {
  let folder: String
  let seconds: Int

  private static let people = 96

  /// What everybody who sends puts down.
  private final class Noted: Sendable {
    let times = Mutex<[Duration]>([])
    let counts = Mutex((kept: 0, busy: 0))
  }

  func run() async throws {
    try? FileManager.default.removeItem(atPath: folder)
    try Scene.make(in: "\(folder)/template") { rubric in
      rubric.replacing("respondents: { least: 5,", with: "respondents: { by: link, least: 5,")
    }
    var (together, alone) = ((0.0, 0.0), (0.0, 0.0))
    // In turns, the better of three each: whatever else the machine does meets both.
    for turn in 0..<3 {
      let one = try await sending(6_000, "together-\(turn)", together: 512)
      if one.0 > together.0 { together = one }
      let other = try await sending(2_000, "alone-\(turn)", together: 1)
      if other.0 > alone.0 { alone = other }
    }
    print("answers a second        \(Int(together.0)) committed together, \(Int(alone.0)) one by one")
    print(
      "                        \(rounded(together.0 / alone.0)) times as many (target ≥ 1.5; ≥ 1500 a second)"
    )
    print("                        99 of 100 within \(rounded(together.1)) ms (target ≤ 100)")
    try await rush()
  }

  private func fresh(_ name: String, _ change: (inout Registry.Settings) -> Void) throws -> Registry {
    let home = "\(folder)/\(name)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    for file in ["registry.sqlite", "registry.key"] {
      try FileManager.default.copyItem(atPath: "\(folder)/template/\(file)", toPath: "\(home)/\(file)")
    }
    var settings = Scene.settings
    change(&settings)
    return try Rush.open(home, settings)
  }

  /// - Returns: answers a second, and within how many milliseconds 99 of 100 were on the disk.
  private func sending(_ count: Int, _ name: String, together: Int) async throws -> (Double, Double) {
    let registry = try fresh(name) { $0.mostTogether = together }
    let clock = ContinuousClock()
    let noted = Noted()
    let span = try await clock.measure {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in 0..<Self.people {
          group.addTask {
            for number in stride(from: person, to: count, by: Self.people) {
              let time = try await clock.measure {
                guard try await registry.answer(Rush.sent(number, nil), at: Scene.collecting) == .kept else {
                  throw Faults.Failure(description: "an answer was not kept")
                }
              }
              noted.times.withLock { $0.append(time) }
            }
          }
        }
        try await group.waitForAll()
      }
    }
    try registry.close()
    let kept = try Rush.count("response", in: "\(folder)/\(name)")
    guard kept == count else { throw Faults.Failure(description: "\(kept) of \(count) answers were kept") }
    let sorted = noted.times.withLock { $0.sorted() }
    let late = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    return (Double(count) / (span / .seconds(1)), late / .milliseconds(1))
  }

  /// Ten times as many people as may wait: what is accepted is kept, the rest are sent back and come again.
  private func rush() async throws {
    let most = 256
    let registry = try fresh("rush") { $0.mostWaiting = most }
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    let noted = Noted()
    let before = Self.residentMegabytes
    try await withThrowingTaskGroup(of: Void.self) { group in
      for person in 0..<(10 * most) {
        group.addTask {
          var number = person
          while clock.now < end {
            switch try await registry.answer(Rush.sent(number, nil), at: Scene.collecting) {
            case .kept:
              noted.counts.withLock { $0.kept += 1 }
              number += 10 * most
            case .busy:
              noted.counts.withLock { $0.busy += 1 }
              try await Task.sleep(for: .milliseconds(20))
            case .closed, .codeRefused: throw Faults.Failure(description: "an answer was refused")
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let after = Self.residentMegabytes
    try registry.close()
    let (kept, busy) = noted.counts.withLock { $0 }
    let rows = try Rush.count("response", in: "\(folder)/rush")
    guard rows == kept else { throw Faults.Failure(description: "\(rows) rows of \(kept) accepted answers") }
    print("a rush of \(seconds) s           \(kept) accepted, each there once; \(busy) times sent back")
    print("                        memory from \(before) to \(after) MB")
  }

  private func rounded(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }

  private static var residentMegabytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) / 1024
  }
}

import Documents
import Foundation
import GRDB
import Integrity
import Storage

/// People who all answer at once: a registry for them, and a process that lets them, until it is killed.
enum Rush {
  static let place = AnswerPlace(Scene.cycle, Scene.office, Collected("IIT"))

  /// Makes a registry with so many slips, and their codes in a file beside it, as nobody does who is not testing.
  static func make(in folder: String, slips: Int) throws {
    try Scene.make(in: folder)
    let registry = try open(folder, Scene.settings)
    try registry.enterStakeholders(
      ["IIT": slips], of: Scene.office, in: Scene.cycle, by: Signer("admin"), at: Scene.collecting)
    let codes = try registry.makeSlips(slips, place, by: Signer("lead"), at: Scene.collecting).codes
    try registry.close()
    try Data(codes.map(\.text).joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: "\(folder)/codes"))
  }

  static func codes(in folder: String) throws -> [SlipCode] {
    let text = try String(contentsOfFile: "\(folder)/codes", encoding: .utf8)
    return text.split(separator: "\n").compactMap { SlipCode(typed: String($0)) }
  }

  static func open(_ folder: String, _ settings: Registry.Settings) throws -> Registry {
    try Registry(in: folder, .writing, formats: Scene.formats, settings: settings, at: Scene.collecting)
  }

  /// One form, the same each time it is sent.
  static func sent(_ number: Int, _ code: SlipCode?) -> SentAnswer {
    SentAnswer(
      to: place, nonce: "the form numbered \(number)", code: code,
      answers: (0..<4).map { UInt8(1 + number >> (2 * $0) & 3) })
  }

  /// How many rows a table has.
  static func count(_ table: String, in folder: String) throws -> Int {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: "\(folder)/registry.sqlite", configuration: configuration)
    return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  /// Sends one after another for many people at once, and says the number of each that is kept, and of each that was
  /// told to come back.
  static func run(in folder: String) async throws {
    var settings = Scene.settings
    settings.mostWaiting = 48
    let registry = try open(folder, settings)
    let codes = try codes(in: folder)
    let people = 96
    try await withThrowingTaskGroup(of: Void.self) { group in
      for person in 0..<people {
        group.addTask {
          for number in stride(from: person, to: codes.count, by: people) {
            switch try await registry.answer(sent(number, codes[number]), at: Scene.collecting) {
            case .kept: Writer.say("\(number)")
            case .busy: Writer.say("busy \(number)")
            case .closed, .codeRefused: Writer.say("error: \(number) was refused")
            }
          }
        }
      }
      try await group.waitForAll()
    }
    try registry.close()
  }
}

extension Faults {
  /// Kills the process to which everybody sends, at a random moment: what somebody was told is kept is there, once.
  func rush(times: Int) async throws {
    if times == 0 { return }
    var random = SeededGenerator(seed: seed)
    let template = "\(folder)/template-rush"
    try Rush.make(in: template, slips: 4000)
    let codes = try Rush.codes(in: template)
    var (kept, told) = (0, 0)
    for round in 0..<times {
      let home = "\(folder)/rush-\(round)"
      try fresh(home, from: template, ["registry.sqlite", "registry.key", "codes"])
      let lines = try Child(["rush", "--folder", home]).kill(after: Int.random(in: 1...90, using: &random))
      if let fault = lines.first(where: { $0.hasPrefix("error") }) {
        throw Failure(description: "rush \(round): \(fault)")
      }
      let numbers = lines.compactMap { Int($0) }
      let busy = lines.compactMap { $0.hasPrefix("busy ") ? Int($0.dropFirst(5)) : nil }
      try await inspect(home, codes, numbers, busy, round)
      kept += numbers.count
      told += busy.count
      try FileManager.default.removeItem(atPath: home)
    }
    guard times < 10 || kept > 0 && told > 0 else {
      throw Failure(description: "\(kept) answers were kept and \(told) sent back: nothing is proved")
    }
    print(
      "\(times) kills in a rush: \(kept) answers acknowledged, each there once; \(told) sent back, none kept")
  }

  private func inspect(
    _ home: String, _ codes: [SlipCode], _ numbers: [Int], _ busy: [Int], _ round: Int
  ) async throws {
    let registry = try Rush.open(home, Scene.settings)
    let faults = try registry.verify().faults
    guard faults.isEmpty else { throw Failure(description: "rush \(round): \(faults.map(\.description))") }
    let rows = try Rush.count("response", in: home)
    // A code goes in the same stroke in which its answer is kept.
    let left = try Rush.count("invitation", in: home)
    guard rows + left == codes.count, rows >= numbers.count else {
      throw Failure(
        description:
          "rush \(round): \(rows) kept and \(left) codes left of \(codes.count), \(numbers.count) promised")
    }
    for number in busy {
      guard try registry.opens(codes[number], Rush.place) else {
        throw Failure(description: "rush \(round): \(number) was sent back and kept all the same")
      }
    }
    // Sent once more: what is there is not kept again, and what were lost would be.
    for number in numbers {
      let outcome = try await registry.answer(Rush.sent(number, codes[number]), at: Scene.collecting)
      guard outcome == .kept else {
        throw Failure(
          description: "rush \(round): \(number) was acknowledged, and sent again it is \(outcome)")
      }
    }
    let after = try Rush.count("response", in: home)
    guard after == rows else {
      throw Failure(description: "rush \(round): \(after - rows) of \(numbers.count) acknowledged were lost")
    }
    try registry.close()
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Somebody who knows in which order people answered, and with which code, and has a backup of before closing and every
/// file of after it, tries to find out who answered what. They must do no better than whoever draws lots.
@Suite struct LinkerTests {
  private static let people = 30
  /// What chance would do less often than once in a million is not taken for chance.
  private static let alarm = 1e-6
  /// Two hundred in `make torture`.
  private static let runs = Int(ProcessInfo.processInfo.environment["ITA_LINKER_RUNS"] ?? "") ?? 20

  @Test func `nobody can tell from a backup and the closed files who answered what`() async throws {
    let linker = try await Self.play([], runs: Self.runs)
    #expect(linker.tricks > 300, "the linker tries too little: \(linker.tricks)")
    let caught = linker.suspicions.filter { $0.chance * Double(linker.tricks) < Self.alarm }
    #expect(caught.isEmpty, "\(caught.prefix(5))")
  }

  @Test(arguments: [
    (Registry.Leaks.backup, "backup"), (.closing, "closed"), (.keys, "backup"),
  ])
  func `a leak that is put in is found`(leak: Registry.Leaks, file: String) async throws {
    let linker = try await Self.play(leak, runs: 4)
    let caught = linker.suspicions.filter { $0.chance * Double(linker.tricks) < Self.alarm }
    #expect(caught.contains { $0.trick.hasPrefix(file) }, "\(linker.suspicions.prefix(5))")
  }

  /// So many years in which thirty people answer one after another.
  private static func play(_ leaks: Registry.Leaks, runs: Int) async throws -> Linker {
    var linker = Linker(people: people)
    for run in 0..<runs {
      var settings = District.settings
      settings.leaks = leaks
      let district = try District(settings: settings)
      let registry = district.registry
      try registry.enterStakeholders(
        ["IIT": people], of: District.main, in: District.cycle, by: district.by("admin"),
        at: District.collecting)
      let place = SendingTests.place
      let codes = try registry.makeSlips(people, place, by: district.by("lead"), at: District.collecting)
        .codes
      // What each of them answers, unlike anybody else: the linker has to say whose it is.
      var generator = SeededGenerator(seed: UInt64(run))
      let rows = (0..<256).map { [1 + $0 / 64, 1 + $0 / 16 % 4, 1 + $0 / 4 % 4, 1 + $0 % 4] }
        .shuffled(using: &generator).prefix(people).map { $0.map { UInt8($0) } }
      for (person, answers) in rows.enumerated() {
        let sent = SentAnswer(
          to: place, nonce: "form \(run) \(generator.next())", code: codes[person], answers: answers,
          isTooFast: generator.chance(10))
        #expect(
          try await registry.answer(sent, at: District.collecting.adding(days: person)) == .kept)
      }
      let backup = "\(district.folder)/copy.sqlite"
      try registry.backup(to: backup)
      try registry.closeQuestionnaires(at: District.deciding)
      let key = try KeyFile(path: Registry.keyPath(district.folder))
      let hashes = try registry.read { db in
        let asked = try AskedPlace(db, registry, place)
        return codes.map { key.slipHash($0, asked) }
      }
      linker.look(
        at: [
          ("backup", [backup]),
          (
            "closed",
            ["registry.sqlite", "registry.sqlite-wal", "registry.sqlite-shm"].map {
              "\(district.folder)/\($0)"
            }
          ),
        ], whoAnswered: rows, codes: hashes)
    }
    return linker
  }
}

/// The program that tries. Of every order it can read out of the files it asks how well it fits the one in which people
/// came, or that of their codes.
private struct Linker {
  struct Suspicion: CustomStringConvertible {
    let trick: String
    /// How likely chance would do as well.
    let chance: Double

    var description: String { "\(trick): \(chance)" }
  }

  private let people: Int
  /// By trick: people who were found, looked for, and how far the orders agree.
  private var found: [String: (hits: Int, of: Int, agreement: Double, runs: Int)] = [:]

  init(people: Int) { self.people = people }

  var tricks: Int { 2 * found.count }

  /// The best first.
  var suspicions: [Suspicion] {
    found.flatMap { trick, result in
      [
        Suspicion(
          trick: "\(trick), \(result.hits) of \(result.of)",
          chance: Linker.binomialTail(result.hits, of: result.of, 1 / Double(people))),
        Suspicion(
          trick: "\(trick), agreement",
          chance: erfc(abs(result.agreement) / Double(result.runs).squareRoot() / 2.0.squareRoot())),
      ]
    }.sorted { $0.chance < $1.chance }
  }

  private struct Row {
    let key: [UInt8]
    let answers: [UInt8]
  }

  /// - Parameter files: a name, the database first, and what lies beside it.
  mutating func look(at files: [(String, [String])], whoAnswered rows: [[UInt8]], codes: [Data]) {
    var known: [Row] = []
    let ofCodes = Linker.order(of: codes.map(Array.init))
    for (name, paths) in files {
      guard let path = paths.first, let kept = Linker.rows(of: path) else { continue }
      let bytes = paths.map { [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: $0))) ?? Data()) }
      // Whose an answer is: what the linker has to guess, and is told afterwards.
      let owners = kept.map { row in rows.firstIndex(of: Array(row.answers.prefix(4))) ?? 0 }
      var orders: [(String, [Int])] = [("as they are read", Array(kept.indices))]
      // By every byte of what is kept, and every run of bytes from there on.
      let whole = kept.map { $0.key + $0.answers.dropFirst(4) }
      for place in 0..<(whole.first?.count ?? 0) {
        for width in [1, 2, 4, 8] {
          orders.append(
            (
              "bytes \(place)+\(width)",
              Linker.order(of: whole.map { Array($0.dropFirst(place).prefix(width)) })
            )
          )
        }
        orders.append(
          ("bytes to \(place)", Linker.order(of: whole.map { Array($0.prefix(place + 1).reversed()) })))
      }
      // By where they lie: the first and the last place of each key in every file.
      for (part, content) in bytes.enumerated() {
        for (what, keys) in [("own", kept.map(\.key)), ("earlier", known.map(\.key))] {
          guard keys.count == people else { continue }
          let places = Linker.places(of: keys, in: content)
          guard places.allSatisfy({ !$0.isEmpty }) else { continue }
          let order = { (pick: ([Int]) -> Int?) in
            Linker.order(of: places.map { Linker.bytes(pick($0) ?? 0) })
          }
          // Keys of an earlier look stand for the answers they were seen with.
          let translate = { (order: [Int]) -> [Int] in
            what == "own"
              ? order
              : order.compactMap { place in kept.firstIndex { $0.answers == known[place].answers } }
          }
          orders.append(("\(what) keys first in file \(part)", translate(order { $0.first })))
          orders.append(("\(what) keys last in file \(part)", translate(order { $0.last })))
        }
      }
      for (trick, order) in orders where order.count == people {
        let guessed = order.map { owners[$0] }
        note("\(name) \(trick)", guessed, Array(0..<people))
        note("\(name) \(trick), backwards", guessed.reversed(), Array(0..<people))
        note("\(name) \(trick), by codes", guessed, ofCodes)
      }
      known = kept
    }
  }

  /// Counts how often the one at a place is the one who came at that place.
  private mutating func note(_ trick: String, _ guessed: [Int], _ truth: [Int]) {
    let hits = zip(guessed, truth).count { $0 == $1 }
    // Kendall's: of all pairs, how many stand the same way round, in deviations.
    var places = [Int](repeating: 0, count: people)
    for (place, person) in truth.enumerated() { places[person] = place }
    let seen = guessed.map { places[$0] }
    var agreement = 0
    for a in seen.indices {
      for b in (a + 1)..<max(a + 1, seen.count) { agreement += seen[a] < seen[b] ? 1 : -1 }
    }
    let n = Double(people)
    let deviations = Double(agreement) / (n * (n - 1) * (2 * n + 5) / 18).squareRoot()
    let before = found[trick] ?? (0, 0, 0, 0)
    found[trick] = (
      before.hits + hits, before.of + people, before.agreement + deviations, before.runs + 1
    )
  }

  // Reading.

  private static func rows(of path: String) -> [Row]? {
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else { return nil }
    return try? queue.read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT key, answers FROM response").map {
        Row(key: [UInt8]($0["key"] as Data), answers: [UInt8]($0["answers"] as Data))
      }
    }
  }

  /// Where each key stands in a file, wherever that is: in a page, in what is free, in a log.
  private static func places(of keys: [[UInt8]], in content: [UInt8]) -> [[Int]] {
    var places = [[Int]](repeating: [], count: keys.count)
    let beginnings = keys.map { UInt16($0[0]) | UInt16($0[1]) << 8 }
    var begins = [Bool](repeating: false, count: 1 << 16)
    for beginning in beginnings { begins[Int(beginning)] = true }
    content.withUnsafeBytes { bytes in
      begins.withUnsafeBufferPointer { begins in
        var place = 0
        let end = bytes.count - 16
        while place <= end {
          let two = bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)
          if begins[Int(two)] {
            for (number, key) in keys.enumerated()
            where beginnings[number] == two && bytes[place..<(place + 16)].elementsEqual(key) {
              places[number].append(place)
            }
          }
          place += 1
        }
      }
    }
    return places
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// Places in the order of what stands at them; alike ones as they are.
  private static func order(of values: [[UInt8]]) -> [Int] {
    values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0].lexicographicallyPrecedes(values[$1])
    }
  }

  /// How likely at least so many of so many are right by chance.
  private static func binomialTail(_ hits: Int, of all: Int, _ chance: Double) -> Double {
    var sum = 0.0
    for number in hits...max(hits, all) {
      let choose = lgamma(Double(all + 1)) - lgamma(Double(number + 1)) - lgamma(Double(all - number + 1))
      sum += exp(choose + Double(number) * log(chance) + Double(all - number) * log(1 - chance))
    }
    return min(1, sum)
  }
}

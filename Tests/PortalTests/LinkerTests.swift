import Foundation
import Integrity
import Testing

@testable import Portal
@testable import Storage

/// Somebody who knows in which order people answered, and has the sheet of codes in the order they were printed, is given
/// the registry's key, a backup of before closing, every file of after it, and every byte of the log. They must do no
/// better at saying who answered what, or with which code, than whoever draws lots.
@Suite struct LinkerTests {
  /// What chance would do less often than once in a million, over all that was tried, is not taken for chance.
  private static let alarm = 1e-6
  /// Two hundred in `make torture`.
  private static let runs = Int(ProcessInfo.processInfo.environment["ITA_LINKER_RUNS"] ?? "") ?? 20

  @Test func `nobody can tell who answered what from a backup, the closed files, the key and the log`()
    async throws
  {
    let linker = try await Self.linker(.none, runs: Self.runs)
    #expect(linker.tried > 2000, "the linker tries too little: \(linker.tried)")
    #expect(linker.found(Self.alarm).isEmpty, "\(linker.found(Self.alarm).prefix(5))")
  }

  @Test(arguments: Leak.allCases.filter { $0 != .none })
  func `a leak that is put in is found where it is`(leak: Leak) async throws {
    let linker = try await Self.linker(leak, runs: 2)
    let found = linker.found(Self.alarm)
    #expect(found.contains { $0.trick.contains(leak.shows) }, "\(leak): \(linker.suspicions.prefix(5))")
  }

  /// What is done wrong on purpose.
  enum Leak: CaseIterable {
    case none
    /// A copy is made page by page; nothing is done at closing; keys count up, or come from the code.
    case backup, closing, keys, codes
    /// The log has the number of each form, or how long each page was.
    case forms, sizes

    /// A word of the trick that has to find it.
    var shows: String {
      switch self {
      case .none: ""
      case .backup: "backup"
      case .closing: "closed"
      case .keys: "bytes"
      case .codes: "made of codes"
      case .forms: "made of words of the log"
      case .sizes: "number"
      }
    }

    var ofRegistry: Registry.Leaks {
      switch self {
      case .backup: .backup
      case .closing: .closing
      case .keys: .keys
      case .codes: .codes
      case .none, .forms, .sizes: []
      }
    }

    var ofPages: Settings.Leaks {
      switch self {
      case .forms: .forms
      case .sizes: .sizes
      case .none, .backup, .closing, .keys, .codes: []
      }
    }
  }

  /// So many years in which thirty people answer one after another, each at a site of its own; two at a time.
  private static func linker(_ leak: Leak, runs: Int) async throws -> Linker {
    var linker = Linker()
    try await withThrowingTaskGroup(of: Linker.Run.self) { group in
      for run in 0..<min(2, runs) { group.addTask { try await year(leak, seed: UInt64(run)) } }
      var next = min(2, runs)
      for try await run in group {
        linker.look(at: run)
        if next < runs {
          let seed = UInt64(next)
          group.addTask { try await year(leak, seed: seed) }
          next += 1
        }
      }
    }
    return linker
  }

  /// Thirty people answer at the site over the network; a backup is made; the questionnaire closes.
  private static func year(_ leak: Leak, seed: UInt64) async throws -> Linker.Run {
    var random = SeededGenerator(seed: seed, of: "linker")
    let site = try Site(registry: { $0.leaks = leak.ofRegistry })
    let place = AnswerPagesTests.place
    let sheet = try AnswerPagesTests.slips(site, 34)
    // What each of them answers, unlike anybody else: the linker has to say whose it is.
    let people = Array(
      zip(
        (0..<256).map { [1 + $0 / 64, 1 + $0 / 16 % 4, 1 + $0 / 4 % 4, 1 + $0 % 4].map { UInt8($0) } }
          .shuffled(using: &random),
        sheet.indices.shuffled(using: &random)
      ).prefix(Linker.people))
    let log = LogKept()
    var closed: [(name: String, bytes: [UInt8])] = []
    let backup = "\(site.folder)/copy.sqlite"
    let pauses = people.map { _ in (0..<5).map { _ in Int64.random(in: 0...40, using: &random) } }
    try await Served.site(site, log: log, times: { Date() }, { $0.leaks = leak.ofPages }) { served in
      for (number, person) in people.enumerated() {
        try await WiredRespondent(served, AnswerPagesTests.path).answer(
          person.0, with: sheet[person.1], pausing: pauses[number])
      }
      try site.registry.backup(to: backup)
      site.clock.now = Site.deciding
      #expect(try site.registry.closeQuestionnaires(at: site.clock.now))
      for name in ["registry.sqlite", "registry.sqlite-wal", "registry.sqlite-shm"] {
        closed.append((name, Linker.bytes("\(site.folder)/\(name)")))
      }
    }
    let path = Registry.databasePath(site.folder)
    let asked = try #require(try site.registry.askedForm(place, at: Site.collecting))
    let name = try site.registry.read { try AskedPlace($0, site.registry, place).name }
    return Linker.Run(
      seed: seed,
      truth: Linker.Truth(answers: people.map(\.0), codes: people.map(\.1)),
      key: try KeyFile(path: Registry.keyPath(site.folder)), place: name, sheet: sheet,
      labels: asked.rubric.questions(of: "IIT").map { $0.options.map { $0.title.thai.utf8.count } },
      backup: try Linker.rows(of: backup), closed: try Linker.rows(of: path),
      files: [("backup", Linker.bytes(backup))] + closed.map { ("closed \($0.name)", $0.bytes) }
        + [("log", Array(log.lines.joined().utf8))],
      log: log.lines)
  }
}

import ArgumentParser
import Documents
import Foundation
import Integrity
import Portal
import Reports
import Storage

/// Which registry, who acts and in which language: what every command on a registry takes.
struct RegistryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the registry; ITA_DATA in the environment says the same.", valueName: "dir"),
    completion: .directory)
  var data = RegistryOptions.environment("ITA_DATA") ?? "data"

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Who acts, by the name they sign in with; ITA_AS says the same. The trail keeps that it was done here.",
      valueName: "person"))
  var person: String?

  @Option(help: "th or en.") var language: Language = .english

  /// For rehearsals and tests. Who sits at the console could set the machine's clock as well; but a moment in the future
  /// keeps everybody out of a registry until it has come, so it takes ITA_REHEARSAL=1 beside it. The trail keeps the
  /// moment as the one at which it was done.
  @Option(help: .hidden) var now: String?

  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Who acts, if anybody is named.
  var visitor: Signer? {
    (person ?? RegistryOptions.environment("ITA_AS")).map { Signer(Code($0), isConsole: true) }
  }

  func signer() throws -> Signer {
    guard let visitor else { throw ValidationError("Say who acts with --as PERSON, or in ITA_AS.") }
    return visitor
  }

  func moment() throws -> Moment {
    guard let now else { return Moment(seconds: Int64(Date().timeIntervalSince1970)) }
    guard RegistryOptions.environment("ITA_REHEARSAL") == "1" else {
      throw ValidationError("--now is for rehearsals: set ITA_REHEARSAL=1, and use a registry made for it.")
    }
    return try Moment.argument(now)
  }

  // Opening.

  /// Runs what changes the registry. One process writes at a time.
  func writing<Value>(_ body: (Registry, Signer, Moment) throws -> Value) throws -> Value {
    let signer = try signer()
    return try opened(.writing) { try body($0, signer, $1) }
  }

  /// Runs what somebody reads; it may go on beside the process that writes.
  func reading<Value>(_ body: (Registry, Signer, Moment) throws -> Value) throws -> Value {
    let signer = try signer()
    return try opened(.reading) { try body($0, signer, $1) }
  }

  /// Runs what nobody in particular reads.
  func looking<Value>(_ body: (Registry, Moment) throws -> Value) throws -> Value {
    try opened(.reading, body)
  }

  private func opened<Value>(
    _ access: Registry.Access, _ body: (Registry, Moment) throws -> Value
  ) throws -> Value {
    let now = try moment()
    return try guarded {
      let registry = try Registry(in: data, access, formats: .shipped, at: now)
      let value: Value
      do {
        value = try body(registry, now)
      } catch {
        try? registry.close()
        throw error
      }
      try registry.close()
      return value
    }
  }

  /// Says a refusal, a problem of the registry or faults in files, and ends with exit code 1.
  func guarded<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw said(error)
    }
  }

  /// The same where it takes its time.
  func guarded<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch {
      throw said(error)
    }
  }

  private func said(_ error: any Error) -> any Error {
    switch error {
    case let refusal as Refusal: Console.warn(refusal.said(in: language))
    case let problem as StorageProblem: Console.warn(problem.description)
    case let problem as ServingProblem: Console.warn(problem.description)
    case let complaints as Complaints: Console.problems(complaints.all)
    case let error as CocoaError:
      Console.warn(
        "\(error.filePath ?? data): it cannot be read or written; check that it is there and may be used")
    default: return error
    }
    return ExitCode(1)
  }
}

extension Registry.Formats {
  /// Rubrics in YAML and scorecards in JSON, as the program reads and writes them everywhere else.
  static let shipped = Registry.Formats(
    rubric: { texts in
      guard let main = texts.first else { throw StorageProblem.invalid("the cycle has no rubric") }
      // Whatever was accepted once is read again.
      let file = try RubricFile(name: main.name, largest: 64 << 20) { name in
        guard let text = texts.first(where: { $0.name == name }) else {
          throw CocoaError(.fileReadNoSuchFile)
        }
        return text.bytes
      }
      return file.rubric
    },
    scorecard: { ScorecardJSON.text(of: [$0], cycle: $0.rubric.year) })
}

/// The cycle a command is about.
struct CycleChoice: ParsableArguments {
  @Option(help: "The cycle; the only one that is not published, if not given.") var cycle: Code<Cycle>?

  func code(in registry: Registry) throws -> Code<Cycle> { try CycleChoice.code(cycle, in: registry) }

  /// The cycle that is named, else the only one that is not published, else the last that was.
  static func code(_ named: Code<Cycle>?, in registry: Registry) throws -> Code<Cycle> {
    if let named { return named }
    let cycles = try registry.cycles()
    let underWay = cycles.filter { $0.stage != .published }.map(\.code)
    if underWay.count > 1 {
      let codes = underWay.map(\.text).joined(separator: ", ")
      throw ValidationError("There are several cycles that are not published (\(codes)): name one of them.")
    }
    guard let code = underWay.first ?? cycles.max(by: { $0.year < $1.year })?.code else {
      throw StorageProblem.invalid("there is no cycle; make one with 'ita cycle new'")
    }
    return code
  }
}

/// Several acts, each in a transaction of its own: what is refused is listed at the end, the rest is done.
struct Batch {
  let language: Language
  private(set) var done = 0
  private var refused: [String] = []

  init(language: Language) { self.language = language }

  /// - Parameter name: what the act is about, said with a refusal.
  mutating func attempt(_ name: String, _ act: () throws -> Void) throws {
    do {
      try act()
      done += 1
    } catch let refusal as Refusal {
      refused.append("\(name): \(refusal.said(in: language))")
    } catch let problem as StorageProblem where problem.concernsOneEntry {
      refused.append("\(name): \(problem)")
    } catch {
      Console.warn("stopped at \(name); done before it: \(done)")
      throw error
    }
  }

  /// Says how many were done and names those that were not, with exit code 1 if there are any.
  func finish(_ done: String) throws {
    Console.say(done)
    guard !refused.isEmpty else { return }
    for text in refused { Console.warn(text) }
    Console.warn("\(refused.count) refused")
    throw ExitCode(1)
  }
}

extension StorageProblem {
  /// Whether the next entry may well go through.
  fileprivate var concernsOneEntry: Bool {
    switch self {
    case .missing, .exists, .inUse, .foreign, .newer, .damaged, .keyMissing, .keyOpen, .clock, .full,
      .setting:
      false
    default: true
    }
  }
}

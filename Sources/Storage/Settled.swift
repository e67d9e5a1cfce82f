import GRDB
import Integrity
import Synchronization

/// What every page asks for and hardly anything changes: people with their roles, cycles, and the offices in them. Kept
/// by the process that writes, and forgotten by each of its transactions but those that only move an office's work on, so
/// that a role that has ended is gone at the next request.
///
/// A reader gets from here only what was true in its own snapshot. It notes the generation before the snapshot is taken;
/// a transaction closes the store before it commits and opens it, empty and one generation on, when it has. Where the
/// generation is another than the one noted, or the store is closed, the reader asks the file.
final class Settled: Sendable {
  enum Key: Hashable, Sendable {
    case person(Int64)
    case personID(Code<Person>)
    case cycle(Int64)
    case cycleID(Code<Cycle>)
    case officeID(Code<Office>)
    case lineage(Int64)
    case participant(cycle: Int64, office: Int64)
    case groups(Int64)
    case parts(Code<Office>)
    case officers(Int64, on: Day)
  }

  /// Acts that touch nothing of it.
  static let unchanging: Set<Act> = [
    .draft, .pass, .sendBack, .submit, .recall, .acknowledge, .contest, .judge, .decideClarification,
  ]

  fileprivate struct State {
    var generation = 0
    /// Transactions that are about to commit.
    var closing = 0
    /// By the connection: the generation that was noted before its snapshot; nil where the store was closed.
    var noted: [ObjectIdentifier: Int] = [:]
    var values: [Key: any Sendable] = [:]
  }

  private let state = Mutex(State())

  private static let most = 20_000

  /// nil while a transaction is about to commit.
  var generation: Int? { state.withLock { $0.closing == 0 ? $0.generation : nil } }

  /// Notes what a connection may take from here until its next snapshot.
  func note(_ generation: Int?, for db: Database) {
    state.withLock { $0.noted[ObjectIdentifier(db)] = generation }
  }

  /// What is kept, or else what is read now.
  func value<Value: Sendable>(_ key: Key, _ db: Database, _ read: () throws -> Value) rethrows -> Value {
    let connection = ObjectIdentifier(db)
    let (isCurrent, known) = state.withLock { state in
      state.isCurrent(connection) ? (true, state.values[key]) : (false, nil)
    }
    // Asked apart: no value at all would else pass for an optional that holds nothing.
    if let known, let value = known as? Value { return value }
    let value = try read()
    guard isCurrent else { return value }
    state.withLock { state in
      // A transaction may have come between.
      guard state.isCurrent(connection) else { return }
      if state.values.count >= Settled.most { state.values = [:] }
      state.values[key] = value
    }
    return value
  }

  /// Before a transaction commits that may change something.
  func close() { state.withLock { $0.closing += 1 } }

  /// After it has, or has not.
  func open() {
    state.withLock { state in
      state.closing -= 1
      state.generation += 1
      state.values = [:]
    }
  }
}

extension Settled.State {
  fileprivate func isCurrent(_ connection: ObjectIdentifier) -> Bool {
    closing == 0 && noted[connection] == generation
  }
}

extension Registry {
  /// Another one whenever anything may have changed of people, cycles and offices; nil while it is changing.
  public var generation: Int? { settled.generation }

  /// A value that seldom changes, read anew only where it may have; within a transaction that writes, always.
  func settled<Value: Sendable>(
    _ key: Settled.Key, _ db: Database, _ read: () throws -> Value
  ) rethrows -> Value {
    guard self.key != nil, db.configuration.readonly else { return try read() }
    return try settled.value(key, db, read)
  }

  func person(_ id: Int64, _ db: Database) throws -> Person {
    try settled(.person(id), db) { try db.person(id) }
  }

  func cycle(_ id: Int64, _ db: Database) throws -> Cycle { try settled(.cycle(id), db) { try db.cycle(id) } }

  func cycleID(_ code: Code<Cycle>, _ db: Database) throws -> Int64 {
    try settled(.cycleID(code), db) { try db.cycleID(code) }
  }

  func officeID(_ code: Code<Office>, _ db: Database) throws -> Int64 {
    try settled(.officeID(code), db) { try db.officeID(code) }
  }

  func lineage(_ office: Int64, _ db: Database) throws -> [Code<Office>] {
    try settled(.lineage(office), db) { try db.lineage(office) }
  }

  /// The office as it takes part in a cycle; nil where it does not.
  func participant(_ cycle: Int64, office: Int64, _ db: Database) throws -> Office? {
    try settled(.participant(cycle: cycle, office: office), db) {
      try db.participants(cycle, office: office).first?.office
    }
  }

  func groups(of id: Int64, _ office: Code<Office>, _ db: Database) throws -> [GroupEntry] {
    try settled(.groups(id), db) { try db.groups(of: id, office) }
  }
}

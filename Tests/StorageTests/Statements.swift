import Synchronization

/// What is asked of the database.
final class Statements: Sendable {
  private let kept = Mutex<[String]>([])
  var all: [String] { kept.withLock { $0 } }
  func add(_ sql: String) { kept.withLock { $0.append(sql) } }
}

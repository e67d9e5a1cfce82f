import Synchronization

/// What was worked out before. A value depends on its key alone, so it is never out of date: whatever it is worked out
/// from is in the key.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let values = Mutex<[Key: Value]>([:])
  private let most: Int

  /// - Parameter most: how many are kept; with one more all are forgotten, since what is asked for comes again at once.
  init(most: Int) { self.most = most }

  func value(_ key: Key, _ work: () throws -> Value) rethrows -> Value {
    if let known = values.withLock({ $0[key] }) { return known }
    let value = try work()
    values.withLock { values in
      if values.count >= most { values.removeAll(keepingCapacity: true) }
      values[key] = value
    }
    return value
  }
}

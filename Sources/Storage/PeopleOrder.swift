import GRDB
import Synchronization

/// Everybody in the order of their names, kept in memory by the process that writes: sorting a country's officers anew for
/// each look at a list would take longer than the look. Names stay in the database; here are only their numbers.
final class PeopleOrder: Sendable {
  private struct State {
    /// nil until it is first asked for.
    var ids: [Int64]?
    /// People who were added or renamed since, each with when that was noted.
    var moved: [(id: Int64, note: Int)] = []
    var notes = 0
    /// Goes up with each new order: of two who made one from the same, the first is kept.
    var version = 0
  }

  private let state = Mutex(State())

  /// So many at once are sorted anew with everybody.
  private static let mostMoved = 200

  /// Notes that somebody's name may be another; called once it is in the database.
  func move(_ ids: Set<Int64>) {
    guard !ids.isEmpty else { return }
    state.withLock { state in
      guard state.ids != nil else { return }
      for id in ids {
        state.notes += 1
        state.moved.append((id, state.notes))
      }
    }
  }

  /// What is known of the order; to be asked for before the snapshot in which it is used is taken.
  struct Known: Sendable {
    fileprivate let ids: [Int64]?
    fileprivate let moved: [(id: Int64, note: Int)]
    fileprivate let version: Int
  }

  var known: Known { state.withLock { Known(ids: $0.ids, moved: $0.moved, version: $0.version) } }

  /// Everybody, in order.
  func ids(_ db: Database, from known: Known) throws -> [Int64] {
    var ids: [Int64]
    if let before = known.ids, known.moved.count <= PeopleOrder.mostMoved {
      ids = before
      for id in Set(known.moved.map(\.id)) { try PeopleOrder.place(id, in: &ids, db) }
    } else {
      ids = try PeopleOrder.sorted(db)
    }
    let last = known.moved.last?.note ?? 0
    state.withLock { [ids] state in
      guard state.version == known.version else { return }
      state.version += 1
      state.ids = ids
      state.moved.removeAll { $0.note <= last }
    }
    return ids
  }

  private static func sorted(_ db: Database) throws -> [Int64] {
    let cursor = try Row.fetchCursor(db, sql: "SELECT id, name FROM person")
    var keyed: [(key: String, id: Int64)] = []
    while let row = try cursor.next() { keyed.append((ThaiOrder.key(row["name"]), row["id"])) }
    return keyed.sorted { ($0.key, $0.id) < ($1.key, $1.id) }.map(\.id)
  }

  /// Puts somebody where their name belongs, by looking at as few names as it takes.
  private static func place(_ id: Int64, in ids: inout [Int64], _ db: Database) throws {
    func key(_ id: Int64) throws -> (String, Int64) {
      (ThaiOrder.key(try db.text("SELECT name FROM person WHERE id = ?", id) ?? ""), id)
    }
    ids.removeAll { $0 == id }
    let own = try key(id)
    var (low, high) = (0, ids.count)
    while low < high {
      let middle = (low + high) / 2
      if try key(ids[middle]) < own { low = middle + 1 } else { high = middle }
    }
    ids.insert(id, at: low)
  }
}

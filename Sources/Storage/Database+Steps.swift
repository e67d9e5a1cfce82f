import GRDB
import GRDBSQLite
import Integrity

/// Reading many rows without making an object of each: the columns of the row at hand, straight from SQLite. For the
/// answers and findings of a nation; everything else reads rows.
extension Database {
  func step(
    _ sql: String, _ arguments: StatementArguments, _ each: (borrowing Columns) throws -> Void
  ) throws {
    let statement = try cachedStatement(sql: sql)
    try statement.setArguments(arguments)
    // A statement left in the middle of its rows would keep its snapshot.
    defer { sqlite3_reset(statement.sqliteStatement) }
    let columns = Columns(statement: statement.sqliteStatement)
    while true {
      switch sqlite3_step(statement.sqliteStatement) {
      case SQLITE_ROW: try each(columns)
      case SQLITE_DONE: return
      case let code:
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
      }
    }
  }
}

/// The columns of the row a statement stands on; what they point to is gone with the next step.
struct Columns: ~Copyable {
  fileprivate let statement: OpaquePointer

  func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(statement, index) }

  /// The bytes of a text or a blob.
  func bytes(_ index: Int32) -> UnsafeRawBufferPointer {
    // The pointer first: asking for the length may not change what it points to.
    let start = sqlite3_column_blob(statement, index)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
  }

  func text(_ index: Int32) -> String {
    let bytes = bytes(index)
    return bytes.isEmpty ? "" : String(decoding: bytes, as: UTF8.self)
  }

  func equals(_ index: Int32, _ text: StaticString) -> Bool {
    let bytes = bytes(index)
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    return zip(bytes, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)).allSatisfy(
      ==)
  }
}

/// Codes of items as they come office after office in the same order: each is made once.
struct Codes {
  private var known: [(code: Code<Node>, bytes: [UInt8])] = []
  private var next = 0

  var count: Int { known.count }

  /// The next office begins.
  mutating func restart() { next = 0 }

  mutating func code(_ bytes: UnsafeRawBufferPointer) -> Code<Node> {
    // The same again, the one after it, or else any other.
    for index in [max(0, next - 1), next] where index < known.count && known[index].bytes.elementsEqual(bytes)
    {
      next = index + 1
      return known[index].code
    }
    if let index = known.firstIndex(where: { $0.bytes.elementsEqual(bytes) }) {
      next = index + 1
      return known[index].code
    }
    known.append((Code(String(decoding: bytes, as: UTF8.self)), Array(bytes)))
    next = known.count
    return known[next - 1].code
  }
}

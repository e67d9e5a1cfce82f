import Foundation
import GRDB

/// Statements kept prepared, and the fewest words to run them.
extension Database {
  typealias Value = (any DatabaseValueConvertible)?

  func rows(_ sql: String, _ values: Value...) throws -> [Row] {
    try Row.fetchAll(cachedStatement(sql: sql), arguments: StatementArguments(values))
  }

  /// Rows of a cycle's offices, or of one of them alone. Where the query names an office SQLite goes by the index; with
  /// `? IS NULL OR office = ?` it would read the whole cycle.
  ///
  /// - Parameter sql: contains `WHERE cycle = ?`, once.
  func rows(_ sql: String, ofCycle cycle: Int64, office: Int64?) throws -> [Row] {
    guard let office else { return try rows(sql, cycle) }
    return try rows(
      sql.replacing("WHERE cycle = ?", with: "WHERE cycle = ? AND office = ?"), cycle, office)
  }

  func row(_ sql: String, _ values: Value...) throws -> Row? {
    try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
  }

  func integer(_ sql: String, _ values: Value...) throws -> Int64? {
    try Int64.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
  }

  func text(_ sql: String, _ values: Value...) throws -> String? {
    try String.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
  }

  func run(_ sql: String, _ values: Value...) throws {
    try cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
  }

  /// Runs an INSERT and answers the new row's id.
  func insert(_ sql: String, _ values: Value...) throws -> Int64 {
    try cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    return lastInsertedRowID
  }
}

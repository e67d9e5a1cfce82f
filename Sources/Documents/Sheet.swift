import Integrity

/// A table whose columns are known by name, as one of our own formats has them.
struct Sheet {
  let table: Table
  let faults: Faults
  private let columns: [String: Int]

  /// A column: its name, what else it may be called, and whether there can be none.
  struct Column {
    let name: String
    let others: [String]
    let isRequired: Bool

    init(_ name: String, _ others: String..., required: Bool = false) {
      self.name = name
      self.others = others
      isRequired = required
    }
  }

  /// - Parameter accepts: further columns by the beginning of their name.
  init(_ table: Table, columns: [Column], accepts prefixes: [String] = [], faults: Faults) {
    self.table = table
    self.faults = faults
    var found: [String: Int] = [:]
    for (index, title) in table.header.enumerated() {
      let name = title.folded
      let column = columns.first { ([$0.name] + $0.others).contains { $0.folded == name } }?.name
      guard let known = column ?? (prefixes.contains { name.hasPrefix($0) } ? name : nil) else {
        if !name.isEmpty {
          faults.add(
            Place(file: table.file, line: 1, column: index + 1), "'\(title)' is not a column of this file",
            Spelling.suggestion(for: name, among: columns.map(\.name)))
        }
        continue
      }
      if found.updateValue(index, forKey: known) != nil {
        faults.add(
          Place(file: table.file, line: 1, column: index + 1), "the column '\(known)' stands twice",
          "keep one")
      }
    }
    for column in columns where column.isRequired && found[column.name] == nil {
      faults.add(
        Place(file: table.file, line: 1), "there is no column '\(column.name)'",
        "add it; the columns are \(columns.map(\.name).joined(separator: ", "))")
    }
    self.columns = found
  }

  func has(_ column: String) -> Bool { columns[column] != nil }

  /// Columns accepted by the beginning of their name.
  func names(beginning prefix: String) -> [String] {
    columns.keys.filter { $0.hasPrefix(prefix) }.sorted()
  }

  func text(_ row: Table.Row, _ column: String) -> String {
    columns[column].map { row.cells[$0].trimmed } ?? ""
  }

  /// Where a cell stands; the beginning of its row where there is no such column.
  func place(_ row: Table.Row, _ column: String) -> Place { table.place(row, columns[column] ?? 0) }

  func fault(_ row: Table.Row, _ column: String, _ problem: String, _ remedy: String) {
    faults.add(place(row, column), problem, remedy)
  }

  /// The text of a column that must not be empty.
  func required(_ row: Table.Row, _ column: String) -> String? {
    let text = text(row, column)
    if !text.isEmpty { return text }
    if has(column) { fault(row, column, "the cell '\(column)' is empty", "fill it in") }
    return nil
  }
}

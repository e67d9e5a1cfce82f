import Integrity

/// Cells that hold a value which several of our tables have.
extension Sheet {
  /// A day; nil where the cell is empty or, with a complaint, holds none.
  func day(_ row: Table.Row, _ column: String) -> Day? {
    let text = text(row, column)
    guard !text.isEmpty else { return nil }
    if !WrittenDate.isBuddhist(text), let day = Day(text) { return day }
    let fault = WrittenDate.fault(in: text, "a day", "write year-month-day in the common era, as 2026-10-01")
    self.fault(row, column, fault.problem, fault.remedy)
    return nil
  }

  /// One of a closed list, by its name or its Thai or English title; nil where the cell is empty or, with a complaint,
  /// holds none of them.
  func choice<Value: RawRepresentable & CaseIterable>(
    _ row: Table.Row, _ column: String, _ what: String, title: (Value) -> Words
  ) -> Value? where Value.RawValue == String {
    let text = text(row, column)
    guard !text.isEmpty else { return nil }
    func names(_ value: Value) -> [String] {
      [value.rawValue, title(value).thai, title(value).english]
    }
    let match = Value.allCases.first { names($0).contains { $0.folded == text.folded } }
    if match == nil {
      fault(
        row, column, "'\(text)' is no \(what)",
        Spelling.nearest(to: text, among: Value.allCases.flatMap(names)).map { "did you mean '\($0)'?" }
          ?? Spelling.suggestion(for: text, among: Value.allCases.map(\.rawValue)))
    }
    return match
  }

  /// An office by its code; any code will do where none are known.
  func office(
    _ text: String, _ row: Table.Row, _ column: String, among known: Set<Code<Office>>
  ) -> Code<Office>? {
    if known.isEmpty || known.contains(Code(text)) { return Code(text) }
    fault(
      row, column, "there is no office '\(text)' among the offices",
      Spelling.nearest(to: text, among: known.map(\.text)).map { "did you mean '\($0)'?" }
        ?? "add it to the table of offices")
    return nil
  }

  /// The office of a row, which must have one.
  func requiredOffice(_ row: Table.Row, among known: Set<Code<Office>>) -> Code<Office>? {
    required(row, "office").flatMap { office($0, row, "office", among: known) }
  }
}

/// Dates as people write them in files.
enum WrittenDate {
  /// Whether it begins with a year of the Buddhist era, which is the common slip.
  static func isBuddhist(_ text: String) -> Bool { buddhistYear(text) != nil }

  /// What to say about a date that cannot be taken as it is written.
  static func fault(in text: String, _ what: String, _ remedy: String) -> (problem: String, remedy: String) {
    if let year = buddhistYear(text) {
      return (
        "'\(text)' is in the Buddhist era", "write the year of the common era, \(year - 543) for \(year)"
      )
    }
    return ("'\(text)' is not \(what)", remedy)
  }

  private static func buddhistYear(_ text: String) -> Int? {
    let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count == 4, let year = Int(text.prefix(4)), (2400...2999).contains(year) else { return nil }
    return year
  }
}

/// A CSV file as rows of text with their places: RFC 4180 with or without a byte-order mark, CRLF or LF, separated by
/// comma, semicolon or tab, in UTF-8 or in Windows-874, which is what a Thai Excel writes.
public struct Table: Sendable {
  public let file: String
  public let header: [String]
  public let rows: [Row]

  public struct Row: Hashable, Sendable {
    /// Of the file, where the row begins; the header's is usually 1.
    public let line: Int
    public let cells: [String]
  }

  /// The most bytes a table may have.
  public static let largest = 256 * 1024 * 1024

  /// - Throws: `Complaints`: not text, a quote that is never closed, a row with another number of cells.
  public init(bytes: [UInt8], file: String) throws(Complaints) {
    self.file = file
    let text = try Table.text(bytes, file: file)
    var parser = TableParser(bytes: text, separator: Table.separator(in: text))
    var rows = parser.rows()
    if let line = parser.openQuote {
      throw Complaints([
        Complaint(
          Place(file: file, line: line), "a quotation mark opens here and is never closed",
          "close it, or double it (\"\") where it is part of the text")
      ])
    }
    rows.removeAll { row in row.cells.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
    guard let first = rows.first else {
      throw Complaints([
        Complaint(Place(file: file), "the file is empty", "its first row must name the columns")
      ])
    }
    var header = first.cells.map { $0.trimmed }
    while header.last?.isEmpty == true { header.removeLast() }
    self.header = header
    self.rows = try Table.fitted(rows.dropFirst(), to: header.count, file: file)
  }

  /// The titles of the columns alone; empty for what is no table.
  public static func header(of bytes: [UInt8]) -> [String] {
    guard let text = try? text(bytes, file: "") else { return [] }
    var parser = TableParser(bytes: text, separator: separator(in: text))
    return (parser.firstRow()?.cells ?? []).map(\.trimmed)
  }

  /// Where a cell stands: the line of its row and, as column, its number from 1.
  public func place(_ row: Row, _ column: Int) -> Place {
    Place(file: file, line: row.line, column: column + 1)
  }

  /// Rows of as many cells as the header; cells left out at the end are empty, as spreadsheets write them.
  private static func fitted(
    _ rows: ArraySlice<Row>, to width: Int, file: String
  ) throws(Complaints) -> [Row] {
    let faults = Faults()
    let fitted = rows.map { row in
      var cells = row.cells
      while cells.count > width, cells.last?.allSatisfy(\.isWhitespace) == true { cells.removeLast() }
      if cells.count > width {
        faults.add(
          Place(file: file, line: row.line, column: width + 1),
          "the row has \(cells.count) cells, the header \(width)",
          "put quotation marks around a text that contains the separator")
      }
      return Row(line: row.line, cells: cells + Array(repeating: "", count: max(0, width - cells.count)))
    }
    try faults.throwIfAny()
    return fitted
  }

  // Text.

  private static func text(_ bytes: [UInt8], file: String) throws(Complaints) -> [UInt8] {
    func refuse(_ problem: String, _ remedy: String) -> Complaints {
      Complaints([Complaint(Place(file: file), problem, remedy)])
    }
    guard bytes.count <= largest else {
      throw refuse("the file has more than \(largest / 1_048_576) MiB", "split it by office")
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw refuse("this is an Excel workbook, not CSV", "save it as 'CSV UTF-8 (comma delimited)'")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw refuse("the file is UTF-16", "save it as 'CSV UTF-8'")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if let index = body.firstIndex(of: 0) {
      let line = body[..<index].count { $0 == UInt8(ascii: "\n") } + 1
      throw Complaints([
        Complaint(
          Place(file: file, line: line), "the file contains a NUL byte", "it is no CSV, or was damaged")
      ])
    }
    if String(validating: body, as: UTF8.self) != nil { return body }
    if let thai = Windows874.utf8(body) { return thai }
    throw refuse("the text is neither UTF-8 nor Windows-874", "save it as 'CSV UTF-8'")
  }

  /// The separator that stands most often in the first line, outside quotation marks.
  private static func separator(in bytes: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let best = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
    return candidates[best]
  }
}

/// Cuts CSV text into rows and cells.
private struct TableParser {
  let bytes: [UInt8]
  let separator: UInt8
  /// The line of a quotation mark that was never closed.
  private(set) var openQuote: Int?

  private var index = 0
  private var line = 1

  init(bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  mutating func rows() -> [Table.Row] {
    var rows: [Table.Row] = []
    while index < bytes.count { rows.append(row()) }
    return rows
  }

  mutating func firstRow() -> Table.Row? {
    while index < bytes.count {
      let row = row()
      if !row.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { return row }
    }
    return nil
  }

  private mutating func row() -> Table.Row {
    let start = line
    var cells: [String] = []
    repeat {
      cells.append(cell())
    } while takesSeparator()
    takeLineEnd()
    return Table.Row(line: start, cells: cells)
  }

  private mutating func takesSeparator() -> Bool {
    guard index < bytes.count, bytes[index] == separator else { return false }
    index += 1
    return true
  }

  private mutating func takeLineEnd() {
    guard index < bytes.count else { return }
    if bytes[index] == UInt8(ascii: "\r") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
    } else if bytes[index] == UInt8(ascii: "\n") {
      index += 1
    }
    line += 1
  }

  private mutating func cell() -> String {
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { return quoted() }
    return plain(after: [])
  }

  /// Up to the separator or the end of the line; quotation marks within are ordinary characters.
  private mutating func plain(after start: [UInt8]) -> String {
    let begin = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      index += 1
    }
    return String(decoding: start + bytes[begin..<index], as: UTF8.self)
  }

  private mutating func quoted() -> String {
    let opened = line
    index += 1
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return plain(after: content) }
        index += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      content.append(byte)
    }
    openQuote = opened
    return String(decoding: content, as: UTF8.self)
  }
}

/// The Thai code page of Windows.
enum Windows874 {
  /// The same text in UTF-8; nil where a byte has no meaning in the code page.
  static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      guard let scalar = scalar(byte) else { return nil }
      result.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
    return result
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x00...0x7F: Unicode.Scalar(byte)
    case 0x80: "\u{20AC}"
    case 0x85: "\u{2026}"
    case 0x91: "\u{2018}"
    case 0x92: "\u{2019}"
    case 0x93: "\u{201C}"
    case 0x94: "\u{201D}"
    case 0x95: "\u{2022}"
    case 0x96: "\u{2013}"
    case 0x97: "\u{2014}"
    case 0xA0: "\u{A0}"
    case 0xA1...0xDA, 0xDF...0xFB: Unicode.Scalar(0x0E00 + UInt32(byte) - 0xA0)
    default: nil
    }
  }
}

extension StringProtocol {
  /// Without white space at either end, non-breaking and zero-width spaces included.
  var trimmed: String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{200B}" || $0 == "\u{FEFF}" }
    let start = firstIndex { !isSpace($0) } ?? endIndex
    let end = lastIndex { !isSpace($0) }.map { index(after: $0) } ?? endIndex
    return start < end ? String(self[start..<end]) : ""
  }

  /// For comparing what people type: trimmed, lower case, white space folded.
  var folded: String {
    trimmed.lowercased().split(whereSeparator: { $0.isWhitespace || $0 == "\u{200B}" }).joined(separator: " ")
  }
}

import Testing

@testable import Documents

@Suite struct TableTests {
  private func cells(_ text: String) throws -> [[String]] {
    let table = try Table(bytes: Array(text.utf8), file: "t.csv")
    return [table.header] + table.rows.map(\.cells)
  }

  private func complaint(_ bytes: [UInt8]) -> String {
    do {
      _ = try Table(bytes: bytes, file: "t.csv")
      return "accepted"
    } catch {
      return error.all.map(\.description).joined(separator: "\n")
    }
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("\u{FEFF}a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a;b\n\"1;x\";2", [["a", "b"], ["1;x", "2"]]),
      ("a\tb\n1\t2", [["a", "b"], ["1", "2"]]),
      ("a,b\n\"he said \"\"no\"\"\",\"two\nlines\"\n", [["a", "b"], ["he said \"no\"", "two\nlines"]]),
      ("a,b\n1\n\n,,\n2,3,\n", [["a", "b"], ["1", ""], ["2", "3"]]),
      ("a,b\n1 \"inch\",2\n", [["a", "b"], ["1 \"inch\"", "2"]]),
      ("a\r1\r2\r", [["a"], ["1"], ["2"]]),
      ("\"a;x\",b\n1,2\n", [["a;x", "b"], ["1", "2"]]),
    ] as [(String, [[String]])])
  func `CSV is read as it is written`(text: String, rows: [[String]]) throws {
    #expect(try cells(text) == rows)
  }

  @Test func `rows know their line, also behind a cell of several lines`() throws {
    let table = try Table(bytes: Array("a\n\"x\ny\"\nz\n".utf8), file: "t.csv")
    #expect(table.rows.map(\.line) == [2, 4])
  }

  @Test func `Windows-874 is read as Thai`() throws {
    // "หน่วย" and a euro sign, as a Thai Excel writes them.
    let table = try Table(
      bytes: [0xCB, 0xB9, 0xE8, 0xC7, 0xC2, 0x2C, 0x80, 0x0A, 0x31, 0x2C, 0x32], file: "t.csv")
    #expect(table.header == ["หน่วย", "€"])
  }

  @Test(
    arguments: [
      (
        [0x50, 0x4B, 0x03, 0x04],
        "this is an Excel workbook, not CSV; save it as 'CSV UTF-8 (comma delimited)'"
      ),
      ([0xFF, 0xFE, 0x61, 0x00], "t.csv:1:1: the file is UTF-16; save it as 'CSV UTF-8'"),
      ([0x61, 0x0A, 0x00], "t.csv:2:1: the file contains a NUL byte"),
      ([0x61, 0x2C, 0xFC, 0x0A], "the text is neither UTF-8 nor Windows-874"),
      ([], "the file is empty"), (Array("\n\n".utf8), "the file is empty"),
      (Array("a\n\"x".utf8), "t.csv:2:1: a quotation mark opens here and is never closed"),
      (Array("a,b\n1,2,3\n".utf8), "t.csv:2:3: the row has 3 cells, the header 2"),
    ] as [([UInt8], String)])
  func `what is no table is refused with its place and remedy`(bytes: [UInt8], text: String) {
    #expect(complaint(bytes).contains(text), "\(complaint(bytes))")
  }
}

import Foundation
import Testing

@testable import Portal

@Suite struct FileKindTests {
  private func kind(_ bytes: [UInt8]) throws -> FileKind? {
    let file = try Scratch()
    try file.append(bytes)
    return try FileKind(content: file)
  }

  /// A packed file with these entries, all empty.
  static func packed(_ names: [String]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
    var (entries, list): ([UInt8], [UInt8]) = ([], [])
    for name in names {
      let rest = number(0, 2 + 2 + 2 + 2 + 4 + 4 + 4) + number(name.utf8.count, 2) + number(0, 2)
      list += [0x50, 0x4B, 1, 2] + number(20, 2) + number(20, 2) + rest + number(0, 2 + 2 + 2 + 4)
      list += number(entries.count, 4) + Array(name.utf8)
      entries += [0x50, 0x4B, 3, 4] + number(20, 2) + rest + Array(name.utf8)
    }
    let end =
      [0x50, 0x4B, 5, 6] + number(0, 4) + number(names.count, 2) + number(names.count, 2)
      + number(list.count, 4)
      + number(entries.count, 4) + number(0, 2)
    return entries + list + end
  }

  @Test func `a kind is known by its name`() {
    let names = ["ก.PDF", "a.png", "a.jpg", "a.JPEG", "a.b.docx", "a.xlsx"]
    #expect(names.map { FileKind(name: $0) } == [.pdf, .png, .jpeg, .jpeg, .docx, .xlsx])
    for name in ["a", "pdf", "a.pdf.exe", "a.html", "a.svg", "a.xlsm", "a.", ""] {
      #expect(FileKind(name: name) == nil, "\(name)")
    }
  }

  @Test func `a kind is known by what is in it`() throws {
    #expect(try kind(Array("%PDF-1.7\n".utf8)) == .pdf)
    #expect(try kind(Array("\u{FEFF}\n%PDF-1.4".utf8)) == .pdf)
    #expect(try kind([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]) == .png)
    #expect(try kind([0xFF, 0xD8, 0xFF, 0xE0]) == .jpeg)
    #expect(try kind(FileKindTests.packed(["[Content_Types].xml", "word/document.xml"])) == .docx)
    #expect(try kind(FileKindTests.packed(["[Content_Types].xml", "xl/workbook.xml"])) == .xlsx)
  }

  @Test func `what is none of them is none`() throws {
    #expect(try kind([]) == nil)
    #expect(try kind(Array("<html>".utf8)) == nil)
    #expect(try kind(Array("MZ\u{90}".utf8)) == nil)
    #expect(try kind([0x50, 0x4B, 3, 4]) == nil)
    #expect(try kind(FileKindTests.packed(["a.txt"])) == nil)
    #expect(try kind(FileKindTests.packed(["word/document.xml"])) == nil)
    #expect(try kind(FileKindTests.packed(["[Content_Types].xml", "word/a", "xl/b"])) == nil)
    #expect(try kind(FileKindTests.packed(["[Content_Types].xml", "word/a", "word/vbaProject.bin"])) == nil)
    #expect(try kind(Array(String(repeating: " ", count: 2000).utf8) + Array("%PDF-1.4".utf8)) == nil)
  }

  @Test func `a file's name has no folders and nothing unseen`() {
    #expect(FileName("C:\\แผน\\ปี 2568.pdf").text == "ปี 2568.pdf")
    #expect(FileName("../../etc/passwd").text == "passwd")
    #expect(FileName("a\u{202E}fdp.exe\r\nX: y").text == "afdp.exeX: y")
    #expect(FileName(String(repeating: "ก", count: 400) + ".pdf").text.count == 150)
    #expect(FileName(String(repeating: "ก", count: 400) + ".pdf").text.hasSuffix(".pdf"))
    #expect(FileName("..").text == ".." && FileName("").text.isEmpty)
    #expect(FileName("ก\"b.pdf").disposition == "filename=\"__b.pdf\"; filename*=UTF-8''%E0%B8%81%22b.pdf")
  }

  @Test func `a personal number in a name is seen`() {
    for name in [
      "1101700230708.pdf", "สำเนา 1-1017-00230-70-8.pdf", "a1101700230708b.pdf", "๑๑๐๑๗๐๐๒๓๐๗๐๘.pdf",
      "บัตร_1 1017 00230 70 8_.png",
    ] { #expect(FileName(name).holdsNationalID, "\(name)") }
    for name in [
      "1101700230709.pdf", "แผน 2568.pdf", "20250418104200.pdf", "2568-04-18-10425.pdf", "11017002307081.pdf",
    ] { #expect(!FileName(name).holdsNationalID, "\(name)") }
  }
}

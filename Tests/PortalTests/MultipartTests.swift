import Foundation
import Testing

@testable import Portal

@Suite struct MultipartTests {
  private static let type = "multipart/form-data; boundary=b-7"

  /// The parts of a body that arrives in pieces of so many bytes, each as `name/file=content`.
  private func parts(_ body: String, by piece: Int = .max, type: String = type) throws -> [String] {
    var parser = try MultipartParser(contentType: type)
    var parts: [String] = []
    var bytes: [UInt8] = []
    var rest = Array(body.utf8)[...]
    while !rest.isEmpty {
      try parser.feed(rest.prefix(piece)) { event in
        switch event {
        case .part(let name, let file): (parts, bytes) = (parts + ["\(name)/\(file ?? "-")="], [])
        case .bytes(let more): bytes += more
        case .end: parts[parts.count - 1] += String(decoding: bytes, as: UTF8.self)
        }
      }
      rest = rest.dropFirst(piece)
    }
    try parser.finish()
    return parts
  }

  private func part(_ head: String, _ content: String) -> String {
    "--b-7\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(content)\r\n"
  }

  @Test func `reads fields and a file, however they arrive`() throws {
    let body =
      part("name=\"token\"", "abc") + part("name=\"empty\"", "")
      + part(
        "name=\"upload\"; filename=\"แผน%22.pdf\"\r\nContent-Type: application/pdf",
        "%PDF\r\n--b-6\r\n\r\n--b-")
      + "--b-7--\r\n"
    let expected = ["token/-=abc", "empty/-=", "upload/แผน\".pdf=%PDF\r\n--b-6\r\n\r\n--b-"]
    for piece in [1, 2, 3, 7, 64, .max] { #expect(try parts(body, by: piece) == expected, "\(piece)") }
  }

  @Test func `a boundary in quotation marks is the same`() throws {
    let body = part("name=\"a\"", "1") + "--b-7--"
    #expect(try parts(body, type: "Multipart/Form-Data; charset=utf-8; boundary=\"b-7\"") == ["a/-=1"])
  }

  @Test(arguments: [
    "multipart/form-data", "text/plain; boundary=b", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=a b",
    "multipart/form-data; boundary=\(String(repeating: "x", count: 71))",
  ])
  func `no usable boundary is refused`(_ type: String) {
    #expect(throws: MultipartParser.Flaw.noBoundary) { try MultipartParser(contentType: type) }
  }

  @Test func `what no browser sends is refused`() {
    let end = "--b-7--"
    func flaw(_ body: String) -> MultipartParser.Flaw? {
      do {
        _ = try parts(body)
        return nil
      } catch { return error as? MultipartParser.Flaw }
    }
    #expect(flaw("preface\r\n" + part("name=\"a\"", "1") + end) == .stray)
    #expect(flaw(part("name=\"a\"", "1") + "--b-7xx") == .stray)
    #expect(flaw(part("name=\"a\"", "1")) == .unfinished)
    #expect(flaw(part("name=\"a\"", "1") + "--b-7") == .unfinished)
    #expect(flaw(part("name=\"\"", "1") + end) == .badHead)
    #expect(flaw(part("filename=\"a\"", "1") + end) == .badHead)
    #expect(flaw(part("name=\"a\"; name=\"b\"", "1") + end) == .badHead)
    #expect(flaw(part("name=\"a\"; filename*=\"b\"", "1") + end) == .badHead)
    #expect(flaw(part("name=a", "1") + end) == .badHead)
    #expect(flaw("--b-7\r\nContent-Type: text/plain\r\n\r\n1\r\n" + end) == .badHead)
    #expect(flaw(part("name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "1") + end) == .badHead)
    #expect(flaw(part("name=\"a\"\r\nX: \(String(repeating: "x", count: 5000))", "1") + end) == .longHead)
    let many = String(repeating: part("name=\"a\"", ""), count: MultipartParser.mostParts + 1)
    #expect(flaw(many + end) == .tooManyParts)
  }
}

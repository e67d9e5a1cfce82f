import Foundation
import Integrity
import Specimen
import Testing

@testable import Documents

/// What may be thrown at the readers: refused with a place, in bounded time and memory, never a trap.
@Suite struct HostileFileTests {
  private func refusal(_ bytes: [UInt8]) -> String {
    do {
      _ = try YamlTree(bytes: bytes, file: "r.yaml")
      return "accepted"
    } catch {
      return error.all.map(\.description).joined(separator: "\n")
    }
  }

  private func refusal(_ text: String) -> String { refusal(Array(text.utf8)) }

  @Test func `too large a file is refused unread`() {
    #expect(
      refusal([UInt8](repeating: 0x61, count: 256 * 1024 + 1)).contains("the file has more than 256 KiB"))
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "{[", "[{a: ["])
  func `nesting is bounded, however it is written`(opening: String) {
    let text = String(repeating: opening, count: 250_000 / opening.utf8.count)
    #expect(refusal(text).hasPrefix("r.yaml:"))
  }

  @Test func `twenty-one levels are one too many`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth - 1) + "x" + String(repeating: "]", count: depth - 1)
    }
    #expect(refusal(nested(20)) == "accepted")
    #expect(refusal(nested(21)).contains("nested deeper than 20 levels"))
  }

  @Test(arguments: [
    ("a: &x 1\n", "a YAML anchor (&name) is not allowed"),
    ("a: *x\n", "a YAML alias (*name) is not allowed"),
    ("a: &x [1]\nb: *x\n", "the file uses a YAML anchor and an alias"),
    ("a: &x [1]\n? *x\n: 2\n", "the file uses a YAML anchor and an alias"),
    ("<<: { a: 1 }\n", "a YAML merge key (<<) is not allowed"),
    ("a: !!int 1\n", "a YAML tag (tag:yaml.org,2002:int) is not allowed"),
    ("a: !secret x\n", "a YAML tag (!secret) is not allowed"),
    ("a: !!str \"x\"\n", "a YAML tag (tag:yaml.org,2002:str) is not allowed"),
    ("a: 1\n---\nb: 2\n", "a second document begins here"),
    ("a: 1\na: 2\n", "'a' is written twice in the same place"),
    ("? [x]\n: 1\n", "a key must be a plain word"),
    ("a: [1\n", "this is not YAML"), ("a: \"x\n", "this is not YAML"), ("\ta: 1\n", "this is not YAML"),
    ("", "the file is empty"), ("a: \u{0}", "the file contains a NUL byte"),
  ])
  func `what YAML can hide is refused with its place`(text: String, complaint: String) {
    #expect(refusal(text).contains(complaint), "\(refusal(text))")
  }

  @Test func `UTF-16 and broken UTF-8 are refused with the remedy`() {
    #expect(refusal([0xFF, 0xFE, 0x61, 0x00]).contains("UTF-16; save it as UTF-8"))
    #expect(refusal([0x61, 0x3A, 0x20, 0xFF]).contains("not UTF-8"))
  }

  @Test func `the billion laughs are refused before anything is expanded`() {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...40 {
      let before = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(before)]\n"
    }
    #expect(refusal(text).contains("the file uses a YAML anchor and an alias"))
  }

  @Test func `ordinary wordings with & and * pass`() {
    #expect(refusal("a: Q&A, R&D and 5*3\nb: \"* หมายเหตุ & อื่น ๆ\"\n") == "accepted")
    #expect(refusal("a: \"AT&T\"\nb: \"&c *d\"\n").contains("put a space behind & and *"))
  }

  @Test func `the fuzzer's seeds never trap a reader`() throws {
    let folder = "\(Files.root)/Fuzz/Seeds"
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    for path in paths where path.contains(".") {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
      _ = try? RubricFile(name: "r.yaml") { _ in bytes }.caseComplaints
      _ = try? Table(bytes: bytes, file: "t.csv")
    }
    #expect(paths.count > 4)
  }

  @Test func `random and mutated bytes never trap a reader`() throws {
    var random = SeededGenerator(seed: 99)
    let seeds = [
      RubricFaultTests.sound, "office,item,option\n1,O1,pass\n", "a,\"b\"\"c\nd\";e\r\n",
      "[{a: [\"x\", 'y', |\n z]}]",
    ].map { Array($0.utf8) }
    for round in 0..<1_500 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...12, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert(Array("[]{}:,-\"'&*!|>#\n\t?%@".utf8).randomElement(using: &random) ?? 0, at: place)
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
        }
      }
      _ = try? RubricFile(name: "r.yaml") { _ in bytes }.caseComplaints
      _ = try? Table(bytes: bytes, file: "t.csv")
    }
  }
}

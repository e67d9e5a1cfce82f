import Foundation
import Testing

/// Every fenced block of the docs is run, in the page's order, in an empty folder:
/// `yaml file=NAME` must check; `yaml in=NAME` is an edition of that file and must check; `yaml wrong=NAME` and
/// `csv file=NAME` are only written; of `console` the lines behind `$` are run, and the rest is what they print, where a
/// line `…` stands for any number of lines.
@Suite struct DocumentationTests {
  struct Block {
    let line: Int
    let kind: String
    let options: [String: String]
    let text: String
  }

  @Test(arguments: [
    "README.md", "docs/rubrics.md", "docs/inputs.md", "docs/scorecard.md", "docs/reports.md",
    "docs/operations.md",
  ])
  func `every example of the page does what it says`(page: String) throws {
    let blocks = try blocks(of: page)
    try Program.inEmptyFolder { folder in
      for (number, block) in blocks.enumerated() {
        let place = "\(page):\(block.line)"
        switch block.kind {
        case "yaml":
          if let name = block.options["wrong"] {
            try Program.write(block.text, to: name, in: folder)
          } else if let name = block.options["file"] {
            try Program.write(block.text, to: name, in: folder)
            try check(name, folder, place)
          } else if let base = block.options["in"] {
            let name = "fragment-\(number).yaml"
            try Program.write("extends: \(base)\n\(block.text)", to: name, in: folder)
            try check(name, folder, place)
          }
        case "csv":
          if let name = block.options["file"] { try Program.write(block.text, to: name, in: folder) }
        case "console": try runConsole(block, folder, page)
        default: break
        }
      }
    }
  }

  @Test func `the pages hold examples to run`() throws {
    #expect(try blocks(of: "docs/rubrics.md").count { $0.kind == "yaml" } > 20)
    #expect(try blocks(of: "docs/inputs.md").contains { $0.kind == "console" })
  }

  @Test func `links between the pages lead somewhere`() throws {
    for page in try pages() {
      let text = try String(contentsOfFile: "\(Program.root)/\(page)", encoding: .utf8)
      for match in text.matches(of: /\]\(([^)#:\s]+)(#[^)]*)?\)/) {
        let target = URL(fileURLWithPath: "\(Program.root)/\(page)").deletingLastPathComponent()
          .appendingPathComponent(String(match.output.1)).path
        #expect(FileManager.default.fileExists(atPath: target), "\(page): \(match.output.1)")
      }
    }
  }

  private func pages() throws -> [String] {
    let docs = try FileManager.default.subpathsOfDirectory(atPath: "\(Program.root)/docs").filter {
      $0.hasSuffix(".md")
    }
    return docs.map { "docs/\($0)" } + [
      "README.md", "CONTRIBUTING.md", "SECURITY.md", "Rubrics/README.md", "Reports/README.md",
    ]
  }

  private func check(_ name: String, _ folder: String, _ place: String) throws {
    let result = try Program.run(["rubric", "check", name], in: folder)
    #expect(result.status == 0, "\(place)\n\(result.output)")
  }

  private func runConsole(_ block: Block, _ folder: String, _ page: String) throws {
    var commands: [(line: Int, command: String, expected: [String])] = []
    for (offset, line) in block.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("$ ") {
        commands.append((block.line + offset + 1, String(line.dropFirst(2)), []))
      } else if !commands.isEmpty {
        commands[commands.count - 1].expected.append(String(line))
      }
    }
    for (line, command, expected) in commands {
      guard let arguments = arguments(of: command) else { continue }
      let result = try Program.run(arguments, in: folder)
      // A CSV begins with a byte-order mark and ends its lines as RFC 4180 says; the page shows neither.
      let plain = result.output.replacing("\r\n", with: "\n").replacing("\u{FEFF}", with: "")
      let printed = plain.split(separator: "\n", omittingEmptySubsequences: false).map(trimmed)
      #expect(
        matches(trimmedEnd(printed), trimmedEnd(expected.map { trimmed($0[...]) })),
        "\(page):\(line): \(command)\n--- printed\n\(result.output)")
    }
  }

  private func trimmed(_ line: some StringProtocol) -> String {
    var text = String(line)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private func trimmedEnd(_ lines: [String]) -> [String] {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private func matches(_ printed: [String], _ expected: [String]) -> Bool {
    guard let first = expected.first else { return printed.isEmpty }
    if first == "…" {
      return (0...printed.count).contains {
        matches(Array(printed.dropFirst($0)), Array(expected.dropFirst()))
      }
    }
    guard printed.first == first else { return false }
    return matches(Array(printed.dropFirst()), Array(expected.dropFirst()))
  }

  /// Of a line `ita …`, cut as a shell cuts plain words and quotes; nil for another program.
  private func arguments(of command: String) -> [String]? {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isBegun = false
    for character in command {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isBegun = true
      } else if character == " " {
        if isBegun || !word.isEmpty { words.append(word) }
        (word, isBegun) = ("", false)
      } else {
        word.append(character)
      }
    }
    if isBegun || !word.isEmpty { words.append(word) }
    return words.first == "ita" ? Array(words.dropFirst()) : nil
  }

  private func blocks(of page: String) throws -> [Block] {
    let lines = try String(contentsOfFile: "\(Program.root)/\(page)", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var blocks: [Block] = []
    var open: (line: Int, head: String, text: [String])?
    for (index, line) in lines.enumerated() {
      if let begun = open {
        if line == "```" {
          let words = begun.head.split(separator: " ").map(String.init)
          let options = words.dropFirst().compactMap { word -> (String, String)? in
            let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
            return pair.count == 2 ? (pair[0], pair[1]) : nil
          }
          blocks.append(
            Block(
              line: begun.line, kind: words.first ?? "", options: Dictionary(options) { a, _ in a },
              text: begun.text.joined(separator: "\n") + "\n"))
          open = nil
        } else {
          open?.text.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (index + 1, String(line.dropFirst(3)), [])
      }
    }
    return blocks
  }
}

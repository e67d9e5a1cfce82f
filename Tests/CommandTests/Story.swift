import Foundation
import Testing

/// Commands and what they say, written as somebody at the console would see them:
///
///     = 2026-01-06            from now on it is this day
///     officer$ draft import evidence.csv
///     3 drafts saved
///     officer! submit 4001
///     cannot sign and submit: only the director concerned may
///
/// `$` ends with exit code 0, `!` with 1; before it stands who acts, or nobody. Below a command stands all that it
/// prints, where `…` stands for any text, and alone on a line for any number of lines. A command with nothing below it may
/// print anything.
struct Story {
  let folder: String

  private struct Step {
    var moment: String
    var person: String
    var arguments: [String]
    var status: Int32
    var line: Int
    var expected: [String] = []
  }

  /// Tells it, step by step, and stops at the first that goes otherwise: what follows would make no sense.
  func tell(_ text: String, line first: Int = #line, file: String = #fileID) throws {
    for step in Story.steps(text, from: first + 1) {
      var arguments = step.arguments + ["--now", step.moment]
      if !step.person.isEmpty { arguments += ["--as", step.person] }
      let result = try Program.run(arguments, in: folder, environment: ["ITA_REHEARSAL": "1"])
      let printed = Story.lines(of: result.output)
      let isAsExpected =
        result.status == step.status && (step.expected.isEmpty || Story.matches(printed, step.expected[...]))
      let place = SourceLocation(fileID: file, filePath: file, line: step.line, column: 1)
      try #require(
        isAsExpected, "\(arguments.joined(separator: " "))\n[\(result.status)]\n\(result.output)",
        sourceLocation: place)
    }
  }

  private static func steps(_ text: String, from first: Int) -> [Step] {
    var steps: [Step] = []
    var moment = "2025-11-01"
    for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("= ") {
        moment = String(line.dropFirst(2))
      } else if let match = line.wholeMatch(of: /([a-z0-9]*)([$!]) (.+)/) {
        steps.append(
          Step(
            moment: moment, person: String(match.output.1), arguments: words(of: match.output.3),
            status: match.output.2 == "$" ? 0 : 1, line: first + offset))
      } else if !line.isEmpty, !steps.isEmpty {
        steps[steps.count - 1].expected.append(String(line))
      }
    }
    return steps
  }

  /// Cut at blanks outside quotation marks.
  private static func words(of command: Substring) -> [String] {
    var words = [""]
    var isQuoted = false
    for character in command {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  private static func lines(of output: String) -> [String] {
    output.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
  }

  private static func matches(_ printed: [String], _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return printed.isEmpty }
    if first == "…" {
      return (0...printed.count).contains { matches(Array(printed.dropFirst($0)), expected.dropFirst()) }
    }
    guard let line = printed.first, isLike(line, first) else { return false }
    return matches(Array(printed.dropFirst()), expected.dropFirst())
  }

  private static func isLike(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
    guard let head = parts.first, let tail = parts.last, parts.count > 1 else { return line == pattern }
    guard line.hasPrefix(head), line.count >= head.count + tail.count else { return false }
    var rest = line.dropFirst(head.count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(tail)
  }
}

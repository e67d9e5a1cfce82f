import Foundation

/// Timings and long counts, apart from the tests: `pairs` for the exact oracle, `nation` for speed.
@main
struct Bench {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let command = arguments.isEmpty ? "" : arguments.removeFirst()
    switch command {
    case "pairs":
      Pairs(count: option("--count", arguments) ?? 10_000, seed: option("--seed", arguments) ?? 1).write()
    case "nation":
      try Nation(
        offices: option("--offices", arguments) ?? 8_317,
        folder: text("--folder", arguments) ?? ".build-nation",
        python: text("--python", arguments)
      ).run()
    default:
      FileHandle.standardError.write(
        Data(
          "usage: ita-bench pairs [--count N] [--seed N] | nation [--offices N] [--folder DIR] [--python PATH]\n"
            .utf8))
      exit(64)
    }
  }

  private static func text(_ name: String, _ arguments: [String]) -> String? {
    arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
  }

  private static func option(_ name: String, _ arguments: [String]) -> Int? {
    text(name, arguments).flatMap { Int($0) }
  }
}

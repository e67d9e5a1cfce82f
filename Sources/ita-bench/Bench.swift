import Foundation
import Glibc

/// Timings and long counts, apart from the tests: `pairs` for the exact oracle, `nation`, `registry` and `results` for
/// speed, `answers` for keeping them, `marking`, `asking` and `bare` for what is asked over the network (`Bench`), `faults` for killing writers and filling
/// disks.
@main
struct Bench {
  static func main() async throws {
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
    case "registry":
      try RegistryBench(folder: text("--folder", arguments) ?? ".build-registry").run()
    case "results":
      try await ResultsBench(
        folder: text("--folder", arguments) ?? ".build-results",
        offices: option("--offices", arguments) ?? 8_317, port: option("--port", arguments) ?? 8_979
      ).run()
    case "marking":
      let scene = MarkingScene(
        folder: text("--folder", arguments) ?? ".build-marking",
        offices: option("--offices", arguments) ?? 245, assessors: option("--assessors", arguments) ?? 50)
      print(try scene.make())
    case "asking":
      let scene = AskingScene(
        folder: text("--folder", arguments) ?? ".build-asking",
        people: option("--people", arguments) ?? 30_000)
      print(try scene.make())
    case "bare":
      try await BareSite(port: option("--port", arguments) ?? 18_081).run()
    case "faults":
      do {
        let faults = try Faults(
          folder: text("--folder", arguments) ?? ".build-faults",
          seed: UInt64(option("--seed", arguments) ?? 1))
        try faults.kill(times: option("--kills", arguments) ?? 40)
        try faults.fill(times: option("--fills", arguments) ?? 40)
        try await faults.rush(times: option("--rushes", arguments) ?? 10)
      } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
      }
    case "answers":
      try await AnswersBench(
        folder: text("--folder", arguments) ?? ".build-answers", seconds: option("--seconds", arguments) ?? 60
      ).run()
    case "rush": try await Rush.run(in: text("--folder", arguments) ?? "")
    case "write":
      if let kilobytes = option("--limit", arguments) { limitFiles(kilobytes) }
      let work = Writer.Work(rawValue: text("--work", arguments) ?? "") ?? .findings
      let writer = Writer(
        folder: text("--folder", arguments) ?? "", work: work, first: option("--first", arguments) ?? 1)
      exit(try writer.run(most: option("--most", arguments) ?? 1_000_000))
    default:
      FileHandle.standardError.write(
        Data(
          """
          usage: ita-bench pairs [--count N] [--seed N] | nation [--offices N] [--folder DIR] [--python PATH]
            | registry [--folder DIR] | results [--offices N] [--folder DIR] [--port N]
            | marking [--offices N] [--assessors N] [--folder DIR] | asking [--people N] [--folder DIR] | bare [--port N]
            | answers [--seconds N] [--folder DIR]
            | faults [--kills N] [--fills N] [--rushes N] [--seed N] [--folder DIR]

          """.utf8))
      exit(64)
    }
  }

  /// No file of this process grows beyond so much; the signal that would end it becomes an error.
  private static func limitFiles(_ kilobytes: Int) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: rlim_t(kilobytes) << 10, rlim_max: rlim_t(kilobytes) << 10)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  }

  private static func text(_ name: String, _ arguments: [String]) -> String? {
    arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
  }

  private static func option(_ name: String, _ arguments: [String]) -> Int? {
    text(name, arguments).flatMap { Int($0) }
  }
}

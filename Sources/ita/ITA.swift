import ArgumentParser

@main
struct ITA: ParsableCommand {
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error where exitCode(for: error) == .failure && !(error is ExitCode) {
      Console.warn("fault of the program: \(error)")
      exit(withError: ExitCode(70))
    } catch {
      exit(withError: error)
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "ita",
    abstract: "Integrity and Transparency Assessment: rubrics, scores and reports.",
    discussion: """
      Exit codes: 0 fine, 1 problems found in the files, 64 wrong usage, 70 a fault of the program.
      """,
    subcommands: [RubricCommand.self, ScoreCommand.self, ReportCommand.self, DemoCommand.self]
  )
}

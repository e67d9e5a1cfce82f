import ArgumentParser

@main
struct ITA: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ita",
    abstract: "Integrity and Transparency Assessment: rubrics, scores and reports.",
    discussion: """
      Exit codes: 0 fine, 1 problems found in the files, 64 wrong usage, 70 a fault of the program.
      """,
    subcommands: [RubricCommand.self, ScoreCommand.self, ReportCommand.self, DemoCommand.self]
  )
}

import ArgumentParser

@main
struct ITA: AsyncParsableCommand {
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch let error where exitCode(for: error) == .failure && !(error is ExitCode) {
      Console.warn("fault of the program: \(error)")
      exit(withError: ExitCode(70))
    } catch {
      exit(withError: error)
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "ita",
    abstract: "Integrity and Transparency Assessment: rubrics, a year's registry, scores and reports.",
    discussion: """
      Rubrics and scores need files only. Everything else works on a registry, the folder --data, where every act names \
      its person with --as and is marked on the trail as done here.

      Exit codes: 0 fine, 1 problems found or an act refused, 64 wrong usage, 70 a fault of the program.
      """,
    groupedSubcommands: [
      CommandGroup(
        name: "From files",
        subcommands: [RubricCommand.self, ScoreCommand.self, ReportCommand.self, DemoCommand.self]),
      CommandGroup(
        name: "Setting up",
        subcommands: [
          InitCommand.self, CycleCommand.self, OfficeCommand.self, GroupCommand.self, PersonCommand.self,
          GrantCommand.self, RevokeCommand.self, ConflictCommand.self, LettersCommand.self,
          StakeholdersCommand.self, SlipsCommand.self, GivenCommand.self,
        ]),
      CommandGroup(
        name: "The office",
        subcommands: [
          DraftCommand.self, PassCommand.self, SubmitCommand.self, ReturnCommand.self, RecallCommand.self,
          AcknowledgeCommand.self,
        ]),
      CommandGroup(
        name: "Judging and deciding",
        subcommands: [
          AssignCommand.self, UnassignCommand.self, JudgeCommand.self, ClarifyCommand.self,
          AnswersCommand.self,
          CorrectCommand.self, AmendCommand.self,
        ]),
      CommandGroup(
        name: "Results",
        subcommands: [ScorecardCommand.self, ResultsCommand.self, LateCommand.self, TrailCommand.self]),
      CommandGroup(
        name: "Upkeep",
        subcommands: [
          ServeCommand.self,
          VerifyCommand.self, BackupCommand.self, RestoreCommand.self, RetainCommand.self,
          RecoverAdminCommand.self,
        ]),
    ]
  )
}

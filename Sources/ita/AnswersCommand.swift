import ArgumentParser
import Documents
import Integrity
import Storage

struct AnswersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answers", abstract: "Bring in filled questionnaires.", subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take filled questionnaires in, one row a respondent.",
      discussion: """
        Example: ita answers import IIT=iit.csv EIT=eit.csv --as admin

        The columns are those of docs/inputs.md. Kept are the answers alone: no time, no address, and no order in which \
        they came. For that reason nobody can tell a row from another, and a file brought in twice counts twice.

        Every bad row of every file is listed and then nothing comes in. Refused before the questionnaire opens, and \
        once the results are sealed.
        """)

    @Argument(
      help: ArgumentHelp(
        "A file of an instrument, or of a part of one: IIT=FILE, EIT.PART=FILE.", valueName: "instrument=file"
      ))
    var files: [String]

    @Option(
      help: "Column titles of answers and their questions: header,item.",
      completion: .file(extensions: ["csv"]))
    var map: String?

    @Option(help: "Whose rows they are where a file has no column 'office'.") var office: Code<Office>?
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let responses = try files.map { text in
        guard let responses = try Intake.Inputs.Responses(argument: text) else {
          throw ValidationError("'\(text)' is not written INSTRUMENT=FILE, such as IIT=answers.csv.")
        }
        return responses
      }
      let mapping = try map.map { try Intake.File(path: $0) }
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let rubric = try registry.rubric(of: code)
        let offices = Set(try registry.participants(of: code).map(\.code))
        var complaints: [Complaint] = []
        var rows: [Code<Office>: [Collected: [[UInt8]]]] = [:]
        for responses in responses {
          do {
            let read = try AnswersFile(
              responses, rubric: rubric, mapping: mapping, offices: offices, office: office)
            for note in read.notes { Console.warn("note: \(note)") }
            for (office, collected) in read.rows { rows[office, default: [:]].merge(collected) { $0 + $1 } }
          } catch let error as Complaints {
            complaints += error.all
          }
        }
        guard complaints.isEmpty else { throw Complaints(complaints) }
        // What offices see today is how it stood before.
        try registry.refreshProgress(at: now)
        let brought = try registry.bringAnswers(rows, in: code, by: signer, at: now)
        Console.say(
          "\(Console.count(brought, "filled questionnaire")) of \(Console.count(rows.count, "office"))")
      }
    }
  }
}

import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports

/// The files a score is made of, as every command that scores takes them.
struct InputFiles: ParsableArguments {
  @Option(help: ArgumentHelp("The rubric: a file, or the name of a shipped one.", valueName: "file|name"))
  var rubric: String

  @Option(
    help: "Findings: office,item,option,elements,reason. May be repeated.",
    completion: .file(extensions: ["csv"]))
  var marks: [String] = []

  @Option(
    help: ArgumentHelp(
      "Filled questionnaires, one row a respondent: iit=FILE, or eit.PART=FILE. May be repeated.",
      valueName: "instrument=file"))
  var responses: [String] = []

  @Option(
    help: "Figures assessed elsewhere: office,node,figure,source. May be repeated.",
    completion: .file(extensions: ["csv"]))
  var given: [String] = []

  @Option(
    help: "Offices: office,name_th,name_en,kind,parent,provinces,…", completion: .file(extensions: ["csv"]))
  var offices: String?

  @Option(
    help: "Column titles of answers and their questions: header,item.", completion: .file(extensions: ["csv"])
  )
  var map: String?

  @Option(
    help: "Whose rows they are where a file has no column 'office'; score and report office show this one.")
  var office: String?

  @Option(help: "The round being scored, where the rubric has rounds.")
  var round: String?

  @Option(help: "The fiscal year, Buddhist era; the rubric's if not given.")
  var cycle: Int?

  @OptionGroup var size: SizeLimit

  struct Loaded {
    let rubric: Rubric
    let intake: Intake
    let year: FiscalYear

    var scorecards: [Scorecard] { intake.assessments.map(rubric.scorecard) }
  }

  func load() throws -> Loaded {
    let rubric = try size.read(rubric).rubric
    var inputs = Intake.Inputs()
    inputs.offices = try offices.map(file)
    inputs.marks = try marks.map(file)
    inputs.given = try given.map(file)
    inputs.mapping = try map.map(file)
    inputs.responses = try responses.map(responses)
    inputs.office = office.map { Code($0) }
    inputs.round = round.map { Code($0) }
    if let cycle {
      guard (2400...2800).contains(cycle) else {
        throw ValidationError("--cycle is a fiscal year of the Buddhist era, such as 2569.")
      }
      inputs.year = FiscalYear(cycle)
    }
    do {
      let intake = try Intake(inputs, rubric: rubric)
      for note in intake.notes { Console.warn("note: \(note)") }
      guard !intake.assessments.isEmpty else {
        throw ValidationError("There is no office to score: give --marks, --responses or --given.")
      }
      return Loaded(rubric: rubric, intake: intake, year: inputs.year ?? rubric.year)
    } catch let complaints as Complaints {
      Console.problems(complaints.all)
      throw ExitCode(1)
    }
  }

  /// Published totals of another year, by office.
  func totals(in path: String, by rubric: Rubric) throws -> [Code<Office>: Figure] {
    let file = try file(path)
    do {
      let given = try Intake.figures(file, rubric: rubric)
      return given.compactMapValues { $0[Node.total].map { Figure($0.figure, rubric.policy.rounding) } }
    } catch {
      Console.problems(error.all)
      throw ExitCode(1)
    }
  }

  /// Said, with exit code 1.
  static func noOffice(_ code: String) -> ExitCode {
    Console.warn("--office: there is no office '\(code)' in the files; check the code")
    return ExitCode(1)
  }

  private func file(_ path: String) throws -> Intake.File { try Intake.File(path: path) }

  private func responses(_ text: String) throws -> Intake.Inputs.Responses {
    guard let responses = try Intake.Inputs.Responses(argument: text) else {
      throw ValidationError("--responses is written instrument=FILE, such as iit=answers.csv, not '\(text)'.")
    }
    return responses
  }
}

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score offices from findings, answers and given figures.",
    discussion: """
      Prints a readable table: one office with its working, or several by rank. With --format json or csv every figure \
      with its working, as docs/scorecard.md describes. Option counts are in the JSON only: it is not for publication.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @OptionGroup var inputs: InputFiles
  @Option(help: "text, json or csv.") var format: Format = .text
  @Option(help: "th or en.") var language: Language = .thai

  func run() throws {
    let loaded = try inputs.load()
    var scorecards = loaded.scorecards
    if let office = inputs.office {
      scorecards = scorecards.filter { $0.office.code.text == office }
      if scorecards.isEmpty { throw InputFiles.noOffice(office) }
    }
    switch format {
    case .json: Console.say(ScorecardJSON.text(of: scorecards, cycle: loaded.year))
    case .csv:
      Console.say(ScorecardCSV.text(of: scorecards, smallestCount: loaded.rubric.policy.smallestCount))
    case .text:
      let text = ScorecardText(rubric: loaded.rubric, year: loaded.year, language: language)
      if scorecards.count == 1 {
        Console.say(text.one(scorecards[0]))
      } else {
        Console.say(text.ranking(Comparison(scorecards, by: loaded.rubric)))
      }
    }
  }
}

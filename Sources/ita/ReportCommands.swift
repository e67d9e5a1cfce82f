import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Render reports from the same files a score is made of.",
    subcommands: [OfficeCommand.self, CommitteeCommand.self])

  /// Where a report goes and how it is made.
  struct Output: ParsableArguments {
    @Option(help: "th or en.") var language: Language = .thai

    @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
    var output: String

    @Option(
      help: "A folder of templates of your own; what is not in it is taken from the shipped ones.",
      completion: .directory)
    var templates: String?

    var library: Library { get throws { try .templates(own: templates) } }

    /// Writes the whole file or none of it.
    func write(_ bytes: some Sequence<UInt8>) throws {
      do {
        try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
      } catch {
        Console.warn(
          "\(output): the file cannot be written; check that the folder exists and may be written to")
        throw ExitCode(1)
      }
      Console.say(output)
    }

    /// Runs what reads templates, and says what is wrong with them.
    func reporting<Value>(_ body: () throws -> Value) throws -> Value {
      do {
        return try body()
      } catch let complaints as Complaints {
        Console.problems(complaints.all)
        throw ExitCode(1)
      }
    }
  }

  struct OfficeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "office", abstract: "The scorecard of one office, as a page.",
      discussion: """
        Give the files of every office of the cycle, and the page compares the office with the mean of its kind. \
        --previous adds the change since last year, where the two rubrics may be compared.
        """)

    @OptionGroup var inputs: InputFiles
    @OptionGroup var output: Output

    @Option(help: "html.") var format: PageFormat = .html

    @Option(
      help: "Last year's published totals: office,node,figure,source.", completion: .file(extensions: ["csv"])
    )
    var previous: String?

    @Option(help: "Last year's rubric; the same as this year's if not given.")
    var previousRubric: String?

    func run() throws {
      let loaded = try inputs.load()
      let scorecards = loaded.scorecards
      let card: Scorecard
      if let code = inputs.office {
        guard let found = scorecards.first(where: { $0.office.code.text == code }) else {
          throw InputFiles.noOffice(code)
        }
        card = found
      } else {
        guard scorecards.count == 1 else {
          throw ValidationError("The files hold \(scorecards.count) offices: say which with --office.")
        }
        card = scorecards[0]
      }
      let report = OfficeReport(
        rubric: loaded.rubric, scorecard: card, comparison: Comparison(scorecards, by: loaded.rubric),
        previous: try lastYear(of: card, loaded), year: loaded.year)
      let page = try output.reporting {
        let pages = try Pages(try output.library)
        return try pages.render("reports/office", report.data(pages.words(output.language)))
      }
      try output.write(page.utf8)
    }

    private func lastYear(of card: Scorecard, _ loaded: InputFiles.Loaded) throws -> OfficeReport.Previous? {
      guard let previous else { return nil }
      let before = try previousRubric.map { try inputs.size.read($0).rubric } ?? loaded.rubric
      guard RubricDiff.comparable(from: before, to: loaded.rubric).contains(Node.total) else {
        Console.warn(
          "note: the totals of \(before.code) and \(loaded.rubric.code) may not be compared; no change is shown"
        )
        return nil
      }
      guard let figure = try inputs.totals(in: previous, by: before)[card.office.code] else { return nil }
      let year = before.year < loaded.year ? before.year : FiscalYear(loaded.year.buddhist - 1)
      return OfficeReport.Previous(total: figure, year: year)
    }
  }

  enum PageFormat: String, ExpressibleByArgument, CaseIterable { case html }
  enum WorkbookFormat: String, ExpressibleByArgument, CaseIterable { case xlsx, txt }

  struct CommitteeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "committee", abstract: "All offices for the committee, as a workbook.")

    @OptionGroup var inputs: InputFiles
    @OptionGroup var output: Output

    @Option(help: "xlsx, or txt for its cells as text.") var format: WorkbookFormat = .xlsx

    func run() throws {
      let loaded = try inputs.load()
      let comparison = Comparison(loaded.scorecards, by: loaded.rubric)
      let bytes = try output.reporting {
        let words = try Pages(try output.library).words(output.language)
        let report = CommitteeReport(rubric: loaded.rubric, comparison: comparison, year: loaded.year)
        let template = try WorkbookTemplate(named: "committee", in: try output.library)
        let workbook = try template.workbook(of: report.data(words))
        return format == .xlsx ? try XlsxFile.bytes(of: workbook) : Array(workbook.grid.utf8)
      }
      try output.write(bytes)
    }
  }
}

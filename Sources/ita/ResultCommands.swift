import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
import Storage

struct ScorecardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard", abstract: "Show an office's scorecard from the registry, with its working.",
    discussion: """
      Example: ita scorecard 4001 --html 4001.html --language th

      It names nobody once the results are published. Before that the committee and the lead assessor may read it from \
      judging on, and nobody else. Option counts are in the JSON only: it is not for publication.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @Flag(help: "Every figure with its working, for a program.") var json = false
  @Option(help: "Write the office's report to this file.", completion: .file(extensions: ["html"])) var html:
    String?

  @Option(
    help: "A folder of templates of your own; what is not in it is taken from the shipped ones.",
    completion: .directory)
  var templates: String?

  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.looking { registry, now in
      let code = try choice.code(in: registry)
      let (cycle, rubric) = (try registry.cycle(code), try registry.rubric(of: code))
      let visitor = self.registry.visitor
      let card = try registry.scorecard(of: office, in: code, by: visitor, at: now)
      if let html {
        let all = try registry.results(of: code, by: visitor, at: now)
        let report = OfficeReport(
          rubric: rubric, scorecard: card, comparison: Comparison(all, by: rubric),
          previous: try registry.previous(of: office, before: cycle.year, rubric), year: cycle.year)
        let pages = try Pages(try Library.templates(own: templates))
        let page = try pages.render("reports/office", report.data(pages.words(self.registry.language)))
        try Console.write(page.utf8, to: html, quietly: json)
      }
      if json {
        Console.say(
          ScorecardJSON.text(
            of: [card], cycle: cycle.year, detail: .published(smallestCount: rubric.policy.smallestCount)))
      } else if html == nil {
        let language = self.registry.language
        Console.say(ScorecardText(rubric: rubric, year: cycle.year, language: language).one(card))
        for line in amendments(try registry.sealed(of: office, in: code, by: visitor, at: now), in: language)
        { Console.say(line) }
      }
    }
  }

  /// The sealed total and each amended one side by side; nothing where there was none.
  private func amendments(_ sealed: [Registry.Sealed], in language: Language) -> [String] {
    guard sealed.count > 1 else { return [] }
    return [""]
      + sealed.map { result in
        let total = result.total?.description ?? "–"
        let at = result.at.written(in: language)
        if result.version == 1 {
          return Words(thai: "รับรองผล \(total) เมื่อ \(at)", english: "Sealed: \(total), \(at)").in(language)
        }
        return Words(
          thai: "แก้ไขเป็น \(total) เมื่อ \(at): \(result.reason)",
          english: "Amended: \(total), \(at): \(result.reason)"
        ).in(language)
      }
  }
}

struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Show all offices of a cycle by rank, and write them for the committee.",
    discussion: """
      Example: ita results --xlsx results.xlsx --language th --as somsri

      It names nobody once the results are published. Before that the committee and the lead assessor may read them from \
      judging on, and nobody else. Option counts are in the JSON only: it is not for publication.
      """)

  @Flag(help: "Every figure with its working, for a program.") var json = false
  @Flag(help: "Every figure with its working, as a table.") var csv = false
  @Option(help: "Write the committee's workbook to this file.", completion: .file(extensions: ["xlsx"]))
  var xlsx: String?

  @Option(
    help: "A folder of templates of your own; what is not in it is taken from the shipped ones.",
    completion: .directory)
  var templates: String?

  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func validate() throws {
    if json && csv { throw ValidationError("Ask for --json or --csv.") }
  }

  func run() throws {
    try registry.looking { registry, now in
      let code = try choice.code(in: registry)
      let (cycle, rubric) = (try registry.cycle(code), try registry.rubric(of: code))
      let cards = try registry.results(of: code, by: self.registry.visitor, at: now)
      let comparison = Comparison(cards, by: rubric)
      let language = self.registry.language
      if let xlsx {
        let library = try Library.templates(own: templates)
        let words = try Pages(library).words(language)
        let report = CommitteeReport(rubric: rubric, comparison: comparison, year: cycle.year)
        let workbook = try WorkbookTemplate(named: "committee", in: library).workbook(of: report.data(words))
        try Console.write(try XlsxFile.bytes(of: workbook), to: xlsx, quietly: json || csv)
      }
      if json {
        Console.say(
          ScorecardJSON.text(
            of: cards, cycle: cycle.year, detail: .counted(smallestCount: rubric.policy.smallestCount)))
      } else if csv {
        Console.say(ScorecardCSV.text(of: cards, smallestCount: rubric.policy.smallestCount))
      } else if xlsx == nil {
        Console.say(ScorecardText(rubric: rubric, year: cycle.year, language: language).ranking(comparison))
      }
    }
  }
}

extension Registry {
  /// The total published for the year before, where it may be compared: entered here, or sealed in a cycle whose rubric
  /// is comparable.
  func previous(
    of office: Code<Office>, before year: FiscalYear, _ rubric: Rubric
  ) throws -> OfficeReport.Previous? {
    let last = FiscalYear(year.buddhist - 1)
    for cycle in try cycles() where cycle.year == last {
      let comparable = RubricDiff.comparable(from: try self.rubric(of: cycle.code), to: rubric)
      guard comparable.contains(Node.total) else { return nil }
    }
    return try earlier(of: last)[office].map {
      OfficeReport.Previous(total: Figure($0, rubric.policy.rounding), year: last)
    }
  }
}

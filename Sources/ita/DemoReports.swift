import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
import Specimen
import Storage

/// What a demo leaves besides the registry: reports read from it, and the files its year could have been handed over in.
struct DemoReports {
  let folder: String
  let year: ExampleYear

  private var inputs: String { "\(folder)/inputs" }

  /// Before the year is played, so that nobody waits in vain.
  func prepareFolder() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: year.district == nil ? folder : inputs, withIntermediateDirectories: true)
    } catch {
      throw cannotWrite
    }
  }

  func write(_ registry: Registry) throws {
    Console.say("Reports from the registry:")
    let cycle = ExampleYear.cycle
    let (cards, rubric) = (
      try registry.results(of: cycle, by: nil, at: published), try registry.rubric(of: cycle)
    )
    let comparison = Comparison(cards, by: rubric)
    let library = try Library.templates()
    let pages = try Pages(library)
    let workbook = try WorkbookTemplate(named: "committee", in: library)
    for (language, suffix) in [(Language.thai, ""), (.english, ".en")] {
      let words = try pages.words(language)
      if let card = cards.first(where: { $0.office.code == year.main.office.code }) {
        let report = OfficeReport(
          rubric: rubric, scorecard: card, comparison: comparison,
          previous: try registry.previous(of: card.office.code, before: rubric.year, rubric),
          year: rubric.year)
        try say(
          Array(try pages.render("reports/office", report.data(words)).utf8), "\(folder)/office\(suffix).html"
        )
      }
      let report = CommitteeReport(rubric: rubric, comparison: comparison, year: rubric.year)
      try say(
        try XlsxFile.bytes(of: try workbook.workbook(of: report.data(words))),
        "\(folder)/committee\(suffix).xlsx")
    }
    guard let district = year.district else { return }
    Console.say(
      "The same year as the files that \(year.size == .office ? "an office" : "a district") would hand over:")
    for (name, text) in DemoFiles(year: year, district: district).all {
      try say(Array(text.utf8), "\(inputs)/\(name)")
    }
  }

  private var published: Moment { year.hours(from: 7, 30).moment() }

  private func say(_ bytes: [UInt8], _ path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw cannotWrite
    }
    Console.say("  \(path)")
  }

  private var cannotWrite: ExitCode {
    Console.warn("\(folder): the folder cannot be written to; choose another with -o")
    return ExitCode(1)
  }
}

public import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
public import Specimen
import Storage

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Play a whole year in a registry of its own, and render its reports.",
    discussion: """
      Example: ita demo --size country --data /tmp/country -o /tmp/country-reports

      Fills a registry with invented people, evidence and answers, and plays fiscal year 2567 through it, from setting up \
      to publishing. office is one area office with its schools, district fourteen invented offices, country the 245 area \
      offices of Thailand: their names are real, nothing else of them is. Of an office or a district it also writes the \
      files from which the same scores can be made without a registry.

      The folder of an earlier demo is replaced; one that holds anything else is left alone.
      """)

  @Option(help: "office, district or country.") var size: ExampleYear.Size = .district

  @Option(help: ArgumentHelp("The folder for the registry.", valueName: "dir"), completion: .directory)
  var data = "data/demo"

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder for reports and files.", valueName: "dir"),
    completion: .directory)
  var output = "Reports"

  /// There is no site yet to leave out; what is written for the day when there is one runs today.
  @Flag(help: .hidden) var noServe = false

  func run() throws {
    let file = try SizeLimit.read("ita-2567")
    let year = ExampleYear(size, rubric: file.rubric)
    let reports = DemoReports(folder: output, year: year)
    try reports.prepareFolder()
    let folder = DemoFolder(path: data)
    try RegistryOptions.parse(["--data", data]).guarded {
      try folder.clear()
      let registry = try folder.registry(at: year.hours(from: 11, 27).moment())
      Console.say(introduction)
      try DemoYear(year: year, registry: registry).play(by: file)
      try reports.write(registry)
      try registry.close()
    }
    Console.say("The registry is in \(data). Whether it is sound:")
    try ITA.run(["verify", "--data", data])
    let office = year.main.office.code
    Console.say(
      """
      To look further:
        ita results --data \(data)
        ita scorecard \(office) --data \(data)
        ita trail --data \(data) --office \(office) --as \(year.people.director(of: office))
      """)
  }

  private var introduction: String {
    let about =
      switch size {
      case .office: "one invented office"
      case .district: "an invented district"
      case .country: "the area offices of Thailand, everybody and every figure in it invented"
      }
    return "Fiscal year 2567 of \(about):"
  }
}

extension ExampleYear.Size: ExpressibleByArgument {}

extension ITA {
  /// Runs another command of the program, as a person would.
  static func run(_ arguments: [String]) throws {
    var command = try parseAsRoot(arguments)
    try command.run()
  }
}

public import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
public import Specimen
import Storage

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Play two years in a registry of its own, render reports, and serve the site on it.",
    discussion: """
      Example: ita demo --phase assessing --data /tmp/assessing -o /tmp/reports

      Fills a registry with invented people, evidence and answers, and plays fiscal year 2567 through it, from setting up \
      to publishing, and after it 2568 up to a morning in the phase that is asked for. Then the site is served on it, with \
      its clock set to that morning, until Ctrl-C. It says who is worth being on it, and what waits for them.

      collecting is twelve days before disclosures close, assessing halfway through judging, clarifying two days after \
      offices could open their results; deciding waits for a second member, sealed for being published.

      office is one area office with its schools, district fourteen invented offices, country the 245 area offices of \
      Thailand: their names are real, nothing else of them is. Of an office or a district it also writes the files from \
      which the same scores can be made without a registry.

      The folder of an earlier demo is replaced; one that holds anything else is left alone.
      """)

  @Option(help: "office, district or country.") var size: ExampleYear.Size = .district

  @Option(
    help:
      "How far the year under way has come: preparing, collecting, assessing, clarifying, deciding, sealed or published."
  )
  var phase: ExampleMorning = .collecting

  @Option(help: ArgumentHelp("The folder for the registry.", valueName: "dir"), completion: .directory)
  var data = "data/demo"

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder for reports and files.", valueName: "dir"),
    completion: .directory)
  var output = "Reports"

  @Option(help: "The port the site listens on; 8080 if not given.") var port: Int?

  @Flag(help: "Make it all, and serve nothing.") var noServe = false

  func run() async throws {
    let file = try SizeLimit.read("ita-2567")
    let year = ExampleYear(size, rubric: file.rubric)
    let reports = DemoReports(folder: output, year: year)
    try reports.prepareFolder()
    let options = try RegistryOptions.parse(["--data", data])
    try await options.guarded { try await fill(year, file, reports) }
    Console.say("The registry is in \(data). Whether it is sound:")
    try ITA.run(["verify", "--data", data])
    let office = year.main.office.code
    Console.say(
      """
      To look further:
        ita results --data \(data) --cycle \(ExampleYear.cycle)
        ita scorecard \(office) --data \(data) --cycle \(ExampleYear.cycle)
        ita trail --data \(data) --office \(office) --as \(year.people.director(of: office))
        ita serve --data \(data)
      """)
    if noServe { return }
    let site = try SiteOptions.parse(port.map { ["--port", "\($0)"] } ?? [])
    try await options.guarded { try await Site(data: data, options: site, registry: options).run() }
  }

  private func fill(_ year: ExampleYear, _ file: RubricFile, _ reports: DemoReports) async throws {
    let folder = DemoFolder(path: data)
    try folder.clear()
    let registry = try folder.registry(at: year.hours(from: 11, 27).moment())
    Console.say(introduction)
    let story = DemoYear(year: year, registry: registry)
    try await story.play(by: file)
    try reports.write(registry)
    let edition = try DemoEdition.after(file)
    let present = ExamplePresent(after: year, rubric: edition.rubric)
    Console.say("Fiscal year 2568, until \(phase.moment):")
    let now = DemoNow(present: present, registry: registry, earlier: story, morning: phase)
    try await now.play(by: edition)
    let guide = try DemoAccess(present: present, registry: registry, morning: phase).open()
    let trying = DemoTrying(now).map(\.text) ?? ""
    try folder.mark(with: trying + guide, at: phase.moment)
    try registry.close()
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
extension ExampleMorning: ExpressibleByArgument {}

extension ITA {
  /// Runs another command of the program, as a person would.
  static func run(_ arguments: [String]) throws {
    var command = try parseAsRoot(arguments)
    try command.run()
  }
}

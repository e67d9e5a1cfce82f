import ArgumentParser
import Documents
import Foundation
import Integrity
import Portal
import Reports
import Storage

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the site on a registry until it is told to stop.",
    discussion: """
      Example: ita serve --data data --origin https://ita.example.go.th --certificate chain.pem --private-key key.pem

      Without options it serves this machine alone, on http://127.0.0.1:8080. Beyond it the site needs a name and https, \
      of its own or of a proxy in front: docs/operations.md shows both. Every option may stand in ita.yaml in the folder \
      of the registry instead, or in the environment, ITA_PORT for --port.

      While it runs, other commands may read but not write. It stops at SIGTERM or Ctrl-C, when what is under way is done.
      """)

  @Option(
    help: ArgumentHelp(
      "The folder of the registry; ITA_DATA in the environment says the same.", valueName: "dir"),
    completion: .directory)
  var data = RegistryOptions.environment("ITA_DATA") ?? "data"

  @OptionGroup var site: SiteOptions

  /// For rehearsals: the site's clock begins at this moment, and runs on; passwords are as quick to check as a demo's.
  @Option(help: .hidden) var now: String?

  func run() async throws {
    let registry = try RegistryOptions.parse(["--data", data] + (now.map { ["--now", $0] } ?? []))
    try await registry.guarded { try await Site(data: data, options: site, registry: registry).run() }
  }
}

/// A registry being served.
struct Site {
  let data: String
  let options: SiteOptions
  let registry: RegistryOptions

  func run() async throws {
    var site = try SiteSettings(options, data: data)
    let demo = DemoFolder(path: data)
    if let guide = demo.guide { site.beExample(DemoTrying(guide: guide)?.trying) }
    if registry.now != nil { site.settings.cost = SiteSettings.costOfExamples }
    let templates = try Library.templates(own: site.templates)
    let clock = try clock(demo)
    site.settings.secondsBehind = Int64(Date().timeIntervalSince1970) - clock().seconds
    let kept = try Registry(in: data, .writing, formats: .shipped, at: clock())
    do {
      let portal = try Portal(kept, templates: templates, settings: site.settings, clock: clock)
      let said = ["Serving \(portal.address)", demo.guide ?? ""].joined(separator: "\n")
      try await portal.serve {
        Console.say(said.trimmingCharacters(in: .newlines))
        // At once, for whoever waits for it at the other end of a pipe.
        fflush(nil)
      }
    } catch {
      try? kept.close()
      throw error
    }
    try kept.close()
    Console.say("Stopped.")
  }

  /// The machine's, or that of a rehearsal, which runs on from its moment: on a demo's registry from the one at which its
  /// story stands. A rehearsal that is taken up again goes on where it was left.
  private func clock(_ demo: DemoFolder) throws -> @Sendable () -> Moment {
    guard var begin = try registry.now == nil ? demo.moment : registry.moment() else {
      return { Moment(seconds: Int64(Date().timeIntervalSince1970)) }
    }
    let looked = try Registry(in: data, .reading, formats: .shipped, at: begin)
    begin = max(begin, try looked.lastEntry() ?? begin)
    try looked.close()
    let (moment, began) = (begin, ContinuousClock.now)
    return { moment.adding(seconds: began.duration(to: .now).components.seconds) }
  }
}

import ArgumentParser
import Integrity
import Reports
import Storage

struct TrailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail", abstract: "Show who did what, when.",
    discussion: """
      Example: ita trail --office 4001 --as director

      Oldest first. 'console' marks what was done here and not on the site. With --json also what was written and the \
      digest, which covers the entry before it; what has been erased is null. Refused to anybody but an administrator, \
      the committee, and for their own office its director.
      """)

  @Option(help: "Only what concerns this office.") var office: Code<Office>?
  @Option(help: "Only entries after this number.") var since: Int64 = 0
  @Option(help: "At most so many entries.") var limit = 1000
  @Flag(help: "For a program.") var json = false
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is a number of entries, one or more.") }
    guard since >= 0 else { throw ValidationError("--since is the number of an entry, zero or more.") }
  }

  func run() throws {
    try registry.reading { registry, signer, now in
      let entries = try registry.trail(of: office, since: since, limit: limit, by: signer, at: now)
      if json {
        Console.say(JSON.list(entries.map(\.json)))
        return
      }
      let language = self.registry.language
      let rows = entries.map { entry in
        [
          "\(entry.number)", String(entry.at.description.prefix(19)), entry.person?.text ?? "–",
          entry.isConsole ? "console" : "", Act(rawValue: entry.act)?.title.in(language) ?? entry.act,
          entry.cycle?.text ?? "", entry.office?.text ?? "", entry.subject,
        ]
      }
      let head = ["", "Bangkok time", "person", "", "act", "cycle", "office", "subject"]
      Console.say(Columns(rows: [head] + rows, numbers: [0]).text)
      if let last = entries.last, entries.count == limit {
        Console.warn("note: there may be more; go on with --since \(last.number)")
      }
    }
  }
}

extension Registry.TrailEntry {
  fileprivate var json: JSON {
    .object([
      ("number", .text("\(number)")), ("at", .moment(at)), ("person", .text(person?.text)),
      ("console", .flag(isConsole)), ("act", .text(act)), ("cycle", .text(cycle?.text)),
      ("office", .text(office?.text)), ("subject", .text(subject)), ("payload", .text(payload)),
      ("digest", .text(digest)),
    ])
  }
}

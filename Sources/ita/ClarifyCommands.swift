import ArgumentParser
import Integrity
import Reports
import Storage

struct AcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Record that the office has seen its findings.",
    discussion: """
      Example: ita acknowledge 4001 --as director

      Each person once; 'ita late' lists the offices of which nobody has. Refused to anybody but the office's people, and \
      before clarifying opens. Who comes after it has closed is recorded with the time.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      try registry.acknowledge(office, in: choice.code(in: registry), by: signer, at: now)
      Console.say("\(office): \(signer.person) has seen the findings")
    }
  }
}

struct ClarifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clarify", abstract: "Contest a finding, name who decides, and decide.",
    discussion: """
      A finding is contested once, by the office's director; the lead assessor names who decides, never who judged \
      first. Who is silent accepts.
      """,
    subcommands: [Contest.self, Name.self, Decide.self, Show.self])

  struct Contest: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Contest the finding on an item, for the office.",
      discussion: """
        Example: ita clarify contest 4001 O2 --statement "ผลการใช้จ่ายอยู่หน้า 14 ของรายงานที่ส่ง" \
        --link https://office.example/report.pdf --page 14 --as director

        The statement points into what the submitted links showed at the deadline; a link that was not submitted is \
        refused where the schedule does not admit further proof. Refused also a second time, to anybody but the \
        director, and outside the time for clarifying.
        """)

    @Argument(help: "The office.") var office: Code<Office>
    @Argument(help: "The item.") var item: Code<Node>
    @Option(help: "What the finding overlooked.") var statement: String
    @Option(help: "A link it is about. May be repeated.") var link: [String] = []
    @Option(help: "Where in the links to look.") var page = ""
    @Option(help: "The words it is about.") var quote = ""
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let evidence = link.map { Evidence(.link($0), pointer: page, quote: quote) }
        try registry.contest(
          item, of: office, in: code, statement: statement, evidence: evidence, by: signer, at: now)
        Console.say("\(office) \(item): contested")
      }
    }
  }

  struct Name: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Name the assessor who decides, as the lead assessor.",
      discussion: """
        Example: ita clarify name 4001 O2 malee --as somsri

        Refused for whoever judged first, for somebody in conflict with the office, and where the office has not \
        contested the item.
        """)

    @Argument(help: "The office.") var office: Code<Office>
    @Argument(help: "The item.") var item: Code<Node>
    @Argument(help: "Who decides.") var assessor: Code<Person>
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        try registry.nameDecider(assessor, of: item, of: office, in: code, by: signer, at: now)
        Console.say("\(office) \(item): \(assessor) decides")
      }
    }
  }

  struct Decide: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Decide on a clarification: the same mark again, or another.",
      discussion: """
        Example: ita clarify decide 4001 O2 pass --reason "พบในหน้า 14" --as malee

        Refused to anybody but the assessor who was named, and without a reason.
        """)

    @OptionGroup var mark: MarkArguments
    @Option(help: "Why; the office will read it.") var reason: String
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let finding = try mark.finding(in: code, of: registry, reason: reason)
        try registry.decide(finding, on: mark.item, of: mark.office, in: code, by: signer, at: now)
        Console.say("\(mark.office) \(mark.item): decided")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what has been contested, and who decides.",
      discussion: """
        Example: ita clarify show --as somsri

        Refused to anybody but the lead assessor and the committee.
        """)

    @Flag(help: "For a program.") var json = false
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.reading { registry, signer, now in
        let found = try registry.clarifications(of: choice.code(in: registry), by: signer, at: now)
        if json {
          Console.say(JSON.list(found.map(\.json)))
          return
        }
        let language = self.registry.language
        let rows = found.map { clarification in
          [
            clarification.office.text, clarification.item.text, clarification.at.written(in: language),
            clarification.decider?.text ?? "nobody", clarification.isDecided ? "decided" : "open",
            clarification.statement,
          ]
        }
        Console.say(Columns(rows: [["office", "item", "contested", "decides", "", "statement"]] + rows).text)
      }
    }
  }
}

extension Registry.Clarification {
  fileprivate var json: JSON {
    .object([
      ("office", .text(office.text)), ("item", .text(item.text)), ("statement", .text(statement)),
      ("at", .moment(at)), ("decider", .text(decider?.text)), ("decided", .flag(isDecided)),
    ])
  }
}

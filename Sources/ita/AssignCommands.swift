import ArgumentParser
import Integrity
import Reports
import Storage

struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Give assessors the offices they judge, and show who has how much.",
    discussion: """
      Example: ita assign anan 4001 --as somsri gives anan every disclosure of the office 4001, \
      ita assign anan 4002 O1 O7 --as somsri two of the office 4002.
      """,
    subcommands: [Give.self, Show.self], defaultSubcommand: Give.self)

  struct Give: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give an assessor an office, or some of its items.",
      discussion: """
        Example: ita assign anan 4001 --as somsri

        Refused to anybody but the lead assessor, for somebody who is no assessor of the office, who belongs to it or \
        did within three years, or has declared a conflict of interest, and before the cycle is open.
        """)

    @Argument(help: "The assessor.") var assessor: Code<Person>
    @Argument(help: "The office.") var office: Code<Office>
    @Argument(help: "Items; all of the office's disclosures, if none is given.") var items: [Code<Node>] = []
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        try registry.assign(
          assessor, to: office, items: items.isEmpty ? nil : items, in: code, by: signer, at: now)
        let what = items.isEmpty ? "every disclosure" : items.map(\.text).joined(separator: ", ")
        Console.say("\(assessor): \(what) of \(office)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how much each assessor has, and how much of it is judged.",
      discussion: """
        Example: ita assign show --as somsri

        Refused to anybody but the lead assessor and the committee.
        """)

    @Flag(help: "For a program.") var json = false
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.reading { registry, signer, now in
        let loads = try registry.loads(of: choice.code(in: registry), by: signer, at: now)
        if json {
          Console.say(JSON.list(loads.map(\.json)))
          return
        }
        let rows = loads.map { load in
          [
            load.assessor.text, load.name, "\(load.offices)", "\(load.items)", "\(load.judged)",
            "\(max(0, load.items - load.judged))",
          ]
        }
        let head = ["assessor", "name", "offices", "items", "judged", "left"]
        Console.say(Columns(rows: [head] + rows, numbers: [2, 3, 4, 5]).text)
      }
    }
  }
}

struct UnassignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unassign", abstract: "Take an office back from an assessor.",
    discussion: """
      Example: ita unassign anan 4001 --reason "ย้ายไปช่วยราชการ" --as somsri

      What they have judged stays. Refused to anybody but the lead assessor, without a reason, and where the office is \
      not assigned to them.
      """)

  @Argument(help: "The assessor.") var assessor: Code<Person>
  @Argument(help: "The office.") var office: Code<Office>
  @Option(help: "Why; it is kept.") var reason: String
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      try registry.unassign(assessor, from: office, in: code, reason: reason, by: signer, at: now)
      Console.say("\(assessor): no longer \(office)")
    }
  }
}

extension Registry.Load {
  fileprivate var json: JSON {
    .object([
      ("assessor", .text(assessor.text)), ("name", .text(name)), ("offices", .number(offices)),
      ("items", .number(items)), ("judged", .number(judged)),
    ])
  }
}

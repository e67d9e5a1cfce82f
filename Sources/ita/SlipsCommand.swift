import ArgumentParser
import Foundation
import Integrity
import Storage

struct SlipsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slips", abstract: "Make code slips for a questionnaire, or make them void.",
    discussion: """
      Example: ita slips make 4001 IIT 40 --as somsri prints forty codes, one a line, this once.
      """,
    subcommands: [Make.self, Ask.self, Void.self, Show.self])

  /// The questionnaire of an office, or a part of it.
  struct Place: ParsableArguments {
    @Argument(help: "The office.") var office: Code<Office>
    @Argument(
      help: ArgumentHelp("The questionnaire, or a part of it: IIT, EIT.EIT2.", valueName: "instrument"))
    var instrument: String
    @OptionGroup var choice: CycleChoice

    func place(in registry: Registry) throws -> AnswerPlace {
      let parts = instrument.split(separator: ".", maxSplits: 1).map(String.init)
      let collected = Collected(
        Code(parts.first ?? ""), route: parts.count > 1 ? Code(parts[1]) : nil)
      return AnswerPlace(try choice.code(in: registry), office, collected)
    }
  }

  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print codes, this once: nothing shows them again.",
      discussion: """
        Example: ita slips make 4001 IIT 40 --to slips.txt --as somsri

        An assessor makes them alone; in the office one person asks and another makes them. Refused for more than there \
        are people, and once the questionnaire is closed. With --to they go to a file that nobody else may read; it takes \
        the place of nothing. Print it and delete it.
        """)

    @OptionGroup var place: Place
    @Argument(help: "How many.") var number: Int

    @Option(
      name: .customLong("to"), help: ArgumentHelp("A new file for the codes, one a line.", valueName: "file"),
      completion: .file())
    var file: String?
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let place = try place.place(in: registry)
        func codes() throws -> String {
          let slips = try registry.makeSlips(number, place, by: signer, at: now)
          return slips.codes.map { $0.grouped + "\n" }.joined()
        }
        guard let file else {
          print(try codes(), terminator: "")
          return
        }
        if FileManager.default.fileExists(atPath: file) {
          Console.warn("\(file): there is a file of that name already; choose another")
          throw ExitCode(1)
        }
        try Console.writePrivately(to: file, codes)
        Console.say("\(file): \(Console.count(number, "code")); nothing shows them again")
      }
    }
  }

  struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask somebody else to make slips, or to make them void.",
      discussion: """
        Example: ita slips ask 4001 IIT 40 --as office.admin

        With --void every slip that was not used is to be made void; that takes a reason, and an assessor to do it.
        """)

    @OptionGroup var place: Place
    @Argument(help: "How many; not with --void.") var number: Int?
    @Option(name: .customLong("void"), help: ArgumentHelp("Why all are to be void.", valueName: "reason"))
    var reason: String?
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func validate() throws {
      guard (number == nil) != (reason == nil) else {
        throw ValidationError("give a number, or --void with a reason")
      }
    }

    func run() throws {
      try registry.writing { registry, signer, now in
        let place = try place.place(in: registry)
        if let number { try registry.askForSlips(number, place, by: signer, at: now) }
        if let reason { try registry.askToVoidSlips(place, reason: reason, by: signer, at: now) }
        Console.say("asked for")
      }
    }
  }

  struct Void: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make every slip void that was not used, as somebody else has asked.",
      discussion: """
        Example: ita slips void 4001 IIT --as somsri

        Refused to anybody but an assessor of the office or the lead assessor, and to whoever asked for it.
        """)

    @OptionGroup var place: Place
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        try registry.voidSlips(place.place(in: registry), by: signer, at: now)
        Console.say("void")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how many slips were made and made void, and how far the questionnaire has come.",
      discussion: """
        Example: ita slips show 4001 --as somsri

        Never how many were used. How far it has come is told in three steps, as it stood when the day began.
        """)

    @Argument(help: "The office.") var office: Code<Office>
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.reading { registry, signer, now in
        let states = try registry.slipStates(
          of: office, in: choice.code(in: registry), by: signer, at: now)
        let rows = states.map { state in
          [
            state.place.collected.route.map { "\(state.place.collected.instrument).\($0)" }
              ?? state.place.collected.instrument.text, "\(state.made)", "\(state.voided)",
            state.left.map { "\($0)" } ?? "-", state.reached.said,
            state.order.map { "\($0.isVoiding ? "void" : "make") \($0.number), asked by \($0.by)" } ?? "",
          ]
        }
        let head = ["questionnaire", "made", "void", "left", "reached", "waiting"]
        Console.say(Columns(rows: [head] + rows, numbers: [1, 2, 3]).text)
      }
    }
  }
}

extension Registry.Progress {
  fileprivate var said: String {
    switch self {
    case .noNumber: "no number of people"
    case .belowHalf: "less than half"
    case .half: "half or more"
    case .full: "enough"
    }
  }
}

import ArgumentParser
import Documents
import Integrity
import Reports
import Storage

struct CycleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cycle", abstract: "Set up a cycle, open it, seal and publish its results.",
    discussion: """
      A cycle is one fiscal year's assessment with one rubric edition. In the order of a year:

        ita cycle new 2569 --rubric ita-2569 --as admin
        ita cycle schedule schedule.yaml --as admin
        ita cycle open --as admin
        ita cycle seal --as somsri      and once more by another member
        ita cycle publish --as somsri

      What may happen between them follows from the dates of the schedule.
      """,
    subcommands: [
      New.self, SetSchedule.self, Open.self, Extend.self, CycleShow.self, Seal.self, Publish.self,
    ])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Begin a cycle with a rubric.",
      discussion: """
        Example: ita cycle new 2569 --rubric ita-2569 --as admin

        The rubric is kept as it is, with every file it extends; its fiscal year is the cycle's. Refused where the \
        rubric has a fault or one of its cases fails, and where there is a cycle of that name.
        """)

    @Argument(help: "What the cycle is called from now on, usually its year: 2569.") var code: Code<Cycle>

    @Option(help: ArgumentHelp("The rubric: a file, or the name of a shipped one.", valueName: "file|name"))
    var rubric: String

    @Option(help: "The cycle's title in Thai.") var titleTh: String?
    @Option(help: "The cycle's title in English.") var titleEn: String?
    @OptionGroup var size: SizeLimit
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let file = try size.read(rubric)
      let failed = file.caseComplaints
      guard failed.isEmpty else {
        Console.problems(failed)
        throw ExitCode(1)
      }
      let year = file.rubric.year
      let title = Words(
        thai: titleTh ?? "การประเมิน ปีงบประมาณ พ.ศ. \(year.buddhist)",
        english: titleEn ?? titleTh ?? "Assessment of fiscal year \(year.buddhist) (\(year.common))")
      let texts = file.sources.map { Storage.RubricText(name: $0.name, bytes: $0.bytes) }
      try registry.writing { registry, signer, now in
        try registry.newCycle(code, year: year, title: title, rubric: texts, by: signer, at: now)
      }
      Console.say("\(code): prepared with the rubric \(file.rubric.code), edition \(file.rubric.edition)")
      Console.say("Next: ita cycle schedule FILE")
    }
  }

  struct SetSchedule: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schedule", abstract: "Set the dates of a cycle from a file.",
      discussion: """
        Example: ita cycle schedule schedule.yaml --as admin, where schedule.yaml holds

          collecting:
            IIT: { opens: 2026-01-05, closes: 2026-05-01 }
            EIT: { opens: 2026-01-05, closes: 2026-05-01 }
            OIT: { opens: 2026-01-05, closes: 2026-04-01 }
          assessing: { opens: 2026-04-01, closes: 2026-06-01 }
          clarifying: { opens: 2026-06-01, closes: 2026-06-16 }

        A window is open up to but not including the moment at which it closes. Refused where the dates do not fit one \
        another, where an open cycle's dates change without --reason, and once the results are sealed.
        """)

    @Argument(help: "The schedule.", completion: .file(extensions: ["yaml"])) var file: String
    @Option(help: "Why the dates change; needed once the cycle is open.") var reason = ""
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let file = try Intake.File(path: file)
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let schedule = try ScheduleFile(file, rubric: try registry.rubric(of: code)).schedule
        try registry.setSchedule(schedule, of: code, reason: reason, by: signer, at: now)
        Console.say("\(code): the schedule is set")
      }
    }
  }

  struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Freeze the rubric and let the offices begin.",
      discussion: """
        Example: ita cycle open 2569 --as admin

        Every office of the rubric's kinds that exists in the fiscal year takes part. From now on the rubric cannot \
        change. Refused while there is no schedule or no office.
        """)

    @Argument(help: "The cycle; the only one that is not published, if not given.") var code: Code<Cycle>?
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try CycleChoice.code(code, in: registry)
        let offices = try registry.openCycle(code, by: signer, at: now)
        Console.say("\(code): open, \(Console.count(offices, "office")) taking part")
      }
    }
  }

  struct Extend: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give one office longer for one instrument.",
      discussion: """
        Example: ita cycle extend 4001 OIT --until 2026-04-08 --reason "น้ำท่วมสำนักงาน" --as admin

        Refused without a reason, and where it would not be longer.
        """)

    @Argument(help: "The office.") var office: Code<Office>
    @Argument(help: "The instrument: IIT, EIT or OIT.") var instrument: Code<Node>

    @Option(
      help: "Up to but not including this moment: 2026-04-08 or 2026-04-08T16:30.", transform: Moment.argument
    )
    var until: Moment

    @Option(help: "Why; it is kept and shown.") var reason: String
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let longer = Extension(office: office, instrument: instrument, until: until, reason: reason)
        try registry.extend(longer, in: code, by: signer, at: now)
        Console.say("\(code): \(office) may bring \(instrument) until \(until.written(in: .english))")
      }
    }
  }

  struct Seal: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Agree to the results; they are sealed when a second committee member agrees.",
      discussion: """
        Example: ita cycle seal 2569 --as somsri, and then ita cycle seal 2569 --as wichai

        Both agree to the same results: if one of them changes in between, the first agrees anew. Refused while \
        anything is pending, which is named, before the last window has closed, and to one member twice.
        """)

    @Argument(help: "The cycle; the only one that is not published, if not given.") var code: Code<Cycle>?
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try CycleChoice.code(code, in: registry)
        switch try registry.seal(code, by: signer, at: now) {
        case .agreed(let digest):
          Console.say("\(code): \(signer.person) agrees to the results \(digest)")
          Console.say("Next: another committee member runs 'ita cycle seal \(code)'")
        case .sealed(let digest, let offices):
          Console.say("\(code): sealed, \(Console.count(offices, "office")), results \(digest)")
        }
      }
    }
  }

  struct Publish: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make sealed results public.",
      discussion: """
        Example: ita cycle publish 2569 --as somsri

        From now on everybody reads scorecards and results. Refused before the results are sealed.
        """)

    @Argument(help: "The cycle; the only one that is not published, if not given.") var code: Code<Cycle>?
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        let code = try CycleChoice.code(code, in: registry)
        try registry.publish(code, by: signer, at: now)
        Console.say("\(code): published")
      }
    }
  }
}

import ArgumentParser
import Documents
import Integrity
import Reports
import Storage

/// How every import of a table is asked for and answered.
struct ImportOptions: ParsableArguments {
  @Flag(help: "Say what would change, and change nothing.") var dryRun = false
  @Flag(help: "For a program.") var json = false

  /// - Parameter noun: what was imported, in the plural.
  func say(_ changes: Changes, _ noun: String) {
    if json {
      Console.say(
        JSON.object([
          ("added", .list(changes.added.map { .text($0) })),
          ("changed", .list(changes.changed.map { .text($0) })),
          ("unchanged", .number(changes.unchanged)), ("dry_run", .flag(dryRun)),
        ]))
      return
    }
    Console.say(
      "\(noun): \(changes.added.count) added, \(changes.changed.count) changed, \(changes.unchanged) unchanged"
    )
    for code in changes.added { Console.say("  + \(code)") }
    for code in changes.changed { Console.say("  ~ \(code)") }
    if dryRun { Console.say("Nothing was changed: this was a dry run.") }
  }
}

struct OfficeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "office", abstract: "Bring in the offices.", subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a table of offices in: new ones are added, others brought up to date.",
      discussion: """
        Example: ita office import offices.csv --dry-run --as admin

        The columns are those of docs/inputs.md: office, name_th, kind, parent, provinces, stakeholders_IIT, … \
        Kinds and conditions are named by a rubric: that of the cycle, or of --rubric while there is none. No office is \
        taken away; one that ends has a day in 'until' and a successor. Numbers of stakeholders go to the cycles that \
        are being prepared or open.

        Every bad row is listed and then nothing comes in. The same table once more changes nothing. Refused to \
        anybody but an administrator.
        """)

    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String
    @OptionGroup var options: ImportOptions
    @OptionGroup var choice: CycleChoice

    @Option(
      help: ArgumentHelp(
        "The rubric that names kinds and conditions; the cycle's if not given.", valueName: "file|name")
    )
    var rubric: String?

    @OptionGroup var size: SizeLimit
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let file = try Intake.File(path: file)
      let named = try rubric.map { try size.read($0).rubric }
      try registry.writing { registry, signer, now in
        guard try named != nil || !registry.cycles().isEmpty else {
          throw StorageProblem.invalid(
            "a rubric names the kinds of offices; give --rubric, or make a cycle first")
        }
        let rubric = try named ?? registry.rubric(of: choice.code(in: registry))
        let known = Set(try registry.offices().map(\.code))
        let offices = try OfficesFile(file, rubric: rubric, known: known).offices
        options.say(
          try registry.keep(offices: offices, isDryRun: options.dryRun, by: signer, at: now), "offices")
      }
    }
  }
}

struct GroupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "Bring in the working groups of offices.", subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a table of groups in: office, group, name_th, name_en.",
      discussion: """
        Example: ita group import groups.csv --as admin

        The code of a group is the one a rubric uses for who answers for an item. Every bad row is listed and then \
        nothing comes in. The same table once more changes nothing. Refused to anybody but an administrator.
        """)

    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String
    @OptionGroup var options: ImportOptions
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let file = try Intake.File(path: file)
      try registry.writing { registry, signer, now in
        let known = Set(try registry.offices().map(\.code))
        let groups = try GroupsFile(file, offices: known).groups
        options.say(
          try registry.keep(groups: groups, isDryRun: options.dryRun, by: signer, at: now), "groups")
      }
    }
  }
}

struct StakeholdersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stakeholders", abstract: "Enter how many people a questionnaire may ask at an office.",
    discussion: """
      Example: ita stakeholders 4001 IIT=86 EIT=1860 --as office-admin

      The minimum sample is reckoned from these numbers. Refused once the questionnaire has closed, and to anybody but \
      the office's administrator, its director or an administrator.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @Argument(
    help: ArgumentHelp("A questionnaire and its number of people: IIT=86.", valueName: "instrument=number"))
  var numbers: [String]

  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    var entered: [Code<Node>: Int] = [:]
    for text in numbers {
      let sides = text.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, let number = Int(sides[1]) else {
        throw ValidationError("'\(text)' is not written INSTRUMENT=NUMBER, such as IIT=86.")
      }
      guard entered.updateValue(number, forKey: Code(String(sides[0]))) == nil else {
        throw ValidationError("\(sides[0]) stands twice.")
      }
    }
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      try registry.enterStakeholders(entered, of: office, in: code, by: signer, at: now)
      let said = entered.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      Console.say("\(office): \(said.joined(separator: ", "))")
    }
  }
}

struct GivenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "given", abstract: "Bring in figures that were assessed elsewhere.",
    subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a table of figures in: office, node, figure, source.",
      discussion: """
        Example: ita given import given.csv --as admin

        The node is an instrument, an indicator, an item or 'total'. A figure that is given stands in place of what \
        would be scored. Every bad row is listed and then nothing comes in. Refused once the results are sealed.

        With --earlier the figures are those published for an earlier year: they score nothing, and a scorecard shows \
        the change since.

        Example: ita given import results-2568.csv --earlier 2568 --as admin
        """)

    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String

    @Option(help: ArgumentHelp("The fiscal year they were published for.", valueName: "year"))
    var earlier: Int?

    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func validate() throws {
      if let earlier, !(2400...3000).contains(earlier) {
        throw ValidationError("--earlier \(earlier): write the year of the Buddhist era, 2568.")
      }
    }

    func run() throws {
      let file = try Intake.File(path: file)
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let given = try Intake.figures(file, rubric: try registry.rubric(of: code))
        let changed =
          try earlier.map { try registry.enterEarlier(given, of: FiscalYear($0), by: signer, at: now) }
          ?? registry.enterGiven(given, in: code, by: signer, at: now)
        let all = given.values.reduce(0) { $0 + $1.count }
        Console.say("figures: \(changed) new or changed, \(all - changed) unchanged")
      }
    }
  }
}

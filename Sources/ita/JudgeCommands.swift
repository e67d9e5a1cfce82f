import ArgumentParser
import Documents
import Foundation
import Integrity
import Reports
import Storage

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge", abstract: "Judge disclosures, one by one or from a table.",
    discussion: """
      Example: ita judge 4001 O2 --elements results --reason "ไม่พบผลการใช้จ่ายงบประมาณ" --as anan
      """,
    subcommands: [Enter.self, Import.self], defaultSubcommand: Enter.self)

  struct Enter: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judge one disclosure.",
      discussion: """
        Example: ita judge 4001 O1 pass --seen https://office.example/chart=opened --as anan

        Judging again adds a finding; the later one counts, the earlier one stays. Refused where the office is not \
        assigned to one, to whoever belongs to it or has declared a conflict of interest, and outside the time for \
        judging.
        """)

    @OptionGroup var mark: MarkArguments
    @Option(help: "The reason, which the office will read.") var reason = ""

    @Option(
      help: ArgumentHelp(
        "A link and how it was found now: opened, not_found, unreachable or closed. May be repeated.",
        valueName: "link=state"))
    var seen: [String] = []

    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let moment = try registry.moment()
      let seen = try seen.map { try Registry.Seen(argument: $0, at: moment) }
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let finding = try mark.finding(in: code, of: registry, reason: reason)
        try registry.judge(finding, on: mark.item, of: mark.office, in: code, seen: seen, by: signer, at: now)
        Console.say("\(mark.office) \(mark.item): judged")
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a table of findings in: office, item, option, elements, reason.",
      discussion: """
        Example: ita judge import marks.csv --as anan

        The columns are those of docs/inputs.md. Every bad row is listed and then nothing comes in. Each finding is \
        recorded by itself; those that are refused are named at the end.
        """)

    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String
    @OptionGroup var choice: CycleChoice
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let table = try Intake.File(path: file)
      try registry.writing { registry, signer, now in
        let code = try choice.code(in: registry)
        let rubric = try registry.rubric(of: code)
        let findings = try Marks.read(table, by: rubric, offices: try registry.participants(of: code))
        let order = (rubric.items.map(\.item) + rubric.deductions).map(\.code)
        var batch = Batch(language: self.registry.language)
        for (office, marked) in findings {
          for item in order {
            // What is open is no finding.
            guard let finding = marked[item], finding.judgement != .pending else { continue }
            try batch.attempt("\(office) \(item)") {
              try registry.judge(finding, on: item, of: office, in: code, by: signer, at: now)
            }
          }
        }
        try batch.finish("\(Console.count(batch.done, "finding")) recorded")
      }
    }
  }
}

struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Correct a finding before the results are sealed, as the committee.",
    discussion: """
      Example: ita correct 4001 O2 pass --reason "หลักฐานครบตามมติที่ประชุม 3/2569" --as somsri

      The findings before it stay on record. Refused without a reason, before the last window has closed, and once the \
      results are sealed, when they are amended.
      """)

  @OptionGroup var mark: MarkArguments
  @Option(help: "Why; the office will read it.") var reason: String
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      let finding = try mark.finding(in: code, of: registry, reason: reason)
      try registry.correct(finding, on: mark.item, of: mark.office, in: code, by: signer, at: now)
      Console.say("\(mark.office) \(mark.item): corrected")
    }
  }
}

struct AmendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Amend a sealed result, by two committee members.",
    discussion: """
      Example: ita amend 4001 O2 pass --reason "คำสั่งศาลปกครอง" --as somsri, and the same once more --as wichai

      Both give the same mark and the same reason. The sealed result stays beside the amended one, and the reason is \
      public. Refused without a reason, before the results are sealed, and to one member twice.
      """)

  @OptionGroup var mark: MarkArguments
  @Option(help: "Why; it is made public.") var reason: String
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      let finding = try mark.finding(in: code, of: registry, reason: reason)
      let (office, item) = (mark.office, mark.item)
      switch try registry.amend(finding, on: item, of: office, in: code, reason: reason, by: signer, at: now)
      {
      case .agreed:
        Console.say("\(office) \(item): \(signer.person) proposes the amendment")
        Console.say("Next: another committee member gives the same command")
      case .amended(let before, let after):
        Console.say(
          "\(office): amended, \(before?.description ?? "no total") → \(after?.description ?? "no total")")
      }
    }
  }
}

/// Which disclosure, and how it is judged, as typed.
struct MarkArguments: ParsableArguments {
  @Argument(help: "The office.") var office: Code<Office>
  @Argument(help: "The item.") var item: Code<Node>

  @Argument(
    help: "pass, fail, an option, a number, or not_applicable; nothing where --elements says it.")
  var mark: String?

  @Option(help: "The keys of the elements that are there, with commas between them; of a checklist only.")
  var elements: String?

  func validate() throws {
    guard mark != nil || elements != nil else {
      throw ValidationError(
        "Give a mark, such as pass or fail, or the elements that are there with --elements.")
    }
  }

  /// Read as a row of a table of findings is read.
  func finding(in cycle: Code<Cycle>, of registry: Registry, reason: String) throws -> Finding {
    let row = [office.text, item.text, mark ?? "", elements ?? "", reason]
    let text = ScorecardCSV.table([["office", "item", "option", "elements", "reason"], row])
    let table = Intake.File(name: "", bytes: Array(text.utf8))
    do {
      let offices = try registry.participants(of: cycle)
      let findings = try Marks.read(table, by: try registry.rubric(of: cycle), offices: offices)
      guard let finding = findings.first?.marked.values.first else {
        throw StorageProblem.invalid("'\(mark ?? "")' is no mark")
      }
      // As typed: a table marks what a spreadsheet would take for a formula.
      return Finding(finding.judgement, reason: reason)
    } catch let complaints as Complaints {
      // There is no file whose line could be named.
      for complaint in complaints.all { Console.warn("\(complaint.problem); \(complaint.remedy)") }
      throw ExitCode(1)
    }
  }
}

/// Tables of findings, read against the offices of a cycle.
private enum Marks {
  /// In the order of the offices.
  static func read(
    _ file: Intake.File, by rubric: Rubric, offices: [Office]
  ) throws -> [(office: Code<Office>, marked: [Code<Node>: Finding])] {
    guard !offices.isEmpty else {
      throw StorageProblem.invalid("no office takes part in the cycle; import the offices first")
    }
    let rows = offices.map { [$0.code.text, $0.name.thai, $0.kind?.text ?? ""] }
    let table = ScorecardCSV.table([["office", "name_th", "kind"]] + rows)
    var inputs = Intake.Inputs()
    inputs.offices = Intake.File(name: "offices of the cycle", bytes: Array(table.utf8))
    inputs.marks = [file]
    return try Intake(inputs, rubric: rubric).assessments.filter { !$0.findings.isEmpty }.map {
      ($0.office.code, $0.findings)
    }
  }
}

extension Registry.Seen {
  init(argument text: String, at now: Moment) throws {
    guard let equals = text.lastIndex(of: "="),
      let state = LinkState(
        rawValue: String(text[text.index(after: equals)...]).replacingOccurrences(of: "-", with: "_"))
    else {
      throw ValidationError(
        "'\(text)' is not written LINK=STATE; the states are \(LinkState.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    self.init(link: String(text[..<equals]), state: state, at: now)
  }
}

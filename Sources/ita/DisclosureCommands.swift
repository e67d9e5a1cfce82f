import ArgumentParser
import Integrity
import Reports
import Storage

struct PassCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pass", abstract: "Pass disclosures on to the director, as the head of a group.",
    discussion: """
      Example: ita pass 4001 O1 O7 --as head-admin

      Each item is passed on by itself; those that cannot be are named at the end. Refused are a disclosure that does \
      not say whether it is disclosed, มี without a public link, ไม่มี without a reason, one of another group, and any once \
      the window has closed.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @Argument(help: "Items; every draft of the office, if none is given.") var items: [Code<Node>] = []
  @Option(help: "A note to go with them.") var note = ""
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      let drafts =
        try items.isEmpty
        ? registry.submissions(of: office, in: code, by: signer, at: now).filter { $0.state == .draft }.map(
          \.item)
        : items
      var batch = Batch(language: self.registry.language)
      for item in drafts {
        try batch.attempt("\(office) \(item)") {
          _ = try registry.pass(item, of: office, in: code, note: note, by: signer, at: now)
        }
      }
      try batch.finish("\(office): \(Console.count(batch.done, "disclosure")) passed on")
    }
  }
}

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Sign and submit for the office, as its director.",
    discussion: """
      Example: ita submit 4001 --as director

      All the items given are submitted, or none. The receipt carries the SHA-256 of everything submitted; keep it. \
      Refused are an item that its group's head has not passed on, anybody but the director or who acts for them by \
      order, and everything once the window has closed. What is ready and not signed is never submitted by itself.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @Argument(help: "Items; all that is ready, if none is given.") var items: [Code<Node>] = []
  @Flag(help: "For a program.") var json = false
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      let receipt = try registry.submit(
        items.isEmpty ? nil : items, of: office, in: code, by: signer, at: now)
      if json {
        Console.say(receipt.json)
      } else {
        Console.say(receipt.text(in: self.registry.language))
      }
    }
  }
}

struct ReturnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return", abstract: "Send a disclosure back to whoever prepares it.",
    discussion: """
      Example: ita return 4001 O2 --note "ยังไม่มีผลการใช้จ่ายงบประมาณ" --as head-policy

      Refused without a note, to anybody but the group's head and the director, and for what has been submitted, which \
      the director recalls.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @Argument(help: "The item.") var item: Code<Node>
  @Option(help: "What is to be done.") var note: String
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      _ = try registry.sendBack(item, of: office, in: code, note: note, by: signer, at: now)
      Console.say("\(office) \(item): sent back")
    }
  }
}

struct RecallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall", abstract: "Take a submission back while the window is open.",
    discussion: """
      Example: ita recall 4001 O2 --note "แนบรายงานฉบับใหม่" --as director

      What was submitted stays as it was, and a new version is begun as a draft. Refused to anybody but the director, and \
      once the window has closed.
      """)

  @Argument(help: "The office.") var office: Code<Office>
  @Argument(help: "The item.") var item: Code<Node>
  @Option(help: "Why.") var note: String
  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    try registry.writing { registry, signer, now in
      let code = try choice.code(in: registry)
      let draft = try registry.recall(item, of: office, in: code, note: note, by: signer, at: now)
      Console.say("\(office) \(item): recalled; version \(draft.version) is a draft")
    }
  }
}

extension Registry.Receipt {
  fileprivate func text(in language: Language) -> String {
    let count = items.count
    let codes = items.map(\.text).joined(separator: ", ")
    let submitted = Words(
      thai: "\(office): ส่งแล้ว \(count) ข้อ (\(codes))",
      english: "\(office): \(Console.count(count, "disclosure")) submitted (\(codes))")
    let signed = Words(thai: "ลงนามโดย \(signer)", english: "signed by \(signer)").in(language)
    let capacity = acting.map { acting in
      Words(
        thai: ", \(acting.capacity.title.thai) ตามคำสั่ง \(acting.order)",
        english: ", \(acting.capacity.title.english) the head by order \(acting.order)"
      )
      .in(language)
    }
    let numbered = Words(thai: "ใบรับข้อมูลเลขที่ \(number)", english: "receipt \(number)").in(language)
    return [
      submitted.in(language), "\(signed)\(capacity ?? ""), \(at.written(in: language))", numbered,
      "SHA-256 \(digest)",
    ].joined(separator: "\n")
  }

  fileprivate var json: JSON {
    .object([
      ("number", .text(number)), ("cycle", .text(cycle.text)), ("office", .text(office.text)),
      ("items", .codes(items)), ("links", .number(links)), ("files", .number(files)),
      ("not_sent", .codes(notSent)), ("digest", .text(digest)),
      ("at", .moment(at)),
      ("signer", .text(signer)),
      (
        "acting",
        acting.map {
          .object([
            ("capacity", .text($0.capacity.rawValue)), ("order", .text($0.order)),
            ("date", .text($0.date.description)),
          ])
        } ?? .null
      ),
    ])
  }
}

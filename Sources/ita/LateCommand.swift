import ArgumentParser
import Integrity
import Reports
import Storage

struct LateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "late", abstract: "Say who is missing what, and by when it is due.",
    discussion: """
      Example: ita late --language th --as ladda > late.txt

      Office by office: stakeholder numbers, disclosures not submitted, answers still needed, disclosures not judged, \
      findings not opened, clarifications not decided. Exit code 0, however much there is. Refused to anybody but an \
      administrator, the lead assessor, the committee, and for their own office its people, who name it with --office.

      ita late --ics cycle.ics writes the cycle's dates as a calendar, and names nobody. Bring it in again when the dates \
      change: each entry takes the place of its earlier self.
      """)

  @Option(help: "Only this office. May be repeated.") var office: [Code<Office>] = []
  @Flag(help: "For a program.") var json = false

  @Option(help: "Write the cycle's dates to this file as a calendar.", completion: .file(extensions: ["ics"]))
  var ics: String?

  @OptionGroup var choice: CycleChoice
  @OptionGroup(title: "Registry") var registry: RegistryOptions

  func run() throws {
    if let ics {
      try registry.looking { registry, now in try writeCalendar(to: ics, registry, now) }
      guard json else { return }
    }
    try registry.reading { registry, signer, now in
      let cycle = try registry.cycle(choice.code(in: registry))
      let asked: [Code<Office>?] = office.isEmpty ? [nil] : office
      let missing = try asked.flatMap {
        try registry.missing(of: $0, in: cycle.code, by: signer, at: now)
      }
      if json {
        Console.say(JSON.list(missing.map(\.json)))
        return
      }
      let list = LateList(
        cycle: cycle, offices: try registry.participants(of: cycle.code), missing: missing,
        language: self.registry.language, now: now)
      Console.say(list.text)
    }
  }

  private func writeCalendar(to path: String, _ registry: Registry, _ now: Moment) throws {
    let cycle = try registry.cycle(choice.code(in: registry))
    let calendar = Calendar(
      cycle: cycle, rubric: try registry.rubric(of: cycle.code),
      offices: try registry.participants(of: cycle.code), language: self.registry.language, now: now)
    try Console.write(calendar.text.utf8, to: path, quietly: json)
  }
}

/// What is missing, office by office, to be read and printed.
private struct LateList {
  let cycle: Cycle
  let offices: [Office]
  let missing: [Registry.Missing]
  let language: Language
  let now: Moment

  var text: String {
    var lines = ["\(cycle.title.in(language)) · \(now.written(in: language))"]
    let byOffice = Dictionary(grouping: missing, by: \.office)
    if byOffice.isEmpty {
      lines.append(say("ไม่มีรายการค้าง", "Nothing is missing."))
    }
    for office in offices {
      guard let own = byOffice[office.code] else { continue }
      lines += ["", "\(office.code)  \(office.name.in(language))"]
      for due in Set(own.map(\.due)).sorted(by: { ($0?.seconds ?? .max) < ($1?.seconds ?? .max) }) {
        lines.append("  " + head(due))
        lines += entries(own.filter { $0.due == due }).map { "    \($0)" }
      }
    }
    if !byOffice.isEmpty {
      lines += [
        "",
        say(
          "ค้าง \(missing.count) รายการ จาก \(byOffice.count) หน่วยงาน",
          "\(Console.count(missing.count, "thing")) missing at \(Console.count(byOffice.count, "office"))"),
      ]
    }
    return lines.joined(separator: "\n")
  }

  private func say(_ thai: String, _ english: String) -> String {
    Words(thai: thai, english: english).in(language)
  }

  private func head(_ due: Moment?) -> String {
    guard let due else { return say("ยังไม่กำหนดวัน", "no date yet") }
    let at = due.written(in: language)
    return due <= now ? say("เลยกำหนด \(at)", "overdue since \(at)") : say("ก่อน \(at)", "before \(at)")
  }

  /// Alike ones on one line, in the order in which the first of each comes.
  private func entries(_ missing: [Registry.Missing]) -> [String] {
    var order: [String] = []
    var items: [String: [String]] = [:]
    for what in missing.map(\.what) {
      let (label, item) = words(of: what)
      if items[label] == nil { order.append(label) }
      items[label, default: []] += [item].compactMap { $0 }
    }
    return order.map { label in
      let list = items[label] ?? []
      return list.isEmpty ? label : "\(label): \(list.joined(separator: ", "))"
    }
  }

  private func words(of what: Registry.Missing.What) -> (label: String, item: String?) {
    switch what {
    case .stakeholders(let instrument):
      (say("ยังไม่ได้บันทึกจำนวนผู้มีส่วนได้ส่วนเสีย", "number of stakeholders not entered"), instrument.text)
    case .submission(let item, let state):
      (state?.title.in(language) ?? say("ยังไม่เริ่ม", "not begun"), item.text)
    case .answers(let instrument, .half):
      (
        say("\(instrument) ผู้ตอบเกินครึ่ง แต่ยังไม่ครบขั้นต่ำ", "\(instrument): half of the answers needed are there"),
        nil
      )
    case .answers(let instrument, _):
      (say("\(instrument) ผู้ตอบไม่ถึงครึ่งของขั้นต่ำ", "\(instrument): less than half of the answers needed"), nil)
    case .finding(let item, let assessor?):
      (say("รอผลตรวจจาก \(assessor)", "not judged by \(assessor)"), item.text)
    case .finding(let item, nil):
      (say("ยังไม่ได้มอบหมายผู้ตรวจ", "not judged, and assigned to nobody"), item.text)
    case .acknowledgement:
      (say("ยังไม่ได้เปิดดูผลการตรวจ", "the findings have not been opened"), nil)
    case .decision(let item):
      (say("คำชี้แจงยังไม่ได้พิจารณา", "clarification not decided"), item.text)
    }
  }
}

extension Registry.Missing {
  fileprivate var json: JSON {
    let (name, fields): (String, [(String, JSON)]) =
      switch what {
      case .stakeholders(let instrument): ("stakeholders", [("instrument", .text(instrument.text))])
      case .submission(let item, let state):
        ("submission", [("item", .text(item.text)), ("state", .text(state?.rawValue))])
      case .answers(let instrument, let step):
        ("answers", [("instrument", .text(instrument.text)), ("step", .text(step.rawValue))])
      case .finding(let item, let assessor):
        ("finding", [("item", .text(item.text)), ("assessor", .text(assessor?.text))])
      case .acknowledgement: ("acknowledgement", [])
      case .decision(let item): ("decision", [("item", .text(item.text))])
      }
    return .object(
      [("office", .text(office.text)), ("what", .text(name))] + fields + [("due", .moment(due))])
  }
}

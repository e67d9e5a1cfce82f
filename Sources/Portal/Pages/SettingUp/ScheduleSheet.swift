import Crypto
import Foundation
import Integrity
import Reports
import Storage

/// The form of a schedule: what stands in its fields, and what was typed into them.
struct ScheduleSheet {
  let cycle: Cycle
  let rubric: Rubric
  let words: Wording

  /// Something with a window of its own.
  private struct Part {
    /// The instrument's code, or `assessing` and `clarifying`.
    let what: String
    let title: String
    let hint: String
    let window: Window?
  }

  private var parts: [Part] {
    let suggested = cycle.schedule ?? ScheduleSheet.suggestion(for: rubric, cycle.year)
    let collecting = rubric.instruments.map { instrument in
      Part(
        what: instrument.code.text,
        title: words.facts([instrument.code.text, instrument.title.in(words.language)]),
        hint: words.say(
          "setup_schedule.\(instrument.questionnaire == nil ? "disclosure" : "questionnaire")_hint"),
        window: suggested?.collecting[instrument.code])
    }
    return collecting + [
      Part(
        what: "assessing", title: words.say("setup_schedule.assessing"),
        hint: words.say("setup_schedule.assessing_hint"), window: suggested?.assessing),
      Part(
        what: "clarifying", title: words.say("setup_schedule.clarifying"),
        hint: words.say("setup_schedule.clarifying_hint"), window: suggested?.clarifying),
    ]
  }

  /// Dates to begin from, in the order in which past years went; nothing is saved of them before somebody does.
  private static func suggestion(for rubric: Rubric, _ year: FiscalYear) -> Schedule? {
    func window(_ from: (Int, Int), _ until: (Int, Int), at minutes: Int = 16 * 60 + 30) -> Window? {
      guard let opens = Day(year: year.common, month: from.0, day: from.1),
        let closes = Day(year: year.common, month: until.0, day: until.1)
      else { return nil }
      return Window(opens: Moment(opens, minutes: 8 * 60 + 30), closes: Moment(closes, minutes: minutes))
    }
    guard let disclosing = window((1, 15), (4, 30)), let asking = window((1, 15), (6, 30)),
      let assessing = window((5, 1), (5, 31)), let clarifying = window((6, 1), (6, 15))
    else { return nil }
    let collecting = rubric.instruments.map { ($0.code, $0.questionnaire == nil ? disclosing : asking) }
    return Schedule(
      collecting: Dictionary(collecting) { a, _ in a }, assessing: assessing, clarifying: clarifying)
  }

  /// A schedule's mark: a form filled from another is told so.
  static func mark(of schedule: Schedule?) -> String {
    guard let schedule else { return "none" }
    let windows = schedule.collecting.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let text = "\(windows) \(schedule.assessing) \(schedule.clarifying) \(schedule.admitsFurtherProof)"
    return SHA256.hash(data: Data(text.utf8)).prefix(8).hex
  }

  // Shown.

  func rows(_ entered: Entered, _ signedIn: SignedIn) -> [ReportData] {
    let dates = Dates(signedIn.visit.visitor)
    let typed = entered.fields.map(Typed.init)
    return parts.map { part in
      let opens = part.window?.opens.typed(isEnd: false)
      let closes = part.window?.closes.typed(isEnd: true)
      let saved = [
        "opens_day": opens?.day, "opens_time": opens?.time, "closes_day": closes?.day,
        "closes_time": closes?.time,
      ].compactMapValues { $0 }
      func field(_ name: String) -> ReportData {
        let id = "\(name.replacing("_", with: "-"))-\(part.what)"
        let fault = entered.fault(id)
        return [
          "id": .text(id), "name": .text(name),
          "value": .text(typed.map { $0[part.what, name] } ?? saved[name] ?? ""),
          "fault": ReportData(fault), "label": .text(words.say("setup_schedule.\(name)")),
          "of": .text(part.title),
        ]
      }
      let faults = Typed.names.compactMap { name -> ReportData? in
        let id = "\(name.replacing("_", with: "-"))-\(part.what)"
        return entered.fault(id).map { ["id": .text("\(id)-fault"), "text": .text($0)] }
      }
      return [
        "what": .text(part.what), "title": .text(part.title), "hint": .text(part.hint),
        "fields": .list(Typed.names.map(field)), "faults": .list(faults),
        "has_faults": .flag(!faults.isEmpty),
        "told": ReportData(
          entered.fields == nil
            ? cycle.schedule.flatMap { _ in part.window.map { dates.span($0, words) } } : nil),
      ]
    }
  }

  // Typed.

  /// The fields as they were sent, each by what it is of.
  private struct Typed {
    static let names = ["opens_day", "opens_time", "closes_day", "closes_time"]
    private let whats: [String]
    private let values: [String: [String]]

    init(_ fields: Fields) {
      whats = fields.all("what")
      values = Dictionary(uniqueKeysWithValues: Typed.names.map { ($0, fields.all($0)) })
    }

    subscript(what: String, name: String) -> String {
      guard let index = whats.firstIndex(of: what), let all = values[name], all.indices.contains(index) else {
        return ""
      }
      return all[index]
    }
  }

  /// - Throws: `FieldFaults`, each at the field where it is put right.
  func schedule(_ fields: Fields) throws -> Schedule {
    let typed = Typed(fields)
    var faults: [FieldFault] = []
    var windows: [String: Window] = [:]
    for part in parts {
      let opens = moment(part, "opens", typed, &faults)
      let closes = moment(part, "closes", typed, &faults)
      guard let opens, let closes else { continue }
      if let window = Window(opens: opens, closes: closes) {
        windows[part.what] = window
      } else {
        faults.append(fault(part, "closes-day", words.say("setup_schedule.not_later")))
      }
    }
    guard faults.isEmpty, let assessing = windows["assessing"], let clarifying = windows["clarifying"] else {
      throw FieldFaults(faults)
    }
    let collecting = rubric.instruments.compactMap { one in windows[one.code.text].map { (one.code, $0) } }
    let schedule = Schedule(
      collecting: Dictionary(collecting) { a, _ in a }, assessing: assessing, clarifying: clarifying)
    let misfits = schedule.misfits(for: rubric)
    guard misfits.isEmpty else { throw FieldFaults(misfits.map(fault)) }
    return schedule
  }

  /// A day that is left without a time opens with it, and closes at its end.
  private func moment(_ part: Part, _ side: String, _ typed: Typed, _ faults: inout [FieldFault]) -> Moment? {
    let (day, time) = (typed[part.what, "\(side)_day"], typed[part.what, "\(side)_time"])
    var minutes: Int? = side == "opens" ? 0 : 24 * 60
    if !time.isEmpty { minutes = TypedTime.read(time) }
    if minutes == nil { faults.append(fault(part, "\(side)-time", words.say("setup_schedule.time_wrong"))) }
    guard !day.isEmpty else {
      faults.append(fault(part, "\(side)-day", words.say("setup_schedule.day_missing")))
      return nil
    }
    guard let read = TypedDay.read(day) else {
      faults.append(fault(part, "\(side)-day", words.say("setup_schedule.day_wrong")))
      return nil
    }
    return minutes.map { Moment(read, minutes: $0) }
  }

  private func fault(_ part: Part, _ field: String, _ text: String) -> FieldFault {
    FieldFault("\(field)-\(part.what)", text, summary: "\(part.title): \(text)")
  }

  /// Where a misfit is put right.
  private func fault(_ misfit: Schedule.Misfit) -> FieldFault {
    let text = misfit.said(in: words.language).sentence(in: words.language)
    switch misfit {
    case .missing(let code), .stillCollected(let code, _): return FieldFault("closes-day-\(code)", text)
    case .stranger: return FieldFault(nil, text)
    case .clarifyingEarly: return FieldFault("opens-day-clarifying", text)
    }
  }
}

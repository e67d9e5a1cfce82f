import Integrity
import Reports
import Storage

/// The part of a form with which somebody gives a disclosure another mark: the elements that are there, an option, a
/// number, or met and not met, as the item is judged.
struct MarkField {
  static let names = Fields.Names(once: ["mark", "option", "number"], many: ["element"])

  let item: Item
  let rubric: Rubric
  let words: Wording

  /// How the item is judged.
  private enum Kind {
    case elements, options, number, whole
  }

  private var kind: Kind {
    switch item.form {
    case .checklist: item.elements.isEmpty ? .whole : .elements
    case .scale(let scale, _) where scale.isInterpolated: .number
    case .scale, .stars: .options
    case .band, .count: .number
    case .text: .whole
    }
  }

  /// What was chosen.
  ///
  /// - Parameter first: the finding that stands so far.
  /// - Throws: `FieldFaults` naming what is missing.
  func judgement(_ sent: Fields, first: Judgement?) throws -> Judgement {
    switch sent.text("mark") {
    case "same":
      guard let first else { throw FieldFaults("mark", words.say("new_mark.missing")) }
      return first
    case "not_applicable": return try changed(.notApplicable, first)
    case "other": return try changed(try other(sent), first)
    case "": throw FieldFaults("mark", words.say("new_mark.missing"))
    default: throw Problem.oddForm("mark")
    }
  }

  /// Upholding is a choice of its own: whoever chooses another mark gives another.
  private func changed(_ judgement: Judgement, _ first: Judgement?) throws -> Judgement {
    if let first, item.saysTheSame(judgement, first) {
      throw FieldFaults("mark", words.say("new_mark.unchanged"))
    }
    return judgement
  }

  private func other(_ sent: Fields) throws -> Judgement {
    switch kind {
    case .elements:
      let keys = Set(sent.all("element").map { Key($0) })
      guard keys.isSubset(of: item.elements.map(\.key)) else { throw Problem.oddForm("element") }
      return .elements(keys)
    case .options:
      let code = sent.text("option")
      if code.isEmpty { throw FieldFaults("option", words.say("new_mark.option_missing")) }
      guard item.form.options.contains(where: { $0.code.text == code }) else {
        throw Problem.oddForm("option")
      }
      return .option(Code(code))
    case .whole:
      switch sent.text("option") {
      case "met": return .met
      case "not_met": return .notMet
      case "": throw FieldFaults("option", words.say("new_mark.option_missing"))
      default: throw Problem.oddForm("option")
      }
    case .number:
      guard let number = Points(sent.text("number")), let mark = item.judgement(from: .number(number)) else {
        throw FieldFaults("number", words.say("new_mark.number_wrong", ["range": range]))
      }
      return mark
    }
  }

  /// What numbers there are: `0–5`.
  private var range: String {
    switch item.form {
    case .band(let least, let most, _): "\(least.shown)–\(most.shown)"
    case .scale(let scale, _):
      "\(scale.options.first?.code.text ?? "")–\(scale.options.last?.code.text ?? "")"
    default: "0, 1, 2 …"
    }
  }

  /// - Parameter first: what was found first, to begin from.
  func data(_ entered: Entered, first: Outcome, _ judgement: Judgement?) -> ReportData {
    let sent = entered.fields
    let mark = sent?.text("mark") ?? ""
    let found: Set<Key> =
      if let sent { Set(sent.all("element").map { Key($0) }) } else if case .elements(let keys)? = judgement {
        keys
      } else if judgement == .met { Set(item.elements.map(\.key)) } else { [] }
    let same = words.say(
      "new_mark.same", ["result": words.facts([first.title, first.points ?? ""])])
    return [
      "can_stay": .flag(judgement != nil), "same": .text(same), "is_same": .flag(mark == "same"),
      "is_other": .flag(mark == "other"), "is_not_applicable": .flag(mark == "not_applicable"),
      "fault": ReportData(entered.fault("mark")), "by_elements": .flag(kind == .elements),
      "by_options": .flag(kind == .options || kind == .whole), "by_number": .flag(kind == .number),
      "rule": ReportData(rule),
      "elements": .list(
        item.elements.map { element in
          [
            "key": .text(element.key.text), "title": .text(element.title.in(words.language).held),
            "is_found": .flag(found.contains(element.key)),
            "period": ReportData(period(of: element)),
          ]
        }), "options": .list(options(sent?.text("option") ?? "")),
      "option_fault": ReportData(entered.fault("option")), "number": .text(entered.value("number")),
      "number_hint": .text(words.say("new_mark.number_hint", ["range": range])),
      "number_fault": ReportData(entered.fault("number")),
    ]
  }

  private var rule: String? {
    switch item.form {
    case .checklist(.all): words.say("new_mark.rule_all")
    case .checklist(.share): words.say("new_mark.rule_share")
    default: nil
    }
  }

  private func period(of element: Element) -> String? {
    element.period.flatMap { code in rubric.periods.first { $0.code == code } }?.title.in(words.language)
  }

  private func options(_ chosen: String) -> [ReportData] {
    func option(_ code: String, _ title: String, _ points: String?) -> ReportData {
      [
        "code": .text(code), "title": .text(title), "points": ReportData(points),
        "is_chosen": .flag(code == chosen),
      ]
    }
    if kind == .whole {
      return ["met", "not_met"].map { option($0, words.say("outcome.\($0)"), nil) }
    }
    return item.form.options.map { one in
      option(
        one.code.text, one.title.in(words.language),
        one.points.map { words.say("new_mark.option_points", ["points": $0.shown]) })
    }
  }
}

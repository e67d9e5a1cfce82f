import Integrity
import Reports
import Storage

/// What the form of one mark holds, as it was sent.
struct MarkForm: Hashable, Sendable {
  var mark: Mark
  /// What the page had seen.
  let sighting: Registry.Sighting
  /// What the page about a conflict had seen.
  let over: Registry.Sighting?
  let wish: MarkWish

  /// More elements than any disclosure has.
  private static let mostElements = 99
  static let longestReason = 4000

  static let fields = Fields.Names(
    once: Set(
      [
        "verdict", "number", "reason_code", "reason", "note", "sighting", "over", "next", "do", "auto",
        "comment", "capture", "capture_link",
      ] + (1...mostElements).map { "element_\($0)" }), many: ["link", "seen"])

  /// - Throws: `Problem.oddForm` for a form that is not as our page made it.
  init(_ fields: Fields) throws {
    guard let sighting = Registry.Sighting(fields.text("sighting")) else { throw Problem.oddForm("sighting") }
    self.sighting = sighting
    over = Registry.Sighting(fields.text("over"))
    wish = try MarkWish(fields)
    mark = Mark(
      number: fields.text("number"), code: ReasonCode(rawValue: fields.text("reason_code")),
      reason: fields.text("reason"), note: fields.text("note"))
    for number in 1...MarkForm.mostElements {
      let text = fields.text("element_\(number)")
      if text.isEmpty { continue }
      let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
      switch (parts.first, parts.dropFirst().first) {
      case ("yes", let key?): mark.found.insert(Key(key))
      case ("no", let key?): mark.missing.insert(Key(key))
      default: throw Problem.oddForm("element_\(number)")
      }
    }
    mark.verdict = try MarkForm.verdict(fields.text("verdict"))
    let (links, states) = (fields.all("link"), fields.all("seen"))
    guard links.count == states.count else { throw Problem.oddForm("seen") }
    mark.looks = zip(links, states).compactMap { link, state in
      LinkState(rawValue: state).map { Mark.Look(link, $0) }
    }
  }

  private static func verdict(_ text: String) throws -> Judgement? {
    switch text {
    case "": return nil
    case "met": return .met
    case "not_met": return .notMet
    case "not_applicable": return .notApplicable
    default:
      guard text.hasPrefix("option.") else { throw Problem.oddForm("verdict") }
      return .option(Code(String(text.dropFirst("option.".count))))
    }
  }

  /// As a radio button's value.
  static func value(_ verdict: Judgement) -> String {
    if case .option(let code) = verdict { return "option.\(code)" }
    return verdict == .met ? "met" : verdict == .notMet ? "not_met" : "not_applicable"
  }

  /// What a write rests on: what was seen, or what has been seen of a conflict since.
  var expected: Registry.Sighting { wish.isOver ? over ?? sighting : sighting }

  /// - Throws: `Problem.oddForm` for elements or options that the disclosure has not.
  func insist(on item: Item) throws {
    let keys = Set(item.elements.map(\.key))
    guard mark.found.union(mark.missing).isSubset(of: keys) else { throw Problem.oddForm("element") }
    if case .option? = mark.verdict, mark.verdict.flatMap(item.judgement) == nil {
      throw Problem.oddForm("verdict")
    }
  }

  /// What is too long to be kept.
  func excess(_ words: Wording) -> [FieldFault] {
    var faults: [FieldFault] = []
    faults.append(tooLong: mark.reason, most: MarkForm.longestReason, "reason", words)
    faults.append(tooLong: mark.note, most: 2000, "note", words)
    faults.append(tooLong: mark.number, most: 40, "number", words)
    return faults
  }

  /// What keeps it from becoming a finding.
  func gaps(_ item: Item, _ words: Wording) -> [FieldFault] {
    if wish.isAsking {
      return mark.note.isEmpty ? [FieldFault("note", words.say("marking.fault_note"))] : []
    }
    return mark.gaps(for: item).map { gap in
      switch gap {
      case .verdict: FieldFault("verdict", words.say("marking.fault_verdict"))
      case .contradiction:
        FieldFault(
          "verdict",
          words.say(mark.verdict == .met ? "marking.fault_not_all" : "marking.fault_all_found"))
      case .element(let key):
        FieldFault(
          "element-\((item.elements.firstIndex { $0.key == key } ?? 0) + 1)",
          words.say(
            "marking.fault_element",
            ["number": "\((item.elements.firstIndex { $0.key == key } ?? 0) + 1)"]))
      case .number: FieldFault("number", words.say("marking.fault_number"))
      case .seen: FieldFault("reason", words.say("marking.fault_seen"))
      case .code: FieldFault("reason_code", words.say("marking.fault_code"))
      case .reason:
        FieldFault(
          "reason",
          words.say(mark.verdict == .notApplicable ? "marking.fault_exempt" : "marking.fault_reason"))
      }
    }
  }
}

/// Which button of the form was pressed.
enum MarkWish: Hashable, Sendable {
  /// Save the finding and go on.
  case finish(isOver: Bool)
  /// Save what there is and stay.
  case keep(isOver: Bool)
  /// Leave it to the lead.
  case ask(isOver: Bool)
  /// Throw away what is not finished.
  case drop
  /// Put a sentence of the bank behind the reason; nothing is saved.
  case insert
  /// A capture, with everything else.
  case attach
  /// By its digest.
  case dropCapture(String)

  /// - Throws: `Problem.oddForm` for a button that our page does not have.
  init(_ fields: Fields) throws {
    switch fields.text("do") {
    case "", "finish": self = .finish(isOver: false)
    case "finish_over": self = .finish(isOver: true)
    case "keep": self = .keep(isOver: false)
    case "keep_over": self = .keep(isOver: true)
    case "ask": self = .ask(isOver: false)
    case "ask_over": self = .ask(isOver: true)
    case "drop": self = .drop
    case "insert": self = .insert
    case "attach": self = .attach
    case let text:
      guard text.hasPrefix("drop_"), text.count == "drop_".count + 64 else { throw Problem.oddForm("do") }
      self = .dropCapture(String(text.dropFirst("drop_".count)))
    }
  }

  var isAsking: Bool { if case .ask = self { true } else { false } }

  var isOver: Bool {
    switch self {
    case .finish(let isOver), .keep(let isOver), .ask(let isOver): isOver
    case .drop, .insert, .attach, .dropCapture: false
    }
  }

  /// The button that does the same over what others have done.
  var overValue: String {
    switch self {
    case .ask: "ask_over"
    case .keep, .attach, .dropCapture: "keep_over"
    case .finish, .drop, .insert: "finish_over"
    }
  }
}

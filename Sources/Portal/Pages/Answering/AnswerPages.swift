import HTTPTypes
import Hummingbird
import Integrity
import Logging
import Reports
import Storage

/// Where people answer: the first page, the questions, what was chosen, and the end. Each page carries all that was answered
/// so far; the server remembers nobody.
enum AnswerPages {
  static let routes: [Route] = [
    .open(.get, AnswerPaths.questionnaire) { try await opened(Respondent($0)) },
    .open(.post, AnswerPaths.questionnaire, load: .form) { try await sent(Respondent($0)) },
    .open(.get, AnswerPaths.thanks) { visit in
      try visit.answeringPage(
        "pages/answering-thanks", title: try visit.words().say("answering.thanks"),
        ["protection": .text(AnswerPaths.protection(in: visit.language))],
        other: ["href": .text(AnswerPaths.thanks(in: visit.otherLanguage)), "action": .absent])
    },
    .open(.get, AnswerPaths.protection) { visit in
      try visit.answeringPage(
        "pages/answering-protection", title: try visit.words().say("answering.protection"), [:],
        other: ["href": .text(AnswerPaths.protection(in: visit.otherLanguage)), "action": .absent])
    },
  ]

  // Opening.

  private static func opened(_ one: Respondent) async throws -> Response {
    guard one.form.isOpen else { return try shut(one, status: .ok) }
    return try one.opening()
  }

  /// Not open yet, or no longer.
  private static func shut(_ one: Respondent, status: HTTPResponse.Status) throws -> Response {
    let words = try one.words()
    let now = one.visit.now
    let dates = Dates(one.visit.visitor)
    let (heading, text): (String, String) =
      if let window = one.form.window, now < window.opens {
        ("answering.opens_title", words.say("answering.opens", ["moment": dates.moment(window.opens)]))
      } else if let window = one.form.window, now >= window.closes {
        ("answering.closed_title", words.say("answering.closed", ["moment": dates.moment(window.closes)]))
      } else {
        ("answering.not_open", words.say("answering.not_open_text"))
      }
    return try one.page(
      "pages/answering-said",
      ["heading": .text(words.say(heading)), "text": .text(text), "way": .absent], status: status,
      other: one.paths.form(in:))
  }

  // Sending.

  private static func sent(_ one: Respondent) async throws -> Response {
    let fields = try await one.visit.fields(one.steps.names)
    if fields.text("to") == "begin" { return try await begin(one, fields) }
    if fields.text("to") == "waited" { return try waited(one, fields) }
    let sheet = try AnswerSheet.sealed(fields, one)
    if fields.text("to") == "send" { return try await send(one, sheet) }
    guard one.form.isOpen else { return try shut(one, status: .conflict) }
    let last = one.steps.steps.count
    // Pages are counted from 1, what was chosen is the one behind the last.
    let here = Int(fields.text("at")).flatMap { (1...(last + 1)).contains($0) ? $0 : nil } ?? 1
    switch fields.text("to") {
    case "next":
      let step = one.steps.steps.indices.contains(here - 1) ? one.steps.steps[here - 1] : nil
      let missing = sheet.missing(step?.places ?? [])
      return missing.isEmpty
        ? try one.shown(sheet, at: here + 1) : try one.question(sheet, at: here - 1, missing: missing)
    case "back": return try one.shown(sheet, at: max(1, here - 1))
    case "stay": return try one.shown(sheet, at: here)
    case let page:
      guard let number = Int(page), (1...(last + 1)).contains(number) else { throw Problem.oddForm("to") }
      return try one.shown(sheet, at: number)
    }
  }

  private static func begin(_ one: Respondent, _ fields: Fields) async throws -> Response {
    let (nonce, bits) = (fields.text("nonce"), Int(fields.text("bits")) ?? 0)
    guard Forgery.matches(fields.text("seal"), try one.seal.opening(nonce, bits: bits)) else {
      throw Problem.foreignForm
    }
    guard one.form.isOpen else { return try shut(one, status: .conflict) }
    let words = try one.words()
    if one.isByLink {
      switch fields.text("dealt") {
      case "no":
        return try one.page(
          "pages/answering-said",
          [
            "heading": .text(words.say("answering.not_meant")),
            "text": .text(words.say("answering.not_meant_text")), "way": .absent,
          ])
      case "yes": break
      default:
        return try one.opening([FieldFault("dealt-yes", words.say("answering.dealt_missing"))])
      }
      if AnswerSeal.isWorked(nonce, fields.text("work"), bits: bits) {
        return try one.question(one.begun(nonce, nil), at: 0)
      }
      let wait = one.toll().wait
      return try one.queue(nonce, one.visit.now.seconds + wait)
    }
    guard let slip = SlipCode(typed: fields.text("slip")) else {
      let word = fields.text("slip").isEmpty ? "answering.slip_missing" : "answering.slip_mistyped"
      return try one.opening(
        [FieldFault("slip", words.say(word))], slip: String(fields.text("slip").prefix(60)))
    }
    let place = one.paths.place
    guard try await one.visit.portal.read({ try $0.opens(slip, place) }) else { return try refused(one) }
    return try one.question(one.begun(nonce, slip), at: 0)
  }

  /// Whoever waited goes on; whoever comes too early waits for what is left.
  private static func waited(_ one: Respondent, _ fields: Fields) throws -> Response {
    guard one.isByLink, let ticket = try one.seal.read(ticket: fields.text("ticket")) else {
      throw Problem.foreignForm
    }
    guard one.form.isOpen else { return try shut(one, status: .conflict) }
    guard ticket.from <= one.visit.now.seconds else { return try one.queue(ticket.nonce, ticket.from) }
    return try one.question(one.begun(ticket.nonce, nil), at: 0)
  }

  /// The same page for every code that is not good, whatever became of it.
  private static func refused(_ one: Respondent) throws -> Response {
    let words = try one.words()
    return try one.page(
      "pages/answering-said",
      [
        "heading": .text(words.say("answering.refused")), "text": .text(words.say("answering.refused_text")),
        "way": .text(words.say("answering.refused_way")),
      ], status: .forbidden, other: one.paths.form(in:))
  }

  private static func send(_ one: Respondent, _ sheet: AnswerSheet) async throws -> Response {
    let missing = sheet.missing(one.steps.places)
    if let first = missing.first {
      let page = one.steps.steps.firstIndex { $0.places.contains(first) } ?? 0
      return try one.question(
        sheet, at: page, missing: missing.filter(one.steps.steps[page].places.contains))
    }
    if one.visit.portal.settings.leaks.contains(.forms) {
      one.visit.visitor.logger.info("sent", metadata: ["form": "\(sheet.nonce)"])
    }
    let outcome = try await one.visit.portal.registry.answer(
      SentAnswer(
        to: one.paths.place, nonce: sheet.nonce, code: sheet.slip, answers: sheet.answers,
        isTooFast: one.isTooFast(sheet), texts: sheet.texts), at: one.visit.now)
    switch outcome {
    case .kept: return .redirect(to: AnswerPaths.thanks(in: one.language))
    case .codeRefused: return try refused(one)
    case .closed: return try shut(one, status: .conflict)
    case .busy: throw Problem.busy(5)
    }
  }
}

extension AnswerSheet {
  /// What came back, if it was given out by us.
  fileprivate static func sealed(_ fields: Fields, _ one: Respondent) throws -> AnswerSheet {
    let began = Int64(fields.text("began")) ?? 0
    let seal = fields.text("seal")
    guard Forgery.matches(seal, try one.seal.questions(fields.text("nonce"), began: began)) else {
      throw Problem.foreignForm
    }
    var sheet = try AnswerSheet(fields, one.steps)
    sheet.seal = seal
    return sheet
  }
}

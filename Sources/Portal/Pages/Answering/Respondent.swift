import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// A request by somebody who answers a questionnaire: nobody knows who, and nothing of it is kept but the answer.
struct Respondent: Sendable {
  let visit: Visit
  let form: AskedForm
  let steps: AnswerSteps
  let names: AskedQuestionnaires.Names
  let paths: AnswerPaths
  let seal: AnswerSeal

  /// - Throws: `Problem.notFound` where there is no such questionnaire.
  init(_ visit: Visit) async throws {
    let name: Code<Node> = try visit.part("questionnaire")
    let parts = name.text.split(separator: ".", maxSplits: 1).map(String.init)
    let place = AnswerPlace(
      try visit.part("cycle"), try visit.part("office"),
      Collected(Code(parts.first ?? ""), route: parts.count > 1 ? Code(parts[1]) : nil))
    let now = visit.now
    guard let asked = try await visit.portal.asked.asked(place, in: visit.portal, at: now),
      asked.form.cycle.stage != .preparing
    else { throw Problem.notFound }
    self.visit = visit
    (form, steps) = (asked.form, asked.steps)
    names = asked.names[visit.language] ?? AskedQuestionnaires.Names(office: "", title: "")
    let audience = visit.asked("for").map { Code<Audience>($0) }
    paths = AnswerPaths(
      place: place, address: asked.address, language: visit.language,
      audience: form.instrument.questionnaire?.audiences.first { $0.code == audience }?.code)
    seal = AnswerSeal(registry: visit.portal.registry, place: place)
  }

  var language: Language { visit.language }
  var isByLink: Bool { form.access == .link }

  func words() throws -> Wording { try visit.words() }

  /// What a number of seconds means: whether somebody was far faster than anybody reads. One a question is.
  func isTooFast(_ sheet: AnswerSheet) -> Bool {
    visit.now.seconds - sheet.began < Int64(steps.places.count)
  }

  /// A page that carries nothing on.
  ///
  /// - Parameter address: in a language, where the page can be opened in the other.
  func page(
    _ template: String, _ data: [String: ReportData], status: HTTPResponse.Status = .ok,
    other address: ((Language) -> String)? = nil
  ) throws -> Response {
    var fields = data
    fields["over"] = .text(over)
    fields["office"] = .text(names.office)
    fields["again"] = .text(paths.form)
    fields["protection"] = .text(AnswerPaths.protection(in: language))
    return try visit.answeringPage(
      template, title: names.title, fields,
      other: address.map { ["href": .text($0(visit.otherLanguage)), "action": .absent] } ?? .absent,
      status: status)
  }

  /// The questionnaire's name and code, above the heading.
  var over: String { "\(form.instrument.title.in(language)) (\(form.instrument.code))".held }

  /// What a page of the form itself has of its own: it carries everything that was answered so far.
  func own(_ sheet: AnswerSheet) throws -> [String: String] {
    let words = try words()
    let (all, count) = (steps.places.count, sheet.count(steps))
    return [
      "action": paths.form, "nonce": sheet.nonce, "began": "\(sheet.began)",
      "seal": try sheet.seal ?? seal.questions(sheet.nonce, began: sheet.began),
      "slip": sheet.slip?.grouped ?? "",
      "answers": sheet.packed,
      "answered": words.say("answering.answered", ["count": "\(count)", "all": "\(all)"]),
      "share": "\(all == 0 ? 0 : count * 100 / all)", "office": names.office, "title": names.title,
      "other": paths.form(in: visit.otherLanguage),
    ]
  }

  /// A page of the form itself.
  ///
  /// - Parameter own: what `own` says, or blanks for it.
  func text(
    _ template: String, _ own: [String: String], _ data: [String: ReportData], texts: [ReportData]
  ) throws -> String {
    let own = own.mapValues { ReportData.text($0) }
    var fields = data
    var sheet = own.filter { ["action", "nonce", "began", "seal", "slip", "answers"].contains($0.key) }
    sheet["texts"] = .list(texts)
    fields["sheet"] = .record(sheet)
    for name in ["answered", "share", "office"] { fields[name] = own[name] }
    fields["over"] = .text(over)
    return try visit.answeringText(
      template, title: own["title"]?.shown ?? "", fields,
      other: ["href": .absent, "action": own["other"] ?? .absent])
  }
}

extension Visit {
  var otherLanguage: Language { language == .thai ? .english : .thai }

  /// A page for respondents in its own small frame, with its own sheet and script.
  ///
  /// - Parameter other: the way to the other language: `href`, or `action` where the form goes along.
  func answeringPage(
    _ template: String, title: String, _ data: [String: ReportData], other: ReportData = .absent,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    .html(try answeringText(template, title: title, data, other: other), status: status)
  }

  func answeringText(
    _ template: String, title: String, _ data: [String: ReportData], other: ReportData = .absent
  ) throws -> String {
    var fields = data
    fields["other"] = other
    fields["answering"] = [
      "style": .text(portal.assets.answeringStyle), "script": .text(portal.assets.answeringScript),
      "lang": .text(otherLanguage.rawValue),
    ]
    return try pageText(template, title: title, fields)
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// A poster for the wall: an office's open questionnaire as a QR symbol, for everybody or for some of those it asks.
enum PosterPage {
  static let routes: [Route] = [
    .page(Paths.home + "/poster") { signedIn in
      let paths = try signedIn.paths()
      let asked = signedIn.visit.asked("of") ?? ""
      let forms = try await forms(signedIn)
      guard let form = forms.first(where: { code(of: $0) == asked }) ?? forms.first else {
        throw Problem.notFound
      }
      let audience = form.instrument.questionnaire?.audiences.first {
        $0.code.text == signedIn.visit.asked("for")
      }
      let base = signedIn.portal.settings.base
      let address = base + AnswerPaths.plain(form.place, for: audience?.code)
      guard let symbol = QRSymbol(address) else { throw Problem.notFound }
      let words = try signedIn.words()
      return try signedIn.page(
        "pages/poster", title: words.say("poster.title"),
        [
          "back": .text(paths.questionnaires), "side": .text("\(symbol.side)"), "path": .text(symbol.path),
          "address": .text(address.trimmingScheme),
          "sides": .list(try Language.allCases.map { try side($0, form, audience, signedIn) }),
        ], frame: try signedIn.frame(.questionnaires, form.cycle, form.rubric, form.office))
    }
  ]

  /// The open questionnaires of the office in the path, for its own people alone.
  static func forms(_ signedIn: SignedIn) async throws -> [AskedForm] {
    let desk = try await signedIn.ownDesk()
    return try await forms(desk, signedIn)
  }

  static func forms(_ desk: Registry.OfficeDesk, _ signedIn: SignedIn) async throws -> [AskedForm] {
    let (cycle, office, now) = (desk.cycle.code, desk.office.code, signedIn.now)
    let places = desk.questionnaires.flatMap { instrument -> [AnswerPlace] in
      guard let questionnaire = instrument.questionnaire else { return [] }
      let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
      return routes.filter { questionnaire.access(by: $0) == .link }
        .map { AnswerPlace(cycle, office, Collected(instrument.code, route: $0)) }
    }
    return try await signedIn.portal.read { registry in
      try places.compactMap { try registry.askedForm($0, at: now) }
    }
  }

  static func code(of form: AskedForm) -> String {
    form.place.collected.route?.text ?? form.place.collected.instrument.text
  }

  /// Where a poster of the office stands.
  static func path(_ paths: Paths, _ form: AskedForm, for audience: Code<Audience>?) -> String {
    paths.poster + "?of=\(code(of: form).queryEscaped)"
      + (audience.map { "&for=\($0.text.queryEscaped)" } ?? "")
  }

  private static func side(
    _ language: Language, _ form: AskedForm, _ audience: Named<Audience>?, _ signedIn: SignedIn
  ) throws -> ReportData {
    let words = try signedIn.portal.pages.words(language)
    let office = form.office.name.in(language)
    let from = form.cycle.year.firstDay.map { $0.written(in: language) } ?? ""
    let lead =
      audience.map {
        words.say("poster.lead_audience", ["audience": $0.title.within(language), "day": from])
      }
      ?? words.say("poster.lead", ["day": from])
    return [
      "lang": .text(language.rawValue), "heading": .text(words.say("poster.heading")),
      "office": .text(office.held), "lead": .text(lead.held), "how": .text(words.say("poster.how")),
      "facts": .list([
        .text(
          words.say(
            "poster.time",
            [
              "count": "\(AnswerSteps(form).count)",
              "minutes": "\(max(1, (AnswerSteps(form).places.count + 1) / 2))",
            ])),
        .text(words.say("poster.nobody")),
      ]),
      "until": ReportData(
        form.window.map { words.say("slips.until", ["moment": $0.closes.written(in: language)]) }),
    ]
  }
}

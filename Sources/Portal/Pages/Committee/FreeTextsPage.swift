import Hummingbird
import Integrity
import Reports
import Storage

/// Words that people wrote in an office's questionnaires, in no order and apart from their answers; for the committee alone,
/// once a questionnaire is closed.
enum FreeTextsPage {
  static let routes: [Route] = [
    .page("/{cycle}/results/quality/{office}") { signedIn in
      let (paths, words) = (try signedIn.committeePaths(), try signedIn.words())
      let office: Code<Office> = try signedIn.part("office")
      let forms = try await written(office, in: paths.cycle, signedIn)
      guard let first = forms.first else { throw Problem.notFound }
      return try signedIn.page(
        "pages/committee-texts", title: words.say("quality.texts_title"),
        [
          "heading": .text(words.say("quality.texts_title")),
          "office": .text(first.form.office.shortName(words).held), "back": .text(paths.quality),
          "groups": .list(forms.flatMap { groups($0.form, $0.texts, words) }),
        ], frame: try signedIn.resultsFrame(.quality, first.form.cycle))
    }
  ]

  /// Whether a questionnaire asks for words at all.
  static func asks(_ instrument: Instrument) -> Bool {
    instrument.parts.items.contains { if case .text = $0.form { true } else { false } }
  }

  private static func written(
    _ office: Code<Office>, in cycle: Code<Cycle>, _ signedIn: SignedIn
  ) async throws -> [(form: AskedForm, texts: [Registry.FreeText])] {
    try await signedIn.read { registry, signer, now in
      let rubric = try registry.rubric(of: cycle)
      let places = rubric.instruments.flatMap { instrument -> [AnswerPlace] in
        guard let questionnaire = instrument.questionnaire else { return [] }
        let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
        return routes.map { AnswerPlace(cycle, office, Collected(instrument.code, route: $0)) }
      }
      return try places.compactMap { place in
        let texts = try registry.freeTexts(of: place, by: signer, at: now)
        return try registry.askedForm(place, at: now).map { (form: $0, texts: texts) }
      }
    }
  }

  private static func groups(
    _ form: AskedForm, _ texts: [Registry.FreeText], _ words: Wording
  ) -> [ReportData] {
    let name = form.place.collected.route?.text ?? form.place.collected.instrument.text
    return form.items.filter { if case .text = $0.form { true } else { false } }.map { item in
      let own = texts.filter { $0.item == item.code }.map(\.text)
      return [
        "code": .text(name), "title": .text(item.title.in(words.language).held),
        "texts": .list(own.map { .text($0) }), "is_empty": .flag(own.isEmpty),
      ]
    }
  }
}

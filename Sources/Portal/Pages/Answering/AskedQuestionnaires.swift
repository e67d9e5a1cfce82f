import Integrity
import Reports
import Storage
import Synchronization

/// Questionnaires as they are asked, kept between requests: everybody of an office asks for the same one. Nothing of who
/// asked is in them. All are forgotten when anything changes of which they are made.
final class AskedQuestionnaires: Sendable {
  struct Asked: Sendable {
    var form: AskedForm
    let steps: AnswerSteps
    /// Where it is, in any language.
    let address: String
    let names: [Language: Names]
  }

  /// As a page says whose questionnaire it is.
  struct Names: Sendable {
    let office: String
    let title: String
  }

  private struct State {
    /// Of the registry when they were read.
    var generation = 0
    var asked: [AnswerPlace: Asked] = [:]
  }

  private let state = Mutex(State())

  /// With one more all are forgotten.
  private static let most = 500

  /// - Returns: nil where there is none.
  func asked(_ place: AnswerPlace, in portal: Portal, at now: Moment) async throws -> Asked? {
    // Noted before it is read, so that what is read is not older.
    let generation = portal.registry.generation
    if let generation, var known = known(place, generation) {
      known.form = known.form.seen(at: now)
      return known
    }
    guard let form = try await portal.read({ try $0.askedForm(place, at: now) }) else { return nil }
    let names = try Language.allCases.map { language in
      let words = try portal.pages.words(language)
      let office = form.office.shortName(words)
      return (
        language, Names(office: office.held, title: words.say("answering.heading", ["office": office]))
      )
    }
    let asked = Asked(
      form: form, steps: AnswerSteps(form), address: AnswerPaths.plain(place),
      names: Dictionary(uniqueKeysWithValues: names))
    if let generation, generation == portal.registry.generation { keep(asked, generation) }
    return asked
  }

  private func known(_ place: AnswerPlace, _ generation: Int) -> Asked? {
    state.withLock { $0.generation == generation ? $0.asked[place] : nil }
  }

  private func keep(_ asked: Asked, _ generation: Int) {
    state.withLock { state in
      if state.generation != generation || state.asked.count >= AskedQuestionnaires.most {
        state = State(generation: generation)
      }
      state.asked[asked.form.place] = asked
    }
  }
}

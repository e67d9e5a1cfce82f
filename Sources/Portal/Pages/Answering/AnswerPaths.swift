import Hummingbird
import Integrity
import Storage

/// Addresses of the pages of respondents. Everything they depend on stands in the address, since no cookie is set or read;
/// a code never does.
struct AnswerPaths: Sendable {
  let place: AnswerPlace
  /// Without what only this visit has.
  let address: String
  let language: Language
  /// Whom the poster was for by which somebody came; it is shown and not kept.
  var audience: Code<Audience>?

  static let base = "/answer"
  /// As routes name it: `IIT`, or `EIT.EIT1` for one part of a questionnaire that has parts.
  static let questionnaire = base + "/{cycle}/{office}/{questionnaire}"
  static let thanks = base + "/thanks"
  static let protection = base + "/protection"

  /// Whether an address is of these pages: then nothing at all is kept of the request.
  static func holds(_ path: String) -> Bool { path.split(separator: "/").first == base.dropFirst() }

  /// The language an address asks for; Thai where it asks for none.
  static func language(of request: Request) -> Language {
    request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) } ?? .thai
  }

  /// Without what only this visit has: as it is printed.
  static func plain(_ place: AnswerPlace) -> String {
    let collected = place.collected
    let name = [collected.instrument.text, collected.route?.text].compactMap { $0 }.joined(separator: ".")
    let parts = [place.cycle.text, place.office.text, name]
    return base + parts.map { "/" + $0.queryEscaped }.joined()
  }

  /// As a poster for an audience carries it.
  static func plain(_ place: AnswerPlace, for audience: Code<Audience>?) -> String {
    plain(place) + (audience.map { "?for=\($0.text.queryEscaped)" } ?? "")
  }

  var form: String { form(in: language) }

  func form(in language: Language) -> String { address + suffix(language) }

  static func thanks(in language: Language) -> String { "\(thanks)?lang=\(language.rawValue)" }
  static func protection(in language: Language) -> String { "\(protection)?lang=\(language.rawValue)" }

  private func suffix(_ language: Language) -> String {
    "?lang=\(language.rawValue)" + (audience.map { "&for=\($0.text.queryEscaped)" } ?? "")
  }
}

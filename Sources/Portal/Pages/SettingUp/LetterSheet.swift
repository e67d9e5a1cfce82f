import Integrity
import Reports
import Storage

/// A first sign-in letter as a page shows and prints it.
struct LetterSheet {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func fields(_ letter: Registry.Letter, back: String) throws -> [String: ReportData] {
    let thai = try visit.portal.pages.words(.thai)
    return [
      "brand": [
        "name": .text(thai.text("product", "name")), "tagline": .text(thai.text("product", "tagline")),
      ],
      "address": .text(visit.portal.settings.base), "name": .text(letter.name),
      "post": ReportData(letter.post),
      "office": letter.office.map { ["thai": .text($0.thai), "english": .text($0.english)] } ?? .absent,
      "person": .text(letter.person.text), "code": .text(letter.code),
      "sides": .list(
        try Language.allCases.map { language -> ReportData in
          let own = try visit.portal.pages.words(language)
          return [
            "lang": .text(language.rawValue), "words": own.data,
            "expires": .text(
              own.say("sentences.letter_expires", ["moment": letter.expires.written(in: language)])),
          ]
        }), "back": .text(back),
    ]
  }
}

import Integrity
import Reports
import Storage

/// How people come to an office's questionnaires: by slips drawn from a box, or by an open link on a poster.
struct WaysToAnswer {
  private let desk: Registry.OfficeDesk
  private let signedIn: SignedIn
  private let links: [AskedForm]

  init(_ desk: Registry.OfficeDesk, _ signedIn: SignedIn) async throws {
    (self.desk, self.signedIn) = (desk, signedIn)
    links = try await PosterPage.forms(desk, signedIn)
  }

  var data: [ReportData] {
    get throws {
      let (words, paths) = (try signedIn.words(), try signedIn.paths())
      let base = signedIn.portal.settings.base
      let slips = desk.rubric.slipRoutes.map { collected -> ReportData in
        let isPart = collected.route != nil
        let code = collected.route?.text ?? collected.instrument.text
        return [
          "code": .text(code), "heading": .text(words.say("ways.by_code", ["code": code])),
          "text": .text(words.say(isPart ? "ways.by_assessor_text" : "ways.by_code_text")),
          "slips": isPart ? .absent : .text(paths.slips), "address": .absent,
        ]
      }
      let open = links.map { form -> ReportData in
        let audiences = form.instrument.questionnaire?.audiences ?? []
        let code = PosterPage.code(of: form)
        return [
          "code": .text(code), "heading": .text(words.say("ways.by_link", ["code": code])),
          "text": .text(words.say("ways.by_link_text")), "slips": .absent,
          "address": .text((base + AnswerPaths.plain(form.place)).trimmingScheme),
          "poster": .text(PosterPage.path(paths, form, for: nil)),
          "has_audiences": .flag(!audiences.isEmpty),
          "audiences": .list(
            audiences.map { audience in
              [
                "href": .text(PosterPage.path(paths, form, for: audience.code)),
                "name": .text(audience.title.in(words.language)),
              ]
            }),
        ]
      }
      // In the order of the rubric.
      let order = desk.questionnaires.flatMap { instrument -> [String] in
        let routes = instrument.questionnaire?.routes ?? []
        return routes.isEmpty ? [instrument.code.text] : routes.map(\.code.text)
      }
      return order.compactMap { code in (slips + open).first { $0["code"] == .text(code) } }
    }
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// Slips as they are printed and cut: a code, the same in a QR symbol, and how to answer, in both languages.
struct SlipSheet {
  let signedIn: SignedIn
  let kind: SlipsPage.Kind
  let codes: [SlipCode]

  var page: Response {
    get async throws {
      let words = try signedIn.words()
      let paths = try signedIn.paths()
      let isOwn = try await signedIn.isOwn(paths)
      let base = signedIn.portal.settings.base
      let address = AnswerPaths.plain(kind.state.place)
      return try signedIn.page(
        "pages/slip-sheet", title: words.say("slips.sheet_title", ["code": kind.code]),
        [
          "heading": .text(words.say("slips.sheet_heading", ["count": codes.count.shown])),
          "back": .text(paths.slips), "name": .text("\(kind.title(words.language)) (\(kind.code))".held),
          "address": .text(address.isEmpty ? base : base.trimmingScheme + address),
          "sides": .list(try Language.allCases.map(side)),
          "slips": .list(codes.map { slip($0, base + address) }),
        ], frame: try signedIn.officeFrame(kind.form, isOwn: isOwn))
    }
  }

  private func side(_ language: Language) throws -> ReportData {
    let words = try signedIn.portal.pages.words(language)
    let closes = kind.form.window.map { window -> String in
      // A date is not cut in two.
      let moment = window.closes.written(in: language).replacing(" ", with: "\u{A0}")
      return words.say("slips.until", ["moment": moment])
    }
    return [
      "lang": .text(language.rawValue),
      "title": .text(
        words.say("slips.slip_title", ["code": kind.code, "office": kind.form.office.shortName(words)]).held),
      "how": .text(words.say("slips.slip_how")), "until": ReportData(closes),
      "nobody": .text(words.say("slips.slip_nobody")),
    ]
  }

  private func slip(_ code: SlipCode, _ address: String) -> ReportData {
    let symbol = QRSymbol("\(address)#\(code.text)")
    return [
      "groups": .list(code.groups.map { .text($0) }),
      "side": .text("\(symbol?.side ?? 0)"), "path": .text(symbol?.path ?? ""),
    ]
  }
}

extension String {
  /// As people type it.
  var trimmingScheme: String { replacing("https://", with: "", maxReplacements: 1) }
}

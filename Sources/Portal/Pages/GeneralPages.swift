import Foundation
import Hummingbird
import Integrity
import Reports

/// Pages for everybody, signed in or not: how things are done here, what is kept of people, and whom to ask.
enum GeneralPages {
  static let routes: [Route] = [
    .open(.get, "/help") { visit in
      try visit.general(
        "help", ["trying": visit.portal.settings.trying?.data(visit.language) ?? .absent])
    },
    .open(.get, "/privacy") { visit in
      let settings = visit.portal.settings
      func minutes(_ seconds: Int64) -> String { "\(seconds / 60)" }
      return try visit.general(
        "privacy",
        [
          "session": .text(
            try visit.words().say(
              "privacy.cookie_session",
              [
                "idle": minutes(settings.idle), "sooner": minutes(settings.idleOfDeciders),
                "hours": "\(settings.absolute / 3600)",
              ]))
        ])
    },
    .open(.get, "/contact") { visit in
      let words = try visit.words()
      let said = visit.portal.settings.contact?.in(visit.language) ?? words.text("contact", "default")
      let lines = said.split(separator: "\n").map { ReportData.text($0.trimmingCharacters(in: .whitespaces)) }
      return try visit.general("contact", ["lines": .list(lines)])
    },
  ]
}

extension Visit {
  /// A page of text, under the header of whoever has signed in.
  fileprivate func general(_ name: String, _ data: [String: ReportData] = [:]) throws -> Response {
    let frame = visitor.session == nil ? ReportData.absent : try signedIn().bareFrame()
    return try page("pages/\(name)", title: try words().text(name, "title"), data, frame: frame)
  }
}

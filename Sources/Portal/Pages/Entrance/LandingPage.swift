import Hummingbird
import Integrity
import Reports
import Storage

/// Where somebody lands after signing in: at their work where there is one place of it, else at a choice.
enum LandingPage {
  static let routes: [Route] = [
    .page("/") { signedIn in
      let (offices, cycles) = try await signedIn.read { registry, signer, now in
        (try registry.currentCycles(for: signer, at: now), try registry.latestCycles(for: signer, at: now))
      }
      let words = try signedIn.words()
      let own = offices?.first { !$0.offices.isEmpty }
      let rooms = Room.all(for: signedIn.session.who, on: signedIn.now.day)
      let ways =
        (own.map { Way.offices($0.offices, in: $0.cycle, words) } ?? [])
        + rooms.compactMap { Way($0, in: $0 == .committee ? cycles.readable : cycles.opened, words) }
      if let way = ways.first, ways.count == 1 { return .redirect(to: way.href) }
      return try signedIn.page(
        "pages/landing", title: words.say("landing.title"),
        [
          "ways": .list(ways.map(\.data)), "has_ways": .flag(!ways.isEmpty),
          // Of the offices of the latest cycle in which any of them takes part.
          "year": ReportData(own.map { words.say("banner.year", ["year": words.year($0.cycle.year)]) }),
          "waits": .flag(offices != nil || !rooms.isEmpty),
        ], frame: try signedIn.bareFrame())
    }
  ]
}

/// One place where somebody works.
private struct Way {
  let href: String
  let name: String
  /// Of an office.
  var code: String?

  init(href: String, name: String, code: String? = nil) {
    (self.href, self.name, self.code) = (href, name, code)
  }

  /// nil where the room's work has not begun.
  init?(_ room: Room, in cycle: Code<Cycle>?, _ words: Wording) {
    guard let place = room.places.first, cycle != nil || !place.needsCycle else { return nil }
    self.init(href: place.path(in: cycle), name: words.say("rooms.\(room.rawValue)"))
  }

  static func offices(_ offices: [Office], in cycle: Cycle, _ words: Wording) -> [Way] {
    offices.sorted { $0.code < $1.code }.map {
      Way(
        href: Paths(cycle: cycle.code, office: $0.code).home, name: $0.name.in(words.language),
        code: $0.code.text)
    }
  }

  var data: ReportData { ["href": .text(href), "name": .text(name), "code": ReportData(code)] }
}

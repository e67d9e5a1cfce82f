import Hummingbird
import Integrity
import Reports
import Storage

/// Where somebody lands, and the overview of an office.
enum HomePage {
  static let routes: [Route] = [
    .page("/", landing),
    .page(Paths.home) { signedIn in
      let (cycle, office): (Code<Cycle>, Code<Office>) = (
        try signedIn.part("cycle"), try signedIn.part("office")
      )
      let (desk, may) = try await signedIn.read { registry, signer, now in
        (
          try registry.officeDesk(office, in: cycle, by: signer, at: now),
          try registry.mayAct([.submit, .pass, .readProgress], on: office, in: cycle, by: signer, at: now)
        )
      }
      // Whoever judges the office item by item is not shown what it comes to.
      guard may.contains(.readProgress) else { throw Problem.notFound }
      let words = try signedIn.words()
      let home = HomeData(desk, may: may, at: signedIn.now, words, Dates(signedIn.visit.visitor))
      return try signedIn.page(
        "pages/home", title: words.say("home.title"), home.fields,
        frame: try signedIn.frame(.home, desk.cycle, desk.rubric, desk.office))
    },
  ]

  /// The way to one's own office of the latest cycle; a choice where there are several, and a word of what to expect
  /// where there is none.
  private static func landing(_ signedIn: SignedIn) async throws -> Response {
    let cycles = try await signedIn.read { registry, signer, now in
      try registry.currentCycles(for: signer, at: now)
    }
    if cycles == nil, Room.all(for: signedIn.session.who, on: signedIn.now.day).contains(.settingUp) {
      return .redirect(to: SettingUp.checklist)
    }
    let latest = cycles?.first { !$0.offices.isEmpty }
    if let latest, latest.offices.count == 1, let office = latest.offices.first {
      return .redirect(to: Paths(cycle: latest.cycle.code, office: office.code).home)
    }
    let words = try signedIn.words()
    let offices = latest.map { cycle, offices in
      offices.sorted { $0.code < $1.code }.map { office -> ReportData in
        [
          "href": .text(Paths(cycle: cycle.code, office: office.code).home),
          "name": .text(office.name.in(words.language)), "code": .text(office.code.text),
        ]
      }
    }
    return try signedIn.page(
      "pages/offices", title: words.say("offices.title"),
      [
        "is_own": .flag(cycles != nil), "offices": .list(offices ?? []), "has_offices": .flag(offices != nil),
        "year": ReportData(latest.map { words.say("banner.year", ["year": words.year($0.cycle.year)]) }),
      ], frame: try signedIn.bareFrame())
  }
}

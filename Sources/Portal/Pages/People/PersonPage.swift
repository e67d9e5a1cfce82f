import Hummingbird
import Integrity
import Reports
import Storage

/// One of an office's people: what they are here, how they get in, and what its administrator may change about it.
enum PersonPage {
  private static let path = Paths.home + "/people/{person}"

  static let routes: [Route] =
    [.page(path) { try await show($0, .nothing) }] + [granting, revoking, closing, opening].map(\.sent)
    + [lettering.sent]
    // Where a form was sent to, the page may be asked for again: in the other language, or by going back.
    + ["grant", "revoke", "close", "open", "letter"].map { act in
      .page(path + "/" + act) { signedIn in .redirect(to: try await place(signedIn).path) }
    }

  private static let granting = Form(
    path: path + "/grant", fields: Fields.Names(once: ["role", "group", "grant_password"]), show: show,
    act: grant)
  private static let revoking = Form(
    path: path + "/revoke", fields: Fields.Names(once: ["role"]), show: show, act: revoke)
  private static let closing = Form(
    path: path + "/close", fields: Fields.Names(once: ["sure"]), show: show, act: close)
  private static let opening = Form(path: path + "/open", fields: Fields.Names(), show: show, act: open)
  private static let lettering = EntranceForm(
    path: path + "/letter", fields: Fields.Names(once: ["password"]), access: .signedIn,
    show: { visit, entered in try await show(try visit.signedIn(), entered) }, act: letter)

  private struct Place {
    let desk: Registry.PeopleDesk
    let person: Registry.OfficePerson
    let path: String
  }

  private static func place(_ signedIn: SignedIn) async throws -> Place {
    let desk = try await PeoplePage.desk(signedIn)
    let code: Code<Person> = try signedIn.part("person")
    guard let person = desk.people.first(where: { $0.code == code }) else { throw Problem.notFound }
    return Place(desk: desk, person: person, path: try signedIn.paths().person(code))
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let place = try await place(signedIn)
    let (desk, person, words) = (place.desk, place.person, try signedIn.words())
    let rows = PersonRows(desk, words, Dates(signedIn.visit.visitor))
    let isClosed = person.way == .closed
    let revocable = person.grants.map(\.role).filter(person.revocable.contains)
    var seen: Set<String> = []
    return try signedIn.page(
      "pages/person", title: person.name,
      [
        "form": try signedIn.visit.form(place.path, entered), "people": .text(try signedIn.paths().people),
        "path": .text(place.path), "heading": .text(person.name), "post": ReportData(person.post),
        "person": .text(person.code.text), "roles": .list(rows.roles(of: person).map { .text($0) }),
        "way": rows.way(of: person), "is_reader": .flag(person.isReader), "is_closed": .flag(isClosed),
        "may_keep": .flag(person.mayKeep),
        "letter": person.mayKeep && !isClosed
          ? try letterForm(signedIn, person, entered) : .absent,
        "revocable": .list(
          revocable.filter { seen.insert($0.rawValue).inserted }.map { role in
            [
              "code": .text(role.rawValue),
              "title": .text(role.title.in(words.language).sentence(in: words.language)),
            ]
          }), "has_revocable": .flag(!revocable.isEmpty),
        "grantable": person.mayKeep && !person.grantable.isEmpty
          ? [
            "roles": .list(desk.roleChoices(person.grantable, chosen: entered.value("role"), words)),
            "groups": .list(desk.groupChoices(chosen: entered.value("group"), words)),
            "grant_password": try signedIn.visit.passwordField("grant_password", in: "people", entered).with([
              "label": .text(words.say("setup.password_label"))
            ]),
          ] : .absent,
        "role_fault": ReportData(entered.fault("role")), "sure_fault": ReportData(entered.fault("sure")),
      ], frame: try PeoplePage.frame(signedIn, desk))
  }

  /// Whoever has a password loses it with a new letter: that takes the administrator's own.
  private static func letterForm(
    _ signedIn: SignedIn, _ person: Registry.OfficePerson, _ entered: Entered
  ) throws -> ReportData {
    [
      "has_password": .flag(person.way == .password),
      "password": person.way == .password
        ? try signedIn.visit.passwordField(in: "people", entered) : .absent,
    ]
  }

  // What may be changed.

  private static func grant(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (place, words) = (try await place(signedIn), try signedIn.words())
    var faults: [FieldFault] = []
    let grant = try place.desk.grant(sent, at: signedIn.now, among: place.person.grantable, words, &faults)
    guard let grant else { throw FieldFaults(faults) }
    if place.person.grants.contains(where: { $0.role == grant.role && $0.group == grant.group }) {
      throw FieldFaults("role", words.say("people.role_held"))
    }
    try await signedIn.confirm(sent.raw("grant_password"), field: "grant_password")
    let code = place.person.code
    try await signedIn.write(sent) { registry, signer, now in
      try registry.grant(grant, to: code, by: signer, at: now)
    }
    return place.path + "?done=role_given"
  }

  private static func revoke(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let place = try await place(signedIn)
    let (code, office, day) = (place.person.code, place.desk.office.code, signedIn.now.day)
    guard let role = place.person.grants.map(\.role).first(where: { $0.rawValue == sent.text("role") }) else {
      // Somebody else was quicker.
      return place.path
    }
    try await signedIn.write(sent) { registry, signer, now in
      try registry.revoke(role, for: office, from: code, until: day, by: signer, at: now)
    }
    return place.path + "?done=role_ended"
  }

  private static func close(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (place, words) = (try await place(signedIn), try signedIn.words())
    guard sent.text("sure") == "yes" else { throw FieldFaults("sure", words.say("people.sure_missing")) }
    return try await setClosed(true, place, signedIn, sent)
  }

  private static func open(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    try await setClosed(false, try await place(signedIn), signedIn, sent)
  }

  private static func setClosed(
    _ isClosed: Bool, _ place: Place, _ signedIn: SignedIn, _ sent: Fields
  ) async throws -> String {
    let code = place.person.code
    try await signedIn.write(sent) { registry, signer, now in
      try registry.setClosed(isClosed, code, by: signer, at: now)
    }
    return place.path + (isClosed ? "?done=account_closed" : "?done=account_opened")
  }

  /// The code is shown in the answer itself, this once: nothing that could show it again is kept.
  private static func letter(_ visit: Visit, _ sent: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    let (place, words) = (try await place(signedIn), try signedIn.words())
    let code = place.person.code
    guard place.person.mayKeep else { throw Problem.notFound }
    if place.person.way == .password { try await signedIn.confirm(sent.raw("password")) }
    let letter = try await signedIn.write(sent) { registry, signer, now in
      try registry.reset(code, by: signer, at: now)
    }
    guard let letter else { return .redirect(to: place.path + "?done=letter_given") }
    let sides = try Language.allCases.map { language -> ReportData in
      let own = try visit.portal.pages.words(language)
      return [
        "lang": .text(language.rawValue), "words": own.data,
        "expires": .text(
          own.say("sentences.letter_expires", ["moment": letter.expires.written(in: language)])),
      ]
    }
    return try signedIn.page(
      "pages/letter", title: words.say("people.letter_title"),
      [
        "address": .text(visit.portal.settings.base), "name": .text(letter.name),
        "post": ReportData(letter.post),
        "office": letter.office.map { ["thai": .text($0.thai), "english": .text($0.english)] } ?? .absent,
        "person": .text(letter.person.text), "code": .text(letter.code),
        "sides": .list(sides), "back": .text(place.path),
      ], frame: try PeoplePage.frame(signedIn, place.desk))
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// One's own account: who one is here, the password, the second factor, the language, and where one is signed in.
enum AccountPages {
  static let path = "/account"

  static var routes: [Route] {
    preferences.routes + endOne.map(\.sent) + password.routes + SetUpPage.routes + SecondFactorPage.routes
      + CodePage.routes
  }

  private static let preferences = EntranceForm(
    path: path, fields: Fields.Names(once: ["language", "digits"]), access: .signedIn, show: show,
    act: prefer)
  private static let endOne = [
    EntranceForm(
      path: path + "/sessions/end", fields: Fields.Names(once: ["session"]), access: .signedIn, show: show,
      act: end),
    EntranceForm(
      path: path + "/sessions/others", fields: Fields.Names(), access: .signedIn, show: show, act: endOthers),
  ]
  private static let password = EntranceForm(
    path: path + "/password",
    fields: Fields.Names(once: ["password", "new_password", "repeat_password"]), access: .signedIn,
    show: showPassword, act: changePassword)

  private static func show(_ visit: Visit, _ entered: Entered) async throws -> Response {
    let signedIn = try visit.signedIn()
    let (session, words) = (signedIn.session, try visit.words())
    let dates = Dates(visit.visitor)
    let sessions = try await signedIn.read { try $0.sessions(of: $1, at: $2) }
    let hasOthers = sessions.contains { $0.hash != session.hash }
    return try signedIn.page(
      "pages/account", title: words.say("account.title"),
      [
        "form": try visit.form(path, entered), "name": .text(session.name), "post": .text(session.post),
        "person": .text(session.person.text), "roles": .list(roles(signedIn).map { .text($0) }),
        "has_factor": .flag(session.hasSecondFactor),
        "needs_factor": .flag(session.who.needsSecondFactor(on: visit.now.day)),
        "set_up": .text(SetUpPage.path), "password": .text(password.path),
        "languages": .list(choices(visit, entered, session)),
        "has_others": .flag(hasOthers),
        "sessions": .list(
          sessions.map { one in
            [
              "label": .text(one.label.isEmpty ? words.say("account.unknown_browser") : one.label),
              "is_this": .flag(one.hash == session.hash), "id": .text(id(one)),
              "facts": .list(facts(one, words, dates)),
            ]
          }),
      ], frame: try signedIn.bareFrame())
  }

  /// Since when it is there, when it was seen and when it ends; each stays on one line, and none begins with the dot.
  private static func facts(_ session: Registry.Session, _ words: Wording, _ dates: Dates) -> [ReportData] {
    let facts = [
      words.say("account.since", ["moment": dates.moment(session.madeAt)]),
      words.say("account.seen", ["moment": dates.moment(session.seenAt)]),
      words.say("account.ends", ["moment": dates.moment(session.endsAt)]),
    ]
    return facts.enumerated().map { .text($1 + ($0 < facts.count - 1 ? "\u{A0}·" : "")) }
  }

  /// Enough of a digest of a digest to tell one's own sessions apart.
  private static func id(_ session: Registry.Session) -> String {
    Sessions.hash(session.hash.hex).prefix(8).hex
  }

  private static func roles(_ signedIn: SignedIn) -> [String] {
    let (day, language) = (signedIn.now.day, signedIn.language)
    var seen: Set<String> = []
    return signedIn.session.who.grants.filter { $0.holds(on: day) }.map { grant in
      let title = grant.role.title.in(language)
      let acting = grant.acting.map { acting in
        acting.capacity.title.in(language) + (language == .thai ? "" : " ")
      }
      return ((acting ?? "") + title).sentence(in: language)
    }.filter { seen.insert($0).inserted }
  }

  private static func choices(_ visit: Visit, _ entered: Entered, _ session: Registry.Session) -> [ReportData]
  {
    let language = entered.value("language", or: (session.language ?? visit.language).rawValue)
    let digits = entered.value("digits", or: session.usesThaiDigits ? "thai" : "arabic")
    func choice(_ name: String, _ value: String, _ chosen: String, _ text: String, _ lang: String)
      -> ReportData
    {
      [
        "id": .text("\(name)-\(value)"), "name": .text(name), "value": .text(value),
        "is_chosen": .flag(value == chosen), "text": .text(text), "lang": .text(lang),
      ]
    }
    return [
      [
        "legend_language": true,
        "choices": [
          choice("language", "th", language, "ภาษาไทย", "th"),
          choice("language", "en", language, "English", "en"),
        ],
      ],
      [
        "legend_digits": true,
        "choices": [
          choice("digits", "arabic", digits, "1 2 3 … 2569", visit.language.rawValue),
          choice("digits", "thai", digits, "๑ ๒ ๓ … ๒๕๖๙", visit.language.rawValue),
        ],
      ],
    ]
  }

  private static func prefer(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    guard let language = Language(rawValue: fields.text("language")),
      ["arabic", "thai"].contains(fields.text("digits"))
    else { throw Problem.oddForm("language") }
    let usesThaiDigits = fields.text("digits") == "thai"
    try await signedIn.write(fields) { registry, signer, now in
      try registry.setPreference(language: language, usesThaiDigits: usesThaiDigits, by: signer, at: now)
    }
    var response = Response.redirect(to: path + "?done=saved")
    Languages.remember(language, visit.portal.settings, on: &response)
    Languages.remember(usesThaiDigits: usesThaiDigits, visit.portal.settings, on: &response)
    return response
  }

  private static func end(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    let sessions = try await signedIn.read { try $0.sessions(of: $1, at: $2) }
    if let session = sessions.first(where: { id($0) == fields.text("session") }) {
      try await visit.portal.write { try $0.endSession(session.hash, of: session.person) }
    }
    return .redirect(to: path + "?done=session_ended")
  }

  private static func endOthers(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let session = try visit.signedIn().session
    try await visit.portal.write { try $0.endOtherSessions(than: session.hash, of: session.person) }
    return .redirect(to: path + "?done=session_ended")
  }

  private static func showPassword(_ visit: Visit, _ entered: Entered) async throws -> Response {
    let (signedIn, words) = (try visit.signedIn(), try visit.words())
    func field(_ name: String, _ room: String, _ autocomplete: String) throws -> ReportData {
      try visit.field(name, in: room, entered).with([
        "type": "password", "autocomplete": .text(autocomplete), "width": "medium",
      ])
    }
    return try signedIn.page(
      "pages/password", title: words.say("account.change_title"),
      [
        "form": try visit.form(password.path, entered), "person": .text(signedIn.session.person.text),
        "password": try field("password", "account", "current-password"),
        "new_password": try field("new_password", "code", "new-password"),
        "repeat_password": try field("repeat_password", "code", "new-password"),
      ], frame: try signedIn.bareFrame())
  }

  private static func changePassword(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    let session = signedIn.session
    try await signedIn.confirm(fields.raw("password"))
    let new = try visit.newPassword(fields, names: [session.person.text, session.name])
    let hash = try await visit.portal.passwords.hash(new)
    try await signedIn.write(fields) { registry, signer, now in
      try registry.setPassword(hash, by: signer, keeping: session.hash, at: now)
    }
    let (_, cookies) = try await visit.renew(session.person, isConfirmed: session.isConfirmed) { response in
      let known = Known.adding(
        session.person, hash, to: SiteCookies(visit.request, visit.portal.settings).known)
      SiteCookies.set("known", known, seconds: Known.seconds, visit.portal.settings, on: &response)
    }
    var response = Response.redirect(to: path + "?done=password_changed")
    for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return response
  }
}

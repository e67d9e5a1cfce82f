import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// Signing in and out.
enum SignInPage {
  static let path = "/sign-in"

  static var routes: [Route] {
    form.routes + out.routes.filter { $0.method == .post } + [
      .open(.get, "/forgotten") { visit in
        try visit.page("pages/forgotten", title: try visit.words().say("forgotten.title"), [:])
      }
    ]
  }

  private static let form = EntranceForm(
    path: path, fields: Fields.Names(once: Onward.names.union(["name", "password"])), show: show,
    act: signIn)

  private static let out = EntranceForm(path: "/sign-out", fields: Fields.Names(), show: show, act: signOut)

  /// In place of a page that takes signing in: the form, which leads on to that page with what was typed there.
  static func first(_ visit: Visit) async -> Response {
    do {
      var response = try await form.shown(visit, Entered(fields: await Onward.of(visit).fields))
      response.status = .unauthorized
      return response
    } catch {
      return .redirect(to: path)
    }
  }

  private static func show(_ visit: Visit, _ entered: Entered) async throws -> Response {
    let onward = Onward(visit, entered)
    if visit.visitor.session != nil, entered.faults.isEmpty { return .redirect(to: onward.to) }
    let words = try visit.words()
    // A session there is no more: of this browser, or else there would have been nothing to keep.
    let isEnded =
      entered.faults.isEmpty && visit.visitor.waiting == nil
      && (onward.hasKept || SiteCookies(visit.request, visit.portal.settings).session != nil)
    let field = ReportData.with
    return try visit.page(
      "pages/sign-in", title: words.say("sign_in.title"),
      [
        "form": try visit.form(path, entered).with(["faults_title": .text(words.say("sign_in.failed"))]),
        "name": field(try visit.field("name", in: "sign_in", entered))(
          ["autocomplete": "username", "is_code": true, "is_first": true]),
        "password": field(try visit.field("password", in: "sign_in", entered))(
          ["type": "password", "autocomplete": "current-password"]),
        "to": .text(onward.to), "kept": .text(onward.kept), "is_ended": .flag(isEnded),
        "has_kept": .flag(isEnded && onward.hasKept),
        "is_out": .flag(entered.faults.isEmpty && visit.asked("done") == "signed_out"),
      ])
  }

  private static func signIn(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let words = try visit.words()
    let (name, password, now) = (fields.text("name"), fields.raw("password"), visit.now)
    let missing = [
      name.isEmpty ? FieldFault("name", words.say("sign_in.name_missing")) : nil,
      password.isEmpty ? FieldFault("password", words.say("sign_in.password_missing")) : nil,
    ].compactMap { $0 }
    guard missing.isEmpty else { throw FieldFaults(missing) }
    let account = try await visit.portal.read { registry in
      // Telephones begin every word with a capital.
      try registry.account(Code(name), at: now) ?? registry.account(Code(name.lowercased()), at: now)
    }
    let hash = account?.passwordHash
    let verdict = try await visit.guess(counted(name, account, visit), isRight: { $0 != .wrong }) {
      try await visit.portal.passwords.verify(String(password.prefix(1000)), hash)
    }
    guard verdict != .wrong, let account, let hash else {
      throw FieldFaults(nil, words.say("sign_in.wrong"))
    }
    var current = hash
    if verdict == .rightButOld {
      let new = try await visit.portal.passwords.hash(password)
      try await visit.portal.write { try $0.rehash(account.person, from: hash, to: new) }
      current = new
    }
    return try await visit.letIn(account, hash: current, isConfirmed: false, Onward(fields))
  }

  private static func counted(_ name: String, _ account: Registry.Account?, _ visit: Visit)
    -> Throttle.Account
  {
    let known = SiteCookies(visit.request, visit.portal.settings).known
    let isKnown = account.flatMap { account in
      account.passwordHash.map { Known.knows(account.person, $0, known) }
    }
    return .name(account?.person.text ?? name, isKnown: isKnown ?? false)
  }

  private static func signOut(_ visit: Visit, _ fields: Fields) async throws -> Response {
    if let session = visit.visitor.session ?? visit.visitor.waiting {
      try await visit.portal.write { try $0.endSession(session.hash, of: session.person) }
    }
    var response = Response.redirect(to: path + "?done=signed_out")
    SiteCookies.set("session", "", seconds: 0, visit.portal.settings, on: &response)
    return response
  }
}

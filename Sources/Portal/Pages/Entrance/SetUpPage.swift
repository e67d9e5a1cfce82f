import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// The second factor of one's own account: set up, renewed, taken away. Whoever needs one and has none comes here before
/// anything else.
enum SetUpPage {
  static let path = "/account/second-factor"

  static var routes: [Route] {
    confirming.routes + [beginning.sent, renewing.sent, removing.sent]
  }

  private static let confirming = EntranceForm(
    path: path, fields: Fields.Names(once: ["code", "to"]), access: .holder, show: show, act: confirm)
  private static let beginning = EntranceForm(
    path: path + "/begin", fields: Fields.Names(once: ["password", "to"]), access: .holder, show: show,
    act: begin)
  private static let renewing = EntranceForm(
    path: path + "/codes", fields: Fields.Names(once: ["password", "to"]), access: .signedIn, show: show,
    act: renewCodes)
  private static let removing = EntranceForm(
    path: path + "/remove", fields: Fields.Names(once: ["password", "to"]), access: .signedIn, show: show,
    act: remove)

  private static func show(_ visit: Visit, _ entered: Entered) async throws -> Response {
    let onward = Onward(visit, entered)
    let session = try visit.holder()
    // They have one: it is asked for, not shown.
    if visit.visitor.waiting?.hasSecondFactor ?? false { return .redirect(to: SecondFactorPage.path) }
    let (words, person) = (try visit.words(), session.person)
    let (factor, left) = try await visit.portal.read { registry in
      (try registry.secondFactor(of: person), try registry.recoveryCodesLeft(of: person))
    }
    var data: [String: ReportData] = [
      "form": try visit.form(path, entered), "to": .text(onward.to), "begin": .text(beginning.path),
      "codes": .text(renewing.path), "remove": .text(removing.path),
      "is_required": .flag(session.who.needsSecondFactor(on: visit.now.day)),
      "is_waiting": .flag(visit.visitor.session == nil),
      "password": try visit.passwordField(in: "account", entered),
    ]
    if let factor, factor.isConfirmed {
      data["set"] = ["left": .text(words.say("second_factor.left", ["count": "\(left)"]))]
    } else if let factor {
      let factor = SecondFactor(secret: factor.secret)
      data["begun"] = [
        "secret": .text(factor.grouped), "address": .text(factor.address(of: person.text)),
        "code": try visit.field("code", in: "set_up", entered).with([
          "value": "", "autocomplete": "one-time-code", "inputmode": "numeric", "width": "medium",
        ]),
      ]
    } else {
      data["none"] = true
    }
    return try visit.page(
      "pages/set-up", title: words.say("set_up.title"), data, frame: try visit.ownFrame())
  }

  private static func begin(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let (session, now) = (try visit.holder(), visit.now)
    // Whoever is on the way in has given it just now.
    if visit.visitor.session != nil {
      try await visit.confirm(fields.raw("password"), of: session.person)
    }
    let (signer, secret) = (Signer(session.person, form: fields.key), SecondFactor.random().secret)
    try await visit.once { try $0.beginSecondFactor(secret, by: signer, at: now) }
    return .redirect(to: Onward(fields).address(path))
  }

  private static func confirm(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let (session, now, words) = (try visit.holder(), visit.now, try visit.words())
    let (person, typed, second) = (session.person, fields.text("code"), visit.deviceSecond)
    guard !typed.isEmpty else { throw FieldFaults("code", words.say("second_factor.code_missing")) }
    let isRight = try await visit.guess(.factor(person.text), isRight: { $0 }) {
      try await visit.portal.write { registry in
        guard let factor = try registry.secondFactor(of: person), !factor.isConfirmed,
          let step = SecondFactor(secret: factor.secret).step(of: typed, atSecond: second)
        else { return false }
        return try registry.spendStep(step, of: person, at: now)
      }
    }
    guard isRight else { throw FieldFaults("code", words.say("set_up.code_wrong")) }
    return try await giveCodes(visit, session, fields)
  }

  private static func renewCodes(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let session = try visit.holder()
    try await visit.confirm(fields.raw("password"), of: session.person)
    return try await giveCodes(visit, session, fields)
  }

  /// Recovery codes are shown in the answer itself, this once: nothing that could show them again is kept.
  private static func giveCodes(_ visit: Visit, _ session: Registry.Session, _ fields: Fields) async throws
    -> Response
  {
    let (codes, now) = (SecondFactor.recoveryCodes(), visit.now)
    let signer = Signer(session.person, form: fields.key)
    guard
      try await visit.once({ try $0.confirmSecondFactor(recoveryCodes: codes, by: signer, at: now) })
    else { return .redirect(to: path) }
    let hash = try await visit.portal.read { try $0.account(session.person, at: now)?.passwordHash }
    let (token, cookies) = try await visit.renew(session.person, isConfirmed: true) { response in
      guard let hash else { return }
      let known = Known.adding(
        session.person, hash, to: SiteCookies(visit.request, visit.portal.settings).known)
      SiteCookies.set("known", known, seconds: Known.seconds, visit.portal.settings, on: &response)
    }
    var renewed = visit
    renewed.visitor.secret = token
    (renewed.visitor.session, renewed.visitor.waiting) = (session, nil)
    let words = try visit.words()
    var response = try renewed.page(
      "pages/recovery-codes", title: words.say("set_up.codes_title"),
      [
        "codes": .list(codes.map { .text($0) }), "person": .text(session.person.text),
        // Whoever came by choice came from their account.
        "to": .text(
          visit.visitor.session != nil && Onward(fields).to == "/" ? "/account" : Onward(fields).to),
      ], frame: try renewed.ownFrame())
    for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return response
  }

  private static func remove(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let (session, now) = (try visit.holder(), visit.now)
    try await visit.confirm(fields.raw("password"), of: session.person)
    let signer = Signer(session.person, form: fields.key)
    try await visit.once { try $0.removeSecondFactor(of: session.person, by: signer, at: now) }
    return .redirect(to: "/account?done=second_factor_removed")
  }
}

extension Visit {
  /// Around pages of one's own account; nothing where the second factor is still to come.
  func ownFrame() throws -> ReportData {
    visitor.session == nil ? .absent : try signedIn().bareFrame()
  }

  /// - Returns: false where the same form had done it before.
  @discardableResult
  func once(_ body: @escaping @Sendable (Registry) throws -> Void) async throws -> Bool {
    do {
      try await portal.write(body)
      return true
    } catch StorageProblem.repeated {
      return false
    }
  }
}

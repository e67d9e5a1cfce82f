import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// Between the password and the site: the number from the device, or a code from paper.
enum SecondFactorPage {
  static let path = "/second-factor"

  static var routes: [Route] { form.routes }

  private static let form = EntranceForm(
    path: path, fields: Fields.Names(once: Onward.names.union(["code"])), access: .holder, show: show,
    act: check)

  /// In place of a page that takes a second factor.
  static func first(_ visit: Visit) async -> Response {
    let onward = await Onward.of(visit)
    guard visit.visitor.waiting?.hasSecondFactor ?? false, onward.hasKept,
      var response = try? await form.shown(visit, Entered(fields: onward.fields))
    else {
      let hasOne = visit.visitor.waiting?.hasSecondFactor ?? false
      return .redirect(to: onward.address(hasOne ? path : SetUpPage.path))
    }
    response.status = .unauthorized
    return response
  }

  private static func show(_ visit: Visit, _ entered: Entered) async throws -> Response {
    let onward = Onward(visit, entered)
    guard let session = visit.visitor.waiting else { return .redirect(to: onward.to) }
    guard session.hasSecondFactor else { return .redirect(to: onward.address(SetUpPage.path)) }
    let words = try visit.words()
    return try visit.page(
      "pages/second-factor", title: words.say("second_factor.title"),
      [
        "form": try visit.form(path, entered).with(["faults_title": .text(words.say("sign_in.failed"))]),
        "code": try visit.field("code", in: "second_factor", entered).with([
          "value": "", "autocomplete": "one-time-code", "is_code": true, "is_first": true, "width": "medium",
        ]),
        "to": .text(onward.to), "kept": .text(onward.kept), "has_kept": .flag(onward.hasKept),
        "person": .text(session.name),
      ])
  }

  private static func check(_ visit: Visit, _ fields: Fields) async throws -> Response {
    guard let session = visit.visitor.waiting else { return .redirect(to: Onward(fields).to) }
    let (words, typed) = (try visit.words(), fields.text("code"))
    let (now, second) = (visit.now, visit.deviceSecond)
    guard !typed.isEmpty else { throw FieldFaults("code", words.say("second_factor.code_missing")) }
    let person = session.person
    let isRight = try await visit.guess(.factor(person.text), isRight: { $0 }) {
      try await visit.portal.write { try $0.spend(typed, of: person, atSecond: second, at: now) }
    }
    guard isRight, let account = try await visit.portal.read({ try $0.account(person, at: now) }) else {
      throw FieldFaults("code", words.say("second_factor.code_wrong"))
    }
    return try await visit.letIn(account, hash: account.passwordHash, isConfirmed: true, Onward(fields))
  }
}

extension Registry {
  /// Takes a number from the device, or a recovery code; each once.
  fileprivate func spend(
    _ typed: String, of person: Code<Person>, atSecond second: Int64, at now: Moment
  ) throws -> Bool {
    guard SecondFactor.isNumber(typed) else { return try spendRecoveryCode(typed, of: person, at: now) }
    guard let factor = try secondFactor(of: person), factor.isConfirmed,
      let step = SecondFactor(secret: factor.secret).step(of: typed, atSecond: second)
    else { return false }
    return try spendStep(step, of: person, at: now)
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// The first sign-in: the code from the letter, then a password of one's own.
enum CodePage {
  static let path = "/code"

  static var routes: [Route] { form.routes }

  private static let form = EntranceForm(
    path: path, fields: Fields.Names(once: ["name", "code", "new_password", "repeat_password"]), show: show,
    act: enter)

  private static func show(_ visit: Visit, _ entered: Entered) async throws -> Response {
    if let typed = entered.fields, typed.has("new_password"), let holder = try await visit.holder(typed) {
      return try choose(visit, entered, holder)
    }
    let words = try visit.words()
    return try visit.page(
      "pages/code", title: words.say("code.title"),
      [
        "form": try visit.form(path, entered).with(["faults_title": .text(words.say("sign_in.failed"))]),
        "name": try visit.field("name", in: "code", entered).with([
          "autocomplete": "username", "is_code": true, "is_first": true,
        ]),
        "code": try visit.field("code", in: "code", entered).with([
          "autocomplete": "one-time-code", "is_code": true,
        ]),
      ])
  }

  /// The second half, once the code has shown whose it is.
  private static func choose(
    _ visit: Visit, _ entered: Entered, _ holder: Registry.Account
  ) throws -> Response {
    let words = try visit.words()
    func field(_ name: String) throws -> ReportData {
      try visit.field(name, in: "code", entered).with([
        "type": "password", "autocomplete": "new-password", "is_first": .flag(name == "new_password"),
      ])
    }
    return try visit.page(
      "pages/code-password", title: words.say("code.password_title"),
      [
        "form": try visit.form(path, entered).with(["faults_title": .text(words.say("sign_in.failed"))]),
        "person": .text(holder.person.text),
        "greeting": .text(words.say("code.greeting", ["name": holder.name])), "post": .text(holder.post),
        "code": .text(entered.value("code")), "new_password": try field("new_password"),
        "repeat_password": try field("repeat_password"),
      ])
  }

  private static func enter(_ visit: Visit, _ fields: Fields) async throws -> Response {
    let (words, now) = (try visit.words(), visit.now)
    let missing = [
      fields.text("name").isEmpty ? FieldFault("name", words.say("code.name_missing")) : nil,
      fields.text("code").isEmpty ? FieldFault("code", words.say("code.code_missing")) : nil,
    ].compactMap { $0 }
    guard missing.isEmpty else { throw FieldFaults(missing) }
    let invalid = FieldFaults("code", words.say("code.invalid"))
    guard let holder = try await visit.guess(nil, isRight: { $0 != nil }, { try await visit.holder(fields) })
    else { throw invalid }
    guard fields.has("new_password") else { return try choose(visit, Entered(fields: fields), holder) }
    let password = try visit.newPassword(fields, names: [holder.person.text, holder.name])
    let (hash, code) = (try await visit.portal.passwords.hash(password), fields.text("code"))
    do {
      let account = try await visit.portal.write { try $0.redeem(code, passwordHash: hash, at: now) }
      return try await visit.letIn(account, hash: hash, isConfirmed: false, Onward(to: "/"))
    } catch StorageProblem.unknown {
      throw invalid
    }
  }
}

extension Visit {
  /// Whose code it is, where the name typed beside it is theirs as well.
  fileprivate func holder(_ fields: Fields) async throws -> Registry.Account? {
    let (name, code, now) = (fields.text("name"), fields.text("code"), now)
    guard let holder = try await portal.read({ try $0.codeHolder(code, at: now) }),
      holder.person.text.lowercased() == name.lowercased()
    else { return nil }
    return holder
  }
}

import Foundation
import Integrity
import Reports
import Storage

extension Visit {
  /// Asks for the password once more, before something that whoever finds a screen unattended must not do.
  ///
  /// - Throws: `FieldFaults` on the field where it is not the holder's, or was tried too often.
  func confirm(_ password: String, of person: Code<Person>, field: String = "password") async throws {
    let (words, now) = (try words(), now)
    guard !password.isEmpty else { throw FieldFaults(field, words.say("account.password_missing")) }
    let account = try await portal.read { try $0.account(person, at: now) }
    do {
      let verdict = try await guess(.name(person.text, isKnown: true), isRight: { $0 != .wrong }) {
        try await portal.passwords.verify(String(password.prefix(1000)), account?.passwordHash)
      }
      guard verdict != .wrong else { throw FieldFaults(field, words.say("account.password_wrong")) }
    } catch let wait as Wait {
      throw FieldFaults(field, words.say("sign_in.wait", ["count": "\(wait.seconds)"]))
    }
  }
}

extension SignedIn {
  /// Asks for the password once more: for signing on behalf of an office.
  ///
  /// - Throws: `FieldFaults` on the field where it is not theirs, or was tried too often.
  func confirm(_ password: String, field: String = "password") async throws {
    try await visit.confirm(password, of: session.person, field: field)
  }
}

extension Visit {
  /// A new password as it was typed twice.
  ///
  /// - Throws: `FieldFaults` where it will not do.
  func newPassword(_ fields: Fields, names: [String]) throws -> String {
    let words = try words()
    let password = fields.raw("new_password")
    var faults: [FieldFault] = []
    if let fault = PasswordRules.fault(password, names: names, words) {
      faults.append(FieldFault("new_password", fault))
    } else if password != fields.raw("repeat_password") {
      faults.append(FieldFault("repeat_password", words.say("code.different")))
    }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    return password
  }
}

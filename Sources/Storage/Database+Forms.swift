import Foundation
import GRDB
import Integrity

/// Forms that were sent: each is taken once, however often a button is pressed or a page sent again.
extension Database {
  /// Long enough for a form that was left open over night; after that its session has ended anyway.
  private static let daysOfForm = 2

  /// Takes a form's key, in the transaction of what it asks for: where that fails, the form may be sent again.
  func spend(form: String, at now: Moment) throws {
    try dropSpentForms(at: now)
    let key = Digest.of(form)
    guard try integer("SELECT 1 FROM spent_form WHERE key = ?", key) == nil else {
      throw StorageProblem.repeated
    }
    try run("INSERT INTO spent_form (key, made_at) VALUES (?, ?)", key, now.seconds)
  }

  func dropSpentForms(at now: Moment) throws {
    try run(
      "DELETE FROM spent_form WHERE made_at < ?", now.adding(days: -Database.daysOfForm).seconds)
  }
}

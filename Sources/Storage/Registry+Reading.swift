import GRDB
import Integrity

/// Reading on somebody's behalf: what they may not see is not in what they get.
extension Registry {
  /// One snapshot in which the permission room may be asked; nothing is written.
  func reading<T>(_ signer: Signer, at now: Moment, _ body: (Desk) throws -> T) throws -> T {
    try read { db in try body(try Desk(db, self, signer, now)) }
  }
}

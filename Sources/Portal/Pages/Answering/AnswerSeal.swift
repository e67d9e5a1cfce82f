import Crypto
import Foundation
import Integrity
import Storage

/// Seals on what a respondent's form carries: without having opened a page of ours, and worked or waited for it where the
/// link is open, nobody has one. A seal says nothing of who it was given to.
struct AnswerSeal: Sendable {
  let registry: Registry
  let place: AnswerPlace

  /// Of the first page: the number of the form, and how much work it asks for.
  func opening(_ nonce: String, bits: Int) throws -> String {
    try seal("opening", [nonce, "\(bits)"])
  }

  /// Of the pages with questions.
  func questions(_ nonce: String, began: Int64) throws -> String {
    try seal("questions", [nonce, "\(began)"])
  }

  /// Lets somebody without a script in after a while: the number of the form, from when, and the seal.
  func ticket(_ nonce: String, from moment: Int64) throws -> String {
    "\(nonce).\(moment).\(try seal("ticket", [nonce, "\(moment)"]))"
  }

  /// - Returns: the number of the form and from when it may be filled in; nil where the ticket is none of ours.
  func read(ticket: String) throws -> (nonce: String, from: Int64)? {
    let parts = ticket.split(separator: ".").map(String.init)
    guard parts.count == 3, let from = Int64(parts[1]),
      Forgery.matches(ticket, try self.ticket(parts[0], from: from))
    else { return nil }
    return (parts[0], from)
  }

  private func seal(_ what: String, _ parts: [String]) throws -> String {
    let route = place.collected.route?.text ?? ""
    return try registry.formSeal(
      ([what, place.cycle.text, place.office.text, place.collected.instrument.text, route] + parts)
        .joined(separator: "\n"))
  }

  /// Whether a number makes the digest of the form's begin with so many zero bits.
  static func isWorked(_ nonce: String, _ work: String, bits: Int) -> Bool {
    guard work.utf8.count <= 20 else { return false }
    var left = bits
    for byte in SHA256.hash(data: Data("\(nonce):\(work)".utf8)) {
      if left <= 0 { return true }
      let zeros = byte.leadingZeroBitCount
      if zeros < min(8, left) { return false }
      left -= 8
    }
    return left <= 0
  }
}

import Foundation
import GRDB
import Integrity

/// Takes the digests that results are sealed with.
///
/// A digest is published and the scorecard it is taken of is not, since it says how often each option was chosen. With the
/// scorecard alone, whoever knows the figures could try one way of having come to them after the other until the digest
/// fits. So a secret stands before it, another one for each office: shown to somebody with the scorecard of their office,
/// it opens that digest and no other. It lies in the registry, not in its key file, so that a copy can be verified.
struct ResultSeal {
  /// nil for a cycle that was sealed before there was one.
  private let secret: String?
  private let cycle: String

  init(_ db: Database, cycle: Int64) throws {
    let row = try db.row(
      "SELECT key_check, code, seals_with_secret FROM registry, cycle WHERE cycle.id = ?", cycle)
    guard let row else { throw StorageProblem.unknown(what: "cycle", code: "\(cycle)") }
    secret = row["seals_with_secret"] as Bool ? Digest.hex(row["key_check"] as Data) : nil
    self.cycle = row["code"]
  }

  /// - Parameter scorecard: as it is kept.
  func digest(of scorecard: String, of office: Code<Office>) -> Data {
    guard let secret else { return Digest.of(scorecard) }
    let own = Digest.of(Canonical.strings(["sealed result", secret, cycle, office.text]))
    return Digest.of(Digest.hex(own) + "\n" + scorecard)
  }
}

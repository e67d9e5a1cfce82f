import Integrity
import Storage

@testable import Portal

/// The year taken further, as far as a test needs it.
extension Site {
  static let secondMember: Code<Person> = "committee2"
  static let sealing = moment("2026-07-10T09:00")
  static let publishing = moment("2026-07-20T09:00")

  /// Twelve people of the first office answer, everything is judged: O2 is not met. Nothing is left open.
  func judgeAll() throws {
    let admin = Signer("admin")
    _ = try registry.keep(
      people: [
        PersonEntry(
          code: Site.secondMember, name: "กรรมการคนที่สอง",
          grants: [Grant(.committee, for: .everywhere, from: Site.day("2025-10-01"))])
      ], isDryRun: false, by: admin, at: Site.collecting)
    let rows: [[UInt8]] = (0..<12).map { $0.isMultiple(of: 2) ? [4, 4, 3, 1] : [3, 4, 3, 2] }
    _ = try registry.bringAnswers(
      [Site.own: [Collected("IIT"): rows], Site.foreign: [Collected("IIT"): Array(rows.prefix(3))]],
      in: Site.cycle, by: admin, at: Site.collecting)
    for office in [Site.own, Site.foreign] {
      try registry.assign(
        Site.name(.assessor), to: office, items: nil, in: Site.cycle, by: Signer(Site.name(.leadAssessor)),
        at: Site.assessing)
      for item: Code<Node> in ["O1", "O2", "O3"] {
        let mark = office == Site.own ? "" : Site.canary
        let finding = item == "O2" ? Finding(.notMet, reason: "ไม่พบผลการใช้จ่าย\(mark)") : Finding(.met)
        try registry.judge(
          finding, on: item, of: office, in: Site.cycle, by: Signer(Site.name(.assessor)), at: Site.assessing)
      }
    }
    clock.now = Site.sealing
  }

  /// Two members agree.
  func sealAll() throws {
    try judgeAll()
    for member in [Site.name(.committee), Site.secondMember] {
      _ = try registry.seal(Site.cycle, by: Signer(member), at: Site.sealing)
    }
  }

  func publishAll() throws {
    try sealAll()
    try registry.publish(Site.cycle, by: Signer(Site.name(.committee)), at: Site.publishing)
    clock.now = Site.publishing.adding(seconds: 60)
  }

  /// Two members amend the finding that was not met.
  func amend(reason: String = "อ่านผิดหน้า") throws {
    for member in [Site.name(.committee), Site.secondMember] {
      _ = try registry.amend(
        Finding(.met), on: "O2", of: Site.own, in: Site.cycle, reason: reason, by: Signer(member),
        at: clock.now)
    }
  }
}

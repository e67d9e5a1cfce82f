import Foundation
import Integrity
import Storage

@testable import Portal

extension Site {
  /// A cycle whose external questionnaire is open to whoever has its link, beside one that takes codes.
  static let linked: Code<Cycle> = "2567"
  static let link = AnswerPlace(linked, own, Collected("EIT", route: "EIT1"))
  static let linkPath = "/answer/2567/4001/EIT.EIT1"

  func withLink() throws -> Site {
    let (admin, now) = (Signer("admin"), Site.setUp)
    let text = RubricText(
      name: "ita-2567.yaml",
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(Site.root)/Rubrics/ita-2567.yaml"))))
    try registry.newCycle(
      Site.linked, year: FiscalYear(2567), title: Words(thai: "รอบ 2567", english: "Cycle 2567"),
      rubric: [text], by: admin, at: now)
    func window(_ opens: String, _ closes: String) -> Window {
      guard let window = Window(opens: Site.moment(opens), closes: Site.moment(closes)) else {
        fatalError("no window")
      }
      return window
    }
    let collecting = window("2026-02-01", "2026-06-30")
    try registry.setSchedule(
      Schedule(
        collecting: ["IIT": collecting, "EIT": collecting, "OIT": window("2026-02-01", "2026-04-01")],
        assessing: window("2026-04-01", "2026-05-01"), clarifying: window("2026-05-01", "2026-06-01")),
      of: Site.linked, reason: "", by: admin, at: now)
    try registry.enterStakeholders(
      ["IIT": 40, "EIT": 200], of: Site.own, in: Site.linked, by: admin, at: now)
    _ = try registry.openCycle(Site.linked, by: admin, at: now)
    return self
  }
}

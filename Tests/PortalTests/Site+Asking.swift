import Foundation
import Integrity
import Storage

@testable import Portal

extension Site {
  /// A cycle whose external questionnaire is open to whoever has its link, beside one that takes codes.
  static let linked: Code<Cycle> = "2567"
  static let link = AnswerPlace(linked, own, Collected("EIT", route: "EIT1"))
  static let linkPath = "/answer/2567/4001/EIT.EIT1"

  /// A cycle whose internal questionnaire also asks for words.
  static let worded: Code<Cycle> = "2570"

  func withLink() throws -> Site {
    try open(Site.linked, of: 2567, by: text(of: "ita-2567"), collecting: ["IIT", "EIT"])
    return self
  }

  func withWords() throws -> Site {
    let item = """
                - { code: i4, key: wish, title: { th: ข้อเสนอแนะ, en: Suggestions }, text: yes }

        - code: OIT
      """
    let text = try text(of: "small").replacing("\n  - code: OIT\n", with: "\n" + item + "\n")
      .replacing("year: 2569", with: "year: 2570")
    try open(Site.worded, of: 2570, by: text, collecting: ["IIT"])
    return self
  }

  private func text(of rubric: String) throws -> String {
    try String(contentsOfFile: "\(Site.root)/Rubrics/\(rubric).yaml", encoding: .utf8)
  }

  private func open(
    _ cycle: Code<Cycle>, of year: Int, by rubric: String, collecting: [Code<Node>]
  ) throws {
    let (admin, now) = (Signer("admin"), Site.setUp)
    try registry.newCycle(
      cycle, year: FiscalYear(year), title: Words(thai: "รอบ \(year)", english: "Cycle \(year)"),
      rubric: [RubricText(name: "criteria.yaml", bytes: Array(rubric.utf8))], by: admin, at: now)
    func window(_ opens: String, _ closes: String) -> Window {
      guard let window = Window(opens: Site.moment(opens), closes: Site.moment(closes)) else {
        fatalError("no window")
      }
      return window
    }
    let open = window("2026-02-01", "2026-06-30")
    var windows = Dictionary(uniqueKeysWithValues: collecting.map { ($0, open) })
    windows["OIT"] = window("2026-02-01", "2026-04-01")
    try registry.setSchedule(
      Schedule(
        collecting: windows, assessing: window("2026-04-01", "2026-05-01"),
        clarifying: window("2026-05-01", "2026-06-01")), of: cycle, reason: "", by: admin, at: now)
    try registry.enterStakeholders(
      Dictionary(uniqueKeysWithValues: collecting.map { ($0, 40) }), of: Site.own, in: cycle, by: admin,
      at: now)
    _ = try registry.openCycle(cycle, by: admin, at: now)
  }
}

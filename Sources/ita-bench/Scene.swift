import Documents
import Foundation
import Integrity
import Reports
import Storage

/// A registry with one office under judgement, in which writers may write without end.
struct Scene {
  static let cycle: Code<Cycle> = "2569"
  static let office: Code<Office> = "4001"
  static let assessor = Signer("assessor")
  /// Who may read on the trail what a finding says, and who what the office has put forward.
  static let (reader, director) = (Signer("committee"), Signer("director"))
  static let now = Moment("2026-04-10T09:00") ?? Moment(seconds: 0)
  static let collecting = Moment("2026-02-10T09:00") ?? Moment(seconds: 0)

  static let formats = Registry.Formats(
    rubric: { texts in
      try RubricFile(name: texts.first?.name ?? "") { name in
        guard let text = texts.first(where: { $0.name == name }) else { throw CocoaError(.fileNoSuchFile) }
        return text.bytes
      }.rubric
    },
    scorecard: { ScorecardJSON.text(of: [$0], cycle: $0.rubric.year) })

  static var settings: Registry.Settings {
    var settings = Registry.Settings()
    settings.reserve = 0
    return settings
  }

  /// Makes it in an empty folder, with the small rubric.
  ///
  /// - Parameter change: what is changed in the rubric's text.
  static func make(in folder: String, _ change: (String) -> String = { $0 }) throws {
    let administrator = PersonEntry(code: "admin", name: "admin")
    let registry = try Registry.create(
      in: folder, administrator: administrator, formats: formats, settings: settings, at: collecting)
    let admin = Signer("admin")
    _ = try registry.keep(
      offices: [Office(code: office, name: Words(thai: "เขตหนึ่ง", english: "Area One"), kind: "primary")],
      isDryRun: false, by: admin, at: collecting)
    let from = collecting.day.adding(days: -30)
    func person(_ code: Code<Person>, _ role: Role, _ scope: Grant.Scope) -> PersonEntry {
      PersonEntry(code: code, name: code.text, grants: [Grant(role, for: scope, from: from)])
    }
    _ = try registry.keep(
      people: [
        person("assessor", .assessor, .everywhere), person("lead", .leadAssessor, .everywhere),
        person("committee", .committee, .everywhere),
        person("officer", .officer, .offices([office])),
        person("director", .director, .offices([office])),
      ], isDryRun: false, by: admin, at: collecting)
    let rubric = try String(contentsOfFile: Library.rubric(named: "small"), encoding: .utf8)
    let text = RubricText(name: "small.yaml", bytes: [UInt8](change(rubric).utf8))
    try registry.newCycle(
      cycle, year: FiscalYear(2569), title: Words(thai: "2569", english: "2569"), rubric: [text], by: admin,
      at: collecting)
    guard let early = Window(opens: from.moment, closes: Moment(startOf: now.day)),
      let judging = Window(opens: early.closes, closes: early.closes.adding(days: 30)),
      let after = Window(opens: judging.closes, closes: judging.closes.adding(days: 30))
    else { return }
    try registry.setSchedule(
      Schedule(collecting: ["IIT": early, "OIT": early], assessing: judging, clarifying: after), of: cycle,
      reason: "",
      by: admin, at: collecting)
    _ = try registry.openCycle(cycle, by: admin, at: collecting)
    try registry.assign("assessor", to: office, items: nil, in: cycle, by: Signer("lead"), at: collecting)
    try registry.close()
  }
}

extension Day {
  fileprivate var moment: Moment { Moment(startOf: self) }
}

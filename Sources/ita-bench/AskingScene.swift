import Documents
import Foundation
import Integrity
import Reports
import Storage

/// An office whose internal questionnaire is open, with a slip for everybody who will answer: what `Bench/answering.py` runs
/// on.
struct AskingScene {
  let folder: String
  let people: Int

  /// Of the internal questionnaire, by the criteria that are shipped.
  static let place = AnswerPlace(FilledRegistry.cycle, "A0", Collected("IIT"))

  /// Makes it, with the codes in a file beside it, as nobody does who is not testing.
  ///
  /// - Returns: the moment at which the site is to be served.
  func make() throws -> Moment {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let rubric = try RubricFile(path: Library.rubric(named: "ita-2567")).rubric
    let filled = FilledRegistry(
      folder: folder, rubric: rubric, offices: 2, respondents: 0, isVaried: true, isJudged: false)
    try filled.fill()
    let now = filled.collecting
    let registry = try Registry(
      in: folder, .writing, formats: Scene.formats, settings: Scene.settings, at: now)
    let lead = PersonEntry(
      code: "lead", name: "lead", grants: [Grant(.leadAssessor, for: .everywhere, from: now.day)])
    _ = try registry.keep(people: [lead], isDryRun: false, by: Signer("admin"), at: now)
    try registry.enterStakeholders(
      ["IIT": people], of: AskingScene.place.office, in: FilledRegistry.cycle, by: Signer("admin"), at: now)
    var codes: [SlipCode] = []
    while codes.count < people {
      // As many as one order takes.
      let number = min(5000, people - codes.count)
      codes += try registry.makeSlips(number, AskingScene.place, by: Signer("lead"), at: now).codes
    }
    try registry.close()
    try Data(codes.map(\.text).joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: "\(folder)/codes"))
    return now
  }
}

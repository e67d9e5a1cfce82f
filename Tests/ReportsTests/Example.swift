import Documents
import Foundation
import Integrity
import Specimen

@testable import Reports

/// The example district, scored; and the repository's files.
enum Example {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static func rubric(_ name: String = "ita-2567") throws -> Rubric {
    try RubricFile(path: "\(root)/Rubrics/\(name).yaml").rubric
  }

  static let library = Library(folders: ["\(root)/Templates"])

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  static func comparison() throws -> (Rubric, Comparison) {
    let rubric = try rubric()
    let cards = ExampleDistrict(rubric: rubric).assessments.map(rubric.scorecard)
    return (rubric, Comparison(cards, by: rubric))
  }

  /// An office's page from an assessment.
  static func page(_ rubric: Rubric, _ assessments: [Assessment], _ language: Language = .english) throws
    -> String
  {
    let cards = assessments.map(rubric.scorecard)
    let report = OfficeReport(
      rubric: rubric, scorecard: cards[0], comparison: Comparison(cards, by: rubric), year: rubric.year)
    let pages = try Pages(library)
    return try pages.render("reports/office", report.data(pages.words(language)))
  }
}

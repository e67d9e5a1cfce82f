import Documents
import Foundation
import Integrity

/// The repository's files, found from this one.
enum Files {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static func rubric(_ name: String) throws -> Rubric {
    try RubricFile(path: "\(root)/Rubrics/\(name).yaml").rubric
  }

  /// Reads a rubric from text; other files by name stand beside it.
  static func read(_ text: String, beside files: [String: String] = [:]) throws(Complaints) -> RubricFile {
    try RubricFile(name: "r.yaml") { name in
      guard let text = name == "r.yaml" ? text : files[name] else { throw CocoaError(.fileReadNoSuchFile) }
      return Array(text.utf8)
    }
  }

  /// What is wrong with a rubric, one line each, the place first; with the cases that fail.
  static func complaints(_ text: String, beside files: [String: String] = [:]) -> [String] {
    do {
      return try read(text, beside: files).caseComplaints.map(\.description)
    } catch {
      return error.all.map(\.description)
    }
  }
}

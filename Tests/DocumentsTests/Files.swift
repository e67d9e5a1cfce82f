import Documents
import Foundation
import Integrity
import Testing

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

  /// A file handed over, from its text.
  static func handed(_ name: String, _ text: String) -> Intake.File {
    Intake.File(name: name, bytes: Array(text.utf8))
  }

  /// What a reader complains of, one line each, the place first; empty where it reads.
  static func refusals<Value>(_ read: () throws(Complaints) -> Value) -> [String] {
    do {
      _ = try read()
      return []
    } catch {
      return error.all.map(\.description)
    }
  }

  /// The example of a page of the manual that is written to a file of this name.
  static func example(_ name: String, of page: String) throws -> Intake.File {
    let text = try String(contentsOfFile: "\(root)/docs/\(page)", encoding: .utf8)
    let head = try #require(text.range(of: "=\(name)\n"), "\(page) has no \(name)")
    let end = try #require(text[head.upperBound...].range(of: "```"))
    return handed(name, String(text[head.upperBound..<end.lowerBound]))
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

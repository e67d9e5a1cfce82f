import Documents
import Foundation
import Integrity

/// A shipped rubric for another fiscal year: an edition of a few lines over it, in which the years that its title and its
/// periods name are moved on. Whoever owns the method confirms it, and the edition says so.
struct ShippedEdition {
  let file: RubricFile

  /// - Throws: `Complaints` where the edition cannot be read, a fault of the program.
  init(of one: ShippedRubrics.One, _ year: FiscalYear) throws(Complaints) {
    let rubric = one.file.rubric
    let name = "\(one.name.withoutYear)-\(year.buddhist).yaml"
    let text = ShippedEdition.text(of: rubric, below: "\(one.name).yaml", year)
    file = try RubricFile(name: name) { asked in
      if asked == name { return [UInt8](text.utf8) }
      guard let source = one.file.sources.first(where: { $0.name == asked }) else {
        throw CocoaError(.fileReadNoSuchFile)
      }
      return source.bytes
    }
  }

  private static func text(of rubric: Rubric, below base: String, _ year: FiscalYear) -> String {
    let by = year.buddhist - rubric.year.buddhist
    let code = rubric.code.text.withoutYear
    var lines = [
      "# \(rubric.code), moved on to fiscal year \(year.buddhist) by the site: the items are those of \(rubric.year.buddhist).",
      "extends: \(base)", "rubric: \(code)-\(year.buddhist)",
      "edition: \(quoted("\(year.buddhist)-\(rubric.code.text)"))", "year: \(year.buddhist)",
      "title: \(pair(rubric.title.moved(by: by)))",
      "provenance: { to_confirm: \(quoted("that the criteria of \(rubric.year.buddhist) hold for \(year.buddhist)")) }",
    ]
    let moved = rubric.periods.filter { $0.title.moved(by: by) != $0.title }
    if !moved.isEmpty {
      lines.append("periods:")
      lines += moved.map { "  \($0.code): \(pair($0.title.moved(by: by)))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func pair(_ words: Words) -> String {
    "{ th: \(quoted(words.thai)), en: \(quoted(words.english)) }"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Words {
  /// With every year in it, of either era, so many years later.
  fileprivate func moved(by years: Int) -> Words {
    Words(thai: thai.yearsMoved(by: years), english: english.yearsMoved(by: years))
  }
}

extension String {
  fileprivate func yearsMoved(by years: Int) -> String {
    replacing(#/(?:19|20|24|25|26)[0-9]{2}/#) { match in
      Int(match.output).map { "\($0 + years)" } ?? String(match.output)
    }
  }

  /// `ita-2567` without its year.
  fileprivate var withoutYear: String { replacing(#/-[0-9]{4}$/#, with: "") }
}

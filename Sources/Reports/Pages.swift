import Documents
import Foundation
public import Integrity
public import Mustache

/// Renders HTML from the templates of a library, each time anew, so that a saved change shows at once.
public struct Pages: Sendable {
  private let library: MustacheLibrary
  private let wordings: [Language: Wording]

  /// Reads every template, the stylesheet and the wordings.
  ///
  /// - Throws: `Complaints`, naming the template that cannot be read and why.
  public init(_ files: Library) throws {
    var templates: [String: MustacheTemplate] = [:]
    for path in files.paths(ending: ".mustache") + files.paths(ending: ".css") {
      let name = path.hasSuffix(".mustache") ? String(path.dropLast(".mustache".count)) : path
      let text = try files.text(path)
      do {
        templates[name] = path == name ? try MustacheTemplate(string: text) : try HtmlText.template(text)
      } catch {
        throw Complaints([
          Complaint(
            Place(file: files.shown(path)), "this is no mustache template: \(error)", "check its tags")
        ])
      }
    }
    guard !templates.isEmpty else { throw files.nothing(of: "templates") }
    library = MustacheLibrary(templates: templates)
    var wordings: [Language: Wording] = [:]
    for language in Language.allCases {
      let (own, more) = ("words/\(language.rawValue).yaml", ".\(language.rawValue).yaml")
      let paths = files.paths(ending: ".yaml").filter {
        $0 == own || $0.hasPrefix("words/") && $0.hasSuffix(more)
      }
      wordings[language] = try Wording(
        files: paths.map { (files.shown($0), Array(try files.text($0).utf8)) }, language: language)
    }
    self.wordings = wordings
  }

  public func words(_ language: Language) throws -> Wording {
    guard let words = wordings[language] else {
      throw Complaints([
        Complaint(
          Place(file: "words"), "there is no wording in \(language.rawValue)",
          "add words/\(language.rawValue).yaml")
      ])
    }
    return words
  }

  /// A page by its template's name, such as `reports/office`.
  ///
  /// - Throws: `Complaints` where there is no such template.
  public func render(_ name: String, _ data: ReportData) throws -> String {
    guard let page = library.render(data, withTemplate: name) else {
      throw Complaints([
        Complaint(Place(file: name), "there is no template '\(name)'", "check the templates' folder")
      ])
    }
    return page
  }
}

/// Skipped as a section, empty as a text; and found, so that no parent is asked for the name.
private struct Absent: MustacheCustomRenderable {
  let renderText = ""
  let isNull = true
}

extension ReportData: MustacheParent {
  public func child(named name: String) -> Any? {
    guard case .record(let fields) = self, let value = fields[name] else { return nil }
    return value.rendered
  }

  /// As mustache takes it: texts, flags, sequences and parents.
  private var rendered: Any {
    switch self {
    case .text(let text): text
    case .number, .points: shown
    case .flag(let flag): flag ? true : Absent()
    case .list(let list): list.map(\.rendered)
    case .record: self
    }
  }
}

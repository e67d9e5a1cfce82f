import Foundation
import Integrity
import Reports

/// Finds the one office that somebody means by a code, by the short name that pages show, or by a part of a name.
struct OfficeFinder {
  private let offices: [Office]
  private let wordings: [Wording]

  /// - Parameter wordings: in which languages offices have short names.
  init(_ offices: [Office], _ wordings: [Wording]) { (self.offices, self.wordings) = (offices, wordings) }

  /// nil where there is none, or where several might be meant.
  func one(_ asked: String) -> Office? {
    let wanted = OfficeFinder.folded(asked)
    if wanted.isEmpty { return nil }
    if let exact = offices.first(where: { OfficeFinder.folded($0.code.text) == wanted }) { return exact }
    let named = offices.map { office in
      (
        office: office,
        names: ([office.name.thai, office.name.english] + wordings.map(office.shortName)).map(
          OfficeFinder.folded)
      )
    }
    // A whole name is no doubt, though others begin with it.
    let whole = named.filter { $0.names.contains(wanted) }
    let found = whole.isEmpty ? named.filter { $0.names.contains { $0.contains(wanted) } } : whole
    return found.count == 1 ? found[0].office : nil
  }

  /// As `OfficeNames` searches, blanks counted once.
  private static func folded(_ text: String) -> String {
    String(decoding: OfficeNames.folded(text), as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}

extension SignedIn {
  /// - Parameter offices: among which one is meant.
  func finder(_ offices: [Office]) throws -> OfficeFinder {
    OfficeFinder(offices, try Language.allCases.map { try portal.pages.words($0) })
  }
}

import Foundation
import Integrity

/// Finds the one office that somebody means by a code or by a part of a name.
struct OfficeFinder {
  private let offices: [Office]

  init(_ offices: [Office]) { self.offices = offices }

  /// nil where there is none, or where several might be meant.
  func one(_ asked: String) -> Office? {
    let wanted = asked.trimmingBlanks.lowercased()
    if wanted.isEmpty { return nil }
    if let exact = offices.first(where: { $0.code.text.lowercased() == wanted }) { return exact }
    let found = offices.filter { office in
      [office.name.thai, office.name.english].contains { $0.lowercased().contains(wanted) }
    }
    return found.count == 1 ? found.first : nil
  }
}

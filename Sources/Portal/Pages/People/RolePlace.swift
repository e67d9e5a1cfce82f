import Integrity

extension Role {
  /// In which order an office's people are listed.
  var place: Int {
    switch self {
    case .director: 0
    case .officeAdministrator: 1
    case .groupHead: 2
    case .officer: 3
    case .assessor, .leadAssessor, .committee, .administrator: 4
    }
  }

  /// Whether it may be for one group of an office alone.
  var isOfGroup: Bool { self == .groupHead || self == .officer }
}

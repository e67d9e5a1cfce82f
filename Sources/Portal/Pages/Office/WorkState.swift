import Integrity
import Reports
import Storage

/// Where a disclosure stands, as a tag shows it.
enum WorkState: String, Hashable, Sendable, CaseIterable {
  case notBegun = "not_begun"
  case draft, returned, ready, submitted
  /// The office has contested what was found, and nobody has decided yet.
  case contested

  init(_ submission: Submission?) {
    switch submission?.state {
    case nil: self = .notBegun
    // What was taken back is worked on again.
    case .draft?, .recalled?: self = .draft
    case .returned?: self = .returned
    case .ready?: self = .ready
    case .submitted?: self = .submitted
    }
  }

  /// Whether nothing is left to do but to sign, or not even that.
  var isReady: Bool { self == .ready || self == .submitted }

  func title(_ words: Wording) -> String {
    let state: Submission.State? =
      switch self {
      case .notBegun, .contested: nil
      case .draft: .draft
      case .returned: .returned
      case .ready: .ready
      case .submitted: .submitted
      }
    return state?.title.in(words.language).sentence(in: words.language)
      ?? words.say(self == .contested ? "task.contested" : "task.not_begun")
  }

  /// For `parts/state-tag` and `parts/state-icon`: which of them it is, and its word.
  func data(_ words: Wording) -> ReportData {
    var fields: [String: ReportData] = [
      "kind": .text(rawValue), "title": .text(title(words)),
    ]
    for state in WorkState.allCases { fields[state.rawValue] = .flag(state == self) }
    return .record(fields)
  }
}

extension Registry.DisclosureWork {
  /// How far it has come on its way to the signature.
  var state: WorkState { WorkState(submission) }

  /// The same as a tag shows it, which tells also of what came after the signature.
  var shownState: WorkState { isContested ? .contested : state }
}

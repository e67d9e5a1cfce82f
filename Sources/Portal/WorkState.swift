import Integrity
import Reports
import Storage

/// Where a disclosure stands, as a tag shows it.
enum WorkState: String, Hashable, Sendable, CaseIterable {
  case notBegun = "not_begun"
  case draft, returned, ready, submitted

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
      case .notBegun: nil
      case .draft: .draft
      case .returned: .returned
      case .ready: .ready
      case .submitted: .submitted
      }
    return state?.title.in(words.language).sentence(in: words.language) ?? words.say("task.not_begun")
  }

  /// For `parts/state-tag` and `parts/state-icon`: which of them it is, and its word.
  func data(_ words: Wording) -> ReportData {
    var fields: [String: ReportData] = [
      "kind": .text(rawValue), "title": .text(title(words)), "contested": .absent,
    ]
    for state in WorkState.allCases { fields[state.rawValue] = .flag(state == self) }
    return .record(fields)
  }
}

extension Registry.DisclosureWork {
  var state: WorkState { WorkState(submission) }
}

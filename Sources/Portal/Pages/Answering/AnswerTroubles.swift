import Synchronization

/// Faults of respondents' pages. They are counted, and told once in a while: a line in the log at its moment would say that
/// somebody was answering then.
final class AnswerTroubles: Sendable {
  struct Trouble: Hashable, Sendable {
    let times: Int
    let last: String
  }

  private let kept = Mutex<Trouble?>(nil)

  func note(_ what: String) {
    kept.withLock { $0 = Trouble(times: ($0?.times ?? 0) + 1, last: what) }
  }

  /// What there was since it was last asked for.
  func taken() -> Trouble? {
    kept.withLock { kept in
      defer { kept = nil }
      return kept
    }
  }
}

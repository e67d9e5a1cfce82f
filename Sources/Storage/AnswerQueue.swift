import Dispatch
import Integrity
import Synchronization

/// Answers that wait to be written. Whatever waits is written together, since a disk takes as long for one as for
/// hundreds; each sender is told when theirs is on the disk, and not before.
final class AnswerQueue: Sendable {
  struct Waiting: Sendable {
    let sent: SentAnswer
    let at: Moment
    let tell: @Sendable (Result<AnswerOutcome, any Error>) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var isWriting = false
  }

  private let state = Mutex(State())
  private let thread = DispatchQueue(label: "sucharit.answers")

  /// Puts an answer with those that wait; one that would be too many is told so at once.
  ///
  /// - Parameter write: writes several, and says of each what became of it.
  func add(
    _ one: Waiting, most: Int, together: Int,
    _ write: @escaping @Sendable ([Waiting]) -> [Result<AnswerOutcome, any Error>]
  ) {
    let (isTaken, begins) = state.withLock { state -> (Bool, Bool) in
      guard state.waiting.count < most else { return (false, false) }
      state.waiting.append(one)
      defer { state.isWriting = true }
      return (true, !state.isWriting)
    }
    if !isTaken { return one.tell(.success(.busy)) }
    if begins { thread.async { self.empty(together, write) } }
  }

  private func empty(_ together: Int, _ write: ([Waiting]) -> [Result<AnswerOutcome, any Error>]) {
    while true {
      let group = state.withLock { state -> [Waiting] in
        let group = Array(state.waiting.prefix(together))
        state.waiting.removeFirst(group.count)
        if group.isEmpty { state.isWriting = false }
        return group
      }
      if group.isEmpty { return }
      for (one, outcome) in zip(group, write(group)) { one.tell(outcome) }
    }
  }

  /// Waits until nothing waits.
  func finish() { thread.sync {} }
}

import Synchronization

/// How often an open questionnaire was opened lately from one network, in memory alone: the more, the longer the next one
/// works or waits. Nobody is ever refused, so that a school of two hundred behind one address comes in freely.
final class AnswerPace: Sendable {
  struct Toll: Hashable, Sendable {
    /// Leading zero bits a browser's script looks for.
    let bits: Int
    /// Seconds to wait without a script.
    let wait: Int64
  }

  /// Within one span so many pass as if they were alone.
  static let free = 300
  private static let span = Duration.seconds(600)
  private static let least = Toll(bits: 15, wait: 6)
  private static let most = 6
  /// Every wait there is, in seconds.
  static let waits = (0...most).map { least.wait << Int64($0) }

  private struct State {
    var since = Duration.zero
    var opened: [String: Int] = [:]
  }

  private let networks: Int
  private let clock: @Sendable () -> Duration
  private let state = Mutex(State())

  /// - Parameter networks: the most it remembers.
  init(networks: Int = 10_000, clock: @escaping @Sendable () -> Duration = Throttle.monotonic()) {
    (self.networks, self.clock) = (networks, clock)
  }

  /// What opening the questionnaire costs now, once more from a network.
  func toll(from network: String) -> Toll {
    let now = clock()
    let count = state.withLock { state in
      if now - state.since >= AnswerPace.span { state = State(since: now) }
      guard state.opened[network] != nil || state.opened.count < networks else { return 0 }
      state.opened[network, default: 0] += 1
      return state.opened[network] ?? 0
    }
    var doublings = 0
    while doublings < AnswerPace.most, count > AnswerPace.free << doublings { doublings += 1 }
    return Toll(
      bits: AnswerPace.least.bits + min(doublings, 4), wait: AnswerPace.least.wait << Int64(doublings))
  }
}

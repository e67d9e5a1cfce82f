import Synchronization

/// Slows down guessing, in memory, without ever locking anybody out: after five failures in a row an account waits a
/// second, then two, at most a minute; and a network has a number of failures that refills with time. Whoever signs in
/// rightly costs nothing, so that a whole office behind one address comes in freely.
final class Throttle: Sendable {
  /// Whose failures are counted together.
  struct Account: Hashable, Sendable {
    fileprivate let text: String
    fileprivate let longest: Duration

    /// Somebody by the name that was typed, whether there is such a person or not.
    ///
    /// - Parameter isKnown: from a browser that has signed this account in before. It is counted apart: what others do
    ///   from elsewhere does not make it wait.
    static func name(_ name: String, isKnown: Bool) -> Account {
      Account(text: (isKnown ? "known\n" : "name\n") + name.prefix(100), longest: .seconds(60))
    }

    /// The second factor of somebody whose password was right: six digits are few, so it waits longer.
    static func factor(_ person: String) -> Account {
      Account(text: "factor\n" + person, longest: .seconds(900))
    }
  }

  private struct Row {
    var failures = 0
    var until = Duration.zero
    var last = Duration.zero
  }

  private struct State {
    var accounts: [Account: Row] = [:]
    /// Up to when a network's failures are paid for.
    var networks: [String: Duration] = [:]

    mutating func refund(_ network: String, _ now: Duration) {
      guard let paid = networks[network] else { return }
      networks[network] = paid - Throttle.price <= now ? nil : paid - Throttle.price
    }
  }

  private static let free = 5
  /// In a row means within an hour.
  private static let forgotten = Duration.seconds(3600)
  /// 300 failures in ten minutes.
  private static let price = Duration.seconds(2)
  private static let credit = Duration.seconds(600)

  private let most: Int
  private let clock: @Sendable () -> Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - most: the most accounts and networks it remembers.
  ///   - clock: time since some beginning; it never goes back.
  init(most: Int = 10_000, clock: @escaping @Sendable () -> Duration = Throttle.monotonic()) {
    self.most = most
    self.clock = clock
  }

  static func monotonic() -> @Sendable () -> Duration {
    let began = ContinuousClock.now
    return { began.duration(to: .now) }
  }

  /// Lets somebody try, and counts it as a failure until it turns out otherwise: of many tries at once, no more come
  /// through than one after the other.
  ///
  /// - Returns: how many seconds to wait; nil where they may try.
  func attempt(_ account: Account?, from network: String) -> Int? {
    let now = clock()
    return state.withLock { state in
      let paid = max(state.networks[network] ?? now, now)
      let over = paid + Throttle.price - now - Throttle.credit
      if over > .zero { return Throttle.seconds(over) }
      if let account {
        var row = state.accounts[account] ?? Row()
        if now >= row.last + Throttle.forgotten { row = Row() }
        if now < row.until { return Throttle.seconds(row.until - now) }
        row.failures += 1
        row.last = now
        if row.failures >= Throttle.free {
          let doublings = min(row.failures - Throttle.free, 12)
          row.until = now + min(.seconds(1 << doublings), account.longest)
        }
        makeRoom(in: &state.accounts, now) {
          $0.last + Throttle.forgotten <= now
        } age: {
          $0.last
        }
        state.accounts[account] = row
      }
      makeRoom(in: &state.networks, now) {
        $0 <= now
      } age: {
        $0
      }
      state.networks[network] = paid + Throttle.price
      return nil
    }
  }

  /// It was right: what was counted is forgotten.
  func succeeded(_ account: Account?, from network: String) {
    let now = clock()
    state.withLock { state in
      if let account { state.accounts[account] = nil }
      state.refund(network, now)
    }
  }

  /// It was never looked at: the try does not count.
  func withdrawn(_ account: Account?, from network: String) {
    let now = clock()
    state.withLock { state in
      if let account, var row = state.accounts[account] {
        row.failures -= 1
        row.until = .zero
        state.accounts[account] = row
      }
      state.refund(network, now)
    }
  }

  /// Those that have failures to pay for.
  var networks: Set<String> { state.withLock { Set($0.networks.keys) } }

  /// How much it remembers.
  var count: Int { state.withLock { $0.accounts.count + $0.networks.count } }

  /// Drops what is of no more use, and if that is not enough the older half: names may be made up without end.
  private func makeRoom<Key, Value>(
    in rows: inout [Key: Value], _ now: Duration, where isOver: (Value) -> Bool, age: (Value) -> Duration
  ) {
    guard rows.count >= most else { return }
    rows = rows.filter { !isOver($0.value) }
    guard rows.count >= most else { return }
    let kept = rows.sorted { age($0.value) > age($1.value) }.prefix(most / 2)
    rows = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }

  private static func seconds(_ duration: Duration) -> Int {
    let parts = duration.components
    return max(1, Int(parts.seconds) + (parts.attoseconds > 0 ? 1 : 0))
  }
}

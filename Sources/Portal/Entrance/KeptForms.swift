import Integrity
import Storage
import Synchronization

/// What people had typed when their session ended, from their signing in again until they send the form it was meant for:
/// in memory, a quarter of an hour at most, one form a session.
final class KeptForms: Sendable {
  private struct Kept {
    let path: String
    let fields: Fields
    let until: Duration
  }

  private static let span = Duration.seconds(15 * 60)

  private let most: Int
  private let clock: @Sendable () -> Duration
  private let kept = Mutex<[[UInt8]: Kept]>([:])

  /// - Parameters:
  ///   - most: forms that are kept at once; each is as large as may be carried through signing in.
  ///   - clock: time since some beginning; it never goes back.
  init(most: Int = 256, clock: @escaping @Sendable () -> Duration = Throttle.monotonic()) {
    self.most = most
    self.clock = clock
  }

  /// Keeps what is to be shown on a page of a session; in place of what was kept for it before.
  func keep(_ fields: Fields, for session: [UInt8], at address: String) {
    let now = clock()
    kept.withLock { kept in
      kept = kept.filter { $0.value.until > now }
      if kept.count >= most, let oldest = kept.min(by: { $0.value.until < $1.value.until }) {
        kept[oldest.key] = nil
      }
      let path = String(address.prefix { $0 != "?" })
      kept[session] = Kept(path: path, fields: fields, until: now + KeptForms.span)
    }
  }

  func fields(for session: [UInt8], at path: String) -> Fields? {
    let now = clock()
    return kept.withLock { $0[session] }.flatMap { $0.path == path && $0.until > now ? $0.fields : nil }
  }

  /// The form was sent, or its page cannot show what was kept.
  func drop(for session: [UInt8], at path: String) {
    kept.withLock { if $0[session]?.path == path { $0[session] = nil } }
  }
}

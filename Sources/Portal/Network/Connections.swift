import Foundation
import Synchronization

/// Counts the connections of each network, so that nobody alone takes all there are.
final class Connections: Sendable {
  private let most: Int
  private let open = Mutex<[String: Int]>([:])

  /// - Parameter most: of one network.
  init(most: Int) { self.most = most }

  /// - Returns: whether there is room for one more.
  func enter(_ network: String) -> Bool {
    open.withLock { open in
      guard open[network, default: 0] < most else { return false }
      open[network, default: 0] += 1
      return true
    }
  }

  func leave(_ network: String) {
    open.withLock { open in
      let left = open[network, default: 1] - 1
      open[network] = left > 0 ? left : nil
    }
  }
}

/// How many files this process may have open: every connection is one.
enum OpenFiles {
  /// Kept for the registry, its log and files that pass through.
  static let reserved = 128

  /// Raises the bound as far as the system allows.
  ///
  /// - Returns: the bound.
  static func raise() -> Int {
    #if canImport(Glibc)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return 1024 }
    var raised = limit
    raised.rlim_cur = limit.rlim_max
    if setrlimit(kind, &raised) == 0 { limit = raised }
    return Int(clamping: limit.rlim_cur)
  }
}

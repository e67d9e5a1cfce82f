import Synchronization

/// How many may be answered at once. What is over is told to come back: reports first, then pages; whoever hands something
/// in is let through longest.
final class Crowd: Sendable {
  enum Load: Int, CaseIterable, Sendable {
    /// Kept in memory; never turned away.
    case asset
    case export
    case upload
    case page
    case form

    /// The most at once.
    var most: Int {
      switch self {
      case .asset: .max
      case .export: 4
      case .upload: 32
      case .page: 256
      case .form: 1024
      }
    }
  }

  private let inside = Mutex([Int](repeating: 0, count: Load.allCases.count))

  /// - Throws: `Problem.busy` where too many are inside.
  func admit<Value>(_ load: Load, _ body: () async throws -> Value) async throws -> Value {
    let isIn = inside.withLock { inside in
      guard inside[load.rawValue] < load.most else { return false }
      inside[load.rawValue] += 1
      return true
    }
    guard isIn else { throw Problem.busy(load == .export ? 20 : 5) }
    defer { inside.withLock { $0[load.rawValue] -= 1 } }
    return try await body()
  }
}

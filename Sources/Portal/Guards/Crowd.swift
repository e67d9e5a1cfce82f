import Synchronization

/// How many may be answered at once. What is over is told to come back: reports first, then pages; whoever hands something
/// in is let through longest. No route takes all the room of its kind, and nobody all the room for files.
final class Crowd: Sendable {
  enum Load: String, CaseIterable, Sendable {
    /// Kept in memory; never turned away.
    case asset
    case export
    /// A file that was handed in, given back.
    case file
    case upload
    case page
    case form

    /// The most at once.
    var most: Int {
      switch self {
      case .asset: .max
      case .export: 4
      case .file: 32
      case .upload: 32
      case .page: 256
      case .form: 1024
      }
    }

    /// After how many seconds to come back.
    var pause: Int { self == .export ? 20 : 5 }
  }

  private let most: [Load: Int]
  private let inside = Mutex<[String: Int]>([:])

  /// - Parameter most: at once, where it is not as usual.
  init(most: [Load: Int] = [:]) {
    self.most = Dictionary(uniqueKeysWithValues: Load.allCases.map { ($0, most[$0] ?? $0.most) })
  }

  /// How many are inside.
  func count(_ load: Load) -> Int { inside.withLock { $0[load.rawValue, default: 0] } }

  /// - Parameters:
  ///   - route: of which at most half may be inside.
  ///   - person: who holds the place as long as their file takes to arrive: an eighth of them at most.
  /// - Throws: `Problem.busy` where too many are inside.
  func admit<Value>(
    _ load: Load, at route: String, for person: String? = nil, _ body: () async throws -> Value
  ) async throws -> Value {
    let most = most[load] ?? load.most
    guard most < .max else { return try await body() }
    var bounds = [
      (load.rawValue, most), ("\(load.rawValue) \(route)", load == .upload ? most : (most + 1) / 2),
    ]
    if load == .upload, let person { bounds.append(("\(load.rawValue) by \(person)", max(1, most / 8))) }
    let isIn = inside.withLock { inside in
      guard bounds.allSatisfy({ inside[$0.0, default: 0] < $0.1 }) else { return false }
      for (name, _) in bounds { inside[name, default: 0] += 1 }
      return true
    }
    guard isIn else { throw Problem.busy(load.pause) }
    defer {
      inside.withLock { inside in
        for (name, _) in bounds {
          let left = inside[name, default: 1] - 1
          inside[name] = left > 0 ? left : nil
        }
      }
    }
    return try await body()
  }
}

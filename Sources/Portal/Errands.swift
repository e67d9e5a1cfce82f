import Foundation
import Integrity
import NIOCore
import NIOPosix
import Storage
import Synchronization

/// Work that takes longer than a page may: done one after another on a thread of its own, while whoever asked for it can
/// watch how far it is. Kept in memory alone; what an errand does to the registry is as safe as any other act.
final class Errands: Sendable {
  /// One errand as its page shows it.
  struct Errand: Sendable {
    let owner: Code<Person>
    /// Names the words `errands.NAME_title`.
    let name: String
    var state = State.waiting
    fileprivate(set) var began = ContinuousClock.now
  }

  enum State: Sendable {
    /// Behind others.
    case waiting
    /// So many done of so many; the latter is 0 where that is not known.
    case running(done: Int, of: Int)
    /// Where to go on to.
    case done(String)
    case failed(any Error)

    var isOver: Bool {
      switch self {
      case .done, .failed: true
      case .waiting, .running: false
      }
    }
  }

  /// Told by an errand how far it is.
  typealias Progress = @Sendable (_ done: Int, _ of: Int) -> Void

  private let all = Mutex<[String: Errand]>([:])
  private let thread = NIOThreadPool(numberOfThreads: 1)

  /// How many are remembered, and for how long once they are over.
  private static let most = 200
  private static let remembered = Duration.seconds(3600)

  init() { thread.start() }

  deinit { thread.shutdownGracefully { _ in } }

  /// Begins an errand.
  ///
  /// - Parameter work: answers where to go on to; what it throws is shown.
  /// - Throws: `Problem.busy` where too many wait.
  func begin(
    _ name: String, for owner: Code<Person>, _ work: @escaping @Sendable (@escaping Progress) throws -> String
  ) throws -> String {
    let id = Sessions.newToken()
    try all.withLock { all in
      let now = ContinuousClock.now
      all = all.filter { !$0.value.state.isOver || $0.value.began.duration(to: now) < Errands.remembered }
      guard all.count < Errands.most else { throw Problem.busy(30) }
      all[id] = Errand(owner: owner, name: name)
    }
    thread.submit { [weak self] state in
      guard case .active = state, let self else { return }
      set(id, .running(done: 0, of: 0))
      do {
        set(id, .done(try work { self.set(id, .running(done: $0, of: $1)) }))
      } catch {
        set(id, .failed(error))
      }
    }
    return id
  }

  private func set(_ id: String, _ state: State) { all.withLock { $0[id]?.state = state } }

  /// An errand of somebody's own; nil where there is none of theirs.
  func errand(_ id: String, of owner: Code<Person>) -> Errand? {
    all.withLock { $0[id] }.flatMap { $0.owner == owner ? $0 : nil }
  }

  /// Whether anything of that name is under way, whoever began it.
  func isUnderWay(_ name: String) -> Bool {
    all.withLock { $0.values.contains { $0.name == name && !$0.state.isOver } }
  }
}

extension SignedIn {
  /// How long a page waits for an errand before it leads to where it can be watched.
  private static let patience = Duration.milliseconds(1200)

  /// Has an errand done. What takes no longer than a page may is waited for.
  ///
  /// - Returns: where to go on to: to what came of it, or to where it can be watched.
  /// - Throws: what the errand throws, as long as it is waited for.
  func undertake(
    _ name: String, _ work: @escaping @Sendable (@escaping Errands.Progress) throws -> String
  ) async throws -> String {
    let (errands, person) = (portal.errands, session.person)
    let id = try errands.begin(name, for: person, work)
    let began = ContinuousClock.now
    while began.duration(to: .now) < SignedIn.patience {
      switch errands.errand(id, of: person)?.state {
      case .done(let path)?: return path
      case .failed(let error)?: throw error
      default: try await Task.sleep(for: .milliseconds(5))
      }
    }
    return SettingUp.errand(id)
  }
}

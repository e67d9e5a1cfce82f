import Integrity
import Storage
import Synchronization

/// Published results, kept in memory as their pages show them: read once, by one reader however many ask, and dropped
/// when something changes them.
final class Publications: Sendable {
  private enum Entry {
    case reading(Task<PublishedIndex, any Error>)
    case ready(PublishedIndex)
  }

  private let entries = Mutex<[Code<Cycle>: Entry]>([:])

  /// - Throws: the same for a cycle that is not published and for one that is not there.
  func index(of cycle: Code<Cycle>, in portal: Portal) async throws -> PublishedIndex {
    let found = entries.withLock { entries -> Entry in
      switch entries[cycle] {
      case .ready(let index) where portal.registry.isCurrent(index.publication): return .ready(index)
      case .reading(let task): return .reading(task)
      case .ready, nil:
        let task = Task { try await read(cycle, in: portal) }
        entries[cycle] = .reading(task)
        return .reading(task)
      }
    }
    switch found {
    case .ready(let index): return index
    case .reading(let task): return try await task.value
    }
  }

  private func read(_ cycle: Code<Cycle>, in portal: Portal) async throws -> PublishedIndex {
    do {
      let (now, pages) = (portal.clock(), portal.pages)
      let index = try await portal.read { registry in
        try PublishedIndex(try registry.publication(of: cycle, at: now), pages)
      }
      entries.withLock { $0[cycle] = .ready(index) }
      return index
    } catch {
      // Nothing is kept of what is not there, whatever is asked for.
      entries.withLock { $0[cycle] = nil }
      throw error
    }
  }
}

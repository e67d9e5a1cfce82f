import Crypto
import Foundation
import Integrity
import Storage
import Synchronization

/// What an administrator has handed over and looked at, until it is taken in or forgotten. What is taken in is exactly what
/// was looked at: a form carries the digest alone.
final class LookedAt: Sendable {
  /// One thing that was handed over, with what was found.
  struct Thing: Sendable {
    /// What it was handed over for, such as a table of offices.
    let what: String
    let files: [File]
    let finding: Finding
    fileprivate let owner: Code<Person>
    fileprivate let expires: Moment
  }

  /// On disk: a table of a country's people is nothing to keep in memory.
  struct File: Sendable {
    let name: String
    private let content: Scratch

    init(name: String, content: Scratch) {
      self.name = name
      self.content = content
    }

    init(name: String, text: String) throws {
      self.name = name
      content = try Scratch()
      try content.append([UInt8](text.utf8))
    }

    var bytes: [UInt8] { get throws { try content.bytes(at: 0, count: content.size) } }
  }

  enum Finding: Sendable {
    case faults(TableFaults)
    case table(TableLook)
    case rubric(RubricLook)
  }

  private let things = Mutex<[String: Thing]>([:])

  private static let secondsKept: Int64 = 3600
  /// Of one person, and of all.
  private static let mostOfOne = 4
  private static let most = 32

  /// - Returns: the digest under which it is found.
  func keep(
    _ what: String, _ files: [File], _ finding: Finding, for owner: Code<Person>, at now: Moment
  ) throws -> String {
    let digest = try LookedAt.digest(what, files)
    things.withLock { things in
      things = things.filter { now < $0.value.expires }
      func drop(beyond most: Int, _ isMeant: (Thing) -> Bool) {
        let meant = things.filter { isMeant($0.value) }.sorted { $0.value.expires < $1.value.expires }
        for (key, _) in meant.dropLast(most - 1) { things[key] = nil }
      }
      things[key(digest, owner)] = nil
      drop(beyond: LookedAt.mostOfOne) { $0.owner == owner }
      drop(beyond: LookedAt.most) { _ in true }
      things[key(digest, owner)] = Thing(
        what: what, files: files, finding: finding, owner: owner,
        expires: now.adding(seconds: LookedAt.secondsKept))
    }
    return digest
  }

  /// nil where somebody else handed it over, or too long ago.
  func thing(_ digest: String, of owner: Code<Person>, for what: String, at now: Moment) -> Thing? {
    things.withLock { things in
      things = things.filter { now < $0.value.expires }
      return things[key(digest, owner)]
    }.flatMap { $0.what == what ? $0 : nil }
  }

  private func key(_ digest: String, _ owner: Code<Person>) -> String { "\(digest) \(owner)" }

  private static func digest(_ what: String, _ files: [File]) throws -> String {
    var hash = SHA256()
    hash.update(data: Data("\(what)\n".utf8))
    for file in files {
      let bytes = try file.bytes
      hash.update(data: Data("\(bytes.count) \(file.name)\n".utf8))
      hash.update(data: bytes)
    }
    return hash.finalize().hex
  }
}

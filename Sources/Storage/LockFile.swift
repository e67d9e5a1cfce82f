import Glibc

/// Held by the one process that writes. SQLite before 3.51.3 can damage a file when two processes write its log back at
/// the same time, so there are never two.
final class LockFile: Sendable {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StorageProblem.missing(path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StorageProblem.inUse(path: path)
    }
  }

  deinit { close(descriptor) }
}

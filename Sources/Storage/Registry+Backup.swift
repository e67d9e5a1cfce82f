import Crypto
import Foundation
import GRDB
import Glibc
public import Integrity

/// A copy of everything while the server writes, and the way back.
extension Registry {
  /// How far a backup is.
  public enum BackupStep: Sendable {
    /// So many pages of so many.
    case copying(done: Int, of: Int)
    case verifying
  }

  /// Writes a copy as an administrator's act: the trail says that it was made, and of which digest.
  public func backUp(
    to path: String, by signer: Signer, at now: Moment, _ progress: @escaping (BackupStep) -> Void = { _ in }
  ) throws {
    try reading(signer, at: now) { desk in try desk.allow(.backUp, Matter()) }
    try backup(to: path, progress)
    let digest = try Registry.digest(ofFile: path)
    try write(signer, at: now) { desk in
      try desk.allow(.backUp, Matter())
      try desk.record(
        .backUp, (path as NSString).lastPathComponent,
        payload: [("digest", Canonical.string(Digest.hex(digest)))])
    }
  }

  /// Checks a copy as it was checked when it was made.
  public func verify(backup path: String, _ progress: (String) -> Void = { _ in }) throws -> Verification {
    let copy = try Registry(reading: path, formats: formats)
    defer { try? copy.close() }
    return try copy.verify(progress)
  }

  /// Bytes of the registry's own file, and bytes that are free on its disk.
  public var room: (size: Int, free: Int?) {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    return ((facts?[.size] as? Int) ?? 0, Registry.freeBytes(path))
  }

  private static func digest(ofFile path: String) throws -> Data {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    var hash = SHA256()
    while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty { hash.update(data: bytes) }
    return Data(hash.finalize())
  }

  /// Pages that are copied between two looks at how far it is.
  private static let pagesAtOnce: CInt = 2048

  /// Writes a consistent copy into one file and verifies it.
  ///
  /// - Throws: `StorageProblem.exists` rather than write over anything; what is wrong with the copy, which is then removed.
  public func backup(to path: String, _ progress: @escaping (BackupStep) -> Void = { _ in }) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StorageProblem.taken(what: "file", code: path)
    }
    let folder = (path as NSString).deletingLastPathComponent
    guard folder.isEmpty || FileManager.default.fileExists(atPath: folder) else {
      throw StorageProblem.unknown(what: "folder", code: folder)
    }
    let part = path + ".part"
    let pages = path + ".pages"
    for file in [part, pages] { try? FileManager.default.removeItem(atPath: file) }
    do {
      let copy = try DatabaseQueue(path: pages)
      // All of it within one snapshot: whoever writes meanwhile neither waits nor is copied in part.
      try database.backup(to: copy, pagesPerStep: Registry.pagesAtOnce) { step in
        progress(.copying(done: step.completedPageCount, of: step.totalPageCount))
      }
      progress(.verifying)
      try copy.writeWithoutTransaction { db in
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      }
      // The pages have answers in the order in which they came; written anew, in that of their keys.
      let holdsAnswers = try copy.read { db in
        try db.integer("SELECT EXISTS (SELECT 1 FROM response) OR EXISTS (SELECT 1 FROM free_text)") == 1
      }
      if holdsAnswers, !settings.leaks.contains(.backup) {
        try copy.vacuum(into: part)
        try copy.close()
        try FileManager.default.removeItem(atPath: pages)
      } else {
        try copy.close()
        try FileManager.default.moveItem(atPath: pages, toPath: part)
      }
      try Registry(reading: part, formats: formats).insistOnHealth()
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
      try Registry.sync(part)
      try FileManager.default.moveItem(atPath: part, toPath: path)
      try Registry.sync(folder)
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        for file in [part, pages] { try? FileManager.default.removeItem(atPath: file + suffix) }
      }
      throw (error as? DatabaseError).map { Registry.problem($0, path) } ?? error
    }
  }

  /// Puts a backup in the place of a registry, after verifying it. The replaced file stays beside it, named by the moment.
  public static func restore(
    _ backup: String, into folder: String, formats: Formats, at now: Moment
  ) throws {
    guard FileManager.default.fileExists(atPath: backup) else {
      throw StorageProblem.unknown(what: "backup", code: backup)
    }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let path = databasePath(folder)
    let part = path + ".part"
    do {
      // The lock is held until the old file has made way, and taken again by whoever opens the new one.
      let lock = try LockFile(path: lockPath(folder))
      let key = try KeyFile(path: keyPath(folder))
      try? FileManager.default.removeItem(atPath: part)
      try FileManager.default.copyItem(atPath: backup, toPath: part)
      let copy = try Registry(reading: part, formats: formats)
      try copy.insistOnHealth()
      try copy.read { db in
        guard try Data.fetchOne(db, sql: "SELECT key_check FROM registry") == key.hash("", for: .check) else {
          throw StorageProblem.damaged(
            path: keyPath(folder), detail: "the key file belongs to another registry")
        }
      }
      try copy.close()
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
      try sync(part)
      let old = path + ".before-" + now.description.filter { $0.isNumber }.prefix(14)
      for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.moveItem(atPath: path + suffix, toPath: old + suffix)
      }
      try FileManager.default.moveItem(atPath: part, toPath: path)
      try sync(folder)
      withExtendedLifetime(lock) {}
    } catch {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: part + suffix) }
      throw (error as? DatabaseError).map { problem($0, backup) } ?? error
    }
    let registry = try Registry(in: folder, .writing, formats: formats, at: now)
    try registry.noteRestoring(at: now)
    try registry.close()
  }

  private func noteRestoring(at now: Moment) throws {
    try write(nil, at: now) { desk in
      desk.allowWithoutPerson()
      try desk.record("restore", "registry", cycle: nil, office: nil, nil, nil, "{}")
    }
  }

  private func insistOnHealth() throws {
    let faults = try verify().faults
    guard faults.isEmpty else {
      throw StorageProblem.damaged(
        path: path, detail: faults.prefix(5).map(\.description).joined(separator: "; "))
    }
  }

  private static func sync(_ path: String) throws {
    let descriptor = open(path.isEmpty ? "." : path, O_RDONLY)
    guard descriptor >= 0 else { throw StorageProblem.missing(path: path) }
    defer { _ = Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StorageProblem.full }
  }
}

import Foundation
import GRDB
import Glibc
public import Integrity

/// A copy of everything while the server writes, and the way back.
extension Registry {
  /// Writes a consistent copy into one file and verifies it.
  ///
  /// - Throws: `StorageProblem.exists` rather than write over anything; what is wrong with the copy, which is then removed.
  public func backup(to path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StorageProblem.taken(what: "file", code: path)
    }
    let folder = (path as NSString).deletingLastPathComponent
    guard folder.isEmpty || FileManager.default.fileExists(atPath: folder) else {
      throw StorageProblem.unknown(what: "folder", code: folder)
    }
    let part = path + ".part"
    try? FileManager.default.removeItem(atPath: part)
    do {
      let copy = try DatabaseQueue(path: part)
      try database.backup(to: copy)
      try copy.writeWithoutTransaction { db in
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      }
      try copy.close()
      try Registry(reading: part, formats: formats).insistOnHealth()
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
      try Registry.sync(part)
      try FileManager.default.moveItem(atPath: part, toPath: path)
      try Registry.sync(folder)
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        try? FileManager.default.removeItem(atPath: part + suffix)
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

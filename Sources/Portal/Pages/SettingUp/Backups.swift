import Foundation
import Integrity
import Storage

/// The copies of the registry that lie in a folder of the server. None of them ever leaves it through a browser.
struct Backups: Sendable {
  let folder: String

  struct Copy: Sendable {
    let name: String
    let bytes: Int
    let at: Moment
    /// nil where it was not verified here.
    let verified: Verified?
  }

  /// What verifying a copy came to, kept beside it.
  struct Verified: Codable, Sendable {
    /// Seconds since 1970.
    let at: Int64
    let faults: Int
    /// Of the copy that was verified: another file under its name was not.
    let bytes: Int
    let changed: Int64
  }

  private static let ending = ".sqlite"

  /// The latest first; only files that look like copies.
  var all: [Copy] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap(copy).sorted { ($0.at, $0.name) > ($1.at, $1.name) }
  }

  /// nil for a name that is none of a copy in the folder.
  func copy(_ name: String) -> Copy? {
    let isPlain = name.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
        || [45, 46, 95].contains($0)
    }
    guard isPlain, !name.hasPrefix("."), name.hasSuffix(Backups.ending), let facts = facts(name) else {
      return nil
    }
    let kept = FileManager.default.contents(atPath: mark(name)).flatMap {
      try? JSONDecoder().decode(Verified.self, from: $0)
    }
    let isSame = kept.map { $0.bytes == facts.bytes && $0.changed == facts.changed } ?? false
    return Copy(
      name: name, bytes: facts.bytes, at: Moment(seconds: facts.changed), verified: isSame ? kept : nil)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  private func mark(_ name: String) -> String { path(name) + ".verified" }

  private func facts(_ name: String) -> (bytes: Int, changed: Int64)? {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: path(name)),
      facts[.type] as? FileAttributeType == .typeRegular, let bytes = facts[.size] as? Int,
      let changed = facts[.modificationDate] as? Date
    else { return nil }
    return (bytes, Int64(changed.timeIntervalSince1970))
  }

  /// A name for a copy of this moment that is not taken: `ita-2569-11-21-1630.sqlite`, years of the common era.
  func newName(at now: Moment) -> String {
    let digits = now.description.prefix(16).filter(\.isNumber)
    let beginning = "ita-\(digits.prefix(8))-\(digits.dropFirst(8))"
    let names = [beginning] + (2...999).map { "\(beginning)-\($0)" }
    return (names.first { !FileManager.default.fileExists(atPath: path($0 + Backups.ending)) } ?? beginning)
      + Backups.ending
  }

  /// Makes the folder where it is not there, for its owner alone.
  func prepare() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StorageProblem.invalid(
        "the folder for backups cannot be written to; see 'backups' in ita.yaml",
        thai: "เขียนลงโฟลเดอร์เก็บข้อมูลสำรองไม่ได้ โปรดตรวจการตั้งค่า backups ใน ita.yaml")
    }
  }

  /// Notes what verifying a copy came to.
  func note(_ name: String, faults: Int, at now: Moment) throws {
    guard let facts = facts(name) else { return }
    let verified = Verified(at: now.seconds, faults: faults, bytes: facts.bytes, changed: facts.changed)
    try JSONEncoder().encode(verified).write(to: URL(fileURLWithPath: mark(name)), options: .atomic)
  }
}

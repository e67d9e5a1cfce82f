import Crypto
public import Foundation
import GRDB
public import Integrity

/// Files of evidence: kept once by their digest, in pieces, so that memory stays flat however large they are.
extension Registry {
  static let piece = 256 << 10

  /// The most bytes a file may have.
  public var largestFile: Int { settings.largestFile }

  /// Takes a file in from a handle that can be read twice: once for its digest, once for its bytes.
  ///
  /// - Throws: `StorageProblem` where it is too large, the office has used its quota, or the disk is nearly full.
  public func keepFile(
    _ name: String, from handle: FileHandle, for office: Code<Office>, in cycle: Code<Cycle>,
    by signer: Signer,
    at now: Moment
  ) throws -> Evidence.Content {
    let (digest, size) = try measured(handle, name)
    if let free = Registry.freeBytes(path), free < settings.reserve + size { throw StorageProblem.full }
    return try write(signer, at: now) { desk in
      let (cycleID, officeID, _, matter) = try desk.matter(of: office, in: cycle)
      guard let officeID else { throw StorageProblem.unknown(what: "office", code: office.text) }
      try desk.allow(.draft, matter)
      let known = try desk.db.integer("SELECT id FROM blob WHERE digest = ?", digest)
      let isTheirs = try known.map { id in
        try desk.db.integer("SELECT 1 FROM office_file WHERE office = ? AND blob = ?", officeID, id) != nil
      }
      if isTheirs == true { return .file(name: name, digest: Digest.hex(digest), bytes: size) }
      let used = try desk.db.integer(
        "SELECT coalesce(sum(size), 0) FROM office_file JOIN blob ON blob.id = office_file.blob WHERE office = ?",
        officeID)
      guard (used ?? 0) + Int64(size) <= settings.quota else {
        throw StorageProblem.quota(office: office.text, limit: settings.quota)
      }
      let id = try known ?? desk.putPieces(of: handle, digest: digest, size: size)
      try desk.db.run("INSERT INTO office_file (office, blob) VALUES (?, ?)", officeID, id)
      try desk.record(
        .draft, Digest.hex(digest), cycle: cycleID, office: officeID,
        payload: [("file", Canonical.string(Digest.hex(digest))), ("size", "\(size)")])
      return .file(name: name, digest: Digest.hex(digest), bytes: size)
    }
  }

  /// Writes a file of an office's evidence out, piece by piece, for whoever may see what the office submitted.
  public func writeFile(
    _ digest: String, of office: Code<Office>, in cycle: Code<Cycle>, to handle: FileHandle,
    by signer: Signer?,
    at now: Moment
  ) throws {
    try reading(for: signer, at: now) { desk, reader in
      let (id, officeID, matter) = try desk.reading(office, in: cycle)
      if let refusal = Conduct.may(.readSubmission, in: matter, by: reader, at: now) { throw refusal }
      let blob = try desk.db.integer(
        """
        SELECT blob.id FROM blob JOIN evidence ON evidence.blob = blob.id
        JOIN submission ON submission.id = evidence.submission WHERE digest = ? AND cycle = ? AND office = ? LIMIT 1
        """, Digest.bytes(hex: digest) ?? Data(), id, officeID)
      guard let blob else { throw StorageProblem.unknown(what: "file", code: digest) }
      try desk.db.writePieces(of: blob, to: handle)
    }
  }

  func measured(_ handle: FileHandle, _ name: String) throws -> (digest: Data, size: Int) {
    try handle.seek(toOffset: 0)
    var hasher = SHA256()
    var size = 0
    while let bytes = try handle.read(upToCount: Registry.piece), !bytes.isEmpty {
      hasher.update(data: bytes)
      size += bytes.count
      guard size <= settings.largestFile else {
        throw StorageProblem.tooLarge(name: name, limit: settings.largestFile)
      }
    }
    try handle.seek(toOffset: 0)
    return (Data(hasher.finalize()), size)
  }

  /// Room on the disk of a file, whether or not the file is there.
  static func freeBytes(_ path: String) -> Int? {
    let folder = (path as NSString).deletingLastPathComponent
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.isEmpty ? "." : folder)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }
}

extension Desk {
  func putPieces(of handle: FileHandle, digest: Data, size: Int) throws -> Int64 {
    let id = try db.insert("INSERT INTO blob (digest, size) VALUES (?, ?)", digest, size)
    var hasher = SHA256()
    var position = 0
    while let bytes = try handle.read(upToCount: Registry.piece), !bytes.isEmpty {
      hasher.update(data: bytes)
      try db.run("INSERT INTO blob_piece (blob, position, bytes) VALUES (?, ?, ?)", id, position, bytes)
      position += 1
    }
    guard Data(hasher.finalize()) == digest else {
      throw StorageProblem.changed(
        "the file changed while it was read; send it again", thai: "ไฟล์เปลี่ยนแปลงระหว่างที่ระบบอ่าน โปรดส่งไฟล์อีกครั้ง"
      )
    }
    return id
  }
}

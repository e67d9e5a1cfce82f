import Foundation
import Hummingbird
import NIOCore

/// A file on disk without a name, for what passes through: gone when nobody holds it any more, whatever happens.
final class Scratch: Sendable {
  private let descriptor: Int32

  /// - Throws: where the folder for such files cannot be written to.
  init() throws {
    // Not the fleeting folder, which is often memory.
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    let path = "\(folder)/ita-\(UUID().uuidString)"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// A handle on it that leaves it open. One at a time: they share their place in the file.
  var handle: FileHandle { FileHandle(fileDescriptor: descriptor, closeOnDealloc: false) }

  /// How many bytes it holds.
  var size: Int {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
  }

  func append(_ bytes: [UInt8]) throws {
    var place = 0
    while place < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { write(descriptor, $0 + place, buffer.count - place) } ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      place += count
    }
  }

  /// Bytes from a place on; fewer at its end.
  func bytes(at place: Int, count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { pread(descriptor, $0, count, off_t(place)) } ?? 0
    }
    guard found >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return Array(bytes.prefix(found))
  }

  /// The whole file as an answer, a piece at a time.
  var body: ResponseBody {
    let size = size
    return ResponseBody(contentLength: size) { writer in
      var place = 0
      while place < size {
        let bytes = try self.bytes(at: place, count: min(64 << 10, size - place))
        guard !bytes.isEmpty else { break }
        try await writer.write(ByteBuffer(bytes: bytes))
        place += bytes.count
      }
      try await writer.finish(nil)
    }
  }
}

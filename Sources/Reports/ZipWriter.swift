import CZlib
import Foundation

/// Writes a ZIP archive piece by piece, so that only one file of it is held in memory. The same files give the same bytes.
public struct ZipWriter {
  /// What keeps an archive from being written.
  public enum Fault: Error {
    case tooLarge
    case compression(Int32)
  }

  private let write: ([UInt8]) throws -> Void
  private var place: UInt64 = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// - Parameter write: takes the bytes one after the other.
  public init(to write: @escaping ([UInt8]) throws -> Void) { self.write = write }

  /// Adds a file.
  ///
  /// - Parameter name: with `/` between folders.
  public mutating func add(_ name: String, _ bytes: [UInt8]) throws {
    let packed = try ZipWriter.deflated(bytes)
    let sum = bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, uInt($0.count))) }
    let name = Array(name.utf8)
    // Archives over four gigabytes, or of more files than two bytes count, take another form.
    guard place + UInt64(packed.count) < UInt64(UInt32.max), count < Int(UInt16.max), name.count < 1000 else {
      throw Fault.tooLarge
    }
    var common: [UInt8] = []
    common.put(20 as UInt16)
    // Names are UTF-8.
    common.put(0x0800 as UInt16)
    common.put(8 as UInt16)
    // A fixed moment, 1 January 1980: the archive must not depend on when it is written.
    common.put(0 as UInt16)
    common.put(0x21 as UInt16)
    common.put(sum)
    common.put(UInt32(packed.count))
    common.put(UInt32(bytes.count))
    common.put(UInt16(name.count))
    common.put(0 as UInt16)
    var head: [UInt8] = []
    head.put(0x0403_4b50 as UInt32)
    head += common + name
    directory.put(0x0201_4b50 as UInt32)
    directory.put(20 as UInt16)
    directory += common
    // No comment, the first disk, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory.put(UInt32(place))
    directory += name
    try write(head)
    try write(packed)
    place += UInt64(head.count + packed.count)
    count += 1
  }

  /// Writes the table of contents; nothing may be added after it.
  public mutating func finish() throws {
    var end: [UInt8] = []
    end.put(0x0605_4b50 as UInt32)
    end.put(0 as UInt32)
    end.put(UInt16(count))
    end.put(UInt16(count))
    end.put(UInt32(directory.count))
    end.put(UInt32(place))
    end.put(0 as UInt16)
    try write(directory)
    try write(end)
  }

  /// As a ZIP holds it: deflated, without a head of its own.
  private static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    let begun = deflateInit2_(
      &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    guard begun == Z_OK else { throw Fault.compression(begun) }
    defer { deflateEnd(&stream) }
    let most = Int(deflateBound(&stream, uLong(bytes.count)))
    var source = bytes
    var result: Int32 = Z_OK
    let packed = source.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: most) { output, count in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(output.count)
        result = deflate(&stream, Z_FINISH)
        count = most - Int(stream.avail_out)
      }
    }
    guard result == Z_STREAM_END else { throw Fault.compression(result) }
    return packed
  }
}

extension [UInt8] {
  /// The lowest byte first.
  fileprivate mutating func put(_ number: some FixedWidthInteger & UnsignedInteger) {
    for place in stride(from: 0, to: number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> place))
    }
  }
}

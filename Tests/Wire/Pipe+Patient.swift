public import Foundation
import Glibc

extension Pipe {
  /// What has come in; nothing at the end. Foundation's own reading ends the program where a signal comes in between, and
  /// tests of stopping send signals.
  public func next() -> Data {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(fileHandleForReading.fileDescriptor, &bytes, bytes.count)
      if count >= 0 { return Data(bytes.prefix(count)) }
      if errno != EINTR { return Data() }
    }
  }

  /// All that comes in until the end.
  public func rest() -> Data {
    var all = Data()
    while case let piece = next(), !piece.isEmpty { all += piece }
    return all
  }
}

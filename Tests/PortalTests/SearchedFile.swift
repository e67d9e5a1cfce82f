import Glibc

/// The bytes of a file, to be searched for many small things: for each by the byte of it that is rarest in the file.
struct SearchedFile {
  let name: String
  private let bytes: [UInt8]
  private let counts: [Int]

  /// More places than that tell no more.
  private static let most = 1000

  init(_ name: String, _ bytes: [UInt8]) {
    (self.name, self.bytes) = (name, bytes)
    var counts = [Int](repeating: 0, count: 256)
    counts.withUnsafeMutableBufferPointer { counts in
      bytes.withUnsafeBufferPointer { bytes in
        for byte in bytes { counts[Int(byte)] += 1 }
      }
    }
    self.counts = counts
  }

  /// Every place where some bytes stand.
  func places(of needle: [UInt8]) -> [Int] {
    guard let rarest = needle.indices.min(by: { counts[Int(needle[$0])] < counts[Int(needle[$1])] }),
      counts[Int(needle[rarest])] > 0
    else { return [] }
    var places: [Int] = []
    bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress else { return }
      var from = rarest
      let end = all.count - needle.count + rarest
      while from <= end, places.count < SearchedFile.most,
        let found = memchr(base + from, CInt(needle[rarest]), end - from + 1)
      {
        let place = base.distance(to: UnsafeRawPointer(found))
        if memcmp(base + place - rarest, needle, needle.count) == 0 { places.append(place - rarest) }
        from = place + 1
      }
    }
    return places
  }
}

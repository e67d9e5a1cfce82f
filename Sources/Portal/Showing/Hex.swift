extension Sequence where Element == UInt8 {
  /// Two hexadecimal digits a byte.
  var hex: String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * underestimatedCount)
    for byte in self {
      for half in [byte >> 4, byte & 15] {
        text.append(half + (half < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

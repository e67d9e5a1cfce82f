import CQrencode

/// An address as a QR symbol, for slips and posters: made here, so that no code is told to a service elsewhere.
struct QRSymbol: Hashable, Sendable {
  /// Modules along a side, without the quiet zone.
  let width: Int
  /// Row by row, whether a module is dark.
  let isDark: [Bool]

  /// The light modules a reader needs around it.
  static let quiet = 4

  /// nil for what is too long for a symbol. A seventh of it may be unreadable.
  init?(_ text: String) {
    guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else { return nil }
    defer { QRcode_free(code) }
    width = Int(code.pointee.width)
    isDark = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
  }

  /// Along a side with the quiet zone: the side of the picture's view box.
  var side: Int { width + 2 * QRSymbol.quiet }

  /// The dark modules as the path of a picture, a run of them at a time.
  var path: String {
    var path = ""
    for y in 0..<width {
      var x = 0
      while x < width {
        guard isDark[y * width + x] else {
          x += 1
          continue
        }
        let start = x
        while x < width, isDark[y * width + x] { x += 1 }
        path += "M\(start + QRSymbol.quiet) \(y + QRSymbol.quiet)h\(x - start)v1h-\(x - start)z"
      }
    }
    return path
  }
}

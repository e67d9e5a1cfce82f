import Mustache

/// Text in a page, byte by byte made harmless.
///
/// The library's own way goes by characters, and to it a quotation mark with a combining mark behind it is another
/// character than a quotation mark: it would stand in an attribute as it is.
struct HtmlText: MustacheContentType {
  private static let name = "HTML_BYTES"

  /// A template that escapes this way. Each has to say so itself: partials and parents do not hand it on.
  static func template(_ text: String) throws -> MustacheTemplate {
    _ = isKnown
    return try MustacheTemplate(string: "{{% CONTENT_TYPE: \(name)}}\n" + text)
  }

  private static let isKnown: Bool = {
    MustacheContentTypes.register(HtmlText(), named: name)
    return true
  }()

  func escapeText(_ text: String) -> String {
    guard text.utf8.contains(where: { HtmlText.entity($0) != nil }) else { return text }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if let entity = HtmlText.entity(byte) { escaped += entity.utf8 } else { escaped.append(byte) }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func entity(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}

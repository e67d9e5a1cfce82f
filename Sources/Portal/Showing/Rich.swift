import Integrity
import Reports

extension Wording {
  /// A sentence in pieces, so that a template can set what fills its blanks in bold: `{{#is_strong}}<b>…`.
  func pieces(_ path: String, strong: [String: String], plain: [String: String] = [:]) -> ReportData {
    var pieces: [ReportData] = []
    func add(_ text: String, _ isStrong: Bool) {
      if !text.isEmpty { pieces.append(["text": .text(text), "is_strong": .flag(isStrong)]) }
    }
    var rest = say(path, plain)[...]
    while let start = rest.firstIndex(of: "%"),
      let end = rest[rest.index(after: start)...].firstIndex(of: "%")
    {
      let name = String(rest[rest.index(after: start)..<end])
      if let value = strong[name] {
        add(String(rest[..<start]), false)
        add(value, true)
        rest = rest[rest.index(after: end)...]
      } else {
        // A plain per cent sign.
        add(String(rest[...start]), false)
        rest = rest[rest.index(after: start)...]
      }
    }
    add(String(rest), false)
    return .list(pieces)
  }
}

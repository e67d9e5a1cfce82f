import Integrity

/// The name of a file that somebody handed in.
struct FileName: Hashable, Sendable {
  let text: String

  /// Without folders, and without what cannot be seen or would turn its letters round.
  init(_ given: String) {
    let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    let seen = last.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
        // Thai holds compounds together with a joiner.
        scalar.value == 0x2060 || scalar.value == 0x200B
      default: true
      }
    }
    let name = String(String.UnicodeScalarView(seen)).trimmingBlanks
    let dot = name.lastIndex(of: ".")
    let end = dot.map { String(name[$0...].prefix(12)) } ?? ""
    text = name.count > 150 ? String(name.prefix(150 - end.count)) + end : name
  }

  /// Whether a personal number of thirteen digits stands in it, as the card writes it or in one.
  var holdsNationalID: Bool {
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          // Thai digits are digits too.
          (0x0E50...0x0E59).contains(scalar.value)
            ? Unicode.Scalar(scalar.value - 0x0E50 + 48) ?? scalar : scalar
        }))
    let runs = plain.split { !("0"..."9").contains($0) && $0 != "-" && $0 != " " }
    return runs.contains { run in
      let groups = run.split { $0 == "-" || $0 == " " }.map(String.init)
      if groups.contains(where: { NationalID($0) != nil }) { return true }
      let card = [1, 4, 5, 2, 1]
      guard groups.count >= card.count else { return false }
      return (0...(groups.count - card.count)).contains { start in
        let five = groups[start..<(start + card.count)]
        return zip(five, card).allSatisfy { $0.count == $1 } && NationalID(five.joined()) != nil
      }
    }
  }

  /// As a header names it: plain letters for old browsers, and as it is for all others.
  var disposition: String {
    let plain = String(
      text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_. ".contains($0)) ? $0 : "_" })
    return "filename=\"\(plain)\"; filename*=UTF-8''\(text.queryEscaped)"
  }
}

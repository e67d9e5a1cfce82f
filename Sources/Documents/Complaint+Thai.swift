/// Complaints in Thai. The readers say what is wrong in English, where it is found; here each sentence of theirs is found
/// again with its parts, and said anew.
extension Complaint {
  /// The same for whoever reads Thai; nil where it is said in English alone.
  public var thai: (problem: String, remedy: String)? {
    guard let problem = ThaiSentences.all.thai(of: problem), let remedy = ThaiSentences.all.thai(of: remedy)
    else { return nil }
    return (problem, remedy)
  }
}

/// English sentences with their Thai.
struct ThaiSentences: Sendable {
  static let all = ThaiSentences([ThaiTables.lines, ThaiRubrics.lines])

  private struct Sentence: Sendable {
    /// What stands around the parts, the first before the first of them.
    let pieces: [String]
    let thai: String
  }

  /// By their first letters, so that few are looked at.
  private let sentences: [String: [Sentence]]

  private init(_ texts: [String]) {
    var sentences: [String: [Sentence]] = [:]
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      let sides = line.split(separator: " ⇒ ", maxSplits: 1)
      guard sides.count == 2 else { continue }
      let pieces = ThaiSentences.pieces(String(sides[0]))
      sentences[ThaiSentences.beginning(pieces[0]), default: []].append(
        Sentence(pieces: pieces, thai: String(sides[1])))
    }
    self.sentences = sentences
  }

  /// A part is a pair of braces with nothing in it.
  private static func pieces(_ text: String) -> [String] {
    text.replacing("{}", with: "\u{0}").split(separator: "\u{0}", omittingEmptySubsequences: false).map(
      String.init)
  }

  private static func beginning(_ text: String) -> String { String(text.prefix(1)) }

  func thai(of english: String) -> String? {
    let near = (sentences[ThaiSentences.beginning(english)] ?? []) + (sentences[""] ?? [])
    for sentence in near {
      guard let parts = ThaiSentences.parts(of: english, around: sentence.pieces) else { continue }
      var thai = sentence.thai
      for (index, part) in parts.enumerated() { thai = thai.replacing("{\(index + 1)}", with: part) }
      return thai
    }
    return nil
  }

  /// What stands between the pieces; nil where they are not all there in their order.
  private static func parts(of text: String, around pieces: [String]) -> [String]? {
    guard text.hasPrefix(pieces[0]) else { return nil }
    var rest = text.dropFirst(pieces[0].count)
    var parts: [String] = []
    for (index, piece) in pieces.enumerated().dropFirst() {
      if index == pieces.count - 1 {
        guard rest.hasSuffix(piece) else { return nil }
        parts.append(String(rest.dropLast(piece.count)))
        return parts
      }
      guard let found = rest.firstRange(of: piece) else { return nil }
      parts.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return rest.isEmpty ? parts : nil
  }
}

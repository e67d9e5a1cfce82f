import Integrity
import Reports

/// The names of the offices of a cycle: in the order in which a dictionary has them, and as they are searched. Worked out
/// once, and not again until an office is renamed.
struct OfficeNames: Sendable {
  /// By office, its place among the names.
  private let ranks: [Language: [Int]]
  private let codeRanks: [Int]
  /// The code and every name of an office, folded, one office after another; where each ends.
  private let text: [UInt8]
  private let ends: [Int]
  /// What it was made of.
  private let offices: [Words]
  private let codes: [Code<Office>]

  /// - Parameter wordings: in which languages and with which short forms they are searched.
  init(_ offices: [Office], _ wordings: [Wording]) {
    self.offices = offices.map(\.name)
    codes = offices.map(\.code)
    ranks = Dictionary(
      Language.allCases.map { language in
        (language, OfficeNames.ranks(offices.map { $0.name.in(language) }))
      }
    ) { a, _ in a }
    codeRanks = OfficeNames.ranks(offices.map(\.code.text))
    var text: [UInt8] = []
    var ends: [Int] = []
    for office in offices {
      let names = [office.code.text, office.name.thai, office.name.english] + wordings.map(office.shortName)
      text += OfficeNames.folded(names.joined(separator: "\n"))
      ends.append(text.count)
    }
    (self.text, self.ends) = (text, ends)
  }

  /// Whether it is of the same offices, none of them renamed.
  func isOf(_ cards: [Scorecard]) -> Bool {
    guard cards.count == offices.count else { return false }
    return cards.indices.allSatisfy { place in
      codes[place] == cards[place].office.code && offices[place] == cards[place].office.name
    }
  }

  func rank(_ office: Int, _ language: Language) -> Int { ranks[language]?[office] ?? office }
  func rankOfCode(_ office: Int) -> Int { codeRanks[office] }

  /// The offices whose code or names have every word that is searched for; nil where nothing is.
  func found(_ search: String) -> Set<Int>? {
    let words = search.split(whereSeparator: \.isWhitespace).map { OfficeNames.folded(String($0)) }
      .filter { !$0.isEmpty }
    if words.isEmpty { return nil }
    var found: Set<Int> = []
    var start = 0
    for (office, end) in ends.enumerated() {
      if words.allSatisfy({ holds($0, start, end) }) { found.insert(office) }
      start = end
    }
    return found
  }

  private func holds(_ word: [UInt8], _ start: Int, _ end: Int) -> Bool {
    let last = end - word.count
    if last < start { return false }
    for place in start...last where text[place] == word[0] {
      var next = 1
      while next < word.count, text[place + next] == word[next] { next += 1 }
      if next == word.count { return true }
    }
    return false
  }

  /// In small letters, with plain digits, and without what nobody sees.
  static func folded(_ text: String) -> [UInt8] {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value) + 32))
      case 0x0E50...0x0E59: folded.append(Unicode.Scalar(UInt8(scalar.value - 0x0E50) + 48))
      case 0x200B...0x200D, 0x2060, 0xFEFF: continue
      case 0xA0: folded.append(" ")
      default: folded.append(scalar)
      }
    }
    return Array(String(folded).utf8)
  }

  /// As a dictionary puts them in order, numbers by their value.
  static func ranks(_ names: [String]) -> [Int] {
    let keys = names.map(ThaiOrder.Key.init)
    let order = names.indices.sorted { a, b in keys[a] == keys[b] ? a < b : keys[a] < keys[b] }
    var ranks = [Int](repeating: 0, count: names.count)
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    return ranks
  }
}

extension Array where Element == Words {
  /// In the order of the language's dictionary.
  func inOrder(of language: Language) -> [Words] {
    let ranks = OfficeNames.ranks(map { $0.in(language) })
    return indices.sorted { ranks[$0] < ranks[$1] }.map { self[$0] }
  }
}

import Integrity
import Testing

/// Codes on slips: typed by hand, never taken for one another.
@Suite struct SlipCodeTests {
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func codes(_ number: Int, seed: UInt64 = 1) -> [SlipCode] {
    var generator = SeededGenerator(seed: seed)
    return (0..<number).map { _ in SlipCode.random(using: &generator) }
  }

  @Test func `a code is 24 symbols in six groups, and reads back`() {
    for code in Self.codes(500) {
      #expect(code.text.count == 24 && code.groups.count == 6 && code.groups.allSatisfy { $0.count == 4 })
      #expect(code.text.allSatisfy(Self.symbols.contains))
      #expect(SlipCode(typed: code.grouped) == code)
    }
    #expect(Set(Self.codes(500)).count == 500)
  }

  @Test func `case, blanks, dashes and look-alikes do not matter`() throws {
    // One with the symbols that look like others.
    let code = try #require(
      Self.codes(500).first { $0.text.contains("0") && $0.text.contains("1") && $0.text.contains("V") })
    let typed = [
      code.text.lowercased(), code.groups.joined(separator: " "), code.groups.joined(separator: " – "),
      "  \(code.grouped)\r\n", code.groups.joined(separator: "\u{00A0}"), "\u{FEFF}" + code.grouped,
      code.text.replacing("0", with: "O").replacing("1", with: "l").replacing("V", with: "u"),
      code.text.replacing("0", with: "o").replacing("1", with: "I"),
      code.text.replacing("0", with: "๐").replacing("1", with: "๑"),
      String(
        String.UnicodeScalarView(code.text.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) })),
    ]
    for text in typed { #expect(SlipCode(typed: text) == code, "\(text)") }
    for text in ["", "7", code.text + "0", String(code.text.dropLast()), code.text.replacing("0", with: "ก")]
    {
      #expect(SlipCode(typed: text) == nil, "\(text)")
    }
  }

  @Test func `every single wrong symbol is caught`() {
    for code in Self.codes(20) {
      let symbols = Array(code.text)
      for place in symbols.indices {
        for other in Self.symbols where other != symbols[place] {
          var wrong = symbols
          wrong[place] = other
          #expect(SlipCode(typed: String(wrong)) == nil)
        }
      }
    }
  }

  @Test func `any two symbols that changed places are caught`() {
    for code in Self.codes(50) {
      let symbols = Array(code.text)
      for place in symbols.indices {
        for other in symbols.indices where other > place && symbols[other] != symbols[place] {
          var wrong = symbols
          wrong.swapAt(place, other)
          #expect(SlipCode(typed: String(wrong)) == nil)
        }
      }
    }
  }

  @Test func `any two wrong symbols are caught`() {
    var generator = SeededGenerator(seed: 7)
    for code in Self.codes(2000) {
      var wrong = Array(code.text)
      let places = Array(wrong.indices).shuffled(using: &generator).prefix(2)
      for place in places {
        wrong[place] = Self.symbols.filter { $0 != wrong[place] }.randomElement(using: &generator) ?? "0"
      }
      #expect(SlipCode(typed: String(wrong)) == nil)
    }
  }
}

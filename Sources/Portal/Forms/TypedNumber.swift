/// A whole number as it is typed: `1,240`, `๘๖`.
enum TypedNumber {
  static func read(_ text: String) -> Int? {
    let plain = text.filter { $0 != "," && !$0.isWhitespace }
    guard !plain.isEmpty, plain.count <= 12 else { return nil }
    var number = 0
    for character in plain {
      guard let digit = character.wholeNumberValue, (0...9).contains(digit) else { return nil }
      number = number * 10 + digit
    }
    return number
  }
}

/// The order of Thai names, as a dictionary has it: a vowel that is written before its consonant is read behind it, and
/// marks of tone tell only those apart that are alike otherwise. A title before a name does not count.
enum ThaiOrder {
  /// Names are in order where their keys are.
  static func key(_ name: String) -> String {
    var letters = String.UnicodeScalarView()
    var marks = String.UnicodeScalarView()
    var leading: Unicode.Scalar?
    for scalar in withoutTitle(name).lowercased().unicodeScalars {
      switch scalar.value {
      case 0x0E40...0x0E44:
        if let leading { letters.append(leading) }
        leading = scalar
      case 0x0E47...0x0E4E: marks.append(scalar)
      default:
        letters.append(scalar)
        if let vowel = leading {
          letters.append(vowel)
          leading = nil
        }
      }
    }
    if let leading { letters.append(leading) }
    return String(letters) + "\u{1}" + String(marks)
  }

  /// Longer ones first: นาง begins นางสาว.
  private static let titles = [
    "ว่าที่ร้อยตรีหญิง", "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.หญิง", "ว่าที่ ร.ต.", "นางสาว", "น.ส.", "นาง", "นาย", "ดร.", "ผศ.", "รศ.",
    "ศ.",
    "Mrs. ", "Miss ", "Mr. ", "Ms. ", "Dr. ",
  ]

  private static func withoutTitle(_ name: String) -> Substring {
    var rest = name[...]
    // ผศ.ดร. are two.
    while let title = titles.first(where: { rest.hasPrefix($0) && rest.count > $0.count }) {
      rest = rest.dropFirst(title.count).drop { $0 == " " }
    }
    return rest
  }
}

import Foundation
import Reports

/// What a new password has to be: long, not one of the commonest, and not one's own name. Nothing about capitals, digits
/// or signs: such rules make passwords no harder to guess, only to remember.
enum PasswordRules {
  static let fewest = 12
  static let most = 200
  /// So many characters have to be left when everything that is easily guessed is taken out.
  private static let fewestOwn = 4

  /// What is wrong with a new password, and what to do; nil where it will do.
  ///
  /// - Parameter names: the person's own, which is what is tried first.
  static func fault(_ password: String, names: [String], _ words: Wording) -> String? {
    if password.count < fewest { return words.say("code.too_short", ["count": "\(fewest)"]) }
    if password.count > most { return words.say("code.too_long", ["count": "\(most)"]) }
    let plain = password.precomposedStringWithCompatibilityMapping.lowercased()
    let own = names.flatMap { $0.lowercased().split { !$0.isLetter && !$0.isNumber && !$0.isMark } }
      .map { word in
        titles.first { word.hasPrefix($0) }.map { String(word.dropFirst($0.count)) } ?? String(word)
      }
      .filter { $0.count > 2 }
    if isGuessable(without(own, plain)), !isGuessable(plain) { return words.say("code.own_name") }
    return isGuessable(plain) ? words.say("code.common") : nil
  }

  /// Written onto the name; the longer ones first.
  private static let titles = ["นางสาว", "นาย", "นาง"]

  private static func isGuessable(_ password: String) -> Bool {
    var rest = without(commonest, password)
    rest = withoutRuns(rest)
    return rest.filter { $0.isLetter || $0.isNumber || $0.isMark }.count < fewestOwn
      && Set(rest).count < fewestOwn + 2
  }

  private static func without(_ words: [String], _ text: String) -> String {
    words.sorted { $0.count > $1.count }.reduce(text) { $0.replacing($1, with: "") }
  }

  /// Without three or more characters that are the same, or follow one another, as 1111, abcd and 4321 do; nor the
  /// years people put behind a word.
  private static func withoutRuns(_ text: String) -> String {
    var kept: [Character] = []
    var run: [Character] = []
    var step: Int?
    func code(_ character: Character) -> Int { Int(character.unicodeScalars.first?.value ?? 0) }
    func close() {
      if run.count < 3 { kept += run }
      run = []
      step = nil
    }
    for character in text {
      if let last = run.last {
        let next = code(character) - code(last)
        if abs(next) > 1 || step.map({ $0 != next }) ?? false {
          close()
        } else {
          step = next
        }
      }
      run.append(character)
    }
    close()
    return String(kept).replacing(/(19|20|25)[0-9][0-9]/, with: "")
  }

  /// What lists of stolen passwords begin with, and their Thai cousins.
  private static let commonest = [
    "password", "passw0rd", "p@ssw0rd", "p@ssword", "pass", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty",
    "qazwsx", "1q2w3e4r5t", "1q2w3e4r", "1qaz2wsx", "admin", "administrator", "welcome", "letmein",
    "iloveyou",
    "football", "monkey", "dragon", "master", "sunshine", "princess", "superman", "computer", "internet",
    "changeme", "secret", "login", "user", "test", "thailand", "bangkok", "office", "school", "sucharit",
    "รหัสผ่าน", "ประเทศไทย", "กรุงเทพ", "สวัสดี", "สุจริต", "โรงเรียน", "สำนักงาน", "ฟหกด", "่าสว",
  ]
}

extension Character {
  /// Thai vowels and tone marks that stand alone.
  fileprivate var isMark: Bool {
    unicodeScalars.allSatisfy { $0.properties.generalCategory == .nonspacingMark }
  }
}

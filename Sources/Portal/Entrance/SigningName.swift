import Integrity

/// The name somebody signs in with.
enum SigningName {
  /// 2 to 40 of a–z, 0–9, dot, hyphen and underscore, with no number in it as long as a personal one; or nothing, to be
  /// given one.
  static func isSound(_ typed: String) -> Bool {
    let small = typed.lowercased()
    let isLong = small.split { !$0.isNumber }.contains { $0.count >= 13 }
    return typed.isEmpty
      || (2...40).contains(small.utf8.count) && !isLong
        && small.utf8.allSatisfy {
          (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0)
        }
  }
}

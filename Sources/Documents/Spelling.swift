/// The name a person most likely meant.
package enum Spelling {
  /// The nearest of the names, if it is near enough to be a slip of the hand.
  package static func nearest(to word: String, among names: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    return names.map { (distance(word, $0), $0) }.filter { $0.0 <= limit }.min { $0 < $1 }?.1
  }

  /// ` did you mean 'scale'?`, or the names there are.
  package static func suggestion(for word: String, among names: [String]) -> String {
    if let near = nearest(to: word, among: names) { return "did you mean '\(near)'?" }
    guard !names.isEmpty else { return "none are declared" }
    return "it may be " + names.sorted().joined(separator: ", ")
  }

  /// Edits (insert, delete, replace, swap neighbours) from one word to the other.
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.lowercased()), Array(b.lowercased()))
    guard a.count <= 64, b.count <= 64 else { return .max }
    var before: [Int] = []
    var last = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (x == y ? 0 : 1))
        if i > 0, j > 0, x == b[j - 1], y == a[i - 1] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}

/// What an import did, or would do.
public struct Changes: Hashable, Sendable {
  /// Codes of what is new.
  public private(set) var added: [String] = []
  /// Codes of what was there and is other now.
  public private(set) var changed: [String] = []
  public private(set) var unchanged = 0

  enum Kind { case added, changed, unchanged }

  mutating func note(_ kind: Kind, _ code: String) {
    switch kind {
    case .added: added.append(code)
    case .changed: changed.append(code)
    case .unchanged: unchanged += 1
    }
  }
}

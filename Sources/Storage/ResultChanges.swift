/// Counts, cycle by cycle, what may have changed a result, so that whoever keeps results in memory knows whether they
/// still hold.
struct ResultChanges: Sendable {
  private var counts: [Int64: Int] = [:]
  /// What touches every cycle at once.
  private var all = 0

  func count(of cycle: Int64) -> Int { all + (counts[cycle] ?? 0) }

  /// - Parameter hasEarlier: whether totals that any later cycle may be compared with have changed.
  mutating func note(_ touched: [(cycle: Int64, office: Int64?)], hasEarlier: Bool) {
    for (cycle, _) in touched { counts[cycle, default: 0] += 1 }
    if hasEarlier { all += 1 }
  }
}

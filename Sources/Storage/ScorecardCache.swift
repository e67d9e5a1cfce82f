import Integrity

/// Scorecards that were computed and are still true: dropped by the transaction that touches an office. Only the
/// process that writes keeps them.
struct ScorecardCache {
  private var cards: [Int64: [Int64: Scorecard]] = [:]
  /// Counts what was dropped, so that a card read before a change is not put in after it.
  private(set) var generation = 0

  func cards(of cycle: Int64) -> [Int64: Scorecard] { cards[cycle] ?? [:] }

  mutating func put(_ new: [Int64: Scorecard], of cycle: Int64, from generation: Int) {
    guard generation == self.generation else { return }
    cards[cycle, default: [:]].merge(new) { _, new in new }
  }

  mutating func drop(_ touched: [(cycle: Int64, office: Int64?)]) {
    guard !touched.isEmpty else { return }
    generation += 1
    for (cycle, office) in touched {
      if let office { cards[cycle]?[office] = nil } else { cards[cycle] = nil }
    }
  }
}

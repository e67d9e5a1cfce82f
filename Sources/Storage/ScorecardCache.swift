import Integrity

/// Scorecards that were computed and are still true: dropped by the transaction that touches an office. Only the
/// process that writes keeps them.
struct ScorecardCache {
  private var cards: [Int64: [Int64: Scorecard]] = [:]
  /// In which order the offices of a cycle came in.
  private var offices: [Int64: [Int64]] = [:]
  /// By first findings alone; of offices where something was found after them.
  private var firsts: [Int64: [Int64: Scorecard]] = [:]
  /// What the totals of a cycle are compared with.
  private var earlier: [Int64: Registry.Earlier] = [:]
  private var books: [Int64: Registry.ResultsBook] = [:]
  /// Counts what was dropped, so that a card read before a change is not put in after it.
  private(set) var generation = 0

  func cards(of cycle: Int64) -> [Int64: Scorecard] { cards[cycle] ?? [:] }
  func offices(of cycle: Int64) -> [Int64]? { offices[cycle] }
  func firsts(of cycle: Int64) -> [Int64: Scorecard] { firsts[cycle] ?? [:] }
  func earlier(of cycle: Int64) -> Registry.Earlier? { earlier[cycle] }
  func book(of cycle: Int64) -> Registry.ResultsBook? { books[cycle] }

  mutating func put(
    _ new: [Int64: Scorecard], among all: [Int64], of cycle: Int64, from generation: Int
  ) {
    guard generation == self.generation else { return }
    offices[cycle] = all
    cards[cycle, default: [:]].merge(new) { _, new in new }
  }

  mutating func put(
    _ book: Registry.ResultsBook, firsts new: [Int64: Scorecard], of cycle: Int64, from generation: Int
  ) {
    guard generation == self.generation else { return }
    firsts[cycle] = new
    earlier[cycle] = book.earlier
    books[cycle] = book
  }

  /// - Parameter hasEarlier: whether totals were published, or those of an earlier year entered: any cycle may be
  ///   compared with them.
  mutating func drop(_ touched: [(cycle: Int64, office: Int64?)], hasEarlier: Bool = false) {
    guard !touched.isEmpty || hasEarlier else { return }
    generation += 1
    for (cycle, office) in touched {
      if let office {
        cards[cycle]?[office] = nil
        firsts[cycle]?[office] = nil
      } else {
        cards[cycle] = nil
        firsts[cycle] = nil
        offices[cycle] = nil
      }
      books[cycle] = nil
    }
    if hasEarlier {
      earlier = [:]
      books = [:]
    }
  }
}

import Foundation

/// How well two orders of the same people agree, over many years, and how likely chance would do as well. Of each two it is
/// asked in five ways, since a leak need not show as the same order: it may be backwards, or of neighbours alone.
struct Agreement {
  static let questions = 5

  private var runs = 0
  /// People who stand at their place, and at their place from the end.
  private var (hits, backwards) = (0, 0)
  /// Neighbours who are neighbours.
  private var (neighbours, expected) = (0, 0.0)
  /// How far the orders agree, in deviations: added up, and squared where the direction is another each year.
  private var (sum, squares) = (0.0, 0.0)

  /// Adds a year.
  ///
  /// - Parameters:
  ///   - guess: people in the order that was found.
  ///   - target: people in the order it is taken for. Those who are not in both are left out.
  mutating func add(_ guess: [Int], _ target: [Int]) {
    let known = Set(guess)
    var rank: [Int: Int] = [:]
    for person in target where known.contains(person) { rank[person] = rank.count }
    let ranks = guess.compactMap { rank[$0] }
    let count = ranks.count
    guard count >= 6 else { return }
    runs += 1
    for (place, rank) in ranks.enumerated() {
      if place == rank { hits += 1 }
      if place == count - 1 - rank { backwards += 1 }
      if place > 0, abs(ranks[place - 1] - rank) == 1 { neighbours += 1 }
    }
    expected += 2 * Double(count - 1) / Double(count)
    // Kendall's: of all pairs, how many stand the same way round.
    var agreement = 0
    for a in 0..<count {
      for b in (a + 1)..<max(a + 1, count) { agreement += ranks[a] < ranks[b] ? 1 : -1 }
    }
    let n = Double(count)
    let deviations = Double(agreement) / (n * (n - 1) * (2 * n + 5) / 18).squareRoot()
    sum += deviations
    squares += deviations * deviations
  }

  /// How likely chance alone would come as far. Fixed points and neighbours of a random order are as many as Poisson says,
  /// or spread less; Kendall's number is as the normal distribution says, and at the ends rarer.
  var chances: [(name: String, chance: Double)] {
    guard runs > 0 else { return [] }
    return [
      ("\(hits) of \(runs * Linker.people) found", Agreement.poissonTail(hits, Double(runs))),
      (
        "\(backwards) of \(runs * Linker.people) found backwards",
        Agreement.poissonTail(backwards, Double(runs))
      ),
      ("\(neighbours) neighbours", Agreement.poissonTail(neighbours, expected)),
      ("agreement", erfc(abs(sum) / (2 * Double(runs)).squareRoot())),
      ("agreement either way", Agreement.squareTail(squares, runs)),
    ]
  }

  /// How likely a number is at least so large where so many are to be expected.
  static func poissonTail(_ number: Int, _ mean: Double) -> Double {
    if Double(number) <= mean { return 1 }
    var term = exp(Double(number) * log(mean) - mean - lgamma(Double(number) + 1))
    var (sum, next) = (term, number)
    while term > sum * 1e-12 {
      next += 1
      term *= mean / Double(next)
      sum += term
    }
    return min(1, sum)
  }

  /// How likely so many squared deviations add up to as much; for an odd number as for one more, which is never too little.
  static func squareTail(_ sum: Double, _ count: Int) -> Double {
    var (term, all) = (exp(-sum / 2), 0.0)
    for number in 0..<((count + 1) / 2) {
      all += term
      term *= sum / 2 / Double(number + 1)
    }
    return min(1, all)
  }
}

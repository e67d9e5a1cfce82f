/// Offices side by side: ranks, the distribution over levels and the means of a kind. Everything is read from
/// published figures, unless the rubric ranks by exact ones.
public struct Comparison: Sendable {
  public let scorecards: [Scorecard]
  /// By office.
  public let ranks: [Code<Office>: Rank]

  public struct Rank: Hashable, Sendable {
    public let overall: Int
    public let withinKind: Int
  }

  /// - Parameter rubric: the one all the scorecards rest on.
  public init(_ scorecards: [Scorecard], by rubric: Rubric) {
    self.scorecards = scorecards
    let final = scorecards.compactMap { card -> Entrant? in
      guard case .final(let figure) = card.standing else { return nil }
      return Entrant(
        office: card.office.code, kind: card.office.kind, points: figure.points, exact: card.exactTotal)
    }
    let overall = Comparison.ranked(final)
    var within: [Code<Office>: Int] = [:]
    for (_, entrants) in Dictionary(grouping: final, by: \.kind) {
      within.merge(Comparison.ranked(entrants)) { a, _ in a }
    }
    ranks = overall.reduce(into: [:]) { ranks, entry in
      ranks[entry.key] = Rank(overall: entry.value, withinKind: within[entry.key] ?? entry.value)
    }
  }

  /// Final totals, best first, then those without one, each in the order given.
  public var ordered: [Scorecard] {
    scorecards.enumerated().sorted { a, b in
      let (x, y) = (ranks[a.element.office.code]?.overall, ranks[b.element.office.code]?.overall)
      return (x ?? .max, a.offset) < (y ?? .max, b.offset)
    }.map(\.element)
  }

  /// How many offices stand on each level of the ladder, in its order; offices without one are not counted.
  public func distribution(over levels: [Level]) -> [(level: Level, offices: Int)] {
    let reached = Dictionary(grouping: scorecards.compactMap { $0.level?.level.code }) { $0 }
    return levels.map { ($0, reached[$0.code]?.count ?? 0) }
  }

  /// The mean of a node's published figures over offices of a kind, itself rounded once, and how many it is of; nil
  /// where fewer than two have one.
  public func mean(
    of node: Code<Node>, kind: Code<OfficeKind>?, rounding: Rounding
  ) -> (figure: Figure, offices: Int)? {
    let figures = scorecards.filter { $0.office.kind == kind }.compactMap { $0.line(node)?.figure }
    guard figures.count > 1 else { return nil }
    return (Comparison.mean(of: figures, rounding: rounding), figures.count)
  }

  /// The mean of published figures, rounded once; there is at least one.
  public static func mean(of figures: [Figure], rounding: Rounding) -> Figure {
    let sum = figures.reduce(Int128(0)) { $0 + Int128($1.points.millionths) }
    let mean = Fixed(millionths: sum, over: Int64(max(1, figures.count)))
    let exact = Fraction(millionths: sum, over: Int64(max(1, figures.count)))
    return Figure(
      units: mean?.rounded(rounding) ?? exact?.rounded(rounding) ?? 0, places: rounding.places)
  }

  /// Offices at or above the pass mark among those with a final total, as a percentage.
  public func passed(_ pass: Points, rounding: Rounding) -> (offices: Int, of: Int, percent: Figure)? {
    let totals = scorecards.compactMap { card -> Figure? in
      if case .final(let figure) = card.standing { figure } else { nil }
    }
    guard !totals.isEmpty else { return nil }
    let passed = totals.count { $0.points >= pass }
    return (passed, totals.count, Comparison.percent(passed, of: totals.count, rounding: rounding))
  }

  /// A share of a number of offices, in per cent.
  public static func percent(_ part: Int, of whole: Int, rounding: Rounding) -> Figure {
    let share = Fraction(millionths: Int128(part) * 100 * Int128(Points.unit), over: Int64(max(1, whole)))
    return Figure(units: share?.rounded(rounding) ?? 0, places: rounding.places)
  }

  private struct Entrant {
    let office: Code<Office>
    let kind: Code<OfficeKind>?
    let points: Points
    let exact: Fraction?

    func isAbove(_ other: Entrant) -> Bool {
      if let exact, let theirs = other.exact { return (exact.compare(theirs) ?? 0) > 0 }
      return points > other.points
    }
  }

  /// Equal figures share a rank, and the next is as many lower: 1, 2, 2, 4.
  private static func ranked(_ entrants: [Entrant]) -> [Code<Office>: Int] {
    let sorted = entrants.sorted { $0.isAbove($1) }
    var ranks: [Code<Office>: Int] = [:]
    var rank = 0
    for (index, entrant) in sorted.enumerated() {
      if index == 0 || sorted[index - 1].isAbove(entrant) { rank = index + 1 }
      ranks[entrant.office] = rank
    }
    return ranks
  }
}

extension Rubric {
  /// One line of the rubric's outline, with what it weighs in the total.
  public struct OutlineLine: Hashable, Sendable {
    public let depth: Int
    public let heading: Heading
    public let item: Item?
    /// How its parts become its figure; nil for an item.
    public let rule: Rule?
    /// Of the total when everything applies; nil where the total is not a mean of means.
    public let share: Ratio?
  }

  /// The outline from the instruments down, each node before its parts.
  public var outline: [OutlineLine] {
    var lines: [OutlineLine] = []
    func add(
      _ headings: [Heading], _ rule: Rule, _ share: Ratio?, uncounted: Set<Int> = [],
      _ body: (Int, Ratio?) -> Void
    ) {
      let shares = Rubric.shares(of: headings, under: rule, uncounted)
      for index in headings.indices {
        body(index, share.flatMap { above in shares[index].flatMap { above.times($0) } })
      }
    }
    func walk(_ parts: Parts, _ rule: Rule, _ share: Ratio?, _ depth: Int) {
      let share = rule.conversion == nil ? share : nil
      switch parts {
      case .items(let items):
        add(items.map(\.heading), rule, share, uncounted: Rubric.texts(among: items)) { index, share in
          lines.append(
            OutlineLine(
              depth: depth, heading: items[index].heading, item: items[index], rule: nil, share: share))
        }
      case .indicators(let indicators):
        add(indicators.map(\.heading), rule, share) { index, share in
          let indicator = indicators[index]
          lines.append(
            OutlineLine(
              depth: depth, heading: indicator.heading, item: nil, rule: indicator.rule, share: share))
          walk(indicator.parts, indicator.rule, share, depth + 1)
        }
      }
    }
    add(instruments.map(\.heading), total, total.conversion == nil ? .one : nil) { index, share in
      let instrument = instruments[index]
      lines.append(
        OutlineLine(depth: 0, heading: instrument.heading, item: nil, rule: instrument.rule, share: share))
      walk(instrument.parts, instrument.rule, share, 1)
    }
    return lines
  }

  /// Free text, which carries no points, by its place.
  static func texts(among items: [Item]) -> Set<Int> {
    Set(items.indices.filter { items[$0].form == .text && items[$0].subItems.isEmpty })
  }

  /// What each sibling weighs among those that count, when all apply; nil for a pilot, for free text and where parts are
  /// not averaged.
  private static func shares(
    of headings: [Heading], under rule: Rule, _ uncounted: Set<Int>
  ) -> [Ratio?] {
    guard rule.aggregate == .mean else { return headings.map { _ in nil } }
    let counted = Set(headings.indices.filter { !headings[$0].isPilot }).subtracting(uncounted)
    let isWeighted = counted.contains { headings[$0].weight != nil }
    func weight(_ heading: Heading) -> Int64 {
      isWeighted ? heading.weight?.millionths ?? Points.unit : Points.unit
    }
    let sum = counted.reduce(Int64(0)) { $0 + weight(headings[$1]) }
    return headings.indices.map { index in
      counted.contains(index) && sum > 0 ? Ratio(weight(headings[index]), sum) : nil
    }
  }
}

extension Ratio {
  /// In per cent, rounded once.
  public func percent(_ rounding: Rounding) -> Figure {
    let value = Fraction(millionths: Int128(numerator) * 100 * Int128(Points.unit), over: denominator)
    return Figure(units: value?.rounded(rounding) ?? 0, places: rounding.places)
  }

  /// Σ share × points, rounded once: what several parts come to in the whole.
  public static func sum(of terms: [(share: Ratio, points: Points)], _ rounding: Rounding) -> Figure {
    let parts = terms.compactMap { share, points in
      Fraction(points).scaled(by: share.numerator, over: share.denominator)
    }
    let sum = Fraction.sum(parts, weights: nil, over: 1)
    return Figure(units: sum?.rounded(rounding) ?? 0, places: rounding.places)
  }
}

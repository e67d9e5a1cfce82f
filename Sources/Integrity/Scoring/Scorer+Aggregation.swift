/// The arithmetic of a node: weights, aggregates, full marks, and what comes after them.
extension Scorer {
  /// Full marks as if everything applied.
  mutating func fullMarks(of parts: Parts, by rule: Rule) -> Number {
    switch parts {
    case .items(let items):
      fullMarks(
        of: items.map { ($0.heading.isPilot, $0.heading.weight, fullMarks(of: $0)) }, by: rule)
    case .indicators(let all):
      fullMarks(
        of: all.map { ($0.heading.isPilot, $0.heading.weight, fullMarks(of: $0.parts, by: $0.rule)) },
        by: rule)
    }
  }

  /// Full marks of an item: those of its sub-items together, which need not be a decimal.
  mutating func fullMarks(of item: Item) -> Number {
    guard item.worth == nil, !item.subItems.isEmpty else { return Number(item.range.upperBound) }
    let asked = item.subItems.filter { $0.form != .text }
    return fullMarks(of: asked.map { (false, $0.weight, Number($0.form.range.upperBound)) }, by: Rule())
  }

  /// Full marks of these parts.
  mutating func fullMarks(of parts: [Draft<Number>], by rule: Rule) -> Number {
    fullMarks(of: parts.map { ($0.heading.isPilot, $0.heading.weight, $0.maximum) }, by: rule)
  }

  mutating func fullMarks(
    of parts: [(isPilot: Bool, weight: Weight?, maximum: Number)], by rule: Rule
  ) -> Number {
    let counted = parts.filter { !$0.isPilot }
    let weights = weights(of: counted.map(\.weight))
    // Of pilots alone there are no full marks; a figure given for them is taken to be of a hundred.
    guard weights.sum > 0 else { return limited(Number(.hundred), rule) }
    return limited(maximum(of: counted.map(\.maximum), rule, weights), rule)
  }

  /// What a table or a cap leaves of full marks.
  func limited(_ maximum: Number, _ rule: Rule) -> Number {
    let top = rule.conversion.map { Number($0.range.upperBound) } ?? maximum
    return rule.cap.map { top.lesser(Number($0)) } ?? top
  }

  mutating func maximum(
    of maxima: [Number], _ rule: Rule, _ weights: Weights
  ) -> Number {
    switch rule.aggregate {
    case .shareOfMaximum, .shareMet: Number(.hundred)
    case .mean where maxima.dropFirst().allSatisfy { $0.compare(maxima[0]) == 0 }: maxima[0]
    case .mean, .sum, .minimum: certain(aggregate(rule.aggregate, maxima, weights, maxima))
    }
  }

  /// Whether there is anything to have a share of.
  mutating func hasPossible(_ rule: Rule, _ maxima: [Number]) -> Bool {
    guard rule.aggregate == .shareOfMaximum else { return true }
    let possible = certain(Number.sum(maxima, weights: nil, over: 1))
    return certain(possible.compare(Number(.zero))) > 0
  }

  /// Weights of siblings in lowest whole numbers; nil for one each where they have none.
  typealias Weights = (each: [Int64]?, sum: Int64)

  func weights(of counted: [Draft<Number>]) -> Weights {
    guard counted.contains(where: { $0.heading.weight != nil }) else { return (nil, Int64(counted.count)) }
    return weights(of: counted.map(\.heading.weight))
  }

  func weights(of written: [Weight?]) -> Weights {
    guard written.contains(where: { $0 != nil }) else { return (nil, Int64(written.count)) }
    let raw = written.map { $0?.millionths ?? Points.unit }
    let divisor = raw.reduce(UInt64(0)) { Ratio.greatestCommonDivisor($0, $1.magnitude) }
    guard divisor > 1 else { return (raw, raw.reduce(0, +)) }
    let each = raw.map { $0 / Int64(divisor) }
    return (each, each.reduce(0, +))
  }

  /// The figure of the parts where all are known, and what it may come to at the least and at the most.
  mutating func aggregated(
    _ rule: Rule, _ counted: [Draft<Number>], _ weights: Weights, _ maxima: [Number]
  ) -> (value: Number?, bounds: (floor: Number, ceiling: Number)) {
    let zero = Number(.zero)
    guard !maxima.isEmpty, weights.sum > 0 else { return (nil, (zero, zero)) }
    var floors: [Number] = []
    floors.reserveCapacity(maxima.count)
    var areKnown = true
    for part in counted {
      floors.append(part.state.bounds?.floor ?? zero)
      areKnown = areKnown && part.state.value != nil
    }
    let floor = certain(aggregate(rule.aggregate, floors, weights, maxima))
    if areKnown { return (floor, (floor, floor)) }
    let ceilings = counted.map { $0.state.bounds?.ceiling ?? zero }
    return (nil, (floor, certain(aggregate(rule.aggregate, ceilings, weights, maxima))))
  }

  func aggregate(
    _ aggregate: Aggregate, _ values: [Number], _ weights: Weights, _ maxima: [Number]
  ) -> Number? {
    switch aggregate {
    case .mean:
      return Number.sum(values, weights: weights.each, over: weights.sum)
    case .sum:
      return Number.sum(values, weights: nil, over: 1)
    case .shareOfMaximum:
      guard let got = Number.sum(values, weights: nil, over: 1),
        let possible = Number.sum(maxima, weights: nil, over: 1),
        let order = possible.compare(Number(.zero))
      else { return nil }
      return order > 0 ? got.percent(of: possible) : Number(.zero)
    case .minimum:
      return values.dropFirst().reduce(values[0]) { $0.lesser($1) }
    case .shareMet(let threshold):
      var met: Int128 = 0
      for (value, maximum) in zip(values, maxima) {
        guard let order = value.compare(threshold.map { Number($0) } ?? maximum) else { return nil }
        if order >= 0 { met += 1 }
      }
      return Number(millionths: met * 100 * Int128(Points.unit), over: Int64(values.count))
    }
  }

  /// What a part's point adds to the node, for the columns "share" and "part of the total".
  func setLevers(_ rule: Rule, _ counted: [Draft<Number>], _ maxima: [Number], _ weights: Weights) {
    switch rule.aggregate {
    case .mean:
      guard weights.sum > 0 else { return }
      for (index, part) in counted.enumerated() {
        part.share = Ratio(weights.each?[index] ?? 1, weights.sum)
        part.lever = part.share
      }
    case .sum:
      for part in counted { part.lever = .one }
    case .shareOfMaximum:
      guard let possible = Number.sum(maxima, weights: nil, over: 1)?.millionths, possible > 0 else { return }
      for part in counted { part.lever = Ratio(100 * Points.unit, possible) }
    case .minimum, .shareMet:
      return
    }
  }

  func basis(of aggregate: Aggregate) -> Working.Basis {
    switch aggregate {
    case .mean: .mean
    case .sum: .sum
    case .shareOfMaximum: .shareOfMaximum
    case .minimum: .minimum
    case .shareMet(let threshold): .shareMet(at: threshold)
    }
  }

  /// Whether the figure no longer moves evenly with its parts.
  func isBent(_ working: Working) -> Bool {
    working.steps.contains { step in
      switch step {
      case .stepped, .interpolated, .capped, .raisedToZero: true
      case .worth, .deducted: false
      }
    }
  }

  mutating func adjusted(
    _ value: Number, _ rule: Rule, _ deductions: [Draft<Number>], _ steps: inout [Working.Step]
  ) -> Number {
    var value = value
    if let conversion = rule.conversion { value = converted(value, conversion, &steps) }
    for deduction in deductions {
      guard let points = deduction.state.value else { continue }
      value = certain(value.subtracting(points))
    }
    if deductions.contains(where: { $0.state.value != nil }) { steps.append(.deducted) }
    if let cap = rule.cap, certain(value.compare(Number(cap))) > 0 {
      value = Number(cap)
      steps.append(.capped(cap))
    }
    if certain(value.compare(Number(.zero))) < 0 {
      value = Number(.zero)
      steps.append(.raisedToZero)
    }
    return value
  }

  /// What a table gives for an unrounded figure.
  mutating func converted(_ value: Number, _ conversion: Conversion, _ steps: inout [Working.Step]) -> Number
  {
    switch conversion {
    case .steps(let rows):
      for row in rows {
        let holds =
          switch row.bound {
          case .atLeast(let bound): certain(value.compare(Number(bound))) >= 0
          case .above(let bound): certain(value.compare(Number(bound))) > 0
          case .otherwise: true
          }
        if holds {
          steps.append(.stepped(row))
          return Number(row.gives)
        }
      }
      return Number(.zero)
    case .lines(let knots):
      guard let first = knots.first, let last = knots.last else { return value }
      steps.append(.interpolated(knots))
      if certain(value.compare(Number(first.at))) <= 0 { return Number(first.gives) }
      for (low, high) in zip(knots, knots.dropFirst()) where certain(value.compare(Number(high.at))) <= 0 {
        let rise = (high.gives - low.gives).millionths
        let run = max(1, (high.at - low.at).millionths)
        return certain(
          value.subtracting(Number(low.at))?.scaled(by: rise, over: run)?.adding(Number(low.gives)))
      }
      return Number(last.gives)
    }
  }
}

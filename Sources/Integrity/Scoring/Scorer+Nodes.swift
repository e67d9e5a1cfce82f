/// From the items up to the total: how parts become a figure.
extension Scorer {
  mutating func instrument(_ instrument: Instrument) -> Draft<Number> {
    if let exemption = exemption(of: instrument.heading) {
      let maximum = fullMarks(of: instrument.parts, by: instrument.rule)
      return exempt(.instrument, instrument.heading, exemption, maximum)
    }
    guard let questionnaire = instrument.questionnaire else {
      return outline(.instrument, instrument.heading, instrument.rule, instrument.parts, collected: nil)
    }
    let people = people(of: instrument, questionnaire)
    let collection = Collection(
      instrument: instrument.code, questions: rubric.questions(of: instrument.code), routes: questionnaire.routes,
      tally: assessment.tallies[Collected(instrument.code)],
      absence: people.isEnough ? nil : rubric.policy.tooFew, missing: people.missing)
    let line = outline(
      .instrument, instrument.heading, instrument.rule, instrument.parts, collected: collection)
    line.people = people
    return line
  }

  private func people(of instrument: Instrument, _ questionnaire: Questionnaire) -> People {
    let tallies =
      questionnaire.routes.isEmpty
      ? [assessment.tallies[Collected(instrument.code)]]
      : questionnaire.routes.map { assessment.tallies[Collected(instrument.code, route: $0.code)] }
    let stakeholders = assessment.office.stakeholders[instrument.code]
    let sample = stakeholders.flatMap { number in
      questionnaire.sample.map { $0.minimum(ofStakeholders: number) }
    }
    let least: Int? =
      switch questionnaire.least {
      case .number(let number): number
      case .sample: sample
      }
    return People(
      respondents: tallies.reduce(0) { $0 + ($1?.respondents ?? 0) }, least: least,
      stakeholders: stakeholders, sample: sample)
  }

  /// How the questions of an instrument were answered, for whatever stands below it.
  final class Collection {
    let instrument: Code<Node>
    let questions: [Question]
    let routes: [Route]
    let tally: Tally?
    let route: Code<Node>?
    /// Too few answered: no figure below may be shown, and this stands for it.
    let absence: Policy.Absence?
    /// How many more would have been enough.
    let missing: Int?

    init(
      instrument: Code<Node>, questions: [Question], routes: [Route], tally: Tally?, route: Code<Node>? = nil,
      absence: Policy.Absence?, missing: Int?
    ) {
      self.instrument = instrument
      self.questions = questions
      self.routes = routes
      self.tally = tally
      self.route = route
      self.absence = absence
      self.missing = missing
    }
  }

  /// An instrument or an indicator, with all that is below it.
  private mutating func outline(
    _ place: Line.Place, _ heading: Heading, _ rule: Rule, _ parts: Parts,
    collected: Collection?
  ) -> Draft<Number> {
    switch parts {
    case .indicators(let indicators):
      var lines: [Draft<Number>] = []
      lines.reserveCapacity(indicators.count)
      for indicator in indicators {
        if let exemption = exemption(of: indicator.heading) {
          let maximum = fullMarks(of: indicator.parts, by: indicator.rule)
          lines.append(exempt(.indicator, indicator.heading, exemption, maximum))
        } else {
          lines.append(
            outline(.indicator, indicator.heading, indicator.rule, indicator.parts, collected: collected))
        }
      }
      return node(place, heading, rule, parts: lines, collected: collected)
    case .items(let items):
      guard let collected else {
        return node(place, heading, rule, parts: items.map { disclosed($0, as: .item) })
      }
      guard !collected.routes.isEmpty else {
        return node(
          place, heading, rule, parts: items.map { asked($0, collected) }, collected: collected)
      }
      let lines = collected.routes.map { route($0, heading, rule, items, collected) }
      let overRoutes = Rule(conversion: rule.conversion, deductions: rule.deductions, cap: rule.cap)
      return node(place, heading, overRoutes, parts: lines, collected: collected)
    }
  }

  /// Full marks as if everything applied.
  private mutating func fullMarks(of parts: Parts, by rule: Rule) -> Number {
    switch parts {
    case .items(let items):
      fullMarks(of: items.map { ($0.heading.isPilot, $0.heading.weight, Number($0.range.upperBound)) }, by: rule)
    case .indicators(let all):
      fullMarks(
        of: all.map { ($0.heading.isPilot, $0.heading.weight, fullMarks(of: $0.parts, by: $0.rule)) }, by: rule)
    }
  }

  /// Full marks of these parts.
  private mutating func fullMarks(of parts: [Draft<Number>], by rule: Rule) -> Number {
    fullMarks(of: parts.map { ($0.heading.isPilot, $0.heading.weight, $0.maximum) }, by: rule)
  }

  private mutating func fullMarks(
    of parts: [(isPilot: Bool, weight: Weight?, maximum: Number)], by rule: Rule
  ) -> Number {
    let counted = parts.filter { !$0.isPilot }
    let weights = weights(of: counted.map(\.weight))
    // Of pilots alone there are no full marks; a figure given for them is taken to be of a hundred.
    guard weights.sum > 0 else { return limited(Number(.hundred), rule) }
    return limited(maximum(of: counted.map(\.maximum), rule, weights), rule)
  }

  /// What a table or a cap leaves of full marks.
  private func limited(_ maximum: Number, _ rule: Rule) -> Number {
    let top = rule.conversion.map { Number($0.range.upperBound) } ?? maximum
    return rule.cap.map { top.lesser(Number($0)) } ?? top
  }

  private mutating func maximum(
    of maxima: [Number], _ rule: Rule, _ weights: (each: [Int64], sum: Int64)
  ) -> Number {
    switch rule.aggregate {
    case .shareOfMaximum, .shareMet: Number(.hundred)
    case .mean where maxima.dropFirst().allSatisfy { $0.compare(maxima[0]) == 0 }: maxima[0]
    case .mean, .sum, .minimum: certain(aggregate(rule.aggregate, maxima, weights, maxima))
    }
  }

  /// The items of an indicator as one route has answered them.
  private mutating func route(
    _ route: Route, _ indicator: Heading, _ rule: Rule, _ items: [Item], _ collected: Collection
  ) -> Draft<Number> {
    let heading = Heading(
      code: indicator.code, key: route.key, title: route.title, weight: route.heading.weight,
      isPilot: route.heading.isPilot, rounding: indicator.rounding)
    let line: Draft<Number>
    if let exemption = exemption(of: route.heading) {
      line = exempt(.route, heading, exemption, fullMarks(of: .items(items), by: Rule(aggregate: rule.aggregate)))
    } else {
      let tally = assessment.tallies[Collected(collected.instrument, route: route.code)]
      let people = People(
        respondents: tally?.respondents ?? 0, least: route.least, stakeholders: nil, sample: nil)
      let isTooFew = collected.absence == nil && !people.isEnough
      let own = Collection(
        instrument: collected.instrument, questions: collected.questions, routes: [], tally: tally, route: route.code,
        absence: isTooFew ? rubric.policy.tooFew : collected.absence,
        missing: isTooFew ? people.missing : collected.missing)
      let within = Rule(aggregate: rule.aggregate, hasRelativeWeights: rule.hasRelativeWeights)
      line = node(.route, heading, within, parts: items.map { asked($0, own) }, collected: own)
      line.people = people
    }
    line.route = route.code
    return line
  }

  /// Why a node does not apply to this office, if it does not.
  func exemption(of heading: Heading) -> Exemption? {
    let applies = heading.applies
    if applies.dependsOnKind {
      guard let kind = assessment.office.kind else { return applies.only.isEmpty ? nil : .kind }
      if !applies.only.isEmpty && !applies.only.contains(kind) { return .kind }
      if applies.except.contains(kind) { return .kind }
    }
    if let condition = applies.unless, assessment.office.conditions.contains(condition) {
      let title = rubric.conditions.first { $0.code == condition }?.title
      return .condition(title ?? Words(thai: condition.text, english: condition.text))
    }
    return nil
  }

  /// A line that is listed and does not count. Its full marks matter only to a figure given for its parent.
  func exempt(
    _ place: Line.Place, _ heading: Heading, _ exemption: Exemption, _ maximum: Number
  ) -> Draft<Number> {
    Draft<Number>(
      place, heading, rounding: rubric.policy.rounding, state: .notApplicable(exemption), maximum: maximum,
      working: Working(.nothing))
  }

  /// A node from its parts, in the order aggregate, table, deductions, cap, never below zero.
  mutating func node(
    _ place: Line.Place, _ heading: Heading, _ rule: Rule, parts: [Draft<Number>],
    collected: Collection? = nil
  ) -> Draft<Number> {
    let counted = parts.indices.filter { parts[$0].counts }
    let weights = weights(of: counted.map { parts[$0].heading.weight })
    let maxima = counted.map { parts[$0].maximum }
    let (values, bounds) = aggregated(rule, parts, counted, weights, maxima)
    let maximum =
      counted.isEmpty || weights.sum == 0
      ? fullMarks(of: parts, by: rule) : limited(maximum(of: maxima, rule, weights), rule)
    setLevers(rule, parts, counted, weights)

    let deductions = rule.deductions.map { disclosed($0, as: .deduction) }
    var state: State<Number>
    var working = Working(basis(of: rule.aggregate))
    if place != .route, let given = assessment.given[heading.code] {
      state = .given(Number(given.figure), source: given.source)
      working = Working(.given)
    } else if counted.isEmpty || weights.sum == 0 || !hasPossible(rule, maxima) {
      state = .notApplicable(collected?.absence == .leftOut ? .leftOut(.respondents) : .empty)
      working = Working(.nothing)
    } else if collected?.absence == .zero,
      counted.allSatisfy({ parts[$0].working.basis == .zeroFor(.respondents) })
    {
      state = .known(Number(.zero))
      working = Working(.zeroFor(.respondents))
    } else if let values {
      var steps: [Working.Step] = []
      state = .known(adjusted(values, rule, deductions, &steps))
      working = Working(basis(of: rule.aggregate), steps: steps)
    } else if let collected, collected.absence != nil, counted.allSatisfy({ parts[$0].state.isWithheld }) {
      state = .withheld(missing: collected.missing, floor: Number(.zero), ceiling: maximum)
      working = Working(.nothing)
    } else {
      var steps: [Working.Step] = []
      let floor = adjusted(bounds.floor, rule, deductions, &steps)
      let ceiling = adjusted(bounds.ceiling, rule, deductions, &steps)
      state = .provisional(floor: floor, ceiling: ceiling)
      working = Working(.nothing)
    }
    let isMadeOfParts =
      switch working.basis {
      case .given, .nothing, .zeroFor: false
      default: !isBent(working)
      }
    if !isMadeOfParts {
      for index in parts.indices { parts[index].lever = nil }
    }
    let line = Draft<Number>(
      place, heading, rounding: rubric.policy.rounding, state: state, maximum: maximum, working: working,
      parts: parts + deductions)
    line.route = collected?.route
    return line
  }

  /// Whether there is anything to have a share of.
  private mutating func hasPossible(_ rule: Rule, _ maxima: [Number]) -> Bool {
    guard rule.aggregate == .shareOfMaximum else { return true }
    let possible = certain(Number.sum(maxima, weights: nil, over: 1))
    return certain(possible.compare(Number(.zero))) > 0
  }

  /// Weights of siblings in lowest whole numbers; one each where they have none.
  private func weights(of written: [Weight?]) -> (each: [Int64], sum: Int64) {
    guard written.contains(where: { $0 != nil }) else {
      return (Array(repeating: 1, count: written.count), Int64(written.count))
    }
    let raw = written.map { $0?.millionths ?? Points.unit }
    let divisor = raw.reduce(UInt64(0)) { Ratio.greatestCommonDivisor($0, $1.magnitude) }
    guard divisor > 1 else { return (raw, raw.reduce(0, +)) }
    let each = raw.map { $0 / Int64(divisor) }
    return (each, each.reduce(0, +))
  }

  /// The figure of the parts where all are known, and what it may come to at the least and at the most.
  private mutating func aggregated(
    _ rule: Rule, _ parts: [Draft<Number>], _ counted: [Int], _ weights: (each: [Int64], sum: Int64),
    _ maxima: [Number]
  ) -> (value: Number?, bounds: (floor: Number, ceiling: Number)) {
    let zero = Number(.zero)
    guard !counted.isEmpty, weights.sum > 0 else { return (nil, (zero, zero)) }
    let known = counted.compactMap { parts[$0].state.value }
    if known.count == counted.count {
      let value = certain(aggregate(rule.aggregate, known, weights, maxima))
      return (value, (value, value))
    }
    let bounds = counted.map { parts[$0].state.bounds ?? (zero, zero) }
    return (
      nil,
      (
        certain(aggregate(rule.aggregate, bounds.map(\.floor), weights, maxima)),
        certain(aggregate(rule.aggregate, bounds.map(\.ceiling), weights, maxima))
      )
    )
  }

  private func aggregate(
    _ aggregate: Aggregate, _ values: [Number], _ weights: (each: [Int64], sum: Int64), _ maxima: [Number]
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
  private func setLevers(
    _ rule: Rule, _ parts: [Draft<Number>], _ counted: [Int], _ weights: (each: [Int64], sum: Int64)
  ) {
    switch rule.aggregate {
    case .mean:
      guard weights.sum > 0 else { return }
      for (index, weight) in zip(counted, weights.each) {
        parts[index].share = Ratio(weight, weights.sum)
        parts[index].lever = parts[index].share
      }
    case .sum:
      for index in counted { parts[index].lever = .one }
    case .shareOfMaximum:
      let maxima = counted.map { parts[$0].maximum }
      guard let possible = Number.sum(maxima, weights: nil, over: 1)?.millionths, possible > 0 else { return }
      for index in counted { parts[index].lever = Ratio(100 * Points.unit, possible) }
    case .minimum, .shareMet:
      return
    }
  }

  private func basis(of aggregate: Aggregate) -> Working.Basis {
    switch aggregate {
    case .mean: .mean
    case .sum: .sum
    case .shareOfMaximum: .shareOfMaximum
    case .minimum: .minimum
    case .shareMet(let threshold): .shareMet(at: threshold)
    }
  }

  /// Whether the figure no longer moves evenly with its parts.
  private func isBent(_ working: Working) -> Bool {
    working.steps.contains { step in
      switch step {
      case .stepped, .interpolated, .capped, .raisedToZero: true
      case .worth, .deducted: false
      }
    }
  }

  private mutating func adjusted(
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
  mutating func converted(_ value: Number, _ conversion: Conversion, _ steps: inout [Working.Step]) -> Number {
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

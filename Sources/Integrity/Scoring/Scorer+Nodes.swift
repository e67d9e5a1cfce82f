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
      instrument: instrument.code, questions: rubric.questions(of: instrument.code),
      routes: questionnaire.routes,
      tally: assessment.tallies[Collected(instrument.code)],
      absence: people.isEnough ? nil : rubric.policy.tooFew, missing: people.missing)
    let line = outline(
      .instrument, instrument.heading, instrument.rule, instrument.parts, collected: collection)
    line.people = people
    return line
  }

  func people(of instrument: Instrument, _ questionnaire: Questionnaire) -> People {
    let tallies =
      questionnaire.routes.isEmpty
      ? [assessment.tallies[Collected(instrument.code)]]
      : questionnaire.routes.map { assessment.tallies[Collected(instrument.code, route: $0.code)] }
    let stakeholders = assessment.office.stakeholders[instrument.code]
    let sample = stakeholders.flatMap { number in
      questionnaire.sample.map { $0.minimum(ofStakeholders: number) }
    }
    return People(
      respondents: tallies.reduce(0) { $0 + ($1?.respondents ?? 0) },
      least: questionnaire.least(ofStakeholders: stakeholders), stakeholders: stakeholders, sample: sample)
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
  mutating func outline(
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

  /// The items of an indicator as one route has answered them.
  mutating func route(
    _ route: Route, _ indicator: Heading, _ rule: Rule, _ items: [Item], _ collected: Collection
  ) -> Draft<Number> {
    let heading = Heading(
      code: indicator.code, key: route.key, title: route.title, weight: route.heading.weight,
      isPilot: route.heading.isPilot, rounding: indicator.rounding)
    let line: Draft<Number>
    if let exemption = exemption(of: route.heading) {
      line = exempt(
        .route, heading, exemption, fullMarks(of: .items(items), by: Rule(aggregate: rule.aggregate)))
    } else {
      let tally = assessment.tallies[Collected(collected.instrument, route: route.code)]
      let people = People(
        respondents: tally?.respondents ?? 0, least: route.least)
      let isTooFew = collected.absence == nil && !people.isEnough
      let own = Collection(
        instrument: collected.instrument, questions: collected.questions, routes: [], tally: tally,
        route: route.code,
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
    let counted = parts.allSatisfy(\.counts) ? parts : parts.filter(\.counts)
    let weights = weights(of: counted)
    let maxima = counted.map(\.maximum)
    let (values, bounds) = aggregated(rule, counted, weights, maxima)
    let maximum =
      counted.isEmpty || weights.sum == 0
      ? fullMarks(of: parts, by: rule) : limited(maximum(of: maxima, rule, weights), rule)
    setLevers(rule, counted, maxima, weights)

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
      counted.allSatisfy({ $0.working.basis == .zeroFor(.respondents) })
    {
      state = .known(Number(.zero))
      working = Working(.zeroFor(.respondents))
    } else if let values {
      var steps: [Working.Step] = []
      state = .known(adjusted(values, rule, deductions, &steps))
      working = Working(basis(of: rule.aggregate), steps: steps)
    } else if let collected, collected.absence != nil, counted.allSatisfy(\.state.isWithheld) {
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
      for part in parts { part.lever = nil }
    }
    let line = Draft<Number>(
      place, heading, rounding: rubric.policy.rounding, state: state, maximum: maximum, working: working,
      parts: deductions.isEmpty ? parts : parts + deductions)
    line.route = collected?.route
    return line
  }
}

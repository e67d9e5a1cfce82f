extension Rubric {
  /// The scorecard of one office: every figure equals exact rational arithmetic rounded once. Total: it cannot fail.
  ///
  /// Scoring runs in fixed-point intervals, and once more in exact fractions for the rare office of which a figure
  /// lies so near to a rounding boundary, or an unrounded figure to a step, that an interval cannot tell.
  public func scorecard(of assessment: Assessment) -> Scorecard {
    if !policy.ranksExactly {
      var quick = Scorer<Fixed>(rubric: self, assessment: assessment)
      let scorecard = quick.scorecard()
      if quick.isCertain { return scorecard }
    }
    return exactScorecard(of: assessment)
  }

  /// The same by exact fractions alone.
  func exactScorecard(of assessment: Assessment) -> Scorecard {
    var exact = Scorer<Fraction>(rubric: self, assessment: assessment)
    return exact.scorecard()
  }
}

/// Scores one office in one arithmetic. An operation that the arithmetic cannot decide leaves `isCertain` false and
/// the result void.
struct Scorer<Number: Arithmetic> {
  let rubric: Rubric
  let assessment: Assessment
  private(set) var isCertain = true

  init(rubric: Rubric, assessment: Assessment) {
    self.rubric = rubric
    self.assessment = assessment
  }

  mutating func scorecard() -> Scorecard {
    let parts = rubric.instruments.map { instrument($0) }
    let draft = node(.total, Heading.total, rubric.total, parts: parts)
    let total = publish(draft, lever: draft.state.value == nil ? nil : .one)
    return Scorecard(
      rubric: Scorecard.Edition(code: rubric.code, edition: rubric.edition, year: rubric.year),
      office: assessment.office, standing: standing(of: total),
      level: total.figure.flatMap { level(of: $0, in: total) }, total: total,
      exactTotal: rubric.policy.ranksExactly ? draft.state.value as? Fraction : nil)
  }

  /// The value, or a stand-in that voids the result.
  mutating func certain(_ number: Number?) -> Number {
    if let number { return number }
    isCertain = false
    return Number(.zero)
  }

  mutating func certain(_ order: Int?) -> Int {
    if let order { return order }
    isCertain = false
    return 0
  }

  private func standing(of total: Line) -> Standing {
    switch total.outcome {
    case .scored(let figure), .given(let figure, _): .final(figure)
    case .notApplicable, .hidden: .notApplicable
    case .pending(let floor, let ceiling), .provisional(let floor, let ceiling),
      .withheld(_, let floor, let ceiling):
      .provisional(floor: floor, ceiling: ceiling)
    }
  }

  /// The first level, from the top, whose conditions the published figures meet. None where a level that the total
  /// reaches has a condition on a figure that is not known.
  private func level(of total: Figure, in root: Line) -> LevelReached? {
    var heldBackBy: [Level.Floor] = []
    for level in rubric.levels where total.points >= level.atLeast {
      var missed: [Level.Floor] = []
      var isKnown = true
      for floor in level.floors {
        guard let line = root.first(where: { $0.code == floor.node && $0.route == nil }) else { continue }
        if case .notApplicable = line.outcome { continue }
        guard let figure = line.figure else {
          isKnown = false
          continue
        }
        if figure.points < floor.atLeast { missed.append(floor) }
      }
      if missed.isEmpty {
        guard isKnown else { return nil }
        return LevelReached(level: level, heldBackBy: heldBackBy)
      }
      heldBackBy += missed
    }
    return nil
  }

  // From the root down: rounding, once.

  private mutating func publish(_ draft: Draft<Number>, lever: Ratio?) -> Line {
    let outcome = published(draft.state, draft.rounding)
    var contribution: Figure?
    if let lever, let value = draft.state.value, !draft.heading.isPilot {
      contribution = figure(
        certain(value.scaled(by: lever.numerator, over: lever.denominator)), rubric.policy.rounding)
    }
    var parts: [Line] = []
    parts.reserveCapacity(draft.parts.count)
    for part in draft.parts {
      let below = lever.flatMap { lever in part.lever.flatMap { lever.times($0) } }
      parts.append(publish(part, lever: below))
    }
    return Line(
      place: draft.place, heading: draft.heading, route: draft.route, rounding: draft.rounding,
      outcome: outcome,
      maximum: draft.state.applies ? figure(draft.maximum, draft.rounding) : nil, share: draft.share,
      contribution: contribution, working: draft.working, people: draft.people, parts: parts)
  }

  private mutating func published(_ state: State<Number>, _ rounding: Rounding) -> Outcome {
    switch state {
    case .known(let value): return .scored(figure(value, rounding))
    case .given(let value, let source): return .given(figure(value, rounding), source: source)
    case .notApplicable(let exemption): return .notApplicable(exemption)
    case .pending(let floor, let ceiling):
      return .pending(floor: figure(floor, rounding), ceiling: figure(ceiling, rounding))
    case .withheld(let missing, let floor, let ceiling):
      return .withheld(
        missing: missing, floor: figure(floor, rounding), ceiling: figure(ceiling, rounding))
    case .provisional(let floor, let ceiling):
      return .provisional(floor: figure(floor, rounding), ceiling: figure(ceiling, rounding))
    }
  }

  private mutating func figure(_ value: Number, _ rounding: Rounding) -> Figure {
    guard let units = value.rounded(rounding) else {
      isCertain = false
      return Figure(units: 0, places: rounding.places)
    }
    return Figure(units: units, places: rounding.places)
  }
}

extension Heading {
  fileprivate static let total = Heading(
    code: Node.total, key: "total", title: Words(thai: "คะแนนรวม", english: "Total score"))
}

import Specimen
import Testing

@testable import Integrity

/// Laws that hold for every rubric and every office, tried on random ones.
@Suite struct PropertyTests {
  static let seeds = 0..<500

  /// Without deductions, whose absence is by rule none.
  private func resolved(_ assessment: Assessment, by rubric: Rubric, _ random: inout SeededGenerator)
    -> Assessment
  {
    var findings = assessment.findings
    for (instrument, item) in rubric.items where instrument.questionnaire == nil {
      let judgement = findings[item.code]?.judgement
      if judgement == nil || judgement == .pending {
        findings[item.code] = Finding(random.chance(50) ? .met : .notMet)
      }
    }
    return Assessment(
      office: assessment.office, round: assessment.round, findings: findings, tallies: assessment.tallies,
      given: assessment.given)
  }

  private func bounds(_ line: Line) -> (floor: Points, ceiling: Points)? {
    switch line.outcome {
    case .scored(let figure), .given(let figure, _): (figure.points, figure.points)
    case .pending(let floor, let ceiling), .withheld(_, let floor, let ceiling),
      .provisional(let floor, let ceiling):
      (floor.points, ceiling.points)
    case .notApplicable, .hidden: nil
    }
  }

  @Test func `fast and exact scoring agree in every figure, level and working`() {
    for seed in PropertyTests.seeds {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      let fast = rubric.scorecard(of: assessment)
      let exact = rubric.exactScorecard(of: assessment)
      #expect(fast.total == exact.total, "seed \(seed)")
      #expect(fast.level == exact.level, "seed \(seed)")
    }
  }

  @Test func `floor ≤ final ≤ ceiling, whatever the open judgements turn out to be`() {
    var random = SeededGenerator(seed: 1)
    for seed in PropertyTests.seeds {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      guard rubric.policy.unjudged == .incomplete, rubric.deductions.isEmpty else { continue }
      let before = rubric.scorecard(of: assessment)
      let after = rubric.scorecard(of: resolved(assessment, by: rubric, &random))
      guard let early = bounds(before.total), let late = bounds(after.total) else { continue }
      #expect(early.floor <= late.floor && late.ceiling <= early.ceiling, "seed \(seed)")
    }
  }

  @Test func `figures lie within zero and full marks`() {
    for seed in PropertyTests.seeds {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      guard assessment.given.isEmpty else { continue }
      rubric.scorecard(of: assessment).total.forEach { line in
        guard let maximum = line.maximum, let range = bounds(line) else { return }
        #expect(range.floor >= .zero && range.ceiling <= maximum.points, "seed \(seed), \(line.id)")
        #expect(range.floor <= range.ceiling, "seed \(seed), \(line.id)")
      }
    }
  }

  @Test func `a better judgement never lowers a score`() {
    for seed in PropertyTests.seeds {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      let before = rubric.scorecard(of: assessment)
      for (instrument, item) in rubric.items where instrument.questionnaire == nil {
        guard assessment.findings[item.code]?.judgement == .notMet else { continue }
        var findings = assessment.findings
        findings[item.code] = Finding(.met)
        let better = rubric.scorecard(
          of: Assessment(
            office: assessment.office, round: assessment.round, findings: findings,
            tallies: assessment.tallies,
            given: assessment.given))
        guard let old = bounds(before.total), let new = bounds(better.total) else { continue }
        #expect(new.floor >= old.floor && new.ceiling >= old.ceiling, "seed \(seed), \(item.code)")
      }
    }
  }

  @Test func `the order of siblings never matters`() {
    for seed in PropertyTests.seeds {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      let turned = rubric.turned
      // Tallies follow the order of the questions.
      let tallies = assessment.tallies.reduce(into: [Collected: Tally]()) { result, entry in
        result[entry.key] = entry.value.reordered(
          from: rubric.questions(of: entry.key.instrument), to: turned.questions(of: entry.key.instrument))
      }
      let other = Assessment(
        office: assessment.office, round: assessment.round, findings: assessment.findings, tallies: tallies,
        given: assessment.given)
      #expect(
        rubric.scorecard(of: assessment).total.outcome == turned.scorecard(of: other).total.outcome,
        "seed \(seed)")
    }
  }

  @Test func `not applicable is the same as taken out`() {
    var random = SeededGenerator(seed: 3)
    for seed in 0..<200 {
      let count = Int.random(in: 2...6, using: &random)
      let weights = (0..<count).map { _ in Int.random(in: 1...9, using: &random) }
      let marks = (0..<count).map { _ in random.chance(50) ? Judgement.met : .notMet }
      let out = Int.random(in: 0..<count, using: &random)
      func rubric(_ indices: [Int]) -> Rubric {
        Small.disclosures(
          indices.map { Small.disclosure("O\($0)", weight: weights[$0]) },
          rule: Rule(hasRelativeWeights: true))
      }
      let all = Dictionary(uniqueKeysWithValues: (0..<count).map { (Code<Node>("O\($0)"), marks[$0]) })
      let without = rubric((0..<count).filter { $0 != out }).scorecard(of: Small.assessment(all))
      let exempt = rubric(Array(0..<count)).scorecard(
        of: Small.assessment(all.merging([Code("O\(out)"): .notApplicable]) { _, new in new }))
      #expect(without.plain("total") == exempt.plain("total"), "seed \(seed)")
    }
  }

  @Test func `parts of the total add up to it, but for their own rounding`() {
    for seed in PropertyTests.seeds {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      rubric.scorecard(of: assessment).total.forEach { line in
        guard let whole = line.contribution, line.working.steps.isEmpty, !line.countedParts.isEmpty else {
          return
        }
        let parts = line.countedParts.compactMap(\.contribution)
        guard parts.count == line.countedParts.count else { return }
        let sum = parts.reduce(Points.zero) { $0 + $1.points }
        let slack = Points(
          millionths: Int64(parts.count + 1) * Figure(units: 1, places: whole.places).points.millionths)
        #expect(sum - whole.points <= slack && whole.points - sum <= slack, "seed \(seed), \(line.id)")
      }
    }
  }
}

extension Rubric {
  /// The same rubric with all siblings in the opposite order.
  fileprivate var turned: Rubric {
    func turned(_ parts: Parts) -> Parts {
      switch parts {
      case .items(let items): .items(items.reversed())
      case .indicators(let all):
        .indicators(
          all.reversed().map { Indicator(heading: $0.heading, rule: $0.rule, parts: turned($0.parts)) })
      }
    }
    return Rubric(
      code: code, edition: edition, year: year, title: title, kinds: kinds, conditions: conditions,
      rounds: rounds,
      scales: scales, policy: policy,
      instruments: instruments.reversed().map {
        Instrument(heading: $0.heading, method: $0.method, rule: $0.rule, parts: turned($0.parts))
      }, total: total, levels: levels)
  }
}

extension Tally {
  fileprivate func reordered(from old: [Question], to new: [Question]) -> Tally {
    let places = Dictionary(uniqueKeysWithValues: old.map { ($0.code, $0) })
    let counts = new.flatMap { question in
      places[question.code].map { self.counts(of: $0).map { Int($0) } } ?? []
    }
    return Tally(respondents: respondents, counts: counts)
  }
}

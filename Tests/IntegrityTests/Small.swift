import Integrity

/// Rubrics built in place, as short as they can be, for tests of one rule each.
enum Small {
  static func words(_ text: String) -> Words { Words(thai: text, english: text) }

  static func heading(
    _ code: String, weight: Int? = nil, isPilot: Bool = false, applies: Applicability = Applicability(),
    rounding: Rounding? = nil
  ) -> Heading {
    Heading(
      code: Code(code), key: Code("key_\(code.lowercased())"), title: words(code),
      weight: weight.map { Points($0) },
      isPilot: isPilot, applies: applies, rounding: rounding)
  }

  static func scale(_ points: Int?...) -> Scale { scale(of: points) }

  static func scale(of points: [Int?]) -> Scale {
    Scale(
      code: nil,
      options: points.enumerated().map { index, points in
        Option(code: "\(index + 1)", title: words("option \(index + 1)"), points: points.map { Points($0) })
      })
  }

  static func disclosure(
    _ code: String, form: Form = .checklist(.all), weight: Int? = nil, isPilot: Bool = false,
    applies: Applicability = Applicability(), worth: Int? = nil, elements: Int = 0, due: [Code<Round>] = []
  ) -> Item {
    Item(
      heading: heading(code, weight: weight, isPilot: isPilot, applies: applies), form: form,
      worth: worth.map { Points($0) },
      elements: (0..<elements).map { Element(key: Code("e\($0 + 1)"), title: words("element \($0 + 1)")) },
      due: due)
  }

  static func question(_ code: String, _ scale: Scale, isReversed: Bool = false, weight: Int? = nil) -> Item {
    Item(heading: heading(code, weight: weight), form: .scale(scale, isReversed: isReversed))
  }

  static func rubric(
    _ instruments: [Instrument], total: Rule = Rule(), policy: Policy = Policy(), levels: [Level] = []
  ) -> Rubric {
    Rubric(
      code: "test", edition: "1", year: FiscalYear(2569), title: words("test"),
      kinds: [
        Named(code: "primary", title: words("primary")), Named(code: "secondary", title: words("secondary")),
      ],
      conditions: [Named(code: "new", title: words("a new office"))],
      rounds: [Named(code: "q1", title: words("q1")), Named(code: "q2", title: words("q2"))], policy: policy,
      instruments: instruments, total: total, levels: levels)
  }

  /// One disclosure instrument `OIT` with these items below it.
  static func disclosures(
    _ items: [Item], rule: Rule = Rule(), policy: Policy = Policy(), levels: [Level] = []
  ) -> Rubric {
    rubric(
      [Instrument(heading: heading("OIT"), method: .disclosure, rule: rule, parts: .items(items))],
      policy: policy,
      levels: levels)
  }

  static func questionnaire(
    _ items: [Item], _ questionnaire: Questionnaire = Questionnaire(), policy: Policy = Policy()
  ) -> Rubric {
    rubric(
      [Instrument(heading: heading("IIT"), method: .questionnaire(questionnaire), parts: .items(items))],
      policy: policy)
  }

  static func office(
    kind: Code<OfficeKind>? = nil, conditions: Set<Code<Condition>> = [],
    stakeholders: [Code<Node>: Int] = [:]
  ) -> Office {
    Office(code: "1", name: words("office"), kind: kind, stakeholders: stakeholders, conditions: conditions)
  }

  static func assessment(
    _ marks: [Code<Node>: Judgement], office: Office = office(), tallies: [Collected: Tally] = [:],
    given: [Code<Node>: Points] = [:], round: Code<Round>? = nil
  ) -> Assessment {
    Assessment(
      office: office, round: round, findings: marks.mapValues { Finding($0, reason: "because") },
      tallies: tallies,
      given: given.mapValues { Given(figure: $0, source: "elsewhere") })
  }

  static func answers(
    _ respondents: Int, _ counts: [Int], to instrument: Code<Node> = "IIT", route: Code<Node>? = nil
  ) -> [Collected: Tally] {
    [Collected(instrument, route: route): Tally(respondents: respondents, counts: counts)]
  }
}

extension Scorecard {
  /// Outcomes as a test writes them: `86.69`, `40.00…100.00`, `pending`, `withheld`, `n/a`.
  func plain(_ code: String) -> String {
    guard let line = total.first(where: { $0.id == code }) else { return "no line" }
    switch line.outcome {
    case .scored(let figure), .given(let figure, _): return figure.description
    case .notApplicable: return "n/a"
    case .hidden: return "hidden"
    case .pending: return "pending"
    case .withheld: return "withheld"
    case .provisional(let floor, let ceiling): return "\(floor)…\(ceiling)"
    }
  }
}

extension Rubric {
  /// A case that does not come out as it says.
  public struct Failure: Sendable {
    /// Which of the rubric's cases.
    public let index: Int
    public let name: String
    public let problem: String
    /// The line whose figure differs, for its working; nil where the case itself is at fault.
    public let line: Line?
    /// The place within the case: `marks`, `answers`, `given` or `expect`, and the name there.
    public let path: [PathStep]
  }

  /// Runs the rubric's cases.
  public var failures: [Failure] {
    cases.enumerated().flatMap { index, example in failures(of: example, at: index) }
  }

  private func failures(of example: Case, at index: Int) -> [Failure] {
    var failures: [Failure] = []
    func fail(_ problem: String, _ line: Line? = nil, _ path: PathStep...) {
      failures.append(
        Failure(
          index: index, name: example.name, problem: problem, line: line,
          path: ["cases", .index(index)] + path))
    }
    let assessment = assessment(of: example) { problem, path in
      failures.append(
        Failure(
          index: index, name: example.name, problem: problem, line: nil,
          path: ["cases", .index(index)] + path))
    }
    let scorecard = scorecard(of: assessment)
    for (code, expectation) in example.expected.sorted(by: { $0.key < $1.key }) {
      guard let line = scorecard.total.first(where: { $0.id == code.text }) else {
        if scorecard.line(code) != nil {
          fail("'\(code)' is collected in parts; say which, as \(code)@PART", nil, "expect", .name(code.text))
        } else {
          fail("there is no node '\(code)'", nil, "expect", .name(code.text))
        }
        continue
      }
      if !expectation.isMet(by: line.outcome) {
        fail(
          "expected \(code) \(expectation), scored \(line.outcome.plain)", line, "expect", .name(code.text))
      }
    }
    if let level = example.level.flatMap({ $0 }), !levels.contains(where: { $0.code == level }) {
      let names = levels.map(\.code.text).joined(separator: ", ")
      fail("'\(level)' is not a level; there are \(names)", nil, "expect", "level")
    } else if let level = example.level, level != scorecard.level?.level.code {
      let got = scorecard.level?.level.code.text ?? "none"
      fail("expected level \(level?.text ?? "none"), scored \(got)", scorecard.total, "expect", "level")
    }
    return failures
  }

  /// What a case describes. Names that lead nowhere are reported with their path within the case.
  func assessment(of example: Case, complain: (String, [PathStep]) -> Void) -> Assessment {
    if let kind = example.kind, !kinds.contains(where: { $0.code == kind }) {
      complain("'\(kind)' is not a kind of office", ["office", "kind"])
    }
    for condition in example.conditions where !conditions.contains(where: { $0.code == condition }) {
      complain("'\(condition)' is not a condition", ["office", "conditions"])
    }
    if let round = example.round, !rounds.contains(where: { $0.code == round }) {
      complain("'\(round)' is not a round", ["round"])
    }
    let nodes = Set([Node.total] + outline.map(\.heading.code))
    for (code, figure) in example.given.sorted(by: { $0.key < $1.key }) {
      if !nodes.contains(code) { complain("there is no node '\(code)'", ["given", .name(code.text)]) }
      if figure < .zero { complain("a figure is not below zero", ["given", .name(code.text)]) }
      if let most = fullMarks[code], figure > most {
        complain("\(figure) is more than the full marks of \(code), \(most)", ["given", .name(code.text)])
      }
    }
    for code in example.stakeholders.keys.sorted() where instrument(code) == nil {
      complain("'\(code)' is no instrument", ["office", "stakeholders", .name(code.text)])
    }
    let office = Office(
      code: "case", name: Words(thai: example.name, english: example.name), kind: example.kind,
      stakeholders: example.stakeholders, conditions: Set(example.conditions))
    return Assessment(
      office: office, round: example.round, findings: findings(of: example, complain: complain),
      tallies: tallies(of: example, complain: complain),
      given: example.given.mapValues { Given(figure: $0, source: "case") })
  }

  private func findings(
    of example: Case, complain: (String, [PathStep]) -> Void
  ) -> [Code<Node>: Finding] {
    var judged = items.filter { $0.instrument.questionnaire == nil }.map(\.item)
    var findings: [Code<Node>: Finding] = [:]
    if let mark = example.everyMark {
      for item in judged where item.form != .text {
        findings[item.code] = Finding(mark, reason: example.name)
      }
    }
    judged += deductions
    for (code, mark) in example.marks.sorted(by: { $0.key < $1.key }) {
      guard let item = judged.first(where: { $0.code == code }) else {
        complain("'\(code)' is no disclosure or deduction", ["marks", .name(code.text)])
        continue
      }
      guard let judgement = item.judgement(from: mark) else {
        complain("\(code) cannot be marked like that: \(item.markHint)", ["marks", .name(code.text)])
        continue
      }
      findings[code] = Finding(judgement, reason: example.name)
    }
    return findings
  }

  /// Every deduction of the outline.
  public var deductions: [Item] {
    func below(_ parts: Parts) -> [Item] {
      if case .indicators(let indicators) = parts {
        indicators.flatMap { $0.rule.deductions + below($0.parts) }
      } else {
        []
      }
    }
    return total.deductions + instruments.flatMap { $0.rule.deductions + below($0.parts) }
  }

  private func tallies(
    of example: Case, complain: (String, [PathStep]) -> Void
  ) -> [Collected: Tally] {
    var unused = Set(example.answers.keys)
    var tallies: [Collected: Tally] = [:]
    for instrument in instruments {
      guard let questionnaire = instrument.questionnaire else { continue }
      let routes: [Code<Node>?] =
        questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { $0.code }
      for route in routes {
        var counts: [Int] = []
        var respondents = 0
        for question in questions(of: instrument.code) {
          let names = [route.map { "\(question.code)@\($0)" }, question.code, question.item.text]
          let name = names.compactMap { $0 }.first { example.answers[$0] != nil }
          if let name { unused.remove(name) }
          let chosen = name.flatMap { example.answers[$0] } ?? example.everyAnswer
          let row = question.counts(of: chosen) { code in
            complain(
              "'\(question.code)' has no option '\(code)'",
              ["answers", .name(name ?? "everything")])
          }
          respondents = max(respondents, row.reduce(0, +))
          counts += row
        }
        if respondents > 0 {
          tallies[Collected(instrument.code, route: route)] = Tally(respondents: respondents, counts: counts)
        }
      }
    }
    for name in unused.sorted() {
      complain("'\(name)' is no question that carries points", ["answers", .name(name)])
    }
    return tallies
  }
}

extension Question {
  /// The counts of a case's choices, an entry an option.
  func counts(of chosen: [Case.Choice: Int], unknown: (Code<Option>) -> Void) -> [Int] {
    var counts = Array(repeating: 0, count: options.count)
    let scored = options.indices.filter { options[$0].points != nil }
    for (choice, count) in chosen {
      let index: Int? =
        switch choice {
        case .best: scored.max { (options[$0].points ?? .zero) < (options[$1].points ?? .zero) }
        case .worst: scored.min { (options[$0].points ?? .zero) < (options[$1].points ?? .zero) }
        case .option(let code): options.firstIndex { $0.code == code }
        }
      if let index {
        counts[index] += count
      } else if case .option(let code) = choice {
        unknown(code)
      }
    }
    return counts
  }
}

extension Item {
  /// The judgement a written mark stands for on this item: the code of an option, or a number where the item takes
  /// one. nil where the item cannot be marked so.
  public func judgement(from mark: Judgement) -> Judgement? {
    switch mark {
    case .met, .notMet:
      // An option may be called that.
      let named: Code<Option> = mark == .met ? "pass" : "fail"
      if form.options.contains(where: { $0.code == named }) { return .option(named) }
      return form == .text ? nil : mark
    case .notApplicable, .pending: return mark
    case .elements(let keys):
      guard case .checklist = form, keys.isSubset(of: Set(elements.map(\.key))) else { return nil }
      return elements.isEmpty ? nil : mark
    case .number(let number): return accepts(number) ? mark : nil
    case .option(let code):
      if form.options.contains(where: { $0.code == code }) { return mark }
      guard let number = Points(code.text), accepts(number) else { return nil }
      return .number(number)
    }
  }

  /// What may be written as its mark.
  public var markHint: String {
    switch form {
    case .checklist:
      elements.isEmpty
        ? "write pass, fail or not_applicable"
        : "write pass, fail or not_applicable, or the elements that are there"
    case .scale(let scale, _) where scale.isInterpolated:
      "write a level from \(scale.options.first?.code.text ?? "1") to \(scale.options.last?.code.text ?? "5")"
    case .scale, .stars: "write one of \(form.options.map(\.code.text).joined(separator: ", "))"
    case .band(let least, let most, let step): "write a number from \(least) to \(most) in steps of \(step)"
    case .count: "write a whole number of zero or more"
    case .text: "free text is not judged"
    }
  }

  /// Whether a number is a possible answer.
  private func accepts(_ number: Points) -> Bool {
    switch form {
    case .band(let least, let most, let step):
      number >= least && number <= most && step > .zero
        && (number - least).millionths.isMultiple(of: step.millionths)
    case .count: number >= .zero && number.millionths.isMultiple(of: Points.unit)
    case .scale(let scale, _) where scale.isInterpolated:
      scale.options.compactMap { Points($0.code.text) }.min().map { number >= $0 } == true
        && scale.options.compactMap { Points($0.code.text) }.max().map { number <= $0 } == true
    case .scale, .stars, .checklist, .text: false
    }
  }
}

extension Case.Expectation: CustomStringConvertible {
  public var description: String {
    switch self {
    case .figure(let points): points.description
    case .range(let floor, let ceiling): "\(floor) to \(ceiling)"
    case .pending: "pending"
    case .withheld: "withheld"
    case .notApplicable: "not applicable"
    }
  }

  func isMet(by outcome: Outcome) -> Bool {
    switch (self, outcome) {
    case (.figure(let points), .scored(let figure)), (.figure(let points), .given(let figure, _)):
      figure.points == points
    case (.range(let floor, let ceiling), .provisional(let low, let high)),
      (.range(let floor, let ceiling), .pending(let low, let high)),
      (.range(let floor, let ceiling), .withheld(_, let low, let high)):
      low.points == floor && high.points == ceiling
    case (.pending, .pending), (.withheld, .withheld), (.notApplicable, .notApplicable): true
    default: false
    }
  }
}

extension Outcome {
  /// For messages: `86.69`, `between 40.00 and 100.00`, `withheld`.
  public var plain: String {
    switch self {
    case .scored(let figure), .given(let figure, _): figure.description
    case .notApplicable: "not applicable"
    case .pending: "pending"
    case .withheld: "withheld"
    case .provisional(let floor, let ceiling): "between \(floor) and \(ceiling)"
    case .hidden(let band): band?.text ?? "not shown"
    }
  }
}

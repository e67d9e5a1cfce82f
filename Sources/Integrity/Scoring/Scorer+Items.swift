/// From judgements and answers to the points of an item.
extension Scorer {
  // A disclosure, or a deduction: an assessor's finding.

  mutating func disclosed(_ item: Item, as place: Line.Place) -> Draft<Number> {
    let full = Number(item.range.upperBound)
    if let exemption = exemption(of: item.heading) { return exempt(place, item.heading, exemption, full) }
    if let round = assessment.round, !item.due.isEmpty, !item.due.contains(round) {
      return exempt(place, item.heading, .round, full)
    }
    if item.form == .text { return exempt(place, item.heading, .text, full) }
    let natural = item.natural
    let line = Draft<Number>(
      place, item.heading, rounding: rubric.policy.rounding,
      state: .pending(floor: Number(.zero), ceiling: Number(.zero)),
      maximum: full, working: Working(.nothing))
    if let given = assessment.given[item.code] {
      line.state = .given(Number(given.figure), source: given.source)
      line.working = Working(.given)
      return line
    }
    let finding = assessment.findings[item.code]
    let reason = finding?.reason ?? ""
    if finding.map({ isExempting($0.judgement, item) }) == true {
      line.state = .notApplicable(.judged(reason: reason))
      return line
    }
    guard let finding, var judged = value(of: finding.judgement, for: item) else {
      absent(.judgement, rubric.policy.unjudged, item.range, line)
      return line
    }
    if let worth = item.worth, natural.upperBound > .zero {
      judged.value = certain(
        judged.value.scaled(by: worth.millionths, over: natural.upperBound.millionths))
      judged.steps.append(.worth(worth))
    }
    line.state = .known(judged.value)
    line.working = Working(judged.basis, steps: judged.steps, reason: reason)
    return line
  }

  /// Whether a judgement takes the item out: it says so, or chooses an option that does not count.
  private func isExempting(_ judgement: Judgement, _ item: Item) -> Bool {
    switch judgement {
    case .notApplicable: true
    case .option(let code): item.form.options.contains { $0.code == code && $0.points == nil }
    case .met, .notMet, .number, .elements, .pending: false
    }
  }

  private typealias Judged = (value: Number, basis: Working.Basis, steps: [Working.Step])

  /// nil for a judgement that is open, or that the item's form has no use for.
  private mutating func value(of judgement: Judgement, for item: Item) -> Judged? {
    switch judgement {
    case .met: return (Number(item.natural.upperBound), .judged(isMet: true), [])
    case .notMet: return (Number(item.natural.lowerBound), .judged(isMet: false), [])
    case .option(let code):
      guard let option = item.form.options.first(where: { $0.code == code }), let points = option.points
      else { return nil }
      return (Number(points), .option(option), [])
    case .number(let number): return value(of: number, for: item)
    case .elements(let keys):
      guard case .checklist(let checklist) = item.form, !item.elements.isEmpty else { return nil }
      let present = item.elements.filter { keys.contains($0.key) }
      let missing = item.elements.filter { !keys.contains($0.key) }
      let basis = Working.Basis.elements(present: present, missing: missing)
      switch checklist {
      case .all: return (Number(missing.isEmpty ? .hundred : .zero), basis, [])
      case .share:
        let share = Number(
          millionths: Int128(present.count) * 100 * Int128(Points.unit), over: Int64(item.elements.count))
        return (certain(share), basis, [])
      }
    case .notApplicable, .pending: return nil
    }
  }

  private mutating func value(of number: Points, for item: Item) -> Judged? {
    switch item.form {
    case .band(let least, let most, _):
      return (Number(min(max(number, least), max(least, most))), .number(number), [])
    case .count(let table):
      var steps: [Working.Step] = []
      let value = converted(Number(number), table, &steps)
      return (value, .number(number), steps)
    case .scale(let scale, let isReversed) where scale.isInterpolated:
      let rungs = scale.options(isReversed: isReversed).compactMap { option in
        Points(option.code.text).flatMap { at in option.points.map { (at, $0, option) } }
      }
      guard let first = rungs.first, let last = rungs.last else { return nil }
      if number <= first.0 { return (Number(first.1), .option(first.2), []) }
      if number >= last.0 { return (Number(last.1), .option(last.2), []) }
      for (low, high) in zip(rungs, rungs.dropFirst()) where number <= high.0 {
        if number == high.0 { return (Number(high.1), .option(high.2), []) }
        let rise = (high.1 - low.1).millionths
        let run = max(1, (high.0 - low.0).millionths)
        let value = Number(number - low.0).scaled(by: rise, over: run)?.adding(Number(low.1))
        return (certain(value), .between(number: number, low.2, high.2), [])
      }
      return nil
    case .scale, .stars, .checklist, .text: return nil
    }
  }

  /// What the rubric puts in the place of something missing.
  private func absent(
    _ missing: Missing, _ policy: Policy.Absence, _ range: ClosedRange<Points>, _ line: Draft<Number>
  ) {
    switch policy {
    case .incomplete:
      line.state = .pending(
        floor: Number(min(.zero, range.lowerBound)), ceiling: Number(range.upperBound))
    case .zero:
      line.state = .known(Number(.zero))
      line.working = Working(.zeroFor(missing))
    case .leftOut:
      line.state = .notApplicable(.leftOut(missing))
    }
  }

  // A question: how often each option was chosen.

  mutating func asked(_ item: Item, _ collected: Collection) -> Draft<Number> {
    let exemption =
      exemption(of: item.heading)
      ?? (item.form == .text && item.subItems.isEmpty ? .text : nil)
      ?? (assessment.round.map { !item.due.isEmpty && !item.due.contains($0) } == true ? .round : nil)
    if let exemption {
      let line = exempt(.item, item.heading, exemption, fullMarks(of: item))
      line.route = collected.route
      return line
    }
    guard !item.subItems.isEmpty else {
      guard let question = question(of: item, nil, collected) else {
        return exempt(.item, item.heading, .text, Number(.zero))
      }
      let line = Draft<Number>(
        .item, item.heading, rounding: rubric.policy.rounding, state: .notApplicable(.text),
        maximum: Number(item.natural.upperBound), working: Working(.nothing))
      let answered = answered(line, question, collected, item.natural)
      applyWorth(of: item, to: answered)
      return given(item, answered)
    }
    var parts: [Draft<Number>] = []
    parts.reserveCapacity(item.subItems.count)
    for (subItem, heading) in zip(item.subItems, item.subHeadings) {
      guard let question = question(of: item, subItem, collected) else { continue }
      let line = Draft<Number>(
        .subItem, heading, rounding: rubric.policy.rounding, state: .notApplicable(.text),
        maximum: Number(subItem.form.range.upperBound), working: Working(.nothing))
      parts.append(answered(line, question, collected, subItem.form.range))
    }
    let line = node(.item, item.heading, Rule(), parts: parts, collected: collected)
    applyWorth(of: item, to: line)
    return line
  }

  /// Its place in the tally; nil for one without options to choose from.
  private func question(of item: Item, _ subItem: SubItem?, _ collected: Collection) -> Question? {
    let questions = collected.questions
    guard let first = rubric.firstQuestion[item.code], first < questions.count else { return nil }
    return questions[first...].prefix { $0.item == item.code }.first { $0.sub == subItem?.code }
  }

  private func given(_ item: Item, _ line: Draft<Number>) -> Draft<Number> {
    guard let given = assessment.given[item.code] else { return line }
    line.state = .given(Number(given.figure), source: given.source)
    line.working = Working(.given)
    return line
  }

  private mutating func answered(
    _ line: Draft<Number>, _ question: Question, _ collected: Collection, _ range: ClosedRange<Points>
  ) -> Draft<Number> {
    line.route = collected.route
    switch collected.absence {
    case nil: break
    case .incomplete:
      line.state = .withheld(
        missing: collected.missing, floor: Number(min(.zero, range.lowerBound)),
        ceiling: Number(range.upperBound))
      return line
    case .zero:
      line.state = .known(Number(.zero))
      line.working = Working(.zeroFor(.respondents))
      return line
    case .leftOut:
      line.state = .notApplicable(.leftOut(.respondents))
      return line
    }
    var points: Int128 = 0
    var people: Int64 = 0
    let counts = collected.tally?.counts(of: question) ?? []
    for (each, count) in zip(question.points, counts) {
      guard let each, count > 0 else { continue }
      points += Int128(each) * Int128(count)
      people += Int64(count)
    }
    guard people > 0 else {
      absent(.answers, rubric.policy.unanswered, range, line)
      return line
    }
    line.state = .known(certain(Number(millionths: points, over: people)))
    line.working = Working(.tally(options: question.options, counts: counts))
    return line
  }

  /// Scales an item to what full marks are worth here: figure ÷ full marks × worth.
  private mutating func applyWorth(of item: Item, to line: Draft<Number>) {
    let natural = line.maximum
    guard let worth = item.worth, certain(natural.compare(Number(.zero))) > 0 else { return }
    line.maximum = Number(worth)
    func scaled(_ number: Number) -> Number? {
      number.percent(of: natural)?.scaled(by: worth.millionths, over: 100 * Points.unit)
    }
    switch line.state {
    case .known where line.working.basis == .zeroFor(.respondents): break
    case .known(let value):
      line.state = .known(certain(scaled(value)))
      line.working = Working(
        line.working.basis, steps: line.working.steps + [.worth(worth)], reason: line.working.reason)
    case .pending(let floor, let ceiling):
      line.state = .pending(floor: certain(scaled(floor)), ceiling: certain(scaled(ceiling)))
    case .withheld(let missing, let floor, let ceiling):
      line.state = .withheld(
        missing: missing, floor: certain(scaled(floor)), ceiling: certain(scaled(ceiling)))
    case .provisional(let floor, let ceiling):
      line.state = .provisional(floor: certain(scaled(floor)), ceiling: certain(scaled(ceiling)))
    case .given, .notApplicable: break
    }
    for index in line.parts.indices { line.parts[index].lever = nil }
  }
}

extension Rubric {
  /// Everything that makes the rubric unfit: sums, duplicates, gaps, names that lead nowhere. Its cases are run apart
  /// (`Rubric.failures`).
  ///
  /// - Parameter isWhole: whether the rubric was read without fault. If not, or if its outline has flaws, it is not
  ///   asked what can be reached: the answer would only follow from those.
  public func flaws(isWhole: Bool = true) -> [Flaw] {
    var inspector = Inspector(rubric: self)
    inspector.inspect(isWhole: isWhole)
    return inspector.flaws
  }
}

/// Walks a rubric's outline and notes what is wrong, with its path.
struct Inspector {
  typealias Path = [Rubric.PathStep]

  let rubric: Rubric
  var flaws: [Rubric.Flaw] = []
  /// Taken by the words that cases use for them.
  private static let reserved: Set<String> = ["total", "level", "everything"]
  private var codes: Set<String> = []
  private var keys: Set<String> = []

  init(rubric: Rubric) { self.rubric = rubric }

  mutating func flag(_ path: Path, _ problem: String, _ remedy: String) {
    flaws.append(Rubric.Flaw(path, problem, remedy))
  }

  mutating func inspect(isWhole: Bool) {
    inspectNames()
    for (index, scale) in rubric.scales.enumerated() { inspect(scale, ["scales", .index(index)]) }
    inspectOutline()
    inspectUse()
    inspectLadder(canBeScored: isWhole && flaws.isEmpty)
    inspectCases()
  }

  /// The names invented in the rubric's dictionaries.
  private mutating func inspectNames() {
    func check(_ dictionary: String, _ names: [String]) {
      for (index, name) in names.enumerated() where !Inspector.isName(name) {
        flag(
          [.name(dictionary), .index(index)], "'\(name)' is not a stable name",
          "use a-z, 0-9, _ and -, beginning with a letter")
      }
    }
    check("kinds", rubric.kinds.map(\.code.text))
    check("conditions", rubric.conditions.map(\.code.text))
    check("groups", rubric.groups.map(\.code.text))
    check("periods", rubric.periods.map(\.code.text))
    check("rounds", rubric.rounds.map(\.code.text))
    check("elements", rubric.elements.map(\.key.text))
    check("scales", rubric.scales.compactMap { $0.code?.text })
  }

  static func isName(_ text: String) -> Bool {
    text.first.map { ("a"..."z").contains($0) } == true
      && text.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || "_-".contains($0) }
  }

  /// Whether a code would not survive a table's cell or a case's notation.
  private static func isBroken(_ code: String) -> Bool {
    code.contains { $0.isWhitespace || ",;@".contains($0) }
  }

  private mutating func inspectCases() {
    var names: Set<String> = []
    for (index, example) in rubric.cases.enumerated() where !example.name.isEmpty {
      if !names.insert(example.name).inserted {
        flag(["cases", .index(index), "name"], "the case '\(example.name)' stands twice", "give it another name")
      }
    }
  }

  // The outline.

  private mutating func inspectOutline() {
    let headings = rubric.instruments.map(\.heading)
    inspect(rubric.total, headings, at: ["total"], partsAt: ["instruments"])
    for (index, instrument) in rubric.instruments.enumerated() {
      let path: Path = ["instruments", .index(index)]
      inspect(instrument.heading, path)
      if let questionnaire = instrument.questionnaire {
        inspect(questionnaire, of: instrument, path)
      }
      inspect(instrument.parts, instrument.rule, path, in: instrument)
    }
  }

  private mutating func inspect(_ heading: Heading, _ path: Path) {
    let code = heading.code.text
    if Inspector.reserved.contains(code) {
      flag(path + ["code"], "the code '\(code)' has a meaning of its own in cases", "choose another")
    } else if !code.isEmpty, !codes.insert(code).inserted {
      flag(path + ["code"], "the code '\(code)' is used twice", "give every node a code of its own")
    }
    if Inspector.isBroken(code) {
      flag(path + ["code"], "the code '\(code)' has a space, a comma, a semicolon or an @", "leave them out")
    }
    let key = heading.key.text
    if !key.isEmpty, !keys.insert(key).inserted {
      flag(path + ["key"], "the key '\(key)' is used twice", "give every node a key of its own")
    }
    inspectKey(heading.key, path)
    if let weight = heading.weight, weight <= .zero {
      flag(path + ["weight"], "a weight must be above zero", "use 'pilot: yes' for what is not counted")
    }
    inspect(heading.applies, path)
  }

  private mutating func inspectKey(_ key: Key, _ path: Path) {
    if !key.text.isEmpty, !Inspector.isName(key.text) {
      flag(
        path + ["key"], "the key '\(key)' is not a stable name",
        "use a-z, 0-9, _ and -, beginning with a letter")
    }
  }

  private mutating func inspect(_ applies: Applicability, _ path: Path) {
    let kinds = Set(rubric.kinds.map(\.code))
    for (field, list) in [("applies_to", applies.only), ("except_for", applies.except)] {
      for (index, kind) in list.enumerated() where !kinds.contains(kind) {
        flag(
          path + [.name(field), .index(index)], "'\(kind)' is not a kind of office",
          undeclared("kinds", rubric.kinds))
      }
    }
    let isKnown = kinds.isSuperset(of: applies.only + applies.except)
    if !kinds.isEmpty, isKnown, !kinds.contains(where: applies.includes) {
      flag(path + ["except_for"], "it applies to no kind of office", "leave at least one kind")
    }
    if let condition = applies.unless, !rubric.conditions.contains(where: { $0.code == condition }) {
      flag(
        path + ["unless"], "'\(condition)' is not a condition",
        undeclared("conditions", rubric.conditions))
    }
  }

  private func undeclared<Owner>(_ dictionary: String, _ list: [Named<Owner>]) -> String {
    let names = list.map(\.code.text).joined(separator: ", ")
    return "declare it under '\(dictionary)'" + (names.isEmpty ? "" : ", or use one of \(names)")
  }

  private mutating func inspect(_ parts: Parts, _ rule: Rule, _ path: Path, in instrument: Instrument) {
    switch parts {
    case .indicators(let indicators):
      if indicators.isEmpty {
        flag(path, "there is nothing below it", "add 'indicators' or 'items'")
      }
      inspect(rule, indicators.map(\.heading), at: path, partsAt: path + ["indicators"])
      for (index, indicator) in indicators.enumerated() {
        let below = path + ["indicators", .index(index)]
        inspect(indicator.heading, below)
        inspect(indicator.parts, indicator.rule, below, in: instrument)
      }
    case .items(let items):
      if items.isEmpty {
        flag(path + ["items"], "the list of items is empty", "add an item, or take the node out")
      }
      inspect(rule, items.map(\.heading), at: path, partsAt: path + ["items"])
      for (index, item) in items.enumerated() {
        inspect(item, path + ["items", .index(index)], in: instrument)
      }
    }
  }

  private mutating func inspect(_ rule: Rule, _ parts: [Heading], at path: Path, partsAt partsPath: Path) {
    inspectWeights(rule, parts, partsPath)
    if let conversion = rule.conversion { inspect(conversion, path, mayFall: false) }
    if let cap = rule.cap, cap <= .zero {
      flag(path + ["cap"], "a cap must be above zero", "write the most the figure may be")
    }
    for (index, deduction) in rule.deductions.enumerated() {
      let below = path + ["deductions", .index(index)]
      inspect(deduction.heading, below)
      inspect(deduction, below)
    }
  }

  /// Weights are given to all siblings or to none, and sum to 100 or to 1, over all of them or for every kind of
  /// office by itself. A pilot's weight does not count.
  private mutating func inspectWeights(_ rule: Rule, _ parts: [Heading], _ path: Path) {
    let counted = parts.enumerated().filter { !$0.element.isPilot }
    let weighted = counted.filter { $0.element.weight != nil }
    guard let first = weighted.first else { return }
    guard rule.aggregate == .mean else {
      flag(
        path + [.index(first.offset), "weight"], "weights have no effect here: the parts are not averaged",
        "take the weights out, or use 'aggregate: mean'")
      return
    }
    if let bare = counted.first(where: { $0.element.weight == nil }) {
      flag(
        path + [.index(bare.offset)], "'\(bare.element.code)' has no weight, its siblings have",
        "give a weight to all of them or to none")
      return
    }
    guard !rule.hasRelativeWeights else { return }
    func sums(_ parts: [Heading]) -> Bool {
      let sum = parts.reduce(Points.zero) { $0 + ($1.weight ?? .zero) }
      return sum == Points(1) || sum == .hundred
    }
    let headings = weighted.map(\.element)
    if sums(headings) { return }
    if !rubric.kinds.isEmpty, headings.contains(where: \.applies.dependsOnKind) {
      let forEachKind = rubric.kinds.map { kind in headings.filter { $0.applies.includes(kind.code) } }
      if forEachKind.allSatisfy({ $0.isEmpty || sums($0) }) { return }
    }
    let sum = headings.reduce(Points.zero) { $0 + ($1.weight ?? .zero) }
    flag(
      path + [.index(first.offset), "weight"],
      "the weights of \(headings.map(\.code.text).joined(separator: ", ")) sum to \(sum), not to 100 or 1",
      "correct them, or write 'weights: relative' at what they belong to")
  }

  private mutating func inspect(_ questionnaire: Questionnaire, of instrument: Instrument, _ path: Path) {
    if questionnaire.least == .sample, questionnaire.sample == nil {
      flag(path + ["respondents", "least"], "there is no sample to take", "add 'sample' beside 'least: sample'")
    }
    if let sample = questionnaire.sample {
      let below = path + ["respondents", "sample"]
      if sample.share <= .zero || sample.share > .hundred {
        flag(below + ["share"], "a share is above 0 and at most 100 per cent", "write, for example, 10")
      }
      if let above = sample.above, above < sample.everyoneUpTo {
        flag(below + ["above"], "'above' lies below 'everyone_up_to'", "write the larger number here")
      }
    }
    inspectWeights(Rule(), questionnaire.routes.map(\.heading), path + ["parts"])
    for (index, route) in questionnaire.routes.enumerated() {
      inspect(route.heading, path + ["parts", .index(index)])
    }
  }

  // Items.

  private mutating func inspect(_ item: Item, _ path: Path, in instrument: Instrument) {
    inspect(item.heading, path)
    inspect(item, path)
    let isAsked = instrument.questionnaire != nil
    if isAsked {
      switch item.form {
      case .checklist, .band, .count:
        flag(
          path, "a question cannot be answered by a checklist, a band or a count",
          "use 'scale', 'options', 'stars' or 'text', or make the instrument a disclosure")
      case .scale, .stars, .text: break
      }
    } else if !item.subItems.isEmpty {
      flag(path + ["sub_items"], "a disclosure has no sub-items", "use 'elements', or items of their own")
    }
    if item.form == .text, item.worth != nil {
      flag(path + ["worth"], "free text carries no points", "take 'worth' out")
    }
  }

  private mutating func inspect(_ item: Item, _ path: Path) {
    if let worth = item.worth, worth <= .zero {
      flag(path + ["worth"], "an item's worth must be above zero", "write the points full marks give")
    } else if item.worth != nil, item.subItems.isEmpty, item.form.range.upperBound <= .zero {
      flag(path + ["worth"], "no answer gives points that a worth could scale", "give some option points above zero")
    }
    if case .scale(let scale, _) = item.form, scale.code == nil { inspect(scale, path) }
    if case .band(let least, let most, let step) = item.form {
      if most <= least {
        flag(path + ["band"], "the band ends at \(most), not above its beginning \(least)", "raise 'most'")
      } else if step <= .zero || !(most - least).millionths.isMultiple(of: step.millionths) {
        flag(
          path + ["band"], "steps of \(step) do not lead from \(least) to \(most)",
          "choose a step that divides the band")
      }
    }
    if case .count(let table) = item.form { inspect(table, path + ["count"], mayFall: true) }
    if case .checklist(.share) = item.form, item.elements.isEmpty {
      flag(path + ["checklist"], "a share of no elements", "list the item's 'elements', or write 'checklist: all'")
    }
    inspectSubItems(of: item, path)
    inspectElements(of: item, path)
    for (field, groups) in [("group", item.group.map { [$0] } ?? []), ("with", item.contributing)] {
      for group in groups where !rubric.groups.contains(where: { $0.code == group }) {
        flag(
          path + [.name(field)], "'\(group)' is not a group",
          undeclared("groups", rubric.groups))
      }
    }
    for (index, round) in item.due.enumerated() where !rubric.rounds.contains(where: { $0.code == round }) {
      flag(
        path + ["due", .index(index)], "'\(round)' is not a round",
        undeclared("rounds", rubric.rounds))
    }
  }

  private mutating func inspectSubItems(of item: Item, _ path: Path) {
    var codes: Set<Code<SubItem>> = []
    for (index, subItem) in item.subItems.enumerated() {
      let below = path + ["sub_items", .index(index)]
      let code = "\(item.code).\(subItem.code)"
      if !subItem.code.text.isEmpty, codes.contains(subItem.code) == false, !self.codes.insert(code).inserted {
        flag(below + ["code"], "the code '\(code)' is used twice", "give every node and sub-item a code of its own")
      }
      if !subItem.code.text.isEmpty, !codes.insert(subItem.code).inserted {
        flag(below + ["code"], "the sub-item '\(subItem.code)' stands twice", "give it a code of its own")
      }
      if subItem.form.options.isEmpty {
        flag(below, "a sub-item needs options to choose from", "give it a scale")
      }
    }
    let headings = item.subItems.map {
      Heading(code: Code("\(item.code).\($0.code)"), key: "", title: $0.title, weight: $0.weight)
    }
    inspectWeights(Rule(), headings, path + ["sub_items"])
  }

  private mutating func inspectElements(of item: Item, _ path: Path) {
    var seen: Set<Key> = []
    for (index, element) in item.elements.enumerated() {
      let below = path + ["elements", .index(index)]
      if !element.key.text.isEmpty, !seen.insert(element.key).inserted {
        flag(below, "the element '\(element.key)' stands twice in \(item.code)", "keep one of them")
      }
      if !element.isShared { inspectKey(element.key, below) }
      if let period = element.period, !rubric.periods.contains(where: { $0.code == period }) {
        flag(
          below + ["period"], "'\(period)' is not a period",
          undeclared("periods", rubric.periods))
      }
    }
  }

  // Scales and tables.

  private mutating func inspect(_ scale: Scale, _ path: Path) {
    let options = path + ["options"]
    if scale.options.count < 2 {
      flag(options, "a scale needs at least two options", "add another")
    }
    if scale.options.count > 15 {
      flag(options, "a scale has at most 15 options", "merge some of them")
    }
    var seen: Set<Code<Option>> = []
    for (index, option) in scale.options.enumerated()
    where !option.code.text.isEmpty && !seen.insert(option.code).inserted {
      flag(options + [.index(index), "code"], "the option '\(option.code)' stands twice", "give it a code of its own")
    }
    for (index, option) in scale.options.enumerated() where Inspector.isBroken(option.code.text) {
      flag(
        options + [.index(index), "code"], "the code '\(option.code)' has a space, a comma, a semicolon or an @",
        "leave them out")
    }
    if scale.options.count >= 2, scale.options.allSatisfy({ $0.points == nil }) {
      flag(options, "no option carries points", "give points to at least one")
    }
    guard scale.isInterpolated else { return }
    let numbers = scale.options.map { Points($0.code.text) }
    for (index, number) in numbers.enumerated() {
      guard let number else {
        flag(
          options + [.index(index), "code"], "'\(scale.options[index].code)' is not a number",
          "an interpolated scale needs numbers as codes, rising")
        continue
      }
      if index > 0, let before = numbers[index - 1], number <= before {
        flag(options + [.index(index), "code"], "the codes must rise: \(number) stands behind \(before)", "reorder")
      }
    }
    inspectSlope(scale.options.compactMap(\.points), options, mayFall: true)
  }

  /// - Parameter mayFall: whether more of the input may give less; true only for counts.
  private mutating func inspect(_ conversion: Conversion, _ path: Path, mayFall: Bool) {
    switch conversion {
    case .steps(let steps): inspect(steps, path + ["steps"], mayFall: mayFall)
    case .lines(let knots): inspect(knots, path + ["interpolate"], mayFall: mayFall)
    }
  }

  private mutating func inspect(_ steps: [Conversion.Step], _ path: Path, mayFall: Bool) {
    func bound(_ step: Conversion.Step) -> (value: Points, isAbove: Bool)? {
      switch step.bound {
      case .atLeast(let value): (value, false)
      case .above(let value): (value, true)
      case .otherwise: nil
      }
    }
    guard let last = steps.last else {
      flag(path, "the step table is empty", "add a row such as '{ at_least: 90, gives: 10 }'")
      return
    }
    if last.bound != .otherwise {
      flag(path, "below the last step there is no row", "end with '{ otherwise: 0 }'")
    }
    for (index, step) in steps.dropLast().enumerated() where step.bound == .otherwise {
      flag(path + [.index(index)], "'otherwise' hides the rows behind it", "make it the last row")
    }
    for (index, (step, next)) in zip(steps, steps.dropFirst()).enumerated() {
      guard let here = bound(step), let below = bound(next) else { continue }
      let falls = below.value < here.value || (below.value == here.value && here.isAbove && !below.isAbove)
      if !falls {
        flag(
          path + [.index(index + 1)], "the step at \(below.value) does not lie below the one at \(here.value)",
          "write the highest first, each bound once")
      }
    }
    inspectSlope(steps.map(\.gives).reversed().map { $0 }, path, mayFall: mayFall)
  }

  private mutating func inspect(_ knots: [Conversion.Knot], _ path: Path, mayFall: Bool) {
    if knots.count < 2 {
      flag(path, "a line needs two points", "add '{ at: …, gives: … }'")
    }
    for (index, (low, high)) in zip(knots, knots.dropFirst()).enumerated() where high.at <= low.at {
      flag(path + [.index(index + 1)], "the points must rise: \(high.at) stands behind \(low.at)", "reorder them")
    }
    inspectSlope(knots.map(\.gives), path, mayFall: mayFall)
  }

  private mutating func inspectSlope(_ gives: [Points], _ path: Path, mayFall: Bool) {
    let pairs = zip(gives, gives.dropFirst())
    let rises = pairs.allSatisfy { $0 <= $1 }
    let falls = pairs.allSatisfy { $0 >= $1 }
    if rises || (mayFall && falls) { return }
    flag(
      path, "the table is not monotone: more of one gives less of the other in places",
      mayFall ? "let it rise or fall throughout" : "a higher figure must never give fewer points")
  }
}

extension Applicability {
  /// Whether it takes in this kind of office.
  func includes(_ kind: Code<OfficeKind>) -> Bool {
    (only.isEmpty || only.contains(kind)) && !except.contains(kind)
  }
}

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
  static let reserved: Set<String> = ["total", "level", "everything"]
  var codes: Set<String> = []
  var keys: Set<String> = []

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
  mutating func inspectNames() {
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
  static func isBroken(_ code: String) -> Bool {
    code.contains { $0.isWhitespace || ",;@".contains($0) }
  }

  mutating func inspectCases() {
    var names: Set<String> = []
    for (index, example) in rubric.cases.enumerated() where !example.name.isEmpty {
      if !names.insert(example.name).inserted {
        flag(
          ["cases", .index(index), "name"], "the case '\(example.name)' stands twice", "give it another name")
      }
    }
  }

  // The outline.

  mutating func inspectOutline() {
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

  mutating func inspect(_ heading: Heading, _ path: Path) {
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

  mutating func inspectKey(_ key: Key, _ path: Path) {
    if !key.text.isEmpty, !Inspector.isName(key.text) {
      flag(
        path + ["key"], "the key '\(key)' is not a stable name",
        "use a-z, 0-9, _ and -, beginning with a letter")
    }
  }

  mutating func inspect(_ applies: Applicability, _ path: Path) {
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

  func undeclared<Owner>(_ dictionary: String, _ list: [Named<Owner>]) -> String {
    let names = list.map(\.code.text).joined(separator: ", ")
    return "declare it under '\(dictionary)'" + (names.isEmpty ? "" : ", or use one of \(names)")
  }

  mutating func inspect(_ parts: Parts, _ rule: Rule, _ path: Path, in instrument: Instrument) {
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
      inspect(
        rule, items.map(\.heading), at: path, partsAt: path + ["items"], uncounted: Rubric.texts(among: items)
      )
      for (index, item) in items.enumerated() {
        inspect(item, path + ["items", .index(index)], in: instrument)
      }
    }
  }

  mutating func inspect(
    _ rule: Rule, _ parts: [Heading], at path: Path, partsAt partsPath: Path, uncounted: Set<Int> = []
  ) {
    inspectWeights(rule, parts, partsPath, uncounted: uncounted)
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
  mutating func inspectWeights(_ rule: Rule, _ parts: [Heading], _ path: Path, uncounted: Set<Int> = []) {
    let counted = parts.enumerated().filter { !$0.element.isPilot && !uncounted.contains($0.offset) }
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

  mutating func inspect(_ questionnaire: Questionnaire, of instrument: Instrument, _ path: Path) {
    if questionnaire.least == .sample, questionnaire.sample == nil {
      flag(
        path + ["respondents", "least"], "there is no sample to take", "add 'sample' beside 'least: sample'")
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
}

extension Applicability {
  /// Whether it takes in this kind of office.
  func includes(_ kind: Code<OfficeKind>) -> Bool {
    (only.isEmpty || only.contains(kind)) && !except.contains(kind)
  }
}

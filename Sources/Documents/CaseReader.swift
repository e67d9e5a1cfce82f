import Integrity

/// Reads the examples that stand in a rubric: input and expected score.
struct CaseReader {
  let faults: Faults

  func read(_ tree: YamlTree) -> Case {
    let fields = Fields(tree, "a case", faults: faults)
    let name = fields.required("name", "everything met")
    if !name.isEmpty { fields.subject = "the case '\(name)'" }
    var kind: Code<OfficeKind>?
    var conditions: [Code<Condition>] = []
    var stakeholders: [Code<Node>: Int] = [:]
    if let office = fields.tree("office") {
      let office = Fields(office, "the office of \(fields.subject)", faults: faults)
      kind = office.text("kind").map { Code($0) }
      conditions = office.names("conditions").map { Code($0.text) }
      stakeholders = counts(office.tree("stakeholders"), "the stakeholders of \(fields.subject)")
      office.finish()
    }
    var marks = judgements(fields.tree("marks"), fields)
    let everyMark = marks.removeValue(forKey: "everything")
    var answers = answers(fields.tree("answers"), fields)
    let everyAnswer = answers.removeValue(forKey: "everything") ?? [:]
    let (expected, level) = expectations(fields)
    let result = Case(
      name: name, kind: kind, conditions: conditions, stakeholders: stakeholders,
      round: fields.text("round").map { Code($0) }, everyMark: everyMark, marks: marks,
      everyAnswer: everyAnswer, answers: answers, given: figures(fields.tree("given"), fields),
      expected: expected, level: level)
    if result.expected.isEmpty, result.level == nil {
      faults.add(fields.place, "\(fields.subject) expects nothing", "add 'expect: { total: …, level: … }'")
    }
    fields.finish()
    return result
  }

  private func entries(_ tree: YamlTree?, _ what: String) -> [YamlTree.Field] {
    guard let tree else { return [] }
    if let fields = tree.fields { return fields }
    faults.add(tree.place, "\(what) must be 'name: value' pairs", "write, for example, { O7: pass }")
    return []
  }

  private func counts(_ tree: YamlTree?, _ what: String) -> [Code<Node>: Int] {
    var result: [Code<Node>: Int] = [:]
    for entry in entries(tree, what) {
      if let count = count(entry.value) { result[Code(entry.name)] = count }
    }
    return result
  }

  private func count(_ tree: YamlTree) -> Int? {
    if let text = tree.scalar, let count = Int(text), (0...1_000_000).contains(count) { return count }
    faults.add(tree.place, "'\(tree.scalar ?? "a list")' is not a number of people", "write digits only")
    return nil
  }

  private func figures(_ tree: YamlTree?, _ fields: Fields) -> [Code<Node>: Points] {
    var result: [Code<Node>: Points] = [:]
    for entry in entries(tree, "what is given in \(fields.subject)") {
      result[Code(entry.name)] = Fields.number(entry.value, "the figure of \(entry.name)", faults)
    }
    return result
  }

  // Marks.

  private func judgements(_ tree: YamlTree?, _ fields: Fields) -> [Code<Node>: Judgement] {
    var result: [Code<Node>: Judgement] = [:]
    for entry in entries(tree, "the marks of \(fields.subject)") {
      result[Code(entry.name)] = judgement(entry)
    }
    return result
  }

  private func judgement(_ entry: YamlTree.Field) -> Judgement? {
    if let text = entry.value.scalar {
      switch text {
      case "pass": return .met
      case "fail": return .notMet
      case "pending": return .pending
      case "not_applicable":
        faults.add(
          entry.value.place, "\(entry.name) is not applicable without a reason",
          "write { not_applicable: \"why\" }")
        return .notApplicable
      default: return .option(Code(text))
      }
    }
    let mark = Fields(entry.value, "the mark of \(entry.name)", faults: faults)
    defer { mark.finish() }
    if mark.has("elements") {
      return .elements(Set(mark.names("elements").map { Code($0.text) }))
    }
    if mark.text("not_applicable") != nil { return .notApplicable }
    if entry.value.fields != nil, !mark.has("not_applicable") {
      faults.add(
        entry.value.place, "the mark of \(entry.name) says nothing",
        "write pass, fail, an option, a number, { elements: [ … ] } or { not_applicable: \"why\" }")
    }
    return nil
  }

  // Answers.

  private func answers(_ tree: YamlTree?, _ fields: Fields) -> [String: [Case.Choice: Int]] {
    var result: [String: [Case.Choice: Int]] = [:]
    for entry in entries(tree, "the answers of \(fields.subject)") {
      var counts: [Case.Choice: Int] = [:]
      for choice in entries(entry.value, "the answers to \(entry.name)") {
        guard let count = count(choice.value) else { continue }
        switch choice.name {
        case "best": counts[.best] = count
        case "worst": counts[.worst] = count
        default: counts[.option(Code(choice.name))] = count
        }
      }
      result[entry.name] = counts
    }
    return result
  }

  // Expectations.

  private func expectations(_ fields: Fields) -> ([Code<Node>: Case.Expectation], Code<Level>??) {
    var expected: [Code<Node>: Case.Expectation] = [:]
    var level: Code<Level>??
    for entry in entries(fields.tree("expect"), "what \(fields.subject) expects") {
      if entry.name == "level", let text = entry.value.scalar {
        level = .some(text == "none" ? nil : Code(text))
        continue
      }
      expected[Code(entry.name)] = expectation(entry)
    }
    return (expected, level)
  }

  private func expectation(_ entry: YamlTree.Field) -> Case.Expectation? {
    if let list = entry.value.list {
      let ends = list.compactMap { Fields.number($0, "an end of the range of \(entry.name)", faults) }
      if ends.count == 2, list.count == 2 { return .range(ends[0], ends[1]) }
      faults.add(entry.value.place, "a range has two ends", "write [floor, ceiling]")
      return nil
    }
    switch entry.value.scalar {
    case "pending": return .pending
    case "withheld": return .withheld
    case "not_applicable": return .notApplicable
    default:
      if Points(entry.value.scalar ?? "") == nil, entry.name != "level",
        Spelling.nearest(to: entry.name, among: ["level"]) != nil
      {
        faults.add(entry.place, "'\(entry.name)' is no figure of the case", "did you mean 'level'?")
        return nil
      }
      return Fields.number(entry.value, "the expected figure of \(entry.name)", faults).map { .figure($0) }
    }
  }
}

import Integrity

extension Rubric {
  /// Reads a rubric's merged document, and complains of everything that is wrong with it: what cannot be read first,
  /// then what does not hold together, each at its line. Cases are read, not run.
  static func read(_ tree: YamlTree) throws(Complaints) -> Rubric {
    let faults = Faults()
    let rubric = RubricReader(faults: faults).read(tree)
    for flaw in rubric.flaws(isWhole: faults.all.isEmpty) {
      faults.add(tree.nearest(to: flaw.path).place, flaw.problem, flaw.remedy)
    }
    try faults.throwIfAny()
    return rubric
  }
}

/// Turns the fields of a rubric's document into values. Where something is missing or wrong it complains and goes on
/// with a stand-in, so that every other fault is found in the same reading.
struct RubricReader {
  let faults: Faults

  func read(_ tree: YamlTree) -> Rubric {
    let fields = Fields(tree, "the rubric", faults: faults)
    let context = OutlineReader(
      faults: faults, scales: scales(fields), shared: elements(fields))
    let code = fields.required("rubric", "ita-2570")
    let rubric = Rubric(
      code: Code(code), edition: fields.required("edition", "\"1\""), year: year(fields),
      title: fields.requiredWords("title"), provenance: context.provenance(fields),
      kinds: named("kinds", fields), conditions: named("conditions", fields),
      groups: named("groups", fields), periods: named("periods", fields), rounds: named("rounds", fields),
      elements: context.shared, scales: context.scales, policy: policy(fields),
      instruments: instruments(fields, context), total: total(fields, context), pass: fields.number("pass"),
      levels: fields.list("levels").map(level),
      cases: fields.list("cases").map(CaseReader(faults: faults).read))
    fields.finish()
    return rubric
  }

  private func year(_ fields: Fields) -> FiscalYear {
    guard fields.has("year") else {
      fields.missing("year", "2570")
      return FiscalYear(0)
    }
    return FiscalYear(
      fields.whole("year", in: 2400...2800, "write the fiscal year of the Buddhist era, such as 2570") ?? 0)
  }

  private func instruments(_ fields: Fields, _ context: OutlineReader) -> [Instrument] {
    guard fields.has("instruments") else {
      fields.missing("instruments", "…")
      return []
    }
    let list = fields.list("instruments")
    if list.isEmpty {
      faults.add(fields.place(of: "instruments"), "the rubric has no instrument", "add one")
    }
    return list.map(context.instrument)
  }

  private func total(_ fields: Fields, _ context: OutlineReader) -> Rule {
    guard let tree = fields.tree("total") else { return Rule() }
    let total = Fields(tree, "the total", faults: faults)
    let rule = context.rule(total)
    total.finish()
    return rule
  }

  /// A dictionary of names with their wordings.
  private func named<Owner>(_ name: String, _ fields: Fields) -> [Named<Owner>] {
    entries(name, fields).map { field in
      Named(code: Code(field.name), title: Fields.words(field.value, "'\(field.name)' of \(name)", faults))
    }
  }

  private func entries(_ name: String, _ fields: Fields) -> [YamlTree.Field] {
    guard let tree = fields.tree(name) else { return [] }
    guard let entries = tree.fields else {
      faults.add(tree.place, "'\(name)' must be a list of 'name: …' lines", "see Rubrics/README.md")
      return []
    }
    return entries
  }

  private func scales(_ fields: Fields) -> [Scale] {
    entries("scales", fields).map { field in
      let scale = Fields(field.value, "the scale '\(field.name)'", faults: faults)
      let options = scale.list("options").map { OutlineReader.option($0, faults) }
      if !scale.has("options") { scale.missing("options", "[ … ]") }
      let result = Scale(
        code: Code(field.name), options: options, isInterpolated: scale.flag("interpolate"))
      scale.finish()
      return result
    }
  }

  private func elements(_ fields: Fields) -> [Element] {
    entries("elements", fields).map { field in
      Element(
        key: Code(field.name), title: Fields.words(field.value, "the element '\(field.name)'", faults),
        isShared: true)
    }
  }

  private func policy(_ fields: Fields) -> Policy {
    guard let tree = fields.tree("policy") else { return Policy() }
    let policy = Fields(tree, "the policy", faults: faults)
    var ranksExactly = false
    if let ranks = policy.text("ranks") {
      ranksExactly = ranks == "exact"
      if !["published", "exact"].contains(ranks) {
        faults.add(
          policy.place(of: "ranks"), "'ranks' cannot be '\(ranks)'", "write 'published' or 'exact'")
      }
    }
    let result = Policy(
      unjudged: policy.choice("unjudged", Policy.Absence.self) ?? .incomplete,
      unanswered: policy.choice("unanswered", Policy.Absence.self) ?? .incomplete,
      tooFew: policy.choice("too_few", Policy.Absence.self) ?? .incomplete,
      smallestCount: policy.whole("smallest_count", in: 0...1_000_000) ?? 10,
      rounding: OutlineReader.rounding(policy, faults) ?? .hundredths, ranksExactly: ranksExactly)
    policy.finish()
    return result
  }

  private func level(_ tree: YamlTree) -> Level {
    let fields = Fields(tree, "a level", faults: faults)
    let code = fields.required("code", "pass")
    if !code.isEmpty { fields.subject = "the level '\(code)'" }
    var floors: [Level.Floor] = []
    if let and = fields.tree("and") {
      if let entries = and.fields {
        floors = entries.compactMap { entry in
          Fields.number(entry.value, "the threshold of \(entry.name)", faults)
            .map { Level.Floor(node: Code(entry.name), atLeast: $0) }
        }
      } else {
        faults.add(
          and.place, "'and' of \(fields.subject) must name nodes", "write 'and: { IIT: 85, EIT: 85 }'")
      }
    }
    if !fields.has("at_least") { fields.missing("at_least", "85") }
    let level = Level(
      code: Code(code), title: fields.requiredWords("title"), atLeast: fields.number("at_least") ?? .zero,
      floors: floors)
    fields.finish()
    return level
  }
}

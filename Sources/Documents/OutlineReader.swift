import Integrity

/// Reads the outline of a rubric: instruments, indicators, items, and the rules by which parts become figures.
struct OutlineReader {
  let faults: Faults
  let scales: [Scale]
  let shared: [Element]

  func instrument(_ tree: YamlTree) -> Instrument {
    let fields = Fields(tree, "an instrument", faults: faults)
    let heading = heading(fields, "instrument")
    let result = Instrument(
      heading: heading, method: method(fields), rule: rule(fields), parts: parts(fields))
    fields.finish()
    return result
  }

  private func method(_ fields: Fields) -> Instrument.Method {
    let method = fields.required("method", "disclosure")
    switch method {
    case "questionnaire": return .questionnaire(questionnaire(fields))
    case "disclosure", "": break
    default:
      faults.add(
        fields.place(of: "method"), "'\(method)' is not a method",
        Spelling.suggestion(for: method, among: ["disclosure", "questionnaire"]))
    }
    return .disclosure
  }

  private func questionnaire(_ fields: Fields) -> Questionnaire {
    var least = Questionnaire.Least.number(1)
    var sample: Sample?
    var access = Questionnaire.Access.codes
    var audiences: [Named<Audience>] = []
    if let tree = fields.tree("respondents") {
      let respondents = Fields(tree, "the respondents of \(fields.subject)", faults: faults)
      if respondents.tree("least")?.scalar == "sample" {
        least = .sample
      } else {
        least = .number(respondents.whole("least", in: 0...1_000_000) ?? 1)
      }
      sample = respondents.tree("sample").map { self.sample($0) }
      access = respondents.choice("by", Questionnaire.Access.self) ?? .codes
      audiences = self.audiences(respondents)
      respondents.finish()
    }
    return Questionnaire(
      least: least, sample: sample, routes: fields.list("parts").map(route), access: access,
      audiences: audiences)
  }

  private func audiences(_ fields: Fields) -> [Named<Audience>] {
    guard let tree = fields.tree("audiences") else { return [] }
    guard let entries = tree.fields else {
      faults.add(tree.place, "'audiences' must be a list of 'name: …' lines", "see Rubrics/README.md")
      return []
    }
    return entries.map { field in
      Named(
        code: Code(field.name),
        title: Fields.words(field.value, "'\(field.name)' of audiences", faults))
    }
  }

  private func sample(_ tree: YamlTree) -> Sample {
    let fields = Fields(tree, "the sample", faults: faults)
    for name in ["everyone_up_to", "share", "at_least"] where !fields.has(name) { fields.missing(name, "30") }
    let people = 0...100_000_000
    if fields.has("above") != fields.has("then") {
      faults.add(
        fields.place, "'above' and 'then' of the sample go together",
        "write 'above: 4000, then: 400', or neither")
    }
    let sample = Sample(
      everyoneUpTo: fields.whole("everyone_up_to", in: people) ?? 0,
      share: fields.number("share") ?? .hundred,
      atLeast: fields.whole("at_least", in: people) ?? 0, above: fields.whole("above", in: people),
      then: fields.whole("then", in: people))
    fields.finish()
    return sample
  }

  private func route(_ tree: YamlTree) -> Route {
    let fields = Fields(tree, "a part", faults: faults)
    let heading = heading(fields, "part")
    let route = Route(
      heading: heading, least: fields.whole("least", in: 0...1_000_000) ?? 1,
      access: fields.choice("by", Questionnaire.Access.self) ?? .codes)
    fields.finish()
    return route
  }

  private func indicator(_ tree: YamlTree) -> Indicator {
    let fields = Fields(tree, "an indicator", faults: faults)
    let heading = heading(fields, "indicator")
    let result = Indicator(heading: heading, rule: rule(fields), parts: parts(fields))
    fields.finish()
    return result
  }

  private func parts(_ fields: Fields) -> Parts {
    let items = fields.list("items")
    let indicators = fields.list("indicators")
    if fields.has("items"), fields.has("indicators") {
      faults.add(
        fields.place(of: "indicators"), "\(fields.subject) has both items and indicators",
        "put the items into an indicator of their own")
    }
    return fields.has("items") ? .items(items.map(item)) : .indicators(indicators.map(indicator))
  }

  // What every node has.

  func heading(_ fields: Fields, _ what: String) -> Heading {
    let examples = ["instrument": "IIT", "indicator": "\"1\"", "part": "EIT1"]
    let code = fields.required("code", examples[what] ?? "O7")
    if !code.isEmpty { fields.subject = "\(what) \(code)" }
    let applies = Applicability(
      only: kinds("applies_to", fields), except: kinds("except_for", fields),
      unless: fields.text("unless").map { Code($0) })
    return Heading(
      code: Code(code), key: Code(fields.required("key", "a_stable_name")),
      title: fields.requiredWords("title"), weight: fields.number("weight"), isPilot: fields.flag("pilot"),
      applies: applies, rounding: OutlineReader.rounding(fields, faults), provenance: provenance(fields))
  }

  private func kinds(_ name: String, _ fields: Fields) -> [Code<OfficeKind>] {
    let kinds = fields.names(name)
    if fields.has(name), kinds.isEmpty, fields.tree(name)?.list?.isEmpty == true {
      faults.add(
        fields.place(of: name), "'\(name)' of \(fields.subject) names no kind of office",
        "name at least one, or take the line out")
    }
    return kinds.map { Code($0.text) }
  }

  func provenance(_ fields: Fields) -> Provenance? {
    guard let tree = fields.tree("provenance") else { return nil }
    let provenance = Fields(tree, "the provenance of \(fields.subject)", faults: faults)
    let source = provenance.text("verified")
    let what = provenance.text("to_confirm")
    provenance.finish()
    switch (source, what) {
    case (let source?, nil): return .verified(source: source)
    case (nil, let what?): return .toConfirm(what: what)
    default:
      if tree.fields != nil {
        faults.add(
          tree.place, "the provenance of \(fields.subject) is neither verified nor to be confirmed",
          "write { verified: \"source\" } or { to_confirm: \"what\" }")
      }
      return nil
    }
  }

  static func rounding(_ fields: Fields, _ faults: Faults) -> Rounding? {
    guard let tree = fields.tree("rounding") else { return nil }
    let rounding = Fields(tree, "the rounding of \(fields.subject)", faults: faults)
    let result = Rounding(
      places: rounding.whole("places", in: 0...Points.places) ?? 2,
      mode: rounding.choice("mode", Rounding.Mode.self) ?? .halfUp)
    rounding.finish()
    return result
  }

  // How parts become a figure.

  func rule(_ fields: Fields) -> Rule {
    var isRelative = false
    if let weights = fields.text("weights") {
      isRelative = weights == "relative"
      if !isRelative {
        faults.add(
          fields.place(of: "weights"), "'weights' cannot be '\(weights)'", "write 'weights: relative'")
      }
    }
    return Rule(
      aggregate: aggregate(fields), hasRelativeWeights: isRelative, conversion: conversion(fields),
      deductions: fields.list("deductions").map(item), cap: fields.number("cap"))
  }

  private func aggregate(_ fields: Fields) -> Aggregate {
    let metAt = fields.number("met_at")
    let name = fields.text("aggregate") ?? "mean"
    if metAt != nil, name != "share_met" {
      faults.add(
        fields.place(of: "met_at"), "'met_at' has no effect under '\(name)'",
        "use it with 'aggregate: share_met'")
    }
    switch name {
    case "mean", "weighted_mean": return .mean
    case "sum": return .sum
    case "share_of_maximum": return .shareOfMaximum
    case "minimum": return .minimum
    case "share_met": return .shareMet(at: metAt)
    default:
      let known = ["mean", "weighted_mean", "sum", "share_of_maximum", "minimum", "share_met"]
      faults.add(
        fields.place(of: "aggregate"), "'\(name)' is no way to aggregate",
        Spelling.suggestion(for: name, among: known))
      return .mean
    }
  }

  private func conversion(_ fields: Fields) -> Conversion? {
    if fields.has("steps"), fields.has("interpolate") {
      faults.add(
        fields.place(of: "interpolate"), "\(fields.subject) has both 'steps' and 'interpolate'",
        "keep one of them")
    }
    let steps = fields.list("steps").map(step)
    let knots = fields.list("interpolate").map(knot)
    if fields.has("steps") { return .steps(steps) }
    return fields.has("interpolate") ? .lines(knots) : nil
  }

  private func step(_ tree: YamlTree) -> Conversion.Step {
    let fields = Fields(tree, "a step", faults: faults)
    let atLeast = fields.number("at_least")
    let above = fields.number("above")
    let otherwise = fields.number("otherwise")
    let gives = fields.number("gives")
    let bounds = ["at_least", "above", "otherwise"].filter { fields.has($0) }
    if bounds.count != 1 || (bounds == ["otherwise"]) == fields.has("gives") {
      faults.add(
        tree.place, "a step needs one bound and what it gives",
        "write { at_least: 90, gives: 10 }, { above: 90, gives: 10 } or { otherwise: 0 }")
    }
    fields.finish()
    if let otherwise { return Conversion.Step(bound: .otherwise, gives: otherwise) }
    if let above { return Conversion.Step(bound: .above(above), gives: gives ?? .zero) }
    return Conversion.Step(bound: .atLeast(atLeast ?? .zero), gives: gives ?? .zero)
  }

  private func knot(_ tree: YamlTree) -> Conversion.Knot {
    let fields = Fields(tree, "a point of the line", faults: faults)
    for name in ["at", "gives"] where !fields.has(name) { fields.missing(name, "0") }
    let knot = Conversion.Knot(at: fields.number("at") ?? .zero, gives: fields.number("gives") ?? .zero)
    fields.finish()
    return knot
  }

  // Items.

  func item(_ tree: YamlTree) -> Item {
    let fields = Fields(tree, "an item", faults: faults)
    let heading = heading(fields, "item")
    let form = form(fields)
    let isReversed = fields.tree("reversed") != nil && fields.flag("reversed")
    let subItems = fields.list("sub_items").map { subItem($0, of: form, isReversed: isReversed) }
    if form == nil,
      subItems.isEmpty || fields.list("sub_items").contains(where: { !OutlineReader.hasForm($0) })
    {
      faults.add(
        fields.place, "\(fields.subject) does not say how it is answered",
        "add one of \(OutlineReader.forms.joined(separator: ", "))")
    }
    let item = Item(
      heading: heading, form: form ?? subItems.first?.form ?? .text, worth: fields.number("worth"),
      subItems: subItems, elements: fields.list("elements").map(element),
      group: fields.text("group").map { Code($0) }, contributing: fields.names("with").map { Code($0.text) },
      needsPublicLink: fields.flag("public_link"), due: fields.names("due").map { Code($0.text) },
      guidance: fields.words("guidance"), remedy: fields.words("remedy"),
      was: fields.names("was").map { Code($0.text) })
    fields.finish()
    return item
  }

  static let forms = ["scale", "options", "checklist", "band", "count", "stars", "text"]

  private static func hasForm(_ tree: YamlTree) -> Bool {
    tree.fields?.contains { forms.contains($0.name) } == true
  }

  private func subItem(_ tree: YamlTree, of item: Form?, isReversed isItemReversed: Bool) -> SubItem {
    let fields = Fields(tree, "a sub-item", faults: faults)
    let code = fields.required("code", "a")
    if !code.isEmpty { fields.subject = "sub-item \(code)" }
    var form = form(fields, isReversed: isItemReversed)
    // A polarity of its own on the item's scale.
    if form == nil, case .scale(let scale, let isReversed) = item {
      form = .scale(scale, isReversed: fields.has("reversed") ? fields.flag("reversed") : isReversed)
    }
    let result = SubItem(
      code: Code(code), title: fields.requiredWords("title"), weight: fields.number("weight"),
      form: form ?? item ?? .text)
    fields.finish()
    return result
  }

  /// How it is answered, by the one field that says so; nil where none does.
  private func form(_ fields: Fields, isReversed inherited: Bool = false) -> Form? {
    let named = OutlineReader.forms.filter { fields.has($0) }
    if named.count > 1 {
      faults.add(
        fields.place(of: named[1]),
        "\(fields.subject) is answered in two ways: \(named.joined(separator: ", "))",
        "keep one of them")
    }
    // Ask for every one, so that none counts as unknown.
    let trees = OutlineReader.forms.map { (name: $0, tree: fields.tree($0)) }
    let isReversed = fields.tree("reversed") == nil ? inherited : fields.flag("reversed")
    guard let (name, tree) = trees.first(where: { $0.tree != nil }), let tree else { return nil }
    if fields.has("reversed"), !["scale", "options"].contains(name) {
      faults.add(fields.place(of: "reversed"), "'reversed' has no effect with '\(name)'", "take it out")
    }
    switch name {
    case "scale": return .scale(scale(tree), isReversed: isReversed)
    case "options":
      return .scale(
        Scale(code: nil, options: fields.list(name).map { OutlineReader.option($0, faults) }),
        isReversed: isReversed)
    case "checklist": return .checklist(fields.choice(name, Form.Checklist.self) ?? .all)
    case "band": return band(tree)
    case "count": return count(tree)
    case "stars": return .stars(stars(fields))
    default:
      if !fields.flag("text") {
        faults.add(tree.place, "'text' can only be yes", "write 'text: yes', or take it out")
      }
      return .text
    }
  }

  private func stars(_ fields: Fields) -> Int {
    guard let stars = fields.whole("stars", in: 2...10) else { return 5 }
    if !(100 * Points.unit).isMultiple(of: Int64(stars)) {
      faults.add(
        fields.place(of: "stars"), "100 cannot be shared exactly among \(stars) stars",
        "use 2, 4, 5, 8 or 10 stars, or a scale with points of your own")
      return 5
    }
    return stars
  }

  private func scale(_ tree: YamlTree) -> Scale {
    let name = tree.scalar ?? ""
    if let scale = scales.first(where: { $0.code?.text == name }) { return scale }
    faults.add(
      tree.place, "there is no scale '\(name)'",
      Spelling.suggestion(for: name, among: scales.compactMap { $0.code?.text }))
    return Scale(code: Code(name), options: [])
  }

  private func band(_ tree: YamlTree) -> Form {
    let fields = Fields(tree, "the band", faults: faults)
    let form = Form.band(
      least: fields.number("least") ?? .zero, most: fields.number("most") ?? .hundred,
      step: fields.number("step") ?? Points(1))
    fields.finish()
    return form
  }

  private func count(_ tree: YamlTree) -> Form {
    let fields = Fields(tree, "the count", faults: faults)
    let conversion = conversion(fields)
    if conversion == nil { fields.missing("steps", "[ … ]") }
    fields.finish()
    return .count(conversion ?? .steps([]))
  }

  private func element(_ tree: YamlTree) -> Element {
    let fields = Fields(tree, "an element", faults: faults)
    let used = fields.tree("use")
    let period = fields.text("period").map { Code<Period>($0) }
    defer { fields.finish() }
    guard let used else {
      return Element(
        key: Code(fields.required("key", "org_chart")), title: fields.requiredWords("title"), period: period)
    }
    let name = used.scalar ?? ""
    guard let element = shared.first(where: { $0.key.text == name }) else {
      faults.add(
        used.place, "there is no shared element '\(name)'",
        Spelling.suggestion(for: name, among: shared.map(\.key.text)))
      return Element(key: Code(name), title: Words(thai: "", english: ""), period: period, isShared: true)
    }
    return Element(key: element.key, title: element.title, period: period, isShared: true)
  }

  static func option(_ tree: YamlTree, _ faults: Faults) -> Option {
    let fields = Fields(tree, "an option", faults: faults)
    let code = fields.required("code", "\"1\"")
    if !code.isEmpty { fields.subject = "the option '\(code)'" }
    let title = fields.wording()
    let points = fields.number("points")
    let isUncounted = fields.has("counts") && !fields.flag("counts")
    if fields.has("points"), isUncounted {
      faults.add(
        fields.place(of: "points"), "\(fields.subject) has points, yet does not count", "keep one of the two")
    } else if !fields.has("points"), !isUncounted {
      faults.add(
        tree.place, "\(fields.subject) has no points", "add 'points: …', or 'counts: no' if it carries none")
    }
    fields.finish()
    return Option(code: Code(code), title: title, points: points)
  }
}

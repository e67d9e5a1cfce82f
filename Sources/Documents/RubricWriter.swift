public import Integrity

extension Rubric {
  /// The rubric as a YAML document that reads back to the same rubric.
  public var yaml: String { RubricWriter(rubric: self).document.yaml() }

  /// The same document as JSON on one line, every scalar a text: for programs in other languages.
  public var json: String { RubricWriter(rubric: self).document.json }
}

/// Turns a rubric's values into the fields of its document.
private struct RubricWriter {
  typealias Tree = YamlTree

  let rubric: Rubric

  var document: Tree {
    Tree.fields([
      ("rubric", .text(rubric.code.text)), ("edition", .text(rubric.edition)),
      ("year", .text("\(rubric.year.buddhist)")), ("title", words(rubric.title)),
      ("provenance", rubric.provenance.map(provenance)),
      ("kinds", named(rubric.kinds)), ("conditions", named(rubric.conditions)),
      ("groups", named(rubric.groups)),
      ("periods", named(rubric.periods)), ("rounds", named(rubric.rounds)),
      ("elements", nonEmpty(rubric.elements.map { ($0.key.text, words($0.title)) })),
      ("scales", nonEmpty(rubric.scales.map { ($0.code?.text ?? "", scale($0)) })),
      ("policy", policy), ("instruments", .items(rubric.instruments.map(instrument))),
      ("total", nonEmpty(rule(rubric.total))), ("pass", rubric.pass.map(number)),
      ("levels", list(rubric.levels.map(level))), ("cases", list(rubric.cases.map(example))),
    ])
  }

  // Small pieces.

  private func number(_ points: Points) -> Tree { .text(points.description) }
  private func yes(_ flag: Bool) -> Tree? { flag ? .text("yes") : nil }
  private func list(_ trees: [Tree]) -> Tree? { trees.isEmpty ? nil : .items(trees) }
  private func codes<Owner>(_ list: [Code<Owner>]) -> Tree? { self.list(list.map { .text($0.text) }) }
  private func words(_ words: Words) -> Tree {
    .fields([("th", .text(words.thai)), ("en", .text(words.english))])
  }

  private func nonEmpty(_ fields: [(String, Tree?)]) -> Tree? {
    fields.contains { $0.1 != nil } ? .fields(fields) : nil
  }

  private func named<Owner>(_ list: [Named<Owner>]) -> Tree? {
    nonEmpty(list.map { ($0.code.text, words($0.title)) })
  }

  private func provenance(_ provenance: Provenance) -> Tree {
    switch provenance {
    case .verified(let source): .fields([("verified", .text(source))])
    case .toConfirm(let what): .fields([("to_confirm", .text(what))])
    }
  }

  private func rounding(_ rounding: Rounding) -> Tree {
    .fields([("places", .text("\(rounding.places)")), ("mode", .text(rounding.mode.rawValue))])
  }

  private var policy: Tree {
    let policy = rubric.policy
    return .fields([
      ("unjudged", .text(policy.unjudged.rawValue)), ("unanswered", .text(policy.unanswered.rawValue)),
      ("too_few", .text(policy.tooFew.rawValue)), ("smallest_count", .text("\(policy.smallestCount)")),
      ("rounding", rounding(policy.rounding)), ("ranks", policy.ranksExactly ? .text("exact") : nil),
    ])
  }

  private func level(_ level: Level) -> Tree {
    .fields([
      ("code", .text(level.code.text)), ("title", words(level.title)), ("at_least", number(level.atLeast)),
      ("and", nonEmpty(level.floors.map { ($0.node.text, number($0.atLeast)) })),
    ])
  }

  // Scales.

  private func scale(_ scale: Scale) -> Tree {
    .fields([("options", .items(scale.options.map(option))), ("interpolate", yes(scale.isInterpolated))])
  }

  private func option(_ option: Option) -> Tree {
    .fields([
      ("code", .text(option.code.text)), ("th", .text(option.title.thai)),
      ("en", .text(option.title.english)),
      ("points", option.points.map(number)), ("counts", option.points == nil ? .text("no") : nil),
    ])
  }

  // The outline.

  private func heading(_ heading: Heading) -> [(String, Tree?)] {
    [
      ("code", .text(heading.code.text)), ("key", .text(heading.key.text)), ("title", words(heading.title)),
      ("weight", heading.weight.map(number)), ("pilot", yes(heading.isPilot)),
      ("applies_to", codes(heading.applies.only)), ("except_for", codes(heading.applies.except)),
      ("unless", heading.applies.unless.map { .text($0.text) }), ("rounding", heading.rounding.map(rounding)),
      ("provenance", heading.provenance.map(provenance)),
    ]
  }

  private func rule(_ rule: Rule) -> [(String, Tree?)] {
    var aggregate: [(String, Tree?)]
    switch rule.aggregate {
    case .mean: aggregate = []
    case .sum: aggregate = [("aggregate", .text("sum"))]
    case .shareOfMaximum: aggregate = [("aggregate", .text("share_of_maximum"))]
    case .minimum: aggregate = [("aggregate", .text("minimum"))]
    case .shareMet(let threshold):
      aggregate = [("aggregate", .text("share_met")), ("met_at", threshold.map(number))]
    }
    return aggregate + [("weights", rule.hasRelativeWeights ? .text("relative") : nil)]
      + (rule.conversion.map(conversion) ?? [])
      + [("deductions", list(rule.deductions.map(item))), ("cap", rule.cap.map(number))]
  }

  private func conversion(_ conversion: Conversion) -> [(String, Tree?)] {
    switch conversion {
    case .steps(let steps):
      return [
        (
          "steps",
          .items(
            steps.map { step in
              switch step.bound {
              case .atLeast(let bound): .fields([("at_least", number(bound)), ("gives", number(step.gives))])
              case .above(let bound): .fields([("above", number(bound)), ("gives", number(step.gives))])
              case .otherwise: .fields([("otherwise", number(step.gives))])
              }
            })
        )
      ]
    case .lines(let knots):
      return [
        ("interpolate", .items(knots.map { .fields([("at", number($0.at)), ("gives", number($0.gives))]) }))
      ]
    }
  }

  private func instrument(_ instrument: Instrument) -> Tree {
    var fields = heading(instrument.heading)
    switch instrument.method {
    case .disclosure: fields.append(("method", .text("disclosure")))
    case .questionnaire(let questionnaire):
      fields.append(("method", .text("questionnaire")))
      fields += collection(questionnaire)
    }
    return .fields(fields + rule(instrument.rule) + parts(instrument.parts))
  }

  private func collection(_ questionnaire: Questionnaire) -> [(String, Tree?)] {
    let least: Tree =
      switch questionnaire.least {
      case .number(let number): .text("\(number)")
      case .sample: .text("sample")
      }
    let sample = questionnaire.sample.map { sample in
      Tree.fields([
        ("everyone_up_to", .text("\(sample.everyoneUpTo)")), ("share", number(sample.share)),
        ("at_least", .text("\(sample.atLeast)")), ("above", sample.above.map { .text("\($0)") }),
        ("then", sample.then.map { .text("\($0)") }),
      ])
    }
    let routes = questionnaire.routes.map { route in
      Tree.fields(
        heading(route.heading) + [("least", .text("\(route.least)")), ("by", access(route.access))])
    }
    let respondents: [(String, Tree?)] = [
      ("least", least), ("sample", sample), ("by", access(questionnaire.access)),
      ("audiences", named(questionnaire.audiences)),
    ]
    return [("respondents", .fields(respondents)), ("parts", list(routes))]
  }

  /// Nothing for codes, by which a questionnaire is answered where nothing is said.
  private func access(_ access: Questionnaire.Access) -> Tree? {
    access == .codes ? nil : .text(access.rawValue)
  }

  private func parts(_ parts: Parts) -> [(String, Tree?)] {
    switch parts {
    case .items(let items): [("items", .items(items.map(item)))]
    case .indicators(let indicators):
      [
        (
          "indicators",
          .items(indicators.map { .fields(heading($0.heading) + rule($0.rule) + self.parts($0.parts)) })
        )
      ]
    }
  }

  // Items.

  private func item(_ item: Item) -> Tree {
    .fields(
      heading(item.heading) + form(item.form) + [
        ("worth", item.worth.map(number)), ("sub_items", list(item.subItems.map(subItem))),
        ("elements", list(item.elements.map(element))), ("group", item.group.map { .text($0.text) }),
        ("with", codes(item.contributing)), ("public_link", yes(item.needsPublicLink)),
        ("due", codes(item.due)),
        ("guidance", item.guidance.map(words)), ("remedy", item.remedy.map(words)), ("was", codes(item.was)),
      ])
  }

  private func subItem(_ subItem: SubItem) -> Tree {
    .fields(
      [
        ("code", .text(subItem.code.text)), ("title", words(subItem.title)),
        ("weight", subItem.weight.map(number)),
      ]
        + form(subItem.form))
  }

  private func element(_ element: Element) -> Tree {
    let period: (String, Tree?) = ("period", element.period.map { .text($0.text) })
    guard !element.isShared else { return .fields([("use", .text(element.key.text)), period]) }
    return .fields([("key", .text(element.key.text)), ("title", words(element.title)), period])
  }

  private func form(_ form: Form) -> [(String, Tree?)] {
    switch form {
    case .scale(let scale, let isReversed):
      let reversed: (String, Tree?) = ("reversed", .text(isReversed ? "yes" : "no"))
      guard let code = scale.code else { return [("options", .items(scale.options.map(option))), reversed] }
      return [("scale", .text(code.text)), reversed]
    case .stars(let most): return [("stars", .text("\(most)"))]
    case .checklist(let checklist): return [("checklist", .text(checklist.rawValue))]
    case .band(let least, let most, let step):
      return [("band", .fields([("least", number(least)), ("most", number(most)), ("step", number(step))]))]
    case .count(let conversion): return [("count", .fields(self.conversion(conversion)))]
    case .text: return [("text", .text("yes"))]
    }
  }

  // Cases.

  private func example(_ example: Case) -> Tree {
    let stakeholders = example.stakeholders.sorted { $0.key < $1.key }.map {
      ($0.key.text, Tree.text("\($0.value)"))
    }
    let marks =
      (example.everyMark.map { [("everything", judgement($0))] } ?? [])
      + example.marks.sorted { $0.key < $1.key }.map { ($0.key.text, judgement($0.value)) }
    let answers =
      (example.everyAnswer.isEmpty ? [] : [("everything", counts(example.everyAnswer))])
      + example.answers.sorted { $0.key < $1.key }.map { ($0.key, counts($0.value)) }
    var expected = example.expected.sorted { $0.key < $1.key }.map { ($0.key.text, expectation($0.value)) }
    if let level = example.level { expected.append(("level", .text(level?.text ?? "none"))) }
    return .fields([
      ("name", .text(example.name)),
      (
        "office",
        nonEmpty([
          ("kind", example.kind.map { .text($0.text) }), ("conditions", codes(example.conditions)),
          ("stakeholders", nonEmpty(stakeholders)),
        ])
      ),
      ("round", example.round.map { .text($0.text) }), ("marks", nonEmpty(marks)),
      ("answers", nonEmpty(answers)),
      ("given", nonEmpty(example.given.sorted { $0.key < $1.key }.map { ($0.key.text, number($0.value)) })),
      ("expect", nonEmpty(expected)),
    ])
  }

  private func judgement(_ judgement: Judgement) -> Tree {
    switch judgement {
    case .met: .text("pass")
    case .notMet: .text("fail")
    case .option(let code): .text(code.text)
    case .number(let number): .text(number.description)
    case .elements(let keys): .fields([("elements", .items(keys.sorted().map { .text($0.text) }))])
    case .notApplicable: .fields([("not_applicable", .text("as the case says"))])
    case .pending: .text("pending")
    }
  }

  private func counts(_ counts: [Case.Choice: Int]) -> Tree {
    func name(_ choice: Case.Choice) -> String {
      switch choice {
      case .option(let code): code.text
      case .best: "best"
      case .worst: "worst"
      }
    }
    return .fields(counts.map { (name($0.key), Tree.text("\($0.value)")) }.sorted { $0.0 < $1.0 })
  }

  private func expectation(_ expectation: Case.Expectation) -> Tree {
    switch expectation {
    case .figure(let points): number(points)
    case .range(let floor, let ceiling): .items([number(floor), number(ceiling)])
    case .pending: .text("pending")
    case .withheld: .text("withheld")
    case .notApplicable: .text("not_applicable")
    }
  }
}

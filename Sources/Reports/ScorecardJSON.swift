public import Integrity

/// Scorecards as JSON, by the schema `docs/scorecard.schema.json` describes. Figures are decimal strings; the working is
/// in cases with its numbers, so that a program can recompute every line from those below it. With option counts it is for
/// the committee and whoever verifies, not for publication; published it says nothing of a question that few answered.
public struct ScorecardJSON: Sendable {
  /// Bumped whenever a field changes its meaning or goes.
  public static let schema = "sucharit.scorecard/1"

  public static func text(
    of scorecards: [Scorecard], cycle: FiscalYear, detail: Detail = .counts
  ) -> String {
    JSON.object([
      ("schema", .text(schema)), ("scoring_version", .number(Scorecard.scoringVersion)),
      ("cycle", .number(cycle.buddhist)),
      ("scorecards", .list(scorecards.map { json($0, detail: detail) })),
    ]).text()
  }

  private let detail: Detail

  /// One scorecard within another document.
  package static func json(_ card: Scorecard, detail: Detail) -> JSON {
    ScorecardJSON(detail: detail).json(card.shown(at: detail))
  }

  private func json(_ card: Scorecard) -> JSON {
    .object([
      (
        "rubric",
        .object([
          ("code", .text(card.rubric.code.text)), ("edition", .text(card.rubric.edition)),
          ("year", .number(card.rubric.year.buddhist)),
        ])
      ),
      (
        "office",
        .object([
          ("code", .text(card.office.code.text)), ("name", words(card.office.name)),
          ("kind", card.office.kind.map { .text($0.text) } ?? .null),
          ("provinces", .list(card.office.provinces.map(words))),
          ("conditions", .list(card.office.conditions.sorted().map { .text($0.text) })),
        ])
      ),
      ("standing", standing(card.standing)),
      ("level", card.level.map(level) ?? .null),
      ("total", line(card.total)),
    ])
  }

  private func words(_ words: Words) -> JSON {
    .object([("th", .text(words.thai)), ("en", .text(words.english))])
  }

  private func standing(_ standing: Standing) -> JSON {
    switch standing {
    case .final(let figure):
      .object([("state", .text("final")), ("figure", .text(figure.description))])
    case .provisional(let floor, let ceiling):
      .object([
        ("state", .text("provisional")), ("floor", .text("\(floor)")), ("ceiling", .text("\(ceiling)")),
      ])
    case .notApplicable: .object([("state", .text("not_applicable"))])
    }
  }

  private func level(_ reached: LevelReached) -> JSON {
    let floors = reached.heldBackBy.map { floor in
      JSON.object([("node", .text(floor.node.text)), ("at_least", .text("\(floor.atLeast)"))])
    }
    return .object([
      ("code", .text(reached.level.code.text)), ("title", words(reached.level.title)),
      ("held_back_by", .list(floors)),
    ])
  }

  private func line(_ line: Line) -> JSON {
    var fields: [(String, JSON)] = [
      ("id", .text(line.id)), ("code", .text(line.code.text)), ("place", .text(line.place.rawValue)),
    ]
    if let key = line.key { fields.append(("key", .text(key.text))) }
    if let route = line.route { fields.append(("part", .text(route.text))) }
    fields.append(("title", words(line.title)))
    if line.isPilot { fields.append(("pilot", .flag(true))) }
    if let weight = line.weight { fields.append(("weight", .text("\(weight)"))) }
    if let share = line.share { fields.append(("share", .text("\(share.numerator)/\(share.denominator)"))) }
    fields.append(("rounding", .text("\(line.rounding.mode.rawValue) \(line.rounding.places)")))
    fields.append(("outcome", outcome(line)))
    if let maximum = line.maximum { fields.append(("maximum", .text("\(maximum)"))) }
    if let contribution = line.contribution {
      fields.append(("part_of_total", .text("\(contribution)")))
    }
    if let people = line.people, !line.isFewPeople(at: detail) { fields.append(("people", json(people))) }
    fields.append(("working", working(line)))
    fields.append(
      (
        "explanation",
        .object([
          ("th", .text(line.explanation(in: .thai, detail: detail))),
          ("en", .text(line.explanation(in: .english, detail: detail))),
        ])
      ))
    if !line.parts.isEmpty { fields.append(("parts", .list(line.parts.map { self.line($0) }))) }
    return .object(fields)
  }

  private func json(_ people: People) -> JSON {
    func number(_ value: Int?) -> JSON { value.map { .number($0) } ?? .null }
    return .object([
      ("respondents", .number(people.respondents)), ("least", number(people.least)),
      ("stakeholders", number(people.stakeholders)), ("sample", number(people.sample)),
    ])
  }

  private func outcome(_ line: Line) -> JSON {
    func range(_ state: String, _ floor: Figure, _ ceiling: Figure) -> [(String, JSON)] {
      [("state", .text(state)), ("floor", .text("\(floor)")), ("ceiling", .text("\(ceiling)"))]
    }
    switch line.outcome {
    case .scored(let figure):
      return .object([("state", .text("scored")), ("figure", .text("\(figure)"))])
    case .given(let figure, let source):
      return .object([("state", .text("given")), ("figure", .text("\(figure)")), ("source", .text(source))])
    case .notApplicable(let exemption):
      return .object([("state", .text("not_applicable"))] + fields(of: exemption))
    case .pending(let floor, let ceiling): return .object(range("pending", floor, ceiling))
    case .withheld(let missing, let floor, let ceiling):
      let isSaid = !line.isFewPeople(at: detail)
      return .object(
        range("withheld", floor, ceiling) + [
          ("missing", isSaid ? missing.map { .number($0) } ?? .null : .null)
        ])
    case .provisional(let floor, let ceiling): return .object(range("provisional", floor, ceiling))
    case .hidden(let band):
      guard let band, let maximum = line.maximum else { return .object([("state", .text("hidden"))]) }
      let (floor, ceiling) = band.ends(of: maximum)
      return .object([
        ("state", .text("hidden")), ("floor", .text(floor)), ("ceiling", .text(ceiling)),
      ])
    }
  }

  private func fields(of exemption: Exemption) -> [(String, JSON)] {
    switch exemption {
    case .kind: [("because", .text("kind"))]
    case .condition(let title): [("because", .text("condition")), ("condition", words(title))]
    case .round: [("because", .text("round"))]
    case .judged(let reason): [("because", .text("judged")), ("reason", .text(reason))]
    case .leftOut(let missing): [("because", .text("left_out")), ("missing", .text(missing.rawValue))]
    case .empty: [("because", .text("empty"))]
    case .text: [("because", .text("text"))]
    }
  }

  private func working(_ line: Line) -> JSON {
    let working = line.working
    var fields = basis(line)
    if !working.steps.isEmpty { fields.append(("steps", .list(working.steps.map(step)))) }
    if !working.reason.isEmpty { fields.append(("reason", .text(working.reason))) }
    return .object(fields)
  }

  private func basis(_ line: Line) -> [(String, JSON)] {
    func kind(_ name: String, _ more: (String, JSON)...) -> [(String, JSON)] {
      [("basis", .text(name))] + more
    }
    func keys(_ elements: [Element]) -> JSON { .list(elements.map { .text($0.key.text) }) }
    switch line.working.basis {
    case .nothing: return kind("nothing")
    case .given: return kind("given")
    case .zeroFor(let missing): return kind("zero", ("missing", .text(missing.rawValue)))
    case .judged(let isMet): return kind("judged", ("met", .flag(isMet)))
    case .option(let option): return kind("option", ("option", json(option)))
    case .between(let number, let low, let high):
      return kind("between", ("number", .text("\(number)")), ("lower", json(low)), ("upper", json(high)))
    case .elements(let present, let missing):
      return kind("elements", ("present", keys(present)), ("missing", keys(missing)))
    case .number(let number): return kind("number", ("number", .text("\(number)")))
    case .tally(let options, let counts): return kind("tally", tally(options, counts.map { Int($0) }))
    case .answers(let number): return kind("answers", ("answers", .number(number)))
    case .shown(let options, let counts, let number):
      return kind("answers", ("answers", .number(number)), tally(options, counts))
    case .hidden: return kind("hidden")
    case .mean: return kind("mean")
    case .sum: return kind("sum")
    case .shareOfMaximum: return kind("share_of_maximum")
    case .minimum: return kind("minimum")
    case .shareMet(let threshold):
      return kind("share_met", ("met_at", threshold.map { .text("\($0)") } ?? .null))
    }
  }

  /// How often each option was chosen; null where it is not told.
  private func tally(_ options: [Option], _ counts: [Int?]) -> (String, JSON) {
    let rows = zip(options, counts).map { option, count in
      JSON.object([
        ("option", .text(option.code.text)), ("points", option.points.map { .text("\($0)") } ?? .null),
        ("count", count.map { .number($0) } ?? .null),
      ])
    }
    return ("counts", .list(rows))
  }

  private func json(_ option: Option) -> JSON {
    .object([
      ("code", .text(option.code.text)), ("points", option.points.map { .text("\($0)") } ?? .null),
    ])
  }

  private func step(_ step: Working.Step) -> JSON {
    func kind(_ name: String, _ more: (String, JSON)...) -> JSON { .object([("step", .text(name))] + more) }
    switch step {
    case .worth(let points): return kind("worth", ("points", .text("\(points)")))
    case .stepped(let row):
      let bound: (String, JSON) =
        switch row.bound {
        case .atLeast(let value): ("at_least", .text("\(value)"))
        case .above(let value): ("above", .text("\(value)"))
        case .otherwise: ("otherwise", .flag(true))
        }
      return kind("table", bound, ("gives", .text("\(row.gives)")))
    case .interpolated(let knots):
      let points = knots.map { JSON.object([("at", .text("\($0.at)")), ("gives", .text("\($0.gives)"))]) }
      return kind("interpolated", ("points", .list(points)))
    case .deducted: return kind("deducted")
    case .capped(let cap): return kind("capped", ("at", .text("\(cap)")))
    case .raisedToZero: return kind("raised_to_zero")
    }
  }
}

public import Integrity

/// Random rubrics and assessments from a seed: everything the rubric language can say, in combinations nobody would
/// write, with respondents and points chosen so that ties at the rounding boundary are common.
public struct RandomRubric {
  private var random: SeededGenerator
  private var nodes = 0

  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A rubric without flaws, and what is known of one office by it.
  public static func pair(seed: UInt64) -> (rubric: Rubric, assessment: Assessment) {
    var source = RandomRubric(seed: seed)
    let rubric = source.rubric()
    return (rubric, source.assessment(by: rubric))
  }

  private mutating func pick<Value>(_ values: Value...) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func heading(_ prefix: String, weight: Weight?, canBePilot: Bool) -> Heading {
    nodes += 1
    let applies: Applicability =
      switch Int.random(in: 0..<14, using: &random) {
      case 0: Applicability(only: ["primary"])
      case 1: Applicability(except: ["primary"])
      case 2: Applicability(unless: "new")
      default: Applicability()
      }
    let name = "\(prefix)\(nodes)"
    return Heading(
      code: Code(name), key: Code("k\(nodes)"), title: Words(thai: "ข้อ \(nodes)", english: "Node \(nodes)"),
      weight: weight, isPilot: canBePilot && weight == nil && random.chance(4), applies: applies,
      rounding: random.chance(6)
        ? Rounding(places: Int.random(in: 0...4, using: &random), mode: pick(.halfUp, .halfEven, .down)) : nil
    )
  }

  /// Weights for so many siblings that sum to 100, or none.
  private mutating func weights(_ count: Int, isMean: Bool) -> [Weight?] {
    guard isMean, count > 1, random.chance(50) else { return Array(repeating: nil, count: count) }
    var rest = 100
    var weights: [Weight?] = []
    for index in 0..<count {
      let most = rest - (count - index - 1)
      let weight = index == count - 1 ? rest : Int.random(in: 1...max(1, most), using: &random)
      weights.append(Points(weight))
      rest -= weight
    }
    return weights
  }

  private mutating func scale() -> Scale {
    let points: [Int] = pick(
      [0, 33, 67, 100], [0, 20, 40, 60, 80, 100], [0, 100], [0, 25, 50, 75, 100], [0, 1, 3, 5])
    var options = points.enumerated().map { index, points in
      Option(code: "\(index + 1)", title: Words(thai: "ตัวเลือก", english: "Option"), points: Points(points))
    }
    if random.chance(20) {
      options.append(Option(code: "dk", title: Words(thai: "ไม่ทราบ", english: "Don't know"), points: nil))
    }
    return Scale(code: nil, options: options)
  }

  private mutating func levels() -> Scale {
    let options = (1...5).map { level in
      Option(
        code: "\(level)", title: Words(thai: "ระดับ \(level)", english: "Level \(level)"),
        points: Points((level - 1) * 25))
    }
    return Scale(code: "levels", options: options, isInterpolated: true)
  }

  private mutating func table(over most: Int) -> Conversion {
    let cuts = Set((0..<3).map { _ in Int.random(in: 1..<max(2, most), using: &random) }).sorted(by: >)
    if random.chance(50) {
      let steps = cuts.enumerated().map { index, cut in
        Conversion.Step(
          bound: random.chance(50) ? .atLeast(Points(cut)) : .above(Points(cut)),
          gives: Points(100 - index * 20))
      }
      return .steps(
        steps + [Conversion.Step(bound: .otherwise, gives: Points(Int.random(in: 0...9, using: &random)))])
    }
    let knots = [0] + cuts.reversed() + [most + 1]
    return .lines(knots.enumerated().map { Conversion.Knot(at: Points($1), gives: Points($0 * 25)) })
  }

  private mutating func disclosedForm(_ scale: Scale) -> (Form, [Element]) {
    let elements = (1...Int.random(in: 1...4, using: &random)).map { index in
      Element(key: Code("e\(index)"), title: Words(thai: "องค์ประกอบ \(index)", english: "Element \(index)"))
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return (.scale(self.scale(), isReversed: random.chance(40)), [])
    case 1: return (.scale(scale, isReversed: false), [])
    case 2: return (.checklist(.share), elements)
    case 3: return (.band(least: .zero, most: .hundred, step: Points(5)), [])
    case 4: return (.count(table(over: 12)), [])
    case 5: return (.stars(pick(4, 5)), [])
    default: return (.checklist(.all), elements)
    }
  }

  private mutating func item(_ scale: Scale, isAsked: Bool, weight: Weight?) -> Item {
    let heading = heading(isAsked ? "i" : "O", weight: weight, canBePilot: true)
    let due: [Code<Round>] = random.chance(10) ? ["q1"] : []
    let worth: Points? = random.chance(10) ? Points(pick(10, 120, 7)) : nil
    guard isAsked else {
      let (form, elements) = disclosedForm(scale)
      return Item(heading: heading, form: form, worth: worth, elements: elements, due: due)
    }
    let form = Form.scale(self.scale(), isReversed: random.chance(40))
    guard random.chance(30) else { return Item(heading: heading, form: form, worth: worth, due: due) }
    let count = Int.random(in: 2...3, using: &random)
    let weights = weights(count, isMean: true)
    let subItems = (0..<count).map { index in
      SubItem(
        code: Code(["a", "b", "c"][index]), title: Words(thai: "ข้อย่อย", english: "Part"),
        weight: weights[index],
        form: .scale(self.scale(), isReversed: random.chance(40)))
    }
    return Item(heading: heading, form: subItems[0].form, worth: worth, subItems: subItems, due: due)
  }

  private mutating func rule(deductions: Bool) -> Rule {
    let aggregate: Aggregate =
      switch Int.random(in: 0..<10, using: &random) {
      case 0: .sum
      case 1: .shareOfMaximum
      case 2: .minimum
      case 3: .shareMet(at: random.chance(50) ? Points(50) : nil)
      default: .mean
      }
    let deduction = deductions && random.chance(15) ? [deduction()] : []
    return Rule(
      aggregate: aggregate, conversion: random.chance(12) ? table(over: 100) : nil, deductions: deduction,
      cap: random.chance(8) ? Points(pick(80, 95)) : nil)
  }

  private mutating func deduction() -> Item {
    nodes += 1
    let heading = Heading(
      code: Code("D\(nodes)"), key: Code("k\(nodes)"), title: Words(thai: "หักคะแนน", english: "Deduction"))
    return Item(
      heading: heading, form: .band(least: .zero, most: Points(10), step: Points(millionths: 500_000)))
  }

  private mutating func parts(_ scale: Scale, isAsked: Bool, depth: Int, isMean: Bool) -> Parts {
    let count = Int.random(in: 1...3, using: &random)
    let weights = weights(count, isMean: isMean)
    guard depth > 0 else { return .items(weights.map { item(scale, isAsked: isAsked, weight: $0) }) }
    return .indicators(
      weights.map { weight in
        let heading = heading("n", weight: weight, canBePilot: true)
        let rule = rule(deductions: true)
        let parts = parts(
          scale, isAsked: isAsked, depth: Int.random(in: 0..<depth, using: &random),
          isMean: rule.aggregate == .mean)
        return Indicator(heading: heading, rule: rule, parts: parts)
      })
  }

  public mutating func rubric() -> Rubric {
    let scale = levels()
    let count = Int.random(in: 1...3, using: &random)
    let total = rule(deductions: true)
    let weights = weights(count, isMean: total.aggregate == .mean)
    let instruments = (0..<count).map { index in
      let isAsked = random.chance(50)
      let heading = heading("I", weight: weights[index], canBePilot: false)
      let rule = rule(deductions: true)
      let parts = parts(
        scale, isAsked: isAsked, depth: Int.random(in: 0...2, using: &random), isMean: rule.aggregate == .mean
      )
      return Instrument(
        heading: heading, method: isAsked ? .questionnaire(questionnaire()) : .disclosure, rule: rule,
        parts: parts)
    }
    func absence() -> Policy.Absence { pick(.incomplete, .incomplete, .zero, .leftOut) }
    return Rubric(
      code: "random", edition: "1", year: FiscalYear(2569), title: Words(thai: "สุ่ม", english: "Random"),
      kinds: [
        Named(code: "primary", title: Words(thai: "สพป.", english: "primary")),
        Named(code: "secondary", title: Words(thai: "สพม.", english: "secondary")),
      ],
      conditions: [Named(code: "new", title: Words(thai: "ตั้งใหม่", english: "New"))],
      rounds: [
        Named(code: "q1", title: Words(thai: "รอบ 1", english: "Round 1")),
        Named(code: "q2", title: Words(thai: "รอบ 2", english: "Round 2")),
      ],
      scales: [scale],
      policy: Policy(
        unjudged: absence(), unanswered: absence(), tooFew: absence(), smallestCount: 10,
        rounding: Rounding(places: pick(2, 2, 2, 1, 0, 3), mode: pick(.halfUp, .halfUp, .halfEven, .down))),
      instruments: instruments, total: total,
      levels: [
        Level(
          code: "high", title: Words(thai: "สูง", english: "High"), atLeast: Points(60),
          floors: [Level.Floor(node: instruments[0].code, atLeast: Points(50))]),
        Level(code: "low", title: Words(thai: "ต่ำ", english: "Low"), atLeast: .zero),
      ])
  }

  private mutating func questionnaire() -> Questionnaire {
    let least = Questionnaire.Least.number(pick(1, 1, 3, 8))
    guard random.chance(40) else {
      return Questionnaire(least: least, access: random.chance(50) ? .link : .codes)
    }
    let weights = weights(2, isMean: true)
    return Questionnaire(
      least: least,
      routes: weights.map { weight in
        nodes += 1
        let heading = Heading(
          code: Code("R\(nodes)"), key: Code("k\(nodes)"), title: Words(thai: "ส่วน", english: "Part"),
          weight: weight)
        return Route(heading: heading, least: pick(1, 2))
      })
  }

  public mutating func assessment(by rubric: Rubric) -> Assessment {
    let office = Office(
      code: "x", name: Words(thai: "หน่วยงาน", english: "Office"), kind: pick("primary", "secondary", nil),
      conditions: random.chance(20) ? ["new"] : [])
    var findings: [Code<Node>: Finding] = [:]
    for item in rubric.items.filter({ $0.instrument.questionnaire == nil }).map(\.item) + rubric.deductions {
      if let judgement = judgement(of: item) { findings[item.code] = Finding(judgement, reason: "seen") }
    }
    var given: [Code<Node>: Given] = [:]
    for line in rubric.outline where line.item == nil && random.chance(3) {
      let millionths = Int64.random(in: 0...100_000, using: &random) * 1000
      given[line.heading.code] = Given(figure: Points(millionths: millionths), source: "elsewhere")
    }
    return Assessment(
      office: office, round: random.chance(25) ? pick("q1", "q2") : nil, findings: findings,
      tallies: tallies(by: rubric), given: given)
  }

  private mutating func judgement(of item: Item) -> Judgement? {
    if random.chance(6) { return pick(nil, .pending, .notApplicable) }
    switch item.form {
    case .scale(let scale, _) where scale.isInterpolated:
      return .number(Points(millionths: Int64.random(in: 100...500, using: &random) * 10_000))
    case .scale, .stars: return item.form.options.randomElement(using: &random).map { .option($0.code) }
    case .checklist:
      if random.chance(40) { return random.chance(70) ? .met : .notMet }
      return .elements(Set(item.elements.map(\.key).filter { _ in random.chance(75) }))
    case .band(let least, let most, let step):
      let steps = (most - least).millionths / step.millionths
      return .number(
        Points(millionths: least.millionths + Int64.random(in: 0...steps, using: &random) * step.millionths))
    case .count: return .number(Points(Int.random(in: 0...14, using: &random)))
    case .text: return nil
    }
  }

  /// Round numbers of people now and then, so that means end in a five.
  private mutating func tallies(by rubric: Rubric) -> [Collected: Tally] {
    var tallies: [Collected: Tally] = [:]
    for instrument in rubric.instruments {
      guard let questionnaire = instrument.questionnaire else { continue }
      let routes: [Code<Node>?] = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { $0.code }
      for route in routes where !random.chance(8) {
        let people = pick(1, 2, 8, 16, 40, 80, 125, 200, Int.random(in: 1...400, using: &random))
        var counts: [Int] = []
        for question in rubric.questions(of: instrument.code) {
          var row = Array(repeating: 0, count: question.options.count)
          let answered = random.chance(4) ? 0 : people
          for _ in 0..<answered { row[Int.random(in: 0..<row.count, using: &random)] += 1 }
          counts += row
        }
        tallies[Collected(instrument.code, route: route)] = Tally(respondents: people, counts: counts)
      }
    }
    return tallies
  }
}

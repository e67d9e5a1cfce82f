import Integrity
import Testing

@Suite struct ScoringTests {
  @Test(
    arguments: [
      (["O1": Judgement.met, "O2": .met, "O3": .notMet], "66.67"),
      (["O1": .met, "O2": .notApplicable, "O3": .notMet], "50.00"),
      (["O1": .notApplicable, "O2": .notApplicable, "O3": .notApplicable], "n/a"),
      (["O1": .met, "O2": .met], "66.67…100.00"),
      (["O1": .met, "O2": .pending, "O3": .notMet], "33.33…66.67"),
    ] as [([Code<Node>: Judgement], String)])
  func `disclosures are averaged, and what is open is a range`(marks: [Code<Node>: Judgement], total: String)
  {
    let rubric = Small.disclosures([Small.disclosure("O1"), Small.disclosure("O2"), Small.disclosure("O3")])
    #expect(rubric.scorecard(of: Small.assessment(marks)).plain("total") == total)
  }

  @Test func `not applicable leaves the denominator and weights are shared out anew`() {
    let rubric = Small.disclosures([
      Small.disclosure("O1", weight: 50), Small.disclosure("O2", weight: 30),
      Small.disclosure("O3", weight: 20),
    ])
    let card = rubric.scorecard(of: Small.assessment(["O1": .notApplicable, "O2": .met, "O3": .notMet]))
    #expect(card.plain("total") == "60.00")
    #expect(card.line("O1")?.outcome == .notApplicable(.judged(reason: "because")))
    #expect(card.line("O2")?.share?.numerator == 3)
    #expect(card.line("O2")?.share?.denominator == 5)
  }

  @Test(
    arguments: [
      (nil, [], "n/a"), ("secondary", [], "n/a"), ("primary", [], "100.00"), ("primary", ["new"], "n/a"),
    ] as [(Code<OfficeKind>?, Set<Code<Condition>>, String)])
  func `an item applies by kind of office and by a stated condition`(
    kind: Code<OfficeKind>?, conditions: Set<Code<Condition>>, outcome: String
  ) {
    let rubric = Small.disclosures([
      Small.disclosure("O1", applies: Applicability(only: ["primary"], unless: "new")),
      Small.disclosure("O2"),
    ])
    let office = Small.office(kind: kind, conditions: conditions)
    let card = rubric.scorecard(of: Small.assessment(["O1": .met, "O2": .notMet], office: office))
    #expect(card.plain("O1") == outcome)
    #expect(card.plain("total") == (outcome == "n/a" ? "0.00" : "50.00"))
  }

  @Test func `a pilot is scored and shown and not counted`() {
    let rubric = Small.disclosures([Small.disclosure("O1"), Small.disclosure("P1", isPilot: true)])
    let card = rubric.scorecard(of: Small.assessment(["O1": .met, "P1": .notMet]))
    #expect(card.plain("P1") == "0.00")
    #expect(card.plain("total") == "100.00")
    #expect(card.line("P1")?.contribution == nil)
    // Nor does an open pilot leave the total open.
    #expect(rubric.scorecard(of: Small.assessment(["O1": .met])).plain("total") == "100.00")
  }

  @Test func `an item that is not due in the round does not count in it`() {
    let rubric = Small.disclosures([Small.disclosure("O1", due: ["q1"]), Small.disclosure("O2")])
    let marks: [Code<Node>: Judgement] = ["O1": .notMet, "O2": .met]
    #expect(rubric.scorecard(of: Small.assessment(marks, round: "q1")).plain("total") == "50.00")
    #expect(rubric.scorecard(of: Small.assessment(marks, round: "q2")).plain("total") == "100.00")
    #expect(rubric.scorecard(of: Small.assessment(marks)).plain("total") == "50.00")
  }

  @Test(
    arguments: [
      (Form.checklist(.all), Judgement.elements(["e1", "e2", "e3"]), "100.00"),
      (.checklist(.all), .elements(["e1", "e2"]), "0.00"),
      (.checklist(.share), .elements(["e1", "e2"]), "66.67"),
      (.checklist(.share), .elements([]), "0.00"),
      (.checklist(.all), .met, "100.00"),
      (.band(least: .zero, most: .hundred, step: Points(5)), .number(Points(85)), "85.00"),
      (.stars(5), .option("4"), "80.00"),
      (.scale(Small.scale(0, 33, 67, 100), isReversed: false), .option("2"), "33.00"),
      (.scale(Small.scale(0, 33, 67, 100), isReversed: true), .option("2"), "67.00"),
      (.scale(Small.scale(0, 100, nil), isReversed: false), .option("3"), "n/a"),
      (
        .count(
          .steps([.init(bound: .atLeast(Points(3)), gives: .zero), .init(bound: .otherwise, gives: .hundred)])
        ),
        .number(Points(3)), "0.00"
      ),
      (
        .count(.lines([.init(at: .zero, gives: .hundred), .init(at: Points(3), gives: .zero)])),
        .number(Points(1)),
        "66.67"
      ),
    ] as [(Form, Judgement, String)])
  func `every form of item gives its points`(form: Form, judgement: Judgement, figure: String) {
    let rubric = Small.disclosures([Small.disclosure("O1", form: form, elements: 3)])
    #expect(rubric.scorecard(of: Small.assessment(["O1": judgement])).plain("O1") == figure)
  }

  @Test func `a finding between two levels lies on the line between their points`() {
    let levels = Scale(
      code: "levels",
      options: [("1", 0), ("2", 20), ("3", 50), ("5", 100)].map {
        Option(code: Code($0.0), title: Small.words("level"), points: Points($0.1))
      }, isInterpolated: true)
    let rubric = Small.disclosures([Small.disclosure("O1", form: .scale(levels, isReversed: false))])
    for (number, figure) in [("1", "0.00"), ("2.5", "35.00"), ("4.1", "77.50"), ("5", "100.00")] {
      let mark = Judgement.number(Points(number) ?? .zero)
      #expect(rubric.scorecard(of: Small.assessment(["O1": mark])).plain("O1") == figure)
    }
  }

  @Test func `an item is worth the points the rubric says`() {
    let rubric = Small.disclosures(
      [
        Small.disclosure("O1", form: .band(least: .zero, most: .hundred, step: Points(5)), worth: 120),
        Small.disclosure("O2", worth: 80),
      ], rule: Rule(aggregate: .sum))
    let card = rubric.scorecard(of: Small.assessment(["O1": .number(Points(85)), "O2": .met]))
    #expect(card.plain("O1") == "102.00")
    #expect(card.plain("total") == "182.00")
    #expect(card.line("OIT")?.maximum == Figure(units: 20_000, places: 2))
  }

  @Test(
    arguments: [
      (Aggregate.mean, "60.00"), (.sum, "180.00"), (.minimum, "0.00"), (.shareOfMaximum, "60.00"),
      (.shareMet(at: nil), "33.33"), (.shareMet(at: Points(80)), "66.67"),
    ] as [(Aggregate, String)])
  func `parts are aggregated as the rubric says`(aggregate: Aggregate, figure: String) {
    let band = Form.band(least: .zero, most: .hundred, step: Points(5))
    let rubric = Small.disclosures(
      ["O1", "O2", "O3"].map { Small.disclosure($0, form: band) }, rule: Rule(aggregate: aggregate))
    let card = rubric.scorecard(
      of: Small.assessment(["O1": .number(.hundred), "O2": .number(Points(80)), "O3": .number(.zero)]))
    #expect(card.plain("OIT") == figure)
  }

  @Test func `points out of what is possible count only items that apply`() {
    let rubric = Small.disclosures(
      [
        Small.disclosure("O1", form: .scale(Small.scale(0, 1, 3, 5), isReversed: false)),
        Small.disclosure(
          "O2", form: .scale(Small.scale(0, 1, 3, 5), isReversed: false),
          applies: Applicability(only: ["primary"])),
      ], rule: Rule(aggregate: .shareOfMaximum))
    let marks: [Code<Node>: Judgement] = ["O1": .option("3"), "O2": .option("1")]
    #expect(
      rubric.scorecard(of: Small.assessment(marks, office: Small.office(kind: "primary"))).plain("OIT")
        == "30.00")
    #expect(
      rubric.scorecard(of: Small.assessment(marks, office: Small.office(kind: "secondary"))).plain("OIT")
        == "60.00")
  }

  @Test func `a step table reads the unrounded figure`() {
    // 89.995 is published as 90.00 and is still not above 90, nor at least 90.
    let steps = Conversion.steps([
      .init(bound: .atLeast(Points(90)), gives: Points(10)), .init(bound: .otherwise, gives: Points(9)),
    ])
    let rubric = Small.disclosures(
      [Small.disclosure("O1", form: .band(least: .zero, most: .hundred, step: Points(millionths: 5_000)))],
      rule: Rule(conversion: steps))
    #expect(
      rubric.scorecard(of: Small.assessment(["O1": .number(Points(millionths: 89_995_000))])).plain("OIT")
        == "9.00")
    #expect(rubric.scorecard(of: Small.assessment(["O1": .number(Points(90))])).plain("OIT") == "10.00")
  }

  @Test func `deductions and the cap come after the weighted sum, and nothing falls below zero`() {
    let deduction = Item(
      heading: Small.heading("D1"),
      form: .band(least: .zero, most: Points(10), step: Points(millionths: 500_000)))
    let rubric = Small.disclosures(
      [Small.disclosure("O1", form: .band(least: .zero, most: .hundred, step: Points(1)))],
      rule: Rule(deductions: [deduction], cap: Points(95)))
    func total(_ points: Int, _ less: String?) -> String {
      var marks: [Code<Node>: Judgement] = ["O1": .number(Points(points))]
      if let less { marks["D1"] = .number(Points(less) ?? .zero) }
      return rubric.scorecard(of: Small.assessment(marks)).plain("OIT")
    }
    #expect(total(90, "2.5") == "87.50")
    #expect(total(100, nil) == "95.00")
    #expect(total(100, "3") == "95.00")
    #expect(total(4, "10") == "0.00")
    // A deduction that is unknown or not applicable is none.
    #expect(
      rubric.scorecard(of: Small.assessment(["O1": .number(Points(50)), "D1": .notApplicable])).plain("OIT")
        == "50.00")
  }

  @Test func `the weights of instruments are shared out anew when one does not apply`() {
    // Korea's old index: 0.735/0.265 where there are no policy customers.
    let parts = [("A", 60), ("B", 25), ("C", 15)].map { code, weight in
      Instrument(
        heading: Small.heading(
          code, weight: weight, applies: code == "C" ? Applicability(except: ["secondary"]) : Applicability()),
        method: .disclosure, parts: .items([Small.disclosure("\(code)1")]))
    }
    let rubric = Small.rubric(parts)
    let marks: [Code<Node>: Judgement] = ["A1": .met, "B1": .notMet, "C1": .met]
    #expect(
      rubric.scorecard(of: Small.assessment(marks, office: Small.office(kind: "primary"))).plain("total")
        == "75.00")
    #expect(
      rubric.scorecard(of: Small.assessment(marks, office: Small.office(kind: "secondary"))).plain("total")
        == "70.59")
  }

  @Test func `a given figure stands for whatever is below it`() {
    let rubric = Small.disclosures([Small.disclosure("O1"), Small.disclosure("O2")])
    let card = rubric.scorecard(
      of: Small.assessment(["O1": .notMet], given: ["OIT": Points(millionths: 86_685_000)]))
    #expect(card.plain("total") == "86.69")
    #expect(card.line("OIT")?.outcome == .given(Figure(units: 8669, places: 2), source: "elsewhere"))
  }

  @Test
  func `full marks of a question that does not apply are the mean of its sub-items', to the last digit`() {
    let parts = [5, 100, 100].enumerated().map { index, most in
      SubItem(
        code: Code("\(index)"), title: Small.words("\(index)"),
        form: .scale(Small.scale(0, most), isReversed: false))
    }
    let question = Item(
      heading: Small.heading("i1", applies: Applicability(only: ["school"])), form: .text, subItems: parts)
    let given = Instrument(
      heading: Small.heading("IIT"), method: .questionnaire(Questionnaire()),
      parts: .indicators([Indicator(heading: Small.heading("n1"), parts: .items([question]))]))
    let rubric = Small.rubric([given], total: Rule(aggregate: .shareOfMaximum))
    // 41 of (5 + 100 + 100) ÷ 3.
    let card = rubric.scorecard(
      of: Small.assessment([:], office: Small.office(kind: "primary"), given: ["n1": Points(41)]))
    #expect(card.plain("total") == "60.00")
  }

  @Test(
    arguments: [
      (Policy.Absence.incomplete, "50.00…100.00"), (.zero, "50.00"), (.leftOut, "100.00"),
    ] as [(Policy.Absence, String)])
  func `a disclosure nobody judged follows the policy and says so`(absence: Policy.Absence, total: String) {
    let rubric = Small.disclosures(
      [Small.disclosure("O1"), Small.disclosure("O2")], policy: Policy(unjudged: absence))
    let card = rubric.scorecard(of: Small.assessment(["O1": .met]))
    #expect(card.plain("total") == total)
    let open = card.line("O2")
    switch absence {
    case .incomplete: #expect(card.plain("O2") == "pending")
    case .zero: #expect(open?.working.basis == .zeroFor(.judgement))
    case .leftOut: #expect(open?.outcome == .notApplicable(.leftOut(.judgement)))
    }
  }

  @Test func `each published figure carries its own rounding`() {
    let item = Item(
      heading: Small.heading("O1", rounding: Rounding(places: 0, mode: .down)),
      form: .band(least: .zero, most: .hundred, step: Points(millionths: 100_000)))
    let rubric = Small.disclosures([item], policy: Policy(rounding: Rounding(places: 1, mode: .halfEven)))
    let card = rubric.scorecard(of: Small.assessment(["O1": .number(Points(millionths: 86_900_000))]))
    #expect(card.plain("O1") == "86")
    #expect(card.plain("total") == "86.9")
  }
}

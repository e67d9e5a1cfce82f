import Specimen
import Testing

@testable import Integrity

/// The line of working beside a figure, from which it can be recomputed by hand.
@Suite struct ExplanationTests {
  private func says(_ form: Form, _ judgement: Judgement, worth: Int? = nil, elements: Int = 3) -> (
    String, String
  ) {
    let rubric = Small.disclosures([Small.disclosure("O1", form: form, worth: worth, elements: elements)])
    let line = rubric.scorecard(of: Small.assessment(["O1": judgement])).line("O1")
    return (
      line?.explanation(in: .thai, detail: .counts) ?? "",
      line?.explanation(in: .english, detail: .counts) ?? ""
    )
  }

  private static let levels = Scale(
    code: "levels",
    options: [1, 3].map { Option(code: "\($0)", title: Small.words("level \($0)"), points: Points($0 * 20)) },
    isInterpolated: true)

  @Test(
    arguments: [
      (Form.checklist(.all), Judgement.met, nil, "ผ่าน", "Met"),
      (.checklist(.all), .notMet, nil, "ไม่ผ่าน", "Not met"),
      (
        .checklist(.all), .elements(["e1"]), nil, "ครบ 1 จาก 3 องค์ประกอบ ขาด: element 2, element 3",
        "1 of 3 elements; missing: element 2, element 3"
      ),
      (.checklist(.share), .elements(["e1", "e2", "e3"]), nil, "ครบ 3 จาก 3 องค์ประกอบ", "3 of 3 elements"),
      (.scale(Small.scale(0, 50), isReversed: false), .option("2"), nil, "option 2 = 50", "option 2 = 50"),
      (
        .scale(levels, isReversed: false), .number(Points(2)), nil, "ระดับ 2 (1 = 20, 3 = 60)",
        "Level 2 (1 = 20, 3 = 60)"
      ),
      (
        .band(least: .zero, most: .hundred, step: Points(5)), .number(Points(85)), 120,
        "ค่า 85 · คะแนนเต็ม 120",
        "Value 85 · full marks 120"
      ),
      (
        .count(
          .steps([.init(bound: .atLeast(Points(3)), gives: .zero), .init(bound: .otherwise, gives: .hundred)])
        ),
        .number(Points(3)), nil, "ค่า 3 → ตาราง ≥ 3 = 0.00", "Value 3 → table ≥ 3 = 0.00"
      ),
      (
        .count(
          .steps([.init(bound: .above(Points(3)), gives: .zero), .init(bound: .otherwise, gives: .hundred)])),
        .number(Points(3)), nil, "ค่า 3 → ตาราง นอกนั้น = 100.00", "Value 3 → table otherwise = 100.00"
      ),
      (
        .count(.lines([.init(at: .zero, gives: .hundred), .init(at: Points(4), gives: .zero)])),
        .number(Points(1)), nil,
        "ค่า 1 → เทียบบัญญัติไตรยางศ์ตามตาราง = 75.00", "Value 1 → interpolated in the table = 75.00"
      ),
      (.checklist(.all), .notApplicable, nil, "ไม่เกี่ยวข้อง: because", "Not applicable: because"),
      (.checklist(.all), .pending, nil, "รอผล (0.00–100.00)", "Pending (0.00–100.00)"),
    ] as [(Form, Judgement, Int?, String, String)])
  func `an item says how it came to its points`(
    form: Form, judgement: Judgement, worth: Int?, thai: String, english: String
  ) {
    let said = says(form, judgement, worth: worth)
    #expect(said.0 == thai)
    #expect(said.1 == english)
  }

  @Test(
    arguments: [
      (Rule(), "(80.00 + 20.00) ÷ 2"), (Rule(aggregate: .sum), "80.00 + 20.00"),
      (Rule(aggregate: .shareOfMaximum), "(80.00 + 20.00) ÷ (100 + 100) × 100"),
      (Rule(aggregate: .minimum), "The least of 80.00, 20.00"),
      (Rule(aggregate: .shareMet(at: Points(50))), "1 of 2 reach it: 1 ÷ 2 × 100"),
      (Rule(cap: Points(40)), "(80.00 + 20.00) ÷ 2 → capped at 40 = 40.00"),
    ] as [(Rule, String)])
  func `a node says how its parts became its figure`(rule: Rule, text: String) {
    let band = Form.band(least: .zero, most: .hundred, step: Points(1))
    let rubric = Small.disclosures(["O1", "O2"].map { Small.disclosure($0, form: band) }, rule: rule)
    let card = rubric.scorecard(of: Small.assessment(["O1": .number(Points(80)), "O2": .number(Points(20))]))
    #expect(card.line("OIT")?.explanation(in: .english, detail: .counts) == text)
  }

  @Test func `deductions and the floor are said`() {
    let deduction = Item(
      heading: Small.heading("D1"), form: .band(least: .zero, most: Points(10), step: Points(1)))
    let rubric = Small.disclosures(
      [Small.disclosure("O1", form: .band(least: .zero, most: .hundred, step: Points(1)))],
      rule: Rule(deductions: [deduction]))
    let card = rubric.scorecard(of: Small.assessment(["O1": .number(Points(4)), "D1": .number(Points(10))]))
    #expect(
      card.line("OIT")?.explanation(in: .english, detail: .counts)
        == "The only part, 4.00 − 10.00 → never below 0 = 0.00")
    #expect(
      card.line("OIT")?.explanation(in: .thai, detail: .counts) == "ค่าเดียว 4.00 − 10.00 → ไม่ต่ำกว่า 0 = 0.00")
  }

  @Test func `thirds are said as fractions, tenths as decimals`() {
    let card = Small.disclosures(
      [
        Small.disclosure("O1", weight: 1), Small.disclosure("O2", weight: 2),
      ].map { $0 }, rule: Rule(hasRelativeWeights: true)
    ).scorecard(of: Small.assessment(["O1": .met, "O2": .notMet]))
    #expect(card.line("OIT")?.explanation(in: .english, detail: .counts) == "1/3 × 100.00 + 2/3 × 0.00")
    #expect(Phrases.share(Ratio(3, 10)) == "0.30")
    #expect(Phrases.share(Ratio(1, 8)) == "0.125")
    #expect(Phrases.share(.one) == "1.00")
    #expect(Phrases.share(nil) == "1")
  }

  @Test func `every state has its words in both languages`() {
    let figure = Figure(units: 100, places: 2)
    let outcomes: [Outcome] = [
      .given(figure, source: ""), .given(figure, source: "x"), .pending(floor: figure, ceiling: figure),
      .withheld(missing: 3, floor: figure, ceiling: figure),
      .withheld(missing: nil, floor: figure, ceiling: figure),
      .provisional(floor: figure, ceiling: figure), .notApplicable(.kind), .notApplicable(.round),
      .notApplicable(.condition(Small.words("x"))), .notApplicable(.judged(reason: "")),
      .notApplicable(.judged(reason: "y")), .notApplicable(.leftOut(.judgement)),
      .notApplicable(.leftOut(.answers)),
      .notApplicable(.leftOut(.respondents)), .notApplicable(.text),
    ]
    let thai = Set(outcomes.map { Phrases(language: .thai).state($0) })
    let english = Set(outcomes.map { Phrases(language: .english).state($0) })
    #expect(thai.count == outcomes.count)
    #expect(english.count == outcomes.count)
    #expect(
      english.allSatisfy {
        !$0.isEmpty && $0.unicodeScalars.allSatisfy { !(0x0E00...0x0E7F).contains($0.value) }
      })
    for missing in [Missing.judgement, .answers, .respondents] {
      #expect(Phrases(language: .thai).zero(for: missing).contains("เกณฑ์กำหนดให้เป็น 0"))
      #expect(Phrases(language: .english).zero(for: missing).contains("the rubric counts it as 0"))
    }
  }

  @Test func `no line of any scorecard is without words`() {
    for seed in 0..<200 {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed))
      rubric.scorecard(of: assessment).total.forEach { line in
        for language in Language.allCases {
          for detail in [Detail.counts, .published(smallestCount: 10)] {
            #expect(!line.explanation(in: language, detail: detail).isEmpty, "seed \(seed), \(line.id)")
          }
        }
      }
    }
  }

  @Test func `a scale of many options is tallied too`() {
    let scale = Scale(
      code: nil,
      options: (0...10).map { Option(code: "\($0)", title: Small.words("\($0)"), points: Points($0 * 10)) })
    let rubric = Small.questionnaire([Small.question("i1", scale), Small.question("i2", scale)])
    let answers = Answers(
      questions: rubric.questions(of: "IIT"), columns: [[11, 11, 1, 0], [0, 3, 3, 0]], bounds: [0, 4])
    let tally = answers.tallies(of: 0..<1)[0]
    #expect(tally.respondents == 3)
    #expect(tally.count(rubric.questions(of: "IIT")[0], 10) == 2)
    #expect(tally.count(rubric.questions(of: "IIT")[1], 2) == 2)
    #expect((tally + tally).respondents == 6)
  }

  @Test func `a judgement the form has no use for leaves the item open`() {
    for (form, judgement) in [
      (Form.checklist(.all), Judgement.number(Points(5))), (.checklist(.all), .option("x")),
      (.stars(5), .number(Points(3))),
      (.band(least: .zero, most: .hundred, step: Points(5)), .elements(["e1"])),
      (.scale(Small.scale(0, 100), isReversed: false), .option("9")),
    ] {
      let rubric = Small.disclosures([Small.disclosure("O1", form: form)])
      #expect(rubric.scorecard(of: Small.assessment(["O1": judgement])).plain("O1") == "pending")
    }
    let text = Small.disclosures([Small.disclosure("O1", form: .text), Small.disclosure("O2")])
    #expect(text.scorecard(of: Small.assessment(["O2": .met])).plain("total") == "100.00")
  }
}

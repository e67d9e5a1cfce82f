import Specimen
import Testing

@testable import Integrity

@Suite struct QuestionnaireTests {
  let scale = Small.scale(0, 33, 67, 100)

  @Test func `a question's figure is the mean over those who answered it`() {
    let rubric = Small.questionnaire([
      Small.question("i1", scale), Small.question("i2", scale, isReversed: true),
    ])
    let card = rubric.scorecard(
      of: Small.assessment([:], tallies: Small.answers(4, [1, 0, 1, 2, 3, 0, 0, 0])))
    #expect(card.plain("i1") == "66.75")
    #expect(card.plain("i2") == "100.00")
    #expect(card.plain("IIT") == "83.38")
  }

  @Test func `a question is the mean of its sub-items, each with its own polarity`() {
    let item = Item(
      heading: Small.heading("i11"), form: .scale(scale, isReversed: false),
      subItems: [
        SubItem(code: "a", title: Small.words("open"), form: .scale(scale, isReversed: false)),
        SubItem(code: "b", title: Small.words("favours"), form: .scale(scale, isReversed: true)),
      ])
    let card = Small.questionnaire([item]).scorecard(
      of: Small.assessment([:], tallies: Small.answers(3, [0, 0, 0, 2, 1, 2, 0, 0])))
    #expect(card.plain("i11.a") == "100.00")
    #expect(card.plain("i11.b") == "78.00")
    #expect(card.plain("i11") == "89.00")
  }

  @Test func `an answer that does not count is not averaged`() {
    let rubric = Small.questionnaire([Small.question("i1", Small.scale(0, 100, nil))])
    let card = rubric.scorecard(of: Small.assessment([:], tallies: Small.answers(9, [1, 1, 7])))
    #expect(card.plain("i1") == "50.00")
    #expect(card.line("i1")?.answers == 2)
  }

  @Test(
    arguments: [
      (Policy.Absence.incomplete, "withheld", "0.00…100.00"), (.zero, "0.00", "0.00"),
      (.leftOut, "n/a", "n/a"),
    ] as [(Policy.Absence, String, String)])
  func `a questionnaire below its least respondents follows the policy`(
    absence: Policy.Absence, instrument: String, total: String
  ) {
    let rubric = Small.questionnaire(
      [Small.question("i1", scale)], Questionnaire(least: .number(5)), policy: Policy(tooFew: absence))
    let card = rubric.scorecard(of: Small.assessment([:], tallies: Small.answers(4, [0, 0, 0, 4])))
    #expect(card.plain("IIT") == instrument)
    #expect(card.plain("i1") == instrument)
    #expect(card.plain("total") == total)
    #expect(card.line("IIT")?.people == People(respondents: 4, least: 5))
  }

  @Test func `too few respondents says how many are missing`() {
    let rubric = Small.questionnaire([Small.question("i1", scale)], Questionnaire(least: .number(5)))
    let card = rubric.scorecard(of: Small.assessment([:], tallies: Small.answers(2, [0, 0, 0, 2])))
    guard case .withheld(let missing, _, _) = card.line("IIT")?.outcome else {
      Issue.record("not withheld")
      return
    }
    #expect(missing == 3)
    #expect(card.missing == "IIT")
  }

  @Test(arguments: [
    (0, 0), (1, 1), (29, 29), (30, 30), (31, 30), (299, 30), (300, 30), (301, 31), (1_860, 186), (4_000, 400),
    (4_001, 400), (1_000_000, 400),
  ])
  func `the minimum sample follows the stakeholders`(stakeholders: Int, sample: Int) {
    let rule = Sample(everyoneUpTo: 30, share: Points(10), atLeast: 30, above: 4_000, then: 400)
    #expect(rule.minimum(ofStakeholders: stakeholders) == sample)
  }

  @Test func `the least may be the sample, and is unknown without a number of stakeholders`() {
    let sample = Sample(everyoneUpTo: 30, share: Points(10), atLeast: 30)
    let rubric = Small.questionnaire(
      [Small.question("i1", scale)], Questionnaire(least: .sample, sample: sample))
    func outcome(_ respondents: Int, _ stakeholders: [Code<Node>: Int]) -> String {
      rubric.scorecard(
        of: Small.assessment(
          [:], office: Small.office(stakeholders: stakeholders),
          tallies: Small.answers(respondents, [0, 0, 0, respondents]))
      ).plain("IIT")
    }
    #expect(outcome(30, ["IIT": 200]) == "100.00")
    #expect(outcome(29, ["IIT": 200]) == "withheld")
    #expect(outcome(29, ["IIT": 29]) == "100.00")
    #expect(outcome(500, [:]) == "withheld")
  }

  @Test func `routes of one instrument are scored apart and weighted`() {
    let routes = [("R1", 50, 1), ("R2", 50, 2)].map {
      Route(heading: Small.heading($0.0, weight: $0.1), least: $0.2)
    }
    let rubric = Small.rubric([
      Instrument(
        heading: Small.heading("EIT"),
        method: .questionnaire(Questionnaire(least: .number(3), routes: routes)),
        parts: .indicators([
          Indicator(heading: Small.heading("6"), parts: .items([Small.question("e1", scale)])),
          Indicator(heading: Small.heading("7"), parts: .items([Small.question("e2", scale)])),
        ]))
    ])
    let first = Small.answers(90, [0, 0, 0, 90, 90, 0, 0, 0], to: "EIT", route: "R1")
    let second = Small.answers(2, [2, 0, 0, 0, 2, 0, 0, 0], to: "EIT", route: "R2")
    let card = rubric.scorecard(of: Small.assessment([:], tallies: first.merging(second) { a, _ in a }))
    // Not by the number of people: 90 against 2 count alike.
    #expect(card.plain("6") == "50.00")
    #expect(card.plain("6@R1") == "100.00")
    #expect(card.plain("e1@R2") == "0.00")
    #expect(card.plain("EIT") == "25.00")
    let lone = rubric.scorecard(of: Small.assessment([:], tallies: first))
    #expect(lone.plain("6@R2") == "withheld")
    #expect(lone.plain("EIT") == "25.00…75.00")
  }

  @Test func `what too few answered is hidden from readers and not from the committee`() {
    let rubric = Small.questionnaire([Small.question("i1", scale), Small.question("i2", scale)])
    let card = rubric.scorecard(
      of: Small.assessment([:], tallies: Small.answers(12, [0, 0, 0, 12, 0, 0, 0, 9])))
    let detail = Detail.published(smallestCount: 10)
    let shown = card.shown(at: detail)
    #expect(shown.line("i2")?.isHidden == true && shown.line("i2")?.figure == nil)
    #expect(card.shown(at: .counts).line("i2")?.isHidden == false)
    #expect(
      shown.line("i2")?.explanation(in: .english, detail: detail)
        == "Not shown in detail, so that nobody's answer can be worked out")
    #expect(card.line("i1")?.explanation(in: .english, detail: .counts) == "(12 × 100) ÷ 12")
    // The two thresholds are apart: the figure stands, and counts in the instrument.
    #expect(shown.line("IIT")?.outcome.plain == "100.00")
    #expect(shown.line("IIT")?.explanation(in: .english, detail: detail) == "(… + …) ÷ 2")
  }

  @Test func `a column of answers is tallied office by office`() {
    let questions = Small.questionnaire([
      Small.question("i1", scale), Small.question("i2", Small.scale(0, 100, nil)),
    ])
    .questions(of: "IIT")
    let answers = Answers(
      questions: questions, columns: [[4, 4, 0, 1, 2], [2, 3, 3, 0, 1]], bounds: [0, 3, 3, 5])
    let tallies = answers.tallies(of: 0..<3)
    #expect(
      tallies.map(\.counts) == [[0, 0, 0, 2, 0, 1, 2], [0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 1, 0, 0]])
    // The third row of the first office says "don't know" and nothing else: no respondent.
    #expect(tallies.map(\.respondents) == [2, 0, 2])
  }

  @Test func `a tally of many rows overflows no counter`() {
    let rubric = Small.questionnaire([Small.question("i1", scale)])
    let rows = (0..<1000).map { UInt8($0 % 5) }
    let answers = Answers(questions: rubric.questions(of: "IIT"), columns: [rows], bounds: [0, 1000])
    #expect(answers.tallies(of: 0..<1)[0] == Tally(respondents: 800, counts: [200, 200, 200, 200]))
  }

  @Test(arguments: 0..<40)
  func `tallies are what counting one answer after the other gives`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let most = Int.random(in: 1...9, using: &random)
    let scale = Small.scale(of: (0...most).map { $0 == most ? nil : $0 })
    let questions = Small.questionnaire(["i1", "i2"].map { Small.question($0, scale) }).questions(of: "IIT")
    var bounds = [0]
    for _ in 0..<20 { bounds.append((bounds.last ?? 0) + Int.random(in: 0...40, using: &random)) }
    let columns = questions.map { question in
      (0..<(bounds.last ?? 0)).map { _ in
        UInt8(Int.random(in: 0...question.options.count, using: &random))
      }
    }
    let tallies = Answers(questions: questions, columns: columns, bounds: bounds).tallies(of: 3..<20)
    for (office, tally) in zip(3..<20, tallies) {
      let rows = bounds[office]..<bounds[office + 1]
      let counts = zip(questions, columns).flatMap { question, column in
        question.options.indices.map { option in rows.count { column[$0] == option + 1 } }
      }
      // The last option of each question does not count.
      let respondents = rows.count { row in columns.contains { $0[row] > 0 && $0[row] <= most } }
      #expect(tally == Tally(respondents: respondents, counts: counts))
    }
  }
}

extension Scorecard {
  fileprivate var missing: String {
    total.parts.filter { if case .withheld = $0.outcome { true } else { false } }.map(\.code.text).joined()
  }
}

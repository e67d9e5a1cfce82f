import Integrity
import Testing

/// What an office's own marks would give.
@Suite struct SelfCheckTests {
  private static let link = Evidence(.link("https://one.example"))

  private func submission(
    _ item: Code<Node>, version: Int = 1, isDisclosed: Bool?, note: String = "",
    evidence: [Evidence] = [link],
    elements: [Key] = []
  ) -> Submission {
    Submission(
      id: ID(1), office: "1", item: item, version: version, state: .draft, isDisclosed: isDisclosed,
      note: note,
      evidence: evidence, elements: elements.map { Coverage($0) })
  }

  @Test func `an own mark follows the answer, the evidence and the elements`() {
    let plain = Small.disclosure("O1")
    let detailed = Small.disclosure("O1", elements: 3)
    func mark(_ item: Item, _ submission: Submission) -> Judgement { submission.ownMark(for: item).judgement }
    #expect(mark(plain, submission("O1", isDisclosed: nil)) == .pending)
    #expect(mark(plain, submission("O1", isDisclosed: false, note: "x")) == .notMet)
    #expect(mark(plain, submission("O1", isDisclosed: true, evidence: [])) == .notMet)
    #expect(mark(plain, submission("O1", isDisclosed: true)) == .met)
    #expect(mark(detailed, submission("O1", isDisclosed: true)) == .elements([]))
    #expect(
      mark(detailed, submission("O1", isDisclosed: true, elements: ["e1", "e3", "other"]))
        == .elements(["e1", "e3"]))
  }

  @Test func `what an office cannot give itself is left open`() {
    let scale = Small.disclosure("O1", form: .scale(Small.scale(0, 50, 100), isReversed: false))
    #expect(submission("O1", isDisclosed: true).ownMark(for: scale).judgement == .pending)
    #expect(submission("O1", isDisclosed: true, evidence: []).ownMark(for: scale).judgement == .notMet)
    let named = Scale(
      code: nil,
      options: [
        Option(code: "fail", title: Small.words("fail"), points: .zero),
        Option(code: "pass", title: Small.words("pass"), points: .hundred),
      ])
    let choice = Small.disclosure("O1", form: .scale(named, isReversed: false))
    #expect(submission("O1", isDisclosed: true).ownMark(for: choice).judgement == .option("pass"))
  }

  @Test
  func `the scorecard of own marks leaves open what is not known, whatever the rubric puts in its place`() {
    let zero = Policy(unjudged: .zero, unanswered: .zero, tooFew: .zero)
    let items = [Small.disclosure("O1", form: .checklist(.share), elements: 4), Small.disclosure("O2")]
    let rubric = Small.rubric(
      [
        Instrument(heading: Small.heading("OIT"), method: .disclosure, parts: .items(items)),
        Instrument(
          heading: Small.heading("IIT"), method: .questionnaire(Questionnaire()),
          parts: .items([Small.question("i1", Small.scale(0, 100))])),
      ], policy: zero)
    let own = [
      submission("O1", isDisclosed: true, elements: ["e1", "e2", "e3"]),
      submission("O1", version: 2, isDisclosed: true, elements: ["e1"]),
    ]
    let card = SelfCheck.scorecard(of: Small.office(), by: rubric, from: own)
    #expect(card.line("O1")?.figure?.description == "25.00")
    guard case .pending = card.line("O2")?.outcome else {
      Issue.record("O2 was not begun, and is not open")
      return
    }
    // OIT lies between 12.5 and 62.5; of the questionnaire nothing is known.
    guard case .provisional(let floor, let ceiling) = card.standing else {
      Issue.record("the total is not open")
      return
    }
    #expect(floor.description == "6.25" && ceiling.description == "81.25")
  }

  @Test func `disclosures apply by kind and condition, also of what they stand below`() {
    let items = [
      Small.disclosure("O1", applies: Applicability(only: ["primary"])),
      Small.disclosure("O2", applies: Applicability(except: ["primary"])),
      Small.disclosure("O3", applies: Applicability(unless: "new")), Small.disclosure("O4"),
    ]
    let below = Indicator(
      heading: Small.heading("2", applies: Applicability(only: ["secondary"])),
      parts: .items([Small.disclosure("O5")]))
    let above = Indicator(heading: Small.heading("1"), parts: .items(items))
    let rubric = Small.rubric(
      [Instrument(heading: Small.heading("OIT"), method: .disclosure, parts: .indicators([above, below]))])
    func codes(_ kind: Code<OfficeKind>?, _ conditions: Set<Code<Condition>> = []) -> [Code<Node>] {
      rubric.disclosures(for: Small.office(kind: kind, conditions: conditions)).map(\.item.code)
    }
    #expect(codes("primary") == ["O1", "O3", "O4"])
    #expect(codes("secondary", ["new"]) == ["O2", "O4", "O5"])
    #expect(codes(nil) == ["O2", "O3", "O4"])
  }
}

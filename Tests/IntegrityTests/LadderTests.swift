import Integrity
import Testing

@Suite struct LadderTests {
  /// From 2566 on (method §4): a total, and for the two best levels each instrument as well.
  static let levels = [
    level("excellent", 95, each: 95), level("good", 85, each: 85), level("pass", 85), level("improve", 70),
    level("urgent", 0),
  ]

  private static func level(_ code: String, _ atLeast: Int, each: Int? = nil) -> Level {
    Level(
      code: Code(code), title: Small.words(code), atLeast: Points(atLeast),
      floors: each.map { each in
        ["IIT", "EIT", "OIT"].map { Level.Floor(node: Code($0), atLeast: Points(each)) }
      } ?? [])
  }

  static let rubric = Small.rubric(
    [("IIT", 30), ("EIT", 30), ("OIT", 40)].map { code, weight in
      Instrument(
        heading: Small.heading(code, weight: weight), method: .disclosure,
        parts: .items([Small.disclosure("\(code)1")]))
    }, levels: levels)

  private func card(_ given: [Code<Node>: String]) -> Scorecard {
    LadderTests.rubric.scorecard(of: Small.assessment([:], given: given.mapValues { Points($0) ?? .zero }))
  }

  @Test(arguments: [
    ("95", "95", "95", "excellent"), ("94.99", "95", "100", "good"), ("85", "85", "85", "good"),
    ("100", "84.99", "100", "pass"), ("84.994", "85", "85", "pass"), ("84.98", "84.98", "84.98", "improve"),
    ("69.99", "69.99", "69.99", "urgent"), ("0", "0", "0", "urgent"),
  ])
  func `the first level whose conditions the published figures meet`(
    iit: String, eit: String, oit: String, level: String
  ) {
    #expect(card(["IIT": iit, "EIT": eit, "OIT": oit]).level?.level.code.text == level)
  }

  @Test func `a figure between two closed bands is rounded first and so has a level`() {
    // 84.995 is published as 85.00: a ladder of closed bands has a hole there.
    let reached = card(["IIT": "84.995", "EIT": "84.995", "OIT": "84.995"])
    #expect(reached.plain("total") == "85.00")
    #expect(reached.level?.level.code == "good")
  }

  @Test func `94.64 is only a pass when EIT is below 85, and the card says what held it down`() {
    let reached = card(["IIT": "98", "EIT": "84", "OIT": "100"])
    #expect(reached.plain("total") == "94.60")
    #expect(reached.level?.level.code == "pass")
    #expect(reached.level?.heldBackBy == [Level.Floor(node: "EIT", atLeast: Points(85))])
  }

  @Test func `a condition on a node that does not apply is passed over`() {
    let rubric = Small.rubric(
      [("IIT", ["new"]), ("OIT", [])].map { code, unless in
        Instrument(
          heading: Small.heading(code, applies: Applicability(unless: unless.first.map { Code($0) })),
          method: .disclosure, parts: .items([Small.disclosure("\(code)1")]))
      },
      levels: [
        Level(
          code: "good", title: Small.words("good"), atLeast: Points(85),
          floors: [Level.Floor(node: "IIT", atLeast: Points(85))]),
        Level(code: "low", title: Small.words("low"), atLeast: .zero),
      ])
    let office = Small.office(conditions: ["new"])
    #expect(
      rubric.scorecard(of: Small.assessment(["OIT1": .met], office: office)).level?.level.code == "good")
    // Without the condition the instrument is open: no level, however high the other.
    #expect(rubric.scorecard(of: Small.assessment(["OIT1": .met])).level == nil)
  }

  @Test func `a total given from elsewhere has no level where a condition is not known`() {
    #expect(card(["total": "96"]).level == nil)
    #expect(card(["total": "96", "IIT": "90", "EIT": "90", "OIT": "90"]).level?.level.code == "good")
    #expect(card(["total": "80"]).level?.level.code == "improve")
  }

  @Test func `equal published figures share a rank, and the next is as many lower`() {
    let cards = [("a", "90"), ("b", "85.004"), ("c", "84.996"), ("d", "80")].map { code, figure in
      LadderTests.rubric.scorecard(
        of: Assessment(
          office: Office(
            code: Code(code), name: Small.words(code), kind: code < "c" ? "primary" : "secondary"),
          given: ["IIT", "EIT", "OIT"].reduce(into: [:]) {
            $0[$1] = Given(figure: Points(figure) ?? .zero, source: "")
          }))
    }
    let comparison = Comparison(cards.reversed(), by: LadderTests.rubric)
    #expect(cards.map { comparison.ranks[$0.office.code]?.overall } == [1, 2, 2, 4])
    #expect(cards.map { comparison.ranks[$0.office.code]?.withinKind } == [1, 2, 1, 2])
    #expect(
      comparison.mean(of: "total", kind: "primary", rounding: .hundredths)?.figure.description == "87.50")
    #expect(comparison.mean(of: "total", kind: nil, rounding: .hundredths) == nil)
  }

  @Test func `a rubric may rank by exact figures`() {
    let exact = Rubric(
      code: "x", edition: "1", year: FiscalYear(2569), title: Small.words("x"),
      policy: Policy(ranksExactly: true),
      instruments: LadderTests.rubric.instruments)
    let cards = [("b", "85.004"), ("c", "84.996")].map { code, figure in
      exact.scorecard(
        of: Assessment(
          office: Office(code: Code(code), name: Small.words(code)),
          given: ["IIT", "EIT", "OIT"].reduce(into: [:]) {
            $0[$1] = Given(figure: Points(figure) ?? .zero, source: "")
          }))
    }
    let comparison = Comparison(cards, by: exact)
    #expect(cards.map { comparison.ranks[$0.office.code]?.overall } == [1, 2])
  }

  @Test func `offices without a final score are not ranked and come last`() {
    let open = LadderTests.rubric.scorecard(
      of: Assessment(office: Office(code: "new", name: Small.words("new"))))
    let done = card(["IIT": "10", "EIT": "10", "OIT": "10"])
    let comparison = Comparison([open, done], by: LadderTests.rubric)
    #expect(comparison.ordered.map(\.office.code) == ["1", "new"])
    #expect(comparison.ranks["new"] == nil)
    #expect(comparison.passed(Points(85), rounding: .hundredths)?.of == 1)
    #expect(comparison.distribution(over: LadderTests.levels).map(\.offices) == [0, 0, 0, 0, 1])
  }
}

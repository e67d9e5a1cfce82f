import Testing

@testable import Integrity

/// What of people's answers a reader is shown.
@Suite struct ShowingTests {
  private let scale = Small.scale(0, 20, 40, 60, 80, 100)

  private func card(_ people: Int, _ counts: [Int], questions: Int = 3) -> Scorecard {
    let rubric = Small.questionnaire((1...questions).map { Small.question("i\($0)", scale) })
    return rubric.scorecard(of: Small.assessment([:], tallies: Small.answers(people, counts)))
  }

  private func plain(_ card: Scorecard, _ detail: Detail = .published(smallestCount: 10)) -> [String] {
    let shown = card.shown(at: detail)
    return ["IIT", "i1", "i2", "i3"].map { shown.line($0)?.outcome.plain ?? "" }
  }

  @Test func `where every question may be shown, all are`() {
    let card = card(60, [0, 0, 0, 20, 20, 20, 0, 0, 10, 20, 20, 10, 5, 5, 10, 10, 10, 20])
    #expect(plain(card) == ["71.67", "80.00", "70.00", "65.00"])
    #expect(
      card.shown(at: .published(smallestCount: 10)).line("i1")?.contribution == card.line("i1")?.contribution)
  }

  @Test func `where all answered one question alike, the others of its indicator are ranges`() {
    let card = card(60, [0, 0, 0, 0, 0, 60, 0, 0, 10, 20, 20, 10, 5, 5, 10, 10, 10, 20])
    #expect(plain(card) == ["78.33", "≥\u{A0}95\u{A0}%", "70–75\u{A0}%", "65–70\u{A0}%"])
    let shown = card.shown(at: .published(smallestCount: 10))
    #expect(["i1", "i2", "i3"].allSatisfy { shown.line(Code($0))?.contribution == nil })
    #expect(["i1", "i2", "i3"].allSatisfy { shown.line(Code($0))?.answers == nil })
    #expect(shown.line("IIT")?.figure == card.line("IIT")?.figure)
  }

  @Test func `nearly all and all read the same`() {
    let all = card(60, [0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 1, 59, 0, 0, 0, 0, 1, 59])
    let one = card(60, [0, 0, 0, 0, 1, 59, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 1, 59])
    #expect(
      all.shown(at: .published(smallestCount: 10)).total == one.shown(at: .published(smallestCount: 10)).total
    )
    #expect(plain(all).dropFirst().allSatisfy { $0 == "≥\u{A0}95\u{A0}%" })
    let none = card(60, [60, 0, 0, 0, 0, 0, 59, 1, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0])
    #expect(plain(none).dropFirst().allSatisfy { $0 == "≤\u{A0}5\u{A0}%" })
  }

  @Test func `a question few answered is not told, nor what the mean would give away of it`() {
    let card = card(60, [0, 0, 4, 0, 0, 0, 0, 0, 10, 20, 20, 10, 5, 5, 10, 10, 10, 20])
    #expect(plain(card) == ["58.33", "not shown", "70–75\u{A0}%", "65–70\u{A0}%"])
  }

  @Test func `a range that the mean would narrow to a point is not told`() {
    // 100, 100 and 94.67: the mean is the highest that the ranges allow.
    let card = card(60, [0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 16, 44])
    #expect(plain(card).dropFirst().allSatisfy { $0 == "not shown" })
  }

  @Test func `yes or no is shown only where enough said either`() {
    func figure(_ yes: Int) -> String {
      let scale = Small.scale(0, 100)
      let rubric = Small.questionnaire([Small.question("i1", scale), Small.question("i2", scale)])
      let card = rubric.scorecard(
        of: Small.assessment([:], tallies: Small.answers(120, [2 * (60 - yes), 2 * yes, 56, 64])))
      return card.shown(at: .published(smallestCount: 10)).line("i1")?.outcome.plain ?? ""
    }
    #expect(figure(50) == "83.33")
    #expect(figure(56) == "90–95\u{A0}%")
    #expect(figure(60) == "not shown", "the mean would say that it is nearly 100")
  }

  @Test func `where few chose an option that does not count, who answered is not told beside who came`() {
    func outcome(_ uncounted: Int) -> String {
      let scale = Small.scale(0, 20, 40, 60, 80, 100, nil)
      let rubric = Small.questionnaire([Small.question("i1", scale), Small.question("i2", self.scale)])
      let counts = [0, 10, 10, 10, 10, 20 - uncounted, uncounted] + [0, 10, 10, 10, 10, 20]
      let card = rubric.scorecard(of: Small.assessment([:], tallies: Small.answers(60, counts)))
      let line = card.shown(at: .published(smallestCount: 10)).line("i1")
      return line?.answers.map { "\($0)" } ?? "hidden"
    }
    #expect([0, 1, 9, 10, 15].map(outcome) == ["60", "hidden", "hidden", "50", "45"])
  }

  @Test func `a count that is left out cannot be found because it would have been told`() {
    // 17 people are left, who came to 680: 9, 6 and 2, or 10, 1 and 6; but then the 10 would stand there.
    let card = card(87, [9, 21, 37, 12, 6, 2, 10, 10, 10, 20, 20, 17, 15, 15, 15, 15, 15, 12])
    guard
      case .shown(_, let counts, 87)? = card.shown(at: .counted(smallestCount: 10)).line("i1")?.working.basis
    else {
      Issue.record("no counts")
      return
    }
    #expect(counts.allSatisfy { $0 == nil })
  }

  @Test func `a committee sees counts that are large enough, where the others stay open`() {
    let card = card(90, [3, 5, 7, 15, 25, 35, 10, 10, 10, 20, 20, 20, 15, 15, 15, 15, 15, 15])
    let shown = card.shown(at: .counted(smallestCount: 10))
    guard case .shown(_, let first, 90)? = shown.line("i1")?.working.basis,
      case .shown(_, let second, 90)? = shown.line("i2")?.working.basis
    else {
      Issue.record("no counts")
      return
    }
    #expect(first == [nil, nil, nil, 15, 25, 35] && second == [10, 10, 10, 20, 20, 20])
    // Two left out would follow from the mean.
    let two = self.card(90, [0, 5, 10, 25, 25, 25, 10, 10, 10, 20, 20, 20, 15, 15, 15, 15, 15, 15])
    guard case .shown(_, let none, 90)? = two.shown(at: .counted(smallestCount: 10)).line("i1")?.working.basis
    else {
      Issue.record("no counts")
      return
    }
    #expect(none.allSatisfy { $0 == nil })
  }

  @Test func `of a part that few answered nothing is told, nor of the other parts`() {
    let routes = ["R1", "R2"].map { Route(heading: Small.heading($0, weight: 50)) }
    let rubric = Small.rubric([
      Instrument(
        heading: Small.heading("EIT"), method: .questionnaire(Questionnaire(routes: routes)),
        parts: .indicators([
          Indicator(
            heading: Small.heading("6"),
            parts: .items([Small.question("e1", scale), Small.question("e2", scale)]))
        ]))
    ])
    let counts = [0, 10, 10, 10, 10, 10, 0, 10, 10, 10, 10, 10]
    let many = Small.answers(50, counts, to: "EIT", route: "R1")
    let few = Small.answers(4, counts.map { $0 / 10 }, to: "EIT", route: "R2")
    let card = rubric.scorecard(of: Small.assessment([:], tallies: many.merging(few) { a, _ in a }))
    let shown = card.shown(at: .published(smallestCount: 10))
    #expect(shown.line("6")?.figure == card.line("6")?.figure)
    shown.line("6")?.parts.forEach { part in
      part.forEach { #expect($0.isHidden && $0.people == nil && $0.contribution == nil, "\($0.id)") }
    }
  }

  // Everything that could have been answered.

  /// Every way in which so many people can have answered so many questions, told apart by what is published of it.
  @Test(arguments: [
    (people: 11, questions: 2, points: [0, 50, 100], smallest: 10), (9, 2, [0, 50, 100], 10),
    (100, 2, [0, 100], 10), (17, 3, [0, 100], 5), (5, 2, [0, 33, 67, 100], 4),
  ])
  func `of all that could have been answered, nothing protected follows from what is published`(
    people: Int, questions: Int, points: [Int], smallest: Int
  ) {
    let scale = Small.scale(of: points)
    let rubric = Small.questionnaire((1...questions).map { Small.question("i\($0)", scale) })
    let ways = Self.ways(people, points.count)
    var groups: [[String]: [[[Int]]]] = [:]
    for number in 0..<(0..<questions).reduce(1, { product, _ in product * ways.count }) {
      var rest = number
      let chosen = (0..<questions).map { _ -> [Int] in
        defer { rest /= ways.count }
        return ways[rest % ways.count]
      }
      let tallies = Small.answers(people, chosen.flatMap { $0 })
      let card = rubric.scorecard(of: Small.assessment([:], tallies: tallies))
      var told: [String] = []
      card.shown(at: .published(smallestCount: smallest)).total.forEach {
        told.append("\($0.outcome.plain) \($0.contribution?.description ?? "") \($0.answers ?? 0)")
      }
      groups[told, default: []].append(chosen)
    }
    var told: [String] = []
    // A figure of exactly 0 or 100 says so by itself.
    for (text, group) in groups where !["0.00", "100.00"].contains(text[1].prefix { $0 != " " }) {
      for question in 0..<questions {
        let all = group.map { $0[question] }
        guard let first = all.first else { continue }
        let isOne = all.allSatisfy { $0 == first }
        if isOne, people < smallest { told.append("few, \(first): \(text)") }
        if isOne, first.first == people || first.last == people { told.append("alike, \(first): \(text)") }
        for option in first.indices where first[option] > 0 && first[option] < smallest {
          if all.allSatisfy({ $0[option] == first[option] }) { told.append("\(option) of \(first): \(text)") }
        }
      }
    }
    #expect(told.isEmpty, "\(told.count) of \(groups.count): \(told.sorted().prefix(4))")
  }

  private static func ways(_ people: Int, _ options: Int) -> [[Int]] {
    if options == 1 { return [[people]] }
    return (0...people).flatMap { first in ways(people - first, options - 1).map { [first] + $0 } }
  }
}

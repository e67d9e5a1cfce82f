import Integrity

/// The questions under one indicator. Its figure is always shown, so they are the least that can be looked at alone:
/// whatever leaves that figure as it is changes nothing above or beside it.
struct Scene {
  let instrument: Code<Node>
  let indicator: Code<Node>
  /// The parts of the questionnaire; nil where it has none.
  let sides: [Code<Node>?]
  /// Of this indicator alone.
  let rubric: Rubric
  /// As the whole rubric asks them.
  let questions: [Question]
  /// What each weighs in the indicator's figure, by one part of the questionnaire.
  let weights: [Double]

  /// How often each option was chosen: part after part, question after question.
  typealias Counts = [[Int]]

  /// A question as one part of the questionnaire asks it is a place in these counts.
  var places: Range<Int> { 0..<sides.count * questions.count }

  func question(_ place: Int) -> Question { questions[place % questions.count] }
  func weight(_ place: Int) -> Double { weights[place % questions.count] }
  func side(_ place: Int) -> Int { place / questions.count }

  var isLone: Bool { questions.count == 1 }

  static func all(of rubric: Rubric) -> [Scene] {
    rubric.instruments.flatMap { instrument -> [Scene] in
      guard case .indicators(let indicators) = instrument.parts, instrument.questionnaire != nil else {
        return []
      }
      return indicators.map { Scene(of: rubric, instrument, $0) }
    }
  }

  private init(of whole: Rubric, _ instrument: Instrument, _ indicator: Indicator) {
    self.instrument = instrument.heading.code
    self.indicator = indicator.heading.code
    let routes = instrument.questionnaire?.routes.map { Optional($0.heading.code) } ?? []
    sides = routes.isEmpty ? [nil] : routes
    rubric = Rubric(
      code: whole.code, edition: whole.edition, year: whole.year, title: whole.title, kinds: whole.kinds,
      policy: whole.policy,
      instruments: [
        Instrument(
          heading: instrument.heading, method: instrument.method, rule: instrument.rule,
          parts: .indicators([indicator]))
      ])
    let items = indicator.parts.items.map(\.heading.code)
    let own = whole.questions(of: instrument.heading.code).filter { items.contains($0.item) }
    questions = own
    let parts = Double(items.count * sides.count)
    weights = own.map { question in 1 / (parts * Double(own.count { $0.item == question.item })) }
  }

  func counts(of office: Assessment) -> Counts {
    sides.flatMap { side -> Counts in
      let tally = office.tallies[Collected(instrument, route: side)]
      return questions.map { question in
        question.options.indices.map { tally?.count(question, $0) ?? 0 }
      }
    }
  }

  /// How many people answered each part.
  func people(of office: Assessment) -> [Int] {
    sides.map { office.tallies[Collected(instrument, route: $0)]?.respondents ?? 0 }
  }

  /// An office where people have answered so, scored by this indicator alone.
  func card(_ counts: Counts, _ office: Assessment) -> Scorecard {
    let people = people(of: office)
    var tallies: [Collected: Tally] = [:]
    for (index, side) in sides.enumerated() {
      let own = counts[index * questions.count..<(index + 1) * questions.count]
      tallies[Collected(instrument, route: side)] = Tally(
        respondents: people[index], counts: own.flatMap { $0 })
    }
    return rubric.scorecard(of: Assessment(office: office.office, tallies: tallies))
  }

  /// Something that must not be told: of how few answered a question, that all answered it alike, or how few chose an option.
  struct Cell {
    let place: Int
    /// nil for the question as a whole.
    let option: Int?
    let name: String

    func isOther(_ one: [Int], than other: [Int]) -> Bool {
      option.map { one[$0] != other[$0] } ?? (one != other)
    }
  }

  static let smallest = 10

  func cells(of counts: Counts) -> [Cell] {
    places.flatMap { place -> [Cell] in
      let (question, counts) = (question(place), counts[place])
      let scored = counts.indices.filter { question.options[$0].points != nil }
      let answers = scored.reduce(0) { $0 + counts[$1] }
      guard answers > 0, scored.count > 1 else { return [] }
      let name = "\(sides[side(place)].map { "\($0) " } ?? "")\(question.code) \(counts)"
      var cells: [Cell] = []
      if answers < Scene.smallest {
        cells.append(Cell(place: place, option: nil, name: "\(name) answered by \(answers)"))
      }
      let points = scored.map { question.options[$0].points ?? .zero }
      let ends = [points.min(), points.max()]
      if scored.contains(where: { counts[$0] == answers && ends.contains(question.options[$0].points) }) {
        cells.append(Cell(place: place, option: nil, name: "\(name) all alike"))
      }
      for option in counts.indices where counts[option] > 0 && counts[option] < Scene.smallest {
        cells.append(
          Cell(
            place: place, option: option,
            name: "\(name) option \(option + 1) chosen by \(counts[option])"))
      }
      return cells
    }
  }
}

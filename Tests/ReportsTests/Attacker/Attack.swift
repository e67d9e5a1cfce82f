import Integrity
import Specimen

/// Everything that is told of one office, against everything that might have been.
struct Attack {
  let rubric: Rubric
  let scenes: [Scene]
  /// What of a scorecard a reader is shown.
  private let shows: (Scorecard) -> Scorecard
  /// What it says.
  private let tells: (Scorecard) -> [String]

  init(
    _ rubric: Rubric, shows: @escaping (Scorecard) -> Scorecard, tells: @escaping (Scorecard) -> [String]
  ) {
    (self.rubric, self.shows, self.tells) = (rubric, shows, tells)
    scenes = Scene.all(of: rubric)
  }

  struct Outcome {
    /// What follows from what is told.
    var determined: [String] = []
    /// How much was protected, and what of it the indicator's figure says by itself.
    var cells = 0
    var said: [String] = []
    /// Other people of whom the same would be told.
    var other: Assessment
    var isOther = false
  }

  func run(_ office: Assessment) -> Outcome {
    let card = rubric.scorecard(of: office)
    let (shown, seen) = (shows(card), told(card))
    var outcome = Outcome(other: office)
    for scene in scenes {
      var people = OtherPeople(scene, of: office)
      let truth = people.truth
      let before = told(scene.card(truth, office))
      let said = scene.sides.map { isSaid(scene, $0, in: shown) }
      var open = scene.cells(of: truth).filter { !said[scene.side($0.place)] }
      outcome.cells += open.count
      var found: Scene.Counts?
      for cell in open where open.contains(where: { $0.name == cell.name }) {
        people.search(cell) { counts, isExact in
          guard counts != truth, told(scene.card(counts, office)) == before else { return false }
          // What stays exactly as it was changes nothing above it; what is merely near to it may.
          if !isExact, told(rubric.scorecard(of: with(counts, in: scene, office))) != seen { return false }
          if isExact { found = counts }
          open = open.filter { !$0.isOther(counts[$0.place], than: truth[$0.place]) }
          return true
        }
      }
      for cell in open {
        let name = "\(cell.name) in \(scene.indicator) \(truth)"
        if isSaidByFigures(cell, scene, office) {
          outcome.said.append(name)
        } else {
          outcome.determined.append(name)
        }
      }
      if let found {
        outcome.other = with(found, in: scene, outcome.other)
        outcome.isOther = true
      }
    }
    // All of them together are one office of other people.
    if told(rubric.scorecard(of: outcome.other)) != seen {
      outcome.determined.append("what is told of parts does not add up to what is told of the whole")
    }
    return outcome
  }

  private func told(_ card: Scorecard) -> [String] { tells(shows(card)) }

  /// A figure of exactly 0 or full marks, of a part, an indicator or anything above it, says so by itself.
  private func isSaid(_ scene: Scene, _ side: Code<Node>?, in shown: Scorecard) -> Bool {
    var isSaid = false
    shown.total.forEach { line in
      let isAbove =
        switch line.place {
        case .total: true
        case .instrument: line.code == scene.instrument
        case .indicator: line.code == scene.indicator
        case .route: line.code == side && line.route == side && isWithin(line, scene, shown)
        case .item, .subItem, .deduction: false
        }
      guard isAbove, let figure = line.figure, let maximum = line.maximum else { return }
      if figure.points == .zero || figure.points == maximum.points { isSaid = true }
    }
    return isSaid
  }

  private func isWithin(_ route: Line, _ scene: Scene, _ card: Scorecard) -> Bool {
    card.line(scene.indicator)?.parts.contains(route) ?? false
  }

  /// Whether the figures that are always shown, of the indicator and above it, say it without anything else: whoever else
  /// could have come to them has the same there. So it is where an indicator is a single question, and where a figure is
  /// nearer to 0 or full marks than one other answer would leave it.
  private func isSaidByFigures(_ cell: Scene.Cell, _ scene: Scene, _ office: Assessment) -> Bool {
    var people = OtherPeople(scene, of: office)
    let truth = people.truth
    let figure = scene.card(truth, office).line(scene.indicator)?.figure
    let figures = figures(rubric.scorecard(of: office))
    var isSaid = true
    people.search(cell) { counts, isExact in
      guard scene.card(counts, office).line(scene.indicator)?.figure == figure else { return false }
      if !isExact, self.figures(rubric.scorecard(of: with(counts, in: scene, office))) != figures {
        return false
      }
      isSaid = false
      return true
    }
    return isSaid
  }

  private func figures(_ card: Scorecard) -> [Figure?] {
    var figures: [Figure?] = []
    card.total.forEach { line in
      if [.total, .instrument, .indicator].contains(line.place) { figures.append(line.figure) }
    }
    return figures
  }

  /// The same office, where people have answered one indicator otherwise.
  private func with(_ counts: Scene.Counts, in scene: Scene, _ office: Assessment) -> Assessment {
    var tallies = office.tallies
    for (index, side) in scene.sides.enumerated() {
      let collected = Collected(scene.instrument, route: side)
      guard let tally = tallies[collected] else { continue }
      let all = rubric.questions(of: scene.instrument).flatMap { question -> [Int] in
        guard let own = scene.questions.firstIndex(of: question) else {
          return question.options.indices.map { tally.count(question, $0) }
        }
        return counts[index * scene.questions.count + own]
      }
      tallies[collected] = Tally(respondents: tally.respondents, counts: all)
    }
    return Assessment(office: office.office, findings: office.findings, tallies: tallies)
  }

  /// Offices of every kind: few people and many, of mixed opinion and of nearly one. In every other of them everybody
  /// has answered everything, as the form asks for.
  func office(_ seed: UInt64) -> Assessment {
    var random = SeededGenerator(seed: seed)
    let office = Office(
      code: Code("\(4000 + seed)"), name: Words(thai: "สำนักงาน", english: "Office"), kind: "primary")
    let opinions = [30, 60, 80, 88, 94, 97, 99]
    var respondents: [Code<Node>: Int] = [:]
    for instrument in rubric.instruments where instrument.questionnaire != nil {
      respondents[instrument.heading.code] =
        [6, 9, 12, 18, 25, 31, 40, 60, 90, 150][Int.random(in: 0..<10, using: &random)]
    }
    let character = SeededCycle.Character(
      staff: opinions[Int.random(in: 0..<7, using: &random)],
      public_: opinions[Int.random(in: 0..<7, using: &random)], disclosed: 80, respondents: respondents)
    let made = SeededCycle(rubric: rubric, seed: seed).assessment(of: office, character)
    return seed.isMultiple(of: 2) ? made : complete(made)
  }

  private func complete(_ office: Assessment) -> Assessment {
    var tallies = office.tallies
    for (collected, tally) in office.tallies {
      let counts = rubric.questions(of: collected.instrument).flatMap { question -> [Int] in
        var counts = question.options.indices.map { tally.count(question, $0) }
        if let most = counts.indices.max(by: { counts[$0] < counts[$1] }) {
          counts[most] += tally.respondents - counts.reduce(0, +)
        }
        return counts
      }
      tallies[collected] = Tally(respondents: tally.respondents, counts: counts)
    }
    return Assessment(office: office.office, findings: office.findings, tallies: tallies)
  }
}

extension Attack {
  /// The same office, where a question was answered by so few alone.
  func leavingOut(allBut number: Int, of code: String, _ office: Assessment) -> Assessment {
    var tallies = office.tallies
    for (collected, tally) in office.tallies {
      let counts = rubric.questions(of: collected.instrument).flatMap { question -> [Int] in
        var left = question.code == code ? number : .max
        return question.options.indices.map { option in
          let kept = min(left, tally.count(question, option))
          left -= kept
          return kept
        }
      }
      tallies[collected] = Tally(respondents: tally.respondents, counts: counts)
    }
    return Assessment(office: office.office, findings: office.findings, tallies: tallies)
  }
}

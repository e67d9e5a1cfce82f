import Documents
import Foundation
import Integrity
import Reports
import Specimen
import Testing

/// Somebody who has everything that is published of an office, knows the rule by which figures are held back, and tries to
/// find out what few people answered, or that all answered alike.
///
/// What they look for is not to be found if the same would have been published of people who answered otherwise. So for
/// each protected cell the test looks for such people, and has everything published of them, byte by byte.
@Suite struct AttackerTests {
  /// How many offices are made; a thousand in `make torture`.
  private static let offices = Int(ProcessInfo.processInfo.environment["ITA_OFFICES"] ?? "") ?? 60

  @Test(arguments: [("ita-2567", 4), ("ita-2564", 3), ("small", 3)])
  func `nothing published of random offices tells what few people answered`(
    name: String, tenths: Int
  ) throws {
    let offices = Self.offices * tenths / 10
    let attack = try Attack(Example.rubric(name)) {
      Self.lines(of: $0.shown(at: .published(smallestCount: 10)))
    }
    var told: [String] = []
    var cells = 0
    for seed in 0..<offices {
      let office = attack.office(UInt64(seed))
      let (determined, tried, other) = attack.run(office)
      told += determined.map { "office \(seed): \($0)" }
      cells += tried
      if seed.isMultiple(of: 10), let other { try expectSame(attack.rubric, office, other) }
    }
    #expect(told.isEmpty, "\(told.count) of \(cells): \(told.prefix(12))")
    #expect(cells > 20 * offices)
  }

  @Test func `nor do the counts that a committee sees`() throws {
    let attack = try Attack(Example.rubric()) { Self.lines(of: $0.shown(at: .counted(smallestCount: 10))) }
    let told = (0..<Self.offices / 6).flatMap { seed in
      attack.run(attack.office(UInt64(seed))).determined.map { "office \(seed): \($0)" }
    }
    #expect(told.isEmpty, "\(told.count): \(told.prefix(12))")
  }

  @Test func `hiding small numbers alone would not be enough, and the attacker finds that`() throws {
    let attack = try Attack(Example.rubric()) { card in
      var lines: [String] = []
      card.total.forEach { line in
        let isFew = line.answers.map { $0 < 10 } ?? false
        lines.append("\(line.id) \(isFew ? "" : line.figure?.description ?? "") \(line.answers ?? 0)")
      }
      return lines
    }
    let told = (0..<12).flatMap { attack.run(attack.office(UInt64($0))).determined }
    #expect(told.contains { $0.contains("all alike") })
    #expect(told.contains { $0.contains("answered by") })
    #expect(told.contains { $0.contains("chosen by") })
  }

  /// Everything that is told of an office's lines.
  private static func lines(of card: Scorecard) -> [String] {
    var lines = ["\(card.standing) \(card.level?.level.code.text ?? "")"]
    card.total.forEach { line in
      var people = "–"
      if let all = line.people, !line.isFewPeople(at: .published(smallestCount: 10)) {
        people = "\(all.respondents)"
      }
      var basis = ""
      switch line.working.basis {
      case .answers(let number): basis = "\(number)"
      case .shown(_, let counts, let number): basis = "\(number) \(counts)"
      case .hidden: basis = "hidden"
      case .tally: basis = "counts"
      default: break
      }
      lines.append(
        "\(line.id) \(line.outcome.plain) \(line.contribution?.description ?? "") \(people) \(basis)")
    }
    return lines
  }

  /// The page, the table, the data and the workbook of both are the same bytes.
  private func expectSame(_ rubric: Rubric, _ one: Assessment, _ other: Assessment) throws {
    let words = try Self.words.get()
    func report(_ assessment: Assessment) -> OfficeReport {
      let card = rubric.scorecard(of: assessment)
      return OfficeReport(
        rubric: rubric, scorecard: card, comparison: Comparison([card], by: rubric), year: rubric.year)
    }
    func texts(_ card: Scorecard) -> [String] {
      [
        ScorecardCSV.text(of: [card], smallestCount: 10),
        ScorecardJSON.text(of: [card], cycle: rubric.year, detail: .published(smallestCount: 10)),
        ScorecardText(rubric: rubric, year: rubric.year, language: .thai).one(card),
      ]
    }
    let (first, second) = (report(one), report(other))
    #expect(texts(first.scorecard) == texts(second.scorecard))
    #expect(first.data(words) == second.data(words))
    #expect(first.workbookData(words) == second.workbookData(words))
  }

  private static let words = Result { try Pages(Example.library).words(.thai) }
}

/// The search for people who answered otherwise.
private struct Attack {
  let rubric: Rubric
  /// What the attacker sees of a scorecard.
  let sees: (Scorecard) -> [String]
  private let blocks: [Block]

  /// Questions that are answered side by side under one figure that is always shown.
  fileprivate struct Block {
    let collected: Collected
    let indicator: Code<Node>
    /// With its weight in that figure.
    let questions: [(question: Question, place: Int, weight: Double)]
  }

  fileprivate struct Move {
    let question: Int
    let from: Int
    let to: Int
    /// What it changes in the block's figure.
    let change: Double
  }

  init(_ rubric: Rubric, _ sees: @escaping (Scorecard) -> [String]) {
    self.rubric = rubric
    self.sees = sees
    var blocks: [Block] = []
    for instrument in rubric.instruments {
      guard let questionnaire = instrument.questionnaire, case .indicators(let indicators) = instrument.parts
      else { continue }
      let all = rubric.questions(of: instrument.code)
      let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
      for indicator in indicators {
        let items = indicator.parts.items
        for route in routes {
          let questions = items.flatMap { item -> [(Question, Int, Double)] in
            let own = all.indices.filter { all[$0].item == item.code }
            return own.map { (all[$0], $0, 1 / Double(items.count * own.count)) }
          }
          blocks.append(
            Block(
              collected: Collected(instrument.code, route: route), indicator: indicator.heading.code,
              questions: questions))
        }
      }
    }
    self.blocks = blocks
  }

  /// Offices of every kind: few people and many, of mixed opinion and of nearly one.
  func office(_ seed: UInt64) -> Assessment {
    var random = SeededGenerator(seed: seed)
    let office = Office(
      code: Code("\(4000 + seed)"), name: Words(thai: "สำนักงาน", english: "Office"), kind: "primary")
    let opinions = [30, 60, 80, 88, 94, 97, 99]
    var respondents: [Code<Node>: Int] = [:]
    for instrument in rubric.instruments where instrument.questionnaire != nil {
      respondents[instrument.code] =
        [6, 9, 12, 18, 25, 31, 40, 60, 90, 150][Int.random(in: 0..<10, using: &random)]
    }
    let character = SeededCycle.Character(
      staff: opinions[Int.random(in: 0..<7, using: &random)],
      public_: opinions[Int.random(in: 0..<7, using: &random)], disclosed: 80, respondents: respondents)
    return SeededCycle(rubric: rubric, seed: seed).assessment(of: office, character)
  }

  typealias Counts = [Collected: [[Int]]]

  /// - Returns: what is told, how much was protected, and other people of whom the same would be published.
  func run(_ office: Assessment) -> (determined: [String], cells: Int, other: Assessment?) {
    let card = rubric.scorecard(of: office)
    let seen = sees(card)
    let truth = counts(of: office)
    var open = cells(of: truth).filter { !isSaid($0, in: card) }
    let all = open.count
    var other: Assessment?
    func tries(_ counts: Counts) {
      guard counts != truth else { return }
      let assessment = with(counts, office)
      guard sees(rubric.scorecard(of: assessment)) == seen else { return }
      other = assessment
      open = open.filter { $0.value(of: counts) == $0.value(of: truth) }
    }
    // Everywhere at once, without changing a single mean.
    var random = SeededGenerator(seed: 7)
    for _ in 0..<4 {
      var counts = truth
      for (collected, questions) in truth {
        let list = rubric.questions(of: collected.instrument)
        for place in questions.indices {
          if let moved = turned(questions[place], list[place], &random) { counts[collected]?[place] = moved }
        }
      }
      tries(counts)
    }
    for cell in open where open.contains(where: { $0.name == cell.name }) {
      guard let block = block(of: cell) else { continue }
      let now = truth[cell.collected] ?? []
      // Within the question alone.
      let question = rubric.questions(of: cell.collected.instrument)[cell.place]
      for _ in 0..<6 {
        guard let moved = turned(now[cell.place], question, &random) else { break }
        var counts = truth
        counts[cell.collected]?[cell.place] = moved
        tries(counts)
      }
      if !open.contains(where: { $0.name == cell.name }) { continue }
      for counts in exchanged(block, cell, truth) {
        tries(counts)
        if !open.contains(where: { $0.name == cell.name }) { break }
      }
    }
    return (open.map(\.name), all, other)
  }

  /// A figure of exactly 0 or 100 says so by itself; that of a lone question is the question's own.
  private func isSaid(_ cell: Cell, in card: Scorecard) -> Bool {
    guard let block = block(of: cell) else { return false }
    if block.questions.count == 1 { return true }
    let line = card.total.first {
      $0.code == block.indicator && ($0.place == .indicator || $0.place == .route)
        && $0.route == cell.collected.route
    }
    guard let figure = line?.figure, let maximum = line?.maximum else { return false }
    return figure.points == .zero || figure.points == maximum.points
  }

  private func block(of cell: Cell) -> Block? {
    blocks.first { $0.collected == cell.collected && $0.holds(cell.place) }
  }

  // Protected cells.

  private struct Cell {
    let collected: Collected
    let place: Int
    /// nil for the question as a whole.
    let option: Int?
    let name: String

    func value(of counts: Counts) -> [Int]? {
      guard let question = counts[collected]?[place] else { return nil }
      return option.map { [question[$0]] } ?? question
    }
  }

  private func cells(of counts: Counts) -> [Cell] {
    var cells: [Cell] = []
    for (collected, questions) in counts.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      let list = rubric.questions(of: collected.instrument)
      for (place, counts) in questions.enumerated() {
        let scored = counts.indices.filter { list[place].options[$0].points != nil }
        let answers = scored.reduce(0) { $0 + counts[$1] }
        let name = "\(collected.route.map { "\($0) " } ?? "")\(list[place].code) \(counts)"
        guard answers > 0, scored.count > 1 else { continue }
        if answers < 10 {
          cells.append(
            Cell(collected: collected, place: place, option: nil, name: "\(name) answered by \(answers)"))
        }
        let points = scored.map { list[place].options[$0].points ?? .zero }
        if scored.contains(where: { option in
          counts[option] == answers
            && [points.min(), points.max()].contains(list[place].options[option].points)
        }) {
          cells.append(Cell(collected: collected, place: place, option: nil, name: "\(name) all alike"))
        }
        for option in scored where counts[option] > 0 && counts[option] < 10 {
          cells.append(
            Cell(
              collected: collected, place: place, option: option,
              name: "\(name) option \(option + 1) chosen by \(counts[option])"))
        }
      }
    }
    return cells
  }

  // Other people.

  /// The same number of answers with the same mean; nil where there are none other near by.
  private func turned(
    _ counts: [Int], _ question: Question, _ random: inout SeededGenerator
  ) -> [Int]? {
    let points = question.options.map(\.points)
    var ways: [[Int]] = []
    let options = counts.indices.filter { points[$0] != nil }
    for a in options where counts[a] > 0 {
      for b in options where b >= a && counts[b] > (a == b ? 1 : 0) {
        for up in options where up != a {
          for down in options where down != b {
            guard let pa = points[a], let pb = points[b], let pu = points[up], let pd = points[down],
              pu - pa == pb - pd
            else { continue }
            var moved = counts
            moved[a] -= 1
            moved[b] -= 1
            moved[up] += 1
            moved[down] += 1
            if moved != counts { ways.append(moved) }
          }
        }
      }
    }
    return ways.randomElement(using: &random)
  }

  /// Somebody answers the cell's question otherwise, and one or two answer others so that the figure above stays.
  private func exchanged(_ block: Block, _ cell: Cell, _ truth: Counts) -> [Counts] {
    let now = truth[block.collected] ?? []
    func moves(_ wanted: (Int) -> Bool) -> [Move] {
      block.questions.filter { wanted($0.place) }.flatMap { question, place, weight -> [Move] in
        let answers = question.options.indices.reduce(0) {
          $0 + (question.options[$1].points == nil ? 0 : now[place][$1])
        }
        return question.options.indices.flatMap { from -> [Move] in
          guard now[place][from] > 0, let before = question.options[from].points else { return [] }
          return question.options.indices.compactMap { to in
            guard to != from, let after = question.options[to].points else { return nil }
            let points = Double((after - before).millionths) / 1_000_000
            return Move(question: place, from: from, to: to, change: points * weight / Double(answers))
          }
        }
      }
    }
    let own = moves { $0 == cell.place }.filter {
      cell.option == nil || $0.from == cell.option || $0.to == cell.option
    }
    let others = moves { $0 != cell.place }.sorted { $0.change < $1.change }
    var found: [(Double, [Move])] = []
    for move in own {
      for one in others.near(-move.change) { found.append((abs(move.change + one.change), [move, one])) }
      for one in others {
        for two in others.near(-move.change - one.change, within: 2) {
          found.append((abs(move.change + one.change + two.change) + 0.0001, [move, one, two]))
        }
      }
    }
    let best = found.sorted { $0.0 < $1.0 }.filter { $0.0 < 0.02 }
    let picked =
      best.prefix(40)
      + best.dropFirst(40).enumerated().filter { $0.offset % 17 == 0 }.prefix(60).map(\.element)
    return picked.compactMap { _, moves in
      var questions = now
      for move in moves {
        questions[move.question][move.from] -= 1
        questions[move.question][move.to] += 1
      }
      guard questions.allSatisfy({ $0.allSatisfy { $0 >= 0 } }) else { return nil }
      var counts = truth
      counts[block.collected] = questions
      return counts
    }
  }

  private func counts(of office: Assessment) -> Counts {
    Dictionary(
      uniqueKeysWithValues: office.tallies.map { collected, tally in
        (
          collected,
          rubric.questions(of: collected.instrument).map { question in
            question.options.indices.map { tally.count(question, $0) }
          }
        )
      })
  }

  private func with(_ counts: Counts, _ office: Assessment) -> Assessment {
    Assessment(
      office: office.office, findings: office.findings,
      tallies: Dictionary(
        uniqueKeysWithValues: counts.map { collected, questions in
          (
            collected,
            Tally(
              respondents: office.tallies[collected]?.respondents ?? 0, counts: questions.flatMap { $0 })
          )
        }))
  }
}

extension Attack.Block {
  fileprivate func holds(_ place: Int) -> Bool { questions.contains { $0.place == place } }
}

extension [Attack.Move] {
  /// Those whose change comes nearest, of moves in the order of their changes.
  fileprivate func near(_ change: Double, within count: Int = 4) -> ArraySlice<Attack.Move> {
    var (low, high) = (0, self.count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].change < change { low = middle + 1 } else { high = middle }
    }
    return self[Swift.max(0, low - count)..<Swift.min(self.count, low + count)]
  }
}

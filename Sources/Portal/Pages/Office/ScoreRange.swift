import Integrity
import Storage

/// The total an office may still reach before anybody has judged: what it has said itself, and what the calendar leaves
/// open. Every figure is a scorecard's.
struct ScoreRange: Sendable {
  /// What keeps the total from a level.
  struct Obstacle: Hashable, Sendable {
    let node: Code<Node>
    /// The most it can be if only what is ready is sent.
    let most: Figure
    /// What the level asks.
    let least: Points
    var isTotal: Bool { node == Node.total }
  }

  /// Everything ready is found to be there, and nobody answers a questionnaire.
  let floor: Figure
  /// Everything that is not ready yet becomes ready, is found to be there, and every answer is the best.
  let ceiling: Figure
  /// The most the total can be if only what is ready is sent.
  let today: Figure
  /// Full marks.
  let maximum: Figure
  /// The highest level within reach if only what is ready is sent; nil where none is.
  let level: Level?
  /// The level above it, and what keeps the total from it.
  let next: Level?
  let obstacles: [Obstacle]
  private let stakes: Stakes

  /// What finishing everything would add.
  var gain: Figure { ceiling - today }

  /// - Parameters:
  ///   - ready: what counts as sent: by item, the office's own mark.
  ///   - lost: what can no longer be sent.
  /// - Returns: nil where the total knows no bounds, such as where nothing applies.
  init?(
    of office: Office, by rubric: Rubric, ready: [Code<Node>: Finding], open: Set<Code<Node>>,
    lost: Set<Code<Node>>
  ) {
    let stakes = Stakes(of: office, by: rubric)
    let asked = Asked(stakes: stakes, ready: ready, open: open, lost: lost)
    guard let found = ScoreRange.known.value(asked, { ScoreRange(asked) }) else { return nil }
    self = found
  }

  /// All that a range depends on.
  private struct Asked: Hashable, Sendable {
    let stakes: Stakes
    let ready: [Code<Node>: Finding]
    let open: Set<Code<Node>>
    let lost: Set<Code<Node>>
  }

  /// An office looks at the same range all day: it changes with its disclosures.
  private static let known = Memo<Asked, ScoreRange?>(most: 1000)

  private init?(_ asked: Asked) {
    let (stakes, rubric, ready) = (asked.stakes, asked.stakes.rubric, asked.ready)
    let gone = Stakes.notMet(asked.lost)
    let later = stakes.card(ready.merging(gone) { $1 })
    let now = stakes.card(ready.merging(gone) { $1 }.merging(Stakes.notMet(asked.open)) { $1 })
    guard let ceiling = later.total.ceiling, let today = now.total.ceiling, let floor = now.total.floor,
      let maximum = now.total.maximum
    else { return nil }
    (self.floor, self.ceiling, self.today, self.maximum) = (floor, ceiling, today, maximum)
    self.stakes = stakes
    let reached = rubric.levels.firstIndex { ScoreRange.obstacles(to: $0, in: now).isEmpty }
    level = reached.map { rubric.levels[$0] }
    let above = (reached ?? rubric.levels.endIndex) - 1
    next = rubric.levels.indices.contains(above) ? rubric.levels[above] : nil
    obstacles = next.map { ScoreRange.obstacles(to: $0, in: now) } ?? []
  }

  /// Of an office as its pages show it: what is signed counts as sent, and while it may still be signed what is ready too.
  init?(_ desk: Registry.OfficeDesk, at now: Moment) {
    var ready: [Code<Node>: Finding] = [:]
    var (open, lost): (Set<Code<Node>>, Set<Code<Node>>) = ([], [])
    for work in desk.works {
      let isOpen = desk.cycle.phase(of: work.instrument, for: desk.office.code, at: now) <= .collecting
      if let submission = work.submission, work.state == .submitted || work.state == .ready && isOpen {
        ready[work.item.code] = submission.mark(for: work.item)
      } else if isOpen {
        open.insert(work.item.code)
      } else {
        lost.insert(work.item.code)
      }
    }
    self.init(of: desk.office, by: desk.rubric, ready: ready, open: open, lost: lost)
  }

  /// What is lost of the total where these disclosures are not met.
  func stake(of items: Set<Code<Node>>) -> Figure { stakes.loss(Stakes.notMet(items)) }
  func stake(of item: Code<Node>) -> Figure { stake(of: [item]) }

  /// What a questionnaire is worth as a whole.
  func stake(ofQuestionnaire code: Code<Node>) -> Figure { stakes.loss(ofInstrument: code) }

  /// The figure that keeps the total from a level, for each condition that cannot be met any more.
  private static func obstacles(to level: Level, in card: Scorecard) -> [Obstacle] {
    let conditions =
      [(node: Node.total, atLeast: level.atLeast)] + level.floors.map { (node: $0.node, atLeast: $0.atLeast) }
    return conditions.compactMap { condition in
      let line = condition.node == Node.total ? card.total : card.line(condition.node)
      guard let most = line?.ceiling, most.points < condition.atLeast else { return nil }
      return Obstacle(node: condition.node, most: most, least: condition.atLeast)
    }
  }
}

/// What parts of a total are worth: the difference of two scorecards, so that it holds under any rule.
struct Stakes: Hashable, Sendable {
  fileprivate let rubric: Rubric
  /// The office, but for what no score depends on: many are worth the same.
  private let office: Office

  /// What is asked of a place: what it is worth where these are found, or where an instrument gives nothing.
  private struct Asked: Hashable, Sendable {
    let stakes: Stakes
    let findings: [Code<Node>: Finding]
    var instrument: Code<Node>?
  }

  /// The most a total can be.
  private static let known = Memo<Asked, Figure?>(most: 10_000)

  init(of office: Office, by rubric: Rubric) {
    self.rubric = rubric.waiting
    self.office = Office(
      code: "", name: Words(thai: "", english: ""), kind: office.kind, stakeholders: office.stakeholders,
      conditions: office.conditions)
  }

  /// A rubric is told by what it is, not by what it says: two that are read from the same text are worked out twice.
  static func == (a: Stakes, b: Stakes) -> Bool { a.rubric === b.rubric && a.office == b.office }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(rubric))
    hasher.combine(office.kind)
    hasher.combine(office.stakeholders)
  }

  /// The scorecard if this were found and everything else were still open.
  fileprivate func card(_ findings: [Code<Node>: Finding]) -> Scorecard {
    rubric.scorecard(of: Assessment(office: office, findings: findings))
  }

  private func most(_ asked: Asked) -> Figure? {
    Stakes.known.value(asked) {
      let given = asked.instrument.map { [$0: Given(figure: .zero, source: "")] } ?? [:]
      let assessment = Assessment(office: office, findings: asked.findings, given: given)
      return rubric.scorecard(of: assessment).total.ceiling
    }
  }

  /// What these findings take off the most the total can be.
  func loss(_ findings: [Code<Node>: Finding]) -> Figure { loss(Asked(stakes: self, findings: findings)) }

  /// What an instrument adds to the most the total can be.
  func loss(ofInstrument code: Code<Node>) -> Figure {
    loss(Asked(stakes: self, findings: [:], instrument: code))
  }

  private func loss(_ asked: Asked) -> Figure {
    guard let full = most(Asked(stakes: self, findings: [:])), let rest = most(asked) else {
      return Figure(units: 0, places: rubric.policy.rounding.places)
    }
    return full - rest
  }

  static func notMet(_ items: Set<Code<Node>>) -> [Code<Node>: Finding] {
    Dictionary(items.map { ($0, Finding(.notMet)) }) { a, _ in a }
  }
}

extension Submission {
  /// How it counts in a range: met or not by the office's own mark, and open where the office itself leaves something
  /// out, since an assessor may find it all the same.
  fileprivate func mark(for item: Item) -> Finding {
    if isDisclosed == false { return Finding(.notMet) }
    let own = ownMark(for: item)
    guard case .elements(let shown) = own.judgement, shown.count < item.elements.count else { return own }
    return Finding(.pending)
  }
}

extension Line {
  /// The least it may turn out to be; nil where it does not apply.
  var floor: Figure? { bounds?.floor }
  /// The most it may turn out to be.
  var ceiling: Figure? { bounds?.ceiling }

  private var bounds: (floor: Figure, ceiling: Figure)? {
    switch outcome {
    case .scored(let figure), .given(let figure, _): (figure, figure)
    case .pending(let floor, let ceiling), .provisional(let floor, let ceiling),
      .withheld(_, let floor, let ceiling):
      (floor, ceiling)
    case .notApplicable, .hidden: nil
    }
  }
}

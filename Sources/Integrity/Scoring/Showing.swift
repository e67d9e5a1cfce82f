/// What a reader is shown of a scorecard. Pages, tables, workbooks and data are made of this and of nothing else, so what
/// may be said of people's answers is decided here alone.
///
/// Questions that are answered side by side, under one indicator or one part of it, stand and fall together: the mean
/// above them is always shown, so a figure that is held back alone could be worked out from the others. Where each of them
/// may be shown, all are. Where one may not, none is: each reads as a range of five per cent, or as nothing.
extension Scorecard {
  public func shown(at detail: Detail) -> Scorecard {
    if case .counts = detail { return self }
    return Scorecard(
      rubric: rubric, office: office, standing: standing, level: level,
      total: Showing(detail: detail).shown(total), exactTotal: exactTotal)
  }
}

/// Between which shares of full marks a figure lies that is not told, in per cent.
public struct Band: Hashable, Sendable {
  public let from: Int
  public let to: Int

  /// As wide as they are, and as near to unanimous as no share is told.
  static let width = 5
  static let low = Band(from: 0, to: width)
  static let high = Band(from: 100 - width, to: 100)

  /// Without words: `≥ 95 %`, `≤ 5 %`, `80–85 %`.
  public var text: String {
    if self == .high { return "≥\u{A0}\(from)\u{A0}%" }
    if self == .low { return "≤\u{A0}\(to)\u{A0}%" }
    return "\(from)–\(to)\u{A0}%"
  }
}

extension Line {
  /// Whether it is held back: its figure, its part of the total and how it came about.
  public var isHidden: Bool {
    if case .hidden = outcome { true } else { false }
  }

  /// Whether people were asked for it and answered.
  var isAnswered: Bool {
    switch working.basis {
    case .tally, .answers, .shown, .hidden: true
    default: false
    }
  }

  fileprivate func with(
    outcome: Outcome? = nil, contribution: Figure?, working: Working? = nil, people: People?, parts: [Line]
  ) -> Line {
    Line(
      place: place, heading: heading, route: route, rounding: rounding, outcome: outcome ?? self.outcome,
      maximum: maximum, share: share, contribution: contribution, working: working ?? self.working,
      people: people, parts: parts)
  }
}

/// Goes through the lines of one scorecard.
private struct Showing {
  let detail: Detail

  /// A figure whose range is wider than this after everything around it was read is not told by it.
  private static let widthLeft: Int128 = 2_500_000

  func shown(_ line: Line) -> Line {
    // What a figure that was given would have been made of is not part of it, but may be read all the same.
    let routes = line.parts.filter { $0.place == .route }
    if routes.contains(where: isFew) {
      return line.with(contribution: line.contribution, people: line.people, parts: line.parts.map(hidden))
    }
    let items = line.parts.filter { $0.place == .item }
    guard items.contains(where: { !leaves(of: $0).isEmpty }) else {
      return line.with(contribution: line.contribution, people: line.people, parts: line.parts.map(shown))
    }
    let isOpen = items.allSatisfy { leaves(of: $0).allSatisfy { mayShow($0) } }
    let bands = isOpen ? [:] : bands(of: items, under: line)
    let parts = line.parts.map { part in
      guard part.place == .item, !leaves(of: part).isEmpty else { return part }
      return isOpen ? open(part) : hidden(part, bands[part.code])
    }
    return line.with(contribution: line.contribution, people: line.people, parts: parts)
  }

  /// A part of a questionnaire that some answered, but few: what they said follows from the other parts.
  private func isFew(_ route: Line) -> Bool {
    guard let people = route.people else { return false }
    return people.respondents > 0 && people.respondents < detail.smallestCount
  }

  private func hidden(_ line: Line) -> Line { hidden(line, nil) }

  /// Nothing of it, nor of what is below it, is told but the range.
  private func hidden(_ line: Line, _ band: Band?) -> Line {
    switch line.outcome {
    case .notApplicable, .given, .pending, .withheld:
      return line.with(contribution: nil, people: nil, parts: line.parts.map(hidden))
    case .scored, .provisional, .hidden:
      return line.with(
        outcome: .hidden(band), contribution: nil, working: Working(.hidden), people: nil,
        parts: line.parts.map(hidden))
    }
  }

  /// A question that may be shown, with as many counts as the reader sees.
  private func open(_ line: Line) -> Line {
    var working = line.working
    if case .tally(let options, let counts) = working.basis {
      let basis: Working.Basis =
        detail.hasCounts
        ? .shown(options: options, counts: told(options, counts), answers: line.answers ?? 0)
        : .answers(line.answers ?? 0)
      working = Working(basis, steps: working.steps, reason: working.reason)
    }
    return line.with(
      contribution: line.contribution, working: working, people: line.people, parts: line.parts.map(open))
  }

  // Questions.

  private func leaves(of item: Line) -> [Leaf] {
    if let leaf = Leaf(item) { return [leaf] }
    return item.parts.compactMap(Leaf.init)
  }

  /// Enough answers, not near to unanimous, and not of a kind that says how few chose an option.
  private func mayShow(_ leaf: Leaf) -> Bool {
    let smallest = detail.smallestCount
    return leaf.answers >= smallest && (leaf.uncounted == 0 || leaf.uncounted >= smallest)
      && !leaf.isNearEnd && !leaf.tells(fewerThan: smallest)
  }

  /// How often each option was chosen, as far as it may be told; nil for the others.
  private func told(_ options: [Option], _ counts: ArraySlice<Int32>) -> [Int?] {
    let smallest = detail.smallestCount
    let told = counts.map { Int($0) >= smallest ? Int($0) : nil }
    let all = zip(options, counts).filter { $0.0.points != nil }
    let left = zip(options, counts).filter { $0.0.points != nil && Int($0.1) < smallest }
    if left.isEmpty { return told }
    // Those who are left must be as many as may be told, and must have had a choice: none of their options can have been
    // chosen by as many as are told, since it would be.
    let rest = Leaf(points: left.compactMap { $0.0.points?.millionths }, counts: left.map { Int($0.1) })
    let isSafe =
      rest.answers >= smallest && left.count > 2 && !rest.tells(fewerThan: smallest, atMost: smallest - 1)
    return isSafe || all.isEmpty ? told : counts.map { _ in nil }
  }

  // Ranges.

  /// In which range each of some questions lies; nothing where that would say more than a range.
  private func bands(of items: [Line], under parent: Line) -> [Code<Node>: Band] {
    guard parent.working.basis == .mean, let mean = percent(parent) else { return [:] }
    // Where all of them could stand at the inner end of their range, none is told, whether they do or not.
    let edges = [(5_000_000 - Self.widthLeft)...5_000_000, 95_000_000...(95_000_000 + Self.widthLeft)]
    if edges.contains(where: { $0.contains(mean) }) { return [:] }
    var bands: [Code<Node>: Band] = [:]
    for item in items { bands[item.code] = band(of: item) }
    let counted = items.filter { $0.share != nil && !$0.isPilot }
    let own = counted.map { bands[$0.code] }
    // All near to the same end: the mean says as much.
    if own.allSatisfy({ $0 == .high }) || own.allSatisfy({ $0 == .low }) { return bands }
    guard counted.allSatisfy({ $0.maximum?.points == parent.maximum?.points }) else { return [:] }
    // What everybody can work out: each lies within its range, and within what the mean leaves of it.
    let shares = counted.map { $0.share ?? .one }
    let common = shares.reduce(Int128(1)) {
      $0 * Int128($1.denominator) / Showing.divisor($0, $1.denominator)
    }
    let weights = shares.map { common / Int128($0.denominator) * Int128($0.numerator) }
    let lows = own.map { Int128($0?.from ?? 0) * 1_000_000 }
    let highs = own.map { Int128($0?.to ?? 100) * 1_000_000 }
    let lowest = zip(weights, lows).reduce(0) { $0 + $1.0 * $1.1 }
    let highest = zip(weights, highs).reduce(0) { $0 + $1.0 * $1.1 }
    for (weight, (low, high)) in zip(weights, zip(lows, highs)) where weight > 0 {
      let least = (mean * common - (highest - weight * high)) / weight
      let most = (mean * common - (lowest - weight * low)) / weight
      if min(most, high) - max(least, low) < Showing.widthLeft { return [:] }
    }
    return bands
  }

  private func band(of item: Line) -> Band? {
    let leaves = leaves(of: item)
    let asked = item.parts.filter { $0.place == .subItem }
    guard asked.isEmpty || leaves.count == asked.count, let percent = percent(item),
      leaves.allSatisfy({ $0.answers >= detail.smallestCount && $0.isFine })
    else { return nil }
    let edge = Int128(Band.width) * 1_000_000
    if percent <= edge { return .low }
    if percent >= 100_000_000 - edge { return .high }
    let from = Int(percent / edge) * Band.width
    return Band(from: from, to: from + Band.width)
  }

  /// Of full marks, in millionths of a per cent.
  private func percent(_ line: Line) -> Int128? {
    guard let figure = line.figure, let maximum = line.maximum, maximum.points > .zero else { return nil }
    return Int128(figure.points.millionths) * 100_000_000 / Int128(maximum.points.millionths)
  }

  private static func divisor(_ a: Int128, _ b: Int64) -> Int128 {
    var (a, b) = (a, Int128(b))
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

/// How one question was answered.
private struct Leaf {
  /// Of the options that count, in millionths, and how often each was chosen.
  let points: [Int64]
  let counts: [Int]
  let answers: Int
  let sum: Int128
  /// How many chose an option that does not count, such as that they cannot say: all respondents less those who are
  /// told beside the figure.
  let uncounted: Int

  init(points: [Int64], counts: [Int], uncounted: Int = 0) {
    self.points = points
    self.counts = counts
    self.uncounted = uncounted
    answers = counts.reduce(0, +)
    sum = zip(points, counts).reduce(0) { $0 + Int128($1.0) * Int128($1.1) }
  }

  init?(_ line: Line) {
    guard case .tally(let options, let counts) = line.working.basis else { return nil }
    let scored = zip(options, counts).filter { $0.0.points != nil }
    let others = zip(options, counts).filter { $0.0.points == nil }
    self.init(
      points: scored.map { $0.0.points?.millionths ?? 0 }, counts: scored.map { Int($0.1) },
      uncounted: others.reduce(0) { $0 + Int($1.1) })
  }

  private var least: Int64 { points.min() ?? 0 }
  private var most: Int64 { points.max() ?? 0 }
  private var range: Int128 { Int128(most - least) }

  /// Within a band's width of all having chosen the best, or the worst.
  var isNearEnd: Bool {
    guard range > 0, answers > 0 else { return false }
    let above = (sum - Int128(least) * Int128(answers)) * 100
    let whole = range * Int128(answers)
    return above <= Int128(Band.width) * whole || above >= Int128(100 - Band.width) * whole
  }

  /// Whether one answer moves the figure by no more than a fifth of a range, so that what is left of one still holds
  /// several figures.
  var isFine: Bool {
    let rising = points.sorted()
    let step = zip(rising, rising.dropFirst()).map { $1 - $0 }.max() ?? 0
    return Int128(step) * 500 <= Int128(Band.width) * range * Int128(answers)
  }

  /// How many ways are tried before it counts as told.
  private static let patience = 20_000

  /// Whether the figure and the number of answers leave but one way for an option that somebody chose, and fewer than so
  /// many. It depends on these two alone: whoever knows the rule learns nothing from what it decides.
  ///
  /// - Parameter most: more than this cannot have chosen an option.
  func tells(fewerThan smallest: Int, atMost most: Int = .max) -> Bool {
    guard points.count > 1, answers > 0 else { return false }
    // The ends last: the two that are left follow from the sum.
    let order = points.indices.sorted { points[$0] < points[$1] }
    let inner = Array(order.dropFirst().dropLast())
    let (low, high) = (order[0], order[order.count - 1])
    var search = Search(
      values: inner.map { points[$0] }, low: points[low], high: points[high], smallest: smallest, most: most,
      left: Leaf.patience)
    search.run(0, answers, sum)
    return search.left == 0 || search.found.contains(where: { $0 > 0 && $0 < smallest })
  }

  /// Goes through every way in which so many can have come to such a sum.
  private struct Search {
    let values: [Int64]
    let low: Int64
    let high: Int64
    let smallest: Int
    let most: Int
    var left: Int
    /// What each option has in every way that was found; −1 where it differs. The two ends last.
    var found: [Int] = []
    private var chosen: [Int] = []

    init(values: [Int64], low: Int64, high: Int64, smallest: Int, most: Int, left: Int) {
      (self.values, self.low, self.high) = (values, low, high)
      (self.smallest, self.most, self.left) = (smallest, most, left)
      chosen = [Int](repeating: 0, count: values.count)
    }

    private var isDone: Bool {
      left == 0 || !found.isEmpty && !found.contains { $0 > 0 && $0 < smallest }
    }

    mutating func run(_ place: Int, _ people: Int, _ sum: Int128) {
      if isDone { return }
      left -= 1
      guard sum >= Int128(low) * Int128(people), sum <= Int128(high) * Int128(people) else { return }
      guard place < values.count else { return end(people, sum) }
      for number in 0...min(people, most) {
        chosen[place] = number
        run(place + 1, people - number, sum - Int128(values[place]) * Int128(number))
        if isDone { break }
      }
      chosen[place] = 0
    }

    private mutating func end(_ people: Int, _ sum: Int128) {
      let above = sum - Int128(low) * Int128(people)
      let range = Int128(high - low)
      if range == 0 { return note(people, 0) }
      guard above.isMultiple(of: range) else { return }
      note(people - Int(above / range), Int(above / range))
    }

    private mutating func note(_ lows: Int, _ highs: Int) {
      guard lows <= most, highs <= most else { return }
      let all = chosen + [lows, highs]
      found = found.isEmpty ? all : zip(found, all).map { $0 == $1 ? $0 : -1 }
    }
  }
}

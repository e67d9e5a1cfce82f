/// What an assessor has put down about one disclosure so far: perhaps not enough for a finding yet.
public struct Mark: Hashable, Sendable {
  /// Elements that are there, and elements that are not; what is in neither has not been looked at.
  public var found: Set<Key>
  public var missing: Set<Key>
  /// The disclosure as a whole: met, not met, not applicable or an option.
  public var verdict: Judgement?
  /// As typed, where the item is answered by a number.
  public var number: String
  public var code: ReasonCode?
  /// The office will read it.
  public var reason: String
  /// What the lead assessor is asked; the office never reads it.
  public var note: String
  /// In what state each link was that has been looked at, in their order.
  public var looks: [Look]

  public struct Look: Hashable, Sendable {
    public let link: String
    public let state: LinkState

    public init(_ link: String, _ state: LinkState) {
      self.link = link
      self.state = state
    }
  }

  public init(
    found: Set<Key> = [], missing: Set<Key> = [], verdict: Judgement? = nil, number: String = "",
    code: ReasonCode? = nil, reason: String = "", note: String = "", looks: [Look] = []
  ) {
    self.found = found
    self.missing = missing
    self.verdict = verdict
    self.number = number
    self.code = code
    self.reason = reason
    self.note = note
    self.looks = looks
  }

  /// As a finding says it, to go on from there.
  public init(_ judgement: Judgement, of item: Item, code: ReasonCode? = nil, reason: String = "") {
    self.init(code: code, reason: reason)
    switch judgement {
    case .elements(let keys):
      found = keys
      missing = Set(item.elements.map(\.key)).subtracting(keys)
      verdict = item.isFull(judgement) ? .met : item.isNone(judgement) ? .notMet : nil
    case .number(let points): number = points.description
    case .pending: break
    case .met, .notMet, .option, .notApplicable: verdict = judgement
    }
  }

  public var isEmpty: Bool { self == Mark() }

  /// What is missing before it is a finding.
  public enum Gap: Hashable, Sendable {
    case verdict
    /// Some elements were looked at and this one was not.
    case element(Key)
    /// It is called met with an element missing, or not met with all of them there.
    case contradiction
    case number
    /// Below full marks: why, in a word and in a sentence.
    case code
    case reason
    /// Full marks where no link that was looked at opened as it should: on what they rest.
    case seen
  }

  /// The judgement it comes to; nil where it comes to none yet.
  public func judgement(of item: Item) -> Judgement? {
    if verdict == .notApplicable { return .notApplicable }
    switch item.form {
    case .checklist:
      let keys = Set(item.elements.map(\.key))
      let looked = found.union(missing).intersection(keys)
      if looked.isEmpty { return verdict == .met || verdict == .notMet ? verdict : nil }
      return looked == keys ? .elements(found.intersection(keys)) : nil
    case .scale(let scale, _) where scale.isInterpolated: return numbered(item)
    case .band, .count: return numbered(item)
    case .scale, .stars:
      guard case .option? = verdict else { return nil }
      return verdict.flatMap(item.judgement)
    case .text: return nil
    }
  }

  private func numbered(_ item: Item) -> Judgement? {
    Points(number).flatMap { item.judgement(from: .number($0)) }
  }

  /// Everything that is missing, in the order of the page.
  public func gaps(for item: Item) -> [Gap] {
    var gaps: [Gap] = []
    let judgement = judgement(of: item)
    if judgement == nil {
      let looked = found.union(missing)
      let left = item.elements.map(\.key).filter { !looked.contains($0) }
      if case .checklist = item.form, !looked.isEmpty {
        gaps += left.map { .element($0) }
      } else {
        gaps.append(item.isNumbered ? .number : .verdict)
      }
    }
    guard let judgement else { return gaps }
    if case .elements = judgement, let verdict, contradicts(verdict, judgement, item) {
      gaps.append(.contradiction)
    }
    guard !item.isFull(judgement) else { return gaps + (lacksSight && reason.isEmpty ? [.seen] : []) }
    if code == nil, judgement != .notApplicable { gaps.append(.code) }
    if reason.isEmpty { gaps.append(.reason) }
    return gaps
  }

  /// Whether links were looked at and none of them showed what was submitted.
  public var lacksSight: Bool { !looks.isEmpty && looks.allSatisfy { $0.state != .opened } }

  private func contradicts(_ verdict: Judgement, _ judgement: Judgement, _ item: Item) -> Bool {
    switch verdict {
    case .met: !item.isFull(judgement)
    case .notMet: !item.isNone(judgement)
    default: false
    }
  }
}

extension Item {
  /// Whether it is answered by typing a number.
  public var isNumbered: Bool {
    switch form {
    case .band, .count: true
    case .scale(let scale, _): scale.isInterpolated
    case .stars, .checklist, .text: false
    }
  }

  /// Whether two judgements say the same, be it as a whole or element by element.
  public func saysTheSame(_ one: Judgement, _ other: Judgement) -> Bool {
    func whole(_ judgement: Judgement) -> Judgement {
      guard case .checklist = form, !elements.isEmpty else { return judgement }
      switch judgement {
      case .met: return .elements(Set(elements.map(\.key)))
      case .notMet: return .elements([])
      default: return judgement
      }
    }
    return whole(one) == whole(other)
  }

  /// Whether a judgement gives all the points there are.
  public func isFull(_ judgement: Judgement) -> Bool {
    switch judgement {
    case .met: true
    case .notMet, .notApplicable, .pending: false
    case .elements(let keys): Set(elements.map(\.key)).isSubset(of: keys)
    case .option(let code): form.options.first { $0.code == code }?.points == natural.upperBound
    case .number(let number): points(of: number).map { $0 >= natural.upperBound } ?? false
    }
  }

  /// Whether a judgement gives no more than none.
  public func isNone(_ judgement: Judgement) -> Bool {
    switch judgement {
    case .notMet: true
    case .elements(let keys):
      form == .checklist(.all) ? !isFull(judgement) : keys.isDisjoint(with: elements.map(\.key))
    case .option(let code): form.options.first { $0.code == code }?.points == natural.lowerBound
    case .met, .notApplicable, .pending, .number: false
    }
  }

  /// What a number is worth, as far as it takes to tell whether it is everything.
  private func points(of number: Points) -> Points? {
    switch form {
    case .band: number
    case .count(.steps(let steps)):
      steps.first { step in
        switch step.bound {
        case .atLeast(let bound): number >= bound
        case .above(let bound): number > bound
        case .otherwise: true
        }
      }?.gives
    case .count(.lines(let knots)): Item.points(at: number, on: knots.map { ($0.at, $0.gives) })
    case .scale(let scale, let isReversed):
      Item.points(
        at: number,
        on: scale.options(isReversed: isReversed).compactMap { option in
          Points(option.code.text).flatMap { at in option.points.map { (at, $0) } }
        })
    case .stars, .checklist, .text: nil
    }
  }

  /// On a line between two points it is full only where both ends are.
  private static func points(at number: Points, on knots: [(at: Points, gives: Points)]) -> Points? {
    guard let first = knots.first, let last = knots.last else { return nil }
    if number <= first.at { return first.gives }
    if number >= last.at { return last.gives }
    guard let high = knots.firstIndex(where: { number <= $0.at }) else { return nil }
    return number == knots[high].at ? knots[high].gives : min(knots[high - 1].gives, knots[high].gives)
  }
}

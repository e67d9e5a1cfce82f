/// A way of measuring: a disclosure that an assessor judges, or a questionnaire that people answer.
public struct Instrument: Hashable, Sendable, Outlined {
  public let heading: Heading
  public let method: Method
  public let rule: Rule
  public let parts: Parts

  public init(heading: Heading, method: Method, rule: Rule = Rule(), parts: Parts) {
    self.heading = heading
    self.method = method
    self.rule = rule
    self.parts = parts
  }

  public enum Method: Hashable, Sendable {
    case disclosure
    case questionnaire(Questionnaire)
  }

  public var questionnaire: Questionnaire? {
    if case .questionnaire(let questionnaire) = method { questionnaire } else { nil }
  }
}

/// A named part of an instrument: items, or further indicators.
public struct Indicator: Hashable, Sendable, Outlined {
  public let heading: Heading
  public let rule: Rule
  public let parts: Parts

  public init(heading: Heading, rule: Rule = Rule(), parts: Parts) {
    self.heading = heading
    self.rule = rule
    self.parts = parts
  }
}

/// What a node above the items holds.
public indirect enum Parts: Hashable, Sendable {
  case items([Item])
  case indicators([Indicator])

  /// Every item below, in order.
  public var items: [Item] {
    switch self {
    case .items(let items): items
    case .indicators(let indicators): indicators.flatMap(\.parts.items)
    }
  }
}

/// How many people a questionnaire needs, and by which routes it is collected.
public struct Questionnaire: Hashable, Sendable {
  /// Fewer respondents than this and there is no figure.
  public let least: Least
  public let sample: Sample?
  /// Collected apart and weighted; empty where there is one way only. A rubric file calls them `parts`.
  public let routes: [Route]
  /// How people come to it, where there is one way only.
  public let access: Access
  /// Whom it asks, for what is printed on a poster; nothing of it is kept with an answer.
  public let audiences: [Named<Audience>]

  public init(
    least: Least = .number(1), sample: Sample? = nil, routes: [Route] = [], access: Access = .codes,
    audiences: [Named<Audience>] = []
  ) {
    self.least = least
    self.sample = sample
    self.routes = routes
    self.access = access
    self.audiences = audiences
  }

  /// How people come to a questionnaire.
  public enum Access: String, Hashable, Sendable, CaseIterable {
    /// With a code that is good for one answer.
    case codes
    /// By an open link.
    case link
  }

  /// How people come to it by a route, or where it has none; nil for a route it does not have.
  public func access(by route: Code<Node>?) -> Access? {
    guard let route else { return routes.isEmpty ? access : nil }
    return routes.first { $0.code == route }?.access
  }

  public enum Least: Hashable, Sendable {
    case number(Int)
    /// The minimum sample of the office's stakeholders.
    case sample
  }

  /// How many people have to answer for there to be a figure. nil where it depends on a number of stakeholders that is not
  /// known.
  public func least(ofStakeholders number: Int?) -> Int? {
    switch least {
    case .number(let least): least
    case .sample: sample.flatMap { sample in number.map(sample.minimum(ofStakeholders:)) }
    }
  }

  /// How many people should answer: the minimum sample, or the fixed number where the rubric has no sample. nil where it
  /// depends on a number of stakeholders that is not known.
  public func minimum(ofStakeholders number: Int?) -> Int? {
    if let sample { return number.map(sample.minimum(ofStakeholders:)) }
    if case .number(let least) = least { return least }
    return nil
  }
}

/// One way by which the same questions reach people, such as an open link and a call by the assessors.
public struct Route: Hashable, Sendable, Outlined {
  public let heading: Heading
  public let least: Int
  public let access: Questionnaire.Access

  public init(heading: Heading, least: Int = 1, access: Questionnaire.Access = .codes) {
    self.heading = heading
    self.least = least
    self.access = access
  }
}

/// People a questionnaire asks: pupils, parents, firms.
public enum Audience {}

/// The minimum sample for a number of stakeholders (method §5.1): everyone in a small office, a share with a least
/// number in most, a fixed number in very large ones.
public struct Sample: Hashable, Sendable {
  public let everyoneUpTo: Int
  /// Per cent of the stakeholders, rounded up to whole people.
  public let share: Points
  public let atLeast: Int
  /// Beyond this many stakeholders `then` people are enough.
  public let above: Int?
  public let then: Int?

  public init(everyoneUpTo: Int, share: Points, atLeast: Int, above: Int? = nil, then: Int? = nil) {
    self.everyoneUpTo = everyoneUpTo
    self.share = share
    self.atLeast = atLeast
    self.above = above
    self.then = then
  }

  public func minimum(ofStakeholders number: Int) -> Int {
    if number <= everyoneUpTo { return number }
    if let above, let then, number > above { return then }
    let (quotient, remainder) = (Int128(number) * Int128(share.millionths))
      .quotientAndRemainder(dividingBy: 100 * Int128(Points.unit))
    let people = Int(quotient) + (remainder > 0 ? 1 : 0)
    return min(number, max(atLeast, people))
  }
}

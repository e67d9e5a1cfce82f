/// An example in a rubric: an office's judgements and answers, and the score they must give. Run whenever the rubric
/// is checked.
public struct Case: Hashable, Sendable {
  public let name: String
  public let kind: Code<OfficeKind>?
  public let conditions: [Code<Condition>]
  public let stakeholders: [Code<Node>: Int]
  public let round: Code<Round>?
  /// For every disclosed item that `marks` does not name.
  public let everyMark: Judgement?
  public let marks: [Code<Node>: Judgement]
  /// For every question that `answers` does not name.
  public let everyAnswer: [Choice: Int]
  /// By item or item.sub-item, and by `@part`.
  public let answers: [String: [Choice: Int]]
  public let given: [Code<Node>: Points]
  public let expected: [Code<Node>: Expectation]
  /// nil where the case does not say; `.some(nil)` where there must be no level.
  public let level: Code<Level>??

  public init(
    name: String, kind: Code<OfficeKind>? = nil, conditions: [Code<Condition>] = [],
    stakeholders: [Code<Node>: Int] = [:], round: Code<Round>? = nil, everyMark: Judgement? = nil,
    marks: [Code<Node>: Judgement] = [:], everyAnswer: [Choice: Int] = [:],
    answers: [String: [Choice: Int]] = [:], given: [Code<Node>: Points] = [:],
    expected: [Code<Node>: Expectation] = [:], level: Code<Level>?? = nil
  ) {
    self.name = name
    self.kind = kind
    self.conditions = conditions
    self.stakeholders = stakeholders
    self.round = round
    self.everyMark = everyMark
    self.marks = marks
    self.everyAnswer = everyAnswer
    self.answers = answers
    self.given = given
    self.expected = expected
    self.level = level
  }

  public enum Choice: Hashable, Sendable {
    case option(Code<Option>)
    /// The option with the most points, and with the fewest.
    case best
    case worst
  }

  public enum Expectation: Hashable, Sendable {
    case figure(Points)
    case range(Points, Points)
    case pending
    case withheld
    case notApplicable
  }
}

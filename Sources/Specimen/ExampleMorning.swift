public import Integrity

/// The mornings of the present year on which it can be looked at, one in each phase and one between sealing and publishing.
public enum ExampleMorning: String, Sendable, CaseIterable {
  /// Half of the offices have said whom their questionnaires may ask.
  case preparing
  /// Twelve days before disclosures close.
  case collecting
  /// Halfway through judging; one office has been given longer and still collects.
  case assessing
  /// Two days after offices could open their results.
  case clarifying
  /// One member has agreed to the results.
  case deciding
  /// An amendment waits for a second member, and everything for being published.
  case sealed
  /// A week that everybody has been able to read the results, and another amendment waits.
  case published

  /// When it is looked at.
  public var moment: Moment { Moment(startOf: day).adding(seconds: 10 * 3600 + 42 * 60) }

  /// The working day before, which ends the story.
  public var dayBefore: Day { day.adding(days: -1) }

  public var hoursBefore: OfficeHours { OfficeHours(first: dayBefore, days: 1) }

  /// When everything that is told has been done.
  public var evening: Moment { Moment(startOf: dayBefore).adding(seconds: 17 * 3600) }

  private var day: Day {
    switch self {
    case .preparing: ExamplePresent.date(12, 18)
    case .collecting: ExamplePresent.date(4, 18)
    case .assessing: ExamplePresent.date(5, 15)
    case .clarifying: ExamplePresent.date(6, 12)
    case .deciding: ExamplePresent.date(6, 25)
    case .sealed: ExamplePresent.date(7, 2)
    case .published: ExamplePresent.date(7, 17)
    }
  }
}

public import Integrity

/// When things happen in the year 2567 that runs to September 2024.
extension ExampleYear {
  public static let cycle: Code<Cycle> = "2567"

  /// Disclosures are judged from May on, while questionnaires stay open to the end of that month.
  public var schedule: Schedule {
    guard let questionnaires = window((1, 8), (6, 1)), let disclosures = window((2, 1), (5, 1)),
      let assessing = window((5, 1), (6, 15)), let clarifying = window((6, 15), (7, 1))
    else { preconditionFailure("the windows of the example year close before they open") }
    let windows = rubric.instruments.map { ($0.code, $0.questionnaire == nil ? disclosures : questionnaires) }
    return Schedule(
      collecting: Dictionary(windows) { a, _ in a }, assessing: assessing, clarifying: clarifying)
  }

  private func window(_ opens: (Int, Int), _ closes: (Int, Int)) -> Window? {
    Window(
      opens: Moment(startOf: day(opens.0, opens.1)), closes: Moment(startOf: day(closes.0, closes.1)))
  }

  /// A day of the fiscal year.
  public func day(_ month: Int, _ day: Int) -> Day {
    let year = rubric.year.common - (month > 9 ? 1 : 0)
    return Day(year: year, month: month, day: day) ?? Day(number: 0)
  }

  /// The office hours of some working days.
  ///
  /// - Parameter day: a Monday where there are several.
  public func hours(from month: Int, _ day: Int, days: Int = 1) -> OfficeHours {
    OfficeHours(first: self.day(month, day), days: days)
  }
}

/// Office hours, over which acts are spread evenly.
public struct OfficeHours: Sendable {
  /// A Monday where there are several days.
  public let first: Day
  public let days: Int

  public static let opens: Int64 = 9 * 3600
  public static let length: Int64 = 7 * 3600

  /// When the one of so many is done.
  public func moment(_ number: Int = 0, of count: Int = 1) -> Moment {
    let place = Int64(number) * Int64(days) * OfficeHours.length / Int64(max(1, count))
    let workingDay = Int(place / OfficeHours.length)
    return Moment(startOf: first.adding(days: workingDay / 5 * 7 + workingDay % 5))
      .adding(seconds: OfficeHours.opens + place % OfficeHours.length)
  }

  /// After the last of them, before midnight.
  public var evening: Moment { moment(days - 1, of: days).adding(seconds: OfficeHours.length) }
}

/// A Thai fiscal year by its Buddhist era: 2569 runs from 1 October 2568 to 30 September 2569.
public struct FiscalYear: Hashable, Sendable, Comparable {
  public let buddhist: Int

  public init(_ buddhist: Int) { self.buddhist = buddhist }

  /// The common-era year in which it ends.
  public var common: Int { buddhist - 543 }

  public var firstDay: Day? { Day(year: common - 1, month: 10, day: 1) }
  public var lastDay: Day? { Day(year: common, month: 9, day: 30) }

  public static func < (a: FiscalYear, b: FiscalYear) -> Bool { a.buddhist < b.buddhist }
}

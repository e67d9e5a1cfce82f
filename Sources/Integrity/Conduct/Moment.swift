/// A point in time, to the second; written and read in Bangkok's time (`2026-03-01T09:00:00+07:00`), which has no
/// summer time.
public struct Moment: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  /// The first second of a day in Bangkok.
  public init(startOf day: Day) { seconds = Int64(day.number) * Moment.day - Moment.bangkok }

  /// Reads `2026-03-01`, `2026-03-01T09:00`, `2026-03-01 09:00:00` and the same with `+07:00` or `Z` behind it; without
  /// a zone it is Bangkok's time. nil for anything else.
  public init?(_ text: some StringProtocol) {
    var rest = String(text)
    var offset = Moment.bangkok
    if rest.hasSuffix("Z") {
      rest.removeLast()
      offset = 0
    } else if rest.hasSuffix("+07:00") {
      rest.removeLast(6)
    }
    let fields = rest.split(separator: rest.contains("T") ? "T" : " ", omittingEmptySubsequences: false)
    guard (1...2).contains(fields.count), let day = Day(fields[0]) else { return nil }
    var time: Int64 = 0
    if fields.count == 2 {
      let parts = fields[1].split(separator: ":", omittingEmptySubsequences: false)
      guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 && $0.isDigits })
      else { return nil }
      let numbers = parts.compactMap { Int64($0) }
      guard numbers.count == parts.count, (0...23).contains(numbers[0]), (0...59).contains(numbers[1]),
        (0...59).contains(numbers.count == 3 ? numbers[2] : 0)
      else { return nil }
      time = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    } else if rest.count != text.count {
      return nil
    }
    seconds = Int64(day.number) * Moment.day + time - offset
  }

  private static let bangkok: Int64 = 7 * 3600
  private static let day: Int64 = 86_400

  /// The day it is in Bangkok.
  public var day: Day { Day(number: Int(Moment.floor(seconds + Moment.bangkok, Moment.day))) }

  /// Seconds since midnight in Bangkok.
  var secondOfDay: Int64 { seconds + Moment.bangkok - Int64(day.number) * Moment.day }

  public var description: String {
    let time = secondOfDay
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))+07:00"
  }

  public func adding(seconds more: Int64) -> Moment { Moment(seconds: seconds + more) }
  public func adding(days: Int) -> Moment { adding(seconds: Int64(days) * Moment.day) }

  public static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }

  private static func floor(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }
}

/// A span of time from its first moment up to but not including its last.
public struct Window: Hashable, Sendable {
  public let opens: Moment
  public let closes: Moment

  /// nil where it closes before it opens.
  public init?(opens: Moment, closes: Moment) {
    guard opens < closes else { return nil }
    self.opens = opens
    self.closes = closes
  }

  public func contains(_ now: Moment) -> Bool { opens <= now && now < closes }

  /// The same window kept open longer; never shorter.
  public func extended(to later: Moment) -> Window {
    Window(opens: opens, closes: max(closes, later)) ?? self
  }
}

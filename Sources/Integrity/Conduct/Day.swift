/// A calendar day, without a time or a zone; written in ISO 8601 (`2026-11-21`).
public struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// nil for a day the calendar does not have.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2026-11-21`, digits and hyphens and nothing else.
  public init?(_ text: some StringProtocol) {
    var numbers = (0, 0, 0)
    var place = 0
    for byte in text.utf8 {
      defer { place += 1 }
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard place < 10, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let digit = Int(byte - UInt8(ascii: "0"))
      switch place {
      case ..<4: numbers.0 = numbers.0 * 10 + digit
      case ..<7: numbers.1 = numbers.1 * 10 + digit
      default: numbers.2 = numbers.2 * 10 + digit
      }
    }
    guard place == 10 else { return nil }
    self.init(year: numbers.0, month: numbers.1, day: numbers.2)
  }

  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  public static func < (a: Day, b: Day) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}

extension StringProtocol {
  /// Whether there is nothing but the digits 0 to 9: no sign, which `Int` would read.
  var isDigits: Bool { utf8.allSatisfy { (48...57).contains($0) } }
}

extension Day {
  /// Days since 1970-01-01, by the calendar of Howard Hinnant's `days_from_civil`: years begin in March, eras have 400.
  public var number: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day so many days after 1970-01-01.
  public init(number: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * month + 2) / 5 + 1
    self.month = month < 10 ? month + 3 : month - 9
    year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
  }

  public func adding(days: Int) -> Day { Day(number: number + days) }

  private static let thaiMonths = [
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
  ]
  private static let englishMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// As it is read aloud: `21 พ.ย. 2569`, `21 Nov 2026`.
  public func written(in language: Language) -> String {
    switch language {
    case .thai: "\(day) \(Day.thaiMonths[month - 1]) \(year + 543)"
    case .english: "\(day) \(Day.englishMonths[month - 1]) \(year)"
    }
  }
}

extension Moment {
  /// `21 พ.ย. 2569 เวลา 16.30 น.`, `21 Nov 2026, 16:30`.
  public func written(in language: Language) -> String {
    let minutes = secondOfDay / 60
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    switch language {
    case .thai: return "\(day.written(in: .thai)) เวลา \(two(minutes / 60)).\(two(minutes % 60)) น."
    case .english: return "\(day.written(in: .english)), \(two(minutes / 60)):\(two(minutes % 60))"
    }
  }
}

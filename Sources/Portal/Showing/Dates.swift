import Integrity
import Reports

/// Days and times as this visitor reads them.
struct Dates {
  let language: Language
  let usesThaiDigits: Bool

  init(_ visitor: Visitor) {
    language = visitor.language
    usesThaiDigits = visitor.language == .thai && visitor.usesThaiDigits
  }

  func moment(_ moment: Moment) -> String { digits(moment.written(in: language)) }
  func day(_ day: Day) -> String { digits(day.written(in: language)) }

  /// The time alone: `10.42 น.`, `10:42`.
  func time(_ moment: Moment) -> String {
    let minutes = (moment.seconds + 7 * 3600) % 86_400 / 60
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, rest) = (two(minutes / 60), two(minutes % 60))
    return digits(language == .thai ? "\(hours).\(rest) น." : "\(hours):\(rest)")
  }

  /// `เหลือ 12 วัน`; on the last day the time.
  func left(until end: Moment, from now: Moment, _ words: Wording) -> String {
    let days = end.day.number - now.day.number
    if days <= 0 { return words.say("banner.today", ["time": time(end)]) }
    return days == 1
      ? words.say("banner.day_left") : words.say("banner.days_left", ["count": digits("\(days)")])
  }

  func digits(_ text: String) -> String {
    guard usesThaiDigits else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (48...57).contains(scalar.value) ? Unicode.Scalar(scalar.value - 48 + 0x0E50) ?? scalar : scalar
        }))
  }
}

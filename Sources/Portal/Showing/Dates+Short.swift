import Integrity

extension Dates {
  /// Without the year, where that is plain: `30 เม.ย.`.
  func short(_ day: Day) -> String {
    self.day(day).split(separator: " ").dropLast().joined(separator: "\u{A0}")
  }

  /// `1–31 พ.ค.`, `17 มิ.ย.–24 ก.ค.`
  func span(_ window: Window) -> String {
    let (first, last) = (window.opens.day, window.lastDay)
    if first == last { return short(first) }
    if first.year == last.year, first.month == last.month {
      let number = short(first).split(separator: "\u{A0}").first.map(String.init) ?? ""
      return "\(number)–\(short(last))"
    }
    return "\(short(first))–\(short(last))"
  }

  /// The day on which something closes; one that closes at midnight does so on the day before.
  func last(of window: Window) -> String { day(window.lastDay).kept }
}

extension Window {
  /// The last day something may still be done on.
  var lastDay: Day { closes.adding(seconds: -1).day }
}

import Integrity

/// A day as people type it: `31/03/2567`, `๓๑ มี.ค. ๒๕๖๗`, `31 Mar 2024`. Years are of the Buddhist era; one that can only be
/// of the common era is taken as such.
enum TypedDay {
  static func read(_ text: String) -> Day? {
    let parts = text.plainDigits.split { "/-. \u{A0}".contains($0) }.map(String.init)
    // Abbreviated months have dots in them.
    guard parts.count >= 3, let day = Int(parts[0]), let year = parts.last.flatMap({ Int($0) }) else {
      return nil
    }
    let name = parts.dropFirst().dropLast().joined().lowercased()
    guard let month = Int(name) ?? months.firstIndex(where: { $0.contains(name) }).map({ $0 + 1 }) else {
      return nil
    }
    switch year {
    case 2400...2700: return Day(year: year - 543, month: month, day: day)
    case 1900...2200: return Day(year: year, month: month, day: day)
    default: return nil
    }
  }

  /// As it stands in a field: `31/03/2567`.
  static func written(_ day: Day) -> String {
    "\(two(day.day))/\(two(day.month))/\(day.year + 543)"
  }

  fileprivate static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let months = [
    ["มค", "มกราคม", "jan", "january"], ["กพ", "กุมภาพันธ์", "feb", "february"],
    ["มีค", "มีนาคม", "mar", "march"], ["เมย", "เมษายน", "apr", "april"], ["พค", "พฤษภาคม", "may"],
    ["มิย", "มิถุนายน", "jun", "june"], ["กค", "กรกฎาคม", "jul", "july"], ["สค", "สิงหาคม", "aug", "august"],
    ["กย", "กันยายน", "sep", "september"], ["ตค", "ตุลาคม", "oct", "october"],
    ["พย", "พฤศจิกายน", "nov", "november"], ["ธค", "ธันวาคม", "dec", "december"],
  ]
}

/// A time of the day as people type it: `16.30`, `16:30 น.`, `8.30`; the end of a day is `24.00`.
enum TypedTime {
  /// Minutes since midnight.
  static func read(_ text: String) -> Int? {
    let parts = text.plainDigits.split { ".: \u{A0}น".contains($0) }.map(String.init)
    guard (1...2).contains(parts.count), parts.allSatisfy({ $0.count <= 2 }), let hour = Int(parts[0]),
      let minute = parts.count == 2 ? Int(parts[1]) : 0, (0...59).contains(minute)
    else { return nil }
    return (0...23).contains(hour) || (hour == 24 && minute == 0) ? hour * 60 + minute : nil
  }

  static func written(_ minutes: Int) -> String {
    "\(TypedDay.two(minutes / 60)).\(TypedDay.two(minutes % 60))"
  }
}

extension Moment {
  /// A day and minutes since its midnight in Bangkok.
  init(_ day: Day, minutes: Int) {
    self = Moment(startOf: day).adding(seconds: Int64(minutes) * 60)
  }

  /// As its two fields show it: midnight that ends something is the end of the day before.
  func typed(isEnd: Bool) -> (day: String, time: String) {
    let minutes = Int((seconds - Moment(startOf: day).seconds) / 60)
    if isEnd, minutes == 0 { return (TypedDay.written(day.adding(days: -1)), TypedTime.written(24 * 60)) }
    return (TypedDay.written(day), TypedTime.written(minutes))
  }
}

extension String {
  /// With Thai digits as Arabic ones.
  fileprivate var plainDigits: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          (0x0E50...0x0E59).contains(scalar.value)
            ? Unicode.Scalar(scalar.value - 0x0E50 + 48) ?? scalar : scalar
        }))
  }
}

import Integrity

/// The dates of a cycle as an iCalendar (RFC 5545): one entry a window, and one an extension. The same cycle gives the
/// same identities, so that a calendar that is brought in again changes its entries and adds none.
struct Calendar {
  let cycle: Cycle
  let rubric: Rubric
  let offices: [Office]
  let language: Language
  let now: Moment

  var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sucharit//ita//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
      "X-WR-CALNAME:\(Calendar.escaped(cycle.title.in(language)))",
    ]
    for entry in entries { lines += self.lines(of: entry) }
    lines.append("END:VCALENDAR")
    return lines.map { Calendar.folded($0) + "\r\n" }.joined()
  }

  private struct Entry {
    /// Within the cycle.
    let identity: String
    let title: String
    let details: String
    let window: Window
  }

  private var entries: [Entry] {
    guard let schedule = cycle.schedule else { return [] }
    var entries = rubric.instruments.compactMap { instrument -> Entry? in
      guard let window = schedule.collecting[instrument.code] else { return nil }
      let title = "\(instrument.code): \(Phase.collecting.title.in(language))"
      return Entry(
        identity: "collecting-\(instrument.code)", title: title,
        details: "\(instrument.title.in(language)) · \(closing(window))", window: window)
    }
    for (phase, window) in [(Phase.assessing, schedule.assessing), (.clarifying, schedule.clarifying)] {
      entries.append(
        Entry(
          identity: phase.rawValue, title: phase.title.in(language), details: closing(window), window: window)
      )
    }
    return entries + cycle.extensions.compactMap(extended)
  }

  private func extended(_ longer: Extension) -> Entry? {
    guard let closes = cycle.schedule?.collecting[longer.instrument]?.closes,
      let window = Window(opens: closes, closes: longer.until)
    else { return nil }
    let name = offices.first { $0.code == longer.office }?.name.in(language) ?? longer.office.text
    let title = Words(
      thai: "\(longer.instrument): ขยายเวลาให้ \(name)", english: "\(longer.instrument): longer for \(name)")
    return Entry(
      identity: "extension-\(longer.office)-\(longer.instrument)-\(longer.until.seconds)",
      title: title.in(language), details: "\(longer.reason) · \(closing(window))", window: window)
  }

  private func closing(_ window: Window) -> String {
    let at = window.closes.written(in: language)
    return Words(thai: "ปิด \(at)", english: "closes \(at)").in(language)
  }

  private func lines(of entry: Entry) -> [String] {
    [
      "BEGIN:VEVENT", "UID:\(Calendar.identity("\(cycle.code)-\(entry.identity)"))@sucharit",
      "DTSTAMP:\(Calendar.utc(now))", "DTSTART:\(Calendar.utc(entry.window.opens))",
      "DTEND:\(Calendar.utc(entry.window.closes))",
      "SUMMARY:\(Calendar.escaped("\(entry.title) (\(cycle.code))"))",
      "DESCRIPTION:\(Calendar.escaped(entry.details))", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]
  }

  // RFC 5545.

  /// `20260331T170000Z`.
  static func utc(_ moment: Moment) -> String {
    // Bangkok's clock, seven hours earlier, shows Greenwich's.
    let shifted = moment.adding(seconds: -7 * 3600).description
    return shifted.prefix(19).filter(\.isNumber).inserting("T", at: 8) + "Z"
  }

  /// Section 3.3.11: backslash, semicolon, comma and line break.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
      .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
  }

  /// Section 3.1: at most 75 octets a line, the blank before a continuation among them; never within a character.
  static func folded(_ line: String) -> String {
    var result = ""
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > 75 {
        result += "\r\n "
        octets = 1
      }
      result.unicodeScalars.append(scalar)
      octets += width
    }
    return result
  }

  /// Letters, digits, hyphens and full stops; anything else by its number.
  private static func identity(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-.".unicodeScalars.contains(scalar))
        ? String(scalar) : "_\(String(scalar.value, radix: 16))"
    }.joined()
  }
}

extension String {
  fileprivate func inserting(_ text: String, at offset: Int) -> String {
    String(prefix(offset)) + text + String(dropFirst(offset))
  }
}

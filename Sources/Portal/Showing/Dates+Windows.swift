import Integrity
import Reports

extension Dates {
  /// `เปิดรับ 5 ม.ค. 2567 เวลา 08.30 น.`
  func opens(_ window: Window, _ words: Wording) -> String {
    words.say("windows.opens", ["moment": moment(window.opens).kept])
  }

  /// `ปิดรับ 30 เม.ย. 2567 เวลา 16.30 น.`; what closes at midnight does so at the end of the day before.
  func closes(_ window: Window, _ words: Wording) -> String {
    if Moment(startOf: window.closes.day) == window.closes {
      return words.say("windows.closes_day", ["day": day(window.lastDay).kept])
    }
    return words.say("windows.closes", ["moment": moment(window.closes).kept])
  }

  /// Of a phase, in which nothing is received: `เริ่ม 1 พ.ค. 2567 เวลา 08.30 น. · สิ้นสุดวันที่ 31 พ.ค. 2567`.
  func lasts(_ window: Window, _ words: Wording) -> String {
    let ends =
      Moment(startOf: window.closes.day) == window.closes
      ? words.say("windows.ends_day", ["day": day(window.lastDay).kept])
      : words.say("windows.ends", ["moment": moment(window.closes).kept])
    return words.facts([words.say("windows.begins", ["moment": moment(window.opens).kept]), ends])
  }

  /// Both, on one line.
  func span(_ window: Window, _ words: Wording) -> String {
    words.facts([opens(window, words), closes(window, words)])
  }
}

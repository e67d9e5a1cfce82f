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

  /// Both, on one line.
  func span(_ window: Window, _ words: Wording) -> String {
    words.facts([opens(window, words), closes(window, words)])
  }
}

import Integrity

extension Dates {
  /// To the second: `29 เม.ย. 2567 เวลา 14.06.31 น.`, `29 Apr 2024, 14:06:31`.
  func exact(_ moment: Moment) -> String {
    let second = (moment.seconds % 60 + 60) % 60
    let two = second < 10 ? "0\(second)" : "\(second)"
    let minute = self.moment(moment)
    switch language {
    case .thai: return minute.replacing(" น.", with: ".\(digits(two)) น.").kept
    case .english: return "\(minute):\(two)".kept
    }
  }

  /// A day without its year, and the time: `30 เม.ย. 16.30 น.`.
  func shortMoment(_ moment: Moment) -> String { "\(short(moment.day)) \(time(moment))".kept }
}

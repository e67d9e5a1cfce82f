import Integrity
import Specimen
import Storage

/// How people are asked in the present year, and what they answer up to a morning.
extension DemoNow {
  /// Slips, once an office has said how many people there are: in January, or in May where it was reminded.
  func asking() -> [Step] {
    var (early, late): ([Step], [Step]) = ([], [])
    let (first, last) = (ExamplePresent.hours(from: 1, 13, days: 5), ExamplePresent.hours(from: 5, 6))
    for (number, participant) in year.participants.enumerated() {
      let (known, answers) = (present.stakeholders(of: number), present.answers(of: number))
      let missing = participant.office.stakeholders.filter { known[$0.key] == nil }
      func fill(_ people: [Code<Node>: Int], _ hours: OfficeHours) -> Step {
        let now = hours.moment(number, of: offices.count)
        return Step(now) {
          _ = try box.fill(
            for: participant.office.code, number, people, answers.first + answers.rest, at: now)
        }
      }
      if !known.isEmpty { early.append(fill(known, first)) }
      if !missing.isEmpty { late.append(fill(missing, last)) }
    }
    return told(first.first, early) { "handed out: the code slips of \(earlier.count($0, "office"))" } + late
  }

  /// Up to the middle of April, and up to the last day; then the questionnaires close.
  func answering() -> [Step] {
    let (first, last) = (ExamplePresent.hours(from: 4, 17), ExamplePresent.hours(from: 5, 30))
    let end = ExamplePresent.hours(from: 5, 31).evening
    return steps(at: first, "answered in the first weeks: the questionnaires of") {
      present.answers(of: $0).first
    } + steps(at: last, "answered since: the rest of the questionnaires of") { present.answers(of: $0).rest }
      + [
        Step(end.adding(seconds: 3600)) {
          try registry.closeQuestionnaires(at: end.adding(seconds: 3600))
          earlier.tell(end.day, DemoBox.closed.english, DemoBox.closed.thai)
        }
      ]
  }

  private func steps(
    at hours: OfficeHours, _ text: String, _ answers: @escaping (Int) -> [ExampleAnswer]
  ) -> [Step] {
    let steps = offices.enumerated().compactMap { number, office -> Step? in
      let now = hours.evening.adding(seconds: Int64(number))
      let own = answers(number)
      if own.isEmpty { return nil }
      return Step(now) {
        _ = try await box.send(own, to: office, at: now)
        _ = try box.bring(own, to: office, by: administrator, at: now)
      }
    }
    return told(hours.first, steps) { "\(text) \(earlier.count($0, "office"))" }
  }
}

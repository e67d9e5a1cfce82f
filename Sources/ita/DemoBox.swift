import Integrity
import Specimen
import Storage

/// The box from which the people of a demo draw their slips, and the way their answers take. Nobody else ever has the codes:
/// the registry keeps hashes of them.
final class DemoBox {
  private let registry: Registry
  private let cycle: Code<Cycle>
  private let people: ExamplePeople
  private var codes: [AnswerPlace: [SlipCode]] = [:]

  init(registry: Registry, cycle: Code<Cycle>, people: ExamplePeople) {
    (self.registry, self.cycle, self.people) = (registry, cycle, people)
  }

  /// What is told when questionnaires close.
  static let closed = Words(
    thai: "ปิดรับคำตอบ สลับลำดับคำตอบ และบัตรรหัสที่เหลือใช้ไม่ได้อีก",
    english: "closed: the answers are shuffled, and slips that are left are good no more")

  /// What is still in it.
  func codes(for place: AnswerPlace) -> [SlipCode] { codes[place] ?? [] }

  /// Makes slips for those who will answer with one, and some more, as offices do: never more than there are people.
  ///
  /// - Parameters:
  ///   - number: of the office among those that take part.
  ///   - stakeholders: how many people there are; questionnaires of which nothing is said are left out.
  /// - Returns: how many were made.
  func fill(
    for office: Code<Office>, _ number: Int, _ stakeholders: [Code<Node>: Int], _ answers: [ExampleAnswer],
    at now: Moment
  ) throws -> Int {
    var made = 0
    let rubric = try registry.rubric(of: cycle)
    for collected in rubric.slipRoutes {
      let own = answers.count { $0.collected == collected && $0.way != .broughtIn }
      let most = stakeholders[collected.instrument] ?? 0
      let wanted = min(most, own + max(5, own / 6))
      if own == 0 || wanted == 0 { continue }
      let place = AnswerPlace(cycle, office, collected)
      if collected.route == nil {
        try registry.askForSlips(wanted, place, by: by(people.administrator(of: office)), at: now)
        codes[place] = try registry.makeSlips(
          wanted, place, by: by(people.director(of: office)), at: now.adding(seconds: 120)
        ).codes
      } else {
        codes[place] = try registry.makeSlips(
          wanted, place, by: by(people.lead(of: number)), at: now.adding(seconds: 240)
        ).codes
      }
      made += wanted
    }
    return made
  }

  /// Sends what was filled in on phones, all of an office at once.
  ///
  /// - Returns: how many are kept.
  func send(_ answers: [ExampleAnswer], to office: Code<Office>, at now: Moment) async throws -> Int {
    let rubric = try registry.rubric(of: cycle)
    let withSlips = Set(rubric.slipRoutes)
    let sent = answers.filter { $0.way != .broughtIn }.map { answer in
      let place = AnswerPlace(cycle, office, answer.collected)
      // A form's own number, as a page of the site would carry it.
      var generator = SystemRandomNumberGenerator()
      let nonce = SlipCode.random(using: &generator).text
      return SentAnswer(
        to: place, nonce: nonce,
        code: withSlips.contains(answer.collected) ? codes[place]?.popLast() : nil, answers: answer.row,
        isTooFast: answer.way == .sentTooFast, texts: answer.texts)
    }
    let registry = registry
    return try await withThrowingTaskGroup(of: AnswerOutcome.self) { group in
      for one in sent { group.addTask { try await registry.answer(one, at: now) } }
      return try await group.reduce(into: 0) { kept, outcome in
        guard outcome == .kept else {
          throw StorageProblem.invalid(
            "an answer to \(office) was not taken: \(outcome)", thai: "คำตอบถึง \(office) ไม่ถูกรับ")
        }
        kept += 1
      }
    }
  }

  /// Brings in what was filled in on paper, as a table.
  ///
  /// - Returns: how many were added.
  func bring(
    _ answers: [ExampleAnswer], to office: Code<Office>, by signer: Signer, at now: Moment
  ) throws -> Int {
    let paper = Dictionary(grouping: answers.filter { $0.way == .broughtIn }, by: \.collected)
      .mapValues { $0.map(\.row) }
    return paper.isEmpty
      ? 0 : try registry.bringAnswers([office: paper], in: cycle, by: signer, at: now)
  }

  private func by(_ person: Code<Person>) -> Signer { Signer(person, isConsole: true) }
}

public import Integrity

/// A cycle made up from a seed, for any rubric and any number of offices: questionnaires filled by people of differing
/// opinion, disclosures judged with reasons.
public struct SeededCycle: Sendable {
  public let rubric: Rubric
  public let seed: UInt64

  public init(rubric: Rubric, seed: UInt64) {
    self.rubric = rubric
    self.seed = seed
  }

  /// Filled questionnaires of one office by one route: a row a respondent, a byte a question (0 not answered, else the
  /// option's position from 1).
  public struct Filled: Sendable {
    public let collected: Collected
    public let questions: [Question]
    public let rows: [[UInt8]]

    public var tally: Tally {
      let columns = questions.indices.map { question in rows.map { $0[question] } }
      return Answers(questions: questions, columns: columns, bounds: [0, rows.count]).tallies(of: 0..<1)[0]
    }
  }

  /// How well an office does, in per cent of good answers and of disclosures met.
  public struct Character: Sendable {
    public let staff: Int
    public let public_: Int
    public let disclosed: Int
    /// Filled questionnaires by instrument; the public's are shared among the routes.
    public let respondents: [Code<Node>: Int]

    public init(staff: Int, public_: Int, disclosed: Int, respondents: [Code<Node>: Int]) {
      self.staff = staff
      self.public_ = public_
      self.disclosed = disclosed
      self.respondents = respondents
    }
  }

  private func generator(_ office: Office, _ salt: UInt64) -> SeededGenerator {
    SeededGenerator(seed: seed ^ (salt &* 0x2545_F491_4F6C_DD1D), of: office.code.text)
  }

  public func filled(_ office: Office, _ character: Character) -> [Filled] {
    var all: [Filled] = []
    for (index, instrument) in rubric.instruments.enumerated() {
      guard let questionnaire = instrument.questionnaire, let people = character.respondents[instrument.code]
      else {
        continue
      }
      let routes: [Code<Node>?] = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { $0.code }
      let quality = index == 0 ? character.staff : character.public_
      for (number, route) in routes.enumerated() {
        var random = generator(office, UInt64(index * 16 + number + 1))
        let share = people / routes.count + (number < people % routes.count ? 1 : 0)
        let questions = rubric.questions(of: instrument.code)
        // Some questions are answered better than others, alike by everybody.
        let leanings = questions.map { _ in Int.random(in: -7...6, using: &random) }
        let rows = (0..<share).map { _ -> [UInt8] in
          let mood = Int.random(in: -6...6, using: &random)
          return zip(questions, leanings).map { answer($0, quality + $1 + mood, &random) }
        }
        all.append(
          Filled(collected: Collected(instrument.code, route: route), questions: questions, rows: rows))
      }
    }
    return all
  }

  /// The better the opinion, the further up the options, so that the mean comes near to it; now and then none.
  private func answer(_ question: Question, _ quality: Int, _ random: inout SeededGenerator) -> UInt8 {
    if random.chance(1) { return 0 }
    let scored = question.options.indices.filter { question.options[$0].points != nil }
    let byPoints = scored.sorted {
      (question.options[$0].points ?? .zero) < (question.options[$1].points ?? .zero)
    }
    guard byPoints.count > 1 else { return 0 }
    let place = (1..<byPoints.count).count { _ in random.chance(min(99, quality)) }
    return UInt8(byPoints[place] + 1)
  }

  public func findings(_ office: Office, _ character: Character) -> [Code<Node>: Finding] {
    var random = generator(office, 99)
    var findings: [Code<Node>: Finding] = [:]
    for (instrument, item) in rubric.items where instrument.questionnaire == nil && item.form != .text {
      if let condition = item.heading.applies.unless, office.conditions.contains(condition) { continue }
      if random.chance(character.disclosed) {
        findings[item.code] = Finding(whole(item))
      } else {
        findings[item.code] = failure(of: item, &random)
      }
    }
    return findings
  }

  private func whole(_ item: Item) -> Judgement {
    item.elements.isEmpty ? .met : .elements(Set(item.elements.map(\.key)))
  }

  private static let reasons = [
    "ลิงก์เปิดได้ แต่ข้อมูลเป็นของปีงบประมาณก่อน", "ลิงก์เปิดไม่ได้ ณ วันที่ตรวจ",
    "หน้าเว็บไม่ระบุช่วงเวลาของข้อมูล", "เอกสารสแกนไม่ครบหน้า",
  ]

  private func failure(of item: Item, _ random: inout SeededGenerator) -> Finding {
    let reason = SeededCycle.reasons.randomElement(using: &random) ?? ""
    guard item.elements.count > 1 else { return Finding(.notMet, reason: reason) }
    let lacking = Int.random(in: 0..<item.elements.count, using: &random)
    let present = item.elements.enumerated().filter { $0.offset != lacking }.map(\.element.key)
    return Finding(.elements(Set(present)), reason: "ไม่พบ\(item.elements[lacking].title.thai)")
  }

  /// An office's whole assessment.
  public func assessment(of office: Office, _ character: Character) -> Assessment {
    Assessment(
      office: office, findings: findings(office, character),
      tallies: Dictionary(filled(office, character).map { ($0.collected, $0.tally) }) { a, _ in a })
  }

  /// What an office is like, from the seed alone; about one in fifty has too few respondents.
  public func character(of office: Office) -> Character {
    var random = generator(office, 7)
    let base = Int.random(in: 74...95, using: &random)
    let isEmpty = random.chance(2)
    var respondents: [Code<Node>: Int] = [:]
    for instrument in rubric.instruments where instrument.questionnaire != nil {
      respondents[instrument.code] = isEmpty ? 2 : Int.random(in: 60...200, using: &random)
    }
    return Character(
      staff: base, public_: base + Int.random(in: -8...3, using: &random),
      disclosed: min(99, base + Int.random(in: -6...8, using: &random)), respondents: respondents)
  }
}

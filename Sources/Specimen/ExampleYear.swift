public import Integrity

/// A whole year made up for trying things out: offices, the people in them, what they put forward, how it is judged and
/// how the public answers. The same every time.
public struct ExampleYear: Sendable {
  /// How much of a country takes part.
  public enum Size: String, Sendable, CaseIterable {
    /// The example district's main office alone, with its schools.
    case office
    /// The example district.
    case district
    /// The real area offices of Thailand, with invented people and figures.
    case country
  }

  public let size: Size
  public let rubric: Rubric
  /// Everything in the tree, whether assessed or not; a parent may come later.
  public let offices: [Office]
  /// Those that are assessed, in the same order.
  public let participants: [Participant]
  public let people: ExamplePeople
  /// What the invented offices are made from; nil for the country.
  public let district: ExampleDistrict?

  /// An assessed office, and what becomes of its disclosures.
  public struct Participant: Sendable {
    public let office: Office
    public let character: SeededCycle.Character
    /// What it has to disclose, in the order of the rubric.
    public let disclosures: [Item]
    /// What was found first.
    public let first: [Code<Node>: Finding]
    /// What it contests, and what is decided then.
    public let contests: [Contest]

    /// What counts in the end.
    public var findings: [Code<Node>: Finding] {
      contests.reduce(into: first) { $0[$1.item.code] = $1.decision }
    }
  }

  /// A finding that an office does not accept.
  public struct Contest: Sendable {
    public let item: Item
    public let statement: String
    /// Points into what was submitted; empty where the office only asks to look again.
    public let evidence: [Evidence]
    public let decision: Finding
    /// Whether the office was right.
    public let isGranted: Bool
  }

  private let cycle: SeededCycle

  /// - Parameter rubric: one that `ExampleDistrict` is shaped for, and whose questionnaires are IIT and EIT.
  public init(_ size: Size, rubric: Rubric, seed: UInt64 = 2567) {
    self.size = size
    self.rubric = rubric
    cycle = SeededCycle(rubric: rubric, seed: seed)
    let assessed: [Office]
    switch size {
    case .office, .district:
      let district = ExampleDistrict(rubric: rubric, seed: seed)
      assessed = size == .office ? Array(district.offices.prefix(1)) : district.offices
      offices = assessed + district.schools
      self.district = district
    case .country:
      offices = Country().offices.map(\.marked)
      assessed = offices.filter { $0.kind != nil }
      district = nil
    }
    let author = Author(cycle: cycle, district: district, isAlone: assessed.count == 1)
    participants = assessed.enumerated().map { author.participant($1, number: $0) }
    people = ExamplePeople(
      of: assessed, in: rubric, main: district?.people ?? [], isCountry: size == .country, seed: seed)
  }

  /// The office of the example report.
  public var main: Participant { participants[0] }

  /// Filled questionnaires of an office, one entry a questionnaire and route.
  public func filled(_ participant: Participant) -> [SeededCycle.Filled] {
    cycle.filled(participant.office, participant.character)
  }
}

extension ExampleYear {
  /// Decides what becomes of each office.
  private struct Author {
    let cycle: SeededCycle
    let district: ExampleDistrict?
    let isAlone: Bool

    func participant(_ office: Office, number: Int) -> Participant {
      let character = district?.character(of: office) ?? character(of: office)
      let final = district?.findings(of: office) ?? cycle.findings(office, character)
      let disclosures = cycle.rubric.items.map(\.item).filter { final[$0.code] != nil }
      var contests: [Contest] = []
      // Of every twenty offices the first asks in vain, and the second is right; an office alone does both.
      if number % 20 == 0, let contest = contestInVain(disclosures, final) { contests.append(contest) }
      var first = final
      if number % 20 == 1 || isAlone, let item = lastMet(of: disclosures, final) {
        let (overlooked, contest) = contestWithSuccess(item, of: office, final)
        first[item.code] = overlooked
        contests.append(contest)
      }
      return Participant(
        office: office, character: character, disclosures: disclosures, first: first, contests: contests)
    }

    /// Of the country's offices: about 490 people answer, and in one office of fifty too few.
    private func character(of office: Office) -> SeededCycle.Character {
      let own = cycle.character(of: office)
      if own.respondents.values.contains(where: { $0 < 5 }) { return own }
      var random = SeededGenerator(seed: 490, of: office.code.text)
      func share(_ instrument: Code<Node>, of percent: ClosedRange<Int>) -> Int {
        max(30, (office.stakeholders[instrument] ?? 0) * Int.random(in: percent, using: &random) / 100)
      }
      let respondents =
        ["IIT": share("IIT", of: 55...95), "EIT": share("EIT", of: 10...23)] as [Code<Node>: Int]
      return SeededCycle.Character(
        staff: own.staff, public_: own.public_, disclosed: own.disclosed, respondents: respondents)
    }

    private func contestInVain(_ disclosures: [Item], _ final: [Code<Node>: Finding]) -> Contest? {
      let lost = disclosures.last { !$0.heading.isPilot && final[$0.code]?.reason.isEmpty == false }
      guard let item = lost, let decision = final[item.code]
      else { return nil }
      return Contest(
        item: item, statement: "ขอให้พิจารณาอีกครั้ง หน่วยงานเห็นว่าได้เผยแพร่ข้อมูลไว้ครบถ้วนก่อนปิดรับข้อมูล",
        evidence: [], decision: decision, isGranted: false)
    }

    private func lastMet(of disclosures: [Item], _ final: [Code<Node>: Finding]) -> Item? {
      disclosures.last {
        !$0.heading.isPilot && !$0.elements.isEmpty && final[$0.code]?.reason.isEmpty == true
      }
    }

    /// The assessor overlooked an element on the fourth page.
    private func contestWithSuccess(
      _ item: Item, of office: Office, _ final: [Code<Node>: Finding]
    ) -> (overlooked: Finding, Contest) {
      let element = item.elements.last?.title.thai ?? item.title.thai
      let present = Set(item.elements.dropLast().map(\.key))
      let judgement = final[item.code]?.judgement ?? .met
      let contest = Contest(
        item: item, statement: "\(element)อยู่ในหน้า 4 ของเอกสารตามลิงก์ที่ส่งไว้",
        evidence: [
          Evidence(.link(ExampleYear.link(to: item, of: office)), pointer: "หน้า 4", quote: element)
        ],
        decision: Finding(judgement, reason: "พบ\(element)ในหน้า 4 ตามที่ชี้แจง"), isGranted: true)
      return (Finding(.elements(present), reason: "ไม่พบ\(element)"), contest)
    }
  }
}

extension Office {
  /// The names are real where the results are not: no page may be taken for the office's own.
  fileprivate var marked: Office {
    Office(
      code: code,
      name: Words(
        thai: name.thai + " (ข้อมูลสมมุติ)", english: name.english + " (invented data)"),
      kind: kind, parent: parent, provinces: provinces, region: region, from: from, until: until,
      successor: successor,
      stakeholders: stakeholders, conditions: conditions)
  }
}

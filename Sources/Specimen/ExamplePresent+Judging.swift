public import Integrity

/// What becomes of the disclosures when their window has closed: what is found, what is contested, and what is put right.
extension ExamplePresent {
  // What is there to judge.

  /// The participant who is given longer, and has begun nothing by the middle of April; none where there are few.
  public var lateNumber: Int? { year.participants.count > 7 ? 7 : nil }

  /// What becomes of what is not signed by the middle of April.
  public enum Ending: Hashable, Sendable {
    /// Signed already.
    case signed
    /// Put right where it has to be, passed on and signed on the last day.
    case sent
    /// Passed on when the director had signed.
    case unsigned
    case left
  }

  public func ending(of item: Item, by number: Int) -> Ending {
    let stand = stand(of: item, by: number)
    if stand == .submitted { return .signed }
    if number == 0 { return item.code == "O23" ? .left : item.code == "O35" ? .unsigned : .sent }
    // In every thirteenth office nobody has looked at it in time.
    if isIdle(number), number != lateNumber { return .left }
    var random = generator(item, number, seed: 256_804)
    switch Int.random(in: 0..<100, using: &random) {
    case ..<93: return .sent
    case ..<97: return stand == .ready ? .sent : .unsigned
    default: return stand == .ready ? .sent : .left
    }
  }

  private func isIdle(_ number: Int) -> Bool { number % 13 == 7 }

  public func isSubmitted(_ item: Item, by number: Int) -> Bool {
    switch ending(of: item, by: number) {
    case .signed, .sent: true
    case .unsigned, .left: false
    }
  }

  // What is found.

  /// A finding with the word for its reason.
  public struct Found: Hashable, Sendable {
    public let judgement: Judgement
    public let code: ReasonCode?
    public let reason: String

    public var finding: Finding { Finding(judgement, reason: reason) }
    /// In what state a link was.
    public var link: LinkState { code == .unreachable ? .notFound : .opened }

    public func mark(of item: Item, looking links: [String]) -> Mark {
      var mark = Mark(judgement, of: item, code: code, reason: reason)
      mark.looks = links.map { Mark.Look($0, link) }
      return mark
    }
  }

  /// What is found first on everything an office has to disclose.
  public func findings(of number: Int) -> [Code<Node>: Found] {
    let participant = year.participants[number]
    let made = SeededCycle(rubric: rubric, seed: 2568)
      .findings(office(participant.office), participant.character)
    var found: [Code<Node>: Found] = [:]
    for item in disclosures(of: number) {
      if !isSubmitted(item, by: number) {
        found[item.code] = Found(
          judgement: .notMet, code: .absent, reason: "หน่วยงานไม่ได้ส่งข้อมูลภายในกำหนด")
      } else if number == 0 {
        found[item.code] =
          ExamplePresent.lost[item.code].map { lacking(of: item, $0) }
          ?? Found(judgement: item.whole, code: nil, reason: "")
      } else if let finding = made[item.code] {
        found[item.code] = Found(
          judgement: finding.judgement, code: ExamplePresent.code(of: finding.reason), reason: finding.reason)
      }
    }
    return found
  }

  private func lacking(of item: Item, _ reason: String) -> Found {
    let present = item.elements.dropLast().map(\.key)
    return Found(
      judgement: present.isEmpty ? .notMet : .elements(Set(present)), code: ExamplePresent.code(of: reason),
      reason: reason)
  }

  /// The main office's, as an assessor would say it.
  private static let lost: [Code<Node>: String] = [
    "O7": "พบยุทธศาสตร์และแนวทาง แต่ไม่พบเป้าหมายและตัวชี้วัดของแผนในหน้าที่ระบุ",
    "O12": "ข้อมูลสถิติเป็นของปีงบประมาณก่อน ไม่ใช่ 6 เดือนแรกของปีปัจจุบัน",
    "O17": "ไม่พบผลการจัดซื้อจัดจ้างของเดือนมีนาคม 2568",
    "O30": "ไม่พบมาตรการป้องกันการรับสินบนในหน้าที่ระบุ",
  ]

  private static func code(of reason: String) -> ReasonCode? {
    if reason.isEmpty { return nil }
    if reason.contains("เปิดไม่ได้") { return .unreachable }
    if reason.contains("ปีงบประมาณก่อน") || reason.contains("ช่วงเวลา") { return .wrongPeriod }
    return .incomplete
  }

  /// Disclosures that count for nothing yet.
  public var pilots: Set<Code<Node>> {
    func items(_ parts: Parts, isPilot: Bool) -> [Code<Node>] {
      switch parts {
      case .items(let all): all.filter { isPilot || $0.heading.isPilot }.map(\.code)
      case .indicators(let all): all.flatMap { items($0.parts, isPilot: isPilot || $0.heading.isPilot) }
      }
    }
    return Set(rubric.instruments.flatMap { items($0.parts, isPilot: false) })
  }

  // What is contested.

  /// A finding that an office does not accept.
  public struct Contest: Sendable {
    public let item: Item
    public let statement: String
    public let evidence: [Evidence]
    public let decision: Finding
  }

  /// What an office contests: the main one two findings, of the others one in two a single one.
  public func contests(of number: Int) -> [Contest] {
    guard number == 0 || number % 2 == 1, opensResults(number) else { return [] }
    let found = findings(of: number)
    let lost = disclosures(of: number).filter { item in
      isSubmitted(item, by: number) && found[item.code]?.reason.isEmpty == false
    }
    return lost.prefix(number == 0 ? 2 : 1).enumerated().compactMap { place, item in
      guard let first = found[item.code] else { return nil }
      return contest(item, first, by: number, isGranted: (number + place) % 4 != 1)
    }
  }

  private func contest(_ item: Item, _ first: Found, by number: Int, isGranted: Bool) -> Contest {
    let office = year.participants[number].office
    let overlooked = item.elements.last?.title.thai ?? item.title.thai
    let link = ExampleYear.link(to: item, of: office, year: rubric.year.buddhist)
    return Contest(
      item: item, statement: "\(overlooked)แสดงไว้ในหน้า 4 ของเอกสารตามลิงก์ที่ส่งไว้ก่อนปิดรับข้อมูล ขอให้พิจารณาอีกครั้ง",
      evidence: [Evidence(.link(link), pointer: "4", quote: overlooked)],
      decision: isGranted
        ? Finding(item.whole, reason: "พบ\(overlooked)ในหน้า 4 ตามที่ชี้แจง")
        : Finding(first.judgement, reason: "หน้า 4 ของเอกสารที่ส่งไว้ไม่มี\(overlooked) จึงคงผลเดิม"))
  }

  /// In one office of ten nobody looks: silence is acceptance.
  public func opensResults(_ number: Int) -> Bool { number % 10 != 9 }
}

extension Item {
  /// What is found where everything is there.
  public var whole: Judgement { elements.isEmpty ? .met : .elements(Set(elements.map(\.key))) }
}

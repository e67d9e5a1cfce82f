import Foundation
import Integrity
import Specimen
import Storage

/// From the last days of collecting to the end of judging.
extension DemoNow {
  private var lateNumber: Int? { present.lateNumber }

  // The last days of collecting.

  /// What was left in the middle of April is put right, passed on and signed, or not. One office is given longer.
  func finishing() -> [Step] {
    var steps: [Step] = []
    for number in offices.indices {
      let items = present.disclosures(of: number).filter { present.ending(of: $0, by: number) != .signed }
      for (place, item) in items.enumerated() {
        steps += finishing(item, by: number, place * offices.count + number, items.count * offices.count)
      }
      steps += signing(by: number, items)
    }
    steps = told(ExamplePresent.date(4, 21), steps) { _ in "finished: what was left of the disclosures" }
    guard let lateNumber, let instrument = disclosing?.code else { return steps }
    let asked = ExamplePresent.hours(from: 4, 28).moment()
    let longer = Extension(
      office: offices[lateNumber], instrument: instrument, until: ExamplePresent.longer,
      reason: "อุทกภัยทำให้สำนักงานปิดทำการสองสัปดาห์ ตามหนังสือที่ 512/2568")
    return steps + [
      Step(asked) {
        try registry.extend(longer, in: cycle, by: administrator, at: asked)
        earlier.tell(asked.day, "extended: \(longer.office) until \(longer.until)")
      }
    ]
  }

  private var disclosing: Instrument? { present.rubric.instruments.first { $0.questionnaire == nil } }

  private func finishing(_ item: Item, by number: Int, _ place: Int, _ count: Int) -> [Step] {
    let (ending, stand) = (
      present.ending(of: item, by: number), present.stand(of: item, by: number)
    )
    if ending == .left || ending == .signed || stand == .ready { return [] }
    let office = offices[number]
    let (officer, head) = (by(people.officer(for: item, of: office)), by(people.head(for: item, of: office)))
    let isLate = number == lateNumber
    let saving = ExamplePresent.hours(from: isLate ? 5 : 4, isLate ? 5 : 21, days: isLate ? 7 : 6)
    let lastDay = isLate ? ExamplePresent.hours(from: 5, 14) : ExamplePresent.hours(from: 4, 29)
    let saved = saving.moment(place, of: count)
    let passed =
      ending == .unsigned
      ? ExamplePresent.signingDay(isLate).evening.adding(seconds: Int64(number))
      : lastDay.moment(place, of: count)
    return [
      Step(saved) { try save(item, by: number, isFinished: true, officer, at: saved) },
      Step(passed) { _ = try registry.pass(item.code, of: office, in: cycle, by: head, at: passed) },
    ]
  }

  private func signing(by number: Int, _ items: [Item]) -> [Step] {
    let chosen = items.filter { present.ending(of: $0, by: number) == .sent }.map(\.code)
    if chosen.isEmpty { return [] }
    let now = ExamplePresent.signingDay(number == lateNumber).moment(number, of: offices.count)
    return [
      Step(now) {
        _ = try registry.submit(chosen, of: offices[number], in: cycle, by: signer(of: number), at: now)
      }
    ]
  }

  // Who judges what.

  /// The office one of whose assessors finds out that they may not judge it; none where there are few.
  var conflictNumber: Int? {
    guard people.assessors.count > 3 else { return nil }
    return offices.indices.first {
      $0 > 0 && $0 != lateNumber && people.assessor(of: $0) == people.assessors[3]
    }
  }

  /// The office that the lead forgets for two weeks.
  private var forgottenNumber: Int? { offices.count > 3 ? offices.count - 1 : nil }

  /// The office of which two disclosures are not judged in time.
  var missingNumber: Int? { offices.count > 9 ? 9 : nil }

  func judge(of number: Int) -> Code<Person> {
    number == conflictNumber ? people.decider(of: number) : people.assessor(of: number)
  }

  func decider(of number: Int) -> Code<Person> {
    number == conflictNumber
      ? people.another(for: number) ?? people.decider(of: number) : people.decider(of: number)
  }

  func assigning() -> [Step] {
    let hours = ExamplePresent.hours(from: 5, 2)
    let catchingUp = ExamplePresent.hours(from: 5, 16)
    var steps = offices.indices.map { number in
      let hours = number == forgottenNumber ? catchingUp : hours
      return assigning(people.assessor(of: number), number, nil, at: hours.moment(number, of: offices.count))
    }
    steps = told(hours.first, steps) { "assigned: \(earlier.count($0, "office"))" }
    if let another = people.another(for: 0) {
      let shared = ExamplePresent.hours(from: 5, 12).moment()
      steps.append(assigning(another, 0, sharedItems.map(\.code), at: shared))
    }
    guard let number = conflictNumber else { return steps }
    let (first, declared) = (people.assessor(of: number), ExamplePresent.hours(from: 5, 5).moment())
    let replaced = catchingUp.moment(1, of: 3)
    steps += [
      Step(declared) {
        try registry.declareConflict(
          of: first, with: offices[number], reason: "คู่สมรสรับราชการในหน่วยงานนี้", by: by(first), at: declared)
        earlier.tell(declared.day, "conflict: \(first) may not judge \(offices[number])")
      },
      assigning(judge(of: number), number, nil, at: replaced.adding(seconds: 60)),
    ]
    return steps
  }

  private func assigning(
    _ assessor: Code<Person>, _ number: Int, _ items: [Code<Node>]?, at now: Moment
  ) -> Step {
    Step(now) {
      try registry.assign(
        assessor, to: offices[number], items: items, in: cycle, by: by(people.lead(of: number)), at: now)
    }
  }

  // Judging.

  /// Two of the main office's, which two assessors have before them.
  private var sharedItems: [Item] { Array(present.disclosures(of: 0).dropFirst(20).prefix(2)) }

  /// A disclosure to be judged, and when it is.
  private struct Judging {
    let number: Int
    let item: Item
    let assessor: Code<Person>
    let at: Moment
    /// Left to the lead before.
    let isAsked: Bool
  }

  private func plan() -> [Judging] {
    var plan: [Judging] = []
    for (place, assessor) in people.assessors.enumerated() {
      let numbers = offices.indices.filter { judge(of: $0) == assessor }
      let late = Set([lateNumber, conflictNumber, forgottenNumber].compactMap { $0 })
      plan += judgings(by: assessor, numbers.filter { !late.contains($0) }, ExamplePresent.pace(of: place))
      plan += judgings(
        by: assessor, numbers.filter(late.contains), ExamplePresent.hours(from: 5, 19, days: 9))
    }
    return plan
  }

  /// Item after item, as the queue has them.
  private func judgings(by assessor: Code<Person>, _ numbers: [Int], _ hours: OfficeHours) -> [Judging] {
    let items = numbers.map { number in
      let items = present.disclosures(of: number)
      return number == missingNumber ? items.dropLast(2) : items[...]
    }
    let count = items.reduce(0) { $0 + $1.count }
    var plan: [Judging] = []
    for place in 0..<(items.map(\.count).max() ?? 0) {
      for (number, items) in zip(numbers, items) where place < items.count {
        let (item, moment) = (items[place], hours.moment(plan.count, of: count))
        let isAsked = place == 25 && number % 4 == 2
        let isShared = number == 0 && sharedItems.contains { $0.code == item.code }
        plan.append(
          Judging(
            number: number, item: item, assessor: assessor,
            at: isAsked || isShared ? max(moment, ExamplePresent.hours(from: 5, 21).moment()) : moment,
            isAsked: isAsked))
      }
    }
    return plan
  }

  func judging() -> [Step] {
    let plan = plan()
    var found: [Int: [Code<Node>: ExamplePresent.Found]] = [:]
    for number in offices.indices { found[number] = present.findings(of: number) }
    let judged = plan.compactMap { one -> Step? in
      guard let finding = found[one.number]?[one.item.code] else { return nil }
      return Step(one.at) { try judge(one, finding) }
    }
    let asked = plan.filter(\.isAsked).map(asking)
    return told(ExamplePresent.date(5, 5), judged) { "judged: \(earlier.count($0, "disclosure"))" } + asked
      + comments() + begun(plan, found)
  }

  private func judge(_ one: Judging, _ found: ExamplePresent.Found) throws {
    let (office, signer) = (offices[one.number], by(one.assessor))
    let links = links(of: one)
    if one.isAsked || (one.number == 0 && sharedItems.contains { $0.code == one.item.code }) {
      // Whatever stands there, and whoever else is at it.
      let seen = links.map { Registry.Seen(link: $0, state: found.link, at: one.at) }
      try registry.judge(
        found.finding, on: one.item.code, of: office, in: cycle, seen: seen, by: signer, at: one.at)
      return
    }
    try registry.finish(
      found.mark(of: one.item, looking: links), on: one.item.code, of: office, in: cycle,
      seeing: Registry.Sighting(), by: signer, at: one.at)
  }

  private func links(of one: Judging) -> [String] {
    guard present.isSubmitted(one.item, by: one.number) else { return [] }
    return present.draft(of: one.item, by: one.number, isFinished: true).evidence.compactMap { evidence in
      guard case .link(let link) = evidence.content else { return nil }
      return link
    }
  }

  private func asking(_ one: Judging) -> Step {
    let now = ExamplePresent.hours(from: 5, 13).moment(one.number, of: offices.count)
    let mark = Mark(
      note: "เอกสารลงนามโดยรองผู้อำนวยการ ไม่พบคำสั่งมอบอำนาจ นับเป็นข้อมูลของหน่วยงานได้หรือไม่",
      looks: links(of: one).map { Mark.Look($0, .opened) })
    return Step(now) {
      try registry.finish(
        mark, on: one.item.code, of: offices[one.number], in: cycle, seeing: Registry.Sighting(),
        isAsking: true, by: by(one.assessor), at: now)
    }
  }

  /// Sentences that assessors use again and again.
  private func comments() -> [Step] {
    let now = ExamplePresent.hours(from: 5, 5).moment()
    return people.assessors.prefix(6).flatMap { assessor in
      ExamplePresent.comments.map { code, text in
        Step(now) { try registry.keepComment(text, for: nil, code: code, by: by(assessor), at: now) }
      }
    }
  }

  /// What is put down and not finished on the morning itself; two assessors have begun the same.
  private func begun(_ plan: [Judging], _ found: [Int: [Code<Node>: ExamplePresent.Found]]) -> [Step] {
    guard morning == .assessing else { return [] }
    let now = morning.hoursBefore.evening
    var begun: [(assessor: Code<Person>, number: Int, item: Item)] = []
    for assessor in people.assessors {
      let next = plan.filter { $0.assessor == assessor && $0.at > now && !$0.isAsked }.sorted {
        $0.at < $1.at
      }
      begun += next.filter { judgeNow($0.number) }.prefix(3).map { (assessor, $0.number, $0.item) }
    }
    for assessor in [people.assessor(of: 0), people.another(for: 0)].compactMap({ $0 }) {
      guard let item = sharedItems.first, people.another(for: 0) != nil else { continue }
      begun.append((assessor, 0, item))
    }
    return begun.map { assessor, number, item in
      Step(now) {
        let elements = item.elements.map(\.key)
        let mark =
          elements.count > 1
          ? Mark(found: Set(elements.prefix(1)))
          : Mark(verdict: .notMet, code: .wrongPeriod, reason: "ข้อมูลเป็นของปีงบประมาณก่อน")
        _ = try registry.keep(
          mark, on: item.code, of: offices[number], in: cycle, seeing: Registry.Sighting(), by: by(assessor),
          at: now)
      }
    }
  }

  /// Whether an office is with its assessor by the middle of May.
  private func judgeNow(_ number: Int) -> Bool {
    number != lateNumber && number != conflictNumber && number != forgottenNumber
  }
}

extension ExamplePresent {
  /// Until when one office may still submit.
  fileprivate static let longer = Moment(startOf: date(5, 16)).adding(seconds: 16 * 3600 + 30 * 60)

  fileprivate static func signingDay(_ isLate: Bool) -> OfficeHours {
    isLate ? hours(from: 5, 16) : hours(from: 4, 30)
  }

  /// Some assessors are quick, some are slow, and one of six begins a week late.
  fileprivate static func pace(of assessor: Int) -> OfficeHours {
    let days = [16, 18, 19, 13, 14, 19][assessor % 6]
    return hours(from: 5, assessor % 6 == 4 ? 12 : 5, days: days)
  }

  fileprivate static let comments: [(ReasonCode, String)] = [
    (.incomplete, "ไม่พบองค์ประกอบที่กำหนดในหน้าที่ระบุ"), (.wrongPeriod, "ข้อมูลเป็นของปีงบประมาณก่อน ไม่ใช่ปีที่ประเมิน"),
    (.unreachable, "ลิงก์เปิดไม่ได้ ณ วันที่ตรวจ"),
  ]
}

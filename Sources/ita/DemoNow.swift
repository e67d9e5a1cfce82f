import Documents
import Foundation
import Integrity
import Specimen
import Storage

/// Plays the year after an example year up to the morning on which it is looked at. Whatever is done is done in the order
/// of its moments, as the trail tells it.
struct DemoNow {
  let present: ExamplePresent
  let registry: Registry
  /// The year before, and how its acts are told.
  let earlier: DemoYear

  private var year: ExampleYear { present.year }
  private var people: ExamplePeople { year.people }
  private var cycle: Code<Cycle> { ExamplePresent.cycle }
  private var offices: [Code<Office>] { year.participants.map(\.office.code) }

  private func by(_ person: Code<Person>) -> Signer { Signer(person, isConsole: true) }
  private var administrator: Signer { earlier.administrator }

  func play(by rubric: RubricFile) throws {
    try prepare(rubric)
    try open()
    try playOut(disclosing() + changing())
    try bringAnswers()
  }

  private func prepare(_ rubric: RubricFile) throws {
    let hours = ExamplePresent.hours(from: 11, 25)
    _ = try registry.keep(offices: present.changed, isDryRun: false, by: administrator, at: hours.moment())
    try registry.newCycle(
      cycle, year: present.rubric.year,
      title: Words(
        thai: "การประเมิน ปีงบประมาณ พ.ศ. 2568 (สาธิต)", english: "Assessment of fiscal year 2568 (demo)"),
      rubric: rubric.sources.map { Storage.RubricText(name: $0.name, bytes: $0.bytes) }, by: administrator,
      at: hours.moment(1, of: 4))
    try registry.setSchedule(
      present.schedule, of: cycle, reason: "", by: administrator, at: hours.moment(2, of: 4))
    earlier.tell(hours.first, "set up once more: the rubric \(present.rubric.code)")
  }

  private func open() throws {
    let hours = ExamplePresent.hours(from: 12, 16, days: 5)
    let count = try registry.openCycle(cycle, by: administrator, at: hours.moment())
    for (number, office) in offices.enumerated() {
      let numbers = present.stakeholders(of: number)
      if numbers.isEmpty { continue }
      try registry.enterStakeholders(
        numbers, of: office, in: cycle, by: by(people.administrator(of: office)),
        at: hours.moment(number, of: offices.count).adding(seconds: 60))
    }
    earlier.tell(hours.first, "opened: \(earlier.count(count, "office")) taking part")
  }

  private struct Step {
    let moment: Moment
    let act: () throws -> Void
  }

  private func playOut(_ steps: [Step]) throws {
    let inOrder = steps.enumerated().sorted { a, b in
      (a.element.moment, a.offset) < (b.element.moment, b.offset)
    }
    for step in inOrder { try step.element.act() }
  }

  /// A director leaves at the end of March, and the deputy acts until another is appointed. And somebody is new.
  private func changing() -> [Step] {
    let arrival = ExamplePresent.hours(from: 4, 17)
    let main = offices[0]
    let newcomer = PersonEntry(
      code: DemoAccess.newcomer(at: main), name: "นางสาวปวีณา รักดี", post: "นักวิเคราะห์นโยบายและแผน",
      postings: [PostingEntry(.employing, at: main, from: arrival.first)],
      grants: [Grant(.officer, for: .offices([main]), group: "policy", from: arrival.first)])
    let arriving = Step(moment: arrival.moment()) {
      _ = try registry.keep(
        people: [newcomer], isDryRun: false, by: by(people.administrator(of: main)), at: arrival.moment())
    }
    guard let number = present.actingNumber else { return [arriving] }
    let office = offices[number]
    let hours = ExamplePresent.hours(from: 3, 31)
    let leaving = Step(moment: hours.moment()) { try replaceDirector(of: office, hours) }
    return [leaving, arriving]
  }

  private func replaceDirector(of office: Code<Office>, _ hours: OfficeHours) throws {
    let deputy = PersonEntry(
      code: people.deputy(of: office), name: "นายอดิศร พงศ์พิพัฒน์",
      post: "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
      postings: [PostingEntry(.employing, at: office, from: ExamplePresent.date(10, 1))])
    let first = hours.first.adding(days: 1)
    let acting = Acting(.inPlaceOf, order: "ที่ 41/2568", date: ExamplePresent.date(3, 28))
    _ = try registry.keep(people: [deputy], isDryRun: false, by: administrator, at: hours.moment())
    try registry.revoke(
      .director, for: office, from: people.director(of: office), until: first, by: administrator,
      at: hours.moment(1, of: 3))
    try registry.grant(
      Grant(.director, for: .offices([office]), from: first, acting: acting), to: deputy.code,
      by: administrator, at: hours.moment(2, of: 3))
    earlier.tell(hours.first, "acting director of \(office): \(deputy.name), \(acting.order)")
  }

  // Disclosures.

  private func disclosing() -> [Step] {
    var steps: [Step] = []
    var (begun, ready) = (0, 0)
    for number in offices.indices {
      let items = present.disclosures(of: number)
      for (place, item) in items.enumerated() {
        let stand = present.stand(of: item, by: number)
        if stand != .notBegun { begun += 1 }
        if stand == .ready || stand == .submitted { ready += 1 }
        steps += self.steps(
          of: item, by: number, stand, place * offices.count + number, items.count * offices.count)
      }
      steps += signing(by: number, items)
    }
    let told = Step(moment: Moment(startOf: ExamplePresent.date(2, 17))) { [begun, ready] in
      earlier.tell(
        ExamplePresent.date(2, 17),
        "begun since: \(earlier.count(begun, "disclosure")), \(ready) of them passed on; "
          + "\(earlier.count(signed, "director")) signed")
    }
    return [told] + steps
  }

  /// Drafted in February and March, passed on or sent back in April; what is still a draft was looked at yesterday.
  private func steps(
    of item: Item, by number: Int, _ stand: ExamplePresent.Stand, _ place: Int, _ count: Int
  ) -> [Step] {
    if stand == .notBegun { return [] }
    let office = offices[number]
    let (officer, head) = (by(people.officer(for: item, of: office)), by(people.head(for: item, of: office)))
    let drafting = ExamplePresent.hours(from: 2, 17, days: 30).moment(place, of: count)
    let passing = ExamplePresent.hours(from: 4, 1, days: 4).moment(place, of: count)
    let lately = ExamplePresent.hours(from: 4, 17).moment(place, of: count)
    let draft = Step(moment: drafting) { try save(item, by: number, officer, at: drafting) }
    func pass(_ moment: Moment) -> Step {
      Step(moment: moment) { _ = try registry.pass(item.code, of: office, in: cycle, by: head, at: moment) }
    }
    switch stand {
    case .notBegun: return []
    case .draft: return [draft, Step(moment: lately) { try save(item, by: number, officer, at: lately) }]
    case .returned(let note):
      return [
        draft,
        Step(moment: passing) {
          _ = try registry.sendBack(item.code, of: office, in: cycle, note: note, by: head, at: passing)
        },
      ]
    case .ready, .submitted, .recalled: return [draft, pass(passing)]
    }
  }

  private func save(_ item: Item, by number: Int, _ officer: Signer, at now: Moment) throws {
    var draft = present.draft(of: item, by: number)
    if number == 0, item.code == ExamplePresent.filed {
      draft = try withFile(draft, officer, now)
    }
    _ = try registry.draft(draft, in: cycle, by: officer, at: now)
  }

  /// With a file beside its link.
  private func withFile(_ draft: DraftEntry, _ officer: Signer, _ now: Moment) throws -> DraftEntry {
    let path = NSTemporaryDirectory() + "ita-demo-\(ProcessInfo.processInfo.processIdentifier).pdf"
    try Data(ExamplePresent.page).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    let file = try registry.keepFile(
      "แผนปฏิบัติการประจำปี 2568.pdf", from: handle, for: draft.office, in: cycle, by: officer, at: now)
    return DraftEntry(
      office: draft.office, item: draft.item, isDisclosed: draft.isDisclosed, note: draft.note,
      evidence: draft.evidence + [Evidence(file, pointer: "1")], elements: draft.elements)
  }

  // Signing.

  /// How many offices have signed something.
  private var signed: Int {
    offices.indices.count { number in
      present.disclosures(of: number).contains { present.stand(of: $0, by: number) == .submitted }
    }
  }

  private func signing(by number: Int, _ items: [Item]) -> [Step] {
    let office = offices[number]
    let signer = number == present.actingNumber ? people.deputy(of: office) : people.director(of: office)
    var recalled: [(item: Code<Node>, note: String)] = []
    var chosen: [Code<Node>] = []
    for item in items {
      switch present.stand(of: item, by: number) {
      case .submitted: chosen.append(item.code)
      case .recalled(let note):
        chosen.append(item.code)
        recalled.append((item.code, note))
      default: break
      }
    }
    if chosen.isEmpty { return [] }
    let signing = ExamplePresent.hours(from: 4, 11).moment(number, of: offices.count)
    let calling = ExamplePresent.hours(from: 4, 17).moment(number, of: offices.count)
    let submit = Step(moment: signing) { [chosen] in
      _ = try registry.submit(chosen, of: office, in: cycle, by: by(signer), at: signing)
    }
    return [submit]
      + recalled.map { item, note in
        Step(moment: calling) {
          _ = try registry.recall(item, of: office, in: cycle, note: note, by: by(signer), at: calling)
        }
      }
  }

  private func bringAnswers() throws {
    let hours = ExamplePresent.hours(from: 4, 17)
    var total = 0
    for (number, office) in offices.enumerated() {
      let rows = present.filled(by: number)
      if rows.isEmpty { continue }
      total += try registry.bringAnswers(
        [office: rows], in: cycle, by: administrator, at: hours.evening.adding(seconds: Int64(number)))
    }
    earlier.tell(
      hours.first, "brought in: \(earlier.count(total, "filled questionnaire")) of the first weeks")
  }
}

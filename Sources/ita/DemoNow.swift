import Documents
import Foundation
import Integrity
import Specimen
import Storage

/// Plays the year after an example year up to the morning on which it is looked at. The whole year is a list of steps, each
/// with its moment: those before the morning are done in their order, as the trail tells it.
struct DemoNow {
  let present: ExamplePresent
  let registry: Registry
  /// The year before, and how its acts are told.
  let earlier: DemoYear
  let morning: ExampleMorning
  let box: DemoBox

  init(present: ExamplePresent, registry: Registry, earlier: DemoYear, morning: ExampleMorning) {
    (self.present, self.registry, self.earlier, self.morning) = (present, registry, earlier, morning)
    box = DemoBox(registry: registry, cycle: ExamplePresent.cycle, people: present.year.people)
  }

  var year: ExampleYear { present.year }
  var people: ExamplePeople { year.people }
  var cycle: Code<Cycle> { ExamplePresent.cycle }
  var offices: [Code<Office>] { year.participants.map(\.office.code) }

  func by(_ person: Code<Person>) -> Signer { Signer(person, isConsole: true) }
  var administrator: Signer { earlier.administrator }

  /// Whoever signs for an office in the spring.
  func signer(of number: Int) -> Signer {
    by(
      number == present.actingNumber
        ? people.deputy(of: offices[number]) : people.director(of: offices[number])
    )
  }

  /// Something that is done at a moment.
  struct Step {
    let moment: Moment
    let act: () async throws -> Void

    init(_ moment: Moment, _ act: @escaping () async throws -> Void) {
      self.moment = moment
      self.act = act
    }
  }

  func play(by rubric: RubricFile) async throws {
    let prepared = ExamplePresent.hours(from: 11, 25).moment()
    var steps = [Step(prepared) { try prepare(rubric) }] + opening() + disclosing() + changing() + asking()
    steps += answering() + finishing() + assigning() + judging() + clarifying() + deciding()
    try await playOut(steps)
    try registry.refreshProgress(at: morning.evening)
  }

  /// Says something of steps at the first of them; nothing where none is done by now.
  func told(_ day: Day, _ steps: [Step], _ text: @escaping (_ done: Int) -> String) -> [Step] {
    let done = steps.count { $0.moment < morning.evening }
    if done == 0 { return steps }
    return [Step(Moment(startOf: day)) { earlier.tell(day, text(done)) }] + steps
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

  /// Each office says whom it may ask: most at once, some when they are reminded.
  private func opening() -> [Step] {
    let (hours, reminded) = (
      ExamplePresent.hours(from: 12, 16, days: 5), ExamplePresent.hours(from: 4, 22, days: 3)
    )
    let first = hours.moment()
    var steps = [
      Step(first) {
        let count = try registry.openCycle(cycle, by: administrator, at: first)
        earlier.tell(hours.first, "opened: \(earlier.count(count, "office")) taking part")
      }
    ]
    func enter(_ numbers: [Code<Node>: Int], _ office: Code<Office>, _ now: Moment) -> Step {
      Step(now) {
        try registry.enterStakeholders(
          numbers, of: office, in: cycle, by: by(people.administrator(of: office)), at: now)
      }
    }
    for (number, office) in offices.enumerated() {
      let (now, later) = (hours.moment(number, of: offices.count), reminded.moment(number, of: offices.count))
      let (numbers, all) = (
        present.stakeholders(of: number), year.participants[number].office.stakeholders
      )
      if !numbers.isEmpty { steps.append(enter(numbers, office, now.adding(seconds: 60))) }
      if numbers != all { steps.append(enter(all, office, later)) }
    }
    return steps
  }

  private func playOut(_ steps: [Step]) async throws {
    let past = steps.filter { $0.moment < morning.evening }
    let inOrder = past.enumerated().sorted { a, b in
      (a.element.moment, a.offset) < (b.element.moment, b.offset)
    }
    for step in inOrder { try await step.element.act() }
  }

  /// A director leaves at the end of March, and the deputy acts until another is appointed. And somebody is new.
  private func changing() -> [Step] {
    let arrival = morning.hoursBefore
    let main = offices[0]
    let newcomer = PersonEntry(
      code: DemoAccess.newcomer(at: main), name: "นางสาวปวีณา รักดี", post: "นักวิเคราะห์นโยบายและแผน",
      postings: [PostingEntry(.employing, at: main, from: arrival.first)],
      grants: [Grant(.officer, for: .offices([main]), group: "policy", from: arrival.first)])
    let arriving = Step(arrival.moment()) {
      _ = try registry.keep(
        people: [newcomer], isDryRun: false, by: by(people.administrator(of: main)), at: arrival.moment())
    }
    guard let number = present.actingNumber else { return [arriving] }
    let office = offices[number]
    let hours = ExamplePresent.hours(from: 3, 31)
    let leaving = Step(hours.moment()) { try replaceDirector(of: office, hours) }
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
    let told = Step(Moment(startOf: ExamplePresent.date(2, 17))) { [begun, ready] in
      earlier.tell(
        ExamplePresent.date(2, 17),
        "begun until the middle of April: \(earlier.count(begun, "disclosure")), \(ready) of them passed on; "
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
    let draft = Step(drafting) { try save(item, by: number, officer, at: drafting) }
    func pass(_ moment: Moment) -> Step {
      Step(moment) { _ = try registry.pass(item.code, of: office, in: cycle, by: head, at: moment) }
    }
    switch stand {
    case .notBegun: return []
    case .draft: return [draft, Step(lately) { try save(item, by: number, officer, at: lately) }]
    case .returned(let note):
      return [
        draft,
        Step(passing) {
          _ = try registry.sendBack(item.code, of: office, in: cycle, note: note, by: head, at: passing)
        },
      ]
    case .ready, .submitted, .recalled: return [draft, pass(passing)]
    }
  }

  func save(_ item: Item, by number: Int, isFinished: Bool = false, _ officer: Signer, at now: Moment) throws
  {
    var draft = present.draft(of: item, by: number, isFinished: isFinished)
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
    let signer = signer(of: number)
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
    let submit = Step(signing) { [chosen] in
      _ = try registry.submit(chosen, of: office, in: cycle, by: signer, at: signing)
    }
    return [submit]
      + recalled.map { item, note in
        Step(calling) {
          _ = try registry.recall(item, of: office, in: cycle, note: note, by: signer, at: calling)
        }
      }
  }
}

import Documents
import Integrity
import Reports
import Specimen
import Storage

/// Plays an example year through a registry, act by act and each by whoever may do it, and tells what happened.
struct DemoYear {
  let year: ExampleYear
  let registry: Registry
  let box: DemoBox

  init(year: ExampleYear, registry: Registry) {
    (self.year, self.registry) = (year, registry)
    box = DemoBox(registry: registry, cycle: ExampleYear.cycle, people: year.people)
  }

  var cycle: Code<Cycle> { ExampleYear.cycle }
  var people: ExamplePeople { year.people }
  var participants: [ExampleYear.Participant] { year.participants }
  var main: ExampleYear.Participant { year.main }
  var disclosures: Int { participants.reduce(0) { $0 + $1.disclosures.count } }

  func play(by rubric: RubricFile) async throws {
    try prepare(rubric)
    try open()
    try handOut()
    try await answer()
    try draft()
    try pass()
    try submit()
    try submitAgain()
    try assign()
    try judge()
    try bringAnswers()
    try close()
    try acknowledge()
    try clarify()
    try seal()
  }

  func by(_ person: Code<Person>) -> Signer { Signer(person, isConsole: true) }

  var administrator: Signer { by(ExamplePeople.administrator.code) }

  /// - Parameter thai: below it, for what visitors of a demo try first.
  func tell(_ day: Day, _ text: String, _ thai: String? = nil) {
    Console.say("  \(day.written(in: .english).leftPadded(to: 11))  \(text)")
    if let thai { Console.say("  \("".leftPadded(to: 11))  \(thai)") }
  }

  func count(_ number: Int, _ noun: String) -> String { Console.count(number, noun) }

  /// Something done for every disclosure of every office, spread over the days: all offices' first ones come first.
  func forEachDisclosure(
    _ hours: OfficeHours, _ act: (Int, ExampleYear.Participant, Item, Moment) throws -> Void
  ) throws {
    let (count, longest) = (disclosures, participants.map(\.disclosures.count).max() ?? 0)
    var done = 0
    for place in 0..<longest {
      for (number, participant) in participants.enumerated() where place < participant.disclosures.count {
        try act(number, participant, participant.disclosures[place], hours.moment(done, of: count))
        done += 1
      }
    }
  }

  // Preparing.

  private func prepare(_ rubric: RubricFile) throws {
    let hours = year.hours(from: 11, 27)
    let offices = year.offices.map(\.withoutStakeholders)
    _ = try registry.keep(offices: offices, isDryRun: false, by: administrator, at: hours.moment(1, of: 8))
    _ = try registry.keep(
      groups: people.groups, isDryRun: false, by: administrator, at: hours.moment(2, of: 8))
    _ = try registry.keep(
      people: people.entries, isDryRun: false, by: administrator, at: hours.moment(3, of: 8))
    try registry.newCycle(
      cycle, year: year.rubric.year,
      title: Words(
        thai: "การประเมิน ปีงบประมาณ พ.ศ. 2567 (สาธิต)", english: "Assessment of fiscal year 2567 (demo)"),
      rubric: rubric.sources.map { Storage.RubricText(name: $0.name, bytes: $0.bytes) }, by: administrator,
      at: hours.moment(4, of: 8))
    try registry.setSchedule(
      year.schedule, of: cycle, reason: "", by: administrator, at: hours.moment(5, of: 8))
    if let district = year.district {
      let published = district.previous.filter { code, _ in offices.contains { $0.code == code } }
      _ = try registry.enterEarlier(
        published.mapValues { [Node.total: Given(figure: $0, source: "ผลการประเมิน 2566")] },
        of: FiscalYear(year.rubric.year.buddhist - 1), by: administrator, at: hours.moment(6, of: 8))
    }
    tell(
      hours.first,
      "set up: \(count(offices.count, "office")), \(count(people.groups.count, "group")), "
        + "\(people.entries.count + 1) people; the rubric \(year.rubric.code), edition \(year.rubric.edition)"
    )
  }

  private func open() throws {
    let hours = year.hours(from: 12, 18, days: 5)
    let offices = try registry.openCycle(cycle, by: administrator, at: hours.moment())
    for (number, participant) in participants.enumerated() {
      let office = participant.office
      try registry.enterStakeholders(
        office.stakeholders, of: office.code, in: cycle, by: by(people.administrator(of: office.code)),
        at: hours.moment(number, of: participants.count).adding(seconds: 60))
    }
    tell(
      hours.first,
      "opened: \(count(offices, "office")) taking part; each says whom its questionnaires may ask")
  }

  // Deciding.

  private func seal() throws {
    let hours = year.hours(from: 7, 15)
    var sealed = ""
    for (place, member) in people.committee.prefix(2).enumerated() {
      let now = hours.moment().adding(days: place)
      if case .sealed(let digest, let offices) = try registry.seal(cycle, by: by(member), at: now) {
        sealed = "\(count(offices, "office")), results \(digest.prefix(12))…"
      }
    }
    tell(
      hours.first,
      "sealed: by \(people.committee.prefix(2).map(\.text).joined(separator: " and ")), \(sealed)")
    let published = year.hours(from: 7, 29)
    try registry.publish(cycle, by: by(people.committee[0]), at: published.moment())
    tell(published.first, "published")
  }
}

extension Office {
  /// As it comes in before its own administrator has said whom it may ask.
  var withoutStakeholders: Office {
    Office(
      code: code, name: name, kind: kind, parent: parent, provinces: provinces, region: region, from: from,
      until: until,
      successor: successor, conditions: conditions)
  }
}

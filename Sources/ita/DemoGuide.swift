import Integrity
import Specimen
import Storage

/// Who is worth being on a morning of a demo: where they land, and what waits for them, as the registry has it.
struct DemoGuide {
  let present: ExamplePresent
  let registry: Registry
  let morning: ExampleMorning

  /// Somebody and what waits for them.
  struct Row {
    let post: String
    let person: String
    let path: String
    let waiting: String
  }

  private var year: ExampleYear { present.year }
  private var people: ExamplePeople { year.people }
  private var offices: [Code<Office>] { year.participants.map(\.office.code) }
  private var main: Code<Office> { offices[0] }
  private var cycle: Code<Cycle> { ExamplePresent.cycle }
  private var now: Moment { morning.moment }
  private var base: String { "/\(cycle)" }

  private func by(_ person: Code<Person>) -> Signer { Signer(person, isConsole: true) }
  private func count(_ number: Int, _ noun: String) -> String { Console.count(number, noun) }
  private func home(_ office: Code<Office>) -> String { "\(base)/offices/\(office)" }

  /// Those for whom nothing waits are left out.
  func rows() throws -> [Row] {
    let rows: [Row?] =
      switch morning {
      case .preparing:
        try [
          stakeholders(), late(.stakeholders, "that have not said whom to ask"),
          director(waiting: "the year that begins"),
        ]
      case .collecting: try collecting()
      case .assessing: try assessing()
      case .clarifying: try clarifying()
      case .deciding: try deciding() + [try unopened()]
      case .sealed:
        try amendments() + [
          director(waiting: "a result that is not out yet"),
          Row(
            post: "committee", person: people.committee[2].text, path: "\(base)/sealing",
            waiting: "sealed results to publish"),
        ]
      case .published:
        try [
          Row(post: "anybody", person: "not signed in", path: "/published/\(cycle)", waiting: "the results"),
          director(waiting: "the office’s own published result"),
        ] + amendments() + [late(nil, "with something outstanding")]
      }
    return rows.compactMap { $0 }
  }

  private func director(waiting: String) -> Row {
    Row(post: "director", person: people.director(of: main).text, path: home(main), waiting: waiting)
  }

  // Before and while it is collected.

  private func stakeholders() throws -> Row? {
    guard let office = try lateOffices(.stakeholders).first?.office.code else { return nil }
    return Row(
      post: "office administrator", person: people.administrator(of: office).text,
      path: "\(home(office))/questionnaires/stakeholders", waiting: "stakeholder numbers to enter")
  }

  private func late(_ what: Registry.LateWhat?, _ text: String) throws -> Row? {
    let offices = try lateOffices(what)
    if offices.isEmpty { return nil }
    return Row(
      post: "administrator", person: ExamplePeople.administrator.code.text, path: "\(base)/late",
      waiting: "\(count(offices.count, "office")) \(text)")
  }

  private func lateOffices(_ what: Registry.LateWhat?) throws -> [Registry.LateOffice] {
    try registry.lateDesk(
      cycle, Registry.LateFilter(what: what), most: nil, by: by(ExamplePeople.administrator.code), at: now
    ).offices
  }

  private func collecting() throws -> [Row?] {
    let legal = present.disclosures(of: 0).first { $0.group == "legal" } ?? present.disclosures(of: 0)[0]
    let (officer, head) = (people.officer(for: legal, of: main), people.head(for: legal, of: main))
    let states = try states(of: main, in: legal.group)
    let begun = states.count { $0 == .draft || $0 == .returned }
    let newcomer = DemoAccess.newcomer(at: main)
    return try [
      Row(
        post: "officer of a group", person: officer.text, path: home(main),
        waiting: "\(count(begun, "disclosure")) to finish"),
      Row(
        post: "head of a group", person: head.text, path: "\(home(main))/review",
        waiting: "\(states.count { $0 == .draft }) of them to look over"),
      signing(0, "director"), present.actingNumber.flatMap { try signing($0, "acting director") },
      Row(
        post: "office administrator", person: people.administrator(of: main).text,
        path: "\(home(main))/people",
        waiting: "a letter for \(newcomer)"),
      unassigned(), late(nil, "with something outstanding"), belowMinimum(), answers(),
    ] + [past()]
  }

  private func belowMinimum() throws -> Row? {
    let found = try registry.askingDesk(in: cycle, by: by(people.leads[0]), at: now).found
    if found == 0 { return nil }
    return Row(
      post: "lead assessor", person: people.leads[0].text, path: "\(base)/progress/questionnaires",
      waiting: "\(count(found, "office")) below the minimum of a questionnaire")
  }

  private func answers() throws -> Row? {
    let rows = try registry.qualityDesk(in: cycle, by: by(people.committee[0]), at: now).rows
    let flagged = rows.reduce(0) { $0 + ($1.flagged ?? 0) }
    if flagged == 0 { return nil }
    return Row(
      post: "committee", person: people.committee[0].text, path: "\(base)/results/quality",
      waiting: "\(count(flagged, "answer")) that look odd")
  }

  /// What has been published the year before.
  private func past() -> Row {
    Row(
      post: "committee", person: people.committee[0].text, path: "/\(ExampleYear.cycle)/results",
      waiting: "last year's results")
  }

  private func states(of office: Code<Office>, in group: Code<Group>? = nil) throws -> [Submission.State?] {
    try registry.officeDesk(office, in: cycle, by: by(people.administrator(of: office)), at: now).works
      .filter { group == nil || $0.item.group == group }.map { $0.submission?.state }
  }

  private func signing(_ number: Int, _ post: String) throws -> Row? {
    let office = offices[number]
    let ready = try states(of: office).count { $0 == .ready }
    if ready == 0 { return nil }
    let signer = number == present.actingNumber ? people.deputy(of: office) : people.director(of: office)
    return Row(
      post: post, person: signer.text, path: "\(home(office))/sign-off",
      waiting: "\(count(ready, "disclosure")) to sign")
  }

  // While it is judged.

  private func assessing() throws -> [Row?] {
    let steps = DemoNow(
      present: present, registry: registry, earlier: DemoYear(year: year, registry: registry),
      morning: morning)
    let assessors = [people.assessor(of: 0), people.another(for: 0)]
    let conflict = steps.conflictNumber.map { number in
      Row(
        post: "assessor", person: people.assessor(of: number).text, path: "\(base)/conflicts",
        waiting: "a conflict declared with \(offices[number])")
    }
    return try assessors.map { try $0.flatMap(judging) } + [
      conflict, unassigned(), asked(),
      present.lateNumber.flatMap { try signing($0, "director, given longer") },
      Row(
        post: "committee", person: people.committee[0].text, path: "\(base)/results",
        waiting: "results as far as they are judged"), late(.submissions, "still with disclosures to send"),
    ]
  }

  private func judging(_ assessor: Code<Person>) throws -> Row? {
    let queue = try registry.markQueue(of: cycle, by: by(assessor), at: now)
    let open = queue.entries.count - queue.judged
    if open == 0 { return nil }
    let begun = queue.entries.count { $0.state == .begun }
    return Row(
      post: "assessor", person: assessor.text, path: "\(base)/marking",
      waiting: "\(count(open, "disclosure")) to judge, \(begun) begun")
  }

  private func unassigned() throws -> Row? {
    let desk = try registry.assigningDesk(in: cycle, by: by(people.leads[0]), at: now)
    let free = desk.counts[.none] ?? 0
    if free == 0 { return nil }
    return Row(
      post: "lead assessor", person: people.leads[0].text, path: "\(base)/assigning",
      waiting: "\(count(free, "office")) without an assessor")
  }

  private func asked() throws -> Row? {
    let asked = try registry.asked(of: cycle, by: by(people.leads[0]), at: now)
    if asked.isEmpty { return nil }
    return Row(
      post: "lead assessor", person: people.leads[0].text, path: "\(base)/progress",
      waiting: "\(count(asked.count, "disclosure")) left to the lead")
  }

  // While it is clarified and decided.

  private func clarifying() throws -> [Row?] {
    let (lead, decider) = (by(people.leads[0]), people.decider(of: offices.count > 1 ? 1 : 0))
    let all = try registry.clarificationsDesk(page: 1, in: cycle, by: lead, at: now)
    let own = try registry.clarificationsDesk(page: 1, in: cycle, by: by(decider), at: now)
    let (unnamed, waiting) = (all.counts[.notNamed] ?? 0, own.counts[.named] ?? 0)
    return try [
      Row(
        post: "director", person: people.director(of: main).text, path: "\(home(main))/findings",
        waiting: "results that are opened and contested"),
      unopened(),
      waiting == 0
        ? nil
        : Row(
          post: "assessor", person: decider.text, path: "\(base)/clarifications",
          waiting: "\(count(waiting, "clarification")) to decide"),
      unnamed == 0
        ? nil
        : Row(
          post: "lead assessor", person: people.leads[0].text, path: "\(base)/clarifications",
          waiting: "\(count(unnamed, "clarification")) that nobody is named for"),
      Row(
        post: "committee", person: people.committee[0].text, path: "\(base)/results",
        waiting: "results before they are clarified"),
    ]
  }

  private func unopened() throws -> Row? {
    let number = offices.indices.last {
      (try? registry.officeDesk(offices[$0], in: cycle, by: by(people.director(of: offices[$0])), at: now))?
        .openedAt == nil
    }
    guard let number, number > 0 else { return nil }
    return Row(
      post: "director", person: people.director(of: offices[number]).text,
      path: "\(home(offices[number]))/findings", waiting: "results to open")
  }

  private func deciding() throws -> [Row] {
    let desk = try registry.sealingDesk(of: cycle, by: by(people.committee[1]), at: now)
    let agreed = desk.agreements.map(\.person.text).joined(separator: ", ")
    return [
      Row(
        post: "committee", person: people.committee[1].text, path: "\(base)/sealing",
        waiting: "results that \(agreed) has agreed to"),
      Row(
        post: "committee", person: people.committee[2].text, path: "\(base)/results",
        waiting: "every office, to look into and correct"),
    ]
  }

  private func amendments() throws -> [Row] {
    let desk = try registry.amendmentsDesk(of: cycle, by: by(people.committee[1]), at: now)
    let waiting = desk.amendments.count { $0.state == .waiting }
    if waiting == 0 { return [] }
    return [
      Row(
        post: "committee", person: people.committee[1].text, path: "\(base)/amendments",
        waiting: "\(count(waiting, "amendment")) to agree to")
    ]
  }
}

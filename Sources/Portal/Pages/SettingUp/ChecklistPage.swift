import Hummingbird
import Integrity
import Reports
import Storage

/// The way through a cycle in order: what is done, what is next, what comes later, and what each step needs.
enum ChecklistPage {
  static let routes: [Route] = [
    SettingUp.page(SettingUp.checklist) { signedIn in
      let words = try signedIn.words()
      let setUp = try await signedIn.read { registry, signer, now in try registry.setUp(by: signer, at: now) }
      let list = Checklist(setUp, at: signedIn.now, words, Dates(signedIn.visit.visitor))
      return try signedIn.page(
        "pages/setup-checklist", title: words.say("setup.title"), list.fields,
        frame: try signedIn.frame(settingUp: .checklist, in: setUp.cycle))
    }
  ]
}

/// A registry's state as steps.
struct Checklist {
  private let setUp: Registry.SetUp
  private let now: Moment
  private let words: Wording
  private let dates: Dates

  init(_ setUp: Registry.SetUp, at now: Moment, _ words: Wording, _ dates: Dates) {
    (self.setUp, self.now, self.words, self.dates) = (setUp, now, words, dates)
  }

  enum State: String {
    case done, partly, now, coming
  }

  struct Step {
    let name: String
    let isDone: Bool
    var isPartly = false
    /// What is there, or what it needs.
    let facts: [String]
    let path: String
  }

  /// Before a cycle is opened, in order.
  var steps: [Step] {
    let (cycle, staff, accounts) = (setUp.cycle, setUp.staff, setUp.accounts)
    let cyclePath = cycle.map { SettingUp.cycle($0.code) }
    let others = accounts.open > 1
    return [
      Step(
        name: "offices", isDone: setUp.offices > 0,
        facts: setUp.offices == 0
          ? [words.say("setup.offices_needs")]
          : [
            words.say(
              "setup_offices.count", ["offices": setUp.offices.shown, "groups": setUp.groups.shown])
          ],
        path: setUp.offices == 0 ? SettingUp.importOffices : SettingUp.offices),
      Step(
        name: "cycle", isDone: cycle != nil,
        facts: cycle.map { cycle in
          [cycle.title.in(words.language), setUp.rubric.map { $0.code.text } ?? ""].filter { !$0.isEmpty }
        } ?? [words.say("setup.cycle_needs")], path: cyclePath ?? SettingUp.newCycle),
      Step(
        name: "schedule", isDone: cycle?.schedule != nil && misfits.isEmpty, isPartly: !misfits.isEmpty,
        facts: misfits.isEmpty ? closings ?? [words.say("setup.schedule_needs")] : misfits,
        path: cycle.map { SettingUp.schedule($0.code) } ?? SettingUp.newCycle),
      Step(
        name: "people", isDone: others && staff.isComplete, isPartly: others,
        facts: others
          ? [words.say("setup.accounts", ["count": accounts.open.shown])] + CycleWords(words).missing(staff)
          : [words.say("setup.people_needs")], path: others ? SettingUp.people : SettingUp.importPeople),
      Step(
        name: "letters", isDone: others && accounts.unwritten == 0,
        isPartly: others && accounts.unwritten < accounts.outside,
        facts: others
          ? [
            accounts.unwritten > 0
              ? words.say("setup.unwritten", ["count": accounts.unwritten.shown])
              : words.say("setup.outside", ["count": accounts.outside.shown])
          ] : [words.say("setup.letters_needs")], path: SettingUp.letters),
      Step(
        name: "open", isDone: (cycle?.stage ?? .preparing) != .preparing,
        facts: [
          (cycle?.stage ?? .preparing) == .preparing
            ? words.say("setup.open_needs")
            : words.say("setup.taking_part", ["count": setUp.participants.shown])
        ], path: cycle.map { SettingUp.opening($0.code) } ?? SettingUp.newCycle),
    ]
  }

  private var misfits: [String] {
    guard let schedule = setUp.cycle?.schedule, let rubric = setUp.rubric else { return [] }
    return schedule.misfits(for: rubric).map { $0.said(in: words.language).sentence(in: words.language) }
  }

  /// When disclosures close, which everybody asks for first.
  private var closings: [String]? {
    guard let schedule = setUp.cycle?.schedule, let rubric = setUp.rubric else { return nil }
    return rubric.instruments.compactMap { instrument in
      schedule.collecting[instrument.code].map {
        words.say(
          "setup.closing", ["instrument": instrument.code.text, "closes": dates.closes($0, words)])
      }
    }
  }

  private func state(of steps: [Step], at index: Int) -> State {
    let step = steps[index]
    if step.isDone { return .done }
    if steps.firstIndex(where: { !$0.isDone }) == index { return .now }
    return step.isPartly ? .partly : .coming
  }

  var fields: [String: ReportData] {
    let steps = steps
    let states = steps.indices.map { state(of: steps, at: $0) }
    let next = states.firstIndex(of: .now)
    let isFresh = setUp.offices == 0 && setUp.cycle == nil
    return [
      "heading": .text(
        setUp.cycle?.title.in(words.language).held ?? words.say("setup.fresh_heading")),
      "lead": .text(
        words.say(isFresh ? "setup.fresh_lead" : next == nil ? "setup.running_lead" : "setup.lead")),
      "is_fresh": .flag(isFresh),
      "next": next.map { index -> ReportData in
        [
          "href": .text(steps[index].path),
          "text": .text(
            words.say(
              "setup.next",
              ["number": "\(index + 1)", "name": words.text("setup", "\(steps[index].name)_title")])),
        ]
      } ?? .absent,
      "steps": .list(
        steps.indices.map { index in row(steps[index], number: "\(index + 1)", states[index]) }),
      "done": .text(
        words.say("setup.done_of", ["done": "\(steps.count(where: \.isDone))", "all": "\(steps.count)"])),
      "running": .list(running), "has_running": .flag(!running.isEmpty), "upkeep": .list(upkeep),
      "earlier": .list(
        setUp.cycles.filter { $0.code != setUp.cycle?.code }.map { cycle in
          [
            "href": .text(SettingUp.cycle(cycle.code)), "title": .text(cycle.title.in(words.language)),
            "facts": [.text(CycleWords(words).stage(cycle))],
          ]
        }),
      "has_earlier": .flag(setUp.cycles.contains { $0.code != setUp.cycle?.code }),
    ]
  }

  private func row(_ step: Step, number: String, _ state: State) -> ReportData {
    let kind: String =
      switch state {
      case .done: "ready"
      case .partly, .now: "draft"
      case .coming: "not_begun"
      }
    return [
      "number": .text(number), "href": .text(step.path),
      "title": .text(words.text("setup", "\(step.name)_title")),
      "facts": .list(step.facts.map { .text($0) }),
      "state": [
        "kind": .text(kind), "title": .text(words.say("setup_state.\(state.rawValue)")),
        "ready": .flag(kind == "ready"), "draft": .flag(kind == "draft"),
        "not_begun": .flag(kind == "not_begun"), "returned": .absent, "submitted": .absent,
        "contested": .absent,
      ],
    ]
  }

  private func link(_ name: String, _ path: String, facts: [String] = []) -> ReportData {
    [
      "href": .text(path), "title": .text(words.text("setup", "\(name)_title")),
      "facts": .list((facts.isEmpty ? [words.text("setup", "\(name)_hint")] : facts).map { .text($0) }),
    ]
  }

  /// While the cycle is open.
  private var running: [ReportData] {
    guard let cycle = setUp.cycle, cycle.stage != .preparing else { return [] }
    return [
      link("late", SettingUp.late(cycle.code)),
      link(
        "extensions", SettingUp.extensions(cycle.code),
        facts: [words.say("setup_cycle.extension_count", ["count": cycle.extensions.count.shown])]),
    ]
  }

  /// At any time.
  private var upkeep: [ReportData] {
    [
      link("all_people", SettingUp.people), link("trail", SettingUp.trail),
      link("backups", SettingUp.backups),
      link("retention", SettingUp.retention),
    ]
      + (setUp.cycle == nil && !setUp.cycles.isEmpty ? [link("new_cycle", SettingUp.newCycle)] : [])
  }
}

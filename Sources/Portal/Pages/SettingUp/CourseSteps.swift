import Integrity
import Reports
import Storage

/// An open cycle as steps: who does what, by when, and how far they are.
struct CourseSteps {
  private let course: Registry.Course
  private let cycle: Cycle
  private let rubric: Rubric
  private let staff: Registry.Staff
  private let now: Moment
  private let words: Wording
  private let dates: Dates

  /// Nil before the cycle is opened.
  init?(_ setUp: Registry.SetUp, at now: Moment, _ words: Wording, _ dates: Dates) {
    guard let course = setUp.course, let cycle = setUp.cycle, let rubric = setUp.rubric else { return nil }
    (self.course, self.cycle, self.rubric, staff) = (course, cycle, rubric, setUp.staff)
    (self.now, self.words, self.dates) = (now, words, dates)
  }

  enum State: String {
    case done, partly, underway = "under_way", coming = "not_yet"
  }

  struct Step {
    let name: String
    let title: String
    let who: String
    let facts: [String]
    let state: State
    var path: String?
  }

  /// In the order of the year.
  var steps: [Step] {
    var steps: [Step] = []
    if let disclosing { steps.append(submitting(disclosing)) }
    if !questionnaires.isEmpty { steps.append(measuring) }
    if let disclosing { steps += [assigning, judging(disclosing)] }
    steps.append(scoring)
    if disclosing != nil { steps.append(clarifying) }
    return steps + [sealing]
  }

  private var disclosing: Instrument? { rubric.instruments.first { $0.questionnaire == nil } }
  private var questionnaires: [Instrument] { rubric.instruments.filter { $0.questionnaire != nil } }

  private func window(_ instrument: Instrument) -> Window? { cycle.schedule?.collecting[instrument.code] }

  private func say(_ name: String, _ values: [String: String] = [:]) -> String {
    words.say("setup_course.\(name)", values)
  }

  private func of(_ done: Int, _ name: String) -> String {
    say(name, ["done": done.shown, "all": course.offices.shown])
  }

  /// The way to those who are late with something.
  private func late(_ what: Registry.LateWhat) -> String {
    Paging.address(SettingUp.late(cycle.code), [("what", what.rawValue)])
  }

  private var progress: String { RoomPlace.progress.path(in: cycle.code) }

  // The steps.

  private func submitting(_ instrument: Instrument) -> Step {
    let window = window(instrument)
    let isOpen = window.map { $0.opens <= now } ?? false
    return Step(
      name: "submit", title: say("submit_title", ["instrument": instrument.code.text]),
      who: say("submit_who"),
      facts: course.isFrozen
        ? [say("submit_closed")]
        : [window.map { isOpen ? dates.closes($0, words) : dates.opens($0, words) } ?? ""]
          + (isOpen ? [of(course.offices - course.unsent, "submit_done")] : []),
      state: course.isFrozen || (isOpen && course.unsent == 0) ? .done : isOpen ? .underway : .coming,
      path: course.isFrozen ? nil : late(.submissions))
  }

  private var measuring: Step {
    let windows = questionnaires.compactMap { one in window(one).map { (one, $0) } }
    let isOpen = windows.contains { $0.1.opens <= now }
    let isClosed = windows.allSatisfy { $0.1.closes <= now }
    let isDone = course.measured == course.offices
    return Step(
      name: "measure",
      title: say(
        "measure_title",
        ["instruments": words.list(questionnaires.map(\.code.text))]),
      who: say("measure_who"),
      facts: (isDone || isClosed
        ? []
        : windows.map { one, window in
          words.say(
            "setup.closing",
            [
              "instrument": one.code.text,
              "closes": isOpen ? dates.closes(window, words) : dates.opens(window, words),
            ])
        }) + [of(course.measured, "measure_done")]
        + (course.unasked > 0 ? [say("measure_unasked", ["count": course.unasked.shown])] : []),
      state: isDone ? .done : !isOpen ? .coming : isClosed ? .partly : .underway,
      path: late(course.unasked > 0 ? .stakeholders : .answers))
  }

  private var assigning: Step {
    let isOpen = disclosing.flatMap { window($0) }.map { $0.opens <= now } ?? false
    return Step(
      name: "assign", title: say("assign_title"),
      who: course.leads.isEmpty
        ? words.say("setup_staff.no_lead")
        : say("assign_who", ["names": course.leads.prefix(3).joined(separator: ", ")]),
      facts: [
        course.unassigned == 0
          ? say("assign_done") : say("assign_open", ["count": course.unassigned.shown])
      ], state: course.unassigned == 0 ? .done : isOpen ? .underway : .coming, path: progress)
  }

  private func judging(_ instrument: Instrument) -> Step {
    let window = cycle.schedule?.assessing
    let isOpen = window.map { $0.opens <= now } ?? false
    let isDone = course.items > 0 && course.judged == course.items
    return Step(
      name: "judge", title: say("judge_title", ["instrument": instrument.code.text]),
      who: staff.assessors == 0
        ? words.say("setup_staff.no_assessor") : say("judge_who", ["count": staff.assessors.shown]),
      facts: [
        window.map { window in
          isOpen
            ? say("judge_by", ["day": dates.last(of: window)])
            : words.say("windows.begins", ["moment": dates.moment(window.opens).kept])
        } ?? ""
      ]
        + (isOpen ? [say("judge_done", ["done": course.judged.shown, "all": course.items.shown])] : []),
      state: isDone ? .done : isOpen ? .underway : .coming, path: progress)
  }

  private var scoring: Step {
    let (scored, all) = (course.scored, course.offices)
    let first = course.first?.shortName(words) ?? ""
    return Step(
      name: "score", title: say("score_title"), who: say("score_who"),
      facts: scored == 0
        ? [say("score_none")]
        : (scored == 1 ? [say("score_first", ["office": first])] : []) + [of(scored, "score_done")],
      state: scored == 0 ? .coming : scored == all ? .done : .partly)
  }

  private var clarifying: Step {
    let window = cycle.schedule?.clarifying
    let (isOpen, isClosed) = (
      window.map { $0.opens <= now } ?? false, window.map { $0.closes <= now } ?? false
    )
    return Step(
      name: "clarify", title: say("clarify_title"), who: say("clarify_who"),
      facts: [
        window.map { window in
          words.say(
            isOpen ? "windows.ends" : "windows.begins",
            ["moment": dates.moment(isOpen ? window.closes : window.opens).kept])
        } ?? ""
      ]
        + (isOpen ? [of(course.opened, "clarify_done")] : [])
        + (course.undecided > 0 ? [say("clarify_open", ["count": course.undecided.shown])] : []),
      state: isClosed && course.undecided == 0 ? .done : isOpen ? .underway : .coming,
      path: "/\(cycle.code.text.queryEscaped)/not-opened")
  }

  private var sealing: Step {
    let isDeciding = cycle.phase(at: now) >= .deciding
    return Step(
      name: "seal", title: say("seal_title"), who: say("seal_who"),
      facts: cycle.stage == .sealed
        ? [say("seal_sealed")]
        : isDeciding
          ? [] : [words.say("windows.begins", ["moment": dates.moment(cycle.end).kept])],
      state: isDeciding ? .underway : .coming)
  }

  // As the page shows them.

  var rows: [ReportData] {
    steps.enumerated().map { index, step in
      let kind =
        switch step.state {
        case .done: "ready"
        case .partly, .underway: "draft"
        case .coming: "not_begun"
        }
      return [
        "number": .text("\(index + 1)"), "href": ReportData(step.path), "title": .text(step.title),
        "who": .text(step.who),
        "facts": .list(
          step.facts.filter { !$0.isEmpty }.map { .text($0.sentence(in: words.language)) }),
        "state": [
          "kind": .text(kind), "title": .text(words.say("setup_state.\(step.state.rawValue)")),
          "ready": .flag(kind == "ready"), "draft": .flag(kind == "draft"),
          "not_begun": .flag(kind == "not_begun"), "returned": .absent, "submitted": .absent,
          "contested": .absent,
        ],
      ]
    }
  }

  /// What goes on at this moment, in one sentence.
  var lead: String {
    let underway = steps.filter { $0.state == .underway }.map(\.title)
    if !underway.isEmpty { return say("lead", ["steps": words.facts(underway)]) }
    let windows = cycle.schedule.map { Array($0.collecting.values) + [$0.assessing, $0.clarifying] } ?? []
    let opens = windows.map(\.opens).filter { $0 > now }.min()
    return opens.map { say("lead_next", ["moment": dates.moment($0).kept]) } ?? say("lead_nothing")
  }
}

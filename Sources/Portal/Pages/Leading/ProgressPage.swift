import Hummingbird
import Integrity
import Reports
import Storage

/// How far judging has come: who falls behind, and which offices have no findings yet.
enum ProgressPage {
  static let path = "/{cycle}/progress"

  static let routes: [Route] = [
    .page(path) { signedIn in
      let (state, page) = (
        signedIn.visit.asked("state").flatMap(Registry.JudgingState.init(rawValue:)) ?? .none,
        LeadPager(signedIn.visit).number
      )
      let (desk, words) = (try await desk(signedIn, state, page), try signedIn.words())
      let data = ProgressData(desk, state, page, at: signedIn.now, words, Dates(signedIn.visit.visitor))
      return try signedIn.page(
        "pages/lead-progress", title: words.say("pace.title"), data.fields,
        frame: try signedIn.frame(signedIn.overseeing, .progress, in: desk.cycle))
    },
    .page(path + ".csv", load: .export) { signedIn in
      let (desk, words) = (try await desk(signedIn, .none, 1), try signedIn.words())
      return .table(ProgressData.table(desk, words), named: "progress", desk.cycle.code)
    },
  ]

  private static func desk(_ signedIn: SignedIn, _ state: Registry.JudgingState, _ page: Int) async throws
    -> Registry.ProgressDesk
  {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.progressDesk(state, page: page, in: cycle, by: signer, at: now)
    }
  }
}

extension SignedIn {
  /// The room from which somebody looks at all offices: the lead's before the others.
  var overseeing: Room {
    let rooms = Room.all(for: session.who, on: now.day)
    return [.leading, .committee, .settingUp].first(where: rooms.contains) ?? .leading
  }
}

/// How far judging has come, as its page shows it.
struct ProgressData {
  private let desk: Registry.ProgressDesk
  private let state: Registry.JudgingState
  private let page: Int
  private let now: Moment
  private let words: Wording
  private let dates: Dates
  private let paths: LeadPaths

  init(
    _ desk: Registry.ProgressDesk, _ state: Registry.JudgingState, _ page: Int, at now: Moment,
    _ words: Wording, _ dates: Dates
  ) {
    (self.desk, self.state, self.page, self.now) = (desk, state, page, now)
    (self.words, self.dates) = (words, dates)
    paths = LeadPaths(cycle: desk.cycle.code)
  }

  private var window: Window? { desk.cycle.schedule?.assessing }

  var fields: [String: ReportData] {
    let behind = desk.assessors.filter { $0.behind > 0 }.count
    let offices = desk.counts.values.reduce(0, +)
    return [
      "judged": .text(desk.judged.shown),
      "of_items": .text(words.say("pace.of", ["all": desk.items.shown])),
      "done": .text((desk.counts[.done] ?? 0).shown),
      "of_offices": .text(words.say("pace.of_offices", ["all": offices.shown])),
      "share": .text(share(desk.judged, of: desk.items)), "time_left": .text(left),
      "until": ReportData(window.map { words.say("pace.until", ["day": dates.last(of: $0)]) }),
      "behind": behind > 0
        ? .text(words.say("pace.behind_count", ["count": behind.shown])) : .absent,
      "assessors": .list(desk.assessors.sorted(by: later).map(assessor)),
      "has_assessors": .flag(!desk.assessors.isEmpty), "table": .text(paths.progress + ".csv"),
      "chips": .list(chips), "rows": .list(desk.offices.map(row)), "is_empty": .flag(desk.offices.isEmpty),
      "pager": LeadPager.data(page, of: desk.found, words) { href(state, $0) },
      "not_opened": isClarifying ? .text(paths.notOpened) : .absent,
      "clarifications": .text(paths.clarifications), "is_clarifying": .flag(isClarifying),
      "asking": .text(paths.asking),
    ]
  }

  /// Those who are most behind first, then as they stand.
  private func later(_ a: Registry.AssessorPace, _ b: Registry.AssessorPace) -> Bool {
    (b.behind, a.load.code) < (a.behind, b.load.code)
  }

  private var isClarifying: Bool {
    guard let instrument = desk.rubric.instruments.first(where: { $0.questionnaire == nil }) else {
      return false
    }
    return desk.cycle.phase(of: instrument, for: nil, at: now) >= .clarifying
  }

  private var left: String {
    guard let window else { return "–" }
    if now < window.opens { return words.say("pace.not_begun") }
    if now >= window.closes { return words.say("pace.over") }
    return dates.left(until: window.closes.adding(seconds: -1), from: now, words)
  }

  private func assessor(_ pace: Registry.AssessorPace) -> ReportData {
    var fields: [String: ReportData] = [
      "is_behind": .flag(pace.behind > 0),
      "pace": .text(
        pace.load.items == 0
          ? words.say("pace.nothing_assigned")
          : pace.behind > 0
            ? words.say("pace.behind", ["count": pace.behind.shown])
            : pace.load.left == 0 ? words.say("pace.all_done") : words.say("pace.in_time")),
      "last": .text(pace.last.map { dates.shortMoment($0) } ?? "–"),
      "href": desk.mayAssign ? .text(paths.assessor(pace.load.code)) : .absent,
    ]
    if case .record(let own) = AssessorRow(pace.load, words, paths).data { fields.merge(own) { a, _ in a } }
    return .record(fields)
  }

  private func href(_ state: Registry.JudgingState, _ page: Int = 1) -> String {
    let fields = [
      state == .none ? nil : "state=\(state.rawValue)", page > 1 ? "page=\(page)" : nil,
    ].compactMap { $0 }
    return paths.progress + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&")) + "#offices"
  }

  private var chips: [ReportData] {
    Registry.JudgingState.allCases.map { one in
      [
        "href": .text(href(one)), "title": .text(words.say("judging_state.\(one.rawValue)")),
        "count": .text((desk.counts[one] ?? 0).shown), "is_current": .flag(one == state),
        "is_bare": .flag(desk.counts[one] == nil && one != state),
      ]
    }
  }

  private func row(_ placed: Registry.PlacedOffice) -> ReportData {
    let names = placed.holders.map(\.name)
    return [
      "code": .text(placed.office.code.text), "title": .text(placed.office.shortName(words).held),
      "href": desk.mayAssign ? .text(paths.office(placed.office.code)) : .absent,
      "holders": .text(words.list(names)), "has_holders": .flag(!names.isEmpty),
      "judged": .text(
        words.say("assigning.judged", ["count": placed.judged.shown, "all": placed.due.shown])),
    ]
  }

  /// The assessors for a spreadsheet.
  static func table(_ desk: Registry.ProgressDesk, _ words: Wording) -> String {
    let header = [
      "pace.column_name", "pace.column_offices", "pace.column_items", "pace.column_judged",
      "pace.column_left", "pace.column_behind", "pace.column_last",
    ].map { words.say($0) }
    let rows = desk.assessors.map { pace in
      [
        pace.load.name, "\(pace.load.offices)", "\(pace.load.items)", "\(pace.load.judged)",
        "\(pace.load.left)", "\(pace.behind)", pace.last?.description ?? "",
      ]
    }
    return ScorecardCSV.table([header] + rows) + "\r\n"
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// Opening a cycle: who takes part, what closes when, and what cannot be changed from then on.
enum OpeningPage {
  private static let path = SettingUp.newCycle + "/{cycle}/open"

  static let routes = SettingUp.form(path, Fields.Names(once: ["password"]), show: show, act: act).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let words = try signedIn.words()
    let (opening, setUp) = try await signedIn.read { registry, signer, now in
      (try registry.opening(of: code, by: signer, at: now), try registry.setUp(by: signer, at: now))
    }
    let cycle = opening.cycle
    guard cycle.stage == .preparing else {
      return .redirect(to: SettingUp.cycle(code))
    }
    let dates = Dates(signedIn.visit.visitor)
    let lacks = CycleWords(words).lacking(opening, setUp)
    return try signedIn.page(
      "pages/setup-opening", title: words.say("setup_opening.title"),
      [
        "form": try signedIn.visit.form(SettingUp.opening(code), entered),
        "cycle": .text(cycle.title.in(words.language)), "back": .text(SettingUp.checklist),
        "offices": .text(words.say("setup_opening.offices", ["count": opening.offices.shown])),
        "kinds": .list(
          opening.kinds.map { kind, count in
            [
              "title": .text(
                opening.rubric.kinds.first { $0.code == kind }?.title.in(words.language)
                  ?? words.say("setup_opening.any_kind")), "count": .text(count.shown),
            ]
          }),
        "left": opening.left == 0
          ? .absent
          : [
            "title": .text(words.say("setup_opening.left", ["count": opening.left.shown])),
            "offices": .list(
              opening.leftOut.map { office in
                .text(words.facts([office.code.text, office.name.in(words.language)]))
              }),
          ],
        "windows": .list(CycleWords(words).windows(cycle, opening.rubric, dates)),
        "lacks": .list(lacks.map { .text($0) }), "has_lacks": .flag(!lacks.isEmpty),
        "can_open": .flag(cycle.schedule != nil && opening.misfits.isEmpty && opening.offices > 0),
        "button": .text(words.say("setup_opening.button", ["count": opening.offices.shown])),
        "password": try signedIn.visit.passwordField(in: "setup", entered),
      ], frame: try signedIn.frame(settingUp: .checklist, in: cycle))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let code: Code<Cycle> = try signedIn.part("cycle")
    try await signedIn.confirm(sent.raw("password"))
    let (portal, now) = (signedIn.portal, signedIn.now)
    let signer = Signer(signedIn.session.person, form: sent.key)
    return try await signedIn.undertake("open") { _ in
      do {
        _ = try portal.registry.openCycle(code, by: signer, at: now)
      } catch StorageProblem.repeated {
        // It is open.
      }
      return SettingUp.checklist + "?told=cycle_opened"
    }
  }
}

/// A cycle in words.
struct CycleWords {
  let words: Wording

  init(_ words: Wording) { self.words = words }

  /// Each window with when it opens and closes.
  func windows(_ cycle: Cycle, _ rubric: Rubric, _ dates: Dates) -> [ReportData] {
    guard let schedule = cycle.schedule else { return [] }
    func row(_ title: String, _ opens: String, _ closes: String) -> ReportData {
      ["title": .text(title), "opens": .text(opens), "closes": .text(closes)]
    }
    func phase(_ name: String, _ window: Window) -> ReportData {
      row(
        words.text("setup_schedule", "\(name)"),
        words.say("windows.begins", ["moment": dates.moment(window.opens).kept]),
        words.say("windows.ends", ["moment": dates.moment(window.closes).kept]))
    }
    let collecting = rubric.instruments.compactMap { instrument in
      schedule.collecting[instrument.code].map {
        row(
          words.facts([instrument.code.text, instrument.title.in(words.language)]),
          dates.opens($0, words), dates.closes($0, words))
      }
    }
    return collecting + [
      phase("assessing", schedule.assessing), phase("clarifying", schedule.clarifying),
    ]
  }

  /// What is not there and can be added later.
  func lacking(_ opening: Registry.CycleOpening, _ setUp: Registry.SetUp) -> [String] {
    var lacks: [String] = []
    if opening.cycle.schedule == nil { lacks.append(words.say("setup_opening.lacks_schedule")) }
    lacks += opening.misfits.map { $0.said(in: words.language).sentence(in: words.language) }
    if opening.offices == 0 { lacks.append(words.say("setup_opening.lacks_offices")) }
    return lacks + missing(setUp.staff)
  }

  /// Who is missing for the work of a cycle.
  func missing(_ staff: Registry.Staff) -> [String] {
    var lacks: [String] = []
    func add(_ isLacking: Bool, _ name: String, _ count: Int = 0) {
      if isLacking { lacks.append(words.say("setup_staff.\(name)", ["count": count.shown])) }
    }
    add(staff.withoutDirector > 0, "without_director", staff.withoutDirector)
    add(staff.withoutOfficer > 0, "without_officer", staff.withoutOfficer)
    add(staff.assessors == 0, "no_assessor")
    add(staff.leads == 0, "no_lead")
    add(staff.members < Registry.Staff.fewestMembers, "few_members")
    return lacks
  }

  /// What has been done to it as a whole.
  func stage(_ cycle: Cycle) -> String { words.say("setup_stage.\(cycle.stage.rawValue)") }
}

import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// All dates of a cycle in one form, in Bangkok's time and in Buddhist years.
enum SchedulePage {
  private static let path = SettingUp.newCycle + "/{cycle}/schedule"

  static let routes = SettingUp.form(
    path,
    Fields.Names(
      once: ["proof", "reason", "password", "seen"],
      many: ["what", "opens_day", "opens_time", "closes_day", "closes_time"]),
    show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let ((cycle, rubric), words) = (try await SettingUp.cycle(signedIn), try signedIn.words())
    let sheet = ScheduleSheet(cycle: cycle, rubric: rubric, words: words)
    let path = SettingUp.schedule(cycle.code)
    let proof = entered.value("proof", or: cycle.schedule?.admitsFurtherProof == true ? "yes" : "no")
    let isOpen = cycle.stage != .preparing
    let mayChange =
      Conduct.may(.changeSchedule, in: Matter(cycle: cycle), by: signedIn.session.who, at: signedIn.now)
    return try signedIn.page(
      "pages/setup-schedule", title: words.say("setup_schedule.title"),
      [
        "form": try signedIn.visit.form(path, entered), "cycle": .text(cycle.title.in(words.language)),
        "back": .text(SettingUp.cycle(cycle.code)), "rows": .list(sheet.rows(entered, signedIn)),
        "is_suggested": .flag(cycle.schedule == nil && entered.fields == nil),
        "admits": .flag(proof == "yes"), "admits_not": .flag(proof != "yes"), "is_open": .flag(isOpen),
        "seen": .text(entered.value("seen", or: ScheduleSheet.mark(of: cycle.schedule))),
        "reason": isOpen ? try signedIn.visit.field("reason", in: "setup_schedule", entered) : .absent,
        "password": isOpen ? try signedIn.visit.passwordField(in: "setup", entered) : .absent,
        "refusal": ReportData(mayChange?.said(in: words.language).sentence(in: words.language)),
      ], frame: try signedIn.frame(settingUp: .checklist, in: cycle))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let ((cycle, rubric), words) = (try await SettingUp.cycle(signedIn), try signedIn.words())
    if let refusal = Conduct.may(
      .changeSchedule, in: Matter(cycle: cycle), by: signedIn.session.who, at: signedIn.now)
    {
      throw refusal
    }
    let sheet = ScheduleSheet(cycle: cycle, rubric: rubric, words: words)
    var schedule = try sheet.schedule(sent)
    guard sent.text("seen") == ScheduleSheet.mark(of: cycle.schedule) else {
      throw FieldFaults(nil, words.say("setup_schedule.stale"))
    }
    schedule = Schedule(
      collecting: schedule.collecting, assessing: schedule.assessing, clarifying: schedule.clarifying,
      admitsFurtherProof: sent.text("proof") == "yes")
    let reason = sent.text("reason")
    if cycle.stage != .preparing {
      guard !reason.isEmpty else { throw FieldFaults("reason", words.say("setup_schedule.reason_missing")) }
      guard reason.count <= 500 else { throw FieldFaults("reason", words.say("setup.reason_long")) }
      try await signedIn.confirm(sent.raw("password"))
    }
    try await signedIn.write(sent) { [schedule] registry, signer, now in
      try registry.setSchedule(schedule, of: cycle.code, reason: reason, by: signer, at: now)
    }
    return SettingUp.cycle(cycle.code) + "?told=schedule_set"
  }
}

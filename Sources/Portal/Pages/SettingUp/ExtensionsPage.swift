import Hummingbird
import Integrity
import Reports
import Storage

/// Giving one office longer for one instrument, with a reason.
enum ExtensionsPage {
  static let routes = SettingUp.form(
    SettingUp.newCycle + "/{cycle}/extensions",
    Fields.Names(once: ["office", "instrument", "day", "time", "reason", "password"]), show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let ((cycle, rubric), words) = (try await SettingUp.cycle(signedIn), try signedIn.words())
    let dates = Dates(signedIn.visit.visitor)
    let names = try await signedIn.portal.read { try $0.officeNames(Set(cycle.extensions.map(\.office))) }
    func field(_ name: String, _ more: [String: ReportData] = [:]) throws -> ReportData {
      try signedIn.visit.field(name, in: "setup_extension", entered).with(["autocomplete": "off"]).with(more)
    }
    let chosen = entered.value(
      "instrument", or: rubric.instruments.first { $0.questionnaire == nil }?.code.text ?? "")
    let refusal =
      Conduct.may(.extendWindow, in: Matter(cycle: cycle), by: signedIn.session.who, at: signedIn.now)
      ?? (cycle.schedule == nil ? Refusal(.extendWindow, .stage(is: cycle.stage, needs: [.open])) : nil)
    return try signedIn.page(
      "pages/setup-extensions", title: words.say("setup.extensions_title"),
      [
        "form": try signedIn.visit.form(SettingUp.extensions(cycle.code), entered),
        "cycle": .text(cycle.title.in(words.language)), "back": .text(SettingUp.cycle(cycle.code)),
        "rows": .list(
          cycle.extensions.reversed().map { one in
            [
              "office": .text(
                words.facts([one.office.text, names[one.office]?.in(words.language).held ?? ""])),
              "instrument": .text(one.instrument.text),
              "until": .text(words.say("windows.closes", ["moment": dates.moment(one.until).kept])),
              "reason": .text(one.reason),
            ]
          }), "has_rows": .flag(!cycle.extensions.isEmpty),
        "refusal": ReportData(refusal?.said(in: words.language).sentence(in: words.language)),
        "instruments": .list(
          rubric.instruments.map { instrument in
            [
              "code": .text(instrument.code.text),
              "title": .text(words.facts([instrument.code.text, instrument.title.in(words.language)])),
              "closes": ReportData(
                cycle.schedule?.collecting[instrument.code].map { dates.closes($0, words) }),
              "is_chosen": .flag(instrument.code.text == chosen),
            ]
          }), "instrument_fault": ReportData(entered.fault("instrument")),
        "office": try field("office", ["width": "medium"]), "day": try field("day", ["width": "short"]),
        "time": try field("time", ["width": "short", "is_optional": true]), "reason": try field("reason"),
        "password": try signedIn.visit.passwordField(in: "setup", entered),
      ], frame: try signedIn.frame(settingUp: .checklist, in: cycle))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let ((cycle, rubric), words) = (try await SettingUp.cycle(signedIn), try signedIn.words())
    if let refusal = Conduct.may(
      .extendWindow, in: Matter(cycle: cycle), by: signedIn.session.who, at: signedIn.now)
    {
      throw refusal
    }
    var faults: [FieldFault] = []
    func fault(_ field: String, _ name: String) {
      faults.append(FieldFault(field, words.say("setup_extension.\(name)")))
    }
    let office = try await signedIn.office(sent.text("office"), field: "office", &faults)
    if sent.text("office").isEmpty { fault("office", "office_missing") }
    let instrument = rubric.instrument(Code(sent.text("instrument")))
    if instrument == nil { fault("instrument", "instrument_missing") }
    let day = TypedDay.read(sent.text("day"))
    if day == nil { faults.append(FieldFault("day", words.say("setup_office.day_wrong"))) }
    let typed = sent.text("time")
    let minutes = typed.isEmpty ? 24 * 60 : TypedTime.read(typed)
    if minutes == nil { faults.append(FieldFault("time", words.say("setup_schedule.time_wrong"))) }
    let reason = sent.text("reason")
    if reason.isEmpty { fault("reason", "reason_missing") }
    if reason.count > 500 { faults.append(FieldFault("reason", words.say("setup.reason_long"))) }
    let until = day.flatMap { day in minutes.map { Moment(day, minutes: $0) } }
    if let until, let instrument, let window = cycle.schedule?.collecting[instrument.code] {
      if until <= window.closes { fault("day", "not_longer") }
      if instrument.questionnaire == nil, let clarifying = cycle.schedule?.clarifying.opens,
        until >= clarifying
      {
        fault("day", "no_time_to_judge")
      }
    }
    guard faults.isEmpty, let office, let instrument, let until else { throw FieldFaults(faults) }
    try await signedIn.confirm(sent.raw("password"))
    let longer = Extension(office: office, instrument: instrument.code, until: until, reason: reason)
    try await signedIn.write(sent) { registry, signer, now in
      try registry.extend(longer, in: cycle.code, by: signer, at: now)
    }
    return SettingUp.extensions(cycle.code) + "?told=extended"
  }
}

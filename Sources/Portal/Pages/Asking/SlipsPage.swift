import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// The code slips of an office: asked for by one and made by another, or made by an assessor; how many there are, and never
/// who has one or how many were used.
enum SlipsPage {
  static let path = Paths.home + "/slips"

  private static let form = Form(
    path: path, fields: Fields.Names(once: ["act", "which", "number", "reason"]), show: show, act: act)

  static let routes: [Route] =
    form.routes + [
      making.sent,
      .page(path + "/sheet") { signedIn in .redirect(to: try signedIn.paths().slips) },
    ]

  private static let making = EntranceForm(
    path: path + "/sheet", fields: Fields.Names(once: ["which", "number"]), access: .signedIn,
    show: { visit, entered in try await show(try visit.signedIn(), entered) }, act: make)

  /// One questionnaire with what there is of slips.
  struct Kind: Sendable {
    let state: Registry.SlipState
    let form: AskedForm

    var code: String { state.place.collected.route?.text ?? state.place.collected.instrument.text }

    private var route: Words? {
      form.instrument.questionnaire?.routes.first { $0.code == state.place.collected.route }?.title
    }

    /// Of the part where the questionnaire has parts.
    var ownTitle: Words { route ?? form.instrument.title }

    func title(_ language: Language) -> String {
      [form.instrument.title, route].compactMap { $0?.in(language) }.joined(separator: " – ")
    }
  }

  static func kinds(_ signedIn: SignedIn) async throws -> [Kind] {
    let paths = try signedIn.paths()
    let kinds = try await signedIn.read { registry, signer, now in
      try registry.slipStates(of: paths.office, in: paths.cycle, by: signer, at: now).compactMap { state in
        try registry.askedForm(state.place, at: now).map { Kind(state: state, form: $0) }
      }
    }
    guard !kinds.isEmpty else { throw Problem.notFound }
    return kinds
  }

  // Showing.

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (kinds, words, paths) = (try await kinds(signedIn), try signedIn.words(), try signedIn.paths())
    guard let first = kinds.first else { throw Problem.notFound }
    let isOwn = try await signedIn.isOwn(paths)
    return try signedIn.page(
      "pages/slips", title: words.say("slips.title"),
      [
        "form": try signedIn.visit.form(paths.slips, entered), "sheet": .text(paths.slips + "/sheet"),
        "place": .text(
          words.facts([
            first.form.office.shortName(words).held,
            words.say("banner.year", ["year": words.year(first.form.cycle.year)]).held,
          ])),
        "back": back(isOwn, paths, signedIn, words),
        "kinds": .list(kinds.map { card($0, entered, signedIn, words) }),
      ], frame: try signedIn.officeFrame(first.form, isOwn: isOwn))
  }

  /// Where whoever looks has come from: the office's questionnaires, or the offices that are below a minimum.
  private static func back(
    _ isOwn: Bool, _ paths: Paths, _ signedIn: SignedIn, _ words: Wording
  ) -> ReportData {
    if isOwn { return ["href": .text(paths.questionnaires), "title": .text(words.say("slips.back"))] }
    let rooms = Room.all(for: signedIn.session.who, on: signedIn.now.day)
    guard rooms.contains(.leading) else { return .absent }
    return [
      "href": .text(LeadPaths(cycle: paths.cycle).asking), "title": .text(words.say("asking_progress.title")),
    ]
  }

  private static func card(
    _ kind: Kind, _ entered: Entered, _ signedIn: SignedIn, _ words: Wording
  ) -> ReportData {
    let (state, code) = (kind.state, kind.code)
    let isThis = entered.fields?.text("which") == code
    let isMaking = state.order.map { !$0.isVoiding } ?? false
    let dates = Dates(signedIn.visit.visitor)
    let order = state.order.map { order -> ReportData in
      let name = order.isVoiding ? "slips.waits_void" : "slips.waits_make"
      return [
        "text": .text(
          words.say(
            name,
            ["count": order.number.shown, "name": order.by, "moment": dates.moment(order.at)])),
        "reason": order.reason.isEmpty
          ? .absent : .text(words.say("slips.reason_was", ["reason": order.reason])),
        "who": .text(
          words.say(
            order.isVoiding
              ? "slips.second_void"
              : state.may.contains(.makeSlips) ? "slips.second_make" : "slips.second_own")),
      ]
    }
    // Whoever may make slips without being asked needs nobody else.
    let mayMake = state.may.contains(.makeSlips)
    let number = isThis ? entered.value("number") : ""
    return [
      "code": .text(code), "title": .text(kind.ownTitle.in(words.language).held),
      "whole": state.place.collected.route == nil
        ? .absent : .text(kind.form.instrument.title.in(words.language).held),
      "is_others": .flag(state.place.collected.route != nil && state.may.isEmpty),
      "made": .text(words.say("slips.count", ["count": state.made.shown])),
      "left": .text(
        state.left.map { words.say("slips.count", ["count": $0.shown]) } ?? words.say("slips.no_number")),
      "voided": state.voidings > 0
        ? .text(
          words.say(
            "slips.voided_count", ["count": state.voided.shown, "times": state.voidings.shown]))
        : .absent, "order": order ?? .absent,
      "may_make": .flag(mayMake && (state.left ?? 0) > 0),
      "may_ask": .flag(!mayMake && state.may.contains(.askForSlips) && (state.left ?? 0) > 0),
      "fixed": isMaking && state.order.map { !$0.isReaders } ?? false
        ? .text((state.order?.number ?? 0).shown.filter(\.isNumber)) : .absent,
      "number": .text(number), "id": .text("number-\(code)"), "reason_id": .text("reason-\(code)"),
      "fault": ReportData(isThis ? entered.fault("number-\(code)") : nil),
      "reason_fault": ReportData(isThis ? entered.fault("reason-\(code)") : nil),
      "reason": .text(isThis ? entered.value("reason") : ""),
      "may_ask_void": .flag(state.may.contains(.askForSlips) && state.made > 0),
      "may_void": .flag(state.may.contains(.voidSlips) && state.order?.isVoiding == true),
      "void_name": .text(words.say("slips.void_name", ["code": code])),
      "make_name": .text(words.say("slips.make_name", ["code": code])),
      "ask_name": .text(words.say("slips.ask_name", ["code": code])),
    ]
  }

  // Doing.

  private static func kind(_ sent: Fields, _ signedIn: SignedIn) async throws -> Kind {
    let kinds = try await kinds(signedIn)
    guard let kind = kinds.first(where: { $0.code == sent.text("which") }) else {
      throw Problem.oddForm("which")
    }
    return kind
  }

  private static func number(_ sent: Fields, _ kind: Kind, _ words: Wording) throws -> Int {
    guard let number = TypedNumber.read(sent.text("number")), number > 0 else {
      throw FieldFaults("number-\(kind.code)", words.say("slips.number_wrong"))
    }
    return number
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (kind, words, paths) = (
      try await kind(sent, signedIn), try signedIn.words(), try signedIn.paths()
    )
    let place = kind.state.place
    switch sent.text("act") {
    case "ask":
      let number = try number(sent, kind, words)
      try await signedIn.write(sent) { registry, signer, now in
        try registry.askForSlips(number, place, by: signer, at: now)
      }
      return paths.slips + "?done=slips_asked"
    case "ask_void":
      let reason = sent.text("reason")
      guard !reason.isEmpty else {
        throw FieldFaults("reason-\(kind.code)", words.say("slips.reason_missing"))
      }
      try await signedIn.write(sent) { registry, signer, now in
        try registry.askToVoidSlips(place, reason: reason, by: signer, at: now)
      }
      return paths.slips + "?done=slips_asked"
    case "void":
      try await signedIn.write(sent) { registry, signer, now in
        try registry.voidSlips(place, by: signer, at: now)
      }
      return paths.slips + "?done=slips_void"
    default: throw Problem.oddForm("act")
    }
  }

  /// Makes the codes and shows them, this once.
  private static func make(_ visit: Visit, _ sent: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    let (kind, words) = (try await kind(sent, signedIn), try signedIn.words())
    let number = try number(sent, kind, words)
    let place = kind.state.place
    let made = try await signedIn.write(sent) { registry, signer, now in
      try registry.makeSlips(number, place, by: signer, at: now)
    }
    // Sent again, there are no second ones, and those that were made are nowhere any more.
    guard let made else { return .redirect(to: try signedIn.paths().slips + "?done=slips_shown") }
    return try await SlipSheet(signedIn: signedIn, kind: kind, codes: made.codes).page
  }
}

extension SignedIn {
  /// Whether the office in the path is one of the signer's own.
  func isOwn(_ paths: Paths) async throws -> Bool {
    try await read { registry, signer, now in
      let own = try registry.currentCycles(for: signer, at: now) ?? []
      return own.contains { cycle, offices in
        cycle.code == paths.cycle && offices.contains { $0.code == paths.office }
      }
    }
  }

  /// The office's own frame for its people, else that of the room whoever looks works in.
  func officeFrame(_ form: AskedForm, isOwn: Bool) throws -> ReportData {
    if isOwn { return try frame(.questionnaires, form.cycle, form.rubric, form.office) }
    let room = Room.all(for: session.who, on: now.day).first
    return try room.map { try frame($0, nil, in: form.cycle) } ?? bareFrame()
  }
}

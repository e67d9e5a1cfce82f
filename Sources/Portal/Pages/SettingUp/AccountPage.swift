import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// One person: who they are, what they may do, how they get in, and what may be done about each.
enum AccountPage {
  private static let path = SettingUp.people + "/{person}"

  static let routes: [Route] =
    [SettingUp.page(path) { try await show($0, .nothing) }]
    + [changing, granting, ending, conflicting, closing, opening, unfactoring, erasing].map(\.sent)
    + [lettering.sent]
    + [
      "change", "grant", "end", "conflict", "close", "open", "second-factor", "erase", "letter",
    ].map { act in
      SettingUp.back(from: path + "/" + act) { SettingUp.person(try $0.part("person")) }
    } + [
      Route(method: .post, path: path + "/export", load: .form, isOpen: false) { try await export($0) },
      SettingUp.back(from: path + "/export") { SettingUp.person(try $0.part("person")) },
    ]

  // The forms.

  private static func form(
    _ act: String, _ names: Set<String>,
    _ body: @escaping @Sendable (SignedIn, Code<Person>, Fields) async throws -> String
  ) -> Form {
    SettingUp.form(
      path + "/" + act, Fields.Names(once: names), show: show,
      act: { signedIn, sent in
        let code: Code<Person> = try signedIn.part("person")
        // Somebody who is not there is no fault of the form's.
        _ = try await desk(signedIn)
        return SettingUp.person(code) + "?told=" + (try await body(signedIn, code, sent))
      })
  }

  private static let changing = form("change", ["name", "post", "email", "phone"]) { signedIn, code, sent in
    let words = try signedIn.words()
    let faults = PersonSheet(words).faults(sent)
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let entry = PersonEntry(
      code: code, name: sent.text("name"), post: sent.text("post"), email: sent.text("email"),
      phone: sent.text("phone"))
    try await signedIn.write(sent) { registry, signer, now in
      try registry.changePerson(entry, by: signer, at: now)
    }
    return "person_changed"
  }

  private static let granting = form("grant", GrantSheet.names.union(["grant_password"])) {
    signedIn, code, sent in
    let grant = try await GrantSheet(try signedIn.words()).grant(sent, signedIn)
    try await signedIn.confirm(sent.raw("grant_password"), field: "grant_password")
    try await signedIn.write(sent) { registry, signer, now in
      try registry.grant(grant, to: code, by: signer, at: now)
    }
    return "role_given"
  }

  private static let ending = form("end", ["number", "last"]) { signedIn, code, sent in
    guard let number = Int64(sent.text("number")) else { throw Problem.oddForm("number") }
    let typed = sent.text("last")
    var until = signedIn.now.day
    if !typed.isEmpty {
      guard let day = TypedDay.read(typed) else {
        throw FieldFaults("last-\(number)", try signedIn.words().say("setup_office.day_wrong"))
      }
      until = day.adding(days: 1)
    }
    try await signedIn.write(sent) { [until] registry, signer, now in
      try registry.endGrant(number, of: code, until: until, by: signer, at: now)
    }
    return "role_ended"
  }

  private static let conflicting = form("conflict", ["conflict_office", "conflict_reason"]) {
    signedIn, code, sent in
    let words = try signedIn.words()
    var faults: [FieldFault] = []
    let typed = sent.text("conflict_office")
    let office = try await signedIn.office(typed, field: "conflict_office", &faults)
    if typed.isEmpty {
      faults.append(FieldFault("conflict_office", words.say("setup_person.office_missing")))
    }
    let reason = sent.text("conflict_reason")
    if reason.isEmpty {
      faults.append(FieldFault("conflict_reason", words.say("setup_person.reason_missing")))
    }
    if reason.count > 500 { faults.append(FieldFault("conflict_reason", words.say("setup.reason_long"))) }
    guard faults.isEmpty, let office else { throw FieldFaults(faults) }
    try await signedIn.write(sent) { registry, signer, now in
      try registry.declareConflict(of: code, with: office, reason: reason, by: signer, at: now)
    }
    return "conflict_declared"
  }

  private static let closing = form("close", ["close_password"]) { signedIn, code, sent in
    try await signedIn.confirm(sent.raw("close_password"), field: "close_password")
    try await signedIn.write(sent) { registry, signer, now in
      try registry.setClosed(true, code, by: signer, at: now)
    }
    return "account_closed"
  }

  private static let opening = form("open", []) { signedIn, code, sent in
    try await signedIn.write(sent) { registry, signer, now in
      try registry.setClosed(false, code, by: signer, at: now)
    }
    return "account_opened"
  }

  private static let unfactoring = form("second-factor", ["factor_password"]) { signedIn, code, sent in
    try await signedIn.confirm(sent.raw("factor_password"), field: "factor_password")
    try await signedIn.write(sent) { registry, signer, now in
      try registry.removeSecondFactor(of: code, by: signer, at: now)
    }
    return "factor_removed"
  }

  private static let erasing = SettingUp.form(
    path + "/erase", Fields.Names(once: ["erase_reason", "erase_sure", "erase_password"]), show: show,
    act: { signedIn, sent in
      let (words, desk) = (try signedIn.words(), try await desk(signedIn))
      var faults: [FieldFault] = []
      let reason = sent.text("erase_reason")
      if reason.isEmpty {
        faults.append(FieldFault("erase_reason", words.say("setup_person.reason_missing")))
      }
      if reason.count > 500 { faults.append(FieldFault("erase_reason", words.say("setup.reason_long"))) }
      if sent.text("erase_sure") != desk.code.text {
        faults.append(
          FieldFault("erase_sure", words.say("setup_person.erase_sure_wrong", ["person": desk.code.text])))
      }
      guard faults.isEmpty else { throw FieldFaults(faults) }
      try await signedIn.confirm(sent.raw("erase_password"), field: "erase_password")
      try await signedIn.write(sent) { registry, signer, now in
        try registry.erasePerson(desk.code, reason: reason, by: signer, at: now)
      }
      return SettingUp.people + "?told=person_erased"
    })

  private static let lettering = EntranceForm(
    path: path + "/letter", fields: Fields.Names(once: ["letter_password"]), access: .signedIn,
    show: { visit, entered in
      let signedIn = try visit.signedIn()
      try signedIn.administering()
      return try await show(signedIn, entered)
    }, act: letter)

  /// The code is shown in the answer itself, this once: nothing that could show it again is kept.
  private static func letter(_ visit: Visit, _ sent: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    try signedIn.administering()
    let desk = try await desk(signedIn)
    let path = SettingUp.person(desk.code)
    if desk.way == .password {
      try await signedIn.confirm(sent.raw("letter_password"), field: "letter_password")
    }
    let letter = try await signedIn.write(sent) { registry, signer, now in
      try registry.reset(desk.code, by: signer, at: now)
    }
    guard let letter else { return .redirect(to: path + "?told=letter_given") }
    let words = try signedIn.words()
    return try signedIn.page(
      "pages/letter", title: words.say("people.letter_title"),
      try LetterSheet(visit).fields(letter, back: path),
      frame: try await signedIn.frame(settingUp: .people))
  }

  /// What is held on somebody, as a file. A form, since it takes the password.
  private static func export(_ visit: Visit) async throws -> Response {
    let signedIn = try visit.signedIn()
    let sent = try await visit.fields(Fields.Names(once: ["export_password"]))
    guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
    try signedIn.administering()
    let code = try await desk(signedIn).code
    do {
      try await signedIn.confirm(sent.raw("export_password"), field: "export_password")
    } catch let faults as FieldFaults {
      var response = try await show(signedIn, Entered(fields: sent, faults: faults.faults))
      response.status = .unprocessableContent
      return response
    }
    let text = try await signedIn.read { registry, signer, now in
      try registry.exportPerson(code, by: signer, at: now)
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/json; charset=utf-8",
        .contentDisposition: "attachment; \(FileName("\(code).json").disposition)",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
  }

  // The page.

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.PersonDesk {
    let code: Code<Person> = try signedIn.part("person")
    return try await signedIn.read { registry, signer, now in
      try registry.personDesk(code, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, words) = (try await desk(signedIn), try signedIn.words())
    let setUp = try await signedIn.read { registry, signer, now in try registry.setUp(by: signer, at: now) }
    let data = AccountData(desk, signedIn, words)
    return try signedIn.page(
      "pages/setup-person", title: desk.name, try data.fields(entered, groups: setUp.rubric?.groups ?? []),
      frame: try signedIn.frame(settingUp: .people, in: setUp.cycle))
  }
}

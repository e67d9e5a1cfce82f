import Hummingbird
import Integrity
import Reports
import Storage

/// Where the office's administrator adds somebody.
enum NewPersonPage {
  static let routes = Form(
    path: Paths.home + "/new-person",
    fields: Fields.Names(once: ["name", "post", "role", "group", "person"]),
    show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, words, paths) = (
      try await PeoplePage.desk(signedIn), try signedIn.words(), try signedIn.paths()
    )
    guard let first = desk.grantable.first else { throw Problem.notFound }
    let example = desk.freeName(group: desk.choices.first?.group).text
    let visit = signedIn.visit
    return try signedIn.page(
      "pages/new-person", title: words.say("people.new_title"),
      [
        "form": try visit.form(paths.newPerson, entered), "people": .text(paths.people),
        "place": .text(desk.office.shortName(words).held),
        "name": try visit.field("name", in: "people", entered).with(["autocomplete": "off"]),
        "post": try visit.field("post", in: "people", entered).with([
          "autocomplete": "off", "is_optional": true,
        ]),
        "person": try visit.field("person", in: "people", entered).with([
          "width": "medium", "autocomplete": "off", "is_code": true,
          "hint": .text(words.say("people.person_hint", ["example": example])),
          "described_by": .text(entered.fault("person") == nil ? "person-hint" : "person-hint person-fault"),
        ]),
        "roles": .list(
          desk.roleChoices(desk.grantable, chosen: entered.value("role", or: first.rawValue), words)),
        "role_fault": ReportData(entered.fault("role")),
        "groups": .list(desk.groupChoices(chosen: entered.value("group"), words)),
      ], frame: try PeoplePage.frame(signedIn, desk))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, paths) = (
      try await PeoplePage.desk(signedIn), try signedIn.words(), try signedIn.paths()
    )
    guard !desk.grantable.isEmpty else { throw Problem.notFound }
    let name = sent.text("name")
    var faults: [FieldFault] = []
    if name.isEmpty { faults.append(FieldFault("name", words.say("people.name_missing"))) }
    if [name, sent.text("post")].contains(where: { $0.count > 200 }) {
      faults.append(FieldFault("name", words.say("people.too_long")))
    }
    if NationalID(sent.text("person")) != nil || !SigningName.isSound(sent.text("person")) {
      faults.append(FieldFault("person", words.say("people.person_unsound")))
    }
    let grant = try desk.grant(sent, at: signedIn.now, words, &faults)
    guard let grant, faults.isEmpty else { throw FieldFaults(faults) }
    let code =
      sent.text("person").isEmpty ? desk.freeName(group: grant.group) : Code(sent.text("person").lowercased())
    let entry = PersonEntry(
      code: code, name: name, post: sent.text("post"),
      postings: [PostingEntry(.employing, at: paths.office, from: signedIn.now.day)], grants: [grant])
    do {
      try await signedIn.write(sent) { registry, signer, now in try registry.add(entry, by: signer, at: now) }
    } catch StorageProblem.taken {
      throw FieldFaults("person", words.say("people.person_taken", ["person": code.text]))
    }
    return paths.person(code) + "?done=person_added"
  }
}

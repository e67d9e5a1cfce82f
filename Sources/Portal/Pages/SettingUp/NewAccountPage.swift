import Hummingbird
import Integrity
import Reports
import Storage

/// Adding one person; what they may do is given on their own page.
enum NewAccountPage {
  static let path = "/people/new"

  static let routes = SettingUp.form(
    path, Fields.Names(once: ["name", "post", "person", "office", "email", "phone"]), show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (visit, words) = (signedIn.visit, try signedIn.words())
    func field(_ name: String, _ more: [String: ReportData] = [:]) throws -> ReportData {
      try visit.field(name, in: "setup_person", entered).with(["autocomplete": "off"]).with(more)
    }
    return try signedIn.page(
      "pages/setup-person-new", title: words.say("setup_person.new_title"),
      [
        "form": try visit.form(path, entered), "back": .text(SettingUp.people),
        "name": try field("name"), "post": try field("post", ["is_optional": true]),
        "person": try field("person", ["width": "medium", "is_code": true]),
        "office": try field("office", ["width": "medium", "is_optional": true]),
        "email": try field("email", ["is_optional": true, "is_code": true]),
        "phone": try field("phone", ["is_optional": true, "width": "medium"]),
      ], frame: try await signedIn.frame(settingUp: .people))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let words = try signedIn.words()
    var faults = PersonSheet(words).faults(sent)
    let code = sent.text("person").lowercased()
    if code.isEmpty || NationalID(code) != nil || !SigningName.isSound(code) {
      faults.append(FieldFault("person", words.say("setup_person.person_wrong")))
    } else if ["new", "import"].contains(code) {
      faults.append(FieldFault("person", words.say("people.person_taken", ["person": code])))
    }
    let office = try await signedIn.office(sent.text("office"), field: "office", &faults)
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let entry = PersonEntry(
      code: Code(code), name: sent.text("name"), post: sent.text("post"), email: sent.text("email"),
      phone: sent.text("phone"),
      postings: office.map { [PostingEntry(.employing, at: $0, from: signedIn.now.day)] } ?? [])
    do {
      try await signedIn.write(sent) { registry, signer, now in try registry.add(entry, by: signer, at: now) }
    } catch StorageProblem.taken {
      throw FieldFaults("person", words.say("people.person_taken", ["person": code]))
    }
    return SettingUp.person(entry.code) + "?told=person_added"
  }
}

/// What is typed about a person.
struct PersonSheet {
  let words: Wording

  init(_ words: Wording) { self.words = words }

  func faults(_ sent: Fields) -> [FieldFault] {
    var faults: [FieldFault] = []
    if sent.text("name").isEmpty { faults.append(FieldFault("name", words.say("people.name_missing"))) }
    for field in ["name", "post", "email", "phone"] where sent.text(field).count > 200 {
      faults.append(FieldFault(field, words.say("people.too_long")))
    }
    let email = sent.text("email")
    let sides = email.split(separator: "@", omittingEmptySubsequences: false)
    if !email.isEmpty, sides.count != 2 || sides.contains("") || email.contains(where: \.isWhitespace) {
      faults.append(FieldFault("email", words.say("setup_person.email_wrong")))
    }
    return faults
  }
}

extension SignedIn {
  /// An office as somebody typed it: its code, or enough of its name to be the only one. nil for nothing, and with a fault
  /// for what is none or several.
  func office(_ typed: String, field: String, _ faults: inout [FieldFault]) async throws -> Code<Office>? {
    guard !typed.isEmpty else { return nil }
    let words = try words()
    let found = try await portal.read { try $0.offices(like: typed, most: 6) }
    if let same = found.first(where: { $0.code.text == typed }) { return same.code }
    if found.count == 1 { return found[0].code }
    let near = found.prefix(5).map { words.facts([$0.code.text, $0.name.in(language)]) }
    faults.append(
      FieldFault(
        field,
        near.isEmpty
          ? words.say("setup_person.office_unknown", ["office": typed])
          : words.say("setup_person.office_several", ["offices": near.joined(separator: "; ")])))
    return nil
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// First sign-in letters for many at once: one sheet a person, made while the page is sent, shown this once and kept
/// nowhere.
enum LettersPage {
  static let routes: [Route] = [
    SettingUp.page(SettingUp.letters) { try await show($0, .nothing) },
    making.sent,
    SettingUp.back(from: SettingUp.letters + "/print") { _ in SettingUp.letters },
  ]

  private static let making = EntranceForm(
    path: SettingUp.letters + "/print", fields: Fields.Names(once: ["who", "offices", "renew", "password"]),
    access: .signedIn,
    show: { visit, entered in
      let signedIn = try visit.signedIn()
      try signedIn.administering()
      return try await show(signedIn, entered)
    }, act: make)

  /// Codes are made in transactions of so many, so that nobody who hands something in waits behind all of them.
  private static let batch = 50

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let words = try signedIn.words()
    let setUp = try await signedIn.read { registry, signer, now in try registry.setUp(by: signer, at: now) }
    let who = entered.value("who", or: "all")
    return try signedIn.page(
      "pages/setup-letters", title: words.say("setup_letters.title"),
      [
        "form": try signedIn.visit.form(SettingUp.letters + "/print", entered),
        "back": .text(SettingUp.checklist),
        "unwritten": .text(setUp.accounts.unwritten.shown), "outside": .text(setUp.accounts.outside.shown),
        "open": .text(setUp.accounts.open.shown), "has_outside": .flag(setUp.accounts.outside > 0),
        "is_all": .flag(who == "all"), "is_some": .flag(who != "all"),
        "offices": try signedIn.visit.field("offices", in: "setup_letters", entered).with([
          "autocomplete": "off"
        ]), "renew": .flag(entered.value("renew") == "yes"),
        "password": try signedIn.visit.passwordField(in: "setup", entered),
      ], frame: try signedIn.frame(settingUp: .checklist, in: setUp.cycle))
  }

  private static func make(_ visit: Visit, _ sent: Fields) async throws -> Response {
    let signedIn = try visit.signedIn()
    try signedIn.administering()
    let words = try signedIn.words()
    var faults: [FieldFault] = []
    var offices: [Code<Office>]?
    if sent.text("who") == "offices" {
      let parts = sent.text("offices").split { ",;\n".contains($0) }.map { String($0).trimmingBlanks }
      if parts.allSatisfy(\.isEmpty) {
        faults.append(FieldFault("offices", words.say("setup_letters.offices_missing")))
      }
      var codes: [Code<Office>] = []
      for part in parts.prefix(1000) where !part.isEmpty {
        if let code = try await signedIn.office(part, field: "offices", &faults) { codes.append(code) }
        if faults.count > 5 { break }
      }
      offices = codes
    }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    try await signedIn.confirm(sent.raw("password"))
    let isRenewing = sent.text("renew") == "yes"
    let people = try await signedIn.read { [offices] registry, signer, now in
      try registry.waitingForLetters(at: offices, isRenewing: isRenewing, by: signer, at: now)
    }
    guard !people.isEmpty else { throw FieldFaults(nil, words.say("setup_letters.nobody")) }
    // The first sheets spend the form's key: sent twice, there are no second ones.
    let (portal, now, person) = (signedIn.portal, signedIn.now, signedIn.session.person)
    let firstSigner = Signer(person, form: sent.key)
    let firstPeople = Array(people.prefix(batch))
    let first: [Registry.Letter]
    do {
      first = try await portal.write { try $0.letters(to: firstPeople, by: firstSigner, at: now) }
    } catch StorageProblem.repeated {
      return .redirect(to: SettingUp.letters + "?told=letters_given")
    }
    let shell = try shell(signedIn, count: people.count)
    let sheet = LetterSheet(visit)
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody { writer in
        try await writer.write(ByteBuffer(string: shell.head))
        var letters = first
        var done = firstPeople.count
        while true {
          let sheets = try letters.map {
            try portal.pages.render("parts/setup-letter", .record(try sheet.fields($0, back: "")))
          }
          try await writer.write(ByteBuffer(string: sheets.joined()))
          guard done < people.count else { break }
          // Whoever waits for thousands sees how far it is between the sheets.
          let told = words.say(
            "setup_letters.progress", ["done": done.shown, "all": people.count.shown])
          let line = try portal.pages.render("parts/setup-letters-so-far", ["told": .text(told)])
          try await writer.write(ByteBuffer(string: line))
          let next = Array(people[done..<min(done + batch, people.count)])
          letters = try await portal.write { try $0.letters(to: next, by: Signer(person), at: now) }
          done += next.count
        }
        try await writer.write(ByteBuffer(string: shell.tail))
        try await writer.finish(nil)
      })
  }

  /// The page around the sheets, cut where they stand.
  private static func shell(_ signedIn: SignedIn, count: Int) throws -> (head: String, tail: String) {
    let words = try signedIn.words()
    let here = "letters-\(UUID().uuidString)"
    let page = try signedIn.visit.pageText(
      "pages/setup-letters-sheet", title: words.say("setup_letters.title"),
      [
        "here": .text(here), "back": .text(SettingUp.letters),
        "heading": .text(words.say("setup_letters.sheets", ["count": count.shown])),
        "so_far": .text(words.say("setup_letters.so_far", ["all": count.shown])),
      ], frame: try signedIn.frame(settingUp: .checklist, in: nil))
    let parts = page.components(separatedBy: here)
    guard parts.count == 2 else { throw Problem.notFound }
    return (parts[0], parts[1])
  }
}

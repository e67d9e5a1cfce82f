import Foundation
import Integrity
import Portal
import Specimen
import Storage

/// How a visitor gets into a demo: one password for everybody, and for those who need more than a password codes that
/// stand in for a device. Nothing here protects anything; a registry made by a demo says so on every page.
struct DemoAccess {
  static let password = "demo-ita-2568"

  let present: ExamplePresent
  let registry: Registry
  let morning: ExampleMorning

  /// Somebody who has a letter and no password yet.
  static func newcomer(at office: Code<Office>) -> Code<Person> {
    Code("\(office.text.lowercased()).newcomer")
  }

  private var year: ExampleYear { present.year }
  private var people: ExamplePeople { year.people }
  private var main: Code<Office> { year.main.office.code }

  /// Codes of a second factor, each good for one signing in.
  static let recoveryCodes = (1...10).map { $0 < 10 ? "demo-000\($0)" : "demo-00\($0)" }

  private static let secret = [UInt8]("a secret that is none".utf8)

  /// Gives everybody the password.
  ///
  /// - Returns: who there is to sign in as.
  func open() throws -> String {
    let registry = registry
    // Hashed once for all of them: a demo of a country has thousands.
    let hash = try Passwords.hash(
      DemoAccess.password, cost: SiteSettings.costOfExamples, pepper: { try registry.peppered($0) })
    let deputy = present.actingNumber.map { people.deputy(of: year.participants[$0].office.code) }
    let everybody =
      [ExamplePeople.administrator.code] + people.entries.map(\.code)
      + [morning == .preparing ? nil : deputy].compactMap { $0 }
    let now = morning.evening
    for person in everybody {
      try registry.setPassword(hash, by: Signer(person, isConsole: true), keeping: nil, at: now)
    }
    for person in deciders {
      let signer = Signer(person, isConsole: true)
      try registry.beginSecondFactor(DemoAccess.secret, by: signer, at: now)
      try registry.confirmSecondFactor(recoveryCodes: DemoAccess.recoveryCodes, by: signer, at: now)
    }
    let letters = try registry.letters(
      of: [main], by: Signer(people.administrator(of: main), isConsole: true), at: now)
    return try text(letter: letters.first { $0.person == DemoAccess.newcomer(at: main) })
  }

  private var deciders: [Code<Person>] {
    [ExamplePeople.administrator.code] + people.assessors + people.leads + people.committee
  }

  private func text(letter: Registry.Letter?) throws -> String {
    let guide = DemoGuide(present: present, registry: registry, morning: morning)
    let rows = try guide.rows().map { row in
      [
        row.post, row.person + (deciders.contains { $0.text == row.person } ? " *" : ""), row.path,
        row.waiting,
      ]
    }
    var lines = [
      "Everybody signs in with the password \(DemoAccess.password). On this morning it is worth being:"
    ]
    lines += Columns(rows: rows).text.split(separator: "\n").map { "  " + $0 }
    lines.append(
      "* Asked for the second factor, give one of \(DemoAccess.recoveryCodes[0]) to \(DemoAccess.recoveryCodes[9]); each is good once."
    )
    if let letter {
      lines.append("\(letter.person) has not signed in yet; the letter says \(letter.code).")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

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
      [ExamplePeople.administrator.code] + people.entries.map(\.code) + [deputy].compactMap { $0 }
    let now = ExamplePresent.hours(from: 4, 17).evening.adding(seconds: 3600)
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
    return text(letter: letters.first { $0.person == DemoAccess.newcomer(at: main) })
  }

  private var deciders: [Code<Person>] {
    [ExamplePeople.administrator.code] + people.assessors + people.leads + people.committee
  }

  private func text(letter: Registry.Letter?) -> String {
    func name(_ person: Code<Person>) -> String {
      people.entries.first { $0.code == person }?.name
        ?? (person == ExamplePeople.administrator.code ? ExamplePeople.administrator.name : "")
    }
    let legal = present.disclosures(of: 0).first { $0.group == "legal" } ?? present.disclosures(of: 0)[0]
    var rows: [[String]] = [
      ["officer of a group", people.officer(for: legal, of: main).text],
      ["head of a group", people.head(for: legal, of: main).text],
      ["director", people.director(of: main).text],
      ["office administrator", people.administrator(of: main).text],
    ].map { $0 + [name(Code($0[1]))] }
    if let number = present.actingNumber {
      let deputy = people.deputy(of: year.participants[number].office.code)
      rows.insert(["acting director", deputy.text, "of another office"], at: 3)
    }
    rows += [people.assessors[0], people.leads[0], people.committee[0], ExamplePeople.administrator.code]
      .enumerated()
      .map { [["assessor", "lead assessor", "committee", "administrator"][$0], $1.text, "with a code *"] }
    var lines = ["Everybody signs in with the password \(DemoAccess.password):"]
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

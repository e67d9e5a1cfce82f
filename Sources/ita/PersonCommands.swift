import ArgumentParser
import Documents
import Integrity
import Reports
import Storage

struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Bring in people, show them, and give or erase what is held on one.",
    subcommands: [Import.self, Show.self, Export.self, Erase.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a roster in: people, where they serve, and the roles they have.",
      discussion: """
        Example: ita person import people.csv --dry-run --as admin

        One row a person, or one row a role where somebody has several: person, name, post, email, phone, \
        national_id, office, hosting, from, until, role, group, scope, acting, order, order_date. A personal number is \
        checked and only a keyed hash of it is kept. Nobody is taken away and no role revoked.

        Every bad row is listed and then nothing comes in. The same table once more changes nothing. Refused are roles \
        that one person may not hold together, and people of an office that one is not the administrator of.
        """)

    @Argument(help: "The roster.", completion: .file(extensions: ["csv"])) var file: String
    @OptionGroup var options: ImportOptions
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      let file = try Intake.File(path: file)
      try registry.writing { registry, signer, now in
        let offices = try registry.offices().map(\.code)
        let groups = Set(try offices.flatMap { try registry.groups(of: $0).map(\.group) })
        let people = try PeopleFile(file, groups: groups, offices: Set(offices), asOf: now.day).people
        options.say(
          try registry.keep(people: people, isDryRun: options.dryRun, by: signer, at: now), "people")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List people and their roles, or show one person.",
      discussion: """
        Example: ita person show --office 4001 --as office-admin

        Refused to anybody but an administrator, and for their own office its administrator and its director.
        """)

    @Argument(help: "The person; all of them, if not given.") var person: Code<Person>?
    @Option(help: "Only people who serve at this office or hold a role for it.") var office: Code<Office>?
    @Flag(help: "For a program.") var json = false
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.reading { registry, signer, now in
        var people = try registry.people(of: office, by: signer, at: now)
        if let person {
          people = people.filter { $0.code == person }
          guard !people.isEmpty else { throw StorageProblem.unknown(what: "person", code: person.text) }
        }
        let list = PersonList(people: people, day: now.day, language: self.registry.language)
        if json {
          Console.say(list.json)
        } else if let summary = people.first, person != nil {
          Console.say(list.text(of: summary, try registry.person(summary.code)))
        } else {
          Console.say(list.text)
        }
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write out everything that is held on one person, as JSON.",
      discussion: """
        Example: ita person export somchai -o somchai.json --as somchai

        For whoever asks what is held on them. The file is for its owner's eyes only. Refused to anybody but the person \
        and an administrator.
        """)

    @Argument(help: "The person.") var person: Code<Person>
    @Option(name: .shortAndLong, help: "The file to write; the terminal, if not given.", completion: .file())
    var output: String?
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.reading { registry, signer, now in
        guard let output else {
          Console.say(try registry.exportPerson(person, by: signer, at: now))
          return
        }
        try Console.writePrivately(to: output) {
          try registry.exportPerson(person, by: signer, at: now) + "\n"
        }
        Console.say(output)
      }
    }
  }

  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Erase what is held on one person.",
      discussion: """
        Example: ita person erase somchai --reason "คำขอลงวันที่ 3 มีนาคม 2569" --as admin

        Name, post, contact and what the trail says of them go, and the account is closed; that something was done, \
        and its digest, stay. It cannot be undone. Refused to anybody but an administrator.
        """)

    @Argument(help: "The person.") var person: Code<Person>
    @Option(help: "Why; it is kept.") var reason: String
    @OptionGroup(title: "Registry") var registry: RegistryOptions

    func run() throws {
      try registry.writing { registry, signer, now in
        try registry.erasePerson(person, reason: reason, by: signer, at: now)
        Console.say("\(person): erased")
      }
    }
  }
}

/// People with their roles, as a table or for a program.
private struct PersonList {
  let people: [Registry.PersonSummary]
  let day: Day
  let language: Language

  var text: String {
    let rows = people.map { person in
      [
        person.code.text, person.name, person.post,
        person.grants.filter { $0.holds(on: day) }.map { $0.written(in: language) }.joined(separator: "; "),
        state(of: person),
      ]
    }
    return Columns(rows: [["person", "name", "post", "roles today", ""]] + rows).text
  }

  private func state(of person: Registry.PersonSummary) -> String {
    person.isClosed ? "closed" : person.hasSignedIn ? "" : "has not signed in"
  }

  func text(of summary: Registry.PersonSummary, _ person: Person) -> String {
    var lines = ["\(summary.code) · \(summary.name)" + (summary.post.isEmpty ? "" : " · \(summary.post)")]
    let state = state(of: summary)
    if !state.isEmpty { lines.append(state) }
    for posting in person.postings {
      lines.append(
        "\(posting.kind.rawValue): \(posting.office), \(PersonList.span(posting.from, posting.until))")
    }
    for grant in summary.grants {
      let acting = grant.acting.map { " (\($0.capacity.title.in(language)), \($0.order), \($0.date))" } ?? ""
      lines.append(
        "role: \(grant.written(in: language)), \(PersonList.span(grant.from, grant.until))\(acting)")
    }
    for office in person.declared.sorted() { lines.append("conflict declared: \(office)") }
    return lines.joined(separator: "\n")
  }

  private static func span(_ from: Day, _ until: Day?) -> String {
    "from \(from)" + (until.map { " until \($0)" } ?? "")
  }

  var json: JSON {
    .list(
      people.map { person in
        .object([
          ("person", .text(person.code.text)), ("name", .text(person.name)), ("post", .text(person.post)),
          ("closed", .flag(person.isClosed)), ("has_signed_in", .flag(person.hasSignedIn)),
          ("grants", .list(person.grants.map(\.json))),
        ])
      })
  }
}

extension Grant {
  /// The role and whose: `assessor everywhere`, `officer 4001 (admin)`.
  func written(in language: Language) -> String {
    var offices = Words(thai: "ทุกหน่วยงาน", english: "everywhere").in(language)
    if case .offices(let codes) = scope { offices = codes.sorted().map(\.text).joined(separator: " ") }
    return "\(role.title.in(language)) \(offices)" + (group.map { " (\($0))" } ?? "")
  }

  fileprivate var json: JSON {
    var offices = JSON.null
    if case .offices(let codes) = scope { offices = .codes(codes.sorted()) }
    let acting = acting.map { acting in
      JSON.object([
        ("capacity", .text(acting.capacity.rawValue)), ("order", .text(acting.order)),
        ("date", .text(acting.date.description)),
      ])
    }
    return .object([
      ("role", .text(role.rawValue)), ("offices", offices), ("group", .text(group?.text)),
      ("from", .text(from.description)), ("until", .text(until?.description)), ("acting", acting ?? .null),
    ])
  }
}

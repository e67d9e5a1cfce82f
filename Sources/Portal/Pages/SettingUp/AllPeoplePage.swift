import Hummingbird
import Integrity
import Reports
import Storage

/// Everybody who works with the platform: to find somebody, to bring people in, and to take them away as a table.
enum AllPeoplePage {
  static let routes: [Route] = [
    SettingUp.page(SettingUp.people) { try await show($0) },
    SettingUp.page(SettingUp.people + ".csv", load: .export) { signedIn in
      let filter = PeopleSearch(signedIn.visit).filter
      let people = try await signedIn.read { registry, signer, now in
        try registry.roster(filter, by: signer, at: now)
      }
      return SettingUp.table(PeopleTable.rows(of: people), named: "people.csv")
    },
  ]

  private static func show(_ signedIn: SignedIn) async throws -> Response {
    let (visit, words, paging) = (signedIn.visit, try signedIn.words(), Paging(signedIn.visit))
    let search = PeopleSearch(visit)
    let list = try await signedIn.read { registry, signer, now in
      try registry.people(search.filter, from: paging.first, most: Paging.size, by: signer, at: now)
    }
    let cycle = try await signedIn.portal.read { try $0.cycles() }.last { $0.stage != .published }
    let rows = PersonWords(words, Dates(visit.visitor))
    return try signedIn.page(
      "pages/setup-people", title: words.say("setup_people.title"),
      [
        "search": .text(search.text), "office": .text(search.office),
        "roles": .list(rows.roles(Role.allCases, chosen: search.role)),
        "states": .list(
          Registry.PeopleFilter.State.allCases.map { state in
            [
              "code": .text(state.rawValue),
              "title": .text(words.text("setup_people", "\(state.rawValue)_state")),
              "is_chosen": .flag(state.rawValue == search.state),
            ]
          }), "is_filtered": .flag(!search.isEmpty),
        "rows": .list(list.people.map(rows.row)), "is_empty": .flag(list.people.isEmpty),
        "paging": paging.fields(list.found, at: SettingUp.people, search.asked, words),
        "new": .text(NewAccountPage.path), "import": .text(SettingUp.importPeople),
        "letters": .text(SettingUp.letters),
        "table": .text(Paging.address(SettingUp.people + ".csv", search.asked)), "on": signedIn.wayOn(cycle),
      ], frame: try signedIn.frame(settingUp: .people, in: cycle))
  }
}

/// Who is looked for, as it stands in the address.
struct PeopleSearch: Sendable {
  let text: String
  let role: String
  let office: String
  let state: String

  init(_ visit: Visit) {
    (text, role, office, state) = (
      visit.sought("search"), visit.sought("role"), visit.sought("office"), visit.sought("state")
    )
  }

  var filter: Registry.PeopleFilter {
    Registry.PeopleFilter(
      text: text, role: Role(rawValue: role), office: office.isEmpty ? nil : Code(office),
      state: Registry.PeopleFilter.State(rawValue: state))
  }

  var asked: [(String, String)] {
    [("search", text), ("role", role), ("office", office), ("state", state)]
  }

  var isEmpty: Bool { asked.allSatisfy { $0.1.isEmpty } }
}

/// People and what they may do, in words.
struct PersonWords {
  let words: Wording
  let dates: Dates

  init(_ words: Wording, _ dates: Dates) { (self.words, self.dates) = (words, dates) }

  func row(_ person: Registry.ListedPerson) -> ReportData {
    [
      "href": .text(SettingUp.person(person.code)), "name": .text(person.name),
      "person": .text(person.code.text), "post": ReportData(person.post.isEmpty ? nil : person.post),
      "office": ReportData(person.office?.in(words.language).held),
      "grants": .list(short(person.grants)), "way": way(person.way),
    ]
  }

  /// The roles somebody holds, each once, however many offices it is for.
  private func short(_ grants: [Grant]) -> [ReportData] {
    var seen: Set<String> = []
    let titles = grants.map(title).filter { seen.insert($0).inserted }
    return (titles.isEmpty ? [words.say("setup_people.no_role")] : titles).map { .text($0) }
  }

  /// With the capacity of whoever acts for a head.
  func title(_ grant: Grant) -> String {
    let title = grant.role.title.in(words.language)
    let gap = words.language == .thai ? "" : " "
    return (grant.acting.map { $0.capacity.title.in(words.language) + gap + title } ?? title)
      .sentence(in: words.language).held
  }

  func roles(_ roles: [Role], chosen: String) -> [ReportData] {
    roles.map { role in
      [
        "code": .text(role.rawValue),
        "title": .text(role.title.in(words.language).sentence(in: words.language)),
        "hint": .text(words.text("setup_roles", "\(role.rawValue)")),
        "is_chosen": .flag(role.rawValue == chosen),
      ]
    }
  }

  /// How somebody gets in, as a tag: its look and its words.
  func way(_ way: Registry.WayIn) -> ReportData {
    func tag(_ kind: String, _ title: String) -> ReportData {
      [
        "kind": .text(kind), "title": .text(title), "ready": .flag(kind == "ready"),
        "draft": .flag(kind == "draft"), "not_begun": .flag(kind == "not_begun"),
      ]
    }
    switch way {
    case .password: return tag("ready", words.say("people.way_password"))
    case .letter(let until):
      return tag("draft", words.say("people.way_letter", ["day": dates.short(until.day)]))
    case .none: return tag("not_begun", words.say("people.way_none"))
    case .closed: return tag("not_begun", words.say("people.way_closed"))
    }
  }
}

/// People as the table that brings them in: a row for each, and a further one for each further role.
enum PeopleTable {
  static func rows(of people: [PersonEntry]) -> [[String]] {
    [ImportColumns.of(.people).map(\.name)] + people.flatMap(rows)
  }

  private static func rows(of person: PersonEntry) -> [[String]] {
    // A posting and a grant share a row where they hold for the same days.
    var grants = person.grants
    var rows: [[String]] = []
    for posting in person.postings {
      let index = grants.firstIndex { $0.from == posting.from && $0.until == posting.until }
      rows.append(row(person, posting, index.map { grants.remove(at: $0) }, isFirst: rows.isEmpty))
    }
    for grant in grants { rows.append(row(person, nil, grant, isFirst: rows.isEmpty)) }
    return rows.isEmpty ? [row(person, nil, nil, isFirst: true)] : rows
  }

  private static func row(
    _ person: PersonEntry, _ posting: PostingEntry?, _ grant: Grant?, isFirst: Bool
  ) -> [String] {
    let isHosting = posting?.kind == .hosting
    let from = posting?.from ?? grant?.from
    let until = posting == nil ? grant?.until : posting?.until
    return [
      person.code.text, isFirst ? person.name : "", isFirst ? person.post : "", isFirst ? person.email : "",
      isFirst ? person.phone : "", "", isHosting ? "" : posting?.office.text ?? "",
      isHosting ? posting?.office.text ?? "" : "", from?.description ?? "", until?.description ?? "",
      grant?.role.rawValue ?? "", grant?.group?.text ?? "", scope(grant),
      grant?.acting?.capacity.rawValue ?? "",
      grant?.acting?.order ?? "", grant?.acting?.date.description ?? "",
    ]
  }

  private static func scope(_ grant: Grant?) -> String {
    switch grant?.scope {
    case nil: ""
    case .everywhere?: "*"
    case .offices(let offices)?: offices.sorted().map(\.text).joined(separator: ";")
    }
  }
}

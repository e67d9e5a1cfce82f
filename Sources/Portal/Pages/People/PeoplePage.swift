import Hummingbird
import Integrity
import Reports
import Storage

/// The people of an office and how they get in.
enum PeoplePage {
  static let routes: [Route] =
    [
      .page(Paths.home + "/people") { signedIn in
        let (desk, words, paths) = (try await desk(signedIn), try signedIn.words(), try signedIn.paths())
        let rows = PersonRows(desk, words, Dates(signedIn.visit.visitor))
        return try signedIn.page(
          "pages/people", title: words.say("people.title"),
          [
            "heading": .text(words.say("people.title")), "place": .text(rows.place), "rows": .list(rows.list),
            "count": .text(rows.count), "can_add": .flag(!desk.grantable.isEmpty),
            "add": .text(paths.newPerson),
          ], frame: try frame(signedIn, desk))
      }
    ] + NewPersonPage.routes + PersonPage.routes

  static func desk(_ signedIn: SignedIn) async throws -> Registry.PeopleDesk {
    let paths = try signedIn.paths()
    return try await signedIn.read { registry, signer, now in
      try registry.peopleDesk(paths.office, in: paths.cycle, by: signer, at: now)
    }
  }

  /// Who keeps accounts from the centre has none of the office's other places.
  static func frame(_ signedIn: SignedIn, _ desk: Registry.PeopleDesk) throws -> ReportData {
    desk.isOwn
      ? try signedIn.frame(nil, desk.cycle, desk.rubric, desk.office) : try signedIn.bareFrame()
  }
}

/// People as a list shows them: who signs first, whoever has left last.
struct PersonRows {
  private let desk: Registry.PeopleDesk
  private let words: Wording
  private let dates: Dates
  private let paths: Paths

  init(_ desk: Registry.PeopleDesk, _ words: Wording, _ dates: Dates) {
    (self.desk, self.words, self.dates) = (desk, words, dates)
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
  }

  var place: String { desk.office.shortName(words).held }

  var count: String {
    let open = desk.people.filter { $0.way != .closed }
    let outside = open.count { $0.way != .password }
    return words.facts([
      words.say("people.count", ["count": open.count.shown]),
      outside == 0 ? "" : words.say("people.outside", ["count": outside.shown]),
    ])
  }

  var list: [ReportData] {
    let sorted = desk.people.enumerated().sorted { a, b in
      (a.element.rank, a.offset) < (b.element.rank, b.offset)
    }
    return sorted.map { _, person in
      [
        "href": .text(paths.person(person.code)), "name": .text(person.name), "post": ReportData(person.post),
        "person": .text(person.code.text), "is_reader": .flag(person.isReader),
        "roles": .list(roles(of: person).map { .text($0) }), "way": way(of: person),
      ]
    }
  }

  /// What somebody is here, with the group where it is for one: `ผู้อำนวยการกลุ่ม กลุ่มกฎหมายและคดี`.
  func roles(of person: Registry.OfficePerson) -> [String] {
    let titles = person.grants.map { grant in
      let title = grant.role.title.in(words.language)
      let gap = words.language == .thai ? "" : " "
      let name = grant.acting.map { $0.capacity.title.in(words.language) + gap + title } ?? title
      return words.facts([name.sentence(in: words.language).held, group(grant.group)])
    }
    return titles.isEmpty ? [words.say("people.no_role")] : titles
  }

  func group(_ group: Code<Group>?) -> String {
    guard let group else { return "" }
    let own = desk.groups.first { $0.group == group }?.title
    let title = own ?? desk.rubric.groups.first { $0.code == group }?.title
    return title?.in(words.language).held ?? group.text
  }

  /// How somebody gets in, as a tag: its look and its words.
  func way(of person: Registry.OfficePerson) -> ReportData {
    func tag(_ kind: String, _ title: String) -> ReportData {
      [
        "kind": .text(kind), "title": .text(title), "ready": .flag(kind == "ready"),
        "draft": .flag(kind == "draft"), "not_begun": .flag(kind == "not_begun"),
        "returned": .absent, "submitted": .absent, "contested": .absent,
      ]
    }
    switch person.way {
    case .password: return tag("ready", words.say("people.way_password"))
    case .letter(let until):
      return tag("draft", words.say("people.way_letter", ["day": dates.short(until.day)]))
    case .none: return tag("not_begun", words.say("people.way_none"))
    case .closed: return tag("not_begun", words.say("people.way_closed"))
    }
  }
}

extension Registry.OfficePerson {
  fileprivate var rank: Int {
    if way == .closed { return 100 }
    return grants.map(\.role.place).min() ?? 50
  }
}

import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// Who is late in a cycle, what is missing, and whom to call.
enum LatePage {
  private static let path = "/{cycle}/late"

  static let routes: [Route] = [
    .page(path) { try await show($0) },
    .page(path + ".csv", load: .export) { signedIn in
      let (words, search) = (try signedIn.words(), LateSearch(signedIn.visit))
      let desk = try await desk(signedIn, search, from: 0, most: nil)
      let name = "late-\(desk.cycle.code.text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }).csv"
      return SettingUp.table(LateWords(desk, words, Dates(signedIn.visit.visitor)).table, named: name)
    },
  ]

  private static func desk(
    _ signedIn: SignedIn, _ search: LateSearch, from first: Int, most: Int?
  ) async throws -> Registry.LateDesk {
    let code: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.lateDesk(code, search.filter, from: first, most: most, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn) async throws -> Response {
    let (words, visit, paging) = (try signedIn.words(), signedIn.visit, Paging(signedIn.visit))
    let search = LateSearch(visit)
    let desk = try await desk(signedIn, search, from: paging.first, most: Paging.size)
    let late = LateWords(desk, words, Dates(visit.visitor))
    let path = SettingUp.late(desk.cycle.code)
    let all = desk.counts.values.reduce(0, +)
    return try signedIn.page(
      "pages/setup-late", title: words.say("late.title"),
      [
        "path": .text(path), "cycle": .text(desk.cycle.title.in(words.language)),
        "moment": .text(
          words.say("late.as_of", ["moment": Dates(visit.visitor).moment(signedIn.now)])),
        "participants": .text(words.say("late.participants", ["count": desk.participants.shown])),
        "chips": .list(chips(desk, search, path, words)), "nothing_late": .flag(all == 0),
        "search": .text(search.text), "what": ReportData(search.what.isEmpty ? nil : search.what),
        "kinds": .list(
          desk.rubric.kinds.map { kind in
            [
              "code": .text(kind.code.text), "title": .text(kind.title.in(words.language)),
              "is_chosen": .flag(kind.code.text == search.kind),
            ]
          }), "has_kinds": .flag(!desk.rubric.kinds.isEmpty),
        "provinces": .list(
          desk.provinces.map { province in
            [
              "code": .text(province.thai), "title": .text(province.in(words.language)),
              "is_chosen": .flag(province.thai == search.province),
            ]
          }), "is_filtered": .flag(!search.isEmpty),
        "rows": .list(desk.offices.map { late.row($0, at: signedIn.now) }),
        "is_empty": .flag(desk.offices.isEmpty),
        "paging": paging.fields(desk.found, at: path, search.asked, words),
        "table": .text(Paging.address(path + ".csv", search.asked)),
      ], frame: try frame(signedIn, desk.cycle))
  }

  /// The lead assessor and the committee come here from rooms of their own.
  private static func frame(_ signedIn: SignedIn, _ cycle: Cycle) throws -> ReportData {
    let rooms = Room.all(for: signedIn.session.who, on: signedIn.now.day)
    if rooms.contains(.settingUp) { return try signedIn.frame(settingUp: .late, in: cycle) }
    guard let room = [Room.leading, .committee].first(where: rooms.contains) else {
      return try signedIn.bareFrame()
    }
    return try signedIn.frame(room, nil, in: cycle)
  }

  private static func chips(
    _ desk: Registry.LateDesk, _ search: LateSearch, _ path: String, _ words: Wording
  ) -> [ReportData] {
    func chip(_ what: String, _ title: String, _ count: Int?) -> ReportData {
      var search = search
      search.what = what
      return [
        "href": .text(Paging.address(path, search.asked)), "title": .text(title),
        "count": ReportData(count?.shown),
      ]
    }
    let current = search.what
    let whats = Registry.LateWhat.allCases.compactMap { what -> ReportData? in
      guard let count = desk.counts[what] else { return nil }
      return chip(what.rawValue, words.text("late", "\(what.rawValue)_what"), count).with([
        "is_current": .flag(what.rawValue == current)
      ])
    }
    return [
      chip("", words.say("late.all_what"), nil).with(["is_current": .flag(current.isEmpty)])
    ] + whats
  }
}

/// Who is looked for, as it stands in the address.
struct LateSearch: Sendable {
  var what: String
  let kind: String
  let province: String
  let text: String

  init(_ visit: Visit) {
    (what, kind, province, text) = (
      visit.sought("what"), visit.sought("kind"), visit.sought("province"), visit.sought("search")
    )
  }

  var filter: Registry.LateFilter {
    Registry.LateFilter(
      what: Registry.LateWhat(rawValue: what), kind: kind.isEmpty ? nil : Code(kind), province: province,
      text: text)
  }

  var asked: [(String, String)] {
    [("what", what), ("kind", kind), ("province", province), ("search", text)]
  }

  var isEmpty: Bool { asked.allSatisfy { $0.1.isEmpty } }
}

/// What is missing, in words.
struct LateWords {
  private let desk: Registry.LateDesk
  private let words: Wording
  private let dates: Dates

  init(_ desk: Registry.LateDesk, _ words: Wording, _ dates: Dates) {
    (self.desk, self.words, self.dates) = (desk, words, dates)
  }

  func row(_ late: Registry.LateOffice, at now: Moment) -> ReportData {
    let office = late.office
    return [
      "code": .text(office.code.text), "name": .text(office.shortName(words).held),
      "facts": .text(
        words.facts(office.provinces.map { $0.in(words.language) })),
      "gaps": .list(
        late.gaps.map { gap in
          let isOver = gap.due.map { $0 <= now } ?? false
          return [
            "text": .text(text(gap)), "is_over": .flag(isOver),
            "due": ReportData(
              gap.due.map {
                words.say(isOver ? "late.overdue" : "late.due", ["moment": dates.moment($0).kept])
              }),
            "codes": ReportData(gap.nodes.count > 1 ? codes(gap) : nil),
          ]
        }),
      "contacts": .list(
        late.contacts.map { one in
          [
            "name": .text(one.name), "role": .text(role(one)), "phone": ReportData(some(one.phone)),
            "email": ReportData(some(one.email)),
            "mail_to": ReportData(some(one.email).map { "mailto:\($0)" }),
          ]
        }), "has_contacts": .flag(!late.contacts.isEmpty),
      "people": .text(Paths(cycle: desk.cycle.code, office: office.code).people),
    ]
  }

  private func some(_ text: String) -> String? { text.isEmpty ? nil : text }

  private func role(_ contact: Registry.LateContact) -> String {
    contact.role.title.in(words.language).sentence(in: words.language)
  }

  private func codes(_ gap: Registry.LateGap) -> String { gap.nodes.map(\.text).joined(separator: " ") }

  /// Of answers no more is told than whether half of the minimum is there.
  private func text(_ gap: Registry.LateGap) -> String {
    let name = gap.what == .answers ? (gap.isHalf ? "answers_half" : "answers_below") : gap.what.rawValue
    return words.say(
      "late.\(name)_gap",
      ["count": gap.nodes.count.shown, "codes": gap.nodes.count == 1 ? codes(gap) : ""]
    ).trimmingBlanks
  }

  /// A row for each thing that is missing.
  var table: [[String]] {
    let header = [
      "column_office", "column_name", "column_kind", "column_provinces", "column_what", "column_items",
      "column_due", "column_contact", "column_role", "column_phone", "column_email",
    ].map { words.text("late", $0) }
    return [header]
      + desk.offices.flatMap { late -> [[String]] in
        let (office, contact) = (late.office, late.contacts.first)
        return late.gaps.map { gap in
          [
            office.code.text, office.name.in(words.language),
            desk.rubric.kinds.first { $0.code == office.kind }?.title.in(words.language) ?? "",
            office.provinces.map { $0.in(words.language) }.joined(separator: "; "), text(gap),
            gap.nodes.map(\.text).joined(separator: " "), gap.due?.description ?? "", contact?.name ?? "",
            contact.map(role) ?? "", contact?.phone ?? "", contact?.email ?? "",
          ]
        }
      }
  }
}

import Documents
import Hummingbird
import Integrity
import Reports
import Storage

/// Every office, to look through, to bring in and to take away as tables.
enum OfficesPage {
  static let routes: [Route] =
    [
      SettingUp.page(SettingUp.offices) { try await show($0) },
      SettingUp.page(SettingUp.offices + ".csv", load: .export) { signedIn in
        let offices = try await signedIn.portal.read { try $0.offices() }
        return SettingUp.table(OfficeTable.rows(of: offices), named: "offices.csv")
      },
      SettingUp.page("/groups.csv", load: .export) { signedIn in
        let groups = try await signedIn.read { registry, signer, now in
          try registry.groups(by: signer, at: now)
        }
        let header = ImportColumns.of(.groups).map(\.name)
        let rows = groups.map { [$0.office.text, $0.group.text, $0.title.thai, $0.title.english] }
        return SettingUp.table([header] + rows, named: "groups.csv")
      },
    ]
    + ImportPage.all.map { page in
      SettingUp.page("/templates/\(page.room).csv") { _ in
        SettingUp.table([ImportColumns.of(page.kinds[0]).map(\.name)], named: "\(page.room).csv")
      }
    }

  private static func show(_ signedIn: SignedIn) async throws -> Response {
    let (visit, words, paging) = (signedIn.visit, try signedIn.words(), Paging(signedIn.visit))
    let search = String((visit.asked("search") ?? "").prefix(100)).trimmingBlanks
    let kind = visit.asked("kind") ?? ""
    let filter = Registry.OfficeFilter(text: search, kind: kind.isEmpty ? nil : Code(kind))
    let (list, setUp) = try await signedIn.read { registry, signer, now in
      (
        try registry.offices(filter, from: paging.first, most: Paging.size, by: signer, at: now),
        try registry.setUp(by: signer, at: now)
      )
    }
    let names = OfficeKinds(setUp.rubric, signedIn.portal.shippedRubrics, words)
    let today = signedIn.now.day
    let isFiltered = !search.isEmpty || !kind.isEmpty
    return try signedIn.page(
      "pages/setup-offices", title: words.say("setup_offices.title"),
      [
        "heading": .text(words.say("setup_offices.title")),
        "count": .text(
          words.say("setup_offices.count", ["offices": setUp.offices.shown, "groups": setUp.groups.shown])),
        "has_offices": .flag(setUp.offices > 0), "is_filtered": .flag(isFiltered),
        "search": .text(search),
        "kinds": .list(
          list.kinds.map { one in
            [
              "code": .text(one.text), "title": .text(names.title(of: one)),
              "is_chosen": .flag(one.text == kind),
            ]
          }),
        "rows": .list(list.offices.map { row($0, names, today, words) }),
        "is_empty": .flag(list.offices.isEmpty),
        "paging": paging.fields(
          list.found, at: SettingUp.offices, [("search", search), ("kind", kind)], words),
        "import": .text(SettingUp.importOffices), "import_groups": .text(SettingUp.importGroups),
        "new": .text(OfficePage.new), "table": .text(SettingUp.offices + ".csv"),
        "back": .text(SettingUp.checklist), "on": signedIn.wayOn(setUp.cycle),
      ], frame: try signedIn.frame(settingUp: .offices, in: setUp.cycle))
  }

  private static func row(
    _ office: Office, _ names: OfficeKinds, _ today: Day, _ words: Wording
  ) -> ReportData {
    let hasEnded = office.until.map { $0 <= today } ?? false
    return [
      "code": .text(office.code.text), "href": .text(SettingUp.office(office.code)),
      "name": .text(office.name.in(words.language).held),
      "facts": .list(
        [
          office.kind.map(names.title) ?? words.say("setup_offices.no_kind"),
          office.provinces.map { $0.in(words.language) }.joined(separator: " "),
        ].filter { !$0.isEmpty }.map { .text($0) }),
      "ended": ReportData(
        hasEnded
          ? office.successor.map { words.say("setup_offices.ended_into", ["office": $0.text]) }
            ?? words.say("setup_offices.ended") : nil),
    ]
  }
}

/// What kinds of offices are called: by the rubric of the cycle under way, or else by a shipped one.
struct OfficeKinds {
  let all: [Named<OfficeKind>]
  let conditions: [Named<Condition>]
  private let words: Wording

  init(_ rubric: Rubric?, _ shipped: ShippedRubrics, _ words: Wording) {
    let rubrics = rubric.map { [$0] } ?? shipped.all.map(\.file.rubric)
    func unique<Owner>(_ all: [Named<Owner>]) -> [Named<Owner>] {
      var seen: Set<Code<Owner>> = []
      return all.filter { seen.insert($0.code).inserted }
    }
    all = unique(rubrics.flatMap(\.kinds))
    conditions = unique(rubrics.flatMap(\.conditions))
    self.words = words
  }

  func title(of kind: Code<OfficeKind>) -> String {
    all.first { $0.code == kind }?.title.in(words.language) ?? kind.text
  }
}

/// Offices as the table that brings them in.
enum OfficeTable {
  static func rows(of offices: [Office]) -> [[String]] {
    [ImportColumns.of(.offices).map(\.name)]
      + offices.sorted { $0.code < $1.code }.map { office in
        [
          office.code.text, office.name.thai, office.name.english, office.kind?.text ?? "",
          office.parent?.text ?? "", office.provinces.map(\.thai).joined(separator: ";"),
          office.provinces.map(\.english).joined(separator: ";"), office.region?.thai ?? "",
          office.region?.english ?? "", office.from?.description ?? "",
          office.until?.description ?? "", office.successor?.text ?? "",
          office.conditions.map(\.text).sorted().joined(separator: ";"),
        ]
      }
  }
}

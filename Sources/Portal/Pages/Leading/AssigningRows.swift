import Integrity
import Reports
import Storage

/// Assessors and offices as the lead assessor's overview shows them.
struct AssigningRows {
  private let desk: Registry.AssigningDesk
  private let filter: Registry.AssigningFilter
  private let page: Int
  private let entered: Entered
  private let words: Wording
  private let paths: LeadPaths

  init(
    _ desk: Registry.AssigningDesk, _ filter: Registry.AssigningFilter, _ page: Int, _ entered: Entered,
    _ words: Wording
  ) {
    (self.desk, self.filter, self.page, self.entered, self.words) = (desk, filter, page, entered, words)
    paths = LeadPaths(cycle: desk.cycle.code)
  }

  var query: String { filter.query(page: page) }

  private var all: Int { desk.counts.values.reduce(0, +) }
  private var active: [Registry.AssessorLoad] { desk.assessors.filter(\.isActive) }

  var fields: [String: ReportData] {
    let open = desk.counts[.none] ?? 0
    return [
      "summary": .text(
        words.facts([
          words.say("assigning.assessors_count", ["count": active.count.shown]),
          words.say("assigning.offices_count", ["count": all.shown]),
          open > 0 ? words.say("assigning.open_count", ["count": open.shown]) : "",
        ])),
      "refusal": ReportData(desk.refusal?.said(in: words.language).sentence(in: words.language)),
      "may": .flag(desk.refusal == nil && !desk.offices.isEmpty), "can_spread": .flag(desk.refusal == nil),
      "spread": .text(paths.spread), "table": .text(paths.assigning + ".csv" + filter.query()),
      "assessors": .list(desk.assessors.map { AssessorRow($0, words, paths).data }),
      "has_assessors": .flag(!desk.assessors.isEmpty), "is_long": .flag(desk.assessors.count > 20),
      "assessors_title": .text(words.say("assigning.assessors", ["count": desk.assessors.count.shown])),
      "chips": .list(chips), "action": .text(paths.assigning), "state": ReportData(filter.state?.rawValue),
      "search": .text(filter.search),
      "is_filtered": .flag(filter.kind != nil || filter.assessor != nil || !filter.search.isEmpty),
      "kinds": .list(
        desk.rubric.kinds.map { kind in
          [
            "code": .text(kind.code.text), "title": .text(kind.title.in(words.language)),
            "is_chosen": .flag(kind.code == filter.kind),
          ]
        }), "has_kinds": .flag(!desk.rubric.kinds.isEmpty),
      "people": .list(
        desk.assessors.map { load in
          [
            "code": .text(load.code.text), "name": .text(load.name),
            "is_chosen": .flag(load.code == filter.assessor),
          ]
        }), "rows": .list(desk.offices.map(row)), "is_empty": .flag(desk.offices.isEmpty),
      "pager": LeadPager.data(page, of: desk.found, words) { paths.assigning + filter.query(page: $0) },
      "items_fault": ReportData(entered.fault("items")),
      "assessor_fault": ReportData(entered.fault("assessor")),
      "choices": .list(
        active.map { load in
          [
            "code": .text(load.code.text),
            "name": .text(
              words.facts([load.name, words.say("assigning.has_offices", ["count": load.offices.shown])])),
            "is_chosen": .flag(entered.fields?.text("assessor") == load.code.text),
          ]
        }),
    ]
  }

  private var chips: [ReportData] {
    func chip(_ state: Registry.AssigningState?, _ title: String, _ count: Int) -> ReportData {
      var next = filter
      next.state = state
      return [
        "href": .text(paths.assigning + next.query()), "title": .text(title), "count": .text(count.shown),
        "is_current": .flag(filter.state == state), "is_bare": .flag(count == 0 && filter.state != state),
      ]
    }
    return [chip(nil, words.say("assigning.all"), all)]
      + Registry.AssigningState.allCases.map { state in
        chip(state, words.say("assigning_state.\(state.rawValue)"), desk.counts[state] ?? 0)
      }
  }

  private func row(_ placed: Registry.PlacedOffice) -> ReportData {
    let code = placed.office.code.text
    let picked = Set(entered.fields?.all("office") ?? [])
    return [
      "pick": .flag(desk.refusal == nil && !placed.isReaderBarred), "pick_id": .text("pick-\(code)"),
      "value": .text(code), "is_picked": .flag(picked.contains(code)), "code": .text(code),
      "pick_label": .text(words.say("assigning.pick", ["office": placed.office.shortName(words)])),
      "title": .text(placed.office.shortName(words).held), "href": .text(paths.office(placed.office.code)),
      "places": .text(placed.office.provinces.map { $0.in(words.language) }.joined(separator: ", ")),
      "holders": .list(placed.holders.map(holder)), "has_holders": .flag(!placed.holders.isEmpty),
      "judged": .text(
        words.say("assigning.judged", ["count": placed.judged.shown, "all": placed.due.shown])),
      "has_judged": .flag(placed.judged > 0),
      "barred": placed.barred.isEmpty ? .absent : .text(words.list(placed.barred)),
      "is_reader_barred": .flag(placed.isReaderBarred),
      "state": AssigningRows.tag(placed.state, words),
    ]
  }

  private func holder(_ holder: Registry.Holder) -> ReportData {
    [
      "name": .text(holder.name),
      "part": ReportData(holder.items.map { words.say("assigning.some", ["count": $0.count.shown]) }),
    ]
  }

  /// Whether somebody judges all of an office, as a tag: its look and its words.
  static func tag(_ state: Registry.AssigningState, _ words: Wording) -> ReportData {
    let kind =
      switch state {
      case .none: "not_begun"
      case .partly: "returned"
      case .assigned: "ready"
      }
    return [
      "kind": .text(kind), "title": .text(words.say("assigning_state.\(state.rawValue)")),
      "none": .flag(state == .none), "partly": .flag(state == .partly), "assigned": .flag(state == .assigned),
    ]
  }

  /// The same for a spreadsheet: a row an office.
  static func table(_ offices: [Registry.PlacedOffice], _ words: Wording) -> String {
    let header = [
      "assigning.column_code", "assigning.column_office", "assigning.column_state",
      "assigning.column_assessors", "assigning.column_judged", "assigning.column_due",
      "assigning.column_barred",
    ].map { words.say($0) }
    let rows = offices.map { placed in
      let holders = placed.holders.map { holder in
        holder.items.map { "\(holder.name) (\($0.map(\.text).joined(separator: " ")))" } ?? holder.name
      }
      return [
        placed.office.code.text, placed.office.name.in(words.language),
        words.say("assigning_state.\(placed.state.rawValue)"), holders.joined(separator: "; "),
        "\(placed.judged)", "\(placed.due)", placed.barred.joined(separator: "; "),
      ]
    }
    return ScorecardCSV.table([header] + rows) + "\r\n"
  }
}

/// An assessor in a table, with load and conflicts.
struct AssessorRow {
  private let load: Registry.AssessorLoad
  private let words: Wording
  private let paths: LeadPaths

  init(_ load: Registry.AssessorLoad, _ words: Wording, _ paths: LeadPaths) {
    (self.load, self.words, self.paths) = (load, words, paths)
  }

  var data: ReportData {
    [
      "name": .text(load.name), "post": ReportData(load.post), "href": .text(paths.assessor(load.code)),
      "offices": .text(load.offices.shown), "items": .text(load.items.shown),
      "judged": .text(load.judged.shown), "to_judge": .text(load.left.shown),
      "progress": .text(
        words.say("assigning.judged", ["count": load.judged.shown, "all": load.items.shown])),
      "share": .text(share(load.judged, of: load.items)), "has_items": .flag(load.items > 0),
      "is_gone": .flag(!load.isActive), "ties": .list(AssessorRow.ties(load, words)),
      "has_ties": .flag(!load.ties.isEmpty),
    ]
  }

  /// Whom somebody may not judge, and why.
  static func ties(_ load: Registry.AssessorLoad, _ words: Wording) -> [ReportData] {
    load.ties.map { tie in
      let why =
        switch tie.conflict {
        case .declared: "declared"
        case .present(.employing): "employed"
        case .present(.hosting): "hosted"
        case .past: "past"
        }
      return [
        "office": .text(Office(code: tie.office, name: tie.name).shortName(words).held),
        "why": .text(
          words.facts([
            words.say("conflict_tie.\(why)"),
            tie.judged > 0 ? words.say("conflict_tie.judged", ["count": tie.judged.shown]) : "",
          ])),
      ]
    }
  }
}

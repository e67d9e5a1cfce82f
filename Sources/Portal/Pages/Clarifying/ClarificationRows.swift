import Integrity
import Reports
import Storage

/// Contested findings as a list shows them.
struct ClarificationRows {
  private let desk: Registry.ClarificationsDesk
  private let filter: Registry.ClarificationFilter
  private let page: Int
  private let entered: Entered
  private let words: Wording
  private let dates: Dates
  private let paths: LeadPaths

  init(
    _ desk: Registry.ClarificationsDesk, _ filter: Registry.ClarificationFilter, _ page: Int,
    _ entered: Entered, _ words: Wording, _ dates: Dates
  ) {
    (self.desk, self.filter, self.page, self.entered) = (desk, filter, page, entered)
    (self.words, self.dates) = (words, dates)
    paths = LeadPaths(cycle: desk.cycle.code)
  }

  var query: String { filter.query(page: page) }

  var fields: [String: ReportData] {
    let mayName = !desk.deciders.isEmpty && desk.rows.contains(where: \.mayName)
    return [
      "heading": .text(words.say(desk.isLead ? "clarifications.heading" : "clarifications.heading_own")),
      "summary": .text(
        words.say("clarifications.summary", ["count": desk.counts.values.reduce(0, +).shown])),
      "lead": .text(words.say(mayName ? "clarifications.lead" : "clarifications.lead_own")),
      "table": .text(paths.clarifications + ".csv"), "chips": .list(chips),
      "action": .text(paths.clarifications), "state": ReportData(filter.state?.rawValue),
      "search": .text(filter.search), "is_filtered": .flag(!filter.search.isEmpty),
      "rows": .list(desk.rows.map(row)), "is_empty": .flag(desk.rows.isEmpty),
      "is_bare": .flag(desk.counts.isEmpty && filter.search.isEmpty), "may": .flag(mayName),
      "pager": LeadPager.data(page, of: desk.found, words) { paths.clarifications + filter.query(page: $0) },
      "items_fault": ReportData(entered.fault("items")),
      "assessor_fault": ReportData(entered.fault("assessor")),
      "deciders": .list(desk.deciders.map(decider)),
    ]
  }

  private var chips: [ReportData] {
    func chip(_ state: Registry.ClarificationState?, _ title: String, _ count: Int) -> ReportData {
      var next = filter
      next.state = state
      return [
        "href": .text(paths.clarifications + next.query()), "title": .text(title),
        "count": .text(count.shown),
        "is_current": .flag(filter.state == state), "is_bare": .flag(count == 0 && filter.state != state),
      ]
    }
    return [chip(nil, words.say("clarifications.all"), desk.counts.values.reduce(0, +))]
      + Registry.ClarificationState.allCases.filter { desk.isLead || $0 != .notNamed }.map { state in
        chip(state, words.say("clarifications.\(state.rawValue)"), desk.counts[state] ?? 0)
      }
  }

  /// Where a contested finding stands, as a tag: its look and its words.
  static func tag(_ state: Registry.ClarificationState, _ words: Wording, isChanged: Bool? = nil)
    -> ReportData
  {
    let kind =
      switch state {
      case .notNamed: "returned"
      case .named: "contested"
      case .decided: "ready"
      }
    let title = isChanged.map { $0 ? "changed" : "upheld" } ?? state.rawValue
    return [
      "kind": .text(kind), "title": .text(words.say("clarifications.\(title)")),
      "not_named": .flag(state == .notNamed), "contested": .flag(state == .named),
      "decided": .flag(state == .decided),
    ]
  }

  private func row(_ row: Registry.ContestedItem) -> ReportData {
    let id = "pick-\(row.office)-\(row.item)"
    let value = "\(row.office)/\(row.item)"
    let picked = Set(entered.fields?.all("item") ?? [])
    let office = Office(code: row.office, name: row.officeName).shortName(words)
    return [
      "pick": .flag(row.mayName && !desk.deciders.isEmpty), "pick_id": .text(id), "value": .text(value),
      "is_picked": .flag(picked.contains(value)),
      "pick_label": .text(words.say("clarifications.pick", ["item": row.item.text, "office": office])),
      "fault": ReportData(entered.fault(id)), "code": .text(row.item.text),
      "href": .text(paths.clarification(row.office, row.item)), "office": .text(office.held),
      "title": .text(row.title.in(words.language).held), "statement": .text(row.statement),
      "judge": ReportData(row.judge), "decider": ReportData(row.deciderName),
      "when": .text(dates.shortMoment(row.at)),
      "state": ClarificationRows.tag(
        row.state, words, isChanged: row.state == .decided ? row.isChanged : nil),
    ]
  }

  private func decider(_ load: Registry.AssessorLoad) -> ReportData {
    [
      "code": .text(load.code.text),
      "name": .text(
        words.facts([load.name, words.say("clarification.deciding", ["count": load.deciding.shown])])),
      "is_chosen": .flag(entered.fields?.text("assessor") == load.code.text),
    ]
  }

  /// The same for a spreadsheet.
  static func table(_ rows: [Registry.ContestedItem], _ words: Wording) -> String {
    let header = [
      "clarifications.column_office", "clarifications.column_name", "clarifications.column_item",
      "clarifications.column_title", "clarifications.column_judge", "clarifications.column_contested",
      "clarifications.column_statement", "clarifications.column_decider", "clarifications.column_state",
      "clarifications.column_decided",
    ].map { words.say($0) }
    let lines = rows.map { row in
      let state = row.state == .decided ? row.isChanged ? "changed" : "upheld" : row.state.rawValue
      return [
        row.office.text, row.officeName.in(words.language), row.item.text, row.title.in(words.language),
        row.judge ?? "", row.at.description, row.statement, row.deciderName ?? "",
        words.say("clarifications.\(state)"), row.decidedAt?.description ?? "",
      ]
    }
    return ScorecardCSV.table([header] + lines) + "\r\n"
  }
}

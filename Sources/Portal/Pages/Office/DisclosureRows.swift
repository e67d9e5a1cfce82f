import Integrity
import Reports
import Storage

/// Which disclosures are asked for; what makes no sense asks for all.
struct DisclosureFilter: Hashable, Sendable {
  var state: WorkState?
  var group: Code<Group>?
  var search = ""

  init() {}

  init(_ visit: Visit) {
    state = visit.asked("state").flatMap(WorkState.init(rawValue:))
    group = visit.asked("group").flatMap { $0.isEmpty ? nil : Code($0) }
    search = String((visit.asked("search") ?? "").prefix(100)).trimmingBlanks
  }

  var isEmpty: Bool { state == nil && group == nil && search.isEmpty }

  /// What stands behind the `?`.
  var query: String {
    let fields = [("state", state?.rawValue ?? ""), ("group", group?.text ?? ""), ("search", search)]
    let asked = fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }
    return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
  }

  /// Whether it is in the group asked for and has what is searched for: its code, or a part of its name.
  func admits(_ item: Item) -> Bool {
    if let group, item.group != group, !item.contributing.contains(group) { return false }
    if search.isEmpty { return true }
    let wanted = search.lowercased()
    // `O1` is one disclosure, not ten.
    if item.code.text.lowercased() == wanted { return true }
    return [item.title.thai, item.title.english].contains { $0.lowercased().contains(wanted) }
  }
}

/// The disclosures of an office as a page shows them.
struct DisclosureRows {
  let desk: Registry.OfficeDesk
  let filter: DisclosureFilter
  let words: Wording
  private let paths: Paths
  private let range: ScoreRange?
  /// What the rest of the filter leaves of each state.
  private let admitted: [Registry.DisclosureWork]
  private let isOpen: Bool

  init(_ desk: Registry.OfficeDesk, _ filter: DisclosureFilter, at now: Moment, _ words: Wording) {
    self.desk = desk
    self.filter = filter
    self.words = words
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    range = ScoreRange(desk, at: now)
    admitted = desk.works.filter { filter.admits($0.item) }
    isOpen =
      desk.works.first.map {
        desk.cycle.phase(of: $0.instrument, for: desk.office.code, at: now) <= .collecting
      }
      ?? true
  }

  var fields: [String: ReportData] {
    let sections = sections
    let code = desk.works.first?.instrument.code.text ?? ""
    return [
      "heading": .text(words.say("disclosures.heading", ["code": code])), "summary": .text(summary),
      "table": .text(paths.disclosures + ".csv"), "chips": .list(chips), "action": .text(paths.disclosures),
      "state": ReportData(filter.state?.rawValue), "search": .text(filter.search), "groups": .list(groups),
      "is_filtered": .flag(filter.group != nil || !filter.search.isEmpty),
      "sections": .list(sections), "is_empty": .flag(sections.isEmpty),
    ]
  }

  private var summary: String {
    let works = desk.counted
    let ready = works.count { $0.state == .ready }
    let sent = works.count { $0.state == .submitted }
    let left = works.filter { isOpen ? !$0.state.isReady : $0.state != .submitted }
    let pilots = desk.works.count - works.count
    let points = range?.stake(of: Set(left.map(\.item.code))).shown ?? "–"
    return words.facts([
      words.say("disclosures.count", ["count": works.count.shown])
        + (pilots > 0 ? words.say("disclosures.pilots", ["count": pilots.shown]) : ""),
      sent > 0 ? words.say("disclosures.sent", ["count": sent.shown]) : "",
      isOpen ? words.say("disclosures.ready", ["count": ready.shown]) : "",
      left.isEmpty
        ? ""
        : words.say(
          isOpen ? "disclosures.left" : "disclosures.not_sent", ["count": left.count.shown, "points": points]),
    ])
  }

  private var chips: [ReportData] {
    func chip(_ state: WorkState?, _ title: String, _ count: Int) -> ReportData {
      var next = filter
      next.state = state
      return [
        "href": .text(paths.disclosures + next.query), "title": .text(title), "count": .text(count.shown),
        "is_current": .flag(filter.state == state), "is_bare": .flag(count == 0 && filter.state != state),
        "state": state?.data(words) ?? .absent,
      ]
    }
    return [chip(nil, words.say("disclosures.all"), admitted.count)]
      + WorkState.allCases.map { state in
        chip(state, state.title(words), admitted.count { $0.shownState == state })
      }
  }

  /// Groups that answer for something, in the order of the rubric.
  private var groups: [ReportData] {
    let used = Set(desk.works.flatMap { [$0.item.group].compactMap { $0 } + $0.item.contributing })
    return desk.rubric.groups.map(\.code).filter(used.contains).map { group in
      [
        "code": .text(group.text), "title": .text(desk.name(of: group, words)),
        "is_chosen": .flag(group == filter.group),
      ]
    }
  }

  private var sections: [ReportData] {
    let shown = Set(admitted.filter { filter.state == nil || $0.shownState == filter.state }.map(\.item.code))
    return SubIndicator.all(of: desk).compactMap { section in
      let works = section.works.filter { shown.contains($0.item.code) }
      return works.isEmpty ? nil : data(section, works)
    }
  }

  private func data(_ section: SubIndicator, _ works: [Registry.DisclosureWork]) -> ReportData {
    let ready = section.works.count { isOpen ? $0.state.isReady : $0.state == .submitted }
    let all = section.works.count
    let stakes = Set(section.works.compactMap { range?.stake(of: $0.item.code) })
    let each: String? =
      section.isPilot
      ? words.say("disclosures.pilot")
      : stakes.count == 1 ? stakes.first.map { words.say("disclosures.each", ["points": $0.shown]) } : nil
    return [
      "code": .text(section.code), "title": .text(section.title.in(words.language).held),
      "ready": .text(
        words.say(
          isOpen ? "disclosures.section_ready" : "disclosures.section_sent",
          ["count": ready.shown, "all": all.shown])
      ),
      "share": .text(share(ready, of: all)), "each": ReportData(each),
      "rows": .list(works.map { $0.row(desk, paths, words).data(words) }),
    ]
  }
}

/// The lowest heading above disclosures, with those of an office below it.
struct SubIndicator {
  let code: String
  let title: Words
  let isPilot: Bool
  let works: [Registry.DisclosureWork]

  /// In the order of the rubric, those without any disclosure of this office left out.
  static func all(of desk: Registry.OfficeDesk) -> [SubIndicator] {
    let works = Dictionary(desk.works.map { ($0.item.code, $0) }) { a, _ in a }
    let pilots = desk.rubric.pilots
    func below(_ parts: Parts, _ heading: Heading) -> [SubIndicator] {
      switch parts {
      case .indicators(let indicators): return indicators.flatMap { below($0.parts, $0.heading) }
      case .items(let items):
        let own = items.compactMap { works[$0.code] }
        return own.isEmpty
          ? []
          : [
            SubIndicator(
              code: heading.code.text, title: heading.title,
              isPilot: own.allSatisfy { pilots.contains($0.item.code) },
              works: own)
          ]
      }
    }
    return desk.rubric.instruments.filter { $0.questionnaire == nil }.flatMap { below($0.parts, $0.heading) }
  }
}

extension String {
  var trimmingBlanks: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

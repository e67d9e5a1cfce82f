import Hummingbird
import Integrity
import Reports
import Storage

/// What an assessor has before them: item by item or office by office, one group of it opened at a time.
enum MarkQueuePage {
  static let routes: [Route] = [
    .page(MarkPaths.queue) { signedIn in
      let cycle: Code<Cycle> = try signedIn.part("cycle")
      let (queue, deciding) = try await signedIn.read { registry, signer, now in
        (
          try registry.markQueue(of: cycle, by: signer, at: now),
          try registry.undecidedClarifications(in: cycle, by: signer, at: now)
        )
      }
      let data = MarkQueueData(
        queue, MarkWalk(signedIn.visit),
        opened: signedIn.visit.asked("item") ?? signedIn.visit.asked("office"),
        at: signedIn.now, try signedIn.words(), Dates(signedIn.visit.visitor))
      let words = try signedIn.words()
      var fields = data.fields
      if deciding > 0 {
        fields["deciding"] = .text(words.say("queue.deciding", ["count": deciding.shown]))
        fields["clarifications"] = .text(LeadPaths(cycle: cycle).clarifications)
      }
      return try signedIn.page(
        "pages/marking-queue", title: data.title, fields,
        frame: try signedIn.frame(.marking, .queue, in: queue.cycle))
    }.besideEvidence
  ]
}

/// What the page of the queue shows.
struct MarkQueueData {
  let queue: Registry.MarkQueue
  let walk: MarkWalk
  /// The item or the office whose entries are listed.
  private let opened: String?
  private let now: Moment
  private let words: Wording
  private let dates: Dates
  private let paths: MarkPaths
  private let order: [Registry.MarkEntry]

  init(
    _ queue: Registry.MarkQueue, _ walk: MarkWalk, opened: String?, at now: Moment, _ words: Wording,
    _ dates: Dates
  ) {
    (self.queue, self.walk, self.now, self.words, self.dates) = (queue, walk, now, words, dates)
    paths = MarkPaths(cycle: queue.cycle.code)
    order = walk.order(queue)
    let asked = opened ?? ""
    var first = order.first(where: queue.isToDo) ?? order.first
    if let state = walk.state { first = order.first { $0.state == state } }
    self.opened = asked.isEmpty ? first.map { walk.by == .item ? $0.item.code.text : $0.office.text } : asked
  }

  var title: String { words.say("queue.title") }

  var fields: [String: ReportData] {
    let (judged, all) = (queue.judged, queue.entries.count)
    let next = order.first(where: queue.isToDo)
    let groups = groups
    return [
      "heading": .text(words.say("queue.heading")), "summary": .text(summary),
      "is_empty": .flag(queue.entries.isEmpty), "wait": ReportData(wait),
      "progress": .text(words.say("queue.progress", ["judged": judged.shown, "count": all.shown])),
      "share": .text("\(all == 0 ? 0 : 100 * judged / all)"), "pace": ReportData(pace),
      "go_on": ReportData(next.map { paths.mark($0) + walk.query }),
      "go_on_to": ReportData(next.map(name)),
      "is_done": .flag(!queue.entries.isEmpty && next == nil && wait == nil),
      "ways": .list(ways), "chips": .list(chips), "groups": .list(groups),
      "nothing_matches": .flag(groups.isEmpty && !queue.entries.isEmpty),
      "all": .text(paths.queue + bare.query),
      "by_item": .flag(walk.by == .item), "conflicts": .text(paths.conflicts),
    ]
  }

  /// The same way without a filter.
  private var bare: MarkWalk {
    var bare = walk
    bare.state = nil
    return bare
  }

  private func name(_ entry: Registry.MarkEntry) -> String {
    words.facts([entry.item.code.text, queue.offices[entry.place].office.shortName(words).held])
  }

  private var summary: String {
    let items = Set(queue.entries.map(\.item.code)).count
    return words.say(
      "queue.summary",
      ["offices": queue.offices.count.shown, "items": items.shown, "count": queue.entries.count.shown])
  }

  /// Why nothing can be judged yet, or any more.
  private var wait: String? {
    guard !queue.offices.isEmpty, queue.offices.allSatisfy({ $0.refusal != nil }) else { return nil }
    return queue.offices.first?.refusal.map { $0.said(in: words.language).sentence(in: words.language) }
  }

  /// How many a day until the window closes.
  private var pace: String? {
    guard wait == nil, let closes = queue.cycle.schedule?.assessing.closes else { return nil }
    let left = queue.entries.count(where: queue.isToDo)
    let days = closes.adding(seconds: -1).day.number - now.day.number + 1
    guard left > 0, days > 0 else { return nil }
    return words.say(
      "queue.pace", ["left": left.shown, "each": ((left + days - 1) / days).shown])
  }

  private var ways: [ReportData] {
    [MarkWalk.By.item, .office].map { by in
      var other = walk
      other.by = by
      return [
        "href": .text(paths.queue + other.query),
        "title": .text(words.say(by == .item ? "queue.by_item" : "queue.by_office")),
        "is_current": .flag(by == walk.by),
      ]
    }
  }

  private var chips: [ReportData] {
    func chip(_ state: MarkState?) -> ReportData {
      var other = walk
      other.state = state
      let count = state.map { state in queue.entries.count { $0.state == state } } ?? queue.entries.count
      return [
        "href": .text(paths.queue + other.query),
        "title": .text(state?.title(words) ?? words.say("queue.all")), "count": .text(count.shown),
        "is_current": .flag(walk.state == state),
        "is_bare": .flag(count == 0 && walk.state != state), "state": state?.data(words) ?? .absent,
      ]
    }
    return [chip(nil)] + MarkState.allCases.map { chip($0) }
  }

  /// Whether anything is still collected, so that an assessor may have slips to hand out.
  private var handsOut: Bool { queue.cycle.schedule?.collecting.values.contains { now < $0.closes } ?? false }

  // Groups.

  private func key(_ entry: Registry.MarkEntry) -> String {
    walk.by == .item ? entry.item.code.text : entry.office.text
  }

  private var groups: [ReportData] {
    var groups: [(key: String, entries: [Registry.MarkEntry])] = []
    for entry in order {
      if groups.last?.key != key(entry) { groups.append((key(entry), [])) }
      groups[groups.count - 1].entries.append(entry)
    }
    return groups.compactMap { key, entries in
      let shown = entries.filter { walk.state == nil || $0.state == walk.state }
      return shown.isEmpty ? nil : group(key, entries, shown)
    }
  }

  private func group(_ key: String, _ all: [Registry.MarkEntry], _ shown: [Registry.MarkEntry]) -> ReportData
  {
    let judged = all.count { $0.state == .judged }
    let next = all.first(where: queue.isToDo)
    let isOpen = key == opened
    let own = walk.by == .item ? ("item", key) : ("office", key)
    let title =
      walk.by == .item
      ? all[0].item.title.in(words.language) : queue.offices[all[0].place].office.shortName(words)
    return [
      "id": .text("group-\(key)"), "code": .text(key), "title": .text(title.held), "is_open": .flag(isOpen),
      "href": .text(paths.queue + walk.query([own]) + "#group-\(key.queryEscaped)"),
      "progress": .text(words.say("queue.group", ["judged": judged.shown, "count": all.count.shown])),
      "share": .text("\(72 * judged / max(1, all.count))"),
      "is_done": .flag(judged == all.count), "next": ReportData(next.map { paths.mark($0) + walk.query }),
      "next_name": ReportData(next.map(name)),
      "rows": .list(isOpen ? shown.map(row) : []),
      "slips": handsOut && walk.by == .office
        ? .text(Paths(cycle: queue.cycle.code, office: all[0].office).slips) : .absent,
    ]
  }

  private func row(_ entry: Registry.MarkEntry) -> ReportData {
    let office = queue.offices[entry.place]
    let facts = [
      office.isReadable
        ? entry.isSubmitted ? "" : words.say("queue.not_submitted") : words.say("queue.not_readable"),
      entry.at.map { dates.shortMoment($0) } ?? "",
    ]
    return [
      "code": .text(walk.by == .item ? entry.office.text : entry.item.code.text),
      "title": .text(
        walk.by == .item
          ? office.office.shortName(words).held : entry.item.title.in(words.language).held),
      "href": office.isReadable ? .text(paths.mark(entry) + walk.query) : .absent,
      "meta": .text(words.facts(facts)), "state": entry.state.data(words),
    ]
  }
}

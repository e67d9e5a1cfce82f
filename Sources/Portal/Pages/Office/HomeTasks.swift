import Integrity
import Reports
import Storage

/// What to do next, by deadline; of disclosures those first that are worth most.
struct HomeTasks {
  private static let most = 5

  private let home: HomeData
  private var words: Wording { home.words }

  init(_ home: HomeData) { self.home = home }

  private struct Entry {
    let closes: Window
    let row: TaskRow
    let points: Figure
    /// nil for a questionnaire, and for reading what was found.
    let item: Code<Node>?
  }

  var groups: [ReportData] {
    let entries = clarifying + disclosures + questionnaires
    let deadlines = Dictionary(grouping: entries, by: \.closes.closes).sorted { $0.key < $1.key }
    return deadlines.compactMap { _, entries in
      guard let window = entries.first?.closes else { return nil }
      let sorted = entries.enumerated().sorted { a, b in
        (b.element.points, a.offset) < (a.element.points, b.offset)
      }.map(\.element)
      let (shown, rest) = (sorted.prefix(HomeTasks.most), sorted.dropFirst(HomeTasks.most))
      let items = sorted.count { $0.item != nil }
      let facts = [
        home.dates.left(until: window.closes, from: home.now, words).kept,
        items == 0
          ? "" : items == 1 ? words.say("home.item") : words.say("home.items", ["count": items.shown]),
      ]
      return [
        "deadline": .text(words.say("home.by", ["day": home.dates.last(of: window)])),
        "facts": .text(words.facts(facts)), "rows": .list(shown.map { $0.row.data(words) }),
        "more": more(rest),
      ]
    }
  }

  private func more(_ rest: ArraySlice<Entry>) -> ReportData {
    guard !rest.isEmpty, let range = home.range else { return .absent }
    let points = range.stake(of: Set(rest.compactMap(\.item))).shown
    let text =
      rest.count == 1
      ? words.say("home.more_one", ["points": points])
      : words.say("home.more", ["count": rest.count.shown, "points": points])
    return ["href": .text(home.paths.disclosures), "text": .text(text)]
  }

  private var disclosures: [Entry] {
    guard let range = home.range else { return [] }
    return home.desk.counted.compactMap { work in
      guard !work.state.isReady, let window = open(work.instrument) else { return nil }
      let points = range.stake(of: work.item.code)
      return Entry(
        closes: window, row: work.row(home.desk, home.paths, words, points: points), points: points,
        item: work.item.code)
    }
  }

  /// Reading what was found, and contesting it.
  private var clarifying: [Entry] {
    guard home.phase == .clarifying, let window = home.desk.cycle.schedule?.clarifying else { return [] }
    let opened = home.desk.openedAt
    let row = TaskRow(
      code: home.desk.instrument?.code.text ?? "",
      title: words.say(opened == nil ? "findings.to_open" : "findings.to_read"), href: home.paths.findings,
      meta: [
        opened.map { words.say("findings.task_read", ["moment": home.dates.moment($0)]) }
          ?? words.say("findings.task_open")
      ])
    return [Entry(closes: window, row: row, points: Figure(units: 0, places: 0), item: nil)]
  }

  private var questionnaires: [Entry] {
    guard let range = home.range else { return [] }
    return home.desk.rubric.instruments.compactMap { instrument in
      guard let responses = home.desk.responses[instrument.code], responses.progress != .full,
        let window = open(instrument)
      else { return nil }
      let points = range.stake(ofQuestionnaire: instrument.code)
      let code = instrument.code.text
      let row = TaskRow(
        code: code,
        title: words.say(
          responses.progress == .noNumber ? "home.give_number" : "home.invite", ["code": code]),
        href: home.paths.questionnaires, meta: [words.say(tooFew)],
        points: points.shown,
        warning: words.say(responses.progress == .noNumber ? "home.no_number" : "home.below"))
      return Entry(closes: window, row: row, points: points, item: nil)
    }
  }

  /// What becomes of a questionnaire that too few have answered.
  private var tooFew: String {
    switch home.desk.rubric.policy.tooFew {
    case .incomplete: "home.too_few_incomplete"
    case .zero: "home.too_few_zero"
    case .leftOut: "home.too_few_left_out"
    }
  }

  /// The window of an instrument, while it is open.
  private func open(_ instrument: Instrument) -> Window? {
    guard home.desk.cycle.phase(of: instrument, for: home.desk.office.code, at: home.now) == .collecting
    else {
      return nil
    }
    return home.desk.cycle.window(of: instrument.code, for: home.desk.office.code)
  }

  /// What stands there when nothing is to be done.
  var nothing: String {
    let schedule = home.desk.cycle.schedule
    switch home.phase {
    case .preparing:
      let opens = home.desk.rubric.instruments.compactMap {
        home.desk.cycle.window(of: $0.code, for: home.desk.office.code)?.opens
      }.min()
      return opens.map { words.say("home.nothing_preparing", ["day": home.dates.day($0.day)]) }
        ?? words.say("home.nothing_unset")
    case .collecting: return words.say("home.nothing_collecting")
    case .assessing:
      return words.say(
        "home.nothing_assessing", ["day": schedule.map { home.dates.day($0.clarifying.opens.day) } ?? "–"])
    case .clarifying: return words.say("home.nothing_clarifying")
    case .deciding: return words.say("home.nothing_deciding")
    case .published: return words.say("home.nothing_published")
    }
  }
}

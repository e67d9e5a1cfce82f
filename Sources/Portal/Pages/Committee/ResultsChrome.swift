import Integrity
import Reports
import Storage

/// What the pages of results share: their head, ways between them, the form that filters, columns that sort, and pages.
struct ResultsChrome {
  /// One of the ways to look at results.
  enum Sight: String, CaseIterable {
    case table, indicators, distribution
  }

  let desk: Registry.ResultsDesk
  let view: ResultsView
  let sight: Sight
  let words: Wording

  var index: ResultsIndex { view.index }
  var filter: ResultsFilter { view.filter }
  var language: Language { words.language }
  var paths: CommitteePaths { CommitteePaths(cycle: desk.cycle.code) }

  private var path: String { paths.path(of: sight) }

  func address(_ filter: ResultsFilter) -> String { path + filter.query }

  var fields: [String: ReportData] {
    [
      "summary": .text(summary), "sights": .list(sights), "filter": form, "chosen": .text(chosen),
      "is_narrow": .flag(filter.isNarrow), "clear": .text(address(ResultsFilter())),
      "table": .text(path + ".csv" + filter.with { _ in }.query), "downloads": .text(paths.downloads),
      "sealing": desk.may.contains(.seal) ? .text(paths.sealing) : .absent,
      "is_empty": .flag(view.offices.isEmpty),
    ]
  }

  /// How many take part, and how their scores stand.
  private var summary: String {
    let name =
      switch desk.cycle.stage {
      case .preparing, .open: "results.before_sealing"
      case .sealed: "results.sealed"
      case .published: "results.published"
      }
    return words.facts([
      words.say("results.offices", ["count": index.rows.count.shown]), words.say(name),
    ])
  }

  private var sights: [ReportData] {
    paths.ways(words, isAll: desk.may.contains(.readAnswers), current: sight) { sight in
      let chrome = ResultsChrome(desk: desk, view: view, sight: sight, words: words)
      return chrome.address(filter.with { _ in })
    }
  }

  /// `แสดง 1–100 จาก 245 · เรียงตามคะแนนรวม`.
  private var chosen: String {
    let first = (view.page - 1) * ResultsView.most
    let range =
      sight == .distribution
      ? words.say("results.chosen", ["count": view.offices.count.shown, "all": index.rows.count.shown])
      : words.say(
        "results.shown",
        [
          "first": (first + 1).shown, "last": (first + view.shown.count).shown,
          "count": view.offices.count.shown,
        ])
    return words.facts([
      view.offices.isEmpty
        ? words.say("results.chosen", ["count": "0", "all": index.rows.count.shown]) : range,
      filter.isNarrow ? words.say("results.of_all", ["all": index.rows.count.shown]) : "",
    ])
  }

  // The form.

  private var form: ReportData {
    [
      "action": .text(path), "search": .text(filter.search), "is_narrow": .flag(filter.isNarrow),
      "kinds": choices(
        index.kinds.map { ($0.code.text, $0.title.in(language).sentence(in: language)) },
        chosen: filter.kind?.text),
      "regions": choices(
        index.regions(inOrderOf: language).map { ($0.thai, $0.in(language)) }, chosen: filter.region),
      "provinces": choices(
        index.provinces(inOrderOf: language).map { ($0.thai, $0.in(language)) }, chosen: filter.province),
      "parents": choices(
        index.parents.map { ($0.code.text, $0.name.in(language)) }, chosen: filter.parent?.text),
      "levels": choices(
        index.rubric.levels.map { ($0.code.text, $0.title.in(language)) }
          + [("none", words.text("scorecard", "incomplete"))], chosen: filter.level?.text),
      "has_sorts": .flag(sight != .distribution), "sorts": .list(sight == .distribution ? [] : sorts),
    ]
  }

  /// Nothing where there is nothing to choose between.
  private func choices(_ all: [(code: String, title: String)], chosen: String?) -> ReportData {
    guard all.count > 1 || chosen != nil else { return .absent }
    return [
      "list": .list(
        all.map { code, title in
          ["code": .text(code), "title": .text(title), "is_chosen": .flag(code == chosen)]
        })
    ]
  }

  /// What a phone chooses from, where rows are blocks and have no head.
  private var sorts: [ReportData] {
    var columns: [ResultsFilter.Order.Column] = [.total, .name, .change]
    columns += index.columns.all.filter { sight == .indicators || $0.isInstrument }.map { .node($0.code) }
    return columns.flatMap { column -> [ReportData] in
      let first = ResultsFilter.Order(by: column)
      var second = first
      second.isRising.toggle()
      return [first, second].map { order in
        [
          "code": .text(order.text), "is_chosen": .flag(order == filter.order),
          "title": .text(words.facts([title(of: column), words.say(way(of: order))])),
        ]
      }
    }
  }

  private func way(of order: ResultsFilter.Order) -> String {
    let isName = order.column == .name || order.column == .code
    if isName { return order.isRising ? "results.from_first" : "results.from_last" }
    return order.isRising ? "results.from_lowest" : "results.from_highest"
  }

  func title(of column: ResultsFilter.Order.Column) -> String {
    switch column {
    case .total: return words.say("results.total")
    case .name: return words.say("results.office")
    case .code: return words.say("results.code")
    case .level: return words.say("results.level")
    case .change: return words.say("results.change")
    case .node(let code):
      let title = index.columns.all.first { $0.code == code }?.title.in(language) ?? ""
      return "\(code) \(title)"
    }
  }

  /// The head of a column: a link that sorts by it, and from the other end where it already does.
  func head(_ column: ResultsFilter.Order.Column, _ title: String, spoken: String? = nil) -> ReportData {
    let isSorted = filter.order.column == column
    var order = ResultsFilter.Order(by: column)
    if isSorted { order.isRising = !filter.order.isRising }
    return [
      "title": .text(title), "spoken": ReportData(spoken),
      "href": .text(address(filter.with { $0.order = order })),
      "sorted": isSorted ? .text(filter.order.isRising ? "ascending" : "descending") : .absent,
      "arrow": .text(isSorted ? (filter.order.isRising ? "▲" : "▼") : ""),
    ]
  }

  // Pages.

  var pager: ReportData {
    guard view.pages > 1 else { return .absent }
    func link(_ page: Int) -> String { address(filter.with { $0.page = page }) }
    let near = Set([1, view.pages] + (view.page - 2...view.page + 2)).filter { (1...view.pages).contains($0) }
    var numbers: [ReportData] = []
    var last = 0
    for page in near.sorted() {
      if page > last + 1 { numbers.append(["gap": true]) }
      numbers.append([
        "gap": .absent, "number": .text(page.shown), "href": .text(link(page)),
        "is_current": .flag(page == view.page),
        "spoken": .text(words.say("results.page", ["number": page.shown])),
      ])
      last = page
    }
    return [
      "numbers": .list(numbers),
      "previous": view.page > 1 ? .text(link(view.page - 1)) : .absent,
      "next": view.page < view.pages ? .text(link(view.page + 1)) : .absent,
    ]
  }
}

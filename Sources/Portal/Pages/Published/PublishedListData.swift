import Integrity
import Reports
import Storage

/// The list of a published cycle: how many offices reached which level, and the offices that are asked for.
struct PublishedListData {
  private let index: PublishedIndex
  private let query: PublishedQuery
  private let paths: PublicPaths
  private let words: Wording
  private let dates: Dates
  private let found: [Registry.PublishedOffice]
  private let pages: Int
  private let page: Int

  init(
    _ index: PublishedIndex, _ query: PublishedQuery, _ paths: PublicPaths, _ words: Wording, _ dates: Dates
  ) {
    (self.index, self.query, self.paths, self.words, self.dates) = (index, query, paths, words, dates)
    found = index.offices(query, in: words.language)
    pages = max(1, (found.count + PublishedQuery.rows - 1) / PublishedQuery.rows)
    page = min(query.page, pages)
  }

  private var publication: Registry.Publication { index.publication }
  private var cycle: Code<Cycle> { publication.cycle.code }
  private var rubric: Rubric { publication.rubric }

  var fields: [String: ReportData] {
    [
      "heading": .text(words.say("published.heading", ["year": words.year(publication.cycle.year)])),
      "summary": .text(
        words.facts([
          words.say("published.count", ["count": publication.offices.count.shown]),
          words.say("published.published_on", ["day": dates.day(publication.publishedAt.day).kept]),
        ])),
      "all": .text(paths.cycles), "csv": .text(paths.file("results.csv", of: cycle)),
      "json": .text(paths.file("results.json", of: cycle)), "data": .text(paths.data(cycle)),
      "levels": .list(levels), "seal": seal, "action": .text(paths.results(cycle)),
      "asked": ReportData(paths.asked?.rawValue), "search": .text(query.search), "kinds": .list(kinds),
      "has_kinds": .flag(kinds.count > 1), "provinces": .list(provinces),
      "has_provinces": .flag(index.provinces.count > 1), "level_choices": .list(levelChoices),
      "sort": query.sort == .total ? .absent : .text(query.sort.rawValue),
      "is_filtered": .flag(query.isFiltered), "is_empty": .flag(found.isEmpty), "shown": .text(shown),
      "heads": .list(heads), "head_office": head(.name, "published.office"),
      "head_total": head(.total, "published.total"), "has_change": .flag(hasChange),
      "rows": .list(rows.map(row)), "turning": turning,
    ]
  }

  // How the offices did.

  private var levels: [ReportData] {
    let most = max(1, index.levels.map(\.offices).max() ?? 1)
    let all = publication.offices.count
    return index.levels.map { level, offices in
      let percent = Comparison.percent(offices, of: all, rounding: Rounding(places: 1, mode: .halfUp))
      return [
        "badge": words.badge(level, of: rubric), "count": .text(offices.shown),
        "percent": .text("\(percent.shown)%"),
        "tone": .text(level.map { rubric.tone(of: $0) } ?? "0"), "width": .text("\(offices * 100 / most)"),
      ]
    }
  }

  private var seal: ReportData {
    [
      "day": .text(dates.day(publication.sealedAt.day).kept),
      "published": .text(dates.day(publication.publishedAt.day).kept),
      "digest": .list(publication.seal.digestGroups.map { .text($0) }),
      "amended": amended == 0 ? .absent : .text(words.say("published.amended", ["count": amended.shown])),
    ]
  }

  private var amended: Int { publication.offices.count { $0.sealed.amendments > 0 } }

  // Choosing.

  private var kinds: [ReportData] {
    let present = Set(publication.offices.map(\.office.kind))
    return rubric.kinds.filter { present.contains($0.code) }.map { kind in
      choice(kind.code.text, kind.title.in(words.language), query.kind == kind.code)
    }
  }

  private var provinces: [ReportData] {
    index.provinces.map { choice($0.thai, $0.in(words.language), query.province == $0.thai) }
  }

  private var levelChoices: [ReportData] {
    index.levels.map { level, _ in
      let value: PublishedQuery.LevelChoice = level.map { .level($0.code) } ?? .none
      let title = level?.title.in(words.language) ?? words.text("scorecard", "incomplete")
      return choice(value.text, title, query.level == value)
    }
  }

  private func choice(_ value: String, _ title: String, _ isChosen: Bool) -> ReportData {
    ["value": .text(value), "title": .text(title), "is_chosen": .flag(isChosen)]
  }

  private var shown: String {
    if found.isEmpty { return words.say("published.shown_none") }
    let first = (page - 1) * PublishedQuery.rows + 1
    return words.facts([
      words.say(
        "published.shown",
        ["first": first.shown, "last": (first + rows.count - 1).shown, "count": found.count.shown]),
      words.say(query.sort == .total ? "published.sorted_total" : "published.sorted_name"),
    ])
  }

  // The table.

  private var rows: ArraySlice<Registry.PublishedOffice> {
    let first = min((page - 1) * PublishedQuery.rows, found.count)
    return found[first..<min(first + PublishedQuery.rows, found.count)]
  }

  /// Places of the instruments among the figures.
  private var instruments: [(place: Int, heading: Heading)] {
    publication.nodes.enumerated().filter { $1.depth == 0 }.map { ($0, $1.heading) }
  }

  private var heads: [ReportData] {
    instruments.map {
      ["code": .text($0.heading.code.text), "title": .text($0.heading.title.in(words.language))]
    }
  }

  private func head(_ sort: PublishedQuery.Sort, _ name: String) -> ReportData {
    let isCurrent = query.sort == sort
    return [
      "name": .text(words.say(name)), "is_current": .flag(isCurrent),
      "order": isCurrent ? .text(sort == .total ? "descending" : "ascending") : .absent,
      "mark": isCurrent ? .text(sort == .total ? "▼" : "▲") : .absent,
      "href": .text(paths.results(cycle, query: query.sorted(by: sort).text)),
    ]
  }

  private var hasChange: Bool { publication.offices.contains { $0.previous != nil } }

  private func row(_ entry: Registry.PublishedOffice) -> ReportData {
    let kind = rubric.kinds.first { $0.code == entry.office.kind }?.title.in(words.language) ?? ""
    let provinces = words.list(entry.office.provinces.map { $0.in(words.language) })
    let held = (entry.level?.heldBackBy ?? []).map(words.held)
    var change = ReportData.absent
    if let total = entry.total, let previous = entry.previous { change = words.change(total - previous) }
    return [
      "href": .text(paths.office(entry.office.code, in: cycle)),
      "name": .text(index.shortName(of: entry.office.code, in: words.language).held),
      "place": .text(provinces.isEmpty ? kind : provinces),
      "figures": .list(
        instruments.map { place, heading in
          ["code": .text(heading.code.text), "text": .text(entry.figures[place]?.shown ?? "–")]
        }),
      "total": .text(entry.total?.shown ?? "–"), "badge": words.badge(entry.level?.level, of: rubric),
      "why": .text(
        entry.total == nil ? lacking(entry) : held.joined(separator: words.say("sentences.list_comma"))),
      "is_lacking": .flag(entry.total == nil), "has_change": .flag(hasChange), "change": change,
      "is_amended": .flag(entry.sealed.amendments > 0),
    ]
  }

  /// `EIT ผู้ตอบไม่ถึงขั้นต่ำ`.
  private func lacking(_ entry: Registry.PublishedOffice) -> String {
    entry.lacking.map { node, isFewPeople in
      words.say(isFewPeople ? "published.few_people" : "published.not_complete", ["code": node.text])
    }.joined(separator: words.say("sentences.list_comma"))
  }

  // Turning pages.

  private var turning: ReportData {
    guard pages > 1 else { return .absent }
    func link(_ number: Int) -> ReportData { .text(paths.results(cycle, query: query.on(number).text)) }
    let near = Set([1, pages] + Array(max(1, page - 2)...min(pages, page + 2))).sorted()
    var numbers: [ReportData] = []
    for (place, number) in near.enumerated() {
      let isGap = place > 0 && near[place - 1] != number - 1
      numbers.append([
        "is_gap": .flag(isGap), "number": .text(number.shown), "href": link(number),
        "is_current": .flag(number == page),
      ])
    }
    return [
      "before": page > 1 ? link(page - 1) : .absent, "after": page < pages ? link(page + 1) : .absent,
      "numbers": .list(numbers),
    ]
  }
}

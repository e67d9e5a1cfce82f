import Documents
import Foundation
import Integrity
import Reports
import Specimen
import Testing

@testable import Portal
@testable import Storage

/// The country's offices filtered, sorted and counted.
@Suite struct ResultsViewTests {
  private static let rubric: Rubric? = try? RubricFile(path: "\(Site.root)/Rubrics/ita-2567.yaml").rubric

  /// Every area office of Thailand with a scorecard made up from a seed.
  private static let index: ResultsIndex? = {
    guard let rubric, let pages = try? Pages(Library(folders: ["\(Site.root)/Templates"])),
      let wordings = try? Language.allCases.map(pages.words)
    else { return nil }
    let cycle = SeededCycle(rubric: rubric, seed: 1)
    let cards = Country().offices.filter { $0.kind != nil }.map { office in
      let character = cycle.character(of: office)
      let filled = cycle.filled(office, character)
      return rubric.scorecard(
        of: Assessment(
          office: office, findings: cycle.findings(office, character),
          tallies: Dictionary(filled.map { ($0.collected, $0.tally) }) { a, _ in a }))
    }
    let last = Dictionary(
      uniqueKeysWithValues: cards.enumerated().compactMap { place, card in
        place.isMultiple(of: 3) ? nil : (card.office.code, Figure(units: Int64(8000 + place), places: 2))
      })
    let book = Registry.ResultsBook(
      comparison: Comparison(cards, by: rubric), firsts: [:],
      earlier: Registry.Earlier(year: FiscalYear(2566), isComparable: true, totals: last),
      rounding: .hundredths)
    return ResultsIndex(book, rubric, wordings)
  }()

  private func index() throws -> ResultsIndex { try #require(Self.index) }

  private func view(_ change: (inout ResultsFilter) -> Void = { _ in }, _ language: Language = .thai) throws
    -> ResultsView
  {
    var filter = ResultsFilter()
    change(&filter)
    return ResultsView(try index(), filter, in: language)
  }

  @Test func `a hundred rows stand on a page, and every office on one`() throws {
    let all = try view()
    #expect(all.offices.count == 245 && all.pages == 3 && all.shown.count == 100)
    var seen: [Int] = []
    for page in 1...3 { seen += try view { $0.page = page }.shown }
    #expect(seen == all.offices && Set(seen).count == 245)
    #expect(try view { $0.page = 3 }.shown.count == 45)
    #expect(try view { $0.page = 99 }.page == 3)
  }

  @Test func `columns hold what the scorecards hold`() throws {
    let index = try index()
    for place in index.rows.indices {
      let card = index.book.scorecards[place]
      for (column, line) in zip(index.columns.all, index.lines(of: place)) {
        #expect(line == card.line(column.code))
        #expect(index.figures[index.columns.place(of: column.code) ?? 0][place] == line?.figure)
      }
    }
    #expect(index.columns.ofInstruments.count == 3 && index.columns.ofIndicators.count == 10)
  }

  @Test func `means of a kind, added up once, are those of its figures`() throws {
    let index = try index()
    let cards = index.book.scorecards
    for kind in ["primary", "secondary", "none"] as [Code<OfficeKind>] {
      let peers = index.book.peers(of: kind, rounding: .hundredths)
      for code in [Node.total] + index.columns.all.map(\.code) {
        let figures = cards.filter { $0.office.kind == kind }.compactMap { $0.line(code)?.figure }
        #expect(peers.mean(of: code)?.offices == (figures.count > 1 ? figures.count : nil), "\(code)")
        #expect(
          peers.mean(of: code) == index.book.comparison.peers(of: kind, rounding: .hundredths).mean(of: code))
      }
    }
  }

  @Test func `filters leave exactly the offices that have it`() throws {
    let index = try index()
    func codes(_ view: ResultsView) -> Set<Code<Office>> {
      Set(view.offices.map { index.book.scorecards[$0].office.code })
    }
    func expected(_ has: (Scorecard) -> Bool) -> Set<Code<Office>> {
      Set(index.book.scorecards.filter(has).map(\.office.code))
    }
    #expect(index.regions.count == 6 && index.kinds.count == 2 && index.provinces.count == 77)
    for region in index.regions {
      #expect(try codes(view { $0.region = region.thai }) == expected { $0.office.region == region })
    }
    for province in index.provinces.prefix(20) {
      #expect(
        try codes(view { $0.province = province.thai }) == expected { $0.office.provinces.contains(province) }
      )
    }
    #expect(try codes(view { $0.kind = "secondary" }) == expected { $0.office.kind == "secondary" })
    #expect(try view { $0.parent = "OBEC" }.offices.count == 245)
    for level in index.rubric.levels {
      #expect(try codes(view { $0.level = .level(level.code) }) == expected { $0.level?.level == level })
    }
    #expect(try codes(view { $0.level = ResultsFilter.LevelChoice.none }) == expected { $0.level == nil })
    let both = try view {
      $0.region = "ภาคใต้"
      $0.kind = "primary"
    }
    #expect(codes(both) == expected { $0.office.region?.thai == "ภาคใต้" && $0.office.kind == "primary" })
  }

  @Test func `names and codes are found in either language, short or long`() throws {
    func names(_ search: String) throws -> [String] {
      try view { $0.search = search }.offices.map { try index().book.scorecards[$0].office.code.text }
        .sorted()
    }
    #expect(try names("เชียงใหม่ 3") == ["50P3"])
    #expect(try names("สพป.เชียงใหม่ เขต 3") == ["50P3"])
    #expect(try names("chiang mai 3") == ["50P3"])
    #expect(try names("50p3") == ["50P3"])
    #expect(try names("เชียงใหม่ เขต ๓") == ["50P3"])
    #expect(try names("เชียงใหม่").count == 7)
    #expect(try names(" \u{200B} ").count == 245)
    #expect(try names("ไม่มี").isEmpty)
  }

  @Test func `names stand as in a Thai dictionary, with leading vowels behind their consonant`() throws {
    func first(_ language: Language, _ count: Int) throws -> [String] {
      try view({ $0.order = .init(by: .name) }, language).offices.prefix(count).map {
        try index().book.scorecards[$0].office.name.in(language)
      }
    }
    let thai = try first(.thai, 245).map {
      $0.replacing("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", with: "").replacing(
        "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา", with: "")
    }
    #expect(thai.prefix(3) == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี เขต 1"])
    // แพร่ stands among ผ, not behind all letters; ไ behind its consonant too.
    let phrae = try #require(thai.firstIndex(of: "แพร่ เขต 1"))
    #expect(try phrae < #require(thai.firstIndex(of: "ภูเก็ต")))
    #expect(try phrae > #require(thai.firstIndex(of: "พังงา")))
    #expect(try first(.english, 1) == ["Amnat Charoen Primary Educational Service Area Office"])
    // Numbers go by their value.
    #expect(OfficeNames.ranks(["เขต 10", "เขต 2", "เขต 1"]) == [2, 1, 0])
  }

  @Test func `every column sorts both ways, and what has no figure stands last`() throws {
    let index = try index()
    let columns: [ResultsFilter.Order.Column] =
      [.total, .name, .code, .level, .change] + index.columns.all.map { .node($0.code) }
    for column in columns {
      for isRising in [true, false] {
        let sorted = try view {
          $0.order = .init(by: column)
          $0.order.isRising = isRising
        }
        #expect(Set(sorted.offices).count == 245)
        let values = sorted.offices.compactMap { place -> Points? in
          switch column {
          case .total: index.rows[place].total?.points
          case .change: index.rows[place].change?.points
          case .node(let code):
            index.columns.place(of: code).flatMap { index.figures[$0][place] }?.points
          case .name, .code, .level: nil
          }
        }
        #expect(values == (isRising ? values.sorted() : values.sorted().reversed()), "\(column) \(isRising)")
      }
    }
    let byChange = try view { $0.order = .init(by: .change) }
    let known = byChange.offices.count { index.rows[$0].change != nil }
    #expect(byChange.offices.prefix(known).allSatisfy { index.rows[$0].change != nil })
  }

  @Test func `an address says the filter, and the filter the address`() throws {
    var filter = ResultsFilter()
    filter.search = "เชียง ใหม่&x"
    filter.region = "ภาคเหนือ"
    filter.level = ResultsFilter.LevelChoice.none
    filter.order = .init(by: .node("IIT"))
    filter.order.isRising = true
    filter.page = 2
    #expect(filter.query.contains("sort=IIT.up") && filter.query.contains("level=none"))
    #expect(filter.query.contains("page=2") && !filter.query.contains("&x"))
    #expect(ResultsFilter().query.isEmpty)
    #expect(filter.with { $0.region = nil }.page == 1)
  }

  // Counting.

  @Test func `bins meet the borders of the levels, and hold every office once`() throws {
    let index = try index()
    let totals = index.book.scorecards.compactMap(\.total.figure)
    let histogram = try #require(Histogram(totals, of: index.full, index.rubric))
    #expect(histogram.bins.reduce(0) { $0 + $1.offices } == totals.count)
    for border in [70, 85, 95] { #expect(histogram.bins.contains { $0.from == Points(border) }) }
    #expect(histogram.bins.allSatisfy { ($0.to - $0.from).millionths <= 2_500_000 })
    #expect(histogram.bins.last?.to == .hundred)
    #expect(zip(histogram.bins, histogram.bins.dropFirst()).allSatisfy { $0.to == $1.from })
    for bin in histogram.bins {
      let inside = totals.count {
        $0.points >= bin.from && ($0.points < bin.to || bin.to == .hundred && $0.points == .hundred)
      }
      #expect(bin.offices == inside)
    }
    #expect(Histogram([], of: .hundred, index.rubric) == nil)
    let top = try #require(Histogram([Figure(units: 10000, places: 2)], of: .hundred, index.rubric))
    #expect(top.bins.last?.offices == 1)
  }

  @Test func `the median is the middle figure, or the mean of the two`() {
    func figures(_ units: [Int64]) -> [Figure] { units.map { Figure(units: $0, places: 2) } }
    #expect(ResultsSummary.median([], .hundredths) == nil)
    #expect(ResultsSummary.median(figures([9000]), .hundredths)?.description == "90.00")
    #expect(ResultsSummary.median(figures([9000, 8000, 7000]), .hundredths)?.description == "80.00")
    #expect(ResultsSummary.median(figures([9000, 8001]), .hundredths)?.description == "85.01")
  }

  @Test func `levels add up to the offices, by kind and by region too`() throws {
    let index = try index()
    let all = ResultsSummary(index: index, offices: Array(index.rows.indices))
    #expect(all.levels.reduce(0) { $0 + $1.offices } == 245)
    #expect(all.levels.count == index.rubric.levels.count + 1)
  }

  @Test func `a cell shows no step that was not reached`() {
    func cell(_ units: Int64) -> HeatCell? {
      guard
        let card = Self.rubric.map({ rubric in
          rubric.scorecard(
            of: Assessment(
              office: Office(code: "x", name: Words(thai: "x", english: "x"), kind: "primary"),
              given: ["1": Given(figure: Points(millionths: units * 10_000), source: "")]))
        })
      else { return nil }
      return HeatCell(line: card.line("1"))
    }
    for (units, text, tone) in [
      (8499, "84", 2), (8500, "85", 3), (9000, "90", 4), (9499, "94", 4), (9500, "95", 5), (6999, "69", 1),
      (10000, "100", 5), (0, "0", 1),
    ] as [(Int64, String, Int)] {
      #expect(cell(units)?.text == text && cell(units)?.tone == tone, "\(units)")
    }
    #expect(HeatCell(line: nil).text == "–" && HeatCell(line: nil).tone == 0)
  }

  @Test func `an index of the same offices takes over their names, and one of others does not`() throws {
    let index = try index()
    #expect(index.names.isOf(index.book.scorecards))
    #expect(!index.names.isOf(Array(index.book.scorecards.dropFirst())))
    #expect(!index.names.isOf(index.book.scorecards.reversed()))
  }
}

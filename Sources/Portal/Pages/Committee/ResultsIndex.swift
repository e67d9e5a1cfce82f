import Foundation
import Integrity
import Reports
import Storage
import Synchronization

/// The offices of a cycle as the committee looks through them: what they are sorted, filtered and searched by. One for
/// each state of the results, and no request builds it that can take it as it is.
final class ResultsIndex: Sendable {
  let book: Registry.ResultsBook
  let rubric: Rubric
  let names: OfficeNames
  /// By office, in the order of the book.
  let rows: [Row]
  /// Of each office, the places of its provinces.
  let provincesOf: [[Int]]
  /// By column and office, the published figures; nil where there is none.
  let figures: [[Figure?]]
  /// What offices can be filtered by, each as often as it occurs at least once.
  let kinds: [Named<OfficeKind>]
  let regions: [Words]
  let provinces: [Words]
  let parents: [(code: Code<Office>, name: Words)]
  /// Regions and provinces as a language puts them in order.
  private let ordered: [Language: (regions: [Words], provinces: [Words])]
  /// By first findings alone, of offices where something was found after them.
  let firsts: [Int: Scorecard]
  let columns: Columns

  /// What an office is and has, in plain numbers: thousands of them are looked at for every page.
  struct Row: Sendable {
    let kind: Int?
    let region: Int?
    let parent: Int?
    /// The place of the level on the ladder; nil where there is no final total.
    let level: Int?
    /// The final total, or the floor of one that is not.
    let total: Figure?
    let floor: Figure?
    let change: Figure?
  }

  /// The instruments, and the indicators directly below them.
  struct Columns: Sendable {
    struct Column: Sendable {
      let code: Code<Node>
      let title: Words
      let isInstrument: Bool
    }
    let all: [Column]
    /// Of each instrument, the place of its column and how many indicators follow it.
    private let instruments: [(place: Int, indicators: Int)]

    init(_ rubric: Rubric) {
      var all: [Column] = []
      var instruments: [(place: Int, indicators: Int)] = []
      for instrument in rubric.instruments {
        let below: [Indicator] = if case .indicators(let below) = instrument.parts { below } else { [] }
        instruments.append((all.count, below.count))
        all.append(Column(code: instrument.code, title: instrument.title, isInstrument: true))
        all += below.map { Column(code: $0.code, title: $0.title, isInstrument: false) }
      }
      (self.all, self.instruments) = (all, instruments)
    }

    var ofInstruments: [Int] { all.indices.filter { all[$0].isInstrument } }
    var ofIndicators: [Int] { all.indices.filter { !all[$0].isInstrument } }
    func place(of code: Code<Node>) -> Int? { all.firstIndex { $0.code == code } }

    /// Goes through what a scorecard has in the columns. Its lines stand in the order of the rubric; they are large, and
    /// none is copied.
    fileprivate func forEachLine(of card: Scorecard, _ body: (Int, Line) -> Void) {
      for (number, own) in instruments.enumerated() where number < card.total.parts.count {
        guard card.total.parts[number].place == .instrument else { continue }
        body(own.place, card.total.parts[number])
        var place = own.place + 1
        for part in card.total.parts[number].parts.indices
        where card.total.parts[number].parts[part].place == .indicator && place <= own.place + own.indicators
        {
          body(place, card.total.parts[number].parts[part])
          place += 1
        }
      }
    }
  }

  /// - Parameter before: the index of an earlier state, whose names are taken where none has changed.
  init(
    _ book: Registry.ResultsBook, _ rubric: Rubric, _ wordings: [Wording], before: ResultsIndex? = nil
  ) {
    self.book = book
    self.rubric = rubric
    let cards = book.scorecards
    let offices = cards.map(\.office)
    if let before, before.names.isOf(cards) {
      names = before.names
    } else {
      names = OfficeNames(offices, wordings)
    }
    var kinds = Places<Code<OfficeKind>>()
    var regions = Places<Words>()
    var provinces = Places<Words>()
    var parents = Places<Code<Office>>()
    let levels = Dictionary(rubric.levels.enumerated().map { ($1.code, $0) }) { a, _ in a }
    let columns = Columns(rubric)
    var figures = [[Figure?]](
      repeating: [Figure?](repeating: nil, count: cards.count), count: columns.all.count)
    var provincesOf: [[Int]] = []
    var rows: [Row] = []
    rows.reserveCapacity(cards.count)
    for place in cards.indices {
      columns.forEachLine(of: cards[place]) { figures[$0][place] = $1.figure }
      provincesOf.append(offices[place].provinces.map { provinces.place(of: $0) })
      let standing = cards[place].standing
      let total: Figure? = if case .final(let figure) = standing { figure } else { nil }
      let floor: Figure? = if case .provisional(let least, _) = standing { least } else { nil }
      rows.append(
        Row(
          kind: offices[place].kind.map { kinds.place(of: $0) },
          region: offices[place].region.map { regions.place(of: $0) },
          parent: offices[place].parent.map { parents.place(of: $0) },
          level: cards[place].level.flatMap { levels[$0.level.code] }, total: total, floor: floor,
          change: total.flatMap { now in book.earlier.totals[offices[place].code].map { now - $0 } }))
    }
    (self.rows, self.figures, self.provincesOf) = (rows, figures, provincesOf)
    self.columns = columns
    let known = Dictionary(offices.map { ($0.code, $0.name) }) { a, _ in a }
    self.kinds = kinds.all.map { code in
      rubric.kinds.first { $0.code == code }
        ?? Named(code: code, title: Words(thai: code.text, english: code.text))
    }
    self.regions = regions.all
    self.provinces = provinces.all
    ordered = Dictionary(
      Language.allCases.map { ($0, (regions.all.inOrder(of: $0), provinces.all.inOrder(of: $0))) }
    ) { a, _ in a }
    firsts = Dictionary(
      book.firsts.compactMap { office, card in book.places[office].map { ($0, card) } }
    ) { a, _ in a }
    self.parents = parents.all.map { ($0, known[$0] ?? Words(thai: $0.text, english: $0.text)) }
  }

  func regions(inOrderOf language: Language) -> [Words] { ordered[language]?.regions ?? regions }
  func provinces(inOrderOf language: Language) -> [Words] { ordered[language]?.provinces ?? provinces }

  /// The most a total can be.
  var full: Points { book.scorecards.lazy.compactMap { $0.total.maximum?.points }.first ?? .hundred }

  /// The lines of an office's scorecard in the columns.
  func lines(of office: Int) -> [Line?] {
    var lines = [Line?](repeating: nil, count: columns.all.count)
    columns.forEachLine(of: book.scorecards[office]) { lines[$0] = $1 }
    return lines
  }

  /// Numbers things in the order in which they are first seen.
  private struct Places<Value: Hashable> {
    private(set) var all: [Value] = []
    private var places: [Value: Int] = [:]

    mutating func place(of value: Value) -> Int {
      if let place = places[value] { return place }
      places[value] = all.count
      all.append(value)
      return all.count - 1
    }
  }
}

/// The indexes of the cycles that were looked at last.
final class ResultsIndexes: Sendable {
  private let kept = Mutex<[(cycle: Code<Cycle>, index: ResultsIndex)]>([])
  /// A year, the one before and one to compare with.
  private static let most = 3

  /// As it is kept, or made anew where the results have changed. Nothing waits for it to be made.
  func index(of desk: Registry.ResultsDesk, _ pages: Pages) throws -> ResultsIndex {
    let before = kept.withLock { $0.first { $0.cycle == desk.cycle.code }?.index }
    if let before, before.book === desk.book { return before }
    let wordings = try Language.allCases.map(pages.words)
    let index = ResultsIndex(desk.book, desk.rubric, wordings, before: before)
    kept.withLock { kept in
      kept.removeAll { $0.cycle == desk.cycle.code }
      kept.insert((desk.cycle.code, index), at: 0)
      kept = Array(kept.prefix(ResultsIndexes.most))
    }
    return index
  }
}

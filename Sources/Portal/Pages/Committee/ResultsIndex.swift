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
  /// What offices can be filtered by, each as often as it occurs at least once.
  let kinds: [Named<OfficeKind>]
  let regions: [Words]
  let provinces: [Words]
  let parents: [(code: Code<Office>, name: Words)]
  let columns: Columns

  struct Row: Sendable {
    let kind: Int?
    let region: Int?
    let provinces: [Int]
    let parent: Int?
    /// The place of the level on the ladder; nil where there is no final total.
    let level: Int?
    /// The final total, or the floor of one that is not.
    let total: Points?
    let floor: Points?
    let change: Figure?
    /// Of the columns, the published figures; nil where there is none.
    let figures: [Figure?]
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
    fileprivate let instruments: [(place: Int, indicators: Int)]

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

    /// What a scorecard has in each column. Its lines stand in the order of the rubric.
    fileprivate func lines(of card: Scorecard) -> [Line?] {
      var lines = [Line?](repeating: nil, count: all.count)
      for (instrument, own) in zip(card.total.parts, instruments) where instrument.place == .instrument {
        lines[own.place] = instrument
        var place = own.place + 1
        for part in instrument.parts where part.place == .indicator && place <= own.place + own.indicators {
          lines[place] = part
          place += 1
        }
      }
      return lines
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
    rows = cards.map { card in
      var floor: Points?
      if case .provisional(let least, _) = card.standing { floor = least.points }
      return Row(
        kind: card.office.kind.map { kinds.place(of: $0) },
        region: card.office.region.map { regions.place(of: $0) },
        provinces: card.office.provinces.map { provinces.place(of: $0) },
        parent: card.office.parent.map { parents.place(of: $0) },
        level: card.level.flatMap { levels[$0.level.code] }, total: card.total.figure?.points, floor: floor,
        change: book.change(of: card), figures: columns.lines(of: card).map { $0?.figure })
    }
    self.columns = columns
    let known = Dictionary(offices.map { ($0.code, $0.name) }) { a, _ in a }
    self.kinds = kinds.all.map { code in
      rubric.kinds.first { $0.code == code }
        ?? Named(code: code, title: Words(thai: code.text, english: code.text))
    }
    self.regions = regions.all
    self.provinces = provinces.all
    self.parents = parents.all.map { ($0, known[$0] ?? Words(thai: $0.text, english: $0.text)) }
  }

  /// The most a total can be.
  var full: Points { book.scorecards.lazy.compactMap { $0.total.maximum?.points }.first ?? .hundred }

  /// The lines of an office's scorecard in the columns.
  func lines(of office: Int) -> [Line?] { columns.lines(of: book.scorecards[office]) }

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

extension Registry.ResultsBook {
  /// Of a scorecard of this book.
  fileprivate func change(of card: Scorecard) -> Figure? {
    guard let now = card.total.figure, let then = earlier.totals[card.office.code] else { return nil }
    return now - then
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

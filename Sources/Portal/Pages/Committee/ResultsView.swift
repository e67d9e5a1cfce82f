import Integrity
import Reports
import Storage

/// The offices that a filter leaves, in its order.
struct ResultsView: Sendable {
  let index: ResultsIndex
  let filter: ResultsFilter
  /// Places in the index.
  let offices: [Int]

  /// How many stand on a page.
  static let most = 100

  init(_ index: ResultsIndex, _ filter: ResultsFilter, in language: Language) {
    self.index = index
    self.filter = filter
    offices = ResultsView.ordered(ResultsView.admitted(index, filter), index, filter.order, language)
  }

  var pages: Int { max(1, (offices.count + ResultsView.most - 1) / ResultsView.most) }
  var page: Int { min(filter.page, pages) }

  /// Those of the page.
  var shown: ArraySlice<Int> {
    let first = (page - 1) * ResultsView.most
    return offices[min(first, offices.count)..<min(first + ResultsView.most, offices.count)]
  }

  private static func admitted(_ index: ResultsIndex, _ filter: ResultsFilter) -> [Int] {
    let found = index.names.found(filter.search)
    let kind = filter.kind.map { code in index.kinds.firstIndex { $0.code == code } }
    let region = filter.region.map { name in index.regions.firstIndex { $0.thai == name } }
    let province = filter.province.map { name in index.provinces.firstIndex { $0.thai == name } }
    let parent = filter.parent.map { code in index.parents.firstIndex { $0.code == code } }
    let level = filter.level.map { choice -> Int? in
      if case .level(let code) = choice { return index.rubric.levels.firstIndex { $0.code == code } }
      return nil
    }
    return index.rows.indices.filter { place in
      let row = index.rows[place]
      if let kind, row.kind != kind { return false }
      if let region, row.region != region { return false }
      if let province, let province, !index.provincesOf[place].contains(province) { return false }
      if let parent, row.parent != parent { return false }
      if let level, row.level != level { return false }
      return found?.contains(place) ?? true
    }
  }

  /// By one number an office. What has none stands last from either end; equals as the offices came in.
  private static func ordered(
    _ offices: [Int], _ index: ResultsIndex, _ order: ResultsFilter.Order, _ language: Language
  ) -> [Int] {
    let column: [Figure?]? =
      if case .node(let code) = order.column { index.columns.place(of: code).map { index.figures[$0] } } else
      {
        nil
      }
    let keys = offices.map { place -> Key in
      let row = index.rows[place]
      switch order.column {
      case .total:
        // Behind the final totals, ranges by what they are certain to reach.
        return row.total.map { Key(0, $0.points.millionths, place) }
          ?? Key(1, row.floor?.points.millionths, place)
      case .name: return Key(0, Int64(index.names.rank(place, language)), place)
      case .code: return Key(0, Int64(index.names.rankOfCode(place)), place)
      case .level:
        // On one level by the total.
        return Key(
          0, row.level.map { -Int64($0) * 1_000_000 * Points.unit + (row.total?.points.millionths ?? 0) },
          place)
      case .change: return Key(0, row.change?.points.millionths, place)
      case .node:
        return Key(0, column?[place]?.points.millionths, place)
      }
    }
    let sorted =
      order.isRising
      ? keys.sorted { ($0.group, $0.value, $0.place) < ($1.group, $1.value, $1.place) }
      : keys.sorted { ($0.group, $1.value, $0.place) < ($1.group, $0.value, $1.place) }
    return sorted.map(\.place)
  }

  private struct Key {
    let group: Int
    let value: Int64
    let place: Int

    init(_ group: Int, _ value: Int64?, _ place: Int) {
      self.group = value == nil ? 2 : group
      self.value = value ?? 0
      self.place = place
    }
  }
}

/// What some offices come to together.
struct ResultsSummary {
  let index: ResultsIndex
  let offices: [Int]
  let totals: [Figure]

  init(index: ResultsIndex, offices: [Int]) {
    (self.index, self.offices) = (index, offices)
    totals = offices.compactMap { index.rows[$0].total }
  }

  private var rounding: Rounding { index.rubric.policy.rounding }

  /// How many stand on each rung, in the order of the ladder, and behind them those on none.
  var levels: [(level: Level?, offices: Int)] {
    var counts = [Int](repeating: 0, count: index.rubric.levels.count + 1)
    for place in offices { counts[index.rows[place].level ?? index.rubric.levels.count] += 1 }
    return zip(index.rubric.levels.map(Optional.some) + [nil], counts).map { ($0, $1) }
  }

  static func mean(_ figures: [Figure], _ rounding: Rounding) -> Figure? {
    figures.isEmpty ? nil : Comparison.mean(of: figures, rounding: rounding)
  }

  /// The one in the middle, or the mean of the two.
  static func median(_ figures: [Figure], _ rounding: Rounding) -> Figure? {
    guard let places = figures.first?.places else { return nil }
    // Totals of a cycle have one number of places: as plain numbers they are put in order quickly.
    let sorted: [Figure] =
      figures.allSatisfy { $0.places == places }
      ? figures.map(\.units).sorted().map { Figure(units: $0, places: places) } : figures.sorted()
    let middle = sorted[sorted.count / 2]
    guard sorted.count.isMultiple(of: 2) else { return middle }
    return Comparison.mean(of: [sorted[sorted.count / 2 - 1], middle], rounding: rounding)
  }

  var mean: Figure? { ResultsSummary.mean(totals, rounding) }
  var median: Figure? { ResultsSummary.median(totals, rounding) }

  /// A share of a whole, with one decimal.
  static func percent(_ part: Int, of whole: Int) -> String {
    Comparison.percent(part, of: whole, rounding: Rounding(places: 1, mode: .halfUp)).shown + "%"
  }
}

import Integrity
import Reports

/// Offices by score: bins of at most 2.5 points that meet the borders of the levels, so that no bin holds offices of both
/// sides of one.
struct Histogram {
  struct Bin: Hashable {
    let from: Points
    /// Not part of it, but in the last bin.
    let to: Points
    var offices = 0
  }

  let bins: [Bin]
  private let borders: [Points]
  private let pass: Points?

  private static let width = Points(millionths: 2_500_000)

  /// nil where there is nothing to show.
  ///
  /// - Parameter full: the most a total can be.
  init?(_ totals: [Figure], of full: Points, _ rubric: Rubric) {
    let scores = totals.map(\.points)
    guard let least = scores.min(), full > .zero else { return nil }
    borders = Set(rubric.levels.map(\.atLeast)).filter { $0 > .zero && $0 < full }.sorted()
    pass = rubric.pass
    let edges = Histogram.edges([.zero] + borders + [full])
    let start = Histogram.start(edges, least: least, borders: borders)
    let used = edges.filter { $0 >= start }
    var bins = zip(used, used.dropFirst()).map { Bin(from: $0, to: $1) }
    for score in scores {
      let place = bins.lastIndex { $0.from <= score } ?? 0
      bins[place].offices += 1
    }
    self.bins = bins
  }

  /// Every stretch between two borders in equal parts.
  private static func edges(_ borders: [Points]) -> [Points] {
    zip(borders, borders.dropFirst()).flatMap { low, high -> [Points] in
      let length = (high - low).millionths
      let parts = max(1, (length + width.millionths - 1) / width.millionths)
      return (0..<parts).map { Points(millionths: low.millionths + length * $0 / parts) }
    } + borders.suffix(1)
  }

  /// Ten points below the lowest border, or further down where scores are; bars stand from there.
  private static func start(_ edges: [Points], least: Points, borders: [Points]) -> Points {
    let below = min(least, (borders.first ?? .zero) - Points(10))
    let ten = 10 * Points.unit
    let rounded = Points(millionths: max(0, below.millionths) / ten * ten)
    return edges.last { $0 <= rounded } ?? .zero
  }

  // As a picture.

  private static let height = 130
  private static let top = 24

  /// The picture for `parts/committee-histogram`, and its table.
  func data(_ words: Wording) -> ReportData {
    let most = max(1, bins.map(\.offices).max() ?? 1)
    return [
      "bars": .list(bins.enumerated().map { bar($1, at: $0, most) }),
      "ticks": .list(ticks), "pass": passX.map { .text($0) } ?? .absent,
      "base": .text("\(Histogram.top + Histogram.height)"),
      "label_y": .text("\(Histogram.top + Histogram.height + 22)"), "spoken": .text(spoken(words)),
      "rows": .list(
        bins.filter { $0.offices > 0 }.map { bin in
          [
            "range": .text(Histogram.range(bin, isLast: bin == bins.last)),
            "offices": .text(bin.offices.shown),
          ]
        }),
    ]
  }

  private func bar(_ bin: Bin, at place: Int, _ most: Int) -> ReportData {
    let height = bin.offices == 0 ? 0 : max(2, bin.offices * Histogram.height / most)
    let y = Histogram.top + Histogram.height - height
    return [
      "x": .text(share(place * 100 + 4, of: bins.count * 100)),
      "width": .text(share(92, of: bins.count * 100)), "y": .text("\(y)"),
      "height": .text("\(height)"), "label_x": .text(share(place * 100 + 50, of: bins.count * 100)),
      "label_y": .text("\(y - 6)"), "offices": bin.offices == 0 ? .absent : .text(bin.offices.shown),
      "is_passed": .flag(pass.map { bin.from >= $0 } ?? true),
    ]
  }

  /// Where a score stands, in per cent of the picture; bins are drawn equally wide.
  private func x(_ score: Points) -> String? {
    if score == bins.last?.to { return "100" }
    return bins.firstIndex { $0.from == score }.map { share($0 * 100, of: bins.count * 100) }
  }

  private var passX: String? { pass.flatMap(x) }

  private var ticks: [ReportData] {
    let marks = [bins.first?.from].compactMap { $0 } + borders + [bins.last?.to].compactMap { $0 }
    return marks.enumerated().compactMap { place, mark in
      x(mark).map { x in
        [
          "x": .text(x), "label": .text(mark.shown),
          "anchor": .text(place == 0 ? "start" : place == marks.count - 1 ? "end" : "middle"),
        ]
      }
    }
  }

  private func spoken(_ words: Wording) -> String {
    guard let most = bins.max(by: { $0.offices < $1.offices }) else { return "" }
    return words.say(
      "results.histogram",
      [
        "from": bins.first?.from.shown ?? "", "to": bins.last?.to.shown ?? "",
        "range": Histogram.range(most, isLast: most == bins.last), "count": most.offices.shown,
      ])
  }

  /// As figures of two places: `85.00–87.49`.
  static func range(_ bin: Bin, isLast: Bool) -> String {
    let low = Figure(bin.from, .hundredths)
    let high = Figure(bin.to, .hundredths)
    return "\(low.shown)–\((isLast ? high : Figure(units: high.units - 1, places: 2)).shown)"
  }
}

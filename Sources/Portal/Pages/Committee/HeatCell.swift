import Integrity
import Reports

/// A figure as a cell of a heat map: cut to a whole number, in the fill of its step.
struct HeatCell {
  /// From below 70 to 95 and above, in the fills of the levels; of a figure whose full marks are others than 100, of
  /// its share of them.
  static let steps = [Points(70), Points(85), Points(90), Points(95)]

  let line: Line?

  private var outOfHundred: Points? {
    guard let figure = line?.figure else { return nil }
    guard let full = line?.maximum?.points, full > .zero, full != .hundred else { return figure.points }
    return Points(
      millionths: Int64(
        Int128(figure.points.millionths) * 100 * Int128(Points.unit) / Int128(full.millionths)))
  }

  /// 1 to 5, 0 where there is no figure.
  var tone: Int {
    guard let points = outOfHundred else { return 0 }
    return 1 + HeatCell.steps.count { $0 <= points }
  }

  /// 84.99 shows 84: no cell shows a step that was not reached.
  var text: String {
    guard let figure = line?.figure else { return "–" }
    return "\(figure.points.millionths / Points.unit)"
  }

  var data: ReportData { ["tone": .text("\(tone)"), "text": .text(text)] }

  /// What each step means, best first.
  static func legend(_ words: Wording) -> [ReportData] {
    let borders = steps.map(\.shown)
    let texts =
      [words.say("results.step_above", ["mark": borders[3]])]
      + [3, 2, 1].map { step in
        // As figures of two places stand in a table: 84.99 is below 85.
        let last = Figure(units: (steps[step].millionths - 10_000) / 10_000, places: 2)
        return "\(borders[step - 1])–\(last.shown)"
      } + [words.say("results.step_below", ["mark": borders[0]])]
    return texts.enumerated().map { index, text in ["tone": .text("\(5 - index)"), "text": .text(text)] }
  }
}

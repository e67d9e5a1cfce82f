import Integrity
import Reports
import Storage

/// Before and after clarification, and against the year before.
extension Distribution {
  // Before and after clarification.

  /// Of an office by first findings alone.
  private func first(_ place: Int) -> (total: Figure?, level: Int?) {
    guard let card = index.firsts[place] else { return (index.rows[place].total, index.rows[place].level) }
    let level = card.level.flatMap { reached in
      rubric.levels.firstIndex { $0.code == reached.level.code }
    }
    return (card.total.figure, level)
  }

  /// How many stand on each rung, and behind them those on none, by first findings and by those that count.
  private var levelPairs: (before: [Int], after: [Int]) {
    var before = [Int](repeating: 0, count: rubric.levels.count + 1)
    var after = before
    for place in offices {
      before[first(place).level ?? rubric.levels.count] += 1
      after[index.rows[place].level ?? rubric.levels.count] += 1
    }
    return (before, after)
  }

  var clarifying: ReportData {
    let moved = offices.compactMap { place -> Int64? in
      guard let before = first(place).total, let after = index.rows[place].total else { return nil }
      return (after - before).units
    }
    let (before, after) = levelPairs
    let most = max(1, (before + after).max() ?? 1)
    let rungs = rubric.levels.map(Optional.some) + [nil]
    let isSame = moved.allSatisfy { $0 == 0 } && before == after
    func mean(_ totals: [Figure]) -> String { ResultsSummary.mean(totals, rounding)?.shown ?? "–" }
    return [
      "is_same": .flag(isSame),
      "sentence": .text(
        isSame
          ? words.say("results.clarifying_same")
          : words.facts([
            words.say("results.rose", ["count": moved.count { $0 > 0 }.shown]),
            words.say("results.fell", ["count": moved.count { $0 < 0 }.shown]),
            words.say("results.stayed", ["count": moved.count { $0 == 0 }.shown]),
          ])),
      "means": .text(
        words.say(
          "results.means",
          ["before": mean(offices.compactMap { first($0).total }), "after": mean(summary.totals)])),
      "rows": .list(
        zip(rungs, zip(before, after)).map { level, counts in
          [
            "level": words.badge(level, of: rubric), "tone": .text(level.map(rubric.tone) ?? "0"),
            "before": .text(counts.0.shown), "after": .text(counts.1.shown),
            "before_width": .text(share(counts.0, of: most)), "after_width": .text(share(counts.1, of: most)),
            "change": words.change(Figure(units: Int64(counts.1 - counts.0), places: 0)),
          ]
        }),
    ]
  }

  // Against the year before.

  /// Borders between the steps of change, in points.
  private static let steps = [-10, -5, -2, 0, 2, 5, 10].map { Points($0) }

  private struct Step {
    let low: Points?
    let high: Points?
    var offices = 0

    func holds(_ points: Points) -> Bool {
      // None at all is a step of its own.
      if low == .zero, high == .zero { return points == .zero }
      if let low, low >= .zero { return points > low && high.map { points <= $0 } ?? true }
      if let high, high <= .zero { return points < high && low.map { points >= $0 } ?? true }
      return false
    }
  }

  /// From the greatest loss to the greatest gain; none and all of it in the middle.
  private var changeSteps: [Step] {
    let borders = Distribution.steps
    var steps = [Step(low: nil, high: borders.first)]
    for (low, high) in zip(borders, borders.dropFirst()) {
      if low == .zero { steps.append(Step(low: .zero, high: .zero)) }
      steps.append(Step(low: low, high: high))
    }
    steps.append(Step(low: borders.last, high: nil))
    for change in changes {
      if let place = steps.firstIndex(where: { $0.holds(change.points) }) { steps[place].offices += 1 }
    }
    return steps
  }

  private func title(of step: Step) -> String {
    // As figures of the total's places, so that no figure stands on both sides of a border.
    func end(_ points: Points, _ units: Int64 = 0) -> String {
      let figure = Figure(points, rounding)
      return Figure(units: figure.units + units, places: figure.places).signed
    }
    switch (step.low, step.high) {
    case (Points.zero?, Points.zero?): return words.say("results.no_change")
    case (nil, let high?): return words.say("results.change_below", ["mark": end(high)])
    case (let low?, nil): return words.say("results.change_above", ["mark": end(low)])
    case (let low?, let high?):
      let isGain = low >= .zero
      return words.say(
        "results.change_between", ["low": end(low, isGain ? 1 : 0), "high": end(high, isGain ? 0 : -1)])
    case (nil, nil): return ""
    }
  }

  var change: ReportData {
    let earlier = index.book.earlier
    let year = words.year(earlier.year)
    guard earlier.isComparable, !changes.isEmpty else {
      return [
        "is_known": .absent, "title": .text(words.say("results.change_title", ["year": year])),
        "text": .text(
          words.say(earlier.isComparable ? "results.change_unknown" : "results.incomparable", ["year": year])),
      ]
    }
    let steps = changeSteps
    let most = max(1, steps.map(\.offices).max() ?? 1)
    return [
      "is_known": true, "title": .text(words.say("results.change_title", ["year": year])),
      "sentence": .text(
        words.facts([
          words.say("results.rose", ["count": changes.count { $0.units > 0 }.shown]),
          words.say("results.fell", ["count": changes.count { $0.units < 0 }.shown]),
          words.say("results.stayed", ["count": changes.count { $0.units == 0 }.shown]),
        ])),
      "left_out": offices.count == changes.count
        ? .absent
        : .text(words.say("results.change_left_out", ["count": (offices.count - changes.count).shown])),
      "mean": ResultsSummary.mean(changes, rounding).map(words.change) ?? .absent,
      "rows": .list(
        steps.map { step in
          let isGain = step.low.map { $0 >= .zero } ?? false
          let isNone = step.low == .zero && step.high == .zero
          return [
            "title": .text(title(of: step)), "offices": .text(step.offices.shown),
            "width": .text(share(step.offices, of: most)),
            "tone": .text(isNone ? "same" : isGain ? "up" : "down"),
            "percent": .text(ResultsSummary.percent(step.offices, of: changes.count)),
          ]
        }),
    ]
  }

  // As tables for a spreadsheet.

  func table(of part: Part) -> String {
    ScorecardCSV.table(rows(of: part)) + "\r\n"
  }

  private func rows(of part: Part) -> [[String]] {
    let count = words.say("results.count")
    let incomplete = words.text("scorecard", "incomplete")
    switch part {
    case .scores:
      let bins = histogram?.bins ?? []
      return [[words.say("results.score_range"), count]]
        + bins.map { [Histogram.range($0, isLast: $0 == bins.last), "\($0.offices)"] }
    case .kinds, .regions:
      let header =
        [words.say(part == .kinds ? "results.kind" : "results.region"), count]
        + rubric.levels.map { $0.title.in(language) } + [incomplete, words.say("scorecard.mean")]
      return [header]
        + members(of: part).map { group in
          let summary = ResultsSummary(index: index, offices: group.offices)
          return [group.title, "\(group.offices.count)"] + summary.levels.map { "\($0.offices)" }
            + [summary.mean?.description ?? ""]
        }
    case .clarifying:
      let header = [
        words.say("results.level"), words.say("results.before"), words.say("results.after"),
        words.say("results.difference"),
      ]
      let (before, after) = levelPairs
      return [header]
        + zip(rubric.levels.map { $0.title.in(language) } + [incomplete], zip(before, after)).map {
          [$0, "\($1.0)", "\($1.1)", "\($1.1 - $1.0)"]
        }
    case .change:
      return [[words.say("results.change"), count]]
        + changeSteps.map { [title(of: $0), "\($0.offices)"] }
    }
  }
}

import Integrity
import Reports
import Storage

/// The offices that a filter leaves, counted in four ways.
struct Distribution {
  /// The parts of the page, each with a table of its own.
  enum Part: String, CaseIterable {
    case scores, kinds, regions, clarifying, change
  }

  let chrome: ResultsChrome
  /// Of all the filter leaves.
  let summary: ResultsSummary
  /// Against the year before, of those that have one.
  let changes: [Figure]
  var index: ResultsIndex { chrome.index }
  var offices: [Int] { chrome.view.offices }
  var words: Wording { chrome.words }
  var language: Language { chrome.language }
  var rubric: Rubric { index.rubric }
  var rounding: Rounding { rubric.policy.rounding }

  init(_ chrome: ResultsChrome) {
    self.chrome = chrome
    summary = ResultsSummary(index: chrome.index, offices: chrome.view.offices)
    changes = chrome.view.offices.compactMap { chrome.index.rows[$0].change }
  }

  var histogram: Histogram? { Histogram(summary.totals, of: index.full, rubric) }

  var fields: [String: ReportData] {
    var fields = chrome.fields
    let own: [String: ReportData] = [
      "heading": .text(words.say("results.distribution_title")),
      "scores": scores, "groups": .list([Part.kinds, .regions].compactMap(groups)),
      "clarifying": clarifying, "change": change,
      "csv": .record(
        Dictionary(Part.allCases.map { ($0.rawValue, ReportData.text(address(of: $0))) }) { a, _ in a }),
    ]
    fields.merge(own) { _, own in own }
    return fields
  }

  private func address(of part: Part) -> String {
    let query = chrome.filter.with { _ in }.query
    return chrome.paths.distribution + ".csv" + (query.isEmpty ? "?" : query + "&") + "part=\(part.rawValue)"
  }

  // Scores.

  private var scores: ReportData {
    guard let histogram, let mean = summary.mean, let median = summary.median else {
      return ["is_empty": true, "text": .text(words.say("results.none_final"))]
    }
    return [
      "is_empty": .absent, "histogram": histogram.data(words),
      "final": .text(words.say("results.final", ["count": summary.totals.count.shown])),
      "sentence": .text(
        words.facts([
          rubric.pass.map { words.say("results.dark_bars", ["mark": $0.shown]) } ?? "",
          words.say("results.mean", ["figure": mean.shown]),
          words.say("results.median", ["figure": median.shown]),
        ])),
      "levels": .list(LevelBars(summary.levels, of: offices.count, rubric, words).rows),
    ]
  }

  // By kind and by region.

  struct Group {
    let title: String
    let offices: [Int]
  }

  func members(of part: Part) -> [Group] {
    switch part {
    case .kinds:
      let found = Dictionary(grouping: offices) { index.rows[$0].kind }
      return index.kinds.enumerated().compactMap { place, kind in
        found[place].map { Group(title: kind.title.in(language).sentence(in: language), offices: $0) }
      } + (found[nil].map { [Group(title: words.say("results.no_kind"), offices: $0)] } ?? [])
    case .regions:
      let found = Dictionary(grouping: offices) { index.rows[$0].region }
      let names = index.regions(inOrderOf: language)
      return names.compactMap { name in
        index.regions.firstIndex(of: name).flatMap { found[$0] }
          .map { Group(title: name.in(language), offices: $0) }
      } + (found[nil].map { [Group(title: words.say("results.no_region"), offices: $0)] } ?? [])
    case .scores, .clarifying, .change: return []
    }
  }

  /// Nothing where all are alike.
  private func groups(of part: Part) -> ReportData? {
    let groups = members(of: part)
    guard groups.count > 1 else { return nil }
    return [
      "id": .text(part.rawValue), "title": .text(words.say("levels_by.\(part.rawValue)")),
      "column": .text(words.say(part == .kinds ? "results.kind" : "results.region")),
      "table": .text(address(of: part)),
      "levels": .list(summary.levels.map { words.badge($0.level, of: rubric) }),
      "rows": .list(groups.map(row)),
    ]
  }

  private func row(_ group: Group) -> ReportData {
    let summary = ResultsSummary(index: index, offices: group.offices)
    var left = 0
    let pieces = summary.levels.map { level, count -> ReportData in
      defer { left += count }
      return [
        "x": .text(share(left, of: group.offices.count)),
        "width": .text(share(count, of: group.offices.count)),
        "tone": .text(level.map(rubric.tone) ?? "0"),
      ]
    }
    return [
      "title": .text(group.title), "offices": .text(group.offices.count.shown),
      "mean": .text(summary.mean?.shown ?? "–"), "pieces": .list(pieces),
      "counts": .list(
        summary.levels.map { level, count in
          [
            "count": .text(count == 0 ? "–" : count.shown), "is_none": .flag(count == 0),
            "level": .text(level?.title.in(language) ?? words.text("scorecard", "incomplete")),
          ]
        }),
    ]
  }
}

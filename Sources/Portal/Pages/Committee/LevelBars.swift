import Integrity
import Reports

/// How many offices stand on each level, as bars of one length for the most.
struct LevelBars {
  private let levels: [(level: Level?, offices: Int)]
  private let all: Int
  private let rubric: Rubric
  private let words: Wording

  init(_ levels: [(level: Level?, offices: Int)], of all: Int, _ rubric: Rubric, _ words: Wording) {
    (self.levels, self.all, self.rubric, self.words) = (levels, all, rubric, words)
  }

  var rows: [ReportData] {
    let most = max(1, levels.map(\.offices).max() ?? 1)
    return levels.map { level, offices in
      [
        "level": words.badge(level, of: rubric), "tone": .text(level.map(rubric.tone) ?? "0"),
        "width": .text(share(offices, of: most)), "offices": .text(offices.shown),
        "percent": .text(ResultsSummary.percent(offices, of: all)),
      ]
    }
  }
}

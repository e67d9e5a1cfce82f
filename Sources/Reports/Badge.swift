public import Integrity

extension Wording {
  /// What `parts/level-badge` shows: a level, or that there is none.
  public func badge(_ level: Level?, of rubric: Rubric) -> ReportData {
    guard let level else {
      return ["tone": "0", "letter": .absent, "title": .text(text("scorecard", "incomplete"))]
    }
    return [
      "tone": .text(rubric.tone(of: level)), "letter": ReportData(level.ladderLetter(in: language)),
      "title": .text(level.title.in(language)),
    ]
  }

  /// What `parts/change` shows: by how much a figure is above or below another.
  public func change(_ difference: Figure) -> ReportData {
    let tone = difference.units == 0 ? "same" : difference.units > 0 ? "up" : "down"
    return ["tone": .text(tone), "text": .text(difference.signed)]
  }

  /// A condition that held a level down: `EIT ต่ำกว่า 85`.
  public func held(_ floor: Level.Floor) -> String {
    sentence("held", ["code": floor.node.text, "mark": floor.atLeast.shown])
  }
}

extension Level {
  /// The code of a level known by a letter, where its title does not say it already.
  fileprivate func ladderLetter(in language: Language) -> String? {
    let isLetter = code.text.count <= 2 && code.text.allSatisfy { $0.isASCII && $0.isUppercase }
    return isLetter && !title.in(language).contains(code.text) ? code.text : nil
  }
}

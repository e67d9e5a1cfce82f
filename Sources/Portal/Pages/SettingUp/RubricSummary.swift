import Integrity
import Reports
import Storage

/// What a rubric holds, for whoever is to accept it.
struct RubricSummary {
  let rubric: Rubric
  let words: Wording

  private var language: Language { words.language }

  var fields: ReportData {
    let outline = rubric.outline
    return [
      "code": .text(rubric.code.text), "edition": .text(rubric.edition),
      "title": .text(rubric.title.in(language)), "year": .text(words.year(rubric.year)),
      "instruments": .list(rubric.instruments.map { instrument($0, outline) }),
      "kinds": names(rubric.kinds), "conditions": names(rubric.conditions), "groups": names(rubric.groups),
      "levels": .list(
        rubric.levels.map { level in
          let floors = level.floors.map {
            words.say("setup_rubric.floor", ["node": $0.node.text, "points": $0.atLeast.shown])
          }
          return [
            "title": .text(level.title.in(language)), "least": .text(level.atLeast.shown),
            "floors": ReportData(floors.isEmpty ? nil : words.list(floors)),
          ]
        }), "has_levels": .flag(!rubric.levels.isEmpty),
      "cases": ReportData(
        rubric.cases.isEmpty ? nil : words.say("setup_rubric.cases", ["count": rubric.cases.count.shown])),
      "to_confirm": .list(toConfirm(outline).map { .text($0) }),
      "has_to_confirm": .flag(!toConfirm(outline).isEmpty),
      "outline": .list(outline.map(line)),
    ]
  }

  private func instrument(_ instrument: Instrument, _ outline: [Rubric.OutlineLine]) -> ReportData {
    let items = instrument.parts.items
    let share = outline.first { $0.depth == 0 && $0.heading.code == instrument.code }?.share
    let isQuestionnaire = instrument.questionnaire != nil
    let indicators = indicatorCount(instrument.parts)
    return [
      "code": .text(instrument.code.text), "title": .text(instrument.title.in(language)),
      "method": .text(words.say("setup_rubric.\(isQuestionnaire ? "questionnaire" : "disclosure")")),
      "indicators": .text(indicators.shown),
      "items": .text(
        isQuestionnaire ? rubric.questions(of: instrument.code).count.shown : items.count.shown),
      "weight": .text(share.map { $0.percent(Rounding(places: 2, mode: .halfUp)).shown } ?? "–"),
    ]
  }

  private func indicatorCount(_ parts: Parts) -> Int {
    switch parts {
    case .items: 0
    case .indicators(let indicators): indicators.count
    }
  }

  private func names<Owner>(_ all: [Named<Owner>]) -> ReportData {
    .text(all.isEmpty ? "–" : words.list(all.map { $0.title.in(language) }))
  }

  private func toConfirm(_ outline: [Rubric.OutlineLine]) -> [String] {
    var found: [String] = []
    if case .toConfirm(let what)? = rubric.provenance { found.append(what) }
    for line in outline {
      if case .toConfirm(let what)? = line.heading.provenance { found.append("\(line.heading.code) \(what)") }
    }
    return found
  }

  private func line(_ line: Rubric.OutlineLine) -> ReportData {
    let isPilot = line.heading.isPilot
    return [
      "depth": .text("\(min(line.depth, 4))"), "code": .text(line.heading.code.text),
      "title": .text(line.heading.title.in(language)), "is_item": .flag(line.item != nil),
      "weight": .text(
        line.share.map { $0.percent(Rounding(places: 2, mode: .halfUp)).shown }
          ?? (isPilot ? words.say("setup_rubric.pilot") : "–")),
    ]
  }
}

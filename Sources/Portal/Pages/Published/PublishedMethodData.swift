import Integrity
import Reports
import Storage

/// How a published cycle was assessed, told from its rubric: what was measured, what it weighs, and what a level takes.
struct PublishedMethodData {
  private let publication: Registry.Publication
  private let paths: PublicPaths
  private let words: Wording

  init(_ publication: Registry.Publication, _ paths: PublicPaths, _ words: Wording) {
    (self.publication, self.paths, self.words) = (publication, paths, words)
  }

  private var rubric: Rubric { publication.rubric }
  private var language: Language { words.language }

  var fields: [String: ReportData] {
    let smallest = "\(rubric.policy.smallestCount)"
    return [
      "all": .text(paths.results(publication.cycle.code)),
      "rubric": .text(
        words.say("sentences.rubric", ["title": rubric.title.in(language).held, "edition": rubric.edition])),
      "instruments": .list(rubric.instruments.map(instrument)),
      "levels": .list(rubric.levels.map(level)),
      "pass": rubric.pass.map { .text(words.say("published_method.pass", ["mark": $0.shown])) } ?? .absent,
      "few": .text(words.say("published_method.few", ["least": smallest])),
      "decimals": .text(
        words.say("published_method.decimals", ["places": "\(rubric.policy.rounding.places)"])),
    ]
  }

  private func instrument(_ instrument: Instrument) -> ReportData {
    let lines = rubric.outline
    let own = lines.first { $0.depth == 0 && $0.heading.code == instrument.code }
    let items = instrument.parts.items.count
    let isChecked = instrument.questionnaire == nil
    return [
      "code": .text(instrument.code.text), "title": .text(instrument.title.in(language)),
      "weight": weight(own?.share),
      "count": .text(
        words.say(
          isChecked ? "published_method.disclosures" : "published_method.questions", ["count": items.shown])),
      "how": .text(
        words.say(
          isChecked ? "published_method.how_disclosures" : "published_method.how_questions")),
      "indicators": .list(indicators(of: instrument)),
      "has_indicators": .flag(!indicators(of: instrument).isEmpty),
    ]
  }

  private func indicators(of instrument: Instrument) -> [ReportData] {
    guard case .indicators(let indicators) = instrument.parts else { return [] }
    let lines = Dictionary(rubric.outline.map { ($0.heading.code, $0) }) { a, _ in a }
    return indicators.map { indicator in
      let code = indicator.heading.code
      return [
        "code": .text(code.text.allSatisfy(\.isNumber) ? "\(code)." : code.text),
        "title": .text(indicator.heading.title.in(language)), "weight": weight(lines[code]?.share),
      ]
    }
  }

  private func weight(_ share: Ratio?) -> ReportData {
    share.map { .text($0.percent(Rounding(places: 2, mode: .halfUp)).points.shown + "%") } ?? "–"
  }

  private func level(_ level: Level) -> ReportData {
    [
      "badge": words.badge(level, of: rubric), "mark": .text(level.atLeast.shown),
      "floors": level.floors.isEmpty
        ? .text("–")
        : .text(
          words.list(
            level.floors.map {
              words.say("sentences.condition", ["code": $0.node.text, "mark": $0.atLeast.shown])
            })),
    ]
  }
}

public import Integrity

/// Scorecards as text for a terminal.
public struct ScorecardText {
  let rubric: Rubric
  let year: FiscalYear
  let language: Language

  public init(rubric: Rubric, year: FiscalYear, language: Language) {
    self.rubric = rubric
    self.year = year
    self.language = language
  }

  private func say(_ thai: String, _ english: String) -> String {
    Words(thai: thai, english: english).in(language)
  }

  /// One office, every line with its working.
  public func one(_ card: Scorecard) -> String {
    var lines = [
      "\(card.office.name.in(language)) (\(card.office.code))",
      "\(rubric.title.in(language)) · \(rubric.code) · \(year.buddhist)", "",
      "\(say("คะแนนรวม", "Total")): \(standing(card))",
      "\(say("ระดับ", "Level")): \(level(card))", "",
    ]
    lines.append(
      row(
        "", say("รายการ", "Node"), say("คะแนน", "Score"), say("ส่วนในคะแนนรวม", "Of total"),
        say("ที่มา", "Working")))
    let detail = Detail.published(smallestCount: rubric.policy.smallestCount)
    add(card.shown(at: detail).total, detail, depth: 0, to: &lines)
    return lines.joined(separator: "\n")
  }

  private func add(_ line: Line, _ detail: Detail, depth: Int, to lines: inout [String]) {
    let indent = String(repeating: "  ", count: depth)
    var working = line.explanation(in: language, detail: detail)
    if !line.working.reason.isEmpty { working += " · \(line.working.reason)" }
    if let people = line.people, people.respondents > 0 { working += people.text(in: language) }
    let title = line.isPilot ? line.title.in(language) + say(" (นำร่อง)", " (pilot)") : line.title.in(language)
    lines.append(
      row(indent + line.id, title, line.outcome.short, line.contribution?.description ?? "", working))
    // What a given figure would have been made of was not used.
    if case .given = line.outcome { return }
    for part in line.parts { add(part, detail, depth: depth + 1, to: &lines) }
  }

  private func row(_ code: String, _ title: String, _ figure: String, _ part: String, _ working: String)
    -> String
  {
    "\(code.padded(to: 16)) \(title.shortened(to: 44).padded(to: 44)) \(figure.leftPadded(to: 13)) \(part.leftPadded(to: 14))  \(working)"
  }

  private func standing(_ card: Scorecard) -> String {
    switch card.standing {
    case .final(let figure): "\(figure) \(say("(คะแนนสุดท้าย)", "(final)"))"
    case .provisional(let floor, let ceiling):
      "\(floor)–\(ceiling) \(say("(คะแนนเบื้องต้น ข้อมูลยังไม่ครบ)", "(provisional, incomplete)"))"
    case .notApplicable: say("ไม่เกี่ยวข้อง", "not applicable")
    }
  }

  private func level(_ card: Scorecard) -> String {
    guard let reached = card.level else { return "–" }
    let held = reached.heldBackBy.map { floor in
      say("\(floor.node) ต่ำกว่า \(floor.atLeast)", "\(floor.node) below \(floor.atLeast)")
    }
    let note = held.isEmpty ? "" : " (\(held.joined(separator: ", ")))"
    return reached.level.title.in(language) + note
  }

  /// Several offices by rank, and those without a final score with the reason.
  public func ranking(_ comparison: Comparison) -> String {
    let instruments = rubric.instruments
    func row(
      _ rank: String, _ code: String, _ name: String, _ figures: [String], _ total: String, _ level: String
    ) -> String {
      let columns = figures.map { $0.leftPadded(to: 8) }.joined(separator: " ")
      let office = "\(code.padded(to: 8)) \(name.shortened(to: 44).padded(to: 44))"
      return "\(rank.leftPadded(to: 6))  \(office) \(columns) \(total.leftPadded(to: 8))  \(level)"
    }
    var lines = [
      "\(rubric.title.in(language)) · \(rubric.code) · \(year.buddhist)", "",
      row(
        say("อันดับ", "Rank"), say("รหัส", "Code"), say("หน่วยงาน", "Office"), instruments.map(\.code.text),
        say("รวม", "Total"),
        say("ระดับ", "Level")),
    ]
    for card in comparison.ordered {
      let rank = comparison.ranks[card.office.code].map { "\($0.overall)" } ?? "–"
      let figures = instruments.map { card.line($0.code)?.figure?.description ?? "–" }
      let level = comparison.ranks[card.office.code] == nil ? card.missing(in: language) : level(card)
      lines.append(
        row(
          rank, card.office.code.text, card.office.name.in(language), figures,
          card.total.figure?.description ?? "–", level))
    }
    return lines.joined(separator: "\n")
  }
}

extension Scorecard {
  /// Why there is no final total, naming the instruments or, within one, the items that are not known.
  public func missing(in language: Language) -> String {
    let reasons = total.countedParts.compactMap { instrument -> String? in
      switch instrument.outcome {
      case .scored, .given, .notApplicable, .hidden: return nil
      case .withheld, .pending:
        return
          "\(instrument.code): \(instrument.explanation(in: language, detail: .published(smallestCount: 0)))"
      case .provisional:
        var open: [String] = []
        instrument.forEach { line in
          if case .pending = line.outcome { open.append(line.id) }
          if case .withheld = line.outcome, line.place == .route { open.append(line.id) }
        }
        let names = open.prefix(5).joined(separator: ", ") + (open.count > 5 ? ", …" : "")
        let words = Words(
          thai: "\(instrument.code) รอผล \(open.count) ข้อ (\(names))",
          english: "\(instrument.code) pending: \(open.count) (\(names))")
        return words.in(language)
      }
    }
    if reasons.isEmpty, standing == .notApplicable {
      return Words(thai: "ไม่มีส่วนใดเกี่ยวข้อง", english: "nothing applies").in(language)
    }
    return reasons.joined(separator: "; ")
  }
}

extension Outcome {
  /// For a column of figures.
  var short: String {
    switch self {
    case .scored(let figure), .given(let figure, _): figure.description
    case .notApplicable: "–"
    case .pending(let floor, let ceiling), .provisional(let floor, let ceiling),
      .withheld(_, let floor, let ceiling):
      "\(floor)–\(ceiling)"
    case .hidden(let band): band?.text ?? "…"
    }
  }
}

extension People {
  func text(in language: Language) -> String {
    let thai = " · ผู้ตอบ \(respondents) คน" + (least.map { " (ต้องมีอย่างน้อย \($0))" } ?? "")
    let english = " · \(respondents) respondents" + (least.map { " (at least \($0))" } ?? "")
    return Words(thai: thai, english: english).in(language)
  }
}

extension String {
  /// How many columns it takes: Thai marks above and below stand on their consonant and have no width.
  public var columns: Int {
    unicodeScalars.reduce(0) { width, scalar in
      width
        + ([.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory) ? 0 : 1)
    }
  }

  public func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - columns))
  }
  public func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns)) + self
  }

  /// Cut at so many columns, with an ellipsis.
  func shortened(to width: Int) -> String {
    guard columns > width else { return self }
    var text = self
    while text.columns >= width { text.removeLast() }
    return text + "…"
  }
}

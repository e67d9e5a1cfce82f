public import Integrity

/// The level, why it is that one, and what is missing.
extension OfficeReportData {
  var level: ReportData {
    guard case .record(var fields) = words.badge(card.level?.level, of: rubric) else { return .absent }
    let held = (card.level?.heldBackBy ?? []).map(words.held)
    fields["held"] = held.isEmpty ? .absent : .text(held.joined(separator: words.sentence("list_comma")))
    let sentences = card.level.map { why($0) + next($0) } ?? sentencesWithoutLevel
    fields["why"] = .list(sentences.map { .text($0) })
    return .record(fields)
  }

  private func why(_ reached: LevelReached) -> [String] {
    let level = reached.level
    var blanks = ["mark": level.atLeast.shown, "level": level.title.in(language)]
    if !reached.heldBackBy.isEmpty {
      blanks["conditions"] = words.list(reached.heldBackBy.map(words.held))
      return [words.sentence("level_held", blanks)]
    }
    if level == rubric.levels.last, let above = rubric.levels.dropLast().last {
      blanks["mark"] = above.atLeast.shown
      return [words.sentence("level_lowest", blanks)]
    }
    if coversInstruments(level) { return [words.sentence("level_all", blanks)] }
    guard !level.floors.isEmpty else { return [words.sentence("level_total", blanks)] }
    blanks["conditions"] = conditions(level)
    return [words.sentence("level_some", blanks)]
  }

  private func next(_ reached: LevelReached) -> [String] {
    guard let index = rubric.levels.firstIndex(of: reached.level), index > 0 else { return [] }
    let level = rubric.levels[index - 1]
    let blanks = [
      "mark": level.atLeast.shown, "level": level.title.in(language), "conditions": conditions(level),
    ]
    if coversInstruments(level) { return [words.sentence("next_all", blanks)] }
    return [words.sentence(level.floors.isEmpty ? "next_total" : "next_some", blanks)]
  }

  private func conditions(_ level: Level) -> String {
    words.list(
      level.floors.map { words.sentence("condition", ["code": $0.node.text, "mark": $0.atLeast.shown]) })
  }

  /// Whether the level asks the same of every instrument as of the total.
  private func coversInstruments(_ level: Level) -> Bool {
    Set(level.floors.map(\.node)) == Set(rubric.instruments.map(\.code))
      && level.floors.allSatisfy { $0.atLeast == level.atLeast }
  }

  private var sentencesWithoutLevel: [String] {
    guard case .provisional(let floor, let ceiling) = card.standing else {
      return card.standing == .notApplicable ? [words.sentence("nothing_applies")] : []
    }
    var lines = [words.sentence("level_unknown")]
    let lowest = rubric.levels.first { floor.points >= $0.atLeast && $0.floors.isEmpty }
    let highest = rubric.levels.first { ceiling.points >= $0.atLeast && isWithinReach($0) }
    if let lowest, let highest {
      if lowest == highest {
        lines.append(words.sentence("level_only", ["level": lowest.title.in(language)]))
      } else {
        lines.append(
          words.sentence(
            "level_between", ["lowest": lowest.title.in(language), "highest": highest.title.in(language)]))
      }
    }
    return lines
  }

  /// Whether what is still open could yet meet the level's conditions.
  private func isWithinReach(_ level: Level) -> Bool {
    level.floors.allSatisfy { floor in
      guard let line = card.line(floor.node) else { return true }
      switch line.outcome {
      case .scored(let figure), .given(let figure, _): return figure.points >= floor.atLeast
      case .pending(_, let ceiling), .withheld(_, _, let ceiling), .provisional(_, let ceiling):
        return ceiling.points >= floor.atLeast
      case .notApplicable, .hidden: return true
      }
    }
  }

  // What is missing, the most at stake first.

  var missing: ReportData {
    guard case .provisional = card.standing else { return .absent }
    var open: [(line: Line, share: Ratio)] = []
    func walk(_ line: Line, _ share: Ratio?) {
      guard line.isMissing, line.place != .deduction, !line.isPilot else { return }
      let isWhole =
        if case .withheld = line.outcome { true } else { !line.parts.contains(where: \.isMissing) }
      if isWhole, let share {
        open.append((line, share))
        return
      }
      for part in line.parts { walk(part, share.flatMap { above in part.share.flatMap { above.times($0) } }) }
    }
    walk(card.total, .one)
    let rows = open.map { line, share in
      (line, Ratio.sum(of: [(share, line.leeway)], rubric.policy.rounding))
    }.sorted { $0.1 > $1.1 }
    guard !rows.isEmpty else { return .absent }
    return [
      "items": .list(
        rows.map { line, stake in
          [
            "code": .text(line.code.display), "title": .text(line.title.in(language)), "state": state(line),
            "stake": .text(words.sentence("stake", ["points": stake.shown])),
          ]
        })
    ]
  }
}

extension Line {
  /// How far its figure may still move.
  fileprivate var leeway: Points {
    switch outcome {
    case .pending(let floor, let ceiling), .withheld(_, let floor, let ceiling),
      .provisional(let floor, let ceiling):
      ceiling.points - floor.points
    case .scored, .given, .notApplicable, .hidden: .zero
    }
  }
}

extension Code where Owner == Node {
  /// As it stands before a title: a bare number takes a full stop.
  var display: String {
    if self == Node.total { return "" }
    return text.allSatisfy(\.isNumber) ? text + "." : text
  }
}

extension Rubric {
  /// The fill of a level's badge, from 5 for the best to 1 (look §1): longer ladders use the last one for all that
  /// remain, shorter ones are spread.
  public func tone(of level: Level) -> String {
    guard let index = levels.firstIndex(of: level) else { return "0" }
    if levels.count >= 5 { return "\(max(1, 5 - index))" }
    guard levels.count > 1 else { return "5" }
    return "\(5 - (index * 4 + (levels.count - 1) / 2) / (levels.count - 1))"
  }
}

extension Level {
  /// The code of a level known by a letter, where its title does not say it already.
  public func letter(in language: Language) -> String? {
    let isLetter = code.text.count <= 2 && code.text.allSatisfy { $0.isASCII && $0.isUppercase }
    return isLetter && !title.in(language).contains(code.text) ? code.text : nil
  }
}

import Integrity

/// The tree of working, from the total down to the last question.
extension OfficeReportData {
  func node(_ line: Line, share: Ratio?, isOpen: Bool, isWithin withheld: Bool = false) -> ReportData {
    let isWithheld = if case .withheld = line.outcome { true } else { withheld }
    let parts = line.outcome.isGiven ? [] : line.parts
    let worst = isOpen ? branchThatLostMost(of: parts) : nil
    let missing = if case .elements(_, let missing) = line.working.basis { missing } else { [Element]() }
    return [
      "code": .text(line.place == .route ? "" : line.code.display), "title": .text(line.title.in(language)),
      "state": finding(line),
      "line": ReportData(working(line)),
      // An assessor's own words, in whatever language they were typed.
      "isTyped": .flag(line.isJudged && !line.working.reason.isEmpty),
      "missing": missing.isEmpty
        ? .absent
        : .text(missing.map { $0.title.in(language) }.joined(separator: words.sentence("list_comma"))),
      "counts": counts(line),
      "figure": .text(shown(line.outcome)),
      "part": .text(line.contribution?.shown ?? "–"),
      "isItem": .flag(line.place == .item || line.place == .subItem || line.place == .deduction),
      "isLost": .flag(line.isLost),
      "isMissing": .flag(line.isMissing && !withheld),
      "isPilot": .flag(line.isPilot),
      "isInline": .flag(isTallyOfJudged(line)),
      "isOpen": .flag(isOpen),
      "hasParts": .flag(!parts.isEmpty),
      "parts": .list(
        parts.map { part in
          node(part, share: nil, isOpen: part.id == worst?.id && !part.parts.isEmpty, isWithin: isWithheld)
        }),
    ]
  }

  /// How often each option was chosen, for a reader who sees that.
  private func counts(_ line: Line) -> ReportData {
    switch line.working.basis {
    case .tally(let options, let counts): return table(options, counts.map { Int($0) })
    case .shown(let options, let counts, _): return table(options, counts)
    default: return .absent
    }
  }

  private func table(_ options: [Option], _ counts: [Int?]) -> ReportData {
    [
      "list": .list(
        zip(options, counts).map { option, count in
          ["title": .text(option.title.in(language)), "count": .text(count?.shown ?? "–")]
        })
    ]
  }

  /// Which part cost its parent most; none where nothing was lost.
  private func branchThatLostMost(of parts: [Line]) -> Line? {
    parts.filter { !$0.isPilot && $0.place != .deduction && !$0.parts.isEmpty }
      .map {
        (
          $0,
          Ratio.sum(
            of: [($0.share ?? .one, $0.figure == nil ? .zero : $0.lost)], Rounding(places: 6, mode: .halfUp))
        )
      }
      .filter { $0.1.units > 0 }.max { $0.1 < $1.1 }?.0
  }

  /// What a disclosure was found to be, or why there is no figure.
  private func finding(_ line: Line) -> ReportData {
    guard let figure = line.figure, let maximum = line.maximum, line.place == .item, !line.isAsked else {
      return state(line)
    }
    if line.outcome.isGiven { return .absent }
    if figure.points >= maximum.points { return .text(words.sentence("met")) }
    return .text(words.sentence(figure.points <= .zero ? "not_met_word" : "partly_met"))
  }

  /// The working of a figure, or the assessor's reason.
  private func working(_ line: Line) -> String? {
    let explanation = line.explanation(in: language, detail: detail)
    switch line.working.basis {
    case .judged, .elements: return line.working.reason.isEmpty ? nil : line.working.reason
    case .nothing:
      if case .notApplicable = line.outcome { return explanation }
      return nil
    case .mean where isTallyOfJudged(line): return metOf(line)
    case .option, .between, .number:
      return line.working.reason.isEmpty ? explanation : "\(explanation)\u{A0}· \(line.working.reason)"
    case .hidden: return nil
    case .given, .zeroFor, .tally, .answers, .shown, .mean, .sum, .shareOfMaximum, .minimum, .shareMet:
      return explanation
    }
  }

  private func isTallyOfJudged(_ line: Line) -> Bool {
    line.working.basis == .mean && line.working.steps.isEmpty && metOf(line) != nil
  }

  private func metOf(_ line: Line) -> String? {
    let parts = line.countedParts
    guard !parts.isEmpty,
      parts.allSatisfy({ $0.place == .item && !$0.isAsked && $0.maximum?.points == .hundred }),
      parts.allSatisfy({ $0.figure?.points == .hundred || $0.figure?.points == .zero }),
      Set(parts.map(\.share)).count == 1
    else { return nil }
    return words.sentence(
      "met_of", ["met": parts.count { !$0.isLost }.shown, "count": parts.count.shown])
  }
}

extension Outcome {
  var isGiven: Bool { if case .given = self { true } else { false } }
}

extension Line {
  /// Judged as a whole or by its elements: then its reason is said, and nothing of how its figure came about.
  fileprivate var isJudged: Bool {
    switch working.basis {
    case .judged, .elements: true
    default: false
    }
  }
}

import Integrity

/// What an office is good at, and where most can be gained.
extension OfficeReportData {
  private struct Candidate {
    let line: Line
    let figure: Figure
    let change: Figure?
    /// Of the indicator in the total; nil where the total is not a mean of means.
    let share: Ratio?
  }

  var highlights: ReportData {
    let candidates = instruments.flatMap { instrument in
      indicators(of: instrument).compactMap { line -> Candidate? in
        guard let figure = line.figure, !line.isPilot else { return nil }
        let share = instrument.share.flatMap { above in line.share.flatMap { above.times($0) } }
        return Candidate(line: line, figure: figure, change: mean(of: line).map { figure - $0 }, share: share)
      }
    }
    guard candidates.count > 1 else { return .absent }
    let hasPeers = candidates.contains { $0.change != nil }
    let sorted = candidates.enumerated().sorted { a, b in
      let (x, y) = (a.element.change ?? a.element.figure, b.element.change ?? b.element.figure)
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
    let strengths: [Candidate]
    let gaps: [Candidate]
    if hasPeers {
      strengths = Array(sorted.filter { ($0.change?.units ?? 0) > 0 }.prefix(3))
      gaps = Array(sorted.filter { ($0.change?.units ?? 0) < 0 }.suffix(3).reversed())
    } else {
      let half = min(3, candidates.count / 2)
      strengths = Array(sorted.prefix(half))
      gaps = Array(sorted.suffix(half).reversed())
    }
    return [
      "strengths": .list(strengths.map { entry($0, isGap: false) }),
      "gaps": .list(gaps.map { entry($0, isGap: true) }),
    ]
  }

  private func entry(_ candidate: Candidate, isGap: Bool) -> ReportData {
    [
      "code": .text(candidate.line.code.display), "title": .text(candidate.line.title.in(language)),
      "note": ReportData(note(candidate, isGap: isGap)),
      "figure": candidate.change == nil ? .text(candidate.figure.shown) : .absent,
      "change": candidate.change.map(difference) ?? .absent,
    ]
  }

  private func note(_ candidate: Candidate, isGap: Bool) -> String? {
    var items: [(line: Line, share: Ratio?)] = []
    func walk(_ line: Line, _ share: Ratio?) {
      if line.place == .item {
        items.append((line, share))
        return
      }
      for part in line.countedParts {
        walk(part, share.flatMap { above in part.share.flatMap { above.times($0) } })
      }
    }
    walk(candidate.line, candidate.share)
    if items.contains(where: { $0.line.isAsked }) { return question(items.map(\.line), isGap: isGap) }
    let judged = items.filter { $0.line.figure != nil }
    guard !judged.isEmpty else { return nil }
    let lost = judged.filter { $0.line.isLost }
    let gains = lost.compactMap { item in item.share.map { ($0, item.line.lost) } }
    if isGap, !lost.isEmpty, gains.count == lost.count {
      let gain = Ratio.sum(of: gains, rubric.policy.rounding)
      return words.sentence(
        lost.count == 1 ? "not_met_one" : "not_met",
        ["codes": words.list(lost.map(\.line.code.text)), "count": lost.count.shown, "gain": gain.shown])
    }
    return words.sentence(
      "met_of", ["met": (judged.count - lost.count).shown, "count": judged.count.shown])
  }

  /// The question with the highest or lowest figure that may be published.
  private func question(_ items: [Line], isGap: Bool) -> String? {
    let shown = items.filter { $0.figure != nil }
    guard
      let chosen = isGap
        ? shown.min(by: { ($0.figure ?? .zero) < ($1.figure ?? .zero) })
        : shown.max(by: { ($0.figure ?? .zero) < ($1.figure ?? .zero) })
    else { return nil }
    let name = "\(chosen.code) \(chosen.title.in(language))"
    return words.sentence(isGap ? "lowest_question" : "highest_question", ["question": name])
  }
}

extension Figure {
  fileprivate static let zero = Figure(units: 0, places: 0)
}

extension Line {
  /// A judged disclosure with less than full marks.
  var isLost: Bool {
    guard place == .item, !isAsked, let figure, let maximum else { return false }
    return figure.points < maximum.points
  }

  /// What it falls short of full marks.
  var lost: Points { (maximum?.points ?? .zero) - (figure?.points ?? .zero) }
}

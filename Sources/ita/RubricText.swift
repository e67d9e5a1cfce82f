import Integrity
import Reports

/// Rubrics and their differences as text for a terminal.
struct RubricText {
  let language: Language

  func outline(of rubric: Rubric) -> String {
    var lines = [
      "\(rubric.code) · \(rubric.title.in(language)) · \(rubric.year.buddhist) (\(rubric.edition))"
    ]
    if let how = how(rubric.total) { lines.append(how) }
    lines.append("")
    for line in rubric.outline {
      let indent = String(repeating: "  ", count: line.depth)
      let share = line.share.map { "\($0.percent(Rounding(places: 4, mode: .halfUp)))%" } ?? pilot(line)
      let code = (indent + line.heading.code.text).padded(to: 12)
      lines.append("\(code) \(share.leftPadded(to: 10))  \(line.heading.title.in(language))\(notes(line))")
    }
    if !rubric.levels.isEmpty {
      lines.append("")
      for level in rubric.levels {
        let floors = level.floors.map { ", \($0.node) ≥ \($0.atLeast)" }.joined()
        lines.append("\(level.title.in(language)): ≥ \(level.atLeast)\(floors)")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func pilot(_ line: Rubric.OutlineLine) -> String {
    line.heading.isPilot ? Words(thai: "นำร่อง", english: "pilot").in(language) : "–"
  }

  private func notes(_ line: Rubric.OutlineLine) -> String {
    let applies = line.heading.applies
    var notes: [String] = []
    if !applies.only.isEmpty { notes.append(applies.only.map(\.text).joined(separator: ", ")) }
    if !applies.except.isEmpty { notes.append("≠ " + applies.except.map(\.text).joined(separator: ", ")) }
    if let condition = applies.unless { notes.append("≠ \(condition)") }
    if let rule = line.rule, let how = how(rule) { notes.append(how) }
    if case .toConfirm = line.heading.provenance {
      notes.append(Words(thai: "รอยืนยัน", english: "to confirm").in(language))
    }
    return notes.isEmpty ? "" : " [\(notes.joined(separator: "; "))]"
  }

  /// How the parts become the figure, where it is not their mean.
  private func how(_ rule: Rule) -> String? {
    var steps: [String] = []
    switch rule.aggregate {
    case .mean: break
    case .sum: steps.append("sum")
    case .shareOfMaximum: steps.append("share of maximum")
    case .minimum: steps.append("minimum")
    case .shareMet: steps.append("share met")
    }
    switch rule.conversion {
    case .steps: steps.append("step table")
    case .lines: steps.append("interpolated")
    case nil: break
    }
    if !rule.deductions.isEmpty {
      steps.append("− " + rule.deductions.map(\.code.text).joined(separator: ", "))
    }
    if let cap = rule.cap { steps.append("≤ \(cap)") }
    return steps.isEmpty ? nil : steps.joined(separator: " → ")
  }

  func differences(_ diff: RubricDiff) -> String {
    var lines = diff.general
    for node in diff.nodes {
      let changes = node.changes.map(text).joined(separator: "; ")
      let comparable = node.isItem ? (node.isComparable ? " · comparable" : " · not comparable") : ""
      lines.append("\(node.code) \(node.key) \"\(node.title.in(language))\": \(changes)\(comparable)")
    }
    return lines.joined(separator: "\n")
  }

  private func text(_ change: RubricDiff.Change) -> String {
    func keys(_ list: [Key]) -> String { list.map(\.text).joined(separator: ", ") }
    func share(_ ratio: Ratio?) -> String {
      ratio.map { "\($0.percent(Rounding(places: 4, mode: .halfUp)))%" } ?? "–"
    }
    switch change {
    case .new: return "new"
    case .dropped: return "dropped"
    case .split(let key): return "split from \(key)"
    case .succeeds(let key): return "succeeds \(key)"
    case .collectionChanged: return "respondents or parts changed"
    case .groupsChanged: return "groups changed"
    case .merged(let list): return "merged from \(keys(list))"
    case .renumbered(let code): return "renumbered from \(code)"
    case .reworded: return "re-worded"
    case .reweighted(let old, let new): return "re-weighted \(share(old)) → \(share(new))"
    case .scaleChanged: return "scale changed"
    case .elementsChanged(let added, let removed):
      let more = added.isEmpty ? "" : " + \(keys(added))"
      let less = removed.isEmpty ? "" : " − \(keys(removed))"
      return "elements changed\(more)\(less)"
    case .moved(let old, let new): return "moved from \(old?.text ?? "–") to \(new?.text ?? "–")"
    case .termsChanged: return "terms changed"
    case .ruleChanged: return "computed in another way"
    }
  }
}

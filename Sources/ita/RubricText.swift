import Integrity

/// Rubrics and their differences as text for a terminal.
struct RubricText {
  let language: Language

  func outline(of rubric: Rubric) -> String {
    var lines = ["\(rubric.code) · \(rubric.title.in(language)) · \(rubric.year.buddhist) (\(rubric.edition))", ""]
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
    if case .toConfirm = line.heading.provenance {
      return " " + Words(thai: "[รอยืนยัน]", english: "[to confirm]").in(language)
    }
    return ""
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

extension String {
  /// How many columns it takes in a terminal: Thai marks above and below stand on their consonant.
  var columns: Int {
    unicodeScalars.reduce(0) { width, scalar in
      width + ([.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory) ? 0 : 1)
    }
  }

  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }
  func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }
}

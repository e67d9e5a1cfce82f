/// What concerns the rubric as a whole: shared elements, levels and the pass mark.
extension Inspector {
  mutating func inspectUse() {
    let used = Set(rubric.items.flatMap { $0.item.elements.filter(\.isShared).map(\.key) })
    for (index, element) in rubric.elements.enumerated() where !used.contains(element.key) {
      flag(
        ["elements", .index(index)], "no item uses the element '\(element.key)'",
        "write '{ use: \(element.key) }' at an item, or take it out")
    }
  }

  /// - Parameter canBeScored: whether the outline is sound, so that it can be asked what can be reached.
  mutating func inspectLadder(canBeScored: Bool) {
    let nodes = Set(rubric.outline.map(\.heading.code))
    let maxima = canBeScored ? rubric.fullMarks : [:]
    for (index, level) in rubric.levels.enumerated() {
      let path: Path = ["levels", .index(index)]
      for floor in level.floors where floor.node != Node.total && !nodes.contains(floor.node) {
        flag(
          path + ["and", .name(floor.node.text)], "there is no node '\(floor.node)'",
          "name an instrument or indicator by its code")
      }
      inspectReach(of: level, path, maxima)
      inspectOrder(of: level, at: index, path)
    }
    inspectFoot()
    if let pass = rubric.pass, !rubric.levels.isEmpty, !rubric.levels.contains(where: { $0.atLeast == pass })
    {
      flag(
        ["pass"], "no level begins at the pass mark \(pass)",
        "use the 'at_least' of the lowest level that passes")
    }
  }

  private mutating func inspectReach(of level: Level, _ path: Path, _ maxima: [Code<Node>: Points]) {
    let all = [Level.Floor(node: Node.total, atLeast: level.atLeast)] + level.floors
    for floor in all {
      guard let most = maxima[floor.node], floor.atLeast > most else { continue }
      let isTotal = floor.node == Node.total
      flag(
        path + (isTotal ? ["at_least"] : ["and", .name(floor.node.text)]),
        "the level '\(level.code)' can never be reached: \(floor.node) is at most \(most), not \(floor.atLeast)",
        "lower the threshold")
    }
  }

  private mutating func inspectOrder(of level: Level, at index: Int, _ path: Path) {
    for (position, other) in rubric.levels[..<index].enumerated() {
      let otherFloors = Dictionary(other.floors.map { ($0.node, $0.atLeast) }) { a, _ in a }
      let floors = Dictionary(level.floors.map { ($0.node, $0.atLeast) }) { a, _ in a }
      if other.atLeast == level.atLeast, otherFloors == floors {
        flag(
          path, "the levels '\(other.code)' and '\(level.code)' overlap: their conditions are the same",
          "give each level a range of its own")
        break
      } else if other.atLeast <= level.atLeast,
        otherFloors.allSatisfy({ node, least in (floors[node] ?? .zero) >= least })
      {
        flag(
          path,
          "the level '\(level.code)' can never be reached: whoever meets it has met '\(other.code)' (level \(position + 1)) before",
          "write the highest level first")
        break
      }
    }
    if rubric.levels[..<index].contains(where: { $0.code == level.code }) {
      flag(path + ["code"], "the level '\(level.code)' stands twice", "give it a code of its own")
    }
  }

  private mutating func inspectFoot() {
    guard let last = rubric.levels.last else { return }
    let path: Path = ["levels", .index(rubric.levels.count - 1)]
    if last.atLeast > .zero {
      flag(
        path + ["at_least"], "the ladder has a hole: no level is said for figures below \(last.atLeast)",
        "let the lowest level begin at 0")
    } else if !last.floors.isEmpty {
      flag(
        path + ["and"],
        "the ladder has a hole: the lowest level has conditions, and whoever misses them has none",
        "let the lowest level have no 'and'")
    }
  }
}

extension Rubric {
  /// Full marks of each node and of the total: the most over all kinds of office.
  public var fullMarks: [Code<Node>: Points] {
    var marks: [Code<Node>: Points] = [:]
    let kinds: [Code<OfficeKind>?] = kinds.isEmpty ? [nil] : kinds.map(\.code)
    for kind in kinds {
      let office = Office(code: "", name: Words(thai: "", english: ""), kind: kind)
      scorecard(of: Assessment(office: office)).total.forEach { line in
        guard let most = line.maximum?.points else { return }
        marks[line.code] = max(marks[line.code] ?? most, most)
      }
    }
    return marks
  }
}

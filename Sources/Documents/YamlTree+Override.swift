extension YamlTree {
  /// This document with what another says instead: mappings merge, lists of things with a `key` or `code` merge by
  /// it, `drop: yes` takes out, `after: KEY` and `before: KEY` place, everything else is replaced. Places stay those of the file each
  /// part was written in.
  func overridden(by other: YamlTree) throws(Complaints) -> YamlTree {
    let faults = Faults()
    let whole = overridden(by: other, isRoot: true, faults)
    try faults.throwIfAny()
    return whole
  }

  /// Of these a node has one: saying another says instead.
  private static let alternatives: [Set<String>] = [
    ["scale", "options", "checklist", "band", "count", "stars", "text"],
    ["steps", "interpolate"], ["applies_to", "except_for"], ["items", "indicators"],
  ]

  private func overridden(by other: YamlTree, isRoot: Bool, _ faults: Faults) -> YamlTree {
    switch (content, other.content) {
    case (.fields(let mine), .fields(let theirs)):
      let replaced = theirs.reduce(into: Set<String>()) { names, field in
        for set in YamlTree.alternatives where set.contains(field.name) {
          names.formUnion(set.subtracting([field.name]))
        }
      }
      var fields: [Field] = []
      for field in mine where !replaced.contains(field.name) {
        if isRoot, field.name == "cases" || field.name == "extends" { continue }
        guard let override = other.field(field.name) else {
          fields.append(field)
          continue
        }
        if override.value.isDropped { continue }
        fields.append(
          Field(
            name: field.name, place: override.place,
            value: field.value.overridden(by: override.value, isRoot: false, faults)))
      }
      for field in theirs where !fields.contains(where: { $0.name == field.name }) {
        if isRoot, field.name == "extends" { continue }
        if YamlTree.placing.contains(field.name) { continue }
        if field.value.isDropped {
          if mine.contains(where: { $0.name == field.name }) { continue }
          faults.add(
            field.place, "there is no '\(field.name)' to drop",
            Spelling.suggestion(for: field.name, among: mine.map(\.name)))
          continue
        }
        fields.append(Field(name: field.name, place: field.place, value: field.value.withoutPlacing))
      }
      return YamlTree(place: other.place, content: .fields(fields))
    case (.list(let mine), .list(let theirs)):
      guard theirs.contains(where: { $0.identity != nil }), mine.contains(where: { $0.identity != nil })
      else { return other.withoutPlacing }
      return YamlTree(place: other.place, content: .list(YamlTree.merged(mine, theirs, faults)))
    default:
      return other.withoutPlacing
    }
  }

  private static func merged(_ mine: [YamlTree], _ theirs: [YamlTree], _ faults: Faults) -> [YamlTree] {
    var result = mine
    for entry in theirs {
      let position = entry.identity.flatMap { name in result.firstIndex { $0.identity == name } }
      if entry.isDropped {
        if let position {
          result.remove(at: position)
        } else {
          faults.add(
            entry.place, "there is no '\(entry.identity ?? "")' to drop",
            Spelling.suggestion(for: entry.identity ?? "", among: mine.compactMap(\.identity)))
        }
        continue
      }
      guard let position else {
        insert(entry.withoutPlacing, as: entry, into: &result, faults)
        continue
      }
      let whole = result[position].overridden(by: entry, isRoot: false, faults)
      if entry.field("after") == nil, entry.field("before") == nil {
        result[position] = whole
      } else {
        result.remove(at: position)
        insert(whole, as: entry, into: &result, faults)
      }
    }
    return result
  }

  /// Where the entry says it goes, or at the end.
  private static func insert(
    _ whole: YamlTree, as entry: YamlTree, into list: inout [YamlTree], _ faults: Faults
  ) {
    for (word, step) in [("after", 1), ("before", 0)] {
      guard let field = entry.field(word) else { continue }
      let name = field.value.scalar ?? ""
      guard let position = list.firstIndex(where: { $0.identity == name }) else {
        faults.add(
          field.place, "there is no '\(name)' to stand \(word)",
          Spelling.suggestion(for: name, among: list.compactMap(\.identity)))
        break
      }
      list.insert(whole, at: position + step)
      return
    }
    list.append(whole)
  }

  /// The words that only say where an entry goes.
  private static let placing: Set<String> = ["after", "before", "drop"]

  /// What an entry of a list is known by.
  private var identity: String? {
    for name in ["key", "use", "code"] {
      if let text = field(name)?.value.scalar { return text }
    }
    return nil
  }

  private var isDropped: Bool { ["yes", "true"].contains(field("drop")?.value.scalar) }

  /// Without the words that only say where it goes.
  private var withoutPlacing: YamlTree {
    switch content {
    case .scalar: self
    case .list(let list):
      YamlTree(place: place, content: .list(list.filter { !$0.isDropped }.map(\.withoutPlacing)))
    case .fields(let fields):
      YamlTree(
        place: place,
        content: .fields(
          fields.filter { !YamlTree.placing.contains($0.name) }.map {
            Field(name: $0.name, place: $0.place, value: $0.value.withoutPlacing)
          }))
    }
  }
}

extension YamlTree {
  /// This document with what another says instead: mappings merge, lists of things with a `key` or `code` merge by
  /// it, `drop: yes` takes out, `after: KEY` places, everything else is replaced. Places stay those of the file each
  /// part was written in.
  func overridden(by other: YamlTree) -> YamlTree { overridden(by: other, isRoot: true) }

  /// Of these a node has one: saying another says instead.
  private static let alternatives: [Set<String>] = [
    ["scale", "options", "checklist", "band", "count", "stars", "text"],
    ["steps", "interpolate"], ["applies_to", "except_for"], ["items", "indicators"],
  ]

  private func overridden(by other: YamlTree, isRoot: Bool) -> YamlTree {
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
            value: field.value.overridden(by: override.value, isRoot: false)))
      }
      for field in theirs where !fields.contains(where: { $0.name == field.name }) {
        if isRoot, field.name == "extends" { continue }
        if ["after", "drop"].contains(field.name) || field.value.isDropped { continue }
        fields.append(Field(name: field.name, place: field.place, value: field.value.withoutPlacing))
      }
      return YamlTree(place: other.place, content: .fields(fields))
    case (.list(let mine), .list(let theirs)):
      guard theirs.contains(where: { $0.identity != nil }), mine.contains(where: { $0.identity != nil })
      else { return other.withoutPlacing }
      return YamlTree(place: other.place, content: .list(YamlTree.merged(mine, theirs)))
    default:
      return other.withoutPlacing
    }
  }

  private static func merged(_ mine: [YamlTree], _ theirs: [YamlTree]) -> [YamlTree] {
    var result = mine
    for entry in theirs {
      let position = entry.identity.flatMap { name in result.firstIndex { $0.identity == name } }
      if entry.isDropped {
        if let position { result.remove(at: position) }
        continue
      }
      let after = entry.field("after")?.value.scalar
      guard let position else {
        insert(entry.withoutPlacing, after: after, into: &result)
        continue
      }
      let whole = result[position].overridden(by: entry, isRoot: false)
      if after == nil {
        result[position] = whole
      } else {
        result.remove(at: position)
        insert(whole, after: after, into: &result)
      }
    }
    return result
  }

  private static func insert(_ entry: YamlTree, after name: String?, into list: inout [YamlTree]) {
    let position = name.flatMap { name in list.firstIndex { $0.identity == name } }
    list.insert(entry, at: position.map { $0 + 1 } ?? list.count)
  }

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
          fields.filter { !["after", "drop"].contains($0.name) }.map {
            Field(name: $0.name, place: $0.place, value: $0.value.withoutPlacing)
          }))
    }
  }
}

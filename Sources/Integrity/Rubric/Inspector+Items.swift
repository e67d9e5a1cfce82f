/// What concerns items: how they are answered, their elements, sub-items and owners.
extension Inspector {
  mutating func inspect(_ item: Item, _ path: Path, in instrument: Instrument) {
    inspect(item.heading, path)
    inspect(item, path)
    let isAsked = instrument.questionnaire != nil
    if isAsked {
      switch item.form {
      case .checklist, .band, .count:
        flag(
          path, "a question cannot be answered by a checklist, a band or a count",
          "use 'scale', 'options', 'stars' or 'text', or make the instrument a disclosure")
      case .scale, .stars, .text: break
      }
    } else if !item.subItems.isEmpty {
      flag(path + ["sub_items"], "a disclosure has no sub-items", "use 'elements', or items of their own")
    }
    if item.form == .text, item.worth != nil {
      flag(path + ["worth"], "free text carries no points", "take 'worth' out")
    }
  }

  mutating func inspect(_ item: Item, _ path: Path) {
    if let worth = item.worth, worth <= .zero {
      flag(path + ["worth"], "an item's worth must be above zero", "write the points full marks give")
    } else if item.worth != nil, item.subItems.isEmpty, item.form.range.upperBound <= .zero {
      flag(
        path + ["worth"], "no answer gives points that a worth could scale",
        "give some option points above zero")
    }
    if case .scale(let scale, _) = item.form, scale.code == nil { inspect(scale, path) }
    if case .band(let least, let most, let step) = item.form {
      if most <= least {
        flag(path + ["band"], "the band ends at \(most), not above its beginning \(least)", "raise 'most'")
      } else if step <= .zero || !(most - least).millionths.isMultiple(of: step.millionths) {
        flag(
          path + ["band"], "steps of \(step) do not lead from \(least) to \(most)",
          "choose a step that divides the band")
      }
    }
    if case .count(let table) = item.form { inspect(table, path + ["count"], mayFall: true) }
    if case .checklist(.share) = item.form, item.elements.isEmpty {
      flag(
        path + ["checklist"], "a share of no elements",
        "list the item's 'elements', or write 'checklist: all'")
    }
    inspectSubItems(of: item, path)
    inspectElements(of: item, path)
    for (field, groups) in [("group", item.group.map { [$0] } ?? []), ("with", item.contributing)] {
      for group in groups where !rubric.groups.contains(where: { $0.code == group }) {
        flag(
          path + [.name(field)], "'\(group)' is not a group",
          undeclared("groups", rubric.groups))
      }
    }
    for (index, round) in item.due.enumerated() where !rubric.rounds.contains(where: { $0.code == round }) {
      flag(
        path + ["due", .index(index)], "'\(round)' is not a round",
        undeclared("rounds", rubric.rounds))
    }
  }

  mutating func inspectSubItems(of item: Item, _ path: Path) {
    var codes: Set<Code<SubItem>> = []
    for (index, subItem) in item.subItems.enumerated() {
      let below = path + ["sub_items", .index(index)]
      let code = "\(item.code).\(subItem.code)"
      if !subItem.code.text.isEmpty, codes.contains(subItem.code) == false, !self.codes.insert(code).inserted
      {
        flag(
          below + ["code"], "the code '\(code)' is used twice",
          "give every node and sub-item a code of its own")
      }
      if !subItem.code.text.isEmpty, !codes.insert(subItem.code).inserted {
        flag(below + ["code"], "the sub-item '\(subItem.code)' stands twice", "give it a code of its own")
      }
      if subItem.form.options.isEmpty {
        flag(below, "a sub-item needs options to choose from", "give it a scale")
      }
    }
    let headings = item.subItems.map {
      Heading(code: Code("\(item.code).\($0.code)"), key: "", title: $0.title, weight: $0.weight)
    }
    inspectWeights(Rule(), headings, path + ["sub_items"])
  }

  mutating func inspectElements(of item: Item, _ path: Path) {
    var seen: Set<Key> = []
    for (index, element) in item.elements.enumerated() {
      let below = path + ["elements", .index(index)]
      if !element.key.text.isEmpty, !seen.insert(element.key).inserted {
        flag(below, "the element '\(element.key)' stands twice in \(item.code)", "keep one of them")
      }
      if !element.isShared { inspectKey(element.key, below) }
      if let period = element.period, !rubric.periods.contains(where: { $0.code == period }) {
        flag(
          below + ["period"], "'\(period)' is not a period",
          undeclared("periods", rubric.periods))
      }
    }
  }
}

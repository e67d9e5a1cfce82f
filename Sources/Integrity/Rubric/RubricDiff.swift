/// What changed from one edition to another, by meaning: nodes are found by their stable key, whatever their code or
/// place in the file.
public struct RubricDiff: Sendable {
  public let nodes: [NodeChange]
  /// What concerns the rubric as a whole: levels, pass mark, policy.
  public let general: [String]

  public var isEmpty: Bool { nodes.isEmpty && general.isEmpty }

  /// One node and everything that happened to it.
  public struct NodeChange: Hashable, Sendable {
    public let key: Key
    /// In the later edition, or in the earlier one where it was dropped.
    public let code: Code<Node>
    public let title: Words
    public let isItem: Bool
    public let changes: [Change]
    /// Whether its figures of both years may be compared; true only with the same scale and elements.
    public let isComparable: Bool
  }

  public enum Change: Hashable, Sendable {
    case new
    case dropped
    /// It is one of those that an earlier item was split into.
    case split(from: Key)
    case merged(from: [Key])
    /// It takes the place of an earlier item under another key.
    case succeeds(Key)
    case renumbered(from: Code<Node>)
    case reworded
    case reweighted(from: Ratio?, to: Ratio?)
    /// Options, points, polarity or the way of answering.
    case scaleChanged
    case elementsChanged(added: [Key], removed: [Key])
    case moved(from: Key?, to: Key?)
    /// Kinds of office, conditions, rounds, the public link, rounding or being a pilot.
    case termsChanged
    /// Least respondents, sample or parts of a questionnaire.
    case collectionChanged
    /// The lead or a contributing group.
    case groupsChanged
    /// How its parts become its figure.
    case ruleChanged
  }

  public init(from old: Rubric, to new: Rubric) {
    let before = Entry.entries(of: old)
    let after = Entry.entries(of: new)
    let splits = Dictionary(
      grouping: after.values.flatMap { entry in
        (entry.line.item?.was ?? []).map { ($0, entry.line.heading.key) }
      },
      by: \.0)
    var nodes: [NodeChange] = []
    for entry in after.values.sorted(by: { $0.order < $1.order }) {
      let earlier = before[entry.line.heading.key]
      let changes =
        earlier.map { RubricDiff.changes(from: $0, to: entry) } ?? RubricDiff.origin(of: entry, splits)
      if changes.isEmpty { continue }
      nodes.append(entry.change(changes, isComparable: earlier.map { entry.isComparable(with: $0) } ?? false))
    }
    for entry in before.values.sorted(by: { $0.order < $1.order })
    where after[entry.line.heading.key] == nil && splits[entry.line.heading.key] == nil {
      nodes.append(entry.change([.dropped], isComparable: false))
    }
    self.nodes = nodes
    general = RubricDiff.general(from: old, to: new)
  }

  /// Whether the figures of a node may be compared between the editions: it and everything counted below it are in
  /// both, on the same terms.
  public static func comparable(from old: Rubric, to new: Rubric) -> Set<Code<Node>> {
    let before = Entry.entries(of: old)
    let after = Entry.entries(of: new)
    let same = Set(
      after.values.filter { entry in
        guard let earlier = before[entry.line.heading.key] else { return false }
        return entry.isComparable(with: earlier) && entry.line.share == earlier.line.share
          && entry.rule == earlier.rule && entry.below == earlier.below
      }.map(\.line.heading.key))
    var result: Set<Code<Node>> = []
    for entry in after.values where same.contains(entry.line.heading.key) && entry.below.isSubset(of: same) {
      result.insert(entry.line.heading.code)
    }
    let roots = new.instruments.map(\.code)
    let isSameTotal =
      old.total == new.total && Set(old.instruments.map(\.key)) == Set(new.instruments.map(\.key))
    if isSameTotal, roots.allSatisfy(result.contains) { result.insert(Node.total) }
    return result
  }

  private static func origin(of entry: Entry, _ splits: [Key: [(Key, Key)]]) -> [Change] {
    let was = entry.line.item?.was ?? []
    if was.count > 1 { return [.merged(from: was)] }
    if let one = was.first { return [(splits[one]?.count ?? 0) > 1 ? .split(from: one) : .succeeds(one)] }
    return [.new]
  }

  private static func changes(from old: Entry, to new: Entry) -> [Change] {
    var changes: [Change] = []
    let (a, b) = (old.line, new.line)
    if let was = b.item?.was, !was.isEmpty, was != a.item?.was { changes.append(.merged(from: was)) }
    if a.heading.code != b.heading.code { changes.append(.renumbered(from: a.heading.code)) }
    if old.parent != new.parent { changes.append(.moved(from: old.parent, to: new.parent)) }
    if old.wordings != new.wordings { changes.append(.reworded) }
    if a.share != b.share { changes.append(.reweighted(from: a.share, to: b.share)) }
    if old.answering != new.answering { changes.append(.scaleChanged) }
    let (had, has) = (old.elements, new.elements)
    if had != has {
      changes.append(
        .elementsChanged(
          added: has.keys.filter { had[$0] != has[$0] }.sorted(),
          removed: had.keys.filter { has[$0] == nil }.sorted()))
    }
    if old.terms != new.terms { changes.append(.termsChanged) }
    if old.rule != new.rule { changes.append(.ruleChanged) }
    if old.method != new.method { changes.append(.collectionChanged) }
    if old.groups != new.groups { changes.append(.groupsChanged) }
    return changes
  }

  private static func general(from old: Rubric, to new: Rubric) -> [String] {
    var lines: [String] = []
    func say(_ level: Level) -> String {
      let floors = level.floors.map { " and \($0.node) ≥ \($0.atLeast)" }.joined()
      return "\(level.code) \"\(level.title.english)\" at \(level.atLeast)\(floors)"
    }
    let before = Dictionary(old.levels.map { ($0.code, $0) }) { a, _ in a }
    let after = Dictionary(new.levels.map { ($0.code, $0) }) { a, _ in a }
    for level in new.levels {
      guard let earlier = before[level.code] else {
        lines.append("level new: \(say(level))")
        continue
      }
      if earlier.title != level.title { lines.append("level \(level.code) re-worded") }
      if earlier.atLeast != level.atLeast || earlier.floors != level.floors {
        lines.append("level changed: \(say(earlier)) → \(say(level))")
      }
    }
    for level in old.levels where after[level.code] == nil { lines.append("level dropped: \(say(level))") }
    if old.pass != new.pass {
      lines.append("pass mark: \(old.pass?.description ?? "none") → \(new.pass?.description ?? "none")")
    }
    if old.policy != new.policy { lines.append("policy changed") }
    if old.total != new.total { lines.append("the total is computed in another way") }
    if old.title != new.title { lines.append("the rubric's title is re-worded") }
    func names<Owner>(_ what: String, _ before: [Named<Owner>], _ after: [Named<Owner>]) {
      if Set(before) != Set(after) { lines.append("\(what) changed") }
    }
    names("kinds of office", old.kinds, new.kinds)
    names("conditions", old.conditions, new.conditions)
    names("groups", old.groups, new.groups)
    names("periods", old.periods, new.periods)
    names("rounds", old.rounds, new.rounds)
    return lines
  }
}

/// A node as a comparison of editions sees it.
private struct Entry {
  let order: Int
  let line: Rubric.OutlineLine
  let parent: Key?
  let rule: Rule?
  let method: Instrument.Method?
  /// Keys of everything counted below.
  let below: Set<Key>

  static func entries(of rubric: Rubric) -> [Key: Entry] {
    var entries: [Key: Entry] = [:]
    var rules: [Key: (Rule, Instrument.Method?)] = [:]
    func note(_ parts: Parts) {
      guard case .indicators(let indicators) = parts else { return }
      for indicator in indicators {
        rules[indicator.key] = (indicator.rule, nil)
        note(indicator.parts)
      }
    }
    for instrument in rubric.instruments {
      rules[instrument.key] = (instrument.rule, instrument.method)
      note(instrument.parts)
    }
    let lines = rubric.outline
    var path: [Key] = []
    for (order, line) in lines.enumerated() {
      path = Array(path.prefix(line.depth))
      let below = lines[(order + 1)...].prefix { $0.depth > line.depth }
      entries[line.heading.key] = Entry(
        order: order, line: line, parent: path.last, rule: rules[line.heading.key]?.0,
        method: rules[line.heading.key]?.1,
        below: Set(below.filter(isCounted).map(\.heading.key)))
      path.append(line.heading.key)
    }
    return entries
  }

  /// Neither a pilot nor room for words, which are worth no points.
  private static func isCounted(_ line: Rubric.OutlineLine) -> Bool {
    let isText = line.item.map { $0.form == .text && $0.subItems.isEmpty } ?? false
    return !isText && !line.heading.isPilot
  }

  func change(_ changes: [RubricDiff.Change], isComparable: Bool) -> RubricDiff.NodeChange {
    RubricDiff.NodeChange(
      key: line.heading.key, code: line.heading.code, title: line.heading.title, isItem: line.item != nil,
      changes: changes, isComparable: isComparable)
  }

  func isComparable(with earlier: Entry) -> Bool {
    answering == earlier.answering && elements == earlier.elements
      && (line.item?.was ?? []) == (earlier.line.item?.was ?? [])
  }

  /// Codes, points and polarity of everything that can be answered, wordings apart.
  var answering: [[String]] {
    guard let item = line.item else { return [] }
    return ([("", item.form)] + item.subItems.map { ($0.code.text, $0.form) }).map { code, form in
      [code, item.worth?.description ?? ""] + form.signature
    }
  }

  /// Elements and the period of each.
  var elements: [Key: String] {
    Dictionary((line.item?.elements ?? []).map { ($0.key, $0.period?.text ?? "") }) { a, _ in a }
  }

  var wordings: [Words] {
    guard let item = line.item else { return [line.heading.title] }
    let options = ([item.form] + item.subItems.map(\.form)).flatMap { $0.options.map(\.title) }
    return [item.title] + [item.guidance, item.remedy].compactMap { $0 } + item.subItems.map(\.title)
      + item.elements.sorted { $0.key < $1.key }.map(\.title) + options
  }

  var terms: [String] {
    let applies = line.heading.applies
    return [
      "\(line.heading.isPilot)", applies.only.map(\.text).sorted().joined(separator: " "),
      applies.except.map(\.text).sorted().joined(separator: " "), applies.unless?.text ?? "",
      (line.item?.due ?? []).map(\.text).sorted().joined(separator: " "),
      line.item.map { "\($0.needsPublicLink)" } ?? "",
      line.heading.rounding.map { "\($0.places) \($0.mode.rawValue)" } ?? "",
    ]
  }

  /// The lead group, then those that contribute.
  var groups: [String] {
    guard let item = line.item else { return [] }
    return [item.group?.text ?? ""] + item.contributing.map(\.text).sorted()
  }
}

extension Form {
  /// What decides whether two answers mean the same points.
  fileprivate var signature: [String] {
    switch self {
    case .scale, .stars: options.map { "\($0.code)=\($0.points?.description ?? "-")" }
    case .checklist(let checklist): ["checklist \(checklist.rawValue)"]
    case .band(let least, let most, let step): ["band \(least) \(most) \(step)"]
    case .count(let table): ["count \(table)"]
    case .text: ["text"]
    }
  }
}

/// One edition's complete criteria: what is asked, how answers become points and points a level. Read from a YAML
/// file (`docs/rubrics.md`); nothing in Swift knows a weight, a code or a level of any framework.
public final class Rubric: Hashable, Sendable {
  /// Short name, such as `ita-2567`.
  public let code: Code<Rubric>
  public let edition: String
  public let year: FiscalYear
  public let title: Words
  public let provenance: Provenance?
  public let kinds: [Named<OfficeKind>]
  public let conditions: [Named<Condition>]
  public let groups: [Named<Group>]
  public let periods: [Named<Period>]
  public let rounds: [Named<Round>]
  /// Elements that several items share.
  public let elements: [Element]
  public let scales: [Scale]
  public let policy: Policy
  public let instruments: [Instrument]
  /// How the instruments become the total.
  public let total: Rule
  /// The pass mark of the total, where there is one.
  public let pass: Points?
  /// Highest first.
  public let levels: [Level]
  public let cases: [Case]

  /// What a questionnaire asks, by the instrument's code, in the order of the rubric.
  let questionLists: [Code<Node>: [Question]]
  /// The place of an item's first question in its instrument's list.
  let firstQuestion: [Code<Node>: Int]
  /// The same with nothing standing for what is missing; nil where nothing does here.
  private let patient: Rubric?
  /// Items that do not count, or something above them does not.
  public let pilots: Set<Code<Node>>

  public init(
    code: Code<Rubric>, edition: String, year: FiscalYear, title: Words, provenance: Provenance? = nil,
    kinds: [Named<OfficeKind>] = [], conditions: [Named<Condition>] = [], groups: [Named<Group>] = [],
    periods: [Named<Period>] = [], rounds: [Named<Round>] = [], elements: [Element] = [],
    scales: [Scale] = [], policy: Policy = Policy(), instruments: [Instrument], total: Rule = Rule(),
    pass: Points? = nil, levels: [Level] = [], cases: [Case] = []
  ) {
    self.code = code
    self.edition = edition
    self.year = year
    self.title = title
    self.provenance = provenance
    self.kinds = kinds
    self.conditions = conditions
    self.groups = groups
    self.periods = periods
    self.rounds = rounds
    self.elements = elements
    self.scales = scales
    self.policy = policy
    self.instruments = instruments
    self.total = total
    self.pass = pass
    self.levels = levels
    self.cases = cases
    (questionLists, firstQuestion) = Question.lists(of: instruments)
    pilots = Set(instruments.flatMap { $0.parts.pilots(isPilot: $0.heading.isPilot) })
    let waiting = Policy(
      smallestCount: policy.smallestCount, rounding: policy.rounding, ranksExactly: policy.ranksExactly)
    patient =
      policy == waiting
      ? nil
      : Rubric(
        code: code, edition: edition, year: year, title: title, provenance: provenance, kinds: kinds,
        conditions: conditions, groups: groups, periods: periods, rounds: rounds, elements: elements,
        scales: scales, policy: waiting, instruments: instruments, total: total, pass: pass, levels: levels,
        cases: cases)
  }

  /// The same with nothing standing for what is missing, as long as it may still come.
  public var waiting: Rubric { patient ?? self }

  public static func == (a: Rubric, b: Rubric) -> Bool {
    a === b
      || a.code == b.code && a.edition == b.edition && a.year == b.year && a.title == b.title
        && a.provenance == b.provenance && a.kinds == b.kinds && a.conditions == b.conditions
        && a.groups == b.groups && a.periods == b.periods && a.rounds == b.rounds && a.elements == b.elements
        && a.scales == b.scales && a.policy == b.policy && a.instruments == b.instruments
        && a.total == b.total && a.pass == b.pass && a.levels == b.levels && a.cases == b.cases
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(edition)
    hasher.combine(year)
  }

  /// What a questionnaire asks, one entry an item or sub-item that carries points; empty for a disclosure.
  public func questions(of instrument: Code<Node>) -> [Question] { questionLists[instrument] ?? [] }

  public func instrument(_ code: Code<Node>) -> Instrument? { instruments.first { $0.code == code } }

  /// Every item of the outline with the instrument it belongs to, in order; deductions not among them.
  public var items: [(instrument: Instrument, item: Item)] {
    instruments.flatMap { instrument in instrument.parts.items.map { (instrument, $0) } }
  }

  /// Whether the score of an office may depend on its kind.
  public var dependsOnKind: Bool {
    func depends(_ heading: Heading) -> Bool { heading.applies.dependsOnKind }
    func depends(_ parts: Parts) -> Bool {
      switch parts {
      case .items(let items): items.contains { depends($0.heading) }
      case .indicators(let all): all.contains { depends($0.heading) || depends($0.parts) }
      }
    }
    return instruments.contains { depends($0.heading) || depends($0.parts) }
  }
}

extension Parts {
  fileprivate func pilots(isPilot: Bool) -> [Code<Node>] {
    switch self {
    case .items(let items): items.filter { isPilot || $0.heading.isPilot }.map(\.code)
    case .indicators(let all): all.flatMap { $0.parts.pilots(isPilot: isPilot || $0.heading.isPilot) }
    }
  }
}

/// What kind of body an office is; a name only, the rubric lists them.
public enum OfficeKind {}
/// A fact an office may state that makes items not applicable.
public enum Condition {}
/// A working group of an office that owns disclosures.
public enum Group {}
/// A span of time that an element must cover.
public enum Period {}
/// A round of the year in which items may be due.
public enum Round {}

/// What is assessed: an area office, a school, an agency.
public struct Office: Hashable, Sendable {
  public let code: Code<Office>
  public let name: Words
  public let kind: Code<OfficeKind>?
  public let parent: Code<Office>?
  /// One or more; a secondary area office may cover several.
  public let provinces: [Words]
  /// The part of the country it lies in (ภาค), where that is told.
  public let region: Words?
  /// It exists from this day, where that is known, up to but not including the other.
  public let from: Day?
  public let until: Day?
  /// What it became when it ended.
  public let successor: Code<Office>?
  /// People a questionnaire may ask, by instrument; what a minimum sample is reckoned from.
  public let stakeholders: [Code<Node>: Int]
  /// Facts it states that make items not applicable.
  public let conditions: Set<Code<Condition>>

  public init(
    code: Code<Office>, name: Words, kind: Code<OfficeKind>? = nil, parent: Code<Office>? = nil,
    provinces: [Words] = [], region: Words? = nil, from: Day? = nil, until: Day? = nil,
    successor: Code<Office>? = nil,
    stakeholders: [Code<Node>: Int] = [:], conditions: Set<Code<Condition>> = []
  ) {
    self.code = code
    self.name = name
    self.kind = kind
    self.parent = parent
    self.provinces = provinces
    self.region = region
    self.from = from
    self.until = until
    self.successor = successor
    self.stakeholders = stakeholders
    self.conditions = conditions
  }

  /// Whether it exists on some day of a fiscal year.
  public func exists(in year: FiscalYear) -> Bool {
    if let from, let last = year.lastDay, from > last { return false }
    if let until, let first = year.firstDay, until <= first { return false }
    return true
  }
}

/// A role somebody holds, where and from when to when.
public struct Grant: Hashable, Sendable {
  public let role: Role
  public let scope: Scope
  /// Of an officer or a group head: only this group's disclosures; nil for all of the office's.
  public let group: Code<Group>?
  public let from: Day
  /// Up to but not including this day.
  public let until: Day?
  /// Of somebody who acts for the head of an office.
  public let acting: Acting?

  public init(
    _ role: Role, for scope: Scope, group: Code<Group>? = nil, from: Day, until: Day? = nil,
    acting: Acting? = nil
  ) {
    self.role = role
    self.scope = scope
    self.group = group
    self.from = from
    self.until = until
    self.acting = acting
  }

  public enum Scope: Hashable, Sendable {
    case everywhere
    /// One office or several; not what is below them.
    case offices(Set<Code<Office>>)

    func reaches(_ office: Code<Office>?) -> Bool {
      switch self {
      case .everywhere: true
      case .offices(let offices): office.map(offices.contains) ?? false
      }
    }
  }

  /// Whether it holds on a day.
  public func holds(on day: Day) -> Bool { from <= day && until.map { day < $0 } ?? true }

  /// Whether both hold on some day.
  func overlaps(_ other: Grant) -> Bool {
    [until, other.until].compactMap { $0 }.allSatisfy { max(from, other.from) < $0 }
  }
}

/// In what capacity somebody signs for a head, and by which order.
public struct Acting: Hashable, Sendable {
  public let capacity: Capacity
  /// As the order is numbered: `ที่ 123/2569`.
  public let order: String
  public let date: Day

  public init(_ capacity: Capacity, order: String, date: Day) {
    self.capacity = capacity
    self.order = order
    self.date = date
  }

  public enum Capacity: String, Hashable, Sendable, CaseIterable {
    /// The post is vacant.
    case inPlaceOf = "in_place_of"
    /// The head is there and cannot serve.
    case onBehalfOf = "on_behalf_of"

    public var title: Words {
      switch self {
      case .inPlaceOf: Words(thai: "รักษาราชการแทน", english: "acting for")
      case .onBehalfOf: Words(thai: "ปฏิบัติราชการแทน", english: "performing duties on behalf of")
      }
    }
  }
}

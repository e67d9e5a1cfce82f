/// Somebody who works with the platform: what the permission room has to know.
public struct Person: Hashable, Sendable {
  public let id: ID<Person>
  public let name: String
  /// No longer allowed in.
  public let isClosed: Bool
  public let postings: [Posting]
  public let grants: [Grant]
  /// Offices they have declared a conflict of interest with.
  public let declared: Set<Code<Office>>

  public init(
    id: ID<Person>, name: String, isClosed: Bool = false, postings: [Posting] = [], grants: [Grant] = [],
    declared: Set<Code<Office>> = []
  ) {
    self.id = id
    self.name = name
    self.isClosed = isClosed
    self.postings = postings
    self.grants = grants
    self.declared = declared
  }

  /// Roles held for an office on a day; `nil` asks for roles held everywhere.
  public func roles(for office: Code<Office>?, on day: Day) -> Set<Role> {
    guard !isClosed else { return [] }
    return Set(grants.filter { $0.holds(on: day) && $0.scope.reaches(office) }.map(\.role))
  }

  /// Whether they hold the role anywhere on a day.
  public func holds(_ role: Role, on day: Day) -> Bool {
    !isClosed && grants.contains { $0.role == role && $0.holds(on: day) }
  }

  /// Whether what they may do on a day asks for more than a password: judging, deciding, or keeping the whole.
  public func needsSecondFactor(on day: Day) -> Bool {
    let roles: [Role] = [.assessor, .leadAssessor, .committee, .administrator]
    return roles.contains { holds($0, on: day) }
  }

  /// The grant by which they act in a role for an office; one that is not acting comes first.
  public func grant(_ role: Role, for office: Code<Office>?, on day: Day) -> Grant? {
    guard !isClosed else { return nil }
    let fitting = grants.filter { $0.role == role && $0.holds(on: day) && $0.scope.reaches(office) }
    return fitting.first { $0.acting == nil } ?? fitting.first
  }

  /// Whether they hold the role for an office in a way that reaches one of these groups. A grant without a group, and
  /// a disclosure without one, fit everything.
  func holds(_ role: Role, for office: Code<Office>?, in groups: Set<Code<Group>>, on day: Day) -> Bool {
    !isClosed
      && grants.contains { grant in
        grant.role == role && grant.holds(on: day) && grant.scope.reaches(office)
          && (groups.isEmpty || grant.group.map(groups.contains) ?? true)
      }
  }

  /// What ties them to an office: employed or hosted there, above or below it, now or within three years; or declared.
  ///
  /// - Parameter lineage: the office and all above it.
  public func conflict(with lineage: [Code<Office>], on day: Day) -> Conflict? {
    guard let office = lineage.first else { return nil }
    if declared.contains(office) { return .declared }
    let since =
      [day.day, 28].lazy.compactMap { Day(year: day.year - 3, month: day.month, day: $0) }.first ?? day
    let ties = postings.filter { posting in
      posting.from <= day && posting.until.map { since < $0 } ?? true
        && (lineage.contains(posting.office) || posting.lineage.contains(office))
    }
    if let present = ties.first(where: { $0.until.map { day < $0 } ?? true }) {
      return .present(present.kind)
    }
    return ties.first.map { .past($0.kind) }
  }
}

/// Where somebody is employed, or serves without being employed there.
public struct Posting: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case employing, hosting
  }

  public let office: Code<Office>
  /// The office and all above it.
  public let lineage: [Code<Office>]
  public let kind: Kind
  public let from: Day
  /// Up to but not including this day.
  public let until: Day?

  public init(
    _ kind: Kind, at office: Code<Office>, lineage: [Code<Office>]? = nil, from: Day, until: Day? = nil
  ) {
    self.kind = kind
    self.office = office
    self.lineage = lineage ?? [office]
    self.from = from
    self.until = until
  }
}

/// What keeps somebody from judging an office.
public enum Conflict: Hashable, Sendable {
  case declared
  case present(Posting.Kind)
  case past(Posting.Kind)
}

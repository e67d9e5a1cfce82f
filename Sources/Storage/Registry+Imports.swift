import GRDB
public import Integrity

/// Tables as they are taken in over the site: looked at first, and then exactly as they were looked at.
extension Registry {
  /// A table of things to be kept, as it was read.
  public enum Import: Sendable {
    case offices([Office])
    case groups([GroupEntry])
    case people([PersonEntry])
    /// Figures assessed elsewhere, for a cycle.
    case given([Code<Office>: [Code<Node>: Given]], Code<Cycle>)
    /// Figures published for an earlier year.
    case earlier([Code<Office>: [Code<Node>: Given]], FiscalYear)
  }

  /// What a table would change, and what of it the registry does not take.
  public struct Rehearsal: Sendable {
    public let changes: Changes
    public let obstacles: [Obstacle]
  }

  /// Why the registry does not take one entry of a table.
  public struct Obstacle: Sendable {
    /// Of the office or the person.
    public let code: String
    public let words: Words
  }

  /// Looks at what a table would change. Nothing is written.
  ///
  /// - Parameter progress: told how many entries are done.
  public func rehearse(
    _ table: Import, by signer: Signer, at now: Moment, _ progress: (Int) throws -> Void = { _ in }
  ) throws -> Rehearsal {
    try reading(signer, at: now) { desk in
      if case .people(let people) = table { return try desk.rehearse(people, progress) }
      do {
        return Rehearsal(changes: try desk.take(table, isDryRun: true, progress), obstacles: [])
      } catch let problem as StorageProblem {
        return Rehearsal(changes: Changes(), obstacles: [Obstacle(code: "", problem)])
      }
    }
  }

  /// Takes a table in as it was looked at.
  ///
  /// - Parameter expected: what looking at it said it would change.
  /// - Throws: `StorageProblem.changed`, with nothing taken in, where it would change something else by now.
  public func take(
    _ table: Import, expecting expected: Changes, by signer: Signer, at now: Moment,
    _ progress: (Int) throws -> Void = { _ in }
  ) throws {
    try write(signer, at: now) { desk in
      guard try desk.take(table, isDryRun: false, progress) == expected else {
        throw StorageProblem.changed(
          "somebody has changed the registry since the table was looked at; nothing was taken in, look at it once more",
          thai: "มีผู้แก้ไขข้อมูลหลังจากที่ท่านตรวจตารางนี้ ระบบยังไม่ได้นำเข้าข้อมูลใด โปรดตรวจอีกครั้ง")
      }
    }
  }
}

extension Registry.Obstacle {
  init(code: String, _ problem: StorageProblem) {
    self.code = code
    words = Words(thai: problem.said(in: .thai), english: problem.said(in: .english))
  }

  init(code: String, _ refusal: Refusal) {
    self.code = code
    words = Words(thai: refusal.said(in: .thai), english: refusal.said(in: .english))
  }
}

extension Desk {
  fileprivate func take(
    _ table: Registry.Import, isDryRun: Bool, _ progress: (Int) throws -> Void
  ) throws -> Changes {
    switch table {
    case .offices(let offices): try keep(offices: offices, isDryRun: isDryRun)
    case .groups(let groups): try keep(groups: groups, isDryRun: isDryRun)
    case .people(let people): try keep(people: people, isDryRun: isDryRun, progress)
    case .given(let figures, let cycle): try enter(given: figures, in: cycle, isDryRun: isDryRun)
    case .earlier(let figures, let year): try enter(earlier: figures, of: year, isDryRun: isDryRun)
    }
  }

  /// Goes on where somebody is refused, so that everybody who would be is named.
  fileprivate func rehearse(
    _ people: [PersonEntry], _ progress: (Int) throws -> Void
  ) throws -> Registry.Rehearsal {
    var changes = Changes()
    var obstacles: [Registry.Obstacle] = []
    for (number, entry) in people.enumerated() {
      do {
        try allowKeeping(entry)
        try allowGrants(entry)
        changes.note(try put(entry, isDryRun: true), entry.code.text)
      } catch let refusal as Refusal {
        obstacles.append(Registry.Obstacle(code: entry.code.text, refusal))
      } catch let problem as StorageProblem {
        obstacles.append(Registry.Obstacle(code: entry.code.text, problem))
      }
      try progress(number + 1)
    }
    return Registry.Rehearsal(changes: changes, obstacles: obstacles)
  }

  /// The roles of an entry one after another, as they would be given: two new ones may conflict with each other.
  private func allowGrants(_ entry: PersonEntry) throws {
    let known = try db.integer("SELECT id FROM person WHERE code = ?", entry.code.text)
    var subject = try known.map(db.person) ?? Person(id: ID(0), name: entry.name)
    for grant in entry.grants where !subject.grants.contains(grant) {
      try allow(.grantRole, Matter(subject: subject, grant: grant))
      subject = Person(
        id: subject.id, name: subject.name, isClosed: subject.isClosed, postings: subject.postings,
        grants: subject.grants + [grant], declared: subject.declared)
    }
  }
}

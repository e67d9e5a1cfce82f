import Documents
import Integrity
import Reports
import Storage

/// A table that an administrator hands over: for what, and how it is read.
struct TableImport: Hashable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case offices, groups, people, given, earlier
  }

  let kind: Kind
  /// Which rubric names kinds and conditions of offices: a cycle's, or a shipped one's.
  var rubric: RubricChoice?
  /// For figures: whose rubric names the nodes, and where given figures go.
  var cycle: Code<Cycle>?
  /// For earlier figures.
  var year: FiscalYear?

  enum RubricChoice: Hashable, Sendable {
    case cycle(Code<Cycle>)
    case shipped(String)

    init?(_ text: String) {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      switch (parts.first, parts.dropFirst().first) {
      case ("cycle"?, let code?): self = .cycle(Code(code))
      case ("shipped"?, let name?): self = .shipped(name)
      default: return nil
      }
    }

    var text: String {
      switch self {
      case .cycle(let code): "cycle \(code)"
      case .shipped(let name): "shipped \(name)"
      }
    }
  }

  /// Entries as the registry takes them, with the lines they stand on.
  struct Entries: Sendable {
    let table: Registry.Import
    let count: Int
    /// By the code of the office or the person.
    var lines: [String: Int] = [:]
  }

  /// Reads a table against what the registry has.
  ///
  /// - Throws: `Complaints`: every bad row.
  func read(_ file: Intake.File, _ registry: Registry, _ shipped: ShippedRubrics, at now: Moment) throws
    -> Entries
  {
    switch kind {
    case .offices:
      let known = Set(try registry.offices().map(\.code))
      let read = try OfficesFile(file, rubric: try named(registry, shipped), known: known)
      return Entries(
        table: .offices(read.offices), count: read.offices.count, lines: TableImport.texts(read.lines))
    case .groups:
      let groups = try GroupsFile(file, offices: Set(try registry.offices().map(\.code))).groups
      return Entries(table: .groups(groups), count: groups.count)
    case .people:
      let read = try PeopleFile(
        file, groups: try registry.groupCodes(), offices: Set(try registry.offices().map(\.code)),
        asOf: now.day)
      return Entries(
        table: .people(read.people), count: read.people.count, lines: TableImport.texts(read.lines))
    case .given, .earlier:
      guard let cycle else { throw Problem.notFound }
      let figures = try Intake.figures(
        file, rubric: try registry.rubric(of: cycle), offices: Set(try registry.offices().map(\.code)))
      let count = figures.values.reduce(0) { $0 + $1.count }
      if kind == .given { return Entries(table: .given(figures, cycle), count: count) }
      guard let year else { throw Problem.notFound }
      return Entries(table: .earlier(figures, year), count: count)
    }
  }

  private func named(_ registry: Registry, _ shipped: ShippedRubrics) throws -> Rubric {
    switch rubric {
    case .cycle(let code)?: return try registry.rubric(of: code)
    case .shipped(let name)?:
      guard let rubric = shipped[name]?.file.rubric else { throw Problem.notFound }
      return rubric
    case nil: throw Problem.notFound
    }
  }

  private static func texts<Owner>(_ lines: [Code<Owner>: Int]) -> [String: Int] {
    Dictionary(lines.map { ($0.key.text, $0.value) }) { a, _ in a }
  }

  // Looking at it.

  /// What a table would change, or everything that is wrong with it.
  func look(
    at file: Intake.File, _ registry: Registry, _ shipped: ShippedRubrics, by signer: Signer, at now: Moment,
    _ progress: Errands.Progress
  ) throws -> LookedAt.Finding {
    let entries: Entries
    do {
      entries = try read(file, registry, shipped, at: now)
    } catch let complaints as Complaints {
      let header = Table.header(of: file.bytes)
      return .faults(TableFaults(order: self, faults: complaints.all.map { TableFault($0, header) }))
    }
    let rehearsal = try registry.rehearse(entries.table, by: signer, at: now) { done in
      if done.isMultiple(of: 100) { progress(done, entries.count) }
    }
    guard rehearsal.obstacles.isEmpty else {
      return .faults(
        TableFaults(
          order: self,
          faults: rehearsal.obstacles.map { obstacle in
            TableFault(
              line: entries.lines[obstacle.code], column: nil, columnName: "", code: obstacle.code,
              problem: obstacle.words, remedy: nil)
          }))
    }
    return .table(TableLook(order: self, count: entries.count, changes: rehearsal.changes))
  }
}

/// A table without a fault, and what it would change.
struct TableLook: Sendable {
  let order: TableImport
  let count: Int
  let changes: Changes
}

/// What keeps a table from being taken in.
struct TableFaults: Sendable {
  let order: TableImport
  let faults: [TableFault]
}

struct TableFault: Sendable {
  let line: Int?
  let column: Int?
  /// As the table's first row has it.
  let columnName: String
  /// Of the office or the person, where the fault is with the entry.
  var code = ""
  let problem: Words
  let remedy: Words?
}

extension TableFault {
  /// - Parameter header: the titles of the table's columns.
  init(_ complaint: Complaint, _ header: [String]) {
    let (line, column) = (complaint.place.line, complaint.place.column)
    self.init(
      line: line, column: column,
      columnName: header.indices.contains(column - 1) ? header[column - 1] : "",
      problem: Words(thai: complaint.thai?.problem ?? complaint.problem, english: complaint.problem),
      remedy: Words(thai: complaint.thai?.remedy ?? complaint.remedy, english: complaint.remedy))
  }
}

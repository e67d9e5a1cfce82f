public import Integrity

/// People and what they may do, read from a table of one row a person, or one row a role where somebody has several:
/// `person, name, post, email, phone, national_id, office, hosting, from, until, role, group, scope, acting, order,
/// order_date`.
public struct PeopleFile: Sendable {
  /// In the order in which the file first names them.
  public let people: [PersonEntry]
  /// The line on which the file first names each.
  public let lines: [Code<Person>: Int]

  /// Reads a table of people. No complaint ever shows a national ID, nor anything else that may be one.
  ///
  /// - Parameters:
  ///   - groups: known groups of offices; empty where any code will do.
  ///   - offices: known offices; empty where any code will do.
  ///   - day: from when a row holds that does not say so.
  /// - Throws: `Complaints`: every bad row.
  public init(
    _ file: Intake.File, groups: Set<Code<Group>> = [], offices: Set<Code<Office>> = [], asOf day: Day
  ) throws(Complaints) {
    do {
      let table = try Table(bytes: file.bytes, file: file.name)
      let sheet = Sheet(table, columns: RosterRow.columns, faults: Faults())
      (people, lines) = try Roster(
        sheet: sheet, rows: RosterRow.Reader(groups: groups, offices: offices, day: day)
      ).read()
    } catch {
      throw Complaints(
        error.all.map {
          Complaint($0.place, $0.problem.withoutLongNumbers, $0.remedy.withoutLongNumbers)
        })
    }
  }
}

/// Puts the rows of one person together.
private struct Roster {
  let sheet: Sheet
  let rows: RosterRow.Reader

  /// What the rows of one person have said so far.
  private struct Gathered {
    let first: Table.Row
    /// By column, with the line that says it.
    var details: [String: (text: String, line: Int)] = [:]
    var nationalID: NationalID?
    var postings: [PostingEntry] = []
    var grants: [(grant: Grant, line: Int)] = []
  }

  func read() throws(Complaints) -> (people: [PersonEntry], lines: [Code<Person>: Int]) {
    var order: [Code<Person>] = []
    var people: [Code<Person>: Gathered] = [:]
    var holders: [NationalID: (person: Code<Person>, line: Int)] = [:]
    for line in sheet.table.rows {
      let row = rows.read(line, sheet)
      guard let code = row.person else { continue }
      if people[code] == nil { order.append(code) }
      var person = people[code] ?? Gathered(first: line)
      add(row, of: code, to: &person)
      people[code] = person
      guard let id = row.nationalID else { continue }
      if let holder = holders[id], holder.person != code {
        sheet.fault(
          line, "national_id", "'\(code)' has the national ID of '\(holder.person)' in row \(holder.line)",
          "give one person one user name")
      } else {
        holders[id] = (code, line.line)
      }
    }
    for code in order {
      if let person = people[code], person.details["name"] == nil {
        _ = sheet.required(person.first, "name")
      }
    }
    try sheet.faults.throwIfAny()
    return (
      order.compactMap { code in people[code].map { entry(code, $0) } }, people.mapValues(\.first.line)
    )
  }

  private func add(_ row: RosterRow, of code: Code<Person>, to person: inout Gathered) {
    var addsNothing = person.first.line != row.line.line && row.grant == nil
    for (column, text) in row.details where !text.isEmpty {
      if let known = person.details[column] {
        guard known.text != text else { continue }
        sheet.fault(
          row.line, column, "the '\(column)' of '\(code)' is not that of row \(known.line)",
          "write it in one of the rows, or the same in both")
      } else {
        person.details[column] = (text, row.line.line)
      }
      addsNothing = false
    }
    person.nationalID = person.nationalID ?? row.nationalID
    for posting in row.postings where !person.postings.contains(posting) {
      person.postings.append(posting)
      addsNothing = false
    }
    if addsNothing, row.isSound {
      sheet.fault(
        row.line, "person", "'\(code)' stands twice, also in row \(person.first.line)",
        "keep one of the rows, or name a role in each")
    }
    guard let grant = row.grant else { return }
    if let same = person.grants.first(where: { $0.grant == grant }) {
      sheet.fault(
        row.line, "role", "'\(code)' has this role twice, also in row \(same.line)", "keep one of the rows")
    }
    let other = person.grants.first { $0.grant.role.conflicts(with: grant.role) && $0.grant.overlaps(grant) }
    if let other {
      sheet.fault(
        row.line, "role",
        "'\(code)' cannot be \(grant.role.rawValue) and, in row \(other.line), \(other.grant.role.rawValue)",
        "give one of the roles to somebody else, or another time")
    }
    person.grants.append((grant, row.line.line))
  }

  private func entry(_ code: Code<Person>, _ person: Gathered) -> PersonEntry {
    func detail(_ column: String) -> String { person.details[column]?.text ?? "" }
    return PersonEntry(
      code: code, name: detail("name"), post: detail("post"), email: detail("email"), phone: detail("phone"),
      nationalID: person.nationalID, postings: PostingEntry.joined(person.postings),
      grants: person.grants.map(\.grant))
  }
}

extension Grant {
  fileprivate func overlaps(_ other: Grant) -> Bool {
    (other.until.map { from < $0 } ?? true) && (until.map { other.from < $0 } ?? true)
  }
}

extension PostingEntry {
  private var place: (Int, Int, String) { (from.number, kind == .employing ? 0 : 1, office.text) }

  /// The same days with one entry where several rows say that somebody serves at an office.
  fileprivate static func joined(_ postings: [PostingEntry]) -> [PostingEntry] {
    var joined: [PostingEntry] = []
    for posting in postings.sorted(by: { $0.place < $1.place }) {
      let before = joined.lastIndex { other in
        other.kind == posting.kind && other.office == posting.office
          && other.until.map { posting.from <= $0 } ?? true
      }
      guard let before else {
        joined.append(posting)
        continue
      }
      let last = joined[before].until.flatMap { end in posting.until.map { max(end, $0) } }
      joined[before] = PostingEntry(
        posting.kind, at: posting.office, from: joined[before].from, until: last)
    }
    return joined
  }
}

extension String {
  /// With every number blotted out that is as long as a national ID, or as one with a digit or two lost.
  var withoutLongNumbers: String {
    blotted(joining: "-") { $0 >= 11 }.blotted(joining: "- ") { $0 == 13 }
  }

  private func blotted(joining joints: String, where isLong: (Int) -> Bool) -> String {
    var text = ""
    var run = ""
    func flush() {
      text += isLong(run.count(where: \.isWholeNumber)) ? "…" : run
      run = ""
    }
    for character in self {
      if character.isWholeNumber || !run.isEmpty && joints.contains(character) {
        run.append(character)
      } else {
        flush()
        text.append(character)
      }
    }
    flush()
    return text
  }
}

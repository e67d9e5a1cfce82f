public import Integrity

/// Everything a person hands over about offices, read against a rubric into assessments. Nothing is half read: one bad
/// row anywhere, and all of them are named and nothing comes in.
public struct Intake: Sendable {
  public let offices: [Office]
  public let assessments: [Assessment]
  /// What was left out on purpose, for whoever reads along.
  public let notes: [String]

  /// A file's content and the name it is called by in complaints.
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  public struct Inputs: Sendable {
    public var offices: File?
    public var marks: [File] = []
    public var responses: [Responses] = []
    public var given: [File] = []
    /// Two columns: a column's title in a file of answers, and the code of its question.
    public var mapping: File?
    /// Whose rows they are where a file has no column `office`.
    public var office: Code<Office>?
    public var round: Code<Round>?
    public var year: FiscalYear?

    public init() {}

    public struct Responses: Sendable {
      /// Of the instrument, and of its part, in any case.
      public let instrument: String
      public let part: String?
      public let file: File

      public init(instrument: String, part: String?, file: File) {
        self.instrument = instrument
        self.part = part
        self.file = file
      }
    }
  }

  public init(_ inputs: Inputs, rubric: Rubric) throws(Complaints) {
    let reader = IntakeReader(inputs: inputs, rubric: rubric)
    reader.read()
    if !reader.complaints.isEmpty { throw Complaints(reader.complaints) }
    offices = reader.offices
    assessments = reader.assessments()
    notes = reader.notes
  }
}

extension Intake {
  /// A table of given figures by itself: `office, node, figure, source`.
  ///
  /// - Parameter offices: known offices; empty where any code will do.
  public static func figures(
    _ file: File, rubric: Rubric, offices: Set<Code<Office>> = []
  ) throws(Complaints) -> [Code<Office>: [Code<Node>: Given]] {
    let table = try Table(bytes: file.bytes, file: file.name)
    return try GivenFiguresReader(rubric: rubric, offices: offices, onlyOffice: nil).read(table)
  }
}

private final class IntakeReader {
  let inputs: Intake.Inputs
  let rubric: Rubric
  var complaints: [Complaint] = []
  var notes: [String] = []
  var offices: [Office] = []

  private var findings: [Code<Office>: [Code<Node>: Finding]] = [:]
  private var tallies: [Code<Office>: [Collected: Tally]] = [:]
  private var given: [Code<Office>: [Code<Node>: Given]] = [:]
  private var known: Set<Code<Office>> = []
  /// Where each office stands in the table of offices.
  private var lines: [Code<Office>: Int] = [:]

  init(inputs: Intake.Inputs, rubric: Rubric) {
    self.inputs = inputs
    self.rubric = rubric
  }

  func read() {
    readOffices()
    if let round = inputs.round, !rubric.rounds.contains(where: { $0.code == round }) {
      complaints.append(
        Complaint(
          Place(file: "--round"), "'\(round)' is not a round of \(rubric.code)",
          Spelling.suggestion(for: round.text, among: rubric.rounds.map(\.code.text))))
    }
    for file in inputs.marks { readMarks(file) }
    for file in inputs.given { readGiven(file) }
    for responses in inputs.responses { readResponses(responses) }
    addUnlisted()
    requireKinds()
  }

  /// Keeps the complaints of one file and goes on with the others.
  private func collect<Value>(_ body: () throws(Complaints) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      complaints += error.all
      return nil
    }
  }

  private func table(_ file: Intake.File) throws(Complaints) -> Table {
    try Table(bytes: file.bytes, file: file.name)
  }

  private func readOffices() {
    guard let file = inputs.offices else { return }
    guard let read = collect({ () throws(Complaints) in try OfficesReader(rubric: rubric).read(table(file)) })
    else { return }
    offices = read.offices
    lines = read.lines
    known = Set(offices.map(\.code))
    if let office = inputs.office, !known.isEmpty, !known.contains(office) {
      complaints.append(
        Complaint(
          Place(file: "--office"), "there is no office '\(office)' in \(file.name)",
          Spelling.suggestion(for: office.text, among: known.map(\.text))))
    }
  }

  /// Whose a row without a column `office` is: the one asked for, or the only one that any file names; nil where several
  /// are named, so that a row must say which.
  private lazy var unnamed: Code<Office>? = {
    if let office = inputs.office { return office }
    let files = inputs.marks + inputs.given + inputs.responses.map(\.file)
    let named = files.reduce(into: known) { $0.formUnion(officesNamed(in: $1)) }
    return named.count > 1 ? nil : named.first ?? "office"
  }()

  private func officesNamed(in file: Intake.File) -> Set<Code<Office>> {
    guard let table = try? table(file) else { return [] }
    guard let column = table.header.firstIndex(where: { OfficeColumn.names.contains($0.folded) }) else {
      return []
    }
    return Set(table.rows.map { $0.cells[column].trimmed }.filter { !$0.isEmpty }.map { Code($0) })
  }

  private func readMarks(_ file: Intake.File) {
    let reader = MarksReader(rubric: rubric, offices: known, onlyOffice: unnamed)
    guard let read = collect({ () throws(Complaints) in try reader.read(table(file)) }) else { return }
    for (office, items) in read {
      for (item, finding) in items {
        if findings[office]?[item] != nil {
          complaints.append(
            Complaint(
              Place(file: file.name), "\(item) of '\(office)' is marked in two files",
              "take it out of one of them"))
        }
        findings[office, default: [:]][item] = finding
      }
    }
  }

  private func readGiven(_ file: Intake.File) {
    let reader = GivenFiguresReader(rubric: rubric, offices: known, onlyOffice: unnamed)
    guard let read = collect({ () throws(Complaints) in try reader.read(table(file)) }) else { return }
    for (office, figures) in read {
      for (node, figure) in figures {
        if given[office]?[node] != nil {
          complaints.append(
            Complaint(
              Place(file: file.name), "\(node) of '\(office)' is given in two files",
              "take it out of one of them"))
        }
        given[office, default: [:]][node] = figure
      }
    }
  }

  private func readResponses(_ responses: Intake.Inputs.Responses) {
    guard
      let (instrument, route) = collect({ () throws(Complaints) in try responses.collected(in: rubric) })
    else { return }
    let reader = ResponsesReader(
      rubric: rubric, instrument: instrument, route: route, offices: known, onlyOffice: unnamed,
      mapping: collect { () throws(Complaints) in try HeaderMatch.mapping(inputs.mapping) } ?? [:])
    guard
      let read = collect({ () throws(Complaints) in try reader.tallies(table(responses.file)) })
    else { return }
    for (office, collected) in read.tallies {
      for (key, tally) in collected {
        tallies[office, default: [:]][key] = tallies[office]?[key].map { $0 + tally } ?? tally
      }
    }
    notes += read.omissions.notes(on: responses.file.name)
  }

  /// Offices that only the other files name.
  private func addUnlisted() {
    guard inputs.offices == nil else { return }
    let named = Set(findings.keys).union(tallies.keys).union(given.keys)
    offices = named.sorted().map { Office(code: $0, name: Words(thai: $0.text, english: $0.text)) }
  }

  /// Where the rubric scores by kind, every office with data has one.
  private func requireKinds() {
    guard rubric.dependsOnKind else { return }
    let kinds = rubric.kinds.map(\.code.text).joined(separator: ", ")
    guard let file = inputs.offices else {
      if complaints.isEmpty {
        complaints.append(
          Complaint(
            Place(file: "--offices"), "\(rubric.code) scores by kind of office, and no kind is known",
            "give a table of offices with the column 'kind' (\(kinds))"))
      }
      return
    }
    for office in offices where office.kind == nil && hasData(office) {
      complaints.append(
        Complaint(
          Place(file: file.name, line: lines[office.code] ?? 1),
          "'\(office.code)' has data but no kind, and \(rubric.code) scores by kind", "write one of \(kinds)")
      )
    }
  }

  private func hasData(_ office: Office) -> Bool {
    findings[office.code] != nil || tallies[office.code] != nil || given[office.code] != nil
  }

  /// One a listed office that is assessed: it has a kind or data, and exists in the year.
  func assessments() -> [Assessment] {
    let year = inputs.year ?? rubric.year
    var unassessed = 0
    defer {
      if unassessed > 0 {
        notes.append(
          "offices not assessed (no data, and no kind or no day in \(year.buddhist)): \(unassessed)")
      }
    }
    return offices.compactMap { office in
      guard hasData(office) || (office.kind != nil && office.exists(in: year)) else {
        unassessed += 1
        return nil
      }
      return Assessment(
        office: office, round: inputs.round, findings: findings[office.code] ?? [:],
        tallies: tallies[office.code] ?? [:], given: given[office.code] ?? [:])
    }
  }
}

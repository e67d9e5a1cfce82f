import Integrity

/// Reads filled questionnaires, one row a respondent. Columns are found by an item's code (`i1`, `i11.b`, `i1 …`), by its
/// wording, or by a mapping table; answers are option codes or wordings. Columns that belong to no question (a form's time
/// stamp, an e-mail address) are named in `ignored` and not kept.
struct ResponsesReader {
  let rubric: Rubric
  let instrument: Instrument
  /// All rows are of this part of the instrument; nil where a column says it, or there are no parts.
  let route: Code<Node>?
  let offices: Set<Code<Office>>
  let onlyOffice: Code<Office>?
  /// Header → code of a question, folded.
  let mapping: [String: String]
  let faults = Faults()

  /// What was left out on purpose.
  struct Omissions {
    /// Titles of columns that are no question.
    var ignored: [String] = []
    /// Rows that answer nothing that is scored.
    var blank = 0

    func notes(on file: String) -> [String] {
      var notes: [String] = []
      if !ignored.isEmpty { notes.append("\(file): columns not read: \(ignored.joined(separator: "; "))") }
      if blank > 0 { notes.append("\(file): rows that answer no scored question, not counted: \(blank)") }
      return notes
    }
  }

  /// How often each option was chosen; the rows are forgotten.
  func tallies(
    _ table: Table
  ) throws(Complaints) -> (tallies: [Code<Office>: [Collected: Tally]], omissions: Omissions) {
    let questions = rubric.questions(of: instrument.code)
    let width = questions.last.map { $0.offset + $0.options.count } ?? 0
    var counts: [Code<Office>: [Collected: (respondents: Int, counts: [Int])]] = [:]
    let omissions = try read(table) { office, key, answers in
      var entry = counts[office]?[key] ?? (0, Array(repeating: 0, count: width))
      counts[office]?[key] = nil
      entry.respondents += 1
      for (question, answer) in zip(questions, answers) where answer > 0 {
        entry.counts[question.offset + Int(answer) - 1] += 1
      }
      counts[office, default: [:]][key] = entry
    }
    let tallies = counts.mapValues {
      $0.mapValues { Tally(respondents: $0.respondents, counts: $0.counts) }
    }
    return (tallies, omissions)
  }

  /// Hands over every row that answers something that is scored, as one byte a question in the order of
  /// `rubric.questions(of:)`: 0 where it is not answered, else the position of the option, from 1.
  func read(
    _ table: Table, each: (Code<Office>, Collected, [UInt8]) -> Void
  ) throws(Complaints) -> Omissions {
    var omissions = Omissions()
    let questions = rubric.questions(of: instrument.code)
    let columns = HeaderMatch(questions: questions, rubric: rubric, mapping: mapping).match(table, faults)
    omissions.ignored = columns.ignored
    let routes = instrument.questionnaire?.routes ?? []
    try requireColumns(columns, routes, table)

    let choices = questions.map { Choices($0) }
    var answers = [UInt8](repeating: 0, count: questions.count)
    for row in table.rows {
      let office = columns.office.map { self.office(row, $0, table) } ?? onlyOffice
      let route = self.route(row, columns, routes, table)
      var isScored = false
      for (index, question) in questions.enumerated() {
        answers[index] = 0
        guard let column = columns.questions[index] else { continue }
        let text = row.cells[column]
        guard !text.isEmpty, !text.trimmed.isEmpty else { continue }
        guard let option = choices[index].index(of: text) else {
          faults.add(
            table.place(row, column), "'\(text.trimmed)' is no answer to \(question.code)",
            "write one of \(question.options.map { "\($0.code) (\($0.title.thai))" }.joined(separator: ", "))"
          )
          continue
        }
        if question.options[option].points != nil { isScored = true }
        answers[index] = UInt8(option + 1)
      }
      guard isScored else {
        omissions.blank += 1
        continue
      }
      guard let office else { continue }
      each(office, Collected(instrument.code, route: route), answers)
    }
    try faults.throwIfAny()
    return omissions
  }

  private func requireColumns(
    _ columns: HeaderMatch.Columns, _ routes: [Route], _ table: Table
  ) throws(Complaints) {
    if columns.office == nil, onlyOffice == nil {
      faults.add(
        Place(file: table.file, line: 1), "there is no column 'office'",
        "add it, or say with --office whose answers they are")
    }
    if !routes.isEmpty, route == nil, columns.part == nil {
      faults.add(
        Place(file: table.file, line: 1),
        "\(instrument.code) is collected in parts, and nothing says which part this is",
        "add a column 'part', or write --responses \(instrument.code).\(routes[0].code)=FILE")
    }
    try faults.throwIfAny()
  }

  /// The part a row is of: the file's, which a column may not contradict, or what the column says.
  private func route(
    _ row: Table.Row, _ columns: HeaderMatch.Columns, _ routes: [Route], _ table: Table
  ) -> Code<Node>? {
    let named = columns.part.flatMap { part(row, $0, routes, table) }
    if let route, let column = columns.part, let named, named != route {
      faults.add(
        table.place(row, column), "the row is of part '\(named)', the file was given for '\(route)'",
        "give it without the part: --responses \(instrument.code)=FILE")
    }
    return route ?? named
  }

  private func office(_ row: Table.Row, _ column: Int, _ table: Table) -> Code<Office>? {
    let text = row.cells[column].trimmed
    if !text.isEmpty, offices.isEmpty || offices.contains(Code(text)) { return Code(text) }
    faults.add(
      table.place(row, column),
      text.isEmpty ? "the row names no office" : "there is no office '\(text)' among the offices",
      Spelling.nearest(to: text, among: offices.map(\.text)).map { "did you mean '\($0)'?" }
        ?? "write the code of an office")
    return nil
  }

  private func part(_ row: Table.Row, _ column: Int, _ routes: [Route], _ table: Table) -> Code<Node>? {
    let text = row.cells[column].folded
    let match = routes.first { route in
      [route.code.text, route.title.thai, route.title.english].contains { $0.folded == text }
    }
    if match == nil {
      faults.add(
        table.place(row, column), "'\(row.cells[column].trimmed)' is no part of \(instrument.code)",
        "write one of \(routes.map(\.code.text).joined(separator: ", "))")
    }
    return match?.code
  }

  /// Finds an option by what people and forms write for it.
  private struct Choices {
    private var indices: [String: Int] = [:]

    init(_ question: Question) {
      for (index, option) in question.options.enumerated() {
        for name in [option.title.english, option.title.thai, option.code.text] {
          indices[name.folded] = index
        }
      }
    }

    func index(of text: String) -> Int? {
      if let index = indices[text] { return index }
      let folded = text.folded
      if let index = indices[folded] { return index }
      // "4.0" where a spreadsheet took the code for a number; "4 มาก", "4. มาก" where a form shows both.
      if folded.hasSuffix(".0"), let index = indices[String(folded.dropLast(2))] { return index }
      let head = folded.prefix { $0.isLetter || $0.isNumber }
      let tail = folded.dropFirst(head.count).drop { !($0.isLetter || $0.isNumber) }
      guard let byCode = indices[String(head)], let byTitle = indices[String(tail)], byCode == byTitle else {
        return nil
      }
      return byCode
    }
  }
}

extension Intake.Inputs.Responses {
  /// The questionnaire of the rubric that was filled, and its part where one is named.
  func collected(in rubric: Rubric) throws(Complaints) -> (Instrument, Code<Node>?) {
    func refuse(_ problem: String, _ name: String, among names: [String]) -> Complaints {
      Complaints([
        Complaint(Place(file: "--responses"), problem, Spelling.suggestion(for: name, among: names))
      ])
    }
    let asked = rubric.instruments.filter { $0.questionnaire != nil }
    guard let found = asked.first(where: { $0.code.text.folded == instrument.folded }) else {
      throw refuse(
        "'\(instrument)' is no questionnaire of \(rubric.code)", instrument, among: asked.map(\.code.text))
    }
    guard let part else { return (found, nil) }
    let routes = found.questionnaire?.routes ?? []
    guard let route = routes.first(where: { $0.code.text.folded == part.folded }) else {
      throw refuse("'\(part)' is no part of \(found.code)", part, among: routes.map(\.code.text))
    }
    return (found, route.code)
  }
}

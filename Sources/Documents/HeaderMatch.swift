import Integrity

/// Finds which column of a questionnaire's table holds which question: as Google Forms exports them, a column's title
/// is the question's wording, with a grid's row in brackets behind it.
struct HeaderMatch {
  let questions: [Question]
  let rubric: Rubric
  /// Title of a column → code of a question, folded.
  let mapping: [String: String]

  struct Columns {
    /// By question; nil where no column was found.
    var questions: [Int?]
    var office: Int?
    var part: Int?
    var ignored: [String] = []
  }

  private static let parts: Set<String> = ["part", "ส่วน", "ส่วนที่"]

  func match(_ table: Table, _ faults: Faults) -> Columns {
    var columns = Columns(questions: questions.map { _ in nil })
    let codes = questions.map { $0.code.folded }
    let wordings = questions.map(wordings)
    for (index, title) in table.header.enumerated() {
      let name = title.folded
      if name.isEmpty { continue }
      if OfficeColumn.names.contains(name) {
        columns.office = index
      } else if HeaderMatch.parts.contains(name) {
        columns.part = index
      } else if let found = question(for: name, codes, wordings) {
        if let other = columns.questions[found] {
          faults.add(
            Place(file: table.file, line: 1, column: index + 1),
            "'\(title)' and '\(table.header[other])' are both taken for \(questions[found].code)",
            "begin each title with the code of its question, or give a mapping with --map")
        }
        columns.questions[found] = index
      } else if let code = mapping[name], !code.isEmpty {
        faults.add(
          Place(file: table.file, line: 1, column: index + 1),
          "the mapping sends '\(title)' to '\(code)', which is no question",
          Spelling.suggestion(for: code, among: questions.map(\.code)))
      } else {
        columns.ignored.append(title)
      }
    }
    let missing = questions.indices.filter { columns.questions[$0] == nil }
    if missing.count == questions.count {
      faults.add(
        Place(file: table.file, line: 1), "no column belongs to a question of \(rubric.code)",
        "begin each title with the code of its question, such as \(questions.first?.code ?? "i1"), or give a mapping with --map"
      )
    } else {
      for index in missing {
        faults.add(
          Place(file: table.file, line: 1),
          "there is no column for \(questions[index].code) \"\(questions[index].title.thai)\"",
          "begin the title of its column with \(questions[index].code), or give a mapping with --map")
      }
    }
    return columns
  }

  /// Reads a mapping from a table `header, item`; empty where there is none.
  static func mapping(_ file: Intake.File?) throws(Complaints) -> [String: String] {
    guard let file else { return [:] }
    let faults = Faults()
    let sheet = Sheet(
      try Table(bytes: file.bytes, file: file.name),
      columns: [.init("header", "title", required: true), .init("item", "code", required: true)],
      faults: faults)
    var mapping: [String: String] = [:]
    for row in sheet.table.rows {
      guard let header = sheet.required(row, "header") else { continue }
      mapping[header.folded] = sheet.text(row, "item")
    }
    try faults.throwIfAny()
    return mapping
  }

  private func question(for name: String, _ codes: [String], _ wordings: [[String]]) -> Int? {
    if let code = mapping[name] { return codes.firstIndex(of: code.folded) }
    let plain = name.filter { !$0.isWhitespace }
    if let index = codes.firstIndex(where: { $0 == plain || $0.replacing(".", with: "") == plain }) {
      return index
    }
    if let index = wordings.firstIndex(where: { $0.contains(HeaderMatch.bare(name)) }) { return index }
    if let row = gridRow(name) { return row }
    return codes.indices.filter { HeaderMatch.begins(name, with: codes[$0]) }
      .max { codes[$0].count < codes[$1].count }
  }

  /// `i11 … [the sub-item's wording or code]`.
  private func gridRow(_ name: String) -> Int? {
    guard name.hasSuffix("]"), let open = name.lastIndex(of: "[") else { return nil }
    let inside = HeaderMatch.bare(String(name[name.index(after: open)...].dropLast()))
    return questions.firstIndex { question in
      guard let sub = question.sub, HeaderMatch.begins(name, with: question.item.text.folded) else {
        return false
      }
      return [sub.text, question.title.thai, question.title.english].contains {
        HeaderMatch.bare($0.folded) == inside
      }
    }
  }

  /// Every wording a column of the question may have.
  private func wordings(of question: Question) -> [String] {
    let own = [question.title.thai, question.title.english]
    guard question.sub != nil, let item = rubric.items.first(where: { $0.item.code == question.item })?.item
    else {
      return own.map { HeaderMatch.bare($0.folded) }
    }
    return zip([item.title.thai, item.title.english], own).flatMap { whole, part in
      [HeaderMatch.bare("\(whole) [\(part)]".folded), HeaderMatch.bare("\(whole) \(part)".folded)]
    }
  }

  private static func begins(_ name: String, with code: String) -> Bool {
    guard name.hasPrefix(code) else { return false }
    guard let next = name.dropFirst(code.count).first else { return true }
    if next == "." {
      // "i1." before a wording, but not "i1.b".
      return name.dropFirst(code.count + 1).first.map { $0.isWhitespace } ?? true
    }
    return !(next.isLetter && next.isASCII) && !next.isNumber
  }

  /// Without the marks that forms put at the end of a question.
  private static func bare(_ text: String) -> String {
    var text = text
    while let last = text.last, ".?:*".contains(last) || last.isWhitespace { text.removeLast() }
    return text
  }
}

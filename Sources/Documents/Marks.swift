import Integrity

/// Reads a table of findings: `office, item, option, elements, reason`. The option is pass, fail, an option's code or
/// wording, a number, not_applicable (with a reason) or nothing where the judgement is open; elements are the keys of
/// those that are there.
struct MarksReader {
  let rubric: Rubric
  /// Known offices; empty where any code will do.
  let offices: Set<Code<Office>>
  /// For a table without the column `office`.
  let onlyOffice: Code<Office>?
  let faults = Faults()

  typealias Findings = [Code<Office>: [Code<Node>: Finding]]

  private static let columns: [Sheet.Column] = [
    .init("office", "code", "รหัสหน่วยงาน", "หน่วยงาน"), .init("item", "ข้อ", required: true),
    .init("option", "mark", "ผล", "ผลการตรวจ", required: true), .init("elements", "องค์ประกอบ"),
    .init("reason", "เหตุผล"),
  ]

  func read(_ table: Table) throws(Complaints) -> Findings {
    let sheet = Sheet(table, columns: MarksReader.columns, faults: faults)
    let offices = OfficeColumn(sheet, known: offices, only: onlyOffice)
    let judged = rubric.items.filter { $0.instrument.questionnaire == nil }.map(\.item) + rubric.deductions
    let items = Dictionary(judged.map { ($0.code.text.folded, $0) }) { a, _ in a }
    var findings: Findings = [:]
    var lines: [String: Int] = [:]
    for row in table.rows {
      let office = offices.office(of: row)
      guard let name = sheet.required(row, "item") else { continue }
      guard let item = items[name.folded] else {
        sheet.fault(
          row, "item", "'\(name)' is no item that is judged in \(rubric.code)",
          Spelling.nearest(to: name, among: items.values.map(\.code.text)).map { "did you mean '\($0)'?" }
            ?? "use a code such as \(judged.first?.code.text ?? "O1")")
        continue
      }
      guard let office else { continue }
      if let line = lines.updateValue(row.line, forKey: "\(office) \(item.code)") {
        sheet.fault(
          row, "item", "\(item.code) of '\(office)' is marked twice, also in row \(line)",
          "keep one of the rows")
        continue
      }
      if let finding = finding(for: item, row, sheet) { findings[office, default: [:]][item.code] = finding }
    }
    try faults.throwIfAny()
    return findings
  }

  private static let words: [(names: Set<String>, judgement: Judgement)] = [
    (["pass", "met", "found", "ผ่าน", "พบ", "มี"], .met),
    (["fail", "not_met", "not met", "not found", "ไม่ผ่าน", "ไม่พบ", "ไม่มี"], .notMet),
    (["not_applicable", "not applicable", "na", "n/a", "ไม่เกี่ยวข้อง"], .notApplicable),
    (["", "pending", "open", "รอผล"], .pending),
  ]

  private func finding(for item: Item, _ row: Table.Row, _ sheet: Sheet) -> Finding? {
    let text = sheet.text(row, "option")
    let reason = sheet.text(row, "reason")
    if !sheet.text(row, "elements").isEmpty, !item.isChecklist {
      sheet.fault(
        row, "elements", "\(item.code) is not judged by its elements",
        "leave the cell empty: \(item.markHint)")
      return nil
    }
    let ticked = elements(of: item, row, sheet)
    var judgement: Judgement
    let option = item.form.options.first { option in
      [option.code.text, option.title.thai, option.title.english].contains { $0.folded == text.folded }
    }
    if let option {
      judgement = .option(option.code)
    } else if let word = MarksReader.words.first(where: { $0.names.contains(text.folded) })?.judgement {
      judgement = word
    } else {
      judgement = number(text, item)
    }
    guard let fitting = item.judgement(from: judgement) else {
      sheet.fault(row, "option", "'\(text)' is no mark for \(item.code)", item.markHint)
      return nil
    }
    judgement = fitting
    if judgement == .notApplicable, reason.isEmpty {
      sheet.fault(
        row, "reason", "\(item.code) is not applicable without a reason", "say why it does not apply")
    }
    guard let ticked else { return Finding(judgement, reason: reason) }
    guard agrees(judgement, text, with: ticked, on: item) else {
      sheet.fault(
        row, "elements",
        "\(item.code) is marked '\(text)', but \(ticked.count) of \(item.elements.count) elements are ticked",
        "leave the option empty, or let the two agree")
      return nil
    }
    return Finding(.elements(ticked), reason: reason)
  }

  /// A checklist takes 100 and 0 for met and not met, as old score sheets write them.
  private func number(_ text: String, _ item: Item) -> Judgement {
    if case .checklist = item.form {
      if ["100", "1", "✓", "/"].contains(text) { return .met }
      if ["0", "✗", "x", "X"].contains(text) { return .notMet }
    }
    return .option(Code(text))
  }

  private func agrees(_ judgement: Judgement, _ text: String, with ticked: Set<Key>, on item: Item) -> Bool {
    switch judgement {
    case .met: ticked.count == item.elements.count
    case .notMet: ticked.count < item.elements.count
    // Open by an empty cell, not by the word.
    case .pending: text.isEmpty
    case .notApplicable: false
    default: true
    }
  }

  /// The ticked elements; nil where the cell says nothing.
  private func elements(of item: Item, _ row: Table.Row, _ sheet: Sheet) -> Set<Key>? {
    let text = sheet.text(row, "elements")
    guard !text.isEmpty else { return nil }
    var ticked: Set<Key> = []
    for name in text.split(whereSeparator: { $0.isWhitespace || ",;|".contains($0) }).map(String.init) {
      if let element = item.elements.first(where: { $0.key.text == name }) {
        ticked.insert(element.key)
      } else {
        sheet.fault(
          row, "elements", "\(item.code) has no element '\(name)'",
          Spelling.suggestion(for: name, among: item.elements.map(\.key.text)))
      }
    }
    return ticked
  }
}

/// The column that says which office a row is of.
struct OfficeColumn {
  /// What the column may be called.
  static let names: Set<String> = ["office", "code", "รหัสหน่วยงาน", "หน่วยงาน"]

  private let sheet: Sheet
  private let known: Set<Code<Office>>
  private let only: Code<Office>?

  init(_ sheet: Sheet, known: Set<Code<Office>>, only: Code<Office>?) {
    self.sheet = sheet
    self.known = known
    self.only = only
    if !sheet.has("office"), only == nil {
      sheet.faults.add(
        Place(file: sheet.table.file, line: 1), "there is no column 'office'",
        "add it, or say with --office whose rows they are")
    }
  }

  func office(of row: Table.Row) -> Code<Office>? {
    guard sheet.has("office") else { return only }
    return sheet.requiredOffice(row, among: known)
  }
}

extension Item {
  fileprivate var isChecklist: Bool { if case .checklist = form { true } else { false } }
}

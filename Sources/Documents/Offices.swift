import Integrity

/// Reads a table of offices: `office, name_th, name_en, kind, parent, provinces, provinces_en, region, region_en, from,
/// until, successor, conditions, stakeholders_IIT, …`. Provinces and conditions are separated by semicolons, days written 2026-10-01.
struct OfficesReader {
  let rubric: Rubric
  /// Offices that may be a parent or a successor without standing in the table.
  var known: Set<Code<Office>> = []
  let faults = Faults()

  private static let columns: [Sheet.Column] = [
    .init("office", "code", "รหัสหน่วยงาน", "รหัส", required: true),
    .init("name_th", "name", "ชื่อหน่วยงาน", "หน่วยงาน", required: true), .init("name_en"),
    .init("kind", "ประเภท"), .init("parent", "ต้นสังกัด"), .init("provinces", "จังหวัด"), .init("provinces_en"),
    .init("region", "ภาค"), .init("region_en"),
    .init("from", "ตั้งแต่"), .init("until", "ถึง"), .init("successor"), .init("conditions", "เงื่อนไข"),
  ]

  /// The offices in the order of the file with the line of each, or every bad row.
  func read(_ table: Table) throws(Complaints) -> (offices: [Office], lines: [Code<Office>: Int]) {
    let sheet = Sheet(
      table, columns: OfficesReader.columns, accepts: ["stakeholders_"], faults: faults)
    var offices: [Office] = []
    var lines: [Code<Office>: Int] = [:]
    let stakeholders = stakeholderColumns(sheet)
    for row in table.rows {
      guard let code = sheet.required(row, "office") else { continue }
      if let line = lines.updateValue(row.line, forKey: Code(code)) {
        sheet.fault(
          row, "office", "the office '\(code)' stands twice, also in row \(line)", "keep one of the rows")
        continue
      }
      offices.append(office(Code(code), row, sheet, stakeholders))
    }
    inspectTree(offices, table, sheet)
    try faults.throwIfAny()
    return (offices, lines)
  }

  private func stakeholderColumns(_ sheet: Sheet) -> [(column: String, instrument: Code<Node>)] {
    sheet.names(beginning: "stakeholders_").compactMap { column in
      let name = String(column.dropFirst("stakeholders_".count))
      if let instrument = rubric.instruments.first(where: { $0.code.text.folded == name }) {
        return (column, instrument.code)
      }
      faults.add(
        Place(file: sheet.table.file, line: 1),
        "'\(name)' in the column '\(column)' is no instrument of the rubric",
        Spelling.suggestion(for: name, among: rubric.instruments.map(\.code.text)))
      return nil
    }
  }

  private func office(
    _ code: Code<Office>, _ row: Table.Row, _ sheet: Sheet,
    _ columns: [(column: String, instrument: Code<Node>)]
  ) -> Office {
    let name = sheet.required(row, "name_th") ?? ""
    let english = sheet.text(row, "name_en")
    var stakeholders: [Code<Node>: Int] = [:]
    for (column, instrument) in columns {
      let text = sheet.text(row, column)
      guard !text.isEmpty else { continue }
      if let number = Int(text), (0...100_000_000).contains(number) {
        stakeholders[instrument] = number
      } else {
        sheet.fault(row, column, "'\(text)' is not a number of people", "write digits only, for example 86")
      }
    }
    let from = sheet.day(row, "from")
    let until = sheet.day(row, "until")
    if let from, let until, until <= from {
      sheet.fault(
        row, "until", "the office ends on \(until), before it begins", "correct one of the two days")
    }
    return Office(
      code: code, name: Words(thai: name, english: english.isEmpty ? name : english), kind: kind(row, sheet),
      parent: sheet.text(row, "parent").nonEmpty.map { Code($0) }, provinces: provinces(row, sheet),
      region: region(row, sheet), from: from, until: until,
      successor: sheet.text(row, "successor").nonEmpty.map { Code($0) },
      stakeholders: stakeholders, conditions: conditions(row, sheet))
  }

  private func kind(_ row: Table.Row, _ sheet: Sheet) -> Code<OfficeKind>? {
    let text = sheet.text(row, "kind")
    if text.isEmpty { return nil }
    let match = rubric.kinds.first { kind in
      [kind.code.text, kind.title.thai, kind.title.english].contains { $0.folded == text.folded }
    }
    if match == nil {
      sheet.fault(
        row, "kind", "'\(text)' is not a kind of office in \(rubric.code)",
        Spelling.suggestion(for: text, among: rubric.kinds.map(\.code.text)))
    }
    return match?.code
  }

  private func provinces(_ row: Table.Row, _ sheet: Sheet) -> [Words] {
    let thai = sheet.text(row, "provinces").listed
    let english = sheet.text(row, "provinces_en").listed
    if !english.isEmpty, english.count != thai.count {
      sheet.fault(
        row, "provinces_en", "\(english.count) provinces in English, \(thai.count) in Thai",
        "name the same ones in the same order")
    }
    return thai.enumerated().map { index, name in
      Words(thai: name, english: english.indices.contains(index) ? english[index] : name)
    }
  }

  private func region(_ row: Table.Row, _ sheet: Sheet) -> Words? {
    let (thai, english) = (sheet.text(row, "region"), sheet.text(row, "region_en"))
    if thai.isEmpty, !english.isEmpty {
      sheet.fault(
        row, "region_en", "'\(english)' stands without the region in Thai", "give the column 'region' as well"
      )
    }
    return thai.nonEmpty.map { Words(thai: $0, english: english.isEmpty ? $0 : english) }
  }

  private func conditions(_ row: Table.Row, _ sheet: Sheet) -> Set<Code<Condition>> {
    var result: Set<Code<Condition>> = []
    for name in sheet.text(row, "conditions").listed {
      if rubric.conditions.contains(where: { $0.code.text == name }) {
        result.insert(Code(name))
      } else {
        sheet.fault(
          row, "conditions", "'\(name)' is not a condition in \(rubric.code)",
          Spelling.suggestion(for: name, among: rubric.conditions.map(\.code.text)))
      }
    }
    return result
  }

  /// Parents exist and nobody is their own ancestor.
  private func inspectTree(_ offices: [Office], _ table: Table, _ sheet: Sheet) {
    let byCode = Dictionary(offices.map { ($0.code, $0) }) { a, _ in a }
    var seen: Set<Code<Office>> = []
    for row in table.rows {
      guard let office = byCode[Code(sheet.text(row, "office"))], seen.insert(office.code).inserted else {
        continue
      }
      for (column, other) in [("parent", office.parent), ("successor", office.successor)] {
        if let other, byCode[other] == nil, !known.contains(other) {
          sheet.fault(
            row, column, "there is no office '\(other)'",
            Spelling.nearest(to: other.text, among: byCode.keys.map(\.text)).map { "did you mean '\($0)'?" }
              ?? "add a row for it, or leave the cell empty")
        }
      }
      var passed: Set<Code<Office>> = []
      var next = office.parent
      while let code = next, passed.insert(code).inserted, code != office.code { next = byCode[code]?.parent }
      if next == office.code {
        sheet.fault(row, "parent", "the office '\(office.code)' is above itself", "correct the parents")
      }
    }
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }

  /// Entries of a cell that lists several, separated by semicolons.
  var listed: [String] {
    split { $0 == ";" || $0 == "|" }.map { $0.trimmed }.filter { !$0.isEmpty }
  }
}

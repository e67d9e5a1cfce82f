public import Documents
import Integrity
import Mustache

extension WorkbookTemplate {
  /// Lays the template out with a report's data.
  ///
  /// - Throws: `Complaints` where a chart names a table or column that is not there, or a formula cannot be read.
  public func workbook(of data: ReportData) throws(Complaints) -> Workbook {
    let layout = Layout(template: self, data: data)
    return try layout.workbook()
  }
}

extension WorkbookTemplate {
  /// A text of the template with its data.
  static func text(_ template: String, _ data: ReportData) -> String {
    guard template.contains("{{") else { return template }
    // What is written into a cell is text, not HTML.
    let parsed = try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + template)
    return parsed?.render(data) ?? template
  }
}

/// Places blocks one below the other on each sheet.
private struct Layout {
  let template: WorkbookTemplate
  let data: ReportData

  /// Where a table came to stand.
  struct Placed {
    let firstRow: Int
    let lastRow: Int
    let columns: [String: Int]
    let colours: [String: [String]]
  }

  func workbook() throws(Complaints) -> Workbook {
    var workbook = Workbook(
      title: text(template.title, data), font: template.font,
      created: Day(data["cycle.created"]?.shown ?? ""),
      sheets: [])
    for sheet in template.sheets {
      let entries = sheet.each.map { data.entries(at: $0).map { data.merging($0) } } ?? [data]
      for entry in entries {
        workbook.sheets.append(try laidOut(sheet, entry))
      }
    }
    return workbook
  }

  private func laidOut(_ sheet: WorkbookTemplate.Sheet, _ data: ReportData) throws(Complaints)
    -> Workbook.Sheet
  {
    var result = Workbook.Sheet(
      name: Layout.sheetName(text(sheet.name, data)), isLandscape: sheet.isLandscape,
      isOnePage: sheet.isOnePage)
    var tables: [String: Placed] = [:]
    for block in sheet.blocks {
      switch block {
      case .text(let template, let style):
        var line = row([0: cell(.text(text(template, data)), style)])
        line.height = style.flatMap { self.template.styles[$0]?.size }.map { Double($0) * Layout.lineHeight }
        result.rows.append(line)
      case .fields(let fields):
        for field in fields {
          let value = data[text(field.value, data)].map(content) ?? .blank
          result.rows.append(
            row([0: cell(.text(text(field.label, data)), "label"), 1: cell(value, field.style)]))
        }
      case .gap(let rows):
        result.rows += Array(repeating: Workbook.Row(), count: rows)
      case .table(let table):
        let placed = try self.table(table, data, &result)
        tables[table.id ?? table.list] = placed
      case .chart(let chart):
        try place(chart, data, tables, &result)
      }
    }
    return result
  }

  private func row(_ cells: [Int: Workbook.Cell]) -> Workbook.Row {
    var row = Workbook.Row()
    row.cells = cells
    return row
  }

  // Tables.

  /// A column with the data its texts see: the sheet's, or one entry's of the list it is repeated for.
  private typealias Bound = (column: WorkbookTemplate.Column, head: String, value: String)

  private func table(
    _ table: WorkbookTemplate.Table, _ data: ReportData, _ sheet: inout Workbook.Sheet
  ) throws(Complaints) -> Placed {
    let columns = table.columns.flatMap { column -> [Bound] in
      guard let each = column.each else {
        return [(column, text(column.head, data), text(column.value, data))]
      }
      return data.entries(at: each).map { entry in
        let context = data.merging(entry)
        return (column, text(column.head, context), text(column.value, context))
      }
    }
    let entries = data.entries(at: table.list)
    let head = sheet.rows.count
    var headRow = row(
      Dictionary(
        uniqueKeysWithValues: columns.enumerated().map { index, bound in
          (index, cell(.text(bound.head), bound.column.headStyle ?? table.headStyle ?? "head"))
        }))
    headRow.height = headHeight(columns)
    sheet.rows.append(headRow)
    let heads = Dictionary(columns.enumerated().map { ($1.head, $0) }) { first, _ in first }
    for entry in entries {
      let context = data.merging(entry)
      var cells: [Int: Workbook.Cell] = [:]
      for (index, bound) in columns.enumerated() {
        cells[index] = try self.cell(bound, entry, context, heads, row: sheet.rows.count)
      }
      var made = row(cells)
      made.height = height(of: cells, columns)
      sheet.rows.append(made)
    }
    if entries.isEmpty, let empty = table.empty {
      sheet.rows.append(row([0: cell(.text(text(empty, data)), nil)]))
    }
    let last = sheet.rows.count - 1
    finish(table, columns, head: head, last: last, hasRows: !entries.isEmpty, &sheet)
    var colours: [String: [String]] = [:]
    for name in Set(entries.flatMap(\.names)) { colours[name] = entries.map { $0[name]?.shown ?? "" } }
    return Placed(firstRow: head + 1, lastRow: last, columns: heads, colours: colours)
  }

  /// Of a line of text, as a multiple of the letters' size; Thai needs room above and below.
  private static let lineHeight = 1.5

  /// Room for the head that needs most lines in its column.
  private func headHeight(_ columns: [Bound]) -> Double {
    let lines = columns.map { bound in
      guard let width = bound.column.width else { return 1 }
      return max(1, (bound.head.columns * 12 + width * 8 - 1) / (width * 8))
    }
    return Double(min(5, lines.max() ?? 1)) * 14 * Layout.lineHeight
  }

  /// Room for the text that needs most lines in its column; nil for the usual one. Nothing else makes rows higher: whoever
  /// opens the file sees what is written there. Excel has none above 409 points.
  private func height(of cells: [Int: Workbook.Cell], _ columns: [Bound]) -> Double? {
    var most = 1
    for (index, cell) in cells {
      guard cell.style.wraps, case .text(let text) = cell.content, let width = columns[index].column.width
      else { continue }
      // A letter is a little wider than a column's unit, and Thai breaks early, between words.
      let room: Int = max(4, width - 2 * (cell.style.indent ?? 0)) * 10
      var lines = 0
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        lines += max(1, (String(line).columns * 11 + room - 1) / room)
      }
      most = max(most, lines)
    }
    guard most > 1 else { return nil }
    return min(409, Double(most) * 14 * Layout.lineHeight)
  }

  private func cell(
    _ bound: Bound, _ entry: ReportData, _ context: ReportData, _ heads: [String: Int], row: Int
  ) throws(Complaints) -> Workbook.Cell {
    let value = entry[bound.value].map(content) ?? .blank
    let style = bound.column.style.map { text($0, context) }
    if let formula = bound.column.formula, case .number(let points) = value {
      let expression = try Formula(text(formula, context)).resolved(heads: heads, row: row)
      return cell(.formula(expression, cached: points.double), style)
    }
    if let link = bound.column.link, case .text(let shown) = value, let address = entry[link]?.shown,
      !address.isEmpty
    {
      return cell(.link(address, text: shown), style)
    }
    return cell(value, style)
  }

  /// Widths, shades, totals, filter and frozen head.
  private func finish(
    _ table: WorkbookTemplate.Table, _ columns: [Bound], head: Int, last: Int, hasRows: Bool,
    _ sheet: inout Workbook.Sheet
  ) {
    for (index, bound) in columns.enumerated() {
      if let width = bound.column.width { sheet.widths[index] = max(width, sheet.widths[index] ?? 0) }
      if hasRows, let shade = bound.column.shade, let steps = template.shades[shade] {
        let area = Workbook.Area(firstRow: head + 1, lastRow: last, firstColumn: index, lastColumn: index)
        sheet.shades.append(Workbook.Shade(area: area, steps: steps))
      }
    }
    if table.isMain {
      sheet.filter = Workbook.Area(
        firstRow: head, lastRow: max(head, last), firstColumn: 0, lastColumn: max(0, columns.count - 1))
      let names = columns.firstIndex { $0.column.width ?? 0 >= 20 } ?? 0
      sheet.frozen = Workbook.Frozen(rows: head + 1, columns: names + 1, header: head)
    }
    if hasRows { addTotals(columns, head: head, last: last, &sheet) }
  }

  private func addTotals(_ columns: [Bound], head: Int, last: Int, _ sheet: inout Workbook.Sheet) {
    var cells: [Int: Workbook.Cell] = [:]
    for (index, bound) in columns.enumerated() {
      guard let total = bound.column.total else { continue }
      let numbers = sheet.rows[(head + 1)...last].compactMap { row -> Double? in
        switch row.cells[index]?.content {
        case .number(let points): points.double
        case .formula(_, let cached): cached
        default: nil
        }
      }
      guard !numbers.isEmpty else { continue }
      let range = Workbook.Area(firstRow: head + 1, lastRow: last, firstColumn: index, lastColumn: index).name
      cells[index] = cell(
        .formula("=\(total.function)(\(range))", cached: total.value(of: numbers)),
        bound.column.style ?? "total")
    }
    if !cells.isEmpty { sheet.rows.append(row(cells)) }
  }

  // Charts.

  private func place(
    _ chart: WorkbookTemplate.Chart, _ data: ReportData, _ tables: [String: Placed],
    _ sheet: inout Workbook.Sheet
  ) throws(Complaints) {
    func missing(_ what: String, _ wanted: String, _ names: some Sequence<String>) -> Complaints {
      Complaints([
        Complaint(
          Place(file: "workbook"), "the chart '\(chart.title)' names \(what)",
          Spelling.suggestion(for: wanted, among: Array(names)))
      ])
    }
    guard let table = tables[chart.of] else {
      throw missing("a table '\(chart.of)' that is not above it", chart.of, tables.keys)
    }
    guard table.lastRow >= table.firstRow else { return }
    func area(_ head: String) throws(Complaints) -> Workbook.Area {
      guard let column = table.columns[text(head, data)] else {
        throw missing("a column '\(head)' that is not there", head, table.columns.keys)
      }
      return Workbook.Area(
        firstRow: table.firstRow, lastRow: table.lastRow, firstColumn: column, lastColumn: column)
    }
    var series: [Workbook.Chart.Series] = []
    for head in chart.values {
      series.append(
        Workbook.Chart.Series(
          name: text(head, data), values: try area(head), colour: chart.colour,
          colours: chart.colours.flatMap { table.colours[$0] } ?? []))
    }
    // A row is 20 points, or about 27 pixels, high.
    let rows = chart.height / 27 + 2
    let top = chart.beside == nil ? sheet.rows.count : max(0, table.firstRow - 1)
    sheet.charts.append(
      Workbook.Chart(
        kind: chart.kind, title: text(chart.title, data), row: top, column: chart.beside ?? 0,
        width: chart.width,
        height: chart.height, labels: try area(chart.labels), series: series, hasLegend: series.count > 1,
        from: chart.from, to: chart.to, number: nil))
    let bottom = top + rows
    if sheet.rows.count < bottom {
      sheet.rows += Array(repeating: Workbook.Row(), count: bottom - sheet.rows.count)
    }
  }

  // Texts and cells.

  private func text(_ template: String, _ data: ReportData) -> String {
    WorkbookTemplate.text(template, data)
  }

  private func cell(_ content: Workbook.Cell.Content, _ style: String?) -> Workbook.Cell {
    Workbook.Cell(content: content, style: style.flatMap { template.styles[$0] } ?? Workbook.Style())
  }

  private func content(_ data: ReportData) -> Workbook.Cell.Content {
    switch data {
    case .text(let text): text.isEmpty ? .blank : .text(text)
    case .number(let figure): .number(figure.points)
    case .points(let points): .number(points)
    case .flag, .list, .record: .blank
    }
  }

  /// Without what Excel refuses in a sheet's name, and of at most 31 characters.
  private static func sheetName(_ name: String) -> String {
    let allowed = name.filter { !"[]:*?/\\'".contains($0) && !$0.isNewline }
    var short = allowed
    while short.utf16.count > 31 { short.removeLast() }
    return short.isEmpty ? "Sheet" : short
  }
}

extension ReportData {
  fileprivate func entries(at path: String) -> [ReportData] {
    if case .list(let list) = self[path] { list } else { [] }
  }

  /// This record with another's fields over its own.
  fileprivate func merging(_ other: ReportData) -> ReportData {
    guard case .record(let mine) = self, case .record(let theirs) = other else { return other }
    return .record(mine.merging(theirs) { _, theirs in theirs })
  }

  fileprivate var names: [String] { if case .record(let fields) = self { Array(fields.keys) } else { [] } }
}

extension Points {
  /// The nearest double, for a spreadsheet.
  var double: Double { Double(millionths) / Double(Points.unit) }
}

extension WorkbookTemplate.Total {
  fileprivate var function: String { rawValue.uppercased() }

  fileprivate func value(of numbers: [Double]) -> Double {
    switch self {
    case .average: numbers.reduce(0, +) / Double(numbers.count)
    case .sum: numbers.reduce(0, +)
    case .min: numbers.min() ?? 0
    case .max: numbers.max() ?? 0
    case .count: Double(numbers.count)
    }
  }
}

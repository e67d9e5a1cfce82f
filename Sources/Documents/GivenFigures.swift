import Integrity

/// Reads a table of figures assessed elsewhere: `office, node, figure, source`. The node is the code of an instrument,
/// an indicator or an item, or `total`.
struct GivenFiguresReader {
  let rubric: Rubric
  let offices: Set<Code<Office>>
  let onlyOffice: Code<Office>?
  let faults = Faults()

  private static let columns: [Sheet.Column] = [
    .init("office", "code", "รหัสหน่วยงาน", "หน่วยงาน"),
    .init("node", "indicator", "item", "ตัวชี้วัด", required: true),
    .init("figure", "score", "คะแนน", required: true), .init("source", "แหล่งข้อมูล"),
  ]

  func read(_ table: Table) throws(Complaints) -> [Code<Office>: [Code<Node>: Given]] {
    let sheet = Sheet(table, columns: GivenFiguresReader.columns, faults: faults)
    let offices = OfficeColumn(sheet, known: offices, only: onlyOffice)
    let codes = [Node.total] + rubric.outline.map(\.heading.code)
    let fullMarks = rubric.fullMarks
    let nodes = Dictionary(codes.map { ($0.text.folded, $0) }) { a, _ in a }
    var result: [Code<Office>: [Code<Node>: Given]] = [:]
    for row in table.rows {
      let office = offices.office(of: row)
      let node = node(row, nodes, sheet)
      guard let text = sheet.required(row, "figure") else { continue }
      guard let figure = Points(text), figure >= .zero else {
        sheet.fault(
          row, "figure", "'\(text)' is not a figure", "write a decimal of at most six places, such as 92.82")
        continue
      }
      guard let office, let node else { continue }
      if let most = fullMarks[node], figure > most {
        sheet.fault(
          row, "figure", "\(figure) is more than the full marks of \(node), \(most)", "correct the figure")
      }
      if result[office]?[node] != nil {
        sheet.fault(row, "node", "\(node) of '\(office)' is given twice", "keep one of the rows")
      }
      result[office, default: [:]][node] = Given(figure: figure, source: sheet.text(row, "source"))
    }
    try faults.throwIfAny()
    return result
  }

  private func node(_ row: Table.Row, _ nodes: [String: Code<Node>], _ sheet: Sheet) -> Code<Node>? {
    guard let text = sheet.required(row, "node") else { return nil }
    if let node = nodes[text.folded] { return node }
    sheet.fault(
      row, "node", "'\(text)' is no node of \(rubric.code)",
      Spelling.nearest(to: text, among: nodes.values.map(\.text)).map { "did you mean '\($0)'?" }
        ?? "use a code such as \(rubric.instruments.first?.code.text ?? "IIT"), or total")
    return nil
  }
}

import Documents
import Integrity

extension WorkbookTemplate {
  /// Reads `workbooks/NAME.yaml` from a library.
  ///
  /// - Throws: `Complaints`, every fault of the file with its place.
  public init(named name: String, in library: Library) throws {
    let path = "workbooks/\(name).yaml"
    try self.init(bytes: Array(try library.text(path).utf8), file: library.shown(path))
  }

  init(bytes: [UInt8], file: String) throws(Complaints) {
    let tree = try YamlTree(bytes: bytes, file: file)
    let faults = Faults()
    let template = WorkbookTemplateReader(faults: faults).read(tree)
    try faults.throwIfAny()
    self = template
  }
}

private struct WorkbookTemplateReader {
  let faults: Faults

  func read(_ tree: YamlTree) -> WorkbookTemplate {
    let fields = Fields(tree, "the workbook", faults: faults)
    let template = WorkbookTemplate(
      title: fields.required("workbook", "Committee summary"), note: fields.text("note"),
      subject: fields.choice("about", WorkbookTemplate.Subject.self) ?? .cycle,
      font: fields.text("font") ?? "TH Sarabun New",
      styles: entries("styles", fields).reduce(into: [:]) { $0[$1.name] = style($1) },
      shades: entries("shades", fields).reduce(into: [:]) { $0[$1.name] = shade($1) },
      sheets: fields.list("sheets").map(sheet))
    if template.sheets.isEmpty { fields.missing("sheets", "[ … ]") }
    fields.finish()
    return template
  }

  private func entries(_ name: String, _ fields: Fields) -> [YamlTree.Field] {
    guard let tree = fields.tree(name) else { return [] }
    if let entries = tree.fields { return entries }
    faults.add(tree.place, "'\(name)' must be a list of 'name: …' lines", "see docs/reports.md")
    return []
  }

  private func style(_ field: YamlTree.Field) -> Workbook.Style {
    let fields = Fields(field.value, "the style '\(field.name)'", faults: faults)
    let style = Workbook.Style(
      isBold: fields.flag("bold"), size: fields.whole("size", in: 6...72), fill: colour("fill", fields),
      colour: colour("colour", fields), number: fields.text("number"),
      align: fields.choice("align", Workbook.Style.Align.self), indent: fields.whole("indent", in: 0...15),
      hasBorder: fields.flag("border"), wraps: fields.flag("wrap"))
    fields.finish()
    return style
  }

  private func colour(_ name: String, _ fields: Fields) -> String? {
    guard let text = fields.text(name) else { return nil }
    if text.count == 6, text.allSatisfy(\.isHexDigit) { return text.uppercased() }
    faults.add(
      fields.place(of: name), "'\(text)' is no colour",
      "write six hexadecimal digits in quotes, such as \"1F3864\"")
    return nil
  }

  private func shade(_ field: YamlTree.Field) -> [Workbook.Shade.Step] {
    (field.value.list ?? []).map { tree in
      let fields = Fields(tree, "a step of the shade '\(field.name)'", faults: faults)
      if !fields.has("at_least") { fields.missing("at_least", "85") }
      let step = Workbook.Shade.Step(
        atLeast: fields.number("at_least") ?? .zero, fill: colour("fill", fields) ?? "FFFFFF",
        colour: colour("colour", fields) ?? "000000")
      fields.finish()
      return step
    }
  }

  private func sheet(_ tree: YamlTree) -> WorkbookTemplate.Sheet {
    let fields = Fields(tree, "a sheet", faults: faults)
    let sheet = WorkbookTemplate.Sheet(
      name: fields.required("name", "Summary"), isLandscape: fields.flag("landscape"),
      isOnePage: fields.flag("one_page"), each: fields.text("each"),
      blocks: fields.list("blocks").compactMap(block))
    fields.finish()
    return sheet
  }

  private func block(_ tree: YamlTree) -> WorkbookTemplate.Block? {
    let fields = Fields(tree, "a block", faults: faults)
    defer { fields.finish() }
    let kinds = ["text", "fields", "table", "chart", "gap"]
    guard let kind = kinds.first(where: fields.has) else {
      faults.add(tree.place, "this is no block", "begin it with one of \(kinds.joined(separator: ", "))")
      return nil
    }
    switch kind {
    case "text": return .text(fields.required("text", "…"), style: fields.text("style"))
    case "fields": return .fields(fields.list("fields").map(field))
    case "table": return .table(table(fields))
    case "chart": return .chart(chart(fields))
    default: return .gap(fields.whole("gap", in: 1...100) ?? 1)
    }
  }

  private func field(_ tree: YamlTree) -> WorkbookTemplate.Field {
    let fields = Fields(tree, "a field", faults: faults)
    let field = WorkbookTemplate.Field(
      label: fields.required("label", "Offices"), value: fields.required("value", "count"),
      style: fields.text("style"))
    fields.finish()
    return field
  }

  private func table(_ fields: Fields) -> WorkbookTemplate.Table {
    WorkbookTemplate.Table(
      list: fields.required("table", "offices"), id: fields.text("id"),
      columns: fields.list("columns").map(column), headStyle: fields.text("head_style"),
      isMain: fields.flag("main"), empty: fields.text("empty"))
  }

  private func column(_ tree: YamlTree) -> WorkbookTemplate.Column {
    let fields = Fields(tree, "a column", faults: faults)
    let column = WorkbookTemplate.Column(
      head: fields.required("head", "Office"), value: fields.required("value", "name"),
      width: fields.whole("width", in: 1...200), style: fields.text("style"),
      headStyle: fields.text("head_style"),
      shade: fields.text("shade"), formula: fields.text("formula"), each: fields.text("each"),
      link: fields.text("link"), total: fields.choice("total", WorkbookTemplate.Total.self))
    fields.finish()
    return column
  }

  private func chart(_ fields: Fields) -> WorkbookTemplate.Chart {
    WorkbookTemplate.Chart(
      kind: fields.choice("chart", Workbook.Chart.Kind.self) ?? .column, of: fields.required("of", "ranking"),
      title: fields.text("title") ?? "", labels: fields.required("labels", "Office"),
      values: fields.names("values").map(\.text), colours: fields.text("colours"),
      colour: colour("colour", fields), width: fields.whole("width", in: 100...4000) ?? 720,
      height: fields.whole("height", in: 100...4000) ?? 320, from: fields.number("from"),
      to: fields.number("to"),
      beside: fields.whole("beside", in: 0...200))
  }
}

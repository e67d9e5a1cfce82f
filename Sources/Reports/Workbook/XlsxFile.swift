import CXlsxWriter
public import Documents
import Foundation
import Integrity

/// Writes a workbook as an Excel file, in memory; the only place that knows libxlsxwriter.
public enum XlsxFile {
  /// The bytes of the file; the same workbook gives the same bytes.
  ///
  /// - Throws: `Complaints` where the library refuses something.
  public static func bytes(of workbook: Workbook) throws(Complaints) -> [UInt8] {
    let writer = try XlsxWriter(workbook)
    return try writer.finish()
  }
}

/// Holds the C workbook while it is filled. Strings that the library keeps by pointer live in `kept` until it is closed.
private final class XlsxWriter {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private let descriptor: Int32
  private var isOpen = true
  private var kept: [UnsafeMutablePointer<CChar>] = []
  private var formats: [Workbook.Style: UnsafeMutablePointer<lxw_format>] = [:]
  private let value: Workbook

  init(_ workbook: Workbook) throws(Complaints) {
    value = workbook
    descriptor = memfd_create("workbook", 0)
    guard descriptor >= 0, let book = workbook_new("/proc/self/fd/\(descriptor)") else {
      throw XlsxWriter.refused(
        "no memory file can be made", "check the system's limits on memory and open files")
    }
    self.book = book
    setProperties()
    for sheet in workbook.sheets { try write(sheet) }
  }

  deinit {
    if isOpen { lxw_workbook_free(book) }
    close(descriptor)
    for text in kept { free(text) }
  }

  func finish() throws(Complaints) -> [UInt8] {
    isOpen = false
    try check(workbook_close(book), "closing the workbook")
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw XlsxWriter.refused("the workbook is empty", "this is a fault of the program: report it")
    }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if got <= 0 { break }
        count += got
      }
    }
  }

  private static func refused(_ problem: String, _ remedy: String) -> Complaints {
    Complaints([Complaint(Place(file: "workbook"), problem, remedy)])
  }

  private func check(_ error: lxw_error, _ what: @autoclosure () -> String) throws(Complaints) {
    guard error.rawValue != LXW_NO_ERROR.rawValue else { return }
    let reason = lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)"
    throw XlsxWriter.refused("\(what()): \(reason)", "shorten the text or the sheet's name")
  }

  private func keep(_ text: String) -> UnsafeMutablePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    kept.append(copy)
    return copy
  }

  /// A fixed day in the properties: the file must not depend on when it is written.
  private func setProperties() {
    var properties = lxw_doc_properties()
    properties.title = keep(value.title)
    properties.company = keep("Sucharit")
    let day = value.created ?? Day(year: 2024, month: 1, day: 1)
    var parts = tm()
    parts.tm_year = Int32((day?.year ?? 2024) - 1900)
    parts.tm_mon = Int32((day?.month ?? 1) - 1)
    parts.tm_mday = Int32(day?.day ?? 1)
    properties.created = timegm(&parts)
    workbook_set_properties(book, &properties)
  }

  // Sheets.

  private func write(_ sheet: Workbook.Sheet) throws(Complaints) {
    guard let worksheet = workbook_add_worksheet(book, keep(sheet.name)) else {
      throw XlsxWriter.refused(
        "a sheet cannot be called '\(sheet.name)'",
        "give every sheet a name of its own, at most 31 characters")
    }
    worksheet_set_default_row(worksheet, 21, 0)
    let base = format(Workbook.Style())
    for (column, width) in sheet.widths {
      try check(
        worksheet_set_column(worksheet, lxw_col_t(column), lxw_col_t(column), Double(width), base),
        "the width of column \(column + 1)")
    }
    for (index, row) in sheet.rows.enumerated() {
      if let height = row.height {
        try check(
          worksheet_set_row(worksheet, lxw_row_t(index), height, nil), "the height of row \(index + 1)")
      }
      for (column, cell) in row.cells.sorted(by: { $0.key < $1.key }) {
        try check(write(cell, index, column, worksheet), "cell \(Workbook.cellName(index, column))")
      }
    }
    for shade in sheet.shades { try write(shade, worksheet) }
    for chart in sheet.charts { try write(chart, on: sheet, worksheet) }
    setUp(sheet, worksheet)
  }

  private func setUp(_ sheet: Workbook.Sheet, _ worksheet: UnsafeMutablePointer<lxw_worksheet>) {
    if sheet.isLandscape { worksheet_set_landscape(worksheet) }
    worksheet_set_paper(worksheet, 9)
    worksheet_fit_to_pages(worksheet, 1, sheet.isOnePage ? 1 : 0)
    worksheet_set_margins(worksheet, 0.5, 0.5, 0.6, 0.6)
    _ = worksheet_set_footer(worksheet, "&L&A&R&P / &N")
    worksheet_gridlines(worksheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    if let frozen = sheet.frozen {
      worksheet_freeze_panes(worksheet, lxw_row_t(frozen.rows), lxw_col_t(frozen.columns))
      _ = worksheet_repeat_rows(worksheet, lxw_row_t(frozen.header), lxw_row_t(frozen.header))
    }
    if let filter = sheet.filter {
      _ = worksheet_autofilter(
        worksheet, lxw_row_t(filter.firstRow), lxw_col_t(filter.firstColumn), lxw_row_t(filter.lastRow),
        lxw_col_t(filter.lastColumn))
    }
  }

  private func write(
    _ cell: Workbook.Cell, _ row: Int, _ column: Int, _ worksheet: UnsafeMutablePointer<lxw_worksheet>
  ) -> lxw_error {
    let (row, column) = (lxw_row_t(row), lxw_col_t(column))
    let format = format(cell.style)
    switch cell.content {
    case .blank: return worksheet_write_blank(worksheet, row, column, format)
    case .text(let text): return worksheet_write_string(worksheet, row, column, text, format)
    case .number(let points): return worksheet_write_number(worksheet, row, column, points.double, format)
    case .formula(let formula, let cached):
      return worksheet_write_formula_num(
        worksheet, row, column, formula, format, cached.isFinite ? cached : 0)
    case .link(let address, let text):
      guard address.hasPrefix("https://") || address.hasPrefix("http://") else {
        return worksheet_write_string(worksheet, row, column, text, format)
      }
      return worksheet_write_url_opt(worksheet, row, column, address, format, text, nil)
    }
  }

  private func format(_ style: Workbook.Style) -> UnsafeMutablePointer<lxw_format>? {
    if let format = formats[style] { return format }
    guard let format = workbook_add_format(book) else { return nil }
    format_set_font_name(format, value.font)
    format_set_font_size(format, Double(style.size ?? 14))
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    if style.isBold { format_set_bold(format) }
    if let fill = style.fill {
      format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
      format_set_bg_color(format, colour(fill))
    }
    if let ink = style.colour { format_set_font_color(format, colour(ink)) }
    if let number = style.number { format_set_num_format(format, number) }
    switch style.align {
    case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .center: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    case nil: break
    }
    if let indent = style.indent { format_set_indent(format, UInt8(indent)) }
    if style.hasBorder {
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bottom_color(format, colour("DCE1EA"))
    }
    if style.wraps { format_set_text_wrap(format) }
    formats[style] = format
    return format
  }

  private func colour(_ hex: String) -> lxw_color_t { lxw_color_t(hex, radix: 16) ?? 0 }

  private func write(
    _ shade: Workbook.Shade, _ worksheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(Complaints) {
    // An empty cell is no zero: it keeps its own look, whatever the lowest step.
    var empty = lxw_conditional_format()
    empty.type = UInt8(LXW_CONDITIONAL_TYPE_BLANKS.rawValue)
    empty.stop_if_true = 1
    empty.format = workbook_add_format(book)
    try check(
      worksheet_conditional_format_range(
        worksheet, lxw_row_t(shade.area.firstRow), lxw_col_t(shade.area.firstColumn),
        lxw_row_t(shade.area.lastRow), lxw_col_t(shade.area.lastColumn), &empty),
      "the empty cells of \(shade.area.name)")
    for step in shade.steps {
      var rule = lxw_conditional_format()
      rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
      rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
      rule.value = step.atLeast.double
      rule.stop_if_true = 1
      guard let format = workbook_add_format(book) else { continue }
      format_set_bg_color(format, colour(step.fill))
      format_set_font_color(format, colour(step.colour))
      rule.format = format
      try check(
        worksheet_conditional_format_range(
          worksheet, lxw_row_t(shade.area.firstRow), lxw_col_t(shade.area.firstColumn),
          lxw_row_t(shade.area.lastRow), lxw_col_t(shade.area.lastColumn), &rule),
        "the shade of \(shade.area.name)")
    }
  }

  // Charts.

  private func write(
    _ chart: Workbook.Chart, on sheet: Workbook.Sheet, _ worksheet: UnsafeMutablePointer<lxw_worksheet>
  ) throws(Complaints) {
    let type = chart.kind == .bar ? LXW_CHART_BAR : LXW_CHART_COLUMN
    guard let drawn = workbook_add_chart(book, UInt8(type.rawValue)) else { return }
    var font = lxw_chart_font()
    font.name = keep(value.font)
    font.size = 14
    for series in chart.series { add(series, to: drawn, chart, sheet, &font) }
    chart_title_set_name(drawn, keep(chart.title))
    var titleFont = font
    titleFont.size = 16
    titleFont.bold = 1
    chart_title_set_name_font(drawn, &titleFont)
    if !chart.hasLegend { chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_NONE.rawValue)) }
    // The library turns the axes of a bar chart with the bars: its values run along x.
    let isBar = chart.kind == .bar
    let categories = isBar ? drawn.pointee.y_axis : drawn.pointee.x_axis
    let values = isBar ? drawn.pointee.x_axis : drawn.pointee.y_axis
    chart_axis_set_num_font(categories, &font)
    chart_axis_set_num_font(values, &font)
    var line = lxw_chart_line()
    line.color = colour("DCE1EA")
    line.width = 0.75
    chart_axis_major_gridlines_set_line(values, &line)
    if isBar { chart_axis_set_reverse(categories) }
    chart_axis_set_interval_unit(categories, 1)
    if let from = chart.from { chart_axis_set_min(values, from.double) }
    if let to = chart.to { chart_axis_set_max(values, to.double) }
    var options = lxw_chart_options()
    options.x_scale = Double(chart.width) / 480
    options.y_scale = Double(chart.height) / 288
    try check(
      worksheet_insert_chart_opt(worksheet, lxw_row_t(chart.row), lxw_col_t(chart.column), drawn, &options),
      "the chart '\(chart.title)'")
  }

  private func add(
    _ series: Workbook.Chart.Series, to drawn: UnsafeMutablePointer<lxw_chart>, _ chart: Workbook.Chart,
    _ sheet: Workbook.Sheet, _ font: inout lxw_chart_font
  ) {
    guard let added = chart_add_series(drawn, nil, nil) else { return }
    chart_series_set_categories(
      added, keep(sheet.name), lxw_row_t(chart.labels.firstRow), lxw_col_t(chart.labels.firstColumn),
      lxw_row_t(chart.labels.lastRow), lxw_col_t(chart.labels.lastColumn))
    chart_series_set_values(
      added, keep(sheet.name), lxw_row_t(series.values.firstRow), lxw_col_t(series.values.firstColumn),
      lxw_row_t(series.values.lastRow), lxw_col_t(series.values.lastColumn))
    chart_series_set_name(added, keep(series.name))
    if let ink = series.colour {
      var fill = lxw_chart_fill()
      fill.color = colour(ink)
      chart_series_set_fill(added, &fill)
    }
    if !series.colours.isEmpty { paint(series.colours, of: added) }
    chart_series_set_labels(added)
    chart_series_set_labels_font(added, &font)
  }

  /// Gives every point of a series its own colour.
  private func paint(_ colours: [String], of series: UnsafeMutablePointer<lxw_chart_series>) {
    var fills = colours.map { hex in
      var fill = lxw_chart_fill()
      fill.color = colour(hex)
      return fill
    }
    fills.withUnsafeMutableBufferPointer { fills in
      var points = fills.indices.map { index in
        lxw_chart_point(line: nil, fill: fills.baseAddress?.advanced(by: index), pattern: nil)
      }
      points.withUnsafeMutableBufferPointer { points in
        var pointers: [UnsafeMutablePointer<lxw_chart_point>?] = points.indices.map {
          points.baseAddress?.advanced(by: $0)
        }
        pointers.append(nil)
        // The library copies them.
        _ = pointers.withUnsafeMutableBufferPointer { chart_series_set_points(series, $0.baseAddress) }
      }
    }
  }
}

public import Integrity

/// A workbook as a value: what the layout makes and the file writer writes. Knows rows and columns, nothing of Excel's
/// format.
public struct Workbook: Hashable, Sendable {
  public let title: String
  public let font: String
  /// The day in its properties; fixed, so that the same data give the same bytes.
  public let created: Day?
  public var sheets: [Sheet]

  public struct Sheet: Hashable, Sendable {
    public let name: String
    public let isLandscape: Bool
    /// Printed on one page, however much it must shrink; else on as many as it needs, one wide.
    public let isOnePage: Bool
    /// Rows and columns that stay in sight, and rows repeated on every printed page.
    public var frozen: Frozen?
    /// Widths by column, in characters.
    public var widths: [Int: Int] = [:]
    public var rows: [Row] = []
    public var shades: [Shade] = []
    public var charts: [Chart] = []
    /// The range that can be filtered and sorted.
    public var filter: Area?

    public init(name: String, isLandscape: Bool, isOnePage: Bool) {
      self.name = name
      self.isLandscape = isLandscape
      self.isOnePage = isOnePage
    }
  }

  public struct Frozen: Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    /// The header's own row, repeated in print.
    public let header: Int
  }

  public struct Row: Hashable, Sendable {
    public var cells: [Int: Cell] = [:]
    /// In points; nil for the usual one.
    public var height: Double?
  }

  public struct Cell: Hashable, Sendable {
    public let content: Content
    public let style: Style

    public enum Content: Hashable, Sendable {
      case blank
      case text(String)
      case number(Points)
      /// With the value it has now, which programs show that do not compute.
      case formula(String, cached: Double)
      case link(String, text: String)
    }
  }

  public struct Style: Hashable, Sendable {
    public var isBold = false
    public var size: Int?
    /// Six hexadecimal digits.
    public var fill: String?
    public var colour: String?
    /// Excel's number format.
    public var number: String?
    public var align: Align?
    /// Steps to the right of the cell's edge.
    public var indent: Int?
    public var hasBorder = false
    public var wraps = false

    public enum Align: String, Hashable, Sendable, CaseIterable { case left, center, right }
  }

  /// A rectangle of cells, counted from 0.
  public struct Area: Hashable, Sendable {
    public let firstRow: Int
    public let lastRow: Int
    public let firstColumn: Int
    public let lastColumn: Int
  }

  /// Colours by value, the highest step that a cell reaches.
  public struct Shade: Hashable, Sendable {
    public let area: Area
    public let steps: [Step]

    public struct Step: Hashable, Sendable {
      public let atLeast: Points
      public let fill: String
      public let colour: String
    }
  }

  public struct Chart: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case column, bar }

    public let kind: Kind
    public let title: String
    public let row: Int
    public let column: Int
    /// In pixels.
    public let width: Int
    public let height: Int
    public let labels: Area
    public let series: [Series]
    public let hasLegend: Bool
    /// Of the axis of values.
    public let from: Points?
    public let to: Points?
    public let number: String?

    public struct Series: Hashable, Sendable {
      public let name: String
      public let values: Area
      public let colour: String?
      /// Colours of the single points, where they differ.
      public let colours: [String]
    }
  }
}

extension Workbook {
  /// `B7` for row 6, column 1.
  static func cellName(_ row: Int, _ column: Int) -> String { "\(columnName(column))\(row + 1)" }

  static func columnName(_ column: Int) -> String {
    var name = ""
    var rest = column
    repeat {
      name = String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(rest % 26))) + name
      rest = rest / 26 - 1
    } while rest >= 0
    return name
  }

  /// The cells as text, for reading and for comparing: one line a row, one bar a cell.
  public var grid: String {
    var lines: [String] = []
    for sheet in sheets {
      lines.append("== \(sheet.name)")
      for (index, row) in sheet.rows.enumerated() where !row.cells.isEmpty {
        let last = row.cells.keys.max() ?? 0
        let cells = (0...last).map { row.cells[$0]?.plain ?? "" }
        lines.append("\(index + 1) | " + cells.joined(separator: " | "))
      }
      for shade in sheet.shades { lines.append("shade \(shade.area.name): \(shade.steps.count) steps") }
      for chart in sheet.charts {
        let series = chart.series.map { "\($0.name) \($0.values.name)" }.joined(separator: ", ")
        lines.append("chart \(chart.kind.rawValue) \"\(chart.title)\": \(chart.labels.name), \(series)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Workbook.Area {
  var name: String {
    "\(Workbook.cellName(firstRow, firstColumn)):\(Workbook.cellName(lastRow, lastColumn))"
  }
}

extension Workbook.Cell {
  fileprivate var plain: String {
    switch content {
    case .blank: ""
    case .text(let text): text
    case .number(let points): points.description
    case .formula(let formula, let cached): "\(formula) [\(cached)]"
    case .link(let address, let text): "\(text) <\(address)>"
    }
  }
}

import Integrity

/// A workbook as a committee declares it in YAML: sheets of blocks. Texts are mustache, values of cells are paths into
/// the report's data, so that numbers arrive as numbers.
public struct WorkbookTemplate: Hashable, Sendable {
  let title: String
  /// What is in it, for a menu; nil where nothing is said.
  let note: String?
  public let subject: Subject
  let font: String
  let styles: [String: Workbook.Style]
  let shades: [String: [Workbook.Shade.Step]]
  let sheets: [Sheet]

  struct Sheet: Hashable, Sendable {
    let name: String
    let isLandscape: Bool
    let isOnePage: Bool
    /// One sheet for each entry of this list.
    let each: String?
    let blocks: [Block]
  }

  enum Block: Hashable, Sendable {
    case text(String, style: String?)
    /// Labels and values below one another.
    case fields([Field])
    case table(Table)
    case chart(Chart)
    /// Empty rows.
    case gap(Int)
  }

  struct Field: Hashable, Sendable {
    let label: String
    let value: String
    let style: String?
  }

  struct Table: Hashable, Sendable {
    let list: String
    /// What charts call it.
    let id: String?
    let columns: [Column]
    let headStyle: String?
    /// Filter buttons, and the head stays in sight.
    let isMain: Bool
    let empty: String?
  }

  struct Column: Hashable, Sendable {
    let head: String
    let value: String
    let width: Int?
    let style: String?
    let headStyle: String?
    let shade: String?
    /// In `[Head]` notation, beside the value it has now.
    let formula: String?
    /// One column for each entry of this list.
    let each: String?
    let link: String?
    /// `average`, `sum`, `min`, `max` or `count` below the last row.
    let total: Total?
  }

  enum Total: String, Hashable, Sendable, CaseIterable {
    case average, sum, min, max, count
  }

  struct Chart: Hashable, Sendable {
    let kind: Workbook.Chart.Kind
    let of: String
    let title: String
    let labels: String
    let values: [String]
    /// A path in the table's rows to the colour of each point.
    let colours: String?
    let colour: String?
    let width: Int
    let height: Int
    let from: Points?
    let to: Points?
    /// Beside what stands above it, from this column on, instead of below.
    let beside: Int?
  }
}

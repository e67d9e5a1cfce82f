import Integrity
import Reports
import Storage

/// An import as its pages show it.
struct ImportData {
  private let page: ImportPage
  private let words: Wording

  /// How many faults, and how many codes, are listed.
  private static let mostFaults = 200
  private static let mostCodes = 200

  init(page: ImportPage, _ words: Wording) {
    self.page = page
    self.words = words
  }

  // What the table may hold.

  /// Each column with what it holds; the first ones must be there.
  var columns: [ReportData] {
    ImportColumns.of(page.kinds[0]).map { column in
      [
        "name": .text(column.name), "is_required": .flag(column.isRequired),
        "text": .text(words.text("setup_columns", "\(page.room)_\(column.name)")),
      ]
    }
  }

  /// Where an empty table with these columns is.
  var template: String { "/templates/\(page.room).csv" }

  // What was found.

  func faults(_ found: TableFaults) -> ReportData {
    let shown = found.faults.prefix(ImportData.mostFaults)
    let more = found.faults.count - shown.count
    return [
      "count": .text(words.say("setup_import.faults_count", ["count": found.faults.count.shown])),
      "more": ReportData(
        more > 0 ? words.say("setup_import.faults_more", ["count": more.shown]) : nil),
      "rows": .list(
        shown.map { fault in
          [
            "line": .text(fault.line.map(\.shown) ?? "–"), "column": .text(column(of: fault)),
            "problem": .text(fault.problem.in(words.language).sentence(in: words.language)),
            "remedy": ReportData(fault.remedy?.in(words.language).sentence(in: words.language)),
          ]
        }),
    ]
  }

  private func column(of fault: TableFault) -> String {
    guard let column = fault.column else { return fault.code.isEmpty ? "–" : fault.code }
    return words.facts([ImportData.letter(of: column), fault.columnName])
  }

  /// As spreadsheets name a column: A, Z, AA.
  static func letter(of column: Int) -> String {
    guard column > 0, let last = UnicodeScalar(65 + (column - 1) % 26) else { return "" }
    return letter(of: (column - 1) / 26) + String(Character(last))
  }

  func look(_ look: TableLook) -> ReportData {
    let (changes, kind) = (look.changes, look.order.kind.rawValue)
    let changed = changes.added.count + changes.changed.count
    func codes(_ codes: [String], _ name: String) -> ReportData {
      guard !codes.isEmpty else { return .absent }
      let shown = codes.prefix(ImportData.mostCodes)
      return [
        "title": .text(words.say("setup_import.\(name)_list", ["count": codes.count.shown])),
        "codes": .list(shown.map { .text($0) }),
        "more": ReportData(
          codes.count > shown.count
            ? words.say("setup_import.codes_more", ["count": (codes.count - shown.count).shown]) : nil),
      ]
    }
    return [
      "summary": .text(words.say("setup_import.\(kind)_rows", ["count": look.count.shown])),
      "added": .text(changes.added.count.shown), "changed": .text(changes.changed.count.shown),
      "unchanged": .text(changes.unchanged.shown), "has_changes": .flag(changed > 0),
      "button": .text(words.say("setup_import.\(kind)_take", ["count": changed.shown])),
      "lists": .list(
        [codes(changes.added, "added"), codes(changes.changed, "changed")].filter { $0 != .absent }),
    ]
  }
}

/// The columns of each table, in the order of its template.
enum ImportColumns {
  struct Column {
    let name: String
    let isRequired: Bool
  }

  static func of(_ kind: TableImport.Kind) -> [Column] {
    func columns(_ required: [String], _ others: [String]) -> [Column] {
      required.map { Column(name: $0, isRequired: true) } + others.map { Column(name: $0, isRequired: false) }
    }
    return switch kind {
    case .offices:
      columns(
        ["office", "name_th"],
        [
          "name_en", "kind", "parent", "provinces", "provinces_en", "region", "region_en", "from", "until",
          "successor",
          "conditions",
        ])
    case .groups: columns(["office", "group", "name_th"], ["name_en"])
    case .people:
      columns(
        ["person", "name"],
        [
          "post", "email", "phone", "national_id", "office", "hosting", "from", "until", "role", "group",
          "scope", "acting", "order", "order_date",
        ])
    case .given, .earlier: columns(["office", "node", "figure"], ["source"])
    }
  }
}

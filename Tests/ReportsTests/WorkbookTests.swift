import Foundation
import Integrity
import Testing

@testable import Documents
@testable import Reports

@Suite struct WorkbookTests {
  private func template(_ text: String) throws(Complaints) -> WorkbookTemplate {
    try WorkbookTemplate(bytes: Array(text.utf8), file: "w.yaml")
  }

  private func committee(_ language: Language) throws -> Workbook {
    let (rubric, comparison) = try Example.comparison()
    let words = try Pages(Example.library).words(language)
    let data = CommitteeReport(rubric: rubric, comparison: comparison, year: rubric.year).data(words)
    return try WorkbookTemplate(named: "committee", in: Example.library).workbook(of: data)
  }

  @Test func `the committee's workbook is the one in Reports, cell by cell`() throws {
    #expect(try committee(.thai).grid == Example.text("Reports/example/committee.txt"))
  }

  @Test func `the same workbook gives the same bytes, and is a zip file`() throws {
    let workbook = try committee(.english)
    let bytes = try XlsxFile.bytes(of: workbook)
    #expect(bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
    #expect(try XlsxFile.bytes(of: workbook) == bytes)
  }

  @Test func `totals and formulas carry the values they have`() throws {
    let grid = try committee(.english).grid
    #expect(grid.contains("=AVERAGE(F4:F16) ["))
    #expect(grid.contains("=I4-85 ["))
  }

  @Test func `numbers stay numbers and text is never a formula`() throws {
    let template = try template(
      """
      workbook: Test
      sheets:
        - name: "One: [bad] / name"
          blocks:
            - { text: "{{title}}" }
            - table: rows
              columns:
                - { head: Name, value: name }
                - { head: Score, value: score, total: sum }
                - { head: Double, value: twice, formula: "=[Score]*2" }
      """)
    let data: ReportData = [
      "title": "=HYPERLINK(\"x\") & <b>",
      "rows": [
        ["name": "=1+1", "score": .number(Figure(units: 850, places: 1)), "twice": .points(Points(170))],
        ["name": "@x", "score": .absent, "twice": .absent],
      ],
    ]
    let workbook = try template.workbook(of: data)
    let sheet = try #require(workbook.sheets.first)
    #expect(sheet.name == "One bad  name")
    #expect(sheet.rows[0].cells[0]?.content == .text("=HYPERLINK(\"x\") & <b>"))
    #expect(sheet.rows[2].cells[0]?.content == .text("=1+1"))
    #expect(sheet.rows[2].cells[1]?.content == .number(Points(85)))
    #expect(sheet.rows[2].cells[2]?.content == .formula("=B3*2", cached: 170))
    #expect(sheet.rows[3].cells[1]?.content == .blank)
    #expect(sheet.rows[4].cells[1]?.content == .formula("=SUM(B3:B4)", cached: 85))
    #expect(try !XlsxFile.bytes(of: workbook).isEmpty)
  }

  @Test func `a row is as high as the text that needs most lines, and never higher than Excel has`() throws {
    let template = try template(
      """
      workbook: w
      styles:
        text: { wrap: yes, indent: 1, align: left }
      sheets:
        - name: s
          blocks:
            - table: rows
              columns:
                - { head: a, value: a, width: 12, style: text }
                - { head: b, value: a, width: 12 }
      """)
    let rows = ["สั้น", "ไม่พบผลการใช้จ่ายงบประมาณรายโครงการ", String(repeating: "ยาวมาก ", count: 200)]
    let sheet = try #require(
      try template.workbook(of: ["rows": .list(rows.map { ["a": .text($0)] })]).sheets.first)
    #expect(sheet.rows[1].height == nil)
    let height = try #require(sheet.rows[2].height)
    #expect(height >= 3 * 21 && height <= 5 * 21)
    #expect(sheet.rows[3].height == 409)
  }

  @Test func `columns and sheets repeat for every entry of a list`() throws {
    let template = try template(
      """
      workbook: Test
      sheets:
        - name: "{{code}}"
          each: parts
          blocks:
            - table: rows
              columns: [ { each: parts, head: "{{code}}", value: "figures.{{code}}" } ]
      """)
    let data: ReportData = [
      "parts": [["code": "9.1"], ["code": "10"]],
      "rows": [["figures": ["9.1": .points(Points(1)), "10": .points(Points(2))]]],
    ]
    let workbook = try template.workbook(of: data)
    #expect(workbook.grid == "== 9.1\n1 | 9.1 | 10\n2 | 1 | 2\n== 10\n1 | 9.1 | 10\n2 | 1 | 2\n")
  }

  @Test(arguments: [
    ("workbok: x\nsheets: [ { name: a, blocks: [] } ]", "w.yaml:1:1: 'workbok' is not known in the workbook"),
    ("workbook: x\n", "the workbook has no 'sheets'"),
    (
      "workbook: x\nsheets: [ { name: a, blocks: [ { tabel: y } ] } ]",
      "this is no block; begin it with one of text, fields"
    ),
    ("workbook: x\nstyles: { a: { fill: red } }\nsheets: [ { name: a, blocks: [] } ]", "'red' is no colour"),
    (
      "workbook: x\nsheets: [ { name: a, blocks: [ { gap: many } ] } ]",
      "must be a whole number from 1 to 100"
    ),
  ])
  func `a workbook's faults are named with their place`(text: String, complaint: String) {
    do {
      _ = try template(text)
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains(complaint), "\(error.description)")
    }
  }

  @Test(arguments: [
    ("=[Scor]", "there is no column 'Scor'; did you mean 'Score'?"), ("=[Score", "a bracket is not closed"),
    ("[Score]", "it is no plain formula"), ("={1,2}", "it is no plain formula"),
  ])
  func `a formula that leads nowhere is refused`(text: String, complaint: String) {
    #expect(throws: Complaints.self) { _ = try Formula(text).resolved(heads: ["Score": 1], row: 0) }
    do {
      _ = try Formula(text).resolved(heads: ["Score": 1], row: 0)
    } catch {
      #expect(error.description.contains(complaint))
    }
  }

  @Test(arguments: [
    (0, 0, "A1"), (6, 1, "B7"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (0, 702, "AAA1"),
  ])
  func `cells have Excel's names`(row: Int, column: Int, name: String) {
    #expect(Workbook.cellName(row, column) == name)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@x", "'@x"), ("-2.50", "-2.50"), ("-x", "'-x"), ("a,b", "\"a,b\""),
    ("say \"no\"", "\"say \"\"no\"\"\""),
    ("＝1", "'＝1"), ("plain", "plain"),
  ])
  func `a CSV cell is quoted, and never a formula`(text: String, cell: String) {
    #expect(ScorecardCSV.cell(text) == cell)
  }

  @Test func `figures are shown with commas and a true minus`() {
    #expect(Figure(units: 120_450, places: 2).shown == "1,204.50")
    #expect(Figure(units: -293, places: 2).signed == "\u{2212}2.93")
    #expect(Figure(units: 321, places: 2).signed == "+3.21")
    #expect(Points(1_000_000).shown == "1,000,000")
  }
}

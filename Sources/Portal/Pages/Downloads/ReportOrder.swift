import Documents
import Foundation
import Integrity
import Reports
import Storage

/// The reports that may be downloaded of a cycle, each a way to make a file.
struct ReportOrders: Sendable {
  /// Who asks, in which language, at what time.
  struct Asked: Sendable {
    let cycle: Cycle
    let signer: Signer
    let now: Moment
    let language: Language
  }

  let registry: Registry
  let templates: Library
  let asked: Asked

  private var code: Code<Cycle> { asked.cycle.code }
  private var suffix: String { asked.language == .thai ? "" : "-en" }

  /// Names of the workbooks about a whole cycle; a committee's own among them.
  ///
  /// - Throws: `Complaints` where one cannot be read.
  static func workbooks(in templates: Library) throws -> [(name: String, template: WorkbookTemplate)] {
    try WorkbookTemplate.names(in: templates).map { ($0, try WorkbookTemplate(named: $0, in: templates)) }
      .filter { $0.1.subject == .cycle }
  }

  /// The order of a report by its name on the form; nil where there is none of that name.
  func order(_ report: String) throws -> Exports.Order? {
    let name = "\(code.text.plain)\(suffix)"
    switch report {
    case "scorecards":
      return Exports.Order(
        report: report, name: "scorecards-\(name).zip", type: "application/zip", make: makeScorecards)
    case "lines":
      return Exports.Order(
        report: report, name: "lines-\(code.text.plain).csv", type: "text/csv; charset=utf-8", make: makeLines
      )
    case "working":
      return Exports.Order(
        report: report, name: "working-\(code.text.plain).json", type: "application/json", make: makeWorking)
    default:
      let known = try ReportOrders.workbooks(in: templates).first { "workbook-\($0.name)" == report }
      guard let known else { return nil }
      return Exports.Order(
        report: report, name: "\(known.name.plain)-\(name).xlsx", type: ReportOrders.xlsx
      ) { file, progress in try makeWorkbook(known.template, file, progress) }
    }
  }

  static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  // Making.

  private func cards() throws -> [Scorecard] {
    try registry.results(of: code, by: asked.signer, at: asked.now)
  }

  private func makeWorkbook(
    _ template: WorkbookTemplate, _ file: Scratch, _ progress: (Int, Int) -> Void
  ) throws {
    let rubric = try registry.rubric(of: code)
    let cards = try cards()
    progress(1, 3)
    let words = try Pages(templates).words(asked.language)
    let report = CommitteeReport(
      rubric: rubric, comparison: Comparison(cards, by: rubric), year: asked.cycle.year)
    let workbook = try template.workbook(of: report.data(words))
    progress(2, 3)
    try file.append(try XlsxFile.bytes(of: workbook))
  }

  /// Every office's page as a file of its own that needs nothing from elsewhere.
  private func makeScorecards(_ file: Scratch, _ progress: (Int, Int) -> Void) throws {
    let rubric = try registry.rubric(of: code)
    let cards = try cards()
    let comparison = Comparison(cards, by: rubric)
    let peers = Dictionary(
      Set(cards.map(\.office.kind)).map { ($0, comparison.peers(of: $0, rounding: rubric.policy.rounding)) }
    ) { a, _ in a }
    let previous = try registry.totalsBefore(code, by: asked.signer, at: asked.now)
    let pages = try Pages(templates)
    let words = try pages.words(asked.language)
    var archive = ZipWriter { try file.append($0) }
    for (done, card) in cards.enumerated() {
      progress(done, cards.count)
      let report = OfficeReport(
        rubric: rubric, scorecard: card, peers: peers[card.office.kind] ?? Peers([:], rounding: .hundredths),
        previous: previous[card.office.code].map {
          OfficeReport.Previous(total: $0, year: FiscalYear(asked.cycle.year.buddhist - 1))
        }, year: asked.cycle.year)
      let page = try pages.render("reports/office", report.data(words))
      let name = FileName("\(card.office.code) \(card.office.shortName(words)).html").text
      try archive.add(name, Array(page.utf8))
    }
    progress(cards.count, cards.count)
    try archive.finish()
  }

  /// Every line of every scorecard as a table.
  private func makeLines(_ file: Scratch, _ progress: (Int, Int) -> Void) throws {
    let least = try registry.rubric(of: code).policy.smallestCount
    let cards = try cards()
    for (done, card) in cards.enumerated() {
      progress(done, cards.count)
      let table = ScorecardCSV.text(of: [card], smallestCount: least) + "\r\n"
      // The head stands once.
      let rows = done == 0 ? table[...] : table[(table.range(of: "\r\n")?.upperBound ?? table.startIndex)...]
      try file.append(Array(rows.utf8))
    }
  }

  /// Every figure with its working, and the option counts that may be told.
  private func makeWorking(_ file: Scratch, _ progress: (Int, Int) -> Void) throws {
    let detail = Detail.counted(smallestCount: try registry.rubric(of: code).policy.smallestCount)
    let cards = try cards()
    let head = ScorecardJSON.text(of: [], cycle: asked.cycle.year)
    let open = head.range(of: "[]\n}", options: .backwards).map { String(head[..<$0.lowerBound]) } ?? head
    try file.append(Array((open + "[").utf8))
    for (done, card) in cards.enumerated() {
      progress(done, cards.count)
      let text = ScorecardJSON.json(card, detail: detail).text(indent: "    ")
      try file.append(Array(((done == 0 ? "\n    " : ",\n    ") + text).utf8))
    }
    try file.append(Array("\n  ]\n}\n".utf8))
  }

  /// One office's result as a workbook.
  func office(_ office: Code<Office>) throws -> [UInt8] {
    let rubric = try registry.rubric(of: code)
    let card = try registry.scorecard(of: office, in: code, by: asked.signer, at: asked.now)
    let comparison = Comparison(try cards(), by: rubric)
    let previous = try registry.totalsBefore(code, by: asked.signer, at: asked.now)[office]
    let report = OfficeReport(
      rubric: rubric, scorecard: card, comparison: comparison,
      previous: previous.map {
        OfficeReport.Previous(total: $0, year: FiscalYear(asked.cycle.year.buddhist - 1))
      }, year: asked.cycle.year)
    let words = try Pages(templates).words(asked.language)
    let workbook = try WorkbookTemplate(named: "office", in: templates).workbook(
      of: report.workbookData(words))
    return try XlsxFile.bytes(of: workbook)
  }
}

import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// Every office of a cycle with its score: to sort, to filter, and to take away as a table.
enum ResultsPage {
  static let routes: [Route] = [
    .page("/{cycle}/results") { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let words = try signedIn.words()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let rows = ResultsRows(ResultsChrome(desk: desk, view: view, sight: .table, words: words))
      return try signedIn.page(
        "pages/committee-results", title: words.say("results.title"), rows.fields,
        frame: try signedIn.resultsFrame(.results, desk.cycle))
    },
    .page("/{cycle}/results.csv", load: .export) { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let table = ResultsTable(desk, view, try signedIn.words())
      return .csv(table.text, named: try signedIn.committeePaths().fileName("results"))
    },
  ]
}

extension Response {
  /// A table for a spreadsheet.
  static func csv(_ text: String, named name: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

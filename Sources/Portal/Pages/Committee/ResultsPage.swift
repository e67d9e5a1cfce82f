import Hummingbird
import Integrity
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
      var fields = rows.fields
      fields["agreed"] = agreed(desk, signedIn, words)
      return try signedIn.page(
        "pages/committee-results", title: words.say("results.title"), fields,
        frame: try signedIn.resultsFrame(.results, desk.cycle))
    },
    .page("/{cycle}/results.csv", load: .export) { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let table = ResultsTable(desk, view, try signedIn.words())
      return .table(table.text, named: "results", desk.cycle.code)
    },
  ]

  /// Whose agreement waits for another member's.
  private static func agreed(
    _ desk: Registry.ResultsDesk, _ signedIn: SignedIn, _ words: Wording
  ) -> ReportData {
    guard let agreed = desk.agreed else { return .absent }
    let isReader = agreed.person == signedIn.session.person
    return .text(
      words.say(
        isReader ? "results.agreed_by_you" : "results.agreed_by",
        ["name": agreed.name, "moment": Dates(signedIn.visit.visitor).moment(agreed.at).kept]))
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// How the offices of a cycle are spread: over scores, over levels by kind and region, before and after clarification, and
/// against the year before.
enum DistributionPage {
  static let routes: [Route] = [
    .page("/{cycle}/results/distribution") { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let words = try signedIn.words()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let spread = Distribution(
        ResultsChrome(desk: desk, view: view, sight: .distribution, words: words))
      return try signedIn.page(
        "pages/committee-distribution", title: words.say("results.distribution_title"), spread.fields,
        frame: try signedIn.resultsFrame(nil, desk.cycle))
    },
    .page("/{cycle}/results/distribution.csv", load: .export) { signedIn in
      let (desk, index) = try await signedIn.resultsDesk()
      let view = ResultsView(index, ResultsFilter(signedIn.visit, index), in: signedIn.language)
      let spread = Distribution(
        ResultsChrome(desk: desk, view: view, sight: .distribution, words: try signedIn.words()))
      guard let part = Distribution.Part(rawValue: signedIn.visit.asked("part") ?? "scores") else {
        throw Problem.notFound
      }
      return .table(spread.table(of: part), named: "distribution-\(part.rawValue)", desk.cycle.code)
    },
  ]
}

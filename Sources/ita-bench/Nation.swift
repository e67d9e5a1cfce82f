import Documents
import Foundation
import Integrity
import Reports
import Specimen

/// A nation made up from a seed: tallied and scored by us, and by the peers in `Bench/peers` on the same columns.
struct Nation {
  let offices: Int
  let folder: String
  /// Runs the peers; nil leaves them out.
  let python: String?

  func run() throws {
    let rubric = try RubricFile(path: Library.rubric(named: "ita-2567")).rubric
    let columns = NationColumns(rubric: rubric, offices: offices)
    print(
      "offices \(offices), IIT \(columns.iit.bounds.last ?? 0), EIT \(columns.eitRows) filled questionnaires")

    let sum = best { columns.sumOfBytes() }
    let tally = best { _ = columns.tallied() }
    let tallies = columns.tallied()
    let assessments = columns.assessments(tallies)
    var cards: [Scorecard] = []
    // What a run has made is freed before the next begins, outside its time.
    let half = best(before: { cards = [] }, { cards = assessments.prefix(offices / 2).map(rubric.scorecard) })
    let scoring = best(before: { cards = [] }, { cards = assessments.map(rubric.scorecard) })

    let tallyTime = milliseconds(tally)
    print("sum of the same bytes   \(milliseconds(sum)) ms")
    print("tally, two threads      \(tallyTime) ms, \(ratio(tally, sum)) × the sum (target ≤ 12)")
    print(
      "scorecards              \(milliseconds(scoring)) ms, \(perOffice(scoring, offices)) µs an office (target ≤ 60)"
    )
    print("half the offices        \(ratio(scoring, half)) × faster (linear: 2)")

    guard let python else { return }
    try columns.write(to: folder)
    let totals = cards.map { $0.total.figure }
    try runPeers(python, tally: tally, totals: totals)
  }

  private func runPeers(_ python: String, tally: Duration, totals: [Figure?]) throws {
    var fastest = Double.infinity
    var largest = Points.zero
    for name in ["numpy", "polars", "duckdb"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = ["Bench/peers/tally_\(name).py", folder]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let line = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let result = try JSONDecoder().decode(PeerResult.self, from: line)
      fastest = min(fastest, result.tally_ms)
      let theirs = try String(contentsOfFile: result.totals_file, encoding: .utf8).split(separator: "\n")
      guard theirs.count == totals.count else {
        fatalError("\(result.engine) scored \(theirs.count) offices")
      }
      for (mine, their) in zip(totals, theirs) {
        let difference = (mine?.points ?? .zero) - (Points(their) ?? .zero)
        largest = max(largest, Points(millionths: Int64(difference.millionths.magnitude)))
      }
      let relation = String(format: "%.1f", result.tally_ms / milliseconds(tally))
      print(
        "\(result.engine) \(result.version): tally \(result.tally_ms) ms (\(relation) × ours), totals \(result.totals_ms) ms"
      )
    }
    print(
      "fastest peer            \(String(format: "%.1f", fastest / milliseconds(tally))) × ours (target ≥ 4)")
    print("largest difference of two totals \(largest) (must be 0)")
  }

  private struct PeerResult: Decodable {
    let engine: String
    let version: String
    let tally_ms: Double
    let totals_ms: Double
    let totals_file: String
  }

  // Timing.

  private func best(before prepare: () -> Void = {}, _ body: () -> Void) -> Duration {
    let clock = ContinuousClock()
    return (0..<7).map { _ in
      prepare()
      return clock.measure(body)
    }.min() ?? .zero
  }

  private func milliseconds(_ duration: Duration) -> Double {
    let parts = duration.components
    let micro = Double(parts.seconds) * 1_000_000 + Double(parts.attoseconds) / 1_000_000_000_000
    return (micro / 10).rounded() / 100
  }

  private func perOffice(_ duration: Duration, _ offices: Int) -> Double {
    (milliseconds(duration) * 10_000 / Double(max(1, offices))).rounded() / 10
  }

  private func ratio(_ a: Duration, _ b: Duration) -> String { String(format: "%.1f", a / b) }
}

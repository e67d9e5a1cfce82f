public import Integrity

/// Scorecards as a flat table, one row a line, for a spreadsheet: what may be published, no option counts.
public enum ScorecardCSV {
  public static func text(of scorecards: [Scorecard], smallestCount: Int) -> String {
    let header = [
      "office", "office_name", "node", "part", "place", "title_th", "title_en", "weight", "state", "figure",
      "floor",
      "ceiling", "maximum", "part_of_total", "respondents", "level", "working_th", "working_en",
    ]
    var rows = [header]
    let detail = Detail.published(smallestCount: smallestCount)
    for card in scorecards {
      card.shown(at: detail).total.forEach { line in rows.append(row(line, of: card, detail)) }
    }
    return table(rows)
  }

  /// Rows as CSV (RFC 4180), with a byte-order mark so that a Thai Excel reads it as UTF-8.
  public static func table(_ rows: [[String]]) -> String {
    "\u{FEFF}" + lines(rows)
  }

  /// The same of some rows of a long table, which is written piece by piece.
  public static func lines(_ rows: [[String]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") }.joined(separator: "\r\n")
  }

  private static func row(_ line: Line, of card: Scorecard, _ detail: Detail) -> [String] {
    var state = ""
    var floor = ""
    var ceiling = ""
    switch line.outcome {
    case .scored: state = "scored"
    case .hidden(let band):
      state = "hidden"
      if let band, let maximum = line.maximum { (floor, ceiling) = band.ends(of: maximum) }
    case .given: state = "given"
    case .notApplicable: state = "not_applicable"
    case .pending(let low, let high): (state, floor, ceiling) = ("pending", "\(low)", "\(high)")
    case .withheld(_, let low, let high): (state, floor, ceiling) = ("withheld", "\(low)", "\(high)")
    case .provisional(let low, let high): (state, floor, ceiling) = ("provisional", "\(low)", "\(high)")
    }
    return [
      card.office.code.text, card.office.name.thai, line.code.text, line.route?.text ?? "",
      line.place.rawValue,
      line.title.thai, line.title.english, line.weight?.description ?? "", state,
      line.figure?.description ?? "", floor, ceiling, line.maximum?.description ?? "",
      line.contribution?.description ?? "",
      line.isFewPeople(at: detail) ? "" : line.people.map { "\($0.respondents)" } ?? "",
      line.place == .total ? card.level?.level.title.thai ?? "" : "",
      line.explanation(in: .thai, detail: detail), line.explanation(in: .english, detail: detail),
    ]
  }

  /// Quoted where RFC 4180 asks for it; what a spreadsheet would take for a formula is marked as text.
  static func cell(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r＝＋－＠".contains($0) } == true && Points(text) == nil
    let safe = isFormula ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}

extension Band {
  /// Its ends in points of full marks.
  func ends(of maximum: Figure) -> (floor: String, ceiling: String) {
    func point(_ percent: Int) -> String {
      "\(Points(millionths: maximum.points.millionths / 100 * Int64(percent)))"
    }
    return (point(from), point(to))
  }
}

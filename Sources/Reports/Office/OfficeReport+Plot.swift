import Integrity

/// The picture of the indicators, beside the means of the office's kind.
extension OfficeReportData {
  /// One row of the picture.
  private struct Row {
    let line: Line
    let mean: Figure?
    let maximum: Points

    var figure: Figure? { line.figure }
    var range: (low: Points, high: Points)? {
      switch line.outcome {
      case .provisional(let floor, let ceiling): (floor.points, ceiling.points)
      case .scored, .given, .notApplicable, .pending, .withheld, .hidden: nil
      }
    }
  }

  var peers: Int {
    guard let total = report.peers.mean(of: Node.total) else {
      return instruments.compactMap { report.peers.mean(of: $0.code)?.offices }.max() ?? 0
    }
    return total.offices
  }

  private var hasPeers: Bool { peers > 1 }

  func mean(of line: Line) -> Figure? {
    guard hasPeers else { return nil }
    return report.peers.mean(of: line.code)?.figure
  }

  func indicators(of instrument: Line) -> [Line] { instrument.parts.filter { $0.place == .indicator } }

  var plot: ReportData {
    let drawn = instruments.flatMap { instrument in
      let below = indicators(of: instrument)
      return (below.isEmpty ? [instrument] : below).map(row)
    }
    let hasIndicators = instruments.contains { !indicators(of: $0).isEmpty }
    let axis = axis(drawn)
    let pass = drawn.allSatisfy { $0.maximum == card.total.maximum?.points } ? rubric.pass : nil
    return [
      "title": .text(title(indicators: hasIndicators ? drawn.count : 0)),
      "spoken": .text(spoken(drawn, axis, pass)),
      "hasIndicators": .flag(hasIndicators),
      "hasPeers": .flag(hasPeers),
      "peers": hasPeers
        ? .text(words.sentence("mean_of", ["count": peers.shown, "kind": kindName])) : .absent,
      "passMark": pass.map { .text(words.sentence("pass_mark", ["mark": $0.shown])) } ?? .absent,
      "passX": pass.map { .text(axis.position($0)) } ?? .absent,
      "hasSpans": .flag(drawn.contains { $0.range != nil }),
      "ticks": .list(ticks(axis, pass)),
      "groups": .list(instruments.map { group($0, axis) }),
    ]
  }

  private var kindName: String { kind?.title.in(language) ?? "" }

  private func row(_ line: Line) -> Row {
    Row(
      line: line, mean: mean(of: line),
      maximum: line.maximum?.points ?? card.total.maximum?.points ?? .hundred)
  }

  /// From the largest of 0, 50 and 70 below everything drawn, to full marks; in per cent where full marks differ.
  private func axis(_ rows: [Row]) -> Axis {
    let maxima = Set(rows.map(\.maximum))
    guard maxima.count == 1, let top = maxima.first, top > .zero else {
      return Axis(from: .zero, to: .hundred)
    }
    let lowest = rows.flatMap { row in
      [row.figure?.points, row.mean?.points, row.range?.low].compactMap { $0 }
    }.min()
    guard top == .hundred, let lowest else { return Axis(from: .zero, to: top) }
    let start = [Points(70), Points(50)].first { $0 < lowest } ?? .zero
    return Axis(from: start, to: top)
  }

  private func ticks(_ axis: Axis, _ pass: Points?) -> [ReportData] {
    let middle = pass ?? Points(millionths: (axis.from.millionths + axis.to.millionths) / 2)
    return [axis.from, middle, axis.to].map { ["x": .text(axis.position($0)), "label": .text($0.shown)] }
  }

  private func title(indicators count: Int) -> String {
    guard count > 0 else { return words.sentence("instruments") }
    if hasPeers {
      return words.sentence("indicators_mean", ["count": count.shown, "kind": kindName])
    }
    return words.sentence(count == 1 ? "indicators_one" : "indicators", ["count": count.shown])
  }

  private func spoken(_ rows: [Row], _ axis: Axis, _ pass: Points?) -> String {
    var facts = [words.sentence("picture", ["from": axis.from.shown, "to": axis.to.shown])]
    if hasPeers {
      let pairs = rows.compactMap { row in row.figure.flatMap { figure in row.mean.map { (figure, $0) } } }
      facts.append(
        words.sentence(
          "picture_mean",
          ["above": pairs.count { $0.0 > $0.1 }.shown, "below": pairs.count { $0.0 < $0.1 }.shown]))
    }
    if let pass {
      let below = rows.count { row in row.figure.map { $0.points < pass } ?? false }
      facts.append(words.sentence("picture_pass", ["count": below.shown, "mark": pass.shown]))
    }
    return facts.joined(separator: words.sentence("list_comma"))
  }

  private func group(_ instrument: Line, _ axis: Axis) -> ReportData {
    let below = indicators(of: instrument)
    guard case .record(var fields) = cells(row(instrument), axis, isDrawn: below.isEmpty) else {
      return .absent
    }
    fields["weight"] =
      instrument.share.map { .text(words.sentence("weight", ["share": percent($0)])) } ?? .absent
    fields["rows"] = .list(below.map { cells(row($0), axis, isDrawn: true) })
    return .record(fields)
  }

  private func cells(_ row: Row, _ axis: Axis, isDrawn: Bool) -> ReportData {
    let change = row.figure.flatMap { figure in row.mean.map { difference(figure - $0) } }
    return [
      "code": .text(row.line.code.display), "title": .text(row.line.title.in(language)),
      "state": state(row.line), "isMissing": .flag(row.line.isMissing),
      "figure": .text(shown(row.line.outcome)),
      "mean": .text(hasPeers ? row.mean?.shown ?? "–" : ""),
      "difference": hasPeers ? (change ?? ["tone": "same", "text": "–"]) : ReportData.absent,
      "picture": isDrawn ? picture(row, axis) : ReportData.absent,
    ]
  }

  private func picture(_ row: Row, _ axis: Axis) -> ReportData {
    if case .notApplicable = row.line.outcome { return .absent }
    /// On an axis in per cent a figure is drawn as its share of full marks.
    func place(_ points: Points) -> Points {
      guard row.maximum != axis.to, row.maximum > .zero else { return points }
      return Points(millionths: points.millionths * 100 / row.maximum.millionths * Points.unit)
    }
    let isAbove = row.figure.flatMap { figure in row.mean.map { figure >= $0 } } ?? true
    return [
      "x": row.figure.map { .text(axis.position(place($0.points))) } ?? .absent,
      "meanX": row.mean.map { .text(axis.position(place($0.points))) } ?? .absent,
      "tone": .text(isAbove ? "up" : "down"),
      "span": row.range.map { axis.span(place($0.low), place($0.high)) } ?? .absent,
    ]
  }
}

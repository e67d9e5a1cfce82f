import Integrity

extension OfficeReport {
  /// The tree that a workbook about one office sees: that of its page, and its figures as numbers.
  public func workbookData(_ words: Wording) -> ReportData {
    let data = OfficeReportData(report: self, words: words)
    guard case .record(var fields) = data.data else { return .absent }
    fields["cycle"] = [
      "year": .text(words.year(year)), "created": .text(year.lastDay?.description ?? ""),
    ]
    fields["result"] = data.result
    fields["figures"] = .list(data.card.mainLines.dropFirst().map(data.figureRow))
    fields["lines"] = .list(data.lineRows)
    return .record(fields)
  }
}

extension OfficeReportData {
  /// The total and what stands beside it, as numbers.
  fileprivate var result: ReportData {
    var range: (floor: ReportData, ceiling: ReportData) = (.absent, .absent)
    if case .provisional(let floor, let ceiling) = card.standing {
      range = (.number(floor), .number(ceiling))
    }
    let mean = report.peers.mean(of: Node.total)
    return [
      "total": card.total.figure.map { .number($0) } ?? .absent, "floor": range.floor,
      "ceiling": range.ceiling,
      "level": .text(card.level?.level.title.in(language) ?? words.text("scorecard", "incomplete")),
      "mean": mean.map { .number($0.figure) } ?? .absent,
      "previous": report.previous.map { .number($0.total) } ?? .absent,
    ]
  }

  /// An instrument or indicator beside the mean of the kind.
  fileprivate func figureRow(_ line: Line) -> ReportData {
    let mean = mean(of: line)
    return [
      "code": .text(line.code.text), "title": .text(line.title.in(language)),
      "label": .text("\(line.code.display) \(line.title.in(language))"),
      "figure": line.figure.map { .number($0) } ?? .absent, "mean": mean.map { .number($0) } ?? .absent,
      "difference": line.figure.flatMap { figure in mean.map { .number(figure - $0) } } ?? .absent,
      "isInstrument": .flag(line.place == .instrument),
    ]
  }

  /// Every line of the scorecard, each before its parts; nothing of a question that few answered.
  fileprivate var lineRows: [ReportData] {
    var rows: [ReportData] = []
    func add(_ line: Line, _ depth: Int) {
      let missing = if case .elements(_, let missing) = line.working.basis { missing } else { [Element]() }
      rows.append([
        "code": .text(line.code == Node.total ? "" : line.id), "depth": .points(Points(depth)),
        "title": .text(String(repeating: "\u{A0}\u{A0}\u{A0}", count: depth) + line.title.in(language)),
        "figure": line.figure.map { .number($0) } ?? .absent,
        "maximum": line.maximum.map { .number($0) } ?? .absent,
        "part": line.contribution.map { .number($0) } ?? .absent,
        "working": .text(line.explanation(in: language, detail: detail)),
        "reason": .text(line.working.reason),
        "missing": .text(
          missing.map { $0.title.in(language) }.joined(separator: words.sentence("list_comma"))),
        "isItem": .flag(line.place == .item || line.place == .subItem || line.place == .deduction),
      ])
      for part in line.parts where !line.outcome.isGiven { add(part, depth + 1) }
    }
    add(card.total, 0)
    return rows
  }
}

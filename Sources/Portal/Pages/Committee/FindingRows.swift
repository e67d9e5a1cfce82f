import Integrity
import Reports
import Storage

/// What was found on each disclosure of an office, first and finally, and what it rests on.
struct FindingRows {
  /// Which of them are shown.
  enum Show: String, CaseIterable {
    case all, lost, changed, contested
  }

  private let desk: Registry.ScorecardDesk
  private let words: Wording
  private let show: Show
  private let text: FindingText
  private var language: Language { words.language }
  private var paths: CommitteePaths { CommitteePaths(cycle: desk.cycle.code) }

  init(_ desk: Registry.ScorecardDesk, _ dates: Dates, _ words: Wording, show: String?) {
    (self.desk, self.words) = (desk, words)
    self.show = show.flatMap(Show.init(rawValue:)) ?? .all
    text = FindingText(dates, words)
  }

  private func admits(_ judged: Registry.JudgedItem, _ show: Show) -> Bool {
    switch show {
    case .all: true
    case .lost: text.isLost(line(of: judged))
    case .changed: judged.isChanged
    case .contested: judged.statement != nil
    }
  }

  private func line(of judged: Registry.JudgedItem) -> Line? { desk.card.line(judged.item.code) }

  private var shown: [Registry.JudgedItem] { desk.judged.filter { admits($0, show) } }

  var data: ReportData {
    let query = show == .all ? "" : "?show=\(show.rawValue)"
    return [
      "rows": .list(shown.map(row)), "is_empty": .flag(shown.isEmpty), "chips": .list(chips),
      "has_evidence": .flag(desk.isFromInside),
      "has_correct": .flag(desk.judged.contains(where: \.mayCorrect)),
      "csv": .text(paths.scorecard(desk.office.code) + "/findings.csv" + query),
    ]
  }

  private var chips: [ReportData] {
    Show.allCases.compactMap { show in
      let count = desk.judged.count { admits($0, show) }
      if count == 0, show != .all, show != self.show { return nil }
      let query = show == .all ? "" : "?show=\(show.rawValue)"
      return [
        "href": .text(paths.scorecard(desk.office.code) + query + "#findings"),
        "title": .text(words.say("finding_filter.\(show.rawValue)")), "count": .text(count.shown),
        "is_current": .flag(show == self.show),
      ]
    }
  }

  private func row(_ judged: Registry.JudgedItem) -> ReportData {
    let (first, final) = (judged.first, judged.final)
    return [
      "id": .text("item-\(judged.item.code)"), "code": .text(judged.item.code.text),
      "title": .text(judged.item.title.in(language)),
      "first": first.map { text.data($0, on: judged.item, isShort: true) } ?? .absent,
      "final": judged.isFoundAgain
        ? final.map { text.data($0, on: judged.item, isShort: true) } ?? .absent : .absent,
      "points": .text(line(of: judged)?.figure?.shown ?? "–"),
      "statement": ReportData(judged.statement), "is_open": .flag(judged.isOpen),
      "evidence": .list(evidence(of: judged)), "note": ReportData(note(of: judged)),
      "correct": judged.mayCorrect
        ? .text(paths.correction(judged.item.code, of: desk.office.code)) : .absent,
    ]
  }

  private func note(of judged: Registry.JudgedItem) -> String? {
    guard desk.isFromInside else { return nil }
    guard let submission = judged.submission else { return words.say("office_findings.not_submitted") }
    return submission.isDisclosed == false
      ? words.say("office_findings.not_disclosed", ["reason": submission.note]) : nil
  }

  private func evidence(of judged: Registry.JudgedItem) -> [ReportData] {
    let own = Paths(cycle: desk.cycle.code, office: desk.office.code)
    return (judged.submission?.evidence ?? []).map {
      text.data($0, seen: judged.findings.flatMap(\.seen), own)
    }
  }

  // As a table for a spreadsheet.

  var table: String {
    let header = [
      "office_findings.column_item", "office_findings.column_title", "office_findings.column_first",
      "office_findings.column_first_reason",
      "office_findings.column_first_who", "office_findings.column_first_at", "office_findings.column_final",
      "office_findings.column_final_stage",
      "office_findings.column_final_reason", "office_findings.column_final_who",
      "office_findings.column_final_at",
      "office_findings.column_points", "office_findings.column_statement", "office_findings.column_evidence",
    ].map { words.say($0) }
    let rows = shown.map { judged -> [String] in
      let (first, final) = (judged.first, judged.final)
      func cells(_ made: Registry.MadeFinding?) -> [String] {
        [
          made.map { text.word($0.finding, on: judged.item) } ?? "", made?.finding.reason ?? "",
          made?.who ?? "",
          made?.at.description ?? "",
        ]
      }
      let last = cells(final)
      let links = (judged.submission?.evidence ?? []).compactMap { evidence -> String? in
        if case .link(let link) = evidence.content { link } else { nil }
      }
      return [judged.item.code.text, judged.item.title.in(language)] + cells(first)
        + [last[0], final.map { text.stage($0.stage) } ?? "", last[1], last[2], last[3]]
        + [
          line(of: judged)?.figure?.description ?? "", judged.statement ?? "", links.joined(separator: " "),
        ]
    }
    return ScorecardCSV.table([header] + rows) + "\r\n"
  }
}

extension Registry.JudgedItem {
  /// Whether something was found after the first finding, be it the same again.
  var isFoundAgain: Bool { final.map { $0.stage != .first } ?? false }

  /// Whether it is another finding than the first.
  var isChanged: Bool {
    guard isFoundAgain, let final else { return false }
    return first.map { !item.saysTheSame($0.finding.judgement, final.finding.judgement) } ?? true
  }
}

/// A finding in words.
struct FindingText {
  private let dates: Dates
  private let words: Wording
  private var language: Language { words.language }

  init(_ dates: Dates, _ words: Wording) { (self.dates, self.words) = (dates, words) }

  func isLost(_ line: Line?) -> Bool {
    guard let line, let figure = line.figure, let full = line.maximum else { return false }
    return line.place == .deduction ? figure.units != 0 : figure.points < full.points
  }

  /// - Parameter isShort: with the day alone.
  func data(_ made: Registry.MadeFinding, on item: Item, isShort: Bool = false) -> ReportData {
    let judgement = made.finding.judgement
    return [
      "word": .text(word(made.finding, on: item)), "is_met": .flag(isMet(judgement, on: item) == true),
      "is_short": .flag(isMet(judgement, on: item) == false),
      "missing": ReportData(missing(judgement, on: item)),
      "reason": ReportData(made.finding.reason.isEmpty ? nil : made.finding.reason),
      "stage": .text(stage(made.stage)), "who": ReportData(made.who),
      "at": .text(isShort ? dates.day(made.at.day) : dates.moment(made.at)),
      "is_first": .flag(made.stage == .first),
    ]
  }

  func stage(_ stage: Stage) -> String { words.say("finding_stage.\(stage.rawValue)") }

  /// nil where it is neither: a level, a number, not applicable.
  private func isMet(_ judgement: Judgement, on item: Item) -> Bool? {
    switch judgement {
    case .met: true
    case .notMet: false
    case .elements(let there): Set(item.elements.map(\.key)).isSubset(of: there)
    case .option(let code):
      item.form.options.first { $0.code == code }?.points.map { $0 >= item.form.range.upperBound }
    case .number, .notApplicable, .pending: nil
    }
  }

  func word(_ finding: Finding, on item: Item) -> String {
    switch finding.judgement {
    case .met: words.say("sentences.met")
    case .notMet: words.say("sentences.not_met_word")
    case .option(let code):
      item.form.options.first { $0.code == code }?.title.in(language) ?? code.text
    case .number(let number): words.say("sentences.number", ["number": number.shown])
    case .elements(let there):
      words.say(
        "sentences.elements",
        ["found": item.elements.count { there.contains($0.key) }.shown, "count": item.elements.count.shown])
    case .notApplicable: words.say("sentences.not_applicable")
    case .pending: words.say("sentences.pending")
    }
  }

  private func missing(_ judgement: Judgement, on item: Item) -> String? {
    guard case .elements(let there) = judgement else { return nil }
    let names = item.elements.filter { !there.contains($0.key) }.map { $0.title.in(language).held }
    return names.isEmpty ? nil : words.say("disclosure.not_found", ["what": words.titles(names)])
  }

  /// A piece of evidence, with the state in which an assessor last saw it.
  func data(_ evidence: Evidence, seen: [Registry.Seen], _ paths: Paths) -> ReportData {
    let (text, href, isFile): (String, String?, Bool) =
      switch evidence.content {
      case .link(let link): (link, Evidence.flaw(ofLink: link) == nil ? link : nil, false)
      case .file(let name, let digest, _): (name, paths.file(digest, name), true)
      case .note(let note): (note, nil, false)
      }
    let look = seen.last { $0.link == text }
    let host = text.hasPrefix("https://") ? String(text.dropFirst(8)) : text
    return [
      "text": .text(host), "href": ReportData(href), "is_file": .flag(isFile),
      "page": ReportData(evidence.pointer.isEmpty ? nil : evidence.pointer),
      "seen": look.map {
        .text(
          words.say("seen_link.\($0.state.rawValue)", ["day": dates.day($0.at.day)]))
      } ?? .absent, "is_dead": .flag(look.map { $0.state != .opened } ?? false),
    ]
  }
}

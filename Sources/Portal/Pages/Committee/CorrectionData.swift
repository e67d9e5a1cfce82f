import Integrity
import Reports
import Storage

/// The page on which a finding is corrected.
struct CorrectionData {
  private let desk: Registry.CorrectionDesk
  private let entered: Entered
  private let dates: Dates
  private let words: Wording
  private let text: FindingText
  private var item: Item { desk.judged.item }
  private var language: Language { words.language }
  private var paths: CommitteePaths { CommitteePaths(cycle: desk.cycle.code) }

  init(_ desk: Registry.CorrectionDesk, _ entered: Entered, _ dates: Dates, _ words: Wording) {
    (self.desk, self.entered, self.dates, self.words) = (desk, entered, dates, words)
    text = FindingText(dates, words)
  }

  /// As filled in; nil on a page that is opened.
  private var sheet: CorrectionSheet? { entered.fields.map { CorrectionSheet($0, on: desk) } }

  private var last: String {
    if case .made(let id) = desk.judged.lastFinding { "\(id)" } else { "" }
  }

  var fields: [String: ReportData] {
    let judged = desk.judged
    let chosen = sheet?.judgement
    return [
      "code": .text(item.code.text), "heading": .text("\(item.code) \(item.title.in(language))"),
      "place": .text(
        words.facts([
          desk.office.shortName(words).held, words.say("banner.year", ["year": words.year(desk.cycle.year)]),
        ])),
      "back": .text(paths.scorecard(desk.office.code) + "#item-\(item.code)"),
      "back_title": .text(words.say("office_findings.title")),
      "history": .list(judged.findings.reversed().map { text.data($0, on: item) }),
      "has_history": .flag(!judged.findings.isEmpty), "statement": ReportData(judged.statement),
      "is_open": .flag(judged.isOpen), "evidence": .list(evidence),
      "has_evidence": .flag(!evidence.isEmpty), "is_unsubmitted": .flag(judged.submission == nil),
      "last": .text(last), "checked": .text(CorrectionSheet.key(of: chosen)),
      "marks": .list(marks), "elements": .list(elements), "has_elements": .flag(hasElements),
      "number": hasNumber ? number : .absent,
      "mark_fault": ReportData(entered.fault("mark")),
      "effect": chosen.map(effect) ?? .absent,
    ]
  }

  private var evidence: [ReportData] {
    let own = Paths(cycle: desk.cycle.code, office: desk.office.code)
    return (desk.judged.submission?.evidence ?? []).map {
      text.data($0, seen: desk.judged.findings.flatMap(\.seen), own)
    }
  }

  // What may be chosen.

  private var isChecklist: Bool { if case .checklist = item.form { true } else { false } }
  private var hasElements: Bool { isChecklist && !item.elements.isEmpty }

  private var hasNumber: Bool {
    switch item.form {
    case .band, .count: true
    case .scale(let scale, _): scale.isInterpolated
    case .stars, .checklist, .text: false
    }
  }

  /// As filled in, or as it stands.
  private var chosenMark: String {
    if let fields = entered.fields { return fields.text("mark") }
    guard let now = desk.judged.final?.finding.judgement else { return "" }
    switch now {
    case .met: return "met"
    case .notMet: return "not_met"
    case .elements: return "elements"
    case .option(let code): return "option.\(code)"
    case .number: return "number"
    case .notApplicable: return "not_applicable"
    case .pending: return ""
    }
  }

  private var marks: [ReportData] {
    func mark(_ value: String, _ title: String, _ hint: String? = nil) -> ReportData {
      [
        "value": .text(value), "title": .text(title), "hint": ReportData(hint),
        "is_chosen": .flag(value == chosenMark),
      ]
    }
    var marks: [ReportData] = []
    if isChecklist {
      marks.append(
        mark("met", words.say("sentences.met"), hasElements ? words.say("correction.met_hint") : nil))
      marks.append(mark("not_met", words.say("sentences.not_met_word")))
    }
    marks += item.form.options.map { option in
      mark(
        "option.\(option.code)", option.title.in(language),
        option.points.map { words.say("correction.points", ["points": $0.shown]) })
    }
    marks.append(
      mark("not_applicable", words.say("sentences.not_applicable"), words.say("correction.exempt_hint")))
    // Last, since what belongs to them stands below.
    if hasElements {
      marks.append(
        mark(
          "elements", words.say("correction.elements"),
          words.facts([words.say("correction.elements_hint"), worth])))
    }
    if hasNumber { marks.append(mark("number", words.say("correction.number_label"))) }
    return marks
  }

  /// What some of the elements are worth.
  private var worth: String {
    switch item.form {
    case .checklist(.all): words.say("new_mark.rule_all")
    case .checklist(.share): words.say("new_mark.rule_share")
    default: ""
    }
  }

  private var elements: [ReportData] {
    guard hasElements else { return [] }
    var there: Set<Key> = []
    if let fields = entered.fields {
      there = Set(fields.all("element").map { Key($0) })
    } else if case .elements(let found)? = desk.judged.final?.finding.judgement {
      there = found
    } else if desk.judged.final?.finding.judgement == .met {
      there = Set(item.elements.map(\.key))
    }
    return item.elements.map { element in
      [
        "key": .text(element.key.text), "title": .text(element.title.in(language).held),
        "is_there": .flag(there.contains(element.key)),
      ]
    }
  }

  private var number: ReportData {
    var value = entered.fields?.text("number") ?? ""
    if entered.fields == nil, case .number(let now)? = desk.judged.final?.finding.judgement {
      value = now.shown
    }
    let hint: String? =
      if case .band(let least, let most, let step) = item.form {
        words.say("correction.band_hint", ["least": least.shown, "most": most.shown, "step": step.shown])
      } else { nil }
    return [
      "value": .text(value), "fault": ReportData(entered.fault("number")), "hint": ReportData(hint),
    ]
  }

  // What it would do.

  private func effect(_ judgement: Judgement) -> ReportData {
    let after = desk.scorecard(with: Finding(judgement, reason: sheet?.reason ?? ""))
    let before = desk.card
    let rows = path(to: item.code, in: after.total).map { line -> ReportData in
      let now = line.code == Node.total ? before.total : before.line(line.code)
      return [
        "title": .text(
          line.code == Node.total ? words.say("results.total") : "\(line.code) \(line.title.in(language))"),
        "before": .text(now.map(shown) ?? "–"), "after": .text(shown(line)),
        "change": change(from: now, to: line), "is_total": .flag(line.code == Node.total),
      ]
    }
    return [
      "rows": .list(rows), "before_level": words.badge(before.level?.level, of: desk.rubric),
      "after_level": words.badge(after.level?.level, of: desk.rubric),
      "is_same_level": .flag(before.level?.level.code == after.level?.level.code),
      "word": .text(text.word(Finding(judgement), on: item)),
      "may_save": .flag(entered.faults.allSatisfy { $0.field == nil }),
    ]
  }

  /// The total, and every line on the way down to the item.
  private func path(to code: Code<Node>, in line: Line) -> [Line] {
    if line.code == code { return [line] }
    for part in line.parts {
      let rest = path(to: code, in: part)
      if !rest.isEmpty { return [line] + rest }
    }
    return []
  }

  private func shown(_ line: Line) -> String {
    if let figure = line.figure { return figure.shown }
    return line.open.map { "\($0.floor.shown)–\($0.ceiling.shown)" } ?? "–"
  }

  private func change(from before: Line?, to after: Line) -> ReportData {
    guard let before = before?.figure, let after = after.figure else { return ["tone": "same", "text": "–"] }
    return words.change(after - before)
  }
}

import Integrity
import Reports
import Storage

/// Amendments as pages show them: what was found, what is proposed, and what it does to the office's total.
struct AmendmentsData {
  private let desk: Registry.AmendmentsDesk
  private let words: Wording
  private let dates: Dates
  private let paths: SealingPaths

  init(_ desk: Registry.AmendmentsDesk, _ words: Wording, _ dates: Dates) {
    (self.desk, self.words, self.dates) = (desk, words, dates)
    paths = SealingPaths(cycle: desk.cycle.code)
  }

  private func item(_ code: Code<Node>) -> Item? { desk.rubric.disclosure(of: code) }

  var fields: [String: ReportData] {
    let waiting = desk.amendments.filter { $0.state == .waiting }
    return [
      "back": .text(paths.sealing), "action": .text(paths.amendments),
      "place": .text(words.say("banner.year", ["year": words.year(desk.cycle.year)])),
      "waiting": .list(waiting.map(row)), "has_waiting": .flag(!waiting.isEmpty),
      "rows": .list(desk.amendments.filter { $0.state != .waiting }.map(row)),
      "has_rows": .flag(desk.amendments.count > waiting.count), "is_empty": .flag(desk.amendments.isEmpty),
    ]
  }

  /// Disclosures to choose from.
  func items(chosen: String?) -> [ReportData] {
    desk.rubric.items.filter { $0.instrument.questionnaire == nil }.map { _, item in
      [
        "value": .text(item.code.text), "title": .text("\(item.code) \(item.title.in(words.language))"),
        "is_chosen": .flag(item.code.text == chosen),
      ]
    }
  }

  private func row(_ amendment: Registry.Amendment) -> ReportData {
    let (name, kind) =
      switch amendment.state {
      case .waiting: (words.say("amending.state_waiting"), "returned")
      case .made: (words.say("amending.state_made"), "ready")
      case .overtaken: (words.say("amending.state_overtaken"), "not_begun")
      }
    return [
      "href": .text(paths.agree(amendment.number)), "code": .text(amendment.item.text),
      "name": .text(shortName(amendment)),
      "title": .text(item(amendment.item)?.title.in(words.language) ?? ""),
      "proposed": .text(proposed(amendment)), "state": .text(name), "kind": .text(kind),
      "totals": .text(totals(amendment)),
    ]
  }

  private func shortName(_ amendment: Registry.Amendment) -> String {
    Office(code: amendment.office, name: amendment.name).shortName(words).held
  }

  private func proposed(_ amendment: Registry.Amendment) -> String {
    words.say("amending.proposed", ["name": amendment.proposer, "moment": dates.moment(amendment.at).kept])
  }

  /// `89.48 → 91.05`.
  private func totals(_ amendment: Registry.Amendment) -> String {
    func arrow(_ before: Figure?, _ after: Figure?) -> String {
      "\(before?.shown ?? "–") → \(after?.shown ?? "–")"
    }
    switch amendment.state {
    case .waiting: return amendment.effect.map { arrow($0.now, $0.then) } ?? ""
    case .made(let before, let after, _): return arrow(before, after)
    case .overtaken: return ""
    }
  }

  // One of them.

  func one(_ amendment: Registry.Amendment) -> [String: ReportData] {
    let item = item(amendment.item)
    let isOpen = amendment.state == .waiting && amendment.refusal == nil
    return [
      "back": .text(paths.amendments),
      "heading": .text(words.facts([amendment.item.text, item?.title.in(words.language) ?? ""])),
      "name": .text(shortName(amendment)),
      "scorecard": .text(paths.scorecard(amendment.office)),
      "before": FindingWords(words).data(amendment.before, of: item),
      "after": FindingWords(words).data(amendment.finding, of: item, withReason: false),
      "reason": .text(amendment.finding.reason), "proposer": .text(amendment.proposer),
      "at": .text(dates.exact(amendment.at)), "totals": .text(totals(amendment)),
      "has_totals": .flag(!totals(amendment).isEmpty), "is_open": .flag(isOpen),
      "state": amendment.state == .waiting
        ? .absent
        : .text(
          words.say(amendment.state == .overtaken ? "amending.state_overtaken" : "amending.state_made")),
      "refusal": ReportData(amendment.refusal?.said(in: words.language).sentence(in: words.language)),
    ]
  }
}

extension Rubric {
  /// A disclosure or a deduction by its code.
  func disclosure(of code: Code<Node>) -> Item? {
    items.first { $0.item.code == code && $0.instrument.questionnaire == nil }?.item
      ?? deductions.first { $0.code == code }
  }
}

extension FindingWords {
  /// A finding with its reason, for a page.
  func data(_ finding: Finding?, of item: Item?, withReason: Bool = true) -> ReportData {
    guard let finding else {
      return ["word": .text(words.say("published_office.not_judged")), "reason": .absent]
    }
    let reason = withReason && !finding.reason.isEmpty ? finding.reason : nil
    return ["word": .text(said(finding.judgement, of: item)), "reason": ReportData(reason)]
  }
}

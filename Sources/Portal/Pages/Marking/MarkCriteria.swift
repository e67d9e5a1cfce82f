import Integrity
import Reports
import Storage

/// The right side of the page: what is to be found, what it comes to, and why.
extension MarkData {
  private func fault(_ field: String) -> ReportData { ReportData(entered.fault(field)) }

  var criteria: [String: ReportData] {
    get throws {
      let found = item.elements.count { mark.found.contains($0.key) }
      return [
        "elements": .list(item.elements.enumerated().map { element($1, $0 + 1) }),
        "has_elements": .flag(!item.elements.isEmpty), "is_ticked": .flag(isChecklist),
        "count": .text(
          words.say("marking.found_count", ["count": "\(found)", "all": "\(item.elements.count)"])),
        "count_template": .text(words.say("marking.found_count", ["all": "\(item.elements.count)"])),
        "guidance": ReportData(item.guidance?.in(language)), "rule": ReportData(rule),
        "shape": .text(shape), "verdicts": .list(verdicts), "has_verdicts": .flag(!verdicts.isEmpty),
        "verdict_fault": fault("verdict"),
        "number": item.isNumbered
          ? try signedIn.visit.field("number", in: "marking", entered, or: mark.number).with([
            "hint": .text(numberHint), "width": "short", "described_by": "number-hint",
          ]) : .absent,
        "exempt": .flag(mark.verdict == .notApplicable),
        "codes": .list(codes), "code_fault": fault("reason_code"),
        "reason": .text(mark.reason), "reason_fault": fault("reason"),
        "note": .text(mark.note), "note_fault": fault("note"),
        "is_asking": .flag(!mark.note.isEmpty || entered.fault("note") != nil),
        "comments": .list(comments), "has_comments": .flag(!desk.comments.isEmpty),
        "comments_page": .text(place.paths.comments + "?item=\(item.key.text.queryEscaped)"),
        "captures": .list(captures), "has_captures": .flag(!captures.isEmpty),
        "capture_fault": fault("capture"),
        "capture_hint": .text(
          words.say("marking.capture_hint", ["most": "\(signedIn.portal.registry.largestFile >> 20)"])),
      ]
    }
  }

  private var isChecklist: Bool { if case .checklist = item.form { true } else { false } }

  /// What the script has to know of how ticks make a verdict.
  private var shape: String {
    switch item.form {
    case .checklist(.all): item.elements.isEmpty ? "plain" : "all"
    case .checklist(.share): item.elements.isEmpty ? "plain" : "share"
    default: "options"
    }
  }

  private var rule: String? {
    guard !item.elements.isEmpty else { return nil }
    return switch item.form {
    case .checklist(.all): words.say("marking.rule_all")
    case .checklist(.share): words.say("marking.rule_share")
    default: nil
    }
  }

  private func element(_ element: Element, _ number: Int) -> ReportData {
    let period = element.period.flatMap { code in desk.rubric.periods.first { $0.code == code } }?.title
    let said = desk.submission?.elements.first { $0.element == element.key }
    return [
      "number": .text("\(number)"), "key": .text(element.key.text),
      "title": .text(element.title.in(language).held),
      "period": ReportData(period?.in(language)), "cap": number < 10 ? .text("\(number)") : .absent,
      "is_found": .flag(mark.found.contains(element.key)),
      "is_missing": .flag(mark.missing.contains(element.key)), "fault": fault("element-\(number)"),
      "office_said": .text(
        said.map {
          $0.place.isEmpty
            ? words.say("marking.office_shown") : words.say("marking.office_place", ["place": $0.place])
        } ?? words.say("marking.office_not_shown")),
      "is_said": .flag(said != nil),
    ]
  }

  // What it comes to.

  private var verdicts: [ReportData] {
    func choice(
      _ verdict: Judgement, _ title: String, _ points: Points?, _ id: String, _ cap: String?, _ key: String
    )
      -> ReportData
    {
      [
        "id": .text(id), "value": .text(MarkForm.value(verdict)), "title": .text(title.held),
        "points": ReportData(points?.shown), "cap": ReportData(cap), "keys": .text(key),
        "is_chosen": .flag(mark.verdict == verdict),
      ]
    }
    switch item.form {
    case .checklist:
      return [
        choice(.met, words.say("marking.met"), item.range.upperBound, "verdict", "P", "p"),
        choice(.notMet, words.say("marking.not_met"), item.range.lowerBound, "verdict-2", "F", "f"),
      ]
    case .scale where item.isNumbered: return []
    case .scale, .stars:
      let options = item.form.options
      let points = options.compactMap(\.points)
      return options.enumerated().map { index, option in
        let isBest = option.points != nil && option.points == points.max()
        let isWorst = option.points != nil && option.points == points.min()
        let own = index < 9 ? "\(index + 1)" : nil
        let keys = [own, isBest ? "p" : isWorst ? "f" : nil].compactMap { $0 }
        return choice(
          .option(option.code), option.title.in(language), option.points,
          index == 0 ? "verdict" : "verdict-\(index + 1)", own, keys.joined(separator: " "))
      }
    case .band, .count, .text: return []
    }
  }

  private var numberHint: String {
    switch item.form {
    case .band(let least, let most, let step):
      words.say("marking.number_band", ["least": least.shown, "most": most.shown, "step": step.shown])
    case .scale:
      words.say(
        "marking.number_level",
        ["least": item.form.options.first?.code.text ?? "", "most": item.form.options.last?.code.text ?? ""])
    default: words.say("marking.number_count")
    }
  }

  private var codes: [ReportData] {
    ReasonCode.allCases.map { code in
      [
        "value": .text(code.rawValue), "title": .text(MarkWords(words).code(code).held),
        "is_chosen": .flag(mark.code == code),
      ]
    }
  }

  private var comments: [ReportData] {
    desk.comments.enumerated().map { index, comment in
      [
        "id": .text("\(comment.id)"), "text": .text(comment.text),
        "code": .text(comment.code?.rawValue ?? ""),
        "mark": ReportData(comment.code?.mark), "cap": index < 9 ? .text("\(index + 1)") : .absent,
        "short": .text(
          comment.text.count > 80 ? comment.text.prefix(79) + "…" : comment.text.replacing("\n", with: " ")),
      ]
    }
  }

  private var captures: [ReportData] {
    let all = desk.own.map { $0.captures.map { ($0, true) } } ?? desk.captures.map { ($0, false) }
    return all.map { capture, isOwn in
      [
        "name": .text(capture.name),
        "href": .text(place.paths.capture(capture, on: item.code, of: desk.office.code) + "?view=1"),
        "size": .text(ByteCount.shown(capture.bytes)), "digest": .text(capture.digest),
        "when": .text(dates.shortMoment(capture.at)), "may_drop": .flag(isOwn && mayJudge),
      ]
    }
  }
}

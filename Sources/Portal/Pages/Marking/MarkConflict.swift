import Integrity
import Reports
import Storage

/// Two versions of one mark side by side, for the person to choose.
struct MarkConflict {
  private let page: MarkData
  private let wish: MarkWish
  private var words: Wording { page.words }
  private var desk: Registry.MarkDesk { page.desk }

  init(_ page: MarkData, _ wish: MarkWish) {
    self.page = page
    self.wish = wish
  }

  var data: ReportData {
    let meeting = MarkMeeting(words, page.dates)
    var others: [ReportData] = []
    var isOwnWindow = false
    if let finding = desk.finding, finding.id != page.sighting.finding {
      others.append(
        version(
          title(finding.name, finding.assessor, "marking.version_judged", meeting.when(finding.at)),
          judged(finding)))
    }
    if let own = desk.own, own.revision != page.sighting.revision {
      isOwnWindow = true
      others.append(
        version(
          words.say("marking.version_window", ["when": meeting.when(own.savedAt)]), put(own.mark)))
    }
    for other in desk.others where !page.sighting.others.contains(other.person.rawValue) {
      others.append(
        version(
          title(other.name, other.person, "marking.version_begun", meeting.when(other.savedAt)),
          put(other.mark)))
    }
    return [
      "others": .list(others), "mine": version(words.say("marking.version_mine"), put(page.mark)),
      "over": .text(desk.fullSighting.text), "over_value": .text(wish.overValue),
      "over_label": .text(words.say(wish.isAsking ? "marking.ask_over" : label)),
      "is_window": .flag(isOwnWindow), "reload": .text(page.place.address),
    ]
  }

  private var label: String {
    switch wish {
    case .keep, .attach, .dropCapture: "marking.keep_over"
    default: "marking.finish_over"
    }
  }

  private func title(_ name: String, _ person: ID<Person>, _ words: String, _ when: String) -> String {
    let isOwn = person == page.signedIn.session.who.id
    return self.words.say(
      words, ["who": isOwn ? self.words.say("marking.you") : name, "when": when])
  }

  private func version(_ title: String, _ lines: [(label: String, text: String)]) -> ReportData {
    [
      "title": .text(title),
      "lines": .list(
        lines.map { ["label": .text($0.label), "text": .text($0.text.isEmpty ? "–" : $0.text)] }),
    ]
  }

  private func judged(_ finding: Registry.Found) -> [(String, String)] {
    var mark = Mark(finding.judgement, of: desk.item, code: finding.code, reason: finding.reason)
    mark.note = finding.note
    return put(mark, result: MarkWords(words).verdict(finding.judgement, desk.item))
  }

  private func put(_ mark: Mark, result: String? = nil) -> [(String, String)] {
    var lines: [(String, String)] = []
    if !desk.item.elements.isEmpty {
      let elements = desk.item.elements.enumerated().map { index, element in
        let said =
          mark.found.contains(element.key)
          ? words.say("marking.found")
          : mark.missing.contains(element.key) ? words.say("marking.missing") : "–"
        return "\(index + 1). \(said)"
      }
      lines.append((words.say("marking.elements_title"), elements.joined(separator: "\u{2002}")))
    }
    let verdict =
      result ?? mark.judgement(of: desk.item).map { MarkWords(words).verdict($0, desk.item) }
      ?? mark.verdict.map { MarkWords(words).verdict($0, desk.item) } ?? mark.number
    lines.append((words.say("marking.verdict_title"), verdict))
    lines.append((words.say("marking.code_label"), mark.code.map(MarkWords(words).code) ?? ""))
    lines.append((words.say("marking.reason_label"), mark.reason))
    if !mark.note.isEmpty { lines.append((words.say("marking.note_label"), mark.note)) }
    return lines
  }
}

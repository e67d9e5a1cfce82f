import Integrity
import Reports
import Storage

/// Beside a disclosure: what it is worth, what became of it the year before, and what has happened to it.
struct DisclosureAside {
  private let page: DisclosureData
  private var desk: Registry.DisclosureDesk { page.desk }
  private var words: Wording { page.words }
  private var language: Language { page.words.language }

  init(_ page: DisclosureData) { self.page = page }

  var data: ReportData {
    let last = lastYear
    return [
      "points": desk.rubric.pilots.contains(page.item.code)
        ? .absent
        : .text(Stakes(of: desk.office, by: desk.rubric).loss(Stakes.notMet([page.item.code])).shown),
      "lead": ReportData(desk.lead?.title.in(language).held),
      "others": .list(desk.contributors.map { .text($0.title.in(language).held) }),
      "has_others": .flag(!desk.contributors.isEmpty), "owner": ReportData(desk.work.owner),
      "last": last ?? .absent, "moves": .list(moves), "has_moves": .flag(!desk.moves.isEmpty),
    ]
  }

  // The year before.

  private var lastYear: ReportData? {
    guard let last = desk.lastYear else { return nil }
    let isBefore = last.year.buddhist + 1 == desk.cycle.year.buddhist
    let links = (last.submission?.evidence ?? []).filter(\.isLink)
    let reason = last.finding?.reason ?? ""
    return [
      "title": .text(
        words.say(
          isBefore ? "disclosure.last_year" : "disclosure.last_time",
          ["year": "\(last.year.buddhist)", "code": last.itemCode.text])),
      "result": ReportData(result(last)), "is_full": .flag(isFull(last)),
      "is_known": .flag(last.scored?.figure != nil),
      "was_short": .flag(!isFull(last) && last.scored?.figure != nil),
      "missing": ReportData(missing(last)), "reason": .text(reason), "has_reason": .flag(!reason.isEmpty),
      "evidence": .list((last.submission?.evidence ?? []).map { evidence(last, $0) }),
      "has_evidence": .flag(last.submission?.evidence.isEmpty == false),
      "take": !links.isEmpty && page.mayDraft ? .text(page.path + "?from=last_year#link-1") : .absent,
    ]
  }

  private func isFull(_ last: Registry.LastYear) -> Bool {
    guard let figure = last.scored?.figure else { return false }
    return figure == last.scored?.maximum
  }

  private func result(_ last: Registry.LastYear) -> String? {
    guard let figure = last.scored?.figure else { return words.say("disclosure.not_scored") }
    if isFull(last) { return words.say("disclosure.met", ["points": figure.points.shown]) }
    if figure.points == .zero { return words.say("disclosure.not_met", ["points": figure.points.shown]) }
    return words.say(
      "disclosure.partly_met",
      ["points": figure.points.shown, "all": last.scored?.maximum?.points.shown ?? "–"])
  }

  /// Elements that were not found.
  private func missing(_ last: Registry.LastYear) -> String? {
    guard case .elements(let found)? = last.finding?.judgement else { return nil }
    let titles = last.item.elements.filter { !found.contains($0.key) }.map { $0.title.in(language).held }
    return titles.isEmpty ? nil : words.say("disclosure.not_found", ["what": words.list(titles)])
  }

  private func evidence(_ last: Registry.LastYear, _ evidence: Evidence) -> ReportData {
    let paths = Paths(cycle: last.cycle, office: desk.office.code)
    var (text, href, isFile): (String, String?, Bool)
    switch evidence.content {
    case .link(let link):
      let host = link.hasPrefix("https://") ? link.dropFirst(8) : link.dropFirst(7)
      (text, href, isFile) = (String(host), Evidence.flaw(ofLink: link) == nil ? link : nil, false)
    case .file(let name, let digest, _): (text, href, isFile) = (name, paths.file(digest, name), true)
    case .note(let note): (text, href, isFile) = (note, nil, false)
    }
    return [
      "text": .text(text), "href": ReportData(href), "is_file": .flag(isFile),
      "page": .text(evidence.pointer),
      "has_page": .flag(!evidence.pointer.isEmpty),
    ]
  }

  // What has happened.

  private var moves: [ReportData] {
    desk.moves.map { move in
      let capacity = move.capacity.map { " (\($0.title.in(language)))" } ?? ""
      return [
        "when": .text(page.when(move.at)),
        "what": .text(words.say("disclosure.moved", ["who": move.who + capacity, "what": act(move.state)])),
        "note": .text(move.note), "has_note": .flag(!move.note.isEmpty),
      ]
    }
  }

  private func act(_ state: Submission.State) -> String {
    switch state {
    case .draft: words.say("disclosure.moved_draft")
    case .ready: words.say("disclosure.moved_ready")
    case .returned: words.say("disclosure.moved_returned")
    case .submitted: words.say("disclosure.moved_submitted")
    case .recalled: words.say("disclosure.moved_recalled")
    }
  }
}

import Integrity
import Reports
import Storage

/// A row of a list of things to do, for `parts/task`.
struct TaskRow: Sendable {
  let code: String
  let title: String
  let href: String
  /// Facts in grey under the title.
  var meta: [String] = []
  /// A person, behind them.
  var owner: String?
  /// At the right: points, or else a fact.
  var points: String?
  var fact: String?
  /// At the far right: the state of a disclosure, or else what is amiss.
  var state: WorkState?
  var warning: String?

  func data(_ words: Wording) -> ReportData {
    [
      "code": .text(code), "title": .text(title.held), "href": .text(href),
      "meta": .list(meta.filter { !$0.isEmpty }.map { .text($0.held) }), "owner": ReportData(owner),
      "points": ReportData(points), "fact": ReportData(fact), "state": state?.data(words) ?? .absent,
      "warning": ReportData(warning),
    ]
  }
}

extension Registry.DisclosureWork {
  /// How much of it is there: `ครบ 2 จาก 4 องค์ประกอบ`, `ยังไม่มีหลักฐาน`.
  func progress(_ words: Wording, isShort: Bool = false) -> String {
    guard let submission else { return words.say("task.no_evidence") }
    guard let isDisclosed = submission.isDisclosed else { return words.say("task.no_answer") }
    guard isDisclosed else { return words.say("task.not_disclosed") }
    if let gap = submission.gaps(for: item).first {
      return gap.title.in(words.language).sentence(in: words.language)
    }
    if item.elements.isEmpty {
      return words.say("task.evidence", ["count": submission.evidence.count.shown])
    }
    let shown = Set(submission.elements.map(\.element))
    let present = item.elements.count { shown.contains($0.key) }
    if present == item.elements.count { return words.say("task.all_elements") }
    return words.say(
      isShort ? "task.elements_short" : "task.elements",
      ["count": "\(present)", "all": "\(item.elements.count)"])
  }

  /// As a row: what it is worth where that is asked for, else how much of it is there.
  func row(_ desk: Registry.OfficeDesk, _ paths: Paths, _ words: Wording, points: Figure? = nil) -> TaskRow {
    let lead = desk.name(of: item.group, words)
    var row = TaskRow(
      code: item.code.text, title: item.title.in(words.language), href: paths.disclosure(item.code),
      state: shownState)
    if let points {
      row.meta = [
        lead,
        returnNote.map { words.say("task.returned", ["note": $0.shortened(to: 80)]) } ?? progress(words),
      ]
      row.points = points.shown
    } else {
      let others = item.contributing.map { desk.name(of: $0, words) }
      row.meta = [
        lead, others.isEmpty ? "" : words.say("task.with", ["groups": words.list(others)]),
      ]
      row.owner = owner
      row.fact = progress(words, isShort: true)
    }
    return row
  }
}

extension Registry.OfficeDesk {
  /// A group as the office calls it, or else as the rubric does.
  func name(of group: Code<Group>?, _ words: Wording) -> String {
    guard let group else { return "" }
    let own = groups.first { $0.group == group }?.title
    let title = own ?? rubric.groups.first { $0.code == group }?.title
    return title?.in(words.language) ?? group.text
  }

  /// Those that count: a pilot is scored and shown, no more.
  var counted: [Registry.DisclosureWork] {
    let pilots = rubric.pilots
    return works.filter { !pilots.contains($0.item.code) }
  }
}

extension String {
  /// Cut at a blank where it is longer than so many letters.
  fileprivate func shortened(to most: Int) -> String {
    guard count > most else { return self }
    let cut = prefix(most)
    return cut[..<(cut.lastIndex { $0.isWhitespace } ?? cut.endIndex)] + "…"
  }
}

import Integrity
import Reports
import Storage

/// What the page of one mark shows.
struct MarkData {
  let desk: Registry.MarkDesk
  let place: MarkPlace
  let entered: Entered
  let signedIn: SignedIn
  let words: Wording
  let dates: Dates
  /// As typed, as kept, or as it was found last.
  let mark: Mark
  /// As the form says what the page had seen.
  let sighting: Registry.Sighting
  private let wish: MarkWish?
  private let step: MarkStep?

  var item: Item { desk.item }
  var mayJudge: Bool { desk.refusal == nil }
  var language: Language { words.language }

  init(_ desk: Registry.MarkDesk, _ place: MarkPlace, _ entered: Entered, _ signedIn: SignedIn) throws {
    (self.desk, self.place, self.entered, self.signedIn) = (desk, place, entered, signedIn)
    words = try signedIn.words()
    dates = Dates(signedIn.visit.visitor)
    step = MarkStep(desk.queue, place.walk, at: place.office, place.item)
    if let fields = entered.fields, fields.has("sighting") {
      var form = try MarkForm(fields)
      if form.wish == .insert,
        let comment = desk.comments.first(where: { "\($0.id)" == fields.text("comment") })
      {
        form.mark.reason = [form.mark.reason, comment.text].filter { !$0.isEmpty }.joined(separator: "\n")
        form.mark.code = form.mark.code ?? comment.code
      }
      (mark, sighting, wish) = (form.mark, form.expected, form.wish)
    } else {
      (mark, sighting, wish) = (MarkData.kept(desk), desk.sighting, nil)
    }
  }

  /// What was kept, or else what stands, to go on from.
  private static func kept(_ desk: Registry.MarkDesk) -> Mark {
    if let own = desk.own { return own.mark }
    guard let finding = desk.finding else { return Mark() }
    if finding.isOpen, let undone = desk.findings.first(where: { $0.id == finding.undoes }) {
      // What was taken back is there to go on from.
      return Mark(undone.judgement, of: desk.item, code: undone.code, reason: undone.reason)
    }
    var mark = Mark(finding.judgement, of: desk.item, code: finding.code, reason: finding.reason)
    mark.looks = desk.seen.map { Mark.Look($0.link, $0.state) }
    return mark
  }

  var title: String { words.facts([item.code.text, item.title.in(language), officeName]) }
  var officeName: String { desk.office.shortName(words) }

  var fields: [String: ReportData] {
    get throws {
      var fields: [String: ReportData] = [
        "code": .text(item.code.text), "heading": .text(item.title.in(language).held),
        "office": .text(officeName.held), "queue": .text(place.paths.queue + place.walk.query([here])),
        "form": try form, "may": .flag(mayJudge), "locked": ReportData(locked),
        "unsaved": ReportData(unsaved), "standing": standing, "met": ReportData(met),
        "conflict": conflict, "history": .list(history), "has_history": .flag(desk.findings.count > 1),
        "undo": undo, "kept": ReportData(keptAt), "next_to_do": ReportData(step?.toDo.map(mark)),
        "main_label": .text(mainLabel),
        "is_unsaved": .flag(mayJudge && entered.fields?.has("sighting") == true),
        "seen_ill": .flag(mark.lacksSight && (mark.judgement(of: item).map(item.isFull) ?? false)),
        "token": .text(signedIn.visit.visitor.token), "has_own": .flag(desk.own != nil),
        "captures_to": .text(place.path + "/captures" + place.walk.query),
      ]
      fields.merge(walk) { $1 }
      fields.merge(try criteria) { $1 }
      fields.merge(MarkPieces(self).fields) { $1 }
      return fields
    }
  }

  private var here: (String, String) {
    place.walk.by == .item ? ("item", item.code.text) : ("office", desk.office.code.text)
  }

  // The form.

  private var form: ReportData {
    get throws {
      // A conflict is told in a box of its own, with what can be done about it.
      var shown = entered
      if isStale { shown.faults = entered.faults.filter { $0.field != nil } }
      var more: [String: ReportData] = [
        "sighting": .text(sighting.text),
        "next": ReportData(step?.toDo.map { "\($0.office)/\($0.item.code)" }),
      ]
      let count = "\(shown.faults.count)"
      if wish?.isAsking == true {
        more["faults_title"] = .text(words.say("marking.not_asked", ["count": count]))
      }
      return try signedIn.visit.form(place.address, shown).with(more)
    }
  }

  /// Whether somebody has been there since what stands in the form was read.
  var isStale: Bool {
    mayJudge && entered.faults.contains { $0.field == nil } && !sighting.covers(desk.fullSighting)
  }

  private var conflict: ReportData {
    isStale ? MarkConflict(self, wish ?? .finish(isOver: false)).data : .absent
  }

  private var mainLabel: String {
    guard let toDo = step?.toDo else { return words.say("marking.finish_last") }
    if step?.leaves == true {
      return words.say(place.walk.by == .item ? "marking.finish_next_item" : "marking.finish_next_office")
    }
    return place.walk.by == .item
      ? words.say("marking.finish_next_office")
      : words.say("marking.finish_item", ["code": toDo.item.code.text])
  }

  // Around it.

  private func mark(_ entry: Registry.MarkEntry) -> String { place.paths.mark(entry) + place.walk.query }

  private var walk: [String: ReportData] {
    guard let step else { return [:] }
    let counts = ["number": step.number.shown, "count": step.count.shown]
    return [
      "where": .text(
        words.say(place.walk.by == .item ? "marking.where_office" : "marking.where_item", counts)),
      "group_done": .text(
        words.say(
          place.walk.by == .item ? "marking.item_done" : "marking.office_done",
          ["judged": step.judged.shown, "count": step.count.shown])),
      "all_done": .text(
        words.say("marking.all_done", ["judged": step.allJudged.shown, "count": step.all.shown])),
      "share": .text("\(step.count == 0 ? 0 : 100 * step.judged / step.count)"),
      "next": ReportData(step.next.map(mark)), "previous": ReportData(step.previous.map(mark)),
    ]
  }

  /// Why nothing can be said now.
  private var locked: String? {
    desk.refusal.map { $0.said(in: language).sentence(in: language) }
  }

  /// What was typed and cannot be saved any more.
  private var unsaved: String? {
    guard !mayJudge, entered.fields?.has("sighting") == true else { return nil }
    let text = [mark.reason, mark.note].filter { !$0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? nil : text
  }

  private var met: String? {
    let meeting = MarkMeeting(words, dates)
    return meeting.told(nil, desk.others)
  }

  /// What has been found so far.
  private var standing: ReportData {
    guard let finding = desk.finding else { return .absent }
    let isOwn = finding.assessor == signedIn.session.who.id
    let who = isOwn ? words.say("marking.you") : finding.name
    let about = ["who": who, "when": dates.shortMoment(finding.at)]
    let state: MarkState = finding.isOpen ? finding.note.isEmpty ? .open : .asked : .judged
    return [
      "state": state.data(words),
      "said": .text(
        words.say(
          finding.isOpen
            ? finding.note.isEmpty ? "marking.stands_open" : "marking.stands_asked" : "marking.stands_judged",
          about)),
      "result": ReportData(finding.isOpen ? nil : MarkWords(words).verdict(finding.judgement, item)),
      "note": .text(finding.note), "has_note": .flag(!finding.note.isEmpty),
    ]
  }

  /// Every finding, the latest first.
  private var history: [ReportData] {
    let said = MarkWords(words)
    return desk.findings.reversed().map { finding in
      let what =
        finding.isOpen
        ? words.say(finding.note.isEmpty ? "marking.found_open" : "marking.found_asked")
        : said.verdict(finding.judgement, item)
      return [
        "when": .text(dates.shortMoment(finding.at)), "who": .text(finding.name),
        "what": .text(finding.undoes == nil ? what : words.say("marking.undone_to", ["what": what])),
        "reason": .text(finding.reason), "has_reason": .flag(!finding.reason.isEmpty),
      ]
    }
  }

  /// What can be taken back: what was said of this, or else what was done last.
  private var undo: ReportData {
    guard mayJudge, let last = desk.lastAct else { return .absent }
    let isHere = last.office == desk.office.code && last.item == item.code
    // Whoever comes from another disclosure to one left open has that other one in mind.
    let own = desk.finding.flatMap { finding in
      let isLeft = finding.isOpen && finding.note.isEmpty && !isHere
      return finding.assessor == signedIn.session.who.id && !isLeft ? finding : nil
    }
    let finding = own ?? last.finding
    // Taking back what took something back gives it again.
    let isUndoing = finding.undoes != nil
    let (office, code) = own == nil ? (last.office, last.item) : (desk.office.code, item.code)
    let name = desk.queue.offices.first { $0.office.code == office }?.office.shortName(words) ?? office.text
    let about = words.facts([code.text, name.held])
    return [
      "action": .text(place.paths.mark(office, code) + "/undo" + place.walk.query),
      "finding": .text("\(finding.id)"), "key": .text(Sessions.newToken()),
      "label": .text(
        own == nil
          ? words.say(isUndoing ? "marking.redo_last" : "marking.undo_last", ["what": about])
          : words.say(isUndoing ? "marking.redo_here" : "marking.undo_here")),
      "said": own == nil && !isHere && entered.faults.isEmpty
        ? .text(words.say("marking.saved_last", ["time": time(last.finding.at), "what": about]))
        : .absent,
    ]
  }

  private var keptAt: String? {
    // Beside what was refused an older draft says nothing.
    guard entered.faults.isEmpty else { return nil }
    return desk.own.map { words.say("marking.kept_at", ["time": time($0.savedAt)]) }
  }

  /// Of today the time alone.
  private func time(_ moment: Moment) -> String {
    moment.day == signedIn.now.day ? dates.time(moment) : dates.shortMoment(moment)
  }
}

/// Where judging a disclosure stands, as a tag shows it.
typealias MarkState = Registry.MarkState

extension Registry.MarkState {
  func title(_ words: Wording) -> String { words.say("mark_state.\(rawValue)") }

  /// For `parts/state-tag`: looks like the state of a disclosure that is as far.
  func data(_ words: Wording) -> ReportData {
    let kind: String =
      switch self {
      case .notJudged: "not_begun"
      case .begun: "draft"
      case .open: "returned"
      case .asked: "contested"
      case .judged: "submitted"
      }
    var fields: [String: ReportData] = ["kind": .text(kind), "title": .text(title(words))]
    for state in ["not_begun", "draft", "returned", "ready", "submitted", "contested"] {
      fields[state] = .flag(state == kind)
    }
    return .record(fields)
  }
}

/// Findings in words.
struct MarkWords {
  let words: Wording

  init(_ words: Wording) { self.words = words }

  /// `ไม่ผ่าน · พบ 3 จาก 4`
  func verdict(_ judgement: Judgement, _ item: Item) -> String {
    switch judgement {
    case .met: words.say("marking.met")
    case .notMet: words.say("marking.not_met")
    case .elements(let keys):
      words.facts([
        item.isFull(judgement)
          ? words.say("marking.met") : item.isNone(judgement) ? words.say("marking.not_met") : "",
        words.say("marking.found_count", ["count": "\(keys.count)", "all": "\(item.elements.count)"]),
      ])
    case .option(let code): item.form.options.first { $0.code == code }?.title.in(words.language) ?? code.text
    case .number(let number): number.shown
    case .notApplicable: words.say("marking.not_applicable")
    case .pending: words.say("marking.found_open")
    }
  }

  func link(_ state: LinkState) -> String { words.say("link_state.\(state.rawValue)") }

  func code(_ code: ReasonCode) -> String { "\(code.mark) \(code.title.in(words.language))" }
}

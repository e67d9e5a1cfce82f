import Integrity
import Reports
import Storage

/// What the page of one disclosure shows.
struct DisclosureData {
  let desk: Registry.DisclosureDesk
  let entered: Entered
  let signedIn: SignedIn
  /// Whether the reader signs for the office.
  let signs: Bool
  let words: Wording
  let dates: Dates
  /// As typed, or as saved.
  let sheet: DisclosureSheet
  /// How many links of the year before stand in it, not saved yet; nil where nobody asked for them.
  private let taken: Int?

  var paths: Paths { Paths(cycle: desk.cycle.code, office: desk.office.code) }
  var item: Item { desk.work.item }
  var mayDraft: Bool { desk.may.contains(.draft) }
  var path: String { paths.disclosure(item.code) }
  private var language: Language { words.language }

  init(_ desk: Registry.DisclosureDesk, _ entered: Entered, _ signedIn: SignedIn, signs: Bool) throws {
    self.desk = desk
    self.entered = entered
    self.signedIn = signedIn
    self.signs = signs
    words = try signedIn.words()
    dates = Dates(signedIn.visit.visitor)
    var sheet = DisclosureSheet(desk.work.submission)
    var taken: Int?
    if let fields = entered.fields, fields.has("revision") {
      sheet = try DisclosureSheet(fields)
      if case .links(let wish) = try DisclosureWish(fields) { sheet.links.carryOut(wish) }
    } else if signedIn.visit.asked("from") == "last_year", desk.may.contains(.draft), let last = desk.lastYear
    {
      taken = sheet.links.take(over: last.submission?.evidence ?? [])
    }
    self.sheet = sheet
    self.taken = taken
  }

  var title: String { words.facts([item.code.text, item.title.in(language)]) }

  var fields: [String: ReportData] {
    get throws {
      let advice = DisclosureAdvice(sheet, desk, words)
      var fields: [String: ReportData] = [
        "back": .text(paths.disclosures), "code": .text(item.code.text),
        "heading": .text(item.title.in(language).held),
        "above": ReportData(above), "state": desk.work.shownState.data(words), "form": try form,
        "finding": finding,
        "upload": .text(path + "/files"), "may_draft": .flag(mayDraft),
        "returned": returned, "stale": stale, "unsaved": ReportData(unsaved),
        "taken": ReportData(taken.map(told(taken:))),
        "advice": mayDraft ? advice.data : .absent, "is_complete": .flag(!advice.isOpen),
        "locked": ReportData(mayDraft ? nil : locked), "saved": ReportData(saved),
        "may_pass": .flag(mayDraft && desk.may.contains(.pass)), "pass_label": .text(passLabel),
        "may_send_back": .flag(desk.may.contains(.sendBack)), "may_recall": .flag(desk.may.contains(.recall)),
        "sign_off": desk.may.contains(.submit) ? .text(paths.signOff) : .absent,
        "next": next, "aside": DisclosureAside(self).data, "reason": reason,
      ]
      fields.merge(answer) { $1 }
      fields.merge(elements) { $1 }
      fields.merge(evidence) { $1 }
      return fields
    }
  }

  private var form: ReportData {
    get throws {
      // A conflict is told in a box of its own, with what can be done about it.
      var shown = entered
      if isStale { shown.faults = entered.faults.filter { $0.field != nil } }
      var more: [String: ReportData] = ["revision": .text("\(sheet.revision)")]
      let count = "\(shown.faults.count)"
      switch entered.fields?.text("do") {
      case "pass": more["faults_title"] = .text(words.say("disclosure.not_passed", ["count": count]))
      case "send_back": more["faults_title"] = .text(words.say("disclosure.not_sent_back", ["count": count]))
      case "recall": more["faults_title"] = .text(words.say("disclosure.not_recalled", ["count": count]))
      default: break
      }
      return try signedIn.visit.form(path, shown).with(more)
    }
  }

  // Above the form.

  /// The heading it stands under.
  private var above: String? {
    func find(_ parts: Parts, _ heading: Heading) -> Heading? {
      switch parts {
      case .items(let items): items.contains { $0.code == item.code } ? heading : nil
      case .indicators(let indicators): indicators.lazy.compactMap { find($0.parts, $0.heading) }.first
      }
    }
    let instrument = desk.work.instrument
    return find(instrument.parts, instrument.heading).map { heading in
      heading == instrument.heading
        ? heading.title.in(language)
        : words.say("disclosure.sub_indicator", ["code": heading.code.text])
    }
  }

  /// What was asked when it came back, until it is passed on again.
  private var returned: ReportData {
    guard let move = desk.moves.first(where: { $0.state != .draft }), move.state == .returned else {
      return .absent
    }
    return [
      "note": .text(move.note),
      "who": .text(words.say("disclosure.returned_by", ["who": move.who, "when": when(move.at)])),
    ]
  }

  private var current: Int { desk.work.submission?.revision ?? 0 }

  /// Whether somebody has saved since what stands in the form was read.
  private var isStale: Bool {
    mayDraft && entered.fields?.has("revision") == true && sheet.revision != current
  }

  private var stale: ReportData {
    guard isStale, let move = desk.moves.first else { return .absent }
    let isOwn = move.who == signedIn.session.name
    let who = ["who": move.who, "when": when(move.at)]
    return [
      "who": .text(words.say(isOwn ? "disclosure.stale_own" : "disclosure.stale_by", who)),
      "current": .text("\(current)"), "href": .text(path),
    ]
  }

  /// What was typed and cannot be saved any more.
  private var unsaved: String? {
    guard !mayDraft, let fields = entered.fields, fields.has("revision") else { return nil }
    let links = sheet.links.filled.map { link in
      words.facts([link.address, link.page, link.quote])
    }
    let text = (links + [sheet.note]).filter { !$0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? nil : text
  }

  private func told(taken count: Int) -> String {
    count == 0 ? words.say("disclosure.taken_none") : words.say("disclosure.taken", ["count": count.shown])
  }

  /// Why nothing can be changed, and until when or by whom.
  private var locked: String {
    let instrument = desk.work.instrument
    let window = desk.cycle.window(of: instrument.code, for: desk.office.code)
    let closes = window.map { dates.moment($0.closes) } ?? ""
    switch desk.cycle.phase(of: instrument, for: desk.office.code, at: signedIn.now) {
    case .preparing:
      guard let window else { return words.say("disclosure.locked_unset") }
      return words.say("disclosure.locked_before", ["moment": dates.moment(window.opens)])
    case .collecting: break
    case .assessing, .clarifying, .deciding, .published:
      return words.say("disclosure.locked_after", ["moment": closes])
    }
    switch desk.work.state {
    case .submitted, .contested: return words.say("disclosure.locked_submitted", ["moment": closes])
    case .ready: return words.say("disclosure.locked_ready")
    case .notBegun, .draft, .returned:
      let group = desk.lead?.title.in(language) ?? words.say("disclosure.others")
      return words.say("disclosure.locked_group", ["group": group])
    }
  }

  /// The way to what was found, once the office may read it.
  private var finding: ReportData {
    let phase = desk.cycle.phase(of: desk.work.instrument, for: desk.office.code, at: signedIn.now)
    return phase >= .clarifying ? .text(paths.finding(item.code)) : .absent
  }

  /// Who saved it last, and when.
  private var saved: String? {
    guard let last = desk.moves.first(where: { $0.state == .draft }) else { return nil }
    let isToday = last.at.day == signedIn.now.day
    let when = isToday ? words.say("disclosure.today_at", ["time": dates.time(last.at)]) : when(last.at)
    return words.say("disclosure.saved_last", ["when": when, "who": last.who])
  }

  /// With the day, without the year.
  func when(_ moment: Moment) -> String { "\(dates.short(moment.day)) \(dates.time(moment))" }

  private var passLabel: String {
    words.say(signs ? "disclosure.pass_own" : "disclosure.pass")
  }

  private var next: ReportData {
    let all = desk.rubric.disclosures(for: desk.office).map(\.item.code)
    guard let place = all.firstIndex(of: item.code), all.indices.contains(place + 1) else { return .absent }
    return ["href": .text(paths.disclosure(all[place + 1])), "code": .text(all[place + 1].text)]
  }

  private var reason: ReportData {
    ["value": .text(entered.value("reason")), "fault": ReportData(entered.fault("reason"))]
  }
}

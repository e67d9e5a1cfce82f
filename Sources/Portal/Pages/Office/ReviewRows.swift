import Integrity
import Reports
import Storage

/// The disclosures of a head's groups by what is to be done with them.
struct ReviewRows {
  private let desk: Registry.OfficeDesk
  private let who: Person
  private let now: Moment
  private let entered: Entered
  private let words: Wording
  private let paths: Paths
  /// Those the reader may pass on or send back, wherever they stand; all of them for a reader who only looks.
  private let works: [Registry.DisclosureWork]
  /// Why nothing can be passed on, where that is so.
  private let refusal: Refusal?

  init(_ desk: Registry.OfficeDesk, by who: Person, at now: Moment, _ entered: Entered, _ words: Wording) {
    (self.desk, self.who, self.now, self.entered, self.words) = (desk, who, now, entered, words)
    paths = Paths(cycle: desk.cycle.code, office: desk.office.code)
    refusal = desk.refusal(.pass, standing: .draft, by: who, at: now)
    let own = desk.works.filter { work in desk.reaches(work, who, at: now) }
    works = own.isEmpty ? desk.works : own
  }

  private enum Part: String, CaseIterable {
    case complete, lacking, passed
    case notBegun = "not_begun"
  }

  private func part(of work: Registry.DisclosureWork) -> Part? {
    switch work.state {
    case .notBegun: .notBegun
    case .draft, .returned: work.isWhole ? .complete : .lacking
    case .ready: .passed
    case .submitted, .contested: nil
    }
  }

  var fields: [String: ReportData] {
    let parts = Dictionary(grouping: works) { part(of: $0) }
    let sections = Part.allCases.compactMap { part in parts[part].map { section(part, $0) } }
    return [
      "heading": .text(words.say("review.heading")), "place": .text(desk.place(words)),
      "lead": .text(words.say(refusal == nil ? "review.lead" : "review.lead_reading")),
      "refusal": ReportData(refusal?.said(in: words.language).sentence(in: words.language)),
      "sections": .list(sections), "is_empty": .flag(sections.isEmpty), "home": .text(paths.home),
      "may": .flag(refusal == nil && !sections.isEmpty), "items_fault": ReportData(entered.fault("items")),
    ]
  }

  private func section(_ part: Part, _ works: [Registry.DisclosureWork]) -> ReportData {
    let picked = Set(entered.fields?.all("item") ?? [])
    let rows = works.map { work -> ReportData in
      let code = work.item.code.text
      let mayPick =
        work.submission != nil
        && [Act.pass, .sendBack].contains { desk.refusal($0, of: work, by: who, at: now) == nil }
      var row = work.row(desk, paths, words)
      row.meta = [desk.name(of: work.item.group, words), work.progress(words)]
      if let note = work.returnNote { row.meta.append(words.say("review.returned", ["note": note])) }
      var fields: [String: ReportData] = [
        "pick": .flag(mayPick), "pick_id": .text("pick-\(code)"), "is_picked": .flag(picked.contains(code)),
        "pick_label": .text(words.say("review.pick", ["code": code])),
        "fault": ReportData(entered.fault("pick-\(code)")),
      ]
      if case .record(let own) = row.data(words) { fields.merge(own) { a, _ in a } }
      return .record(fields)
    }
    return [
      "id": .text(part.rawValue), "title": .text(words.say("review.\(part.rawValue)")),
      "count": .text(words.say("review.count", ["count": works.count.shown])),
      "hint": .text(words.say("review.\(part.rawValue)_hint")),
      "can_pick_all": .flag(part == .complete && works.count > 1 && refusal == nil),
      "pick_all": .text(words.say("review.pick_all", ["count": works.count.shown])), "rows": .list(rows),
    ]
  }
}

extension Registry.DisclosureWork {
  /// Whether nothing is missing, the elements included.
  fileprivate var isWhole: Bool {
    guard let submission, lack == nil else { return false }
    if submission.isDisclosed == false { return true }
    return Set(item.elements.map(\.key)).isSubset(of: submission.elements.map(\.element))
  }
}

extension Registry.OfficeDesk {
  /// Whether somebody may pass a disclosure on, or back, at some point of its way.
  fileprivate func reaches(_ work: Registry.DisclosureWork, _ who: Person, at now: Moment) -> Bool {
    [Submission.State.draft, .ready].contains { state in
      [Act.pass, .sendBack].contains { act in refusal(act, of: work, standing: state, by: who, at: now) == nil
      }
    }
  }
}

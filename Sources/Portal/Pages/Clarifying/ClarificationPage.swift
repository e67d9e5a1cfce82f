import Hummingbird
import Integrity
import Reports
import Storage

/// One contested finding: the lead assessor names who decides it, and whoever was named decides.
enum ClarificationPage {
  private static let path = ClarificationsPage.path + "/{office}/{item}"

  private static let deciding = Form(
    path: path,
    fields: Fields.Names(
      once: MarkField.names.once.union(["reason", "last"]), many: MarkField.names.many),
    show: show, act: decide)
  private static let naming = Form(
    path: path + "/name", fields: Fields.Names(once: ["assessor"]), show: show, act: name)

  static let routes: [Route] =
    deciding.routes + [
      naming.sent,
      // Where a form was sent to, the page may be asked for again: in the other language, or by going back.
      .page(path + "/name") { signedIn in
        let place = try DisclosurePlace(signedIn)
        _ = try await desk(signedIn)
        return .redirect(to: LeadPaths(cycle: place.cycle).clarification(place.office, place.item))
      },
    ]

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.ClarificationDesk {
    let place = try DisclosurePlace(signedIn)
    return try await signedIn.read { registry, signer, now in
      try registry.clarificationDesk(place.item, of: place.office, in: place.cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await desk(signedIn)
    let data = try ClarificationData(desk, entered, signedIn)
    return try signedIn.page(
      "pages/clarifying-decision", title: data.title, try data.fields,
      frame: try signedIn.frame(desk.isLead ? signedIn.overseeing : .marking, .clarifications, in: desk.cycle)
    )
  }

  private static func decide(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, place) = (try await desk(signedIn), try signedIn.words(), try DisclosurePlace(signedIn))
    if let refusal = desk.refusal { throw refusal }
    guard let last = Int64(sent.text("last")) else { throw Problem.oddForm("last") }
    let field = MarkField(item: desk.item, rubric: desk.rubric, words: words)
    var faults: [FieldFault] = []
    var judgement = Judgement.pending
    do {
      judgement = try field.judgement(sent, first: desk.first?.finding.judgement)
    } catch let problem as FieldFaults {
      faults = problem.faults
    }
    let reason = sent.text("reason")
    if reason.isEmpty { faults.append(FieldFault("reason", words.say("clarification.reason_missing"))) }
    faults.append(tooLong: reason, most: 2000, "reason", words)
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let finding = Finding(judgement, reason: reason)
    try await signedIn.write(sent) { registry, signer, now in
      try registry.decide(
        finding, on: place.item, of: place.office, in: place.cycle, after: last, by: signer, at: now)
    }
    return LeadPaths(cycle: place.cycle).clarification(place.office, place.item) + "?done=decided"
  }

  private static func name(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (words, place) = (try signedIn.words(), try DisclosurePlace(signedIn))
    let assessor = sent.text("assessor")
    guard !assessor.isEmpty else { throw FieldFaults("assessor", words.say("clarification.nobody_chosen")) }
    try await ClarificationsPage.name(
      Code(assessor), [Registry.ClarificationPlace(place.office, place.item)], signedIn, sent)
    return LeadPaths(cycle: place.cycle).clarification(place.office, place.item) + "?done=named"
  }
}

/// What the page of one contested finding shows.
struct ClarificationData {
  private let desk: Registry.ClarificationDesk
  private let entered: Entered
  private let signedIn: SignedIn
  private let words: Wording
  private let dates: Dates
  private let paths: LeadPaths

  init(_ desk: Registry.ClarificationDesk, _ entered: Entered, _ signedIn: SignedIn) throws {
    (self.desk, self.entered, self.signedIn) = (desk, entered, signedIn)
    words = try signedIn.words()
    dates = Dates(signedIn.visit.visitor)
    paths = LeadPaths(cycle: desk.cycle.code)
  }

  private var item: Item { desk.item }

  var title: String { words.facts([item.code.text, desk.office.shortName(words)]) }

  var fields: [String: ReportData] {
    get throws {
      let office = Paths(cycle: desk.cycle.code, office: desk.office.code)
      let card = SubmittedCard(submission: desk.submission, item: item, paths: office, words: words)
      let first = Outcome(item, desk.firstLine, desk.first, words)
      let final = desk.final.map { Outcome(item, desk.finalLine, $0, words).data(dates) }
      let path = paths.clarification(desk.office.code, item.code)
      let mayDecide = desk.refusal == nil && desk.final == nil
      var fields: [String: ReportData] = [
        "back": .text(paths.clarifications), "code": .text(item.code.text),
        "heading": .text(item.title.in(words.language).held),
        "office": .text(desk.office.shortName(words).held), "state": state,
        "guidance": ReportData(item.guidance?.in(words.language)),
        "first": first.data(dates), "final": final ?? .absent,
        "seen": desk.first?.seenLinks(words, dates) ?? .list([]),
        "has_seen": .flag(!(desk.first?.seen ?? []).isEmpty), "submitted": card.data,
        "statement": desk.contest.data(card, dates), "decider": ReportData(desk.contest.deciderName),
        "decide": .absent, "naming": .absent, "stale": .absent,
        "waiting": .flag(!mayDecide && desk.final == nil),
        "unsaved": .absent,
      ]
      if mayDecide {
        fields["decide"] = [
          "form": try signedIn.visit.form(path, shown), "last": .text("\(desk.last)"),
          "mark": MarkField(item: item, rubric: desk.rubric, words: words).data(
            entered, first: first, desk.first?.finding.judgement),
          "reason": try signedIn.visit.field("reason", in: "clarification", entered),
        ]
      } else if let typed = entered.fields?.text("reason"), !typed.isEmpty {
        fields["unsaved"] = .text(typed)
        fields["stale"] = ReportData(entered.faults.first { $0.field == nil }?.text)
      }
      if !desk.candidates.isEmpty, desk.final == nil {
        fields["naming"] = [
          "form": try signedIn.visit.form(path + "/name", shown),
          "candidates": .list(desk.candidates.map(candidate)), "fault": ReportData(entered.fault("assessor")),
        ]
      }
      return fields
    }
  }

  /// What was typed, with what was wrong.
  private var shown: Entered { entered }

  private var state: ReportData {
    let state: Registry.ClarificationState =
      desk.final != nil ? .decided : desk.contest.decider == nil ? .notNamed : .named
    return ClarificationRows.tag(state, words)
  }

  private func candidate(_ candidate: Registry.Candidate) -> ReportData {
    let chosen = entered.fields?.text("assessor") ?? desk.contest.decider?.text
    return [
      "code": .text(candidate.load.code.text), "name": .text(candidate.load.name),
      "load": .text(words.say("clarification.deciding", ["count": candidate.load.deciding.shown])),
      "may": .flag(candidate.refusal == nil),
      "why": ReportData(candidate.refusal.map { reason($0) }),
      "is_chosen": .flag(candidate.load.code.text == chosen && candidate.refusal == nil),
    ]
  }

  private func reason(_ refusal: Refusal) -> String {
    switch refusal.reason {
    case .sameAssessor: words.say("clarification.judged_first")
    case .conflict: words.say("clarification.in_conflict")
    default: refusal.said(in: words.language)
    }
  }
}

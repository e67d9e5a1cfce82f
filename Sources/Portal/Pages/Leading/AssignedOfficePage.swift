import Hummingbird
import Integrity
import Reports
import Storage

/// One office: who judges which of its disclosures, given and taken back by hand.
enum AssignedOfficePage {
  static let path = AssigningPage.path + "/offices/{office}"

  private static let assigning = Form(
    path: path, fields: Fields.Names(once: ["assessor", "scope"], many: ["item"]), show: show, act: assign)
  private static let takingBack = Form(
    path: path + "/take-back", fields: Fields.Names(once: ["from", "reason"]), show: show, act: takeBack)

  static let routes: [Route] =
    assigning.routes + [
      takingBack.sent,
      // Where a form was sent to, the page may be asked for again: in the other language, or by going back.
      .page(path + "/take-back") { signedIn in
        .redirect(to: try signedIn.leadPaths().office(try await desk(signedIn).placed.office.code))
      },
    ]

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.AssignedOfficeDesk {
    let (cycle, office): (Code<Cycle>, Code<Office>) = (
      try signedIn.part("cycle"), try signedIn.part("office")
    )
    return try await signedIn.read { registry, signer, now in
      try registry.assignedOfficeDesk(office, in: cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, words, paths) = (try await desk(signedIn), try signedIn.words(), try signedIn.leadPaths())
    let placed = desk.placed
    let own = paths.office(placed.office.code)
    let scope = entered.fields?.text("scope") ?? ""
    let picked = Set(entered.fields?.all("item") ?? [])
    let items = desk.items.map { item -> ReportData in
      [
        "code": .text(item.item.code.text), "title": .text(item.item.title.in(words.language).held),
        "is_picked": .flag(picked.contains(item.item.code.text)),
        "holders": .text(words.list(item.holders)), "has_holders": .flag(!item.holders.isEmpty),
        "judge": ReportData(item.judge),
      ]
    }
    return try signedIn.page(
      "pages/lead-assigned-office", title: placed.office.shortName(words),
      [
        "form": try signedIn.visit.form(own, entered),
        "back_form": try signedIn.visit.form(own + "/take-back", entered), "back": .text(paths.assigning),
        "slips": .text(Paths(cycle: paths.cycle, office: placed.office.code).slips),
        "heading": .text(placed.office.name.in(words.language).held), "code": .text(placed.office.code.text),
        "state": AssigningRows.tag(placed.state, words),
        "judged": .text(
          words.say("assigning.judged", ["count": placed.judged.shown, "all": placed.due.shown])),
        "refusal": ReportData(desk.refusal?.said(in: words.language).sentence(in: words.language)),
        "may": .flag(desk.refusal == nil), "items": .list(items),
        "is_whole": .flag(scope != "items"), "is_items": .flag(scope == "items"),
        "items_fault": ReportData(entered.fault("items")),
        "assessor_fault": ReportData(entered.fault("assessor")),
        "assessors": .list(
          desk.assessors.filter(\.isActive).map { assessor($0, desk, entered, words, paths) }),
        "holders": .list(
          placed.holders.map { holder in
            [
              "code": .text(holder.code.text), "name": .text(holder.name),
              "part": .text(
                holder.items.map { words.facts([$0.map(\.text).joined(separator: ", ")]) }
                  ?? words.say("assigning.whole")),
              "is_chosen": .flag(
                placed.holders.count == 1 || entered.fields?.text("from") == holder.code.text),
            ]
          }), "has_holders": .flag(!placed.holders.isEmpty),
        "from_fault": ReportData(entered.fault("from")),
        "reason": try signedIn.visit.field("reason", in: "take_back", entered),
      ], frame: try AssigningPage.frame(signedIn, desk.cycle))
  }

  private static func assessor(
    _ load: Registry.AssessorLoad, _ desk: Registry.AssignedOfficeDesk, _ entered: Entered,
    _ words: Wording, _ paths: LeadPaths
  ) -> ReportData {
    let refusal = desk.obstacles[load.code]
    let why: String? = refusal.map { refusal in
      if case .conflict(let conflict) = refusal.reason {
        switch conflict {
        case .declared:
          let judged = load.ties.first { $0.office == desk.placed.office.code }?.judged ?? 0
          return words.facts([
            words.say("conflict_tie.declared").sentence(in: words.language),
            judged > 0 ? words.say("conflict_tie.judged", ["count": judged.shown]) : "",
          ])
        case .present: return words.say("conflict_tie.belongs").sentence(in: words.language)
        case .past: return words.say("conflict_tie.past").sentence(in: words.language)
        }
      }
      return refusal.said(in: words.language)
    }
    return [
      "code": .text(load.code.text), "name": .text(load.name),
      "load": .text(
        words.facts([
          words.say("assigning.has_offices", ["count": load.offices.shown]),
          words.say("assigning.left", ["count": load.left.shown]),
        ])), "may": .flag(refusal == nil), "why": ReportData(why),
      "is_chosen": .flag(entered.fields?.text("assessor") == load.code.text && refusal == nil),
    ]
  }

  private static func assign(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, paths) = (try await desk(signedIn), try signedIn.words(), try signedIn.leadPaths())
    if let refusal = desk.refusal { throw refusal }
    let office = desk.placed.office.code
    let chosen = Set(sent.all("item"))
    let items = desk.items.map(\.item.code).filter { chosen.contains($0.text) }
    guard items.count == chosen.count else { throw Problem.oddForm("item") }
    let assessor = Code<Person>(sent.text("assessor"))
    let isWhole: Bool
    switch sent.text("scope") {
    case "whole": isWhole = true
    case "items": isWhole = false
    default: throw Problem.oddForm("scope")
    }
    var faults: [FieldFault] = []
    if assessor.text.isEmpty { faults.append(FieldFault("assessor", words.say("assigning.nobody_chosen"))) }
    if !isWhole, items.isEmpty { faults.append(FieldFault("items", words.say("assigning.no_items"))) }
    let holder = desk.placed.holders.first { $0.code == assessor }
    let hasIt = FieldFault("assessor", words.say("assigning.has_it"))
    if !isWhole, let holder, holder.items == nil { faults.append(hasIt) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let new = items.filter { !(holder?.items ?? []).contains($0) }
    // Where nothing is new the registry says so, unless the form was sent before.
    let given = isWhole ? nil : new.isEmpty ? items : new
    do {
      try await signedIn.write(sent) { registry, signer, now in
        try registry.assign(assessor, to: office, items: given, in: desk.cycle.code, by: signer, at: now)
      }
    } catch StorageProblem.taken {
      throw FieldFaults([hasIt])
    }
    return paths.office(office) + "?done=assigned"
  }

  private static func takeBack(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, paths) = (try await desk(signedIn), try signedIn.words(), try signedIn.leadPaths())
    let office = desk.placed.office.code
    var faults: [FieldFault] = []
    let from = Code<Person>(sent.text("from"))
    if from.text.isEmpty { faults.append(FieldFault("from", words.say("take_back.from_missing"))) }
    let reason = sent.text("reason")
    if reason.isEmpty { faults.append(FieldFault("reason", words.say("take_back.reason_missing"))) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    do {
      try await signedIn.write(sent) { registry, signer, now in
        try registry.unassign(from, from: office, in: desk.cycle.code, reason: reason, by: signer, at: now)
      }
    } catch StorageProblem.unknown {
      throw FieldFaults("from", words.say("take_back.gone"))
    }
    return paths.office(office) + "?done=taken_back"
  }
}

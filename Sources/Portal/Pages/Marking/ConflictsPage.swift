import Hummingbird
import Integrity
import Reports
import Storage

/// Where an assessor says that they have something to do with an office. From then on it is none of theirs.
enum ConflictsPage {
  private static let path = "/{cycle}/conflicts"

  static let routes = Form(
    path: path, fields: Fields.Names(once: ["office", "other", "reason", "sure"]), show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let own = try await signedIn.read { registry, signer, now in
      try registry.ownConflicts(in: code, by: signer, at: now)
    }
    let (words, dates) = (try signedIn.words(), Dates(signedIn.visit.visitor))
    let chosen = entered.value("office", or: signedIn.visit.asked("office") ?? "")
    return try signedIn.page(
      "pages/marking-conflicts", title: words.say("conflicts.title"),
      [
        "form": try signedIn.visit.form(MarkPaths(cycle: code).conflicts, entered),
        "offices": .list(
          own.assigned.map { office in
            [
              "code": .text(office.code.text), "name": .text(office.shortName(words).held),
              "is_chosen": .flag(office.code.text == chosen),
            ]
          }), "office_fault": ReportData(entered.fault("office")),
        "other": try signedIn.visit.field("other", in: "conflicts", entered).with([
          "width": "short", "is_optional": true, "is_code": true,
        ]),
        "reason": try signedIn.visit.field("reason", in: "conflicts", entered),
        "sure_fault": ReportData(entered.fault("sure")), "is_sure": .flag(entered.value("sure") == "yes"),
        "declared": .list(
          own.declared.map { one in
            [
              "name": .text(one.name.in(words.language).held), "code": .text(one.office.text),
              "reason": .text(one.reason), "when": .text(dates.day(one.at.day)),
            ]
          }), "has_declared": .flag(!own.declared.isEmpty),
        "postings": .list(
          own.postings.map { posting, name in
            [
              "name": .text(name.in(words.language).held),
              "kind": .text(words.say("conflicts.\(posting.kind.rawValue)")),
              "span": .text(
                posting.until.map {
                  words.say("conflicts.span", ["from": dates.day(posting.from), "until": dates.day($0)])
                } ?? words.say("conflicts.since", ["from": dates.day(posting.from)])),
            ]
          }), "has_postings": .flag(!own.postings.isEmpty),
      ], frame: try signedIn.frame(.marking, .conflicts, in: own.cycle))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let code: Code<Cycle> = try signedIn.part("cycle")
    let words = try signedIn.words()
    let (listed, other) = (sent.text("office"), sent.text("other"))
    var faults: [FieldFault] = []
    if listed.isEmpty, other.isEmpty {
      faults.append(FieldFault("office", words.say("conflicts.fault_office")))
    }
    if !listed.isEmpty, !other.isEmpty {
      faults.append(FieldFault("other", words.say("conflicts.fault_both")))
    }
    let reason = sent.text("reason")
    if reason.isEmpty { faults.append(FieldFault("reason", words.say("conflicts.fault_reason"))) }
    faults.append(tooLong: reason, most: 2000, "reason", words)
    if sent.text("sure") != "yes" { faults.append(FieldFault("sure", words.say("conflicts.fault_sure"))) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let office = Code<Office>(listed.isEmpty ? other : listed)
    do {
      try await signedIn.write(sent) { registry, signer, now in
        // Only assessors have this page.
        _ = try registry.ownConflicts(in: code, by: signer, at: now)
        try registry.declareConflict(of: signer.person, with: office, reason: reason, by: signer, at: now)
      }
    } catch StorageProblem.unknown(what: "office", code: _) {
      throw FieldFaults("other", words.say("conflicts.fault_unknown", ["code": office.text]))
    }
    return MarkPaths(cycle: code).conflicts + "?done=conflict_declared"
  }
}

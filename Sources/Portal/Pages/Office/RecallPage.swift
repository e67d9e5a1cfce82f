import Hummingbird
import Integrity
import Reports
import Storage

/// Where the director takes back what was submitted, to have it mended while the window is open.
enum RecallPage {
  static let routes = Form(
    path: Paths.home + "/recall", fields: Fields.Names(once: ["reason"], many: ["item"]), show: show, act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
    let (now, dates) = (signedIn.now, Dates(signedIn.visit.visitor))
    let refusal = desk.refusal(.recall, standing: .submitted, by: signedIn.session.who, at: now)
    let sent = desk.works.filter { $0.state == .submitted }
    let picked = Set(entered.fields?.all("item") ?? [])
    return try signedIn.page(
      "pages/recall", title: words.say("recall.title"),
      [
        "form": try signedIn.visit.form(paths.recall, entered), "place": .text(desk.place(words)),
        "reason": try signedIn.visit.field("reason", in: "recall", entered),
        "items_fault": ReportData(entered.fault("items")), "receipts": .text(paths.receipts),
        "refusal": ReportData(refusal?.said(in: words.language).sentence(in: words.language)),
        "may": .flag(refusal == nil && !sent.isEmpty), "nothing": .flag(refusal == nil && sent.isEmpty),
        "until": ReportData(
          desk.openWindow(at: now).map { words.say("recall.until", ["moment": dates.moment($0.closes)]) }),
        "rows": .list(
          sent.map { work in
            [
              "code": .text(work.item.code.text), "title": .text(work.item.title.in(words.language).held),
              "is_picked": .flag(picked.contains(work.item.code.text)),
            ]
          }),
      ], frame: try signedIn.frame(.signOff, desk))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
    if let refusal = desk.refusal(.recall, standing: .submitted, by: signedIn.session.who, at: signedIn.now) {
      throw refusal
    }
    let chosen = Set(sent.all("item"))
    let items = desk.works.map(\.item.code).filter { chosen.contains($0.text) }
    guard items.count == chosen.count else { throw Problem.oddForm("item") }
    let reason = sent.text("reason")
    var faults: [FieldFault] = []
    if items.isEmpty { faults.append(FieldFault("items", words.say("recall.none_chosen"))) }
    if reason.isEmpty { faults.append(FieldFault("reason", words.say("recall.reason_missing"))) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    try await signedIn.write(sent) { registry, signer, now in
      try registry.recall(items, of: paths.office, in: paths.cycle, note: reason, by: signer, at: now)
    }
    return paths.disclosures + "?state=draft&done=recalled"
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// One assessor: what they have, whom they may not judge, and where their open work is handed on when they leave.
enum AssessorPage {
  static let path = AssigningPage.path + "/assessors/{assessor}"

  private static let form = Form(
    path: path, fields: Fields.Names(once: ["to", "assessor", "seed", "reason", "do", "digest"]), show: show,
    act: handOver)

  static var routes: [Route] {
    form.routes.filter { $0.method == .get }
      + [
        GivingPlanPage.sent(form) { signedIn, sent in
          let (order, cycle): (Registry.HandOverOrder, Code<Cycle>) = (
            try order(signedIn, sent), try signedIn.part("cycle")
          )
          let plan = try await signedIn.read { registry, signer, now in
            try registry.plan(order, in: cycle, by: signer, at: now)
          }
          return GivingPlanPage(
            plan: plan, action: try signedIn.leadPaths().assessor(order.from),
            hidden: [
              ("to", order.to == nil ? "rest" : "one"), ("assessor", order.to?.text ?? ""),
              ("seed", order.seed), ("reason", order.reason),
            ], title: "giving.heading_hand_over", seed: order.to == nil ? order.seed : nil,
            leaver: order.from, reason: order.reason)
        }
      ]
  }

  private static func order(_ signedIn: SignedIn, _ sent: Fields) throws -> Registry.HandOverOrder {
    let words = try signedIn.words()
    var faults: [FieldFault] = []
    var (to, seed): (Code<Person>?, String) = (nil, "")
    switch sent.text("to") {
    case "one":
      let assessor = sent.text("assessor")
      if assessor.isEmpty { faults.append(FieldFault("assessor", words.say("assigning.nobody_chosen"))) }
      to = Code(assessor)
    case "rest":
      seed = sent.text("seed")
      if let fault = Seed.fault(seed, words) { faults.append(FieldFault("seed", fault)) }
    case "": faults.append(FieldFault("to", words.say("hand_over.to_missing")))
    default: throw Problem.oddForm("to")
    }
    let reason = sent.text("reason")
    if reason.isEmpty { faults.append(FieldFault("reason", words.say("hand_over.reason_missing"))) }
    faults.append(tooLong: reason, most: 500, "reason", words)
    guard faults.isEmpty else { throw FieldFaults(faults) }
    return Registry.HandOverOrder(
      from: try signedIn.part("assessor"), to: to, seed: seed, reason: reason)
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (cycle, person): (Code<Cycle>, Code<Person>) = (
      try signedIn.part("cycle"), try signedIn.part("assessor")
    )
    let page = LeadPager(signedIn.visit).number
    let desk = try await signedIn.read { registry, signer, now in
      var filter = Registry.AssigningFilter()
      filter.assessor = person
      return try registry.assigningDesk(filter, page: page, in: cycle, by: signer, at: now)
    }
    guard let load = desk.assessors.first(where: { $0.code == person }) else { throw Problem.notFound }
    let (words, paths) = (try signedIn.words(), try signedIn.leadPaths())
    let to = entered.fields?.text("to") ?? ""
    let own = paths.assessor(person)
    var fields: [String: ReportData] = [
      "form": try signedIn.visit.form(own, entered), "back": .text(paths.assigning),
      "refusal": ReportData(desk.refusal?.said(in: words.language).sentence(in: words.language)),
      "may": .flag(desk.refusal == nil && (load.offices > 0 || load.deciding > 0)),
      "is_idle": .flag(load.offices == 0 && load.deciding == 0),
      "standing": .text(words.say("hand_over.standing_count", ["count": (desk.standing ?? 0).shown])),
      "deciding": .text(load.deciding.shown), "is_one": .flag(to == "one"), "is_rest": .flag(to == "rest"),
      "to_fault": ReportData(entered.fault("to")), "assessor_fault": ReportData(entered.fault("assessor")),
      "seed": .text(to == "rest" ? entered.value("seed") : Seed.new()),
      "seed_fault": ReportData(entered.fault("seed")),
      "reason": try signedIn.visit.field("reason", in: "hand_over", entered),
      "choices": .list(
        desk.assessors.filter { $0.isActive && $0.code != person }.map { other in
          [
            "code": .text(other.code.text),
            "name": .text(
              words.facts([other.name, words.say("assigning.has_offices", ["count": other.offices.shown])])),
            "is_chosen": .flag(entered.fields?.text("assessor") == other.code.text),
          ]
        }),
      "rows": .list(desk.offices.map { row($0, person, words, paths) }),
      "has_rows": .flag(!desk.offices.isEmpty),
      "pager": LeadPager.data(page, of: desk.found, words) { $0 > 1 ? "\(own)?page=\($0)" : own },
    ]
    if case .record(let own) = AssessorRow(load, words, paths).data { fields.merge(own) { a, _ in a } }
    return try signedIn.page(
      "pages/lead-assessor", title: load.name, fields, frame: try AssigningPage.frame(signedIn, desk.cycle))
  }

  private static func row(
    _ placed: Registry.PlacedOffice, _ person: Code<Person>, _ words: Wording, _ paths: LeadPaths
  ) -> ReportData {
    let items = placed.holders.first { $0.code == person }?.items
    return [
      "code": .text(placed.office.code.text), "title": .text(placed.office.shortName(words).held),
      "href": .text(paths.office(placed.office.code)),
      "part": ReportData(items.map { words.say("assigning.some", ["count": $0.count.shown]) }),
      "judged": .text(
        words.say("assigning.judged", ["count": placed.judged.shown, "all": placed.due.shown])),
    ]
  }

  private static func handOver(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (order, cycle): (Registry.HandOverOrder, Code<Cycle>) = (
      try order(signedIn, sent), try signedIn.part("cycle")
    )
    let digest = sent.text("digest")
    try await signedIn.write(sent) { registry, signer, now in
      try registry.handOver(order, in: cycle, expecting: digest, by: signer, at: now)
    }
    return try signedIn.leadPaths().assessor(order.from) + "?done=handed_over"
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// Where offices that nobody judges yet are spread evenly over assessors by a seed that is kept.
enum SpreadPage {
  static let path = AssigningPage.path + "/spread"

  private static let form = Form(
    path: path, fields: Fields.Names(once: ["seed", "kind", "do", "digest"], many: ["assessor"]), show: show,
    act: spread)

  static var routes: [Route] {
    form.routes.filter { $0.method == .get }
      + [
        GivingPlanPage.sent(form) { signedIn, sent in
          let (order, cycle): (Registry.SpreadOrder, Code<Cycle>) = (
            try order(signedIn, sent), try signedIn.part("cycle")
          )
          let plan = try await signedIn.read { registry, signer, now in
            try registry.plan(order, in: cycle, by: signer, at: now)
          }
          let people = order.assessors.sorted().map { ("assessor", $0.text) }
          return GivingPlanPage(
            plan: plan, action: try signedIn.leadPaths().spread,
            hidden: [("seed", order.seed), ("kind", order.kind?.text ?? "")] + people,
            title: "giving.heading_spread", seed: order.seed)
        }
      ]
  }

  private static func order(_ signedIn: SignedIn, _ sent: Fields) throws -> Registry.SpreadOrder {
    let words = try signedIn.words()
    var faults: [FieldFault] = []
    let seed = sent.text("seed")
    if let fault = Seed.fault(seed, words) { faults.append(FieldFault("seed", fault)) }
    let assessors = Set(sent.all("assessor").map { Code<Person>($0) })
    if assessors.isEmpty { faults.append(FieldFault("assessors", words.say("spread.nobody_chosen"))) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let kind = sent.text("kind")
    return Registry.SpreadOrder(seed: seed, kind: kind.isEmpty ? nil : Code(kind), assessors: assessors)
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    let (desk, spreads) = try await signedIn.read { registry, signer, now in
      (
        try registry.assigningDesk(in: cycle, by: signer, at: now),
        try registry.spreads(of: cycle, by: signer, at: now)
      )
    }
    let (words, paths) = (try signedIn.words(), try signedIn.leadPaths())
    let dates = Dates(signedIn.visit.visitor)
    let chosen = entered.fields.map { Set($0.all("assessor")) }
    let open = desk.counts[.none] ?? 0
    return try signedIn.page(
      "pages/lead-spread", title: words.say("spread.title"),
      [
        "form": try signedIn.visit.form(paths.spread, entered), "back": .text(paths.assigning),
        "refusal": ReportData(desk.refusal?.said(in: words.language).sentence(in: words.language)),
        "may": .flag(desk.refusal == nil && open > 0), "nothing": .flag(desk.refusal == nil && open == 0),
        "open": .text(words.say("spread.open", ["count": open.shown])),
        "seed": .text(entered.value("seed", or: Seed.new())), "seed_fault": ReportData(entered.fault("seed")),
        "kinds": .list(
          desk.rubric.kinds.map { kind in
            [
              "code": .text(kind.code.text), "title": .text(kind.title.in(words.language)),
              "is_chosen": .flag(kind.code.text == entered.value("kind")),
            ]
          }), "assessors_fault": ReportData(entered.fault("assessors")),
        "assessors": .list(
          desk.assessors.filter(\.isActive).map { load in
            var fields: [String: ReportData] = [
              "code": .text(load.code.text), "is_chosen": .flag(chosen?.contains(load.code.text) ?? true),
              "load": .text(words.say("assigning.has_offices", ["count": load.offices.shown])),
            ]
            if case .record(let own) = AssessorRow(load, words, paths).data {
              fields.merge(own) { a, _ in a }
            }
            return .record(fields)
          }), "spreads": .list(spreads.map { record($0, words, dates) }),
        "has_spreads": .flag(!spreads.isEmpty),
      ], frame: try AssigningPage.frame(signedIn, desk.cycle))
  }

  private static func record(_ record: Registry.SpreadRecord, _ words: Wording, _ dates: Dates) -> ReportData
  {
    [
      "seed": .text(record.seed), "who": .text(record.who), "when": .text(dates.moment(record.at)),
      "what": .text(
        words.say(
          "spread.was", ["offices": record.offices.shown, "assessors": record.assessors.shown])),
      "leaver": ReportData(record.predecessor), "reason": ReportData(record.reason),
      "has_leaver": .flag(record.predecessor != nil),
    ]
  }

  private static func spread(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (order, cycle): (Registry.SpreadOrder, Code<Cycle>) = (
      try order(signedIn, sent), try signedIn.part("cycle")
    )
    let digest = sent.text("digest")
    try await signedIn.write(sent) { registry, signer, now in
      try registry.spread(order, in: cycle, expecting: digest, by: signer, at: now)
    }
    return try signedIn.leadPaths().assigning + "?done=spread"
  }
}

/// What a spread is drawn by: digits that are read out easily, or whatever somebody types.
enum Seed {
  static func new() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<8).map { _ in "\(Int.random(in: 0...9, using: &generator))" }
    return digits.prefix(4).joined() + "-" + digits.suffix(4).joined()
  }

  /// What is wrong with one; nil where nothing is.
  static func fault(_ seed: String, _ words: Wording) -> String? {
    if seed.isEmpty { return words.say("spread.seed_missing") }
    return seed.count > Spread.longestSeed
      ? words.say("spread.seed_long", ["most": "\(Spread.longestSeed)"]) : nil
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// Where the lead assessor sees who judges what, and gives offices to an assessor: many at once, looked at first.
enum AssigningPage {
  static let path = "/{cycle}/assigning"

  private static let giving = Form(
    path: path, fields: Fields.Names(once: ["assessor", "do", "digest"], many: ["office"]), show: show,
    act: give)

  static var routes: [Route] {
    giving.routes.filter { $0.method == .get }
      + [
        GivingPlanPage.sent(giving) { signedIn, sent in
          let (offices, assessor, cycle) = try order(signedIn, sent)
          let plan = try await signedIn.read { registry, signer, now in
            try registry.plan(giving: offices, to: assessor, in: cycle, by: signer, at: now)
          }
          let hidden = [("assessor", assessor.text)] + offices.map { ("office", $0.text) }
          return GivingPlanPage(
            plan: plan, action: try signedIn.leadPaths().assigning, hidden: hidden,
            title: "giving.heading_give")
        },
        .page(path + ".csv", load: .export, table),
      ] + SpreadPage.routes + AssignedOfficePage.routes + AssessorPage.routes
  }

  static func frame(_ signedIn: SignedIn, _ cycle: Cycle) throws -> ReportData {
    try signedIn.frame(.leading, .assigning, in: cycle)
  }

  private static func desk(_ signedIn: SignedIn, _ filter: Registry.AssigningFilter, _ page: Int?)
    async throws
    -> Registry.AssigningDesk
  {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.assigningDesk(filter, page: page, in: cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (filter, page) = (Registry.AssigningFilter(signedIn.visit), LeadPager(signedIn.visit).number)
    let (desk, words) = (try await desk(signedIn, filter, page), try signedIn.words())
    let rows = AssigningRows(desk, filter, page, entered, words)
    var fields = rows.fields
    fields["form"] = try signedIn.visit.form(try signedIn.leadPaths().assigning + rows.query, entered)
    return try signedIn.page(
      "pages/lead-assigning", title: words.say("assigning.title"), fields,
      frame: try frame(signedIn, desk.cycle))
  }

  private static func order(_ signedIn: SignedIn, _ sent: Fields) throws -> (
    offices: [Code<Office>], assessor: Code<Person>, cycle: Code<Cycle>
  ) {
    let words = try signedIn.words()
    let offices = sent.all("office").map { Code<Office>($0) }
    var faults: [FieldFault] = []
    if offices.isEmpty { faults.append(FieldFault("items", words.say("assigning.none_chosen"))) }
    let assessor = sent.text("assessor")
    if assessor.isEmpty { faults.append(FieldFault("assessor", words.say("assigning.nobody_chosen"))) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    return (offices, Code(assessor), try signedIn.part("cycle"))
  }

  private static func give(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (offices, assessor, cycle) = try order(signedIn, sent)
    let digest = sent.text("digest")
    try await signedIn.write(sent) { registry, signer, now in
      try registry.giveOffices(
        offices, to: assessor, in: cycle, expecting: digest, by: signer, at: now)
    }
    return try signedIn.leadPaths().assigning + "?done=assigned"
  }

  private static func table(_ signedIn: SignedIn) async throws -> Response {
    let (filter, words) = (Registry.AssigningFilter(signedIn.visit), try signedIn.words())
    let offices = try await desk(signedIn, filter, nil).offices
    return .table(AssigningRows.table(offices, words), named: "assigning", try signedIn.part("cycle"))
  }
}

extension Registry.AssigningFilter {
  init(_ visit: Visit) {
    self.init()
    state = visit.asked("state").flatMap(Registry.AssigningState.init(rawValue:))
    kind = visit.asked("kind").flatMap { $0.isEmpty ? nil : Code($0) }
    assessor = visit.asked("assessor").flatMap { $0.isEmpty ? nil : Code($0) }
    search = String((visit.asked("search") ?? "").prefix(100)).trimmingBlanks
  }

  /// What stands behind the `?`.
  func query(page: Int = 1) -> String {
    let fields = [
      ("state", state?.rawValue ?? ""), ("kind", kind?.text ?? ""), ("assessor", assessor?.text ?? ""),
      ("search", search), ("page", page > 1 ? "\(page)" : ""),
    ]
    let asked = fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }
    return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
  }
}

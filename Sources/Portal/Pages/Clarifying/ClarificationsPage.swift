import Hummingbird
import Integrity
import Reports
import Storage

/// Everything that was contested: the lead assessor names who decides, one by one or several at once; an assessor sees
/// what they were named for.
enum ClarificationsPage {
  static let path = "/{cycle}/clarifications"

  static let routes: [Route] =
    Form(path: path, fields: Fields.Names(once: ["assessor"], many: ["item"]), show: show, act: name).routes
    + [
      .page(path + ".csv", load: .export) { signedIn in
        let cycle: Code<Cycle> = try signedIn.part("cycle")
        let words = try signedIn.words()
        let rows = try await desk(signedIn, Registry.ClarificationFilter(signedIn.visit), nil).rows
        return .table(ClarificationRows.table(rows, words), named: "clarifications", cycle)
      }
    ] + ClarificationPage.routes

  private static func desk(_ signedIn: SignedIn, _ filter: Registry.ClarificationFilter, _ page: Int?)
    async throws -> Registry.ClarificationsDesk
  {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.clarificationsDesk(filter, page: page, in: cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (filter, page) = (Registry.ClarificationFilter(signedIn.visit), LeadPager(signedIn.visit).number)
    let (desk, words) = (try await desk(signedIn, filter, page), try signedIn.words())
    let rows = ClarificationRows(
      desk, filter, page, entered, words, Dates(signedIn.visit.visitor))
    var fields = rows.fields
    fields["form"] = try signedIn.visit.form(try signedIn.leadPaths().clarifications + rows.query, entered)
    return try signedIn.page(
      "pages/lead-clarifications", title: words.say("clarifications.title"), fields,
      frame: try signedIn.frame(desk.isLead ? signedIn.overseeing : .marking, .clarifications, in: desk.cycle)
    )
  }

  private static func name(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let words = try signedIn.words()
    let places = try sent.all("item").map { text in
      let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw Problem.oddForm("item") }
      return Registry.ClarificationPlace(Code(parts[0]), Code(parts[1]))
    }
    var faults: [FieldFault] = []
    if places.isEmpty { faults.append(FieldFault("items", words.say("clarifications.none_chosen"))) }
    let assessor = sent.text("assessor")
    if assessor.isEmpty { faults.append(FieldFault("assessor", words.say("clarification.nobody_chosen"))) }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    try await name(Code(assessor), places, signedIn, sent)
    let filter = Registry.ClarificationFilter(signedIn.visit)
    return try signedIn.leadPaths().clarifications + filter.query(page: 1, done: "named")
  }

  /// Names somebody; what does not go is said at each row.
  static func name(
    _ assessor: Code<Person>, _ places: [Registry.ClarificationPlace], _ signedIn: SignedIn, _ sent: Fields
  ) async throws {
    let (cycle, words): (Code<Cycle>, Wording) = (try signedIn.part("cycle"), try signedIn.words())
    do {
      try await signedIn.write(sent) { registry, signer, now in
        try registry.nameDeciders(assessor, of: places, in: cycle, by: signer, at: now)
      }
    } catch let problems as Registry.NamingProblems {
      throw FieldFaults(
        problems.all.map { one in
          let why: String =
            switch one.refusal.reason {
            case .sameAssessor: words.say("clarification.judged_first")
            case .conflict: words.say("clarification.in_conflict")
            default: one.refusal.said(in: words.language)
            }
          let text = words.say(
            "clarifications.not_this_one",
            ["item": one.place.item.text, "office": one.place.office.text, "why": why])
          // On the page of one there is only the choice of the person to point to.
          let field = places.count == 1 ? "assessor" : "pick-\(one.place.office)-\(one.place.item)"
          return FieldFault(field, text)
        })
    }
  }
}

/// Which page of a long list is asked for; what makes no sense asks for the first.
struct LeadPager {
  let number: Int

  init(_ visit: Visit) {
    number = visit.asked("page").flatMap { Int($0) }.map { min(max($0, 1), 1_000_000) } ?? 1
  }

  /// The way through a long list, for `parts/lead-pager`: nothing where one page has it all.
  static func data(
    _ page: Int, of found: Int, _ words: Wording, _ href: (Int) -> String
  ) -> ReportData {
    let length = Registry.pageLength
    let last = max(1, (found + length - 1) / length)
    guard last > 1 else { return .absent }
    let first = (page - 1) * length + 1
    return [
      "shown": .text(
        words.say(
          "lead_paging.shown",
          ["first": first.shown, "last": min(found, page * length).shown, "all": found.shown])),
      "before": page > 1 ? .text(href(min(page, last + 1) - 1)) : .absent,
      "after": page < last ? .text(href(page + 1)) : .absent,
      "place": .text(words.say("lead_paging.place", ["page": page.shown, "all": last.shown])),
    ]
  }
}

extension Registry.ClarificationFilter {
  init(_ visit: Visit) {
    self.init()
    state = visit.asked("state").flatMap(Registry.ClarificationState.init(rawValue:))
    search = String((visit.asked("search") ?? "").prefix(100)).trimmingBlanks
  }

  /// What stands behind the `?`.
  func query(page: Int = 1, done: String? = nil) -> String {
    let fields = [
      ("state", state?.rawValue ?? ""), ("search", search), ("page", page > 1 ? "\(page)" : ""),
      ("done", done ?? ""),
    ]
    let asked = fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\($0.1.queryEscaped)" }
    return asked.isEmpty ? "" : "?" + asked.joined(separator: "&")
  }
}

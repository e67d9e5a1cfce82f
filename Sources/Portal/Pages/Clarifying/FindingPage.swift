import Hummingbird
import Integrity
import Reports
import Storage

/// What was found on one disclosure of an office, and where its director contests it.
enum FindingPage {
  static let path = FindingsPage.path + "/{item}"

  private static let form = Form(path: path, fields: ContestSheet.fields, show: show, act: contest)

  static var routes: [Route] { form.routes.filter { $0.method == .get } + [sent] }

  private static var sent: Route {
    Route(method: .post, path: path, load: .form, isOpen: false, fields: ContestSheet.fields) { visit in
      let signedIn = try visit.signedIn()
      let sent = try await visit.fields(ContestSheet.fields)
      guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
      switch try ContestWish(sent) {
      case .send: return try await form.answer(signedIn, sent)
      // Nothing is sent: the same page with another row, or with one less.
      case .links: return try await show(signedIn, Entered(fields: sent))
      }
    }
  }

  private struct Place {
    let desk: Registry.FindingsDesk
    let result: Registry.ItemResult
    let paths: Paths
  }

  /// - Returns: nil where the results have to be opened first.
  private static func place(_ signedIn: SignedIn) async throws -> Place? {
    let desk = try await FindingsPage.desk(signedIn)
    guard desk.isOpen else { return nil }
    let item: Code<Node> = try signedIn.part("item")
    guard let result = desk.results.first(where: { $0.item.code == item }) else { throw Problem.notFound }
    return Place(desk: desk, result: result, paths: try signedIn.paths())
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    guard let place = try await place(signedIn) else {
      return .redirect(to: try signedIn.paths().findings)
    }
    let data = try FindingData(place.desk, place.result, entered, signedIn)
    return try signedIn.page(
      "pages/clarifying-finding", title: data.title, try data.fields,
      frame: try FindingsPage.frame(signedIn, place.desk))
  }

  private static func contest(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    // Of what has not been opened there is nothing to contest.
    guard let place = try await place(signedIn) else { throw Problem.notFound }
    let (result, paths) = (place.result, place.paths)
    if let refusal = result.refusal {
      // Sent a second time, the same form goes on as the first did.
      guard case .alreadyContested = refusal.reason else { throw refusal }
    }
    let sheet = try ContestSheet(sent, result.submission)
    let faults = sheet.faults(try signedIn.words())
    guard faults.isEmpty else { throw FieldFaults(faults) }
    let evidence = sheet.evidence(in: result.submission)
    try await signedIn.write(sent) { registry, signer, now in
      try registry.contest(
        result.item.code, of: paths.office, in: paths.cycle, statement: sheet.statement, evidence: evidence,
        by: signer, at: now)
    }
    return paths.finding(result.item.code) + "?done=contested"
  }
}

/// Which button of the form was pressed.
enum ContestWish: Hashable, Sendable {
  case send
  case links(LinkRows.Wish)

  /// - Throws: `Problem.oddForm` for a button that our page does not have.
  init(_ fields: Fields) throws {
    let text = fields.text("do")
    if text.isEmpty || text == "send" {
      self = .send
    } else if let wish = LinkRows.Wish(text) {
      self = .links(wish)
    } else {
      throw Problem.oddForm("do")
    }
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// Everything proposed and amended in a sealed cycle, and one proposal to which a second member agrees.
enum AmendmentsPage {
  static let routes: [Route] =
    [
      .page("/{cycle}/amendments") { signedIn in
        let desk = try await desk(signedIn)
        if let way = try way(desk, signedIn) { return .redirect(to: way) }
        let words = try signedIn.words()
        let data = AmendmentsData(desk, words, Dates(signedIn.visit.visitor))
        var fields = data.fields
        let office = signedIn.visit.asked("office")
        fields["office"] = .text(String((office ?? "").prefix(200)))
        fields["office_fault"] = office.map { _ in .text(words.say("amending.office_missing")) } ?? .absent
        fields["items"] = .list(data.items(chosen: signedIn.visit.asked("item")))
        return try signedIn.page(
          "pages/amendments", title: words.say("amending.title"), fields,
          frame: try signedIn.frame(.committee, .sealing, in: desk.cycle))
      }
    ] + one.routes + AmendPage.routes

  private static let one = Form(
    path: "/{cycle}/amendments/{number}", fields: Fields.Names(once: ["accept", "password"]), show: show,
    act: agree)

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.AmendmentsDesk {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.amendmentsDesk(of: cycle, by: signer, at: now)
    }
  }

  /// To the form of the office and item that are asked for; nil where it is not plain which office is meant.
  private static func way(_ desk: Registry.AmendmentsDesk, _ signedIn: SignedIn) throws -> String? {
    let finder = try signedIn.finder(desk.offices)
    guard let item = signedIn.visit.asked("item"),
      desk.rubric.items.contains(where: { $0.item.code.text == item && $0.instrument.questionnaire == nil }),
      let office = signedIn.visit.asked("office").flatMap(finder.one)
    else { return nil }
    return SealingPaths(cycle: desk.cycle.code).amend(Code(item), of: office.code)
  }

  // One proposal.

  private static func proposal(
    _ signedIn: SignedIn
  ) async throws -> (desk: Registry.AmendmentsDesk, amendment: Registry.Amendment) {
    let desk = try await desk(signedIn)
    guard let number = signedIn.visit.visitor.parameters.get("number").flatMap({ Int64($0) }),
      let amendment = desk.amendments.first(where: { $0.number == number })
    else { throw Problem.notFound }
    return (desk, amendment)
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let (desk, amendment) = try await proposal(signedIn)
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let paths = SealingPaths(cycle: desk.cycle.code)
    var fields = AmendmentsData(desk, words, Dates(visit.visitor)).one(amendment)
    fields["form"] = try visit.form(paths.agree(amendment.number), entered)
    fields["accept_fault"] = ReportData(entered.fault("accept"))
    fields["is_accepted"] = .flag(entered.fields?.text("accept") == "yes")
    fields["accept"] = .text(words.say("amending.accept"))
    fields["password"] = try visit.passwordField(in: "amending", entered)
    return try signedIn.page(
      "pages/amendment", title: words.say("amending.one_title"), fields,
      frame: try signedIn.frame(.committee, .sealing, in: desk.cycle))
  }

  private static func agree(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let received = signedIn.now
    let (desk, amendment) = try await proposal(signedIn)
    let words = try signedIn.words()
    if let refusal = amendment.refusal { throw refusal }
    guard amendment.state == .waiting else { return SealingPaths(cycle: desk.cycle.code).amendments }
    try await SealingPage.confirm(signedIn, sent, missing: words.say("amending.accept_missing"))
    let (cycle, number) = (desk.cycle.code, amendment.number)
    let outcome = try await signedIn.write(sent) { registry, signer, _ in
      try registry.amend(number, in: cycle, by: signer, at: received)
    }
    return SealingPaths(cycle: cycle).amendments + (outcome == nil ? "" : "?done=amended")
  }
}

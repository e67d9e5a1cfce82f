import Hummingbird
import Integrity
import Reports
import Storage

/// Where the committee checks what is open, agrees to the results by two, and makes them public.
enum SealingPage {
  static let routes = sealing.routes + [publishing.sent]

  private static let sealing = Form(
    path: "/{cycle}/sealing", fields: Fields.Names(once: ["seen", "accept", "password"]), show: show,
    act: agree)

  private static let publishing = Form(
    path: "/{cycle}/sealing/publish", fields: Fields.Names(once: ["accept", "password"]), show: show,
    act: publish)

  private static func desk(_ signedIn: SignedIn) async throws -> Registry.SealingDesk {
    let cycle: Code<Cycle> = try signedIn.part("cycle")
    return try await signedIn.read { registry, signer, now in
      try registry.sealingDesk(of: cycle, by: signer, at: now)
    }
  }

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await desk(signedIn)
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let paths = SealingPaths(cycle: desk.cycle.code)
    let data = SealingData(desk, by: signedIn.session.person, words, Dates(visit.visitor))
    var fields = data.fields
    // One of the two forms is on the page: which, the stage says.
    fields["form"] = try visit.form(desk.cycle.stage == .open ? paths.sealing : paths.publish, entered)
    fields["accept_fault"] = ReportData(entered.fault("accept"))
    fields["is_accepted"] = .flag(entered.fields?.text("accept") == "yes")
    fields["password"] = try visit.passwordField(in: "sealing", entered)
    return try signedIn.page(
      "pages/sealing", title: data.title, fields,
      frame: try signedIn.frame(.committee, .sealing, in: desk.cycle))
  }

  private static func agree(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    // What counts is when it came, not how long a password takes to check.
    let received = signedIn.now
    let (desk, words) = (try await desk(signedIn), try signedIn.words())
    // Asked first, so that nobody tries passwords here who could not agree anyway.
    if let refusal = desk.sealing { throw refusal }
    try await confirm(signedIn, sent, missing: words.say("sealing.accept_missing"))
    let (cycle, seen) = (desk.cycle.code, sent.text("seen"))
    let outcome = try await signedIn.write(sent) { registry, signer, _ in
      try registry.seal(cycle, seen: seen, by: signer, at: received)
    }
    let page = SealingPaths(cycle: cycle).sealing
    switch outcome {
    case .sealed?: return page + "?done=results_sealed"
    case .agreed?: return page + "?done=results_agreed"
    // Sent a second time: the page says how it stands.
    case nil: return page
    }
  }

  private static func publish(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let received = signedIn.now
    let (desk, words) = (try await desk(signedIn), try signedIn.words())
    if let refusal = desk.publishing { throw refusal }
    try await confirm(signedIn, sent, missing: words.say("sealing.publish_accept_missing"))
    let cycle = desk.cycle.code
    let isDone: Void? = try await signedIn.write(sent) { registry, signer, _ in
      try registry.publish(cycle, by: signer, at: received)
    }
    return SealingPaths(cycle: cycle).sealing + (isDone == nil ? "" : "?done=results_published")
  }

  /// The tick and the password.
  static func confirm(_ signedIn: SignedIn, _ sent: Fields, missing: String) async throws {
    guard sent.text("accept") == "yes" else {
      let noPassword = try signedIn.words().say("account.password_missing")
      throw FieldFaults(
        [FieldFault("accept", missing)]
          + (sent.raw("password").isEmpty ? [FieldFault("password", noPassword)] : []))
    }
    try await signedIn.confirm(sent.raw("password"))
  }
}

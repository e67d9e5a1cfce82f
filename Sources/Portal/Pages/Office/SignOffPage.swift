import Hummingbird
import Integrity
import Reports
import Storage

/// Where the director sees what is ready and what is not, and signs for the office with the password.
enum SignOffPage {
  static let routes = Form(
    path: Paths.home + "/sign-off", fields: Fields.Names(once: ["seen", "accept", "password"]), show: show,
    act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await signedIn.ownDesk()
    let (words, visit) = (try signedIn.words(), signedIn.visit)
    let data = SignOffData(
      desk, by: signedIn.session, at: signedIn.now, words, Dates(visit.visitor))
    var fields = data.fields
    fields["form"] = try visit.form(try signedIn.paths().signOff, entered)
    fields["accept_fault"] = ReportData(entered.fault("accept"))
    fields["is_accepted"] = .flag(entered.fields?.text("accept") == "yes")
    fields["password"] = try visit.passwordField(in: "sign_off", entered)
    return try signedIn.page(
      "pages/sign-off", title: words.say("sign_off.title"), fields, frame: try signedIn.frame(.signOff, desk))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    // What counts is when it came, not how long a password takes to check.
    let received = signedIn.now
    let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
    // Asked first, so that nobody tries passwords here who could not sign anyway.
    if let refusal = desk.refusal(.submit, standing: .ready, by: signedIn.session.who, at: received) {
      throw refusal
    }
    guard let seen = Seen(sent.text("seen")) else { throw Problem.oddForm("seen") }
    guard sent.text("accept") == "yes" else {
      throw FieldFaults(
        [FieldFault("accept", words.say("sign_off.accept_missing"))]
          + (sent.raw("password").isEmpty
            ? [FieldFault("password", words.say("account.password_missing"))] : []))
    }
    try await signedIn.confirm(sent.raw("password"))
    let receipt = try await signedIn.write(sent) { registry, signer, _ in
      try registry.submit(
        nil, of: paths.office, in: paths.cycle, seen: seen.revisions, by: signer, at: received)
    }
    // Sent a second time, it goes on to what the first gave.
    return receipt.map { paths.receipt($0.number) } ?? paths.receipts
  }
}

/// What was on the page when it was signed: each disclosure that was ready, and which revision of it.
struct Seen {
  let revisions: [Code<Node>: Int]

  init(_ works: [Registry.DisclosureWork]) {
    revisions = Dictionary(works.compactMap { work in work.submission.map { (work.item.code, $0.revision) } })
    {
      a, _ in a
    }
  }

  /// Reads `O1.3 O2.5`; nil for anything else.
  init?(_ text: String) {
    var revisions: [Code<Node>: Int] = [:]
    for pair in text.split(separator: " ") {
      guard let dot = pair.lastIndex(of: "."), let revision = Int(pair[pair.index(after: dot)...]) else {
        return nil
      }
      revisions[Code(String(pair[..<dot]))] = revision
    }
    self.revisions = revisions
  }

  var text: String {
    revisions.sorted { $0.key < $1.key }.map { "\($0.key).\($0.value)" }.joined(separator: " ")
  }
}

import Hummingbird
import Integrity
import Reports
import Storage

/// Where the head of a group looks over what was prepared, passes it on to the director or sends it back.
enum ReviewPage {
  static let routes = Form(
    path: Paths.home + "/review", fields: Fields.Names(once: ["act", "note"], many: ["item"]), show: show,
    act: act
  ).routes

  private static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let desk = try await signedIn.ownDesk()
    let words = try signedIn.words()
    let rows = ReviewRows(desk, by: signedIn.session.who, at: signedIn.now, entered, words)
    var fields = rows.fields
    fields["form"] = try signedIn.visit.form(try signedIn.paths().review, entered)
    fields["note"] = try signedIn.visit.field("note", in: "review", entered)
    return try signedIn.page(
      "pages/review", title: words.say("review.title"), fields, frame: try signedIn.frame(nil, desk))
  }

  private static func act(_ signedIn: SignedIn, _ sent: Fields) async throws -> String {
    let (desk, words, paths) = (try await signedIn.ownDesk(), try signedIn.words(), try signedIn.paths())
    let chosen = Set(sent.all("item"))
    let works = desk.works.filter { chosen.contains($0.item.code.text) }
    guard works.count == chosen.count else { throw Problem.oddForm("item") }
    guard !works.isEmpty else { throw FieldFaults("items", words.say("review.none_chosen")) }
    let items = works.map(\.item.code)
    switch sent.text("act") {
    case "pass":
      let faults = works.compactMap { work in
        work.lack.map {
          FieldFault("pick-\(work.item.code)", "\(work.item.code) \($0.title.in(words.language))")
        }
      }
      guard faults.isEmpty else { throw FieldFaults(faults) }
      try await signedIn.write(sent) { registry, signer, now in
        try registry.pass(items, of: paths.office, in: paths.cycle, by: signer, at: now)
      }
      return paths.review + "?done=passed"
    case "send_back":
      let note = sent.text("note")
      guard !note.isEmpty else { throw FieldFaults("note", words.say("review.note_missing")) }
      try await signedIn.write(sent) { registry, signer, now in
        try registry.sendBack(items, of: paths.office, in: paths.cycle, note: note, by: signer, at: now)
      }
      return paths.review + "?done=sent_back"
    default: throw Problem.oddForm("act")
    }
  }
}

extension Registry.DisclosureWork {
  /// What keeps it from being passed on; nil where nothing does.
  var lack: Submission.Gap? {
    guard let submission else { return .answer }
    return submission.gaps(for: item).first
  }
}

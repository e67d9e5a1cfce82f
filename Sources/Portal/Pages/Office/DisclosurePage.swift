import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// One disclosure of an office: what it has to show, what the office puts forward, and the way it goes.
enum DisclosurePage {
  static let path = Paths.home + "/disclosures/{item}"

  static let form = Form(
    path: path, fields: DisclosureSheet.fields, show: { try await show($0, $1) }, act: act)

  static var routes: [Route] { form.routes.filter { $0.method == .get } + [sent, DisclosureUpload.route] }

  private static var sent: Route {
    Route(method: .post, path: path, load: .form, isOpen: false, fields: DisclosureSheet.fields) { visit in
      let signedIn = try visit.signedIn()
      let sent = try await visit.fields(DisclosureSheet.fields)
      guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
      switch try DisclosureWish(sent) {
      case .links:
        // Nothing is saved: the same page with another row, or with one less.
        return try await show(signedIn, Entered(fields: sent))
      default:
        if sent.has("auto") { return try await DisclosureReply.saving(signedIn, sent) }
        return try await form.answer(signedIn, sent)
      }
    }
  }

  static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let place = try DisclosurePlace(signedIn)
    let (desk, acts) = try await signedIn.read { registry, signer, now in
      (
        try registry.disclosureDesk(place.item, of: place.office, in: place.cycle, by: signer, at: now),
        try registry.mayAct([.submit], on: place.office, in: place.cycle, by: signer, at: now)
      )
    }
    let data = try DisclosureData(desk, entered, signedIn, signs: acts.contains(.submit))
    var frame = try signedIn.frame(.disclosures, desk.cycle, desk.rubric, desk.office)
    let isWaiting = desk.work.state == .draft && desk.work.isWhole && !desk.may.contains(.pass)
    if isWaiting, signedIn.visit.asked("done") == "saved" {
      frame = frame.with(["done": .text(try signedIn.words().say("disclosure.saved_whole"))])
    }
    return try signedIn.page("pages/disclosure", title: data.title, try data.fields, frame: frame)
  }

  private static func act(_ signedIn: SignedIn, _ fields: Fields) async throws -> String {
    let place = try DisclosurePlace(signedIn)
    let words = try signedIn.words()
    let wish = try DisclosureWish(fields)
    let done: String
    switch wish {
    case .save, .saveOver, .links, .attach: done = "saved"
    case .drop: done = "file_removed"
    case .pass: done = "passed"
    case .sendBack: done = "sent_back"
    case .recall: done = "recalled"
    }
    try await signedIn.write(fields) { registry, signer, now in
      try DisclosureAct(place: place, registry: registry, signer: signer, now: now, words: words)
        .carryOut(wish, fields)
    }
    return "\(place.path)?done=\(done)"
  }
}

/// What a button of the form does in the registry.
struct DisclosureAct {
  let place: DisclosurePlace
  let registry: Registry
  /// With the form's key, which the last of several writes spends.
  let signer: Signer
  let now: Moment
  let words: Wording

  private var unkeyed: Signer { Signer(signer.person) }

  func carryOut(_ wish: DisclosureWish, _ fields: Fields) throws {
    switch wish {
    case .sendBack:
      let note = try reason(fields, "disclosure.fault_note")
      if fields.has("revision") { try save(fields, by: unkeyed) }
      _ = try registry.sendBack(
        place.item, of: place.office, in: place.cycle, note: note, by: signer, at: now)
    case .recall:
      let note = try reason(fields, "disclosure.fault_reason")
      _ = try registry.recall(place.item, of: place.office, in: place.cycle, note: note, by: signer, at: now)
    case .pass:
      try save(fields, by: unkeyed, toPass: true)
      _ = try registry.pass(place.item, of: place.office, in: place.cycle, by: signer, at: now)
    case .drop(let digest): try save(fields, dropping: digest, by: signer)
    case .save, .links, .attach: try save(fields, by: signer)
    case .saveOver: try save(fields, isOver: true, by: signer)
    }
  }

  private func reason(_ fields: Fields, _ missing: String) throws -> String {
    let text = fields.text("reason")
    if text.isEmpty { throw FieldFaults("reason", words.say(missing)) }
    var faults: [FieldFault] = []
    faults.append(tooLong: text, most: 2000, "reason", words)
    guard faults.isEmpty else { throw FieldFaults(faults) }
    return text
  }

  /// Saves what was typed, where it says anything else than what is there.
  ///
  /// - Parameter toPass: whether it is to be complete.
  @discardableResult
  func save(
    _ fields: Fields, dropping digest: String? = nil, adding file: Evidence? = nil, isOver: Bool = false,
    by signer: Signer, toPass: Bool = false
  ) throws -> Submission? {
    var sheet = try DisclosureSheet(fields)
    if let digest { sheet.dropped = [digest] }
    if isOver, let current = Int(fields.text("current")) { sheet.revision = current }
    let desk = try registry.disclosureDesk(
      place.item, of: place.office, in: place.cycle, by: self.signer, at: now)
    let (item, current) = (desk.work.item, desk.work.submission)
    guard sheet.shown.isSubset(of: item.elements.map(\.key)) else { throw Problem.oddForm("element") }
    let draft = sheet.draft(of: item, office: place.office, over: current, adding: file)
    var faults = sheet.faults(words)
    let chosen = fields.text("upload")
    if file == nil, !chosen.isEmpty {
      // Without the page's script: the browser has sent no more than its name.
      faults.append(FieldFault("upload", words.say("disclosure.fault_not_attached", ["name": chosen])))
    }
    if toPass, faults.isEmpty {
      faults = draft.gaps(for: item).map { FieldFault($0.field, $0.advice(words)) }
    }
    guard faults.isEmpty else { throw FieldFaults(faults) }
    if draft.says(whatIsIn: current) { return current }
    return try registry.draft(draft, in: place.cycle, expecting: sheet.revision, by: signer, at: now)
  }
}

extension DraftEntry {
  func gaps(for item: Item) -> [Submission.Gap] {
    Submission(
      id: ID(0), office: office, item: self.item, version: 1, state: .draft, isDisclosed: isDisclosed,
      note: note,
      evidence: evidence
    ).gaps(for: item)
  }
}

extension Submission.Gap {
  /// Where on the page it is put right.
  var field: String {
    switch self {
    case .answer: "answer-yes"
    case .reason: "note"
    case .link, .evidence: "link-1"
    }
  }

  /// What to do about it.
  func advice(_ words: Wording) -> String {
    switch self {
    case .answer: words.say("disclosure.gap_answer")
    case .reason: words.say("disclosure.gap_reason")
    case .link: words.say("disclosure.gap_link")
    case .evidence: words.say("disclosure.gap_evidence")
    }
  }
}

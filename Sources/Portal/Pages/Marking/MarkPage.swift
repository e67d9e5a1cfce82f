import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// One disclosure of one office before its assessor: what was submitted on one side, what is to be found on the other.
enum MarkPage {
  static let form = Form(
    path: MarkPaths.mark, fields: MarkForm.fields, show: { try await show($0, $1) }, act: act)

  static var routes: [Route] {
    let own =
      form.routes.filter { $0.method == .get } + [sent, undoing.sent, CapturePage.sending]
      // Where a form was sent to, the page may be asked for again: in the other language, or by going back.
      + ["undo", "captures"].map { part in
        .page(MarkPaths.mark + "/" + part) { signedIn in .redirect(to: try MarkPlace(signedIn).path) }
      }
    return own.map(\.besideEvidence) + [CapturePage.showing]
  }

  private static var sent: Route {
    Route(method: .post, path: MarkPaths.mark, load: .form, isOpen: false) { visit in
      let signedIn = try visit.signedIn()
      let sent = try await visit.fields(MarkForm.fields)
      guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
      if sent.has("auto") { return try await MarkReply.keeping(signedIn, sent) }
      // Nothing is saved: the same page with a sentence more.
      if try MarkWish(sent) == .insert { return try await show(signedIn, Entered(fields: sent)) }
      return try await form.answer(signedIn, sent)
    }
  }

  static func show(_ signedIn: SignedIn, _ entered: Entered) async throws -> Response {
    let place = try MarkPlace(signedIn)
    let desk = try await signedIn.read { registry, signer, now in
      try registry.markDesk(place.item, of: place.office, in: place.cycle, by: signer, at: now)
    }
    let data = try MarkData(desk, place, entered, signedIn)
    return try signedIn.page(
      "pages/marking", title: data.title, try data.fields,
      frame: try signedIn.frame(.marking, .queue, in: desk.cycle))
  }

  // What the buttons do.

  private static func act(_ signedIn: SignedIn, _ fields: Fields) async throws -> String {
    let place = try MarkPlace(signedIn)
    let words = try signedIn.words()
    let form = try MarkForm(fields)
    try await signedIn.write(fields) { registry, signer, now in
      try MarkAct(place: place, registry: registry, signer: signer, now: now, words: words).carryOut(form)
    }
    switch form.wish {
    case .keep, .insert, .attach: return place.path + place.walk.query([("done", "mark_kept")])
    case .dropCapture: return place.path + place.walk.query([("done", "file_removed")])
    case .finish, .ask, .drop: return goingOn(from: place, to: fields.text("next"))
    }
  }

  /// The page made before said which is the next: whoever marks does not wait while the queue is looked through.
  private static func goingOn(from place: MarkPlace, to next: String) -> String {
    let parts = next.split(separator: "/").map { String($0) }
    guard parts.count == 2 else { return place.paths.queue + place.walk.query([("done", "marked")]) }
    return place.paths.mark(Code(parts[0]), Code(parts[1])) + place.walk.query
  }

  private static let undoing = Form(
    path: MarkPaths.mark + "/undo", fields: Fields.Names(once: ["finding"]), show: { try await show($0, $1) }
  ) { signedIn, fields in
    let place = try MarkPlace(signedIn)
    guard let finding = Int64(fields.text("finding")) else { throw Problem.oddForm("finding") }
    try await signedIn.write(fields) { registry, signer, now in
      try registry.undo(finding, on: place.item, of: place.office, in: place.cycle, by: signer, at: now)
    }
    return place.path + place.walk.query([("done", "mark_undone")])
  }
}

extension Route {
  /// Stays together with the second window in which evidence is opened, so that one is enough; on the way from page to
  /// page as well. See `secondWindow` in marking.js for what keeps the two apart.
  var besideEvidence: Route {
    Route(method: method, path: path, load: load, isOpen: isOpen) { [answer] visit in
      var response = try await answer(visit)
      response.headers[.crossOriginOpenerPolicy] = "same-origin-allow-popups"
      return response
    }
  }
}

/// What a button of the form does in the registry.
struct MarkAct {
  let place: MarkPlace
  let registry: Registry
  /// With the form's key, which the write spends.
  let signer: Signer
  let now: Moment
  let words: Wording

  func carryOut(_ form: MarkForm) throws {
    try insist(on: form)
    let (item, office, cycle) = (place.item, place.office, place.cycle)
    switch form.wish {
    case .finish, .ask:
      try registry.finish(
        form.mark, on: item, of: office, in: cycle, seeing: form.expected, isAsking: form.wish.isAsking,
        by: signer, at: now)
    case .keep, .insert, .attach:
      try registry.keep(
        form.mark, on: item, of: office, in: cycle, seeing: form.expected, by: signer, at: now)
    case .drop: try registry.dropMark(on: item, of: office, in: cycle, by: signer, at: now)
    case .dropCapture(let digest):
      try registry.dropCapture(
        digest, with: form.mark, on: item, of: office, in: cycle, seeing: form.expected, by: signer, at: now)
    }
  }

  /// - Throws: `FieldFaults` for what is too long, and for what a finding lacks.
  func insist(on form: MarkForm) throws {
    let item = try item()
    try form.insist(on: item)
    var faults = form.excess(words)
    switch form.wish {
    case .finish, .ask: faults += form.gaps(item, words)
    case .keep, .drop, .insert, .attach, .dropCapture: break
    }
    guard faults.isEmpty else { throw FieldFaults(faults) }
  }

  func item() throws -> Item {
    let rubric = try registry.rubric(of: place.cycle)
    let found =
      rubric.items.first { $0.item.code == place.item && $0.instrument.questionnaire == nil }?.item
      ?? rubric.deductions.first { $0.code == place.item }
    guard let found else { throw Problem.notFound }
    return found
  }
}

/// What the page's script is told when it saves by itself.
struct MarkReply: Encodable {
  /// `บันทึกแล้ว 10.44 น.`
  var saved: String?
  var sighting: String?
  /// Who else is at it, or has judged it meanwhile.
  var met: String?
  var faults: [String] = []
  var isStale = false

  func response(_ status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(self))))
  }

  /// Keeps what is in the form. It has no key to spend: saying the same again changes nothing.
  static func keeping(_ signedIn: SignedIn, _ fields: Fields) async throws -> Response {
    let (place, words) = (try MarkPlace(signedIn), try signedIn.words())
    let form = try MarkForm(fields)
    let (signer, now) = (signedIn.signer, signedIn.now)
    var reply = MarkReply()
    do {
      let faults = form.excess(words)
      guard faults.isEmpty else { throw FieldFaults(faults) }
      let kept = try await signedIn.portal.write { registry in
        let act = MarkAct(place: place, registry: registry, signer: signer, now: now, words: words)
        try form.insist(on: try act.item())
        return try registry.keep(
          form.mark, on: place.item, of: place.office, in: place.cycle, seeing: form.sighting, by: signer,
          at: now)
      }
      let dates = Dates(signedIn.visit.visitor)
      reply.saved = words.say("marking.kept_at", ["time": dates.time(now)])
      var seen = form.sighting
      seen.revision = kept.revision
      reply.sighting = seen.text
      reply.met = MarkMeeting(words, dates).told(kept.finding, kept.others)
      return try reply.response()
    } catch let problem as FieldFaults {
      reply.faults = problem.faults.map(\.text)
      return try reply.response(.unprocessableContent)
    } catch let problem as StorageProblem where problem.isOfForm || problem == .full {
      if case .stale = problem { reply.isStale = true }
      reply.faults = [reply.isStale ? words.say("marking.stale_own") : problem.said(in: signedIn.language)]
      return try reply.response(.conflict)
    } catch let refusal as Refusal where !refusal.isAboutRole {
      reply.faults = [refusal.said(in: signedIn.language)]
      return try reply.response(.forbidden)
    }
  }
}

/// Whom an assessor meets at a disclosure, in a sentence.
struct MarkMeeting {
  let words: Wording
  let dates: Dates

  init(_ words: Wording, _ dates: Dates) { (self.words, self.dates) = (words, dates) }

  func told(_ finding: Registry.Found?, _ others: [Registry.Unfinished]) -> String? {
    var sentences = others.map { other in
      words.say("marking.other_here", ["who": other.name, "when": when(other.savedAt)])
    }
    if let finding {
      sentences.append(words.say("marking.other_judged", ["who": finding.name, "when": when(finding.at)]))
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  func when(_ moment: Moment) -> String { dates.shortMoment(moment) }
}

import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// What the page's script is told when it saves or hands in a file by itself.
struct DisclosureReply: Encodable {
  /// `บันทึกแล้ว 10.42 น.`
  var saved: String?
  var revision: Int?
  /// The revision before, so that the script knows whether anybody else came in between.
  var before: Int?
  var advice: [DisclosureAdvice.Piece]?
  var file: File?
  var faults: [String] = []
  var isStale = false

  struct File: Encodable {
    let name: String
    let href: String
    let size: String
    let digest: String
  }

  func response(_ status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(self))))
  }

  /// Saves a draft for the script. Its form has no key to spend: saying the same again changes nothing.
  static func saving(_ signedIn: SignedIn, _ fields: Fields) async throws -> Response {
    let words = try signedIn.words()
    return try await told(signedIn.language) {
      let place = try DisclosurePlace(signedIn)
      let (signer, now) = (signedIn.signer, signedIn.now)
      let (saved, item) = try await signedIn.portal.write { registry in
        let act = DisclosureAct(place: place, registry: registry, signer: signer, now: now, words: words)
        let saved = try act.save(fields, by: signer)
        let desk = try registry.disclosureDesk(
          place.item, of: place.office, in: place.cycle, by: signer, at: now)
        return (saved, desk)
      }
      var reply = DisclosureReply()
      reply.saved = words.say(
        "disclosure.saved_at", ["time": Dates(signedIn.visit.visitor).time(now)])
      reply.revision = saved?.revision ?? 0
      reply.advice = DisclosureAdvice(try DisclosureSheet(fields), item, words).pieces
      return reply
    }
  }

  /// What went wrong, as the script tells it.
  static func told(_ language: Language, _ body: () async throws -> DisclosureReply) async throws -> Response
  {
    var reply = DisclosureReply()
    do {
      return try await body().response()
    } catch let problem as FieldFaults {
      reply.faults = problem.faults.map(\.text)
      return try reply.response(.unprocessableContent)
    } catch let problem as StorageProblem where problem.isOfForm || problem == .full {
      if case .stale = problem { reply.isStale = true }
      reply.faults = [problem.said(in: language)]
      return try reply.response(.conflict)
    } catch let refusal as Refusal where !refusal.isAboutRole {
      reply.faults = [refusal.said(in: language)]
      return try reply.response(.forbidden)
    }
  }
}

/// What still keeps a disclosure from being passed on, as one sentence with links to where it is put right.
struct DisclosureAdvice {
  struct Piece: Encodable {
    let text: String
    var href: String?
  }

  let pieces: [Piece]
  /// Whether something is missing.
  let isOpen: Bool

  init(_ sheet: DisclosureSheet, _ desk: Registry.DisclosureDesk, _ words: Wording) {
    let item = desk.work.item
    let draft = sheet.draft(of: item, office: desk.office.code, over: desk.work.submission)
    let gaps = draft.gaps(for: item)
    let missing = sheet.answer == .no ? [] : item.elements.filter { !sheet.shown.contains($0.key) }
    let lead = desk.lead?.title.in(words.language)
    func sentence(_ path: String, _ parts: [Piece]) -> [Piece] {
      let halves = words.say(path).components(separatedBy: "%what%")
      var pieces = [Piece(text: halves[0])]
      for (index, part) in parts.enumerated() {
        if index > 0 {
          pieces.append(
            Piece(text: words.say(index == parts.count - 1 ? "sentences.list_last" : "sentences.list_comma")))
        }
        pieces.append(part)
      }
      return pieces + [Piece(text: halves.dropFirst().joined())]
    }
    isOpen = !gaps.isEmpty || !missing.isEmpty
    if !gaps.isEmpty {
      pieces = sentence(
        "disclosure.advice_gaps", gaps.map { Piece(text: $0.title.in(words.language), href: "#\($0.field)") })
    } else if !missing.isEmpty {
      let parts = missing.map { Piece(text: $0.title.in(words.language).held, href: "#element-\($0.key)") }
      pieces = sentence("disclosure.advice_elements", parts)
    } else if desk.may.contains(.pass) {
      pieces = [Piece(text: words.say("disclosure.advice_pass"))]
    } else if let lead {
      pieces = [Piece(text: words.say("disclosure.advice_wait", ["group": lead]))]
    } else {
      pieces = [Piece(text: words.say("disclosure.advice_wait_any"))]
    }
  }

  var data: ReportData {
    .list(pieces.map { ["text": .text($0.text), "href": ReportData($0.href)] })
  }
}

import Foundation
import Hummingbird
import Integrity
import Reports
import Storage

extension Visit {
  /// An error as a page. Whoever has signed in keeps the header they know, so that they find their way on.
  ///
  /// - Parameter typed: the form that was being sent, as far as it is known.
  func show(_ error: ErrorPage, reference: String, typed: [(name: String, value: String)]? = nil) async
    -> Response
  {
    var response: Response
    do {
      let words = try words()
      let title = words.text("error", "\(error.name)_title")
      let data: [String: ReportData] = [
        "heading": .text(title), "text": .text(error.detail ?? words.text("error", "\(error.name)_text")),
        "reference": reference.isEmpty || !error.isFault ? .absent : .text(reference),
        "code": .text("\(error.status.code)"),
        "busy": try error.retryAfter.map { try busy(seconds: $0, typed) } ?? .absent,
      ]
      response =
        visitor.isRespondent
        ? try answeringPage("pages/answering-error", title: title, data, status: error.status)
        : try page("pages/error", title: title, data, frame: await surroundings(), status: error.status)
    } catch {
      response = Response(status: .internalServerError)
      response.headers[.contentType] = "text/plain; charset=utf-8"
    }
    if let seconds = error.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
    return response
  }

  /// The header of whoever has signed in: with the places of where they work, or alone where that cannot be had.
  private func surroundings() async -> ReportData {
    guard let signedIn = try? signedIn() else { return .absent }
    let parts = request.uri.path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
    let cycle = parts.first.map { Code<Cycle>($0) }
    let office = parts.count > 2 && parts[1] == "offices" ? Code<Office>(parts[2]) : nil
    let found = try? await signedIn.read { registry, signer, now in
      try registry.surroundings(office: office, in: cycle, by: signer, at: now)
    }
    var frame = Frame(signedIn: signedIn)
    if let place = found ?? nil {
      let room = Room.all(for: signedIn.session.who, on: signedIn.now.day).first
      if place.office != nil || room != nil { frame.cycle = place.cycle }
      (frame.rubric, frame.office) = (place.rubric, place.office)
      frame.room = place.office == nil ? room : nil
    }
    return (try? frame.data) ?? .absent
  }

  /// How to try again: the same address, or the same form as it was sent. Passwords are not written into a page.
  private func busy(seconds: Int, _ typed: [(name: String, value: String)]?) throws -> ReportData {
    let words = try words()
    let isForm = request.method == .post
    let carried = typed.flatMap { pairs in
      pairs.contains { $0.name.hasSuffix("password") || $0.name == "code" } ? nil : pairs
    }
    let contact = portal.settings.contact?.in(language).split(separator: "\n").joined(separator: " ")
    return [
      "seconds": .text("\(seconds)"), "countdown": .text(words.say("error.countdown")),
      "attempt": .text(words.say("error.attempt")),
      "address": .text(
        isForm && carried == nil ? Routes.page(for: request.uri.path) : (request.head.path ?? "/").sameSite),
      "is_form": .flag(isForm && carried != nil),
      "fields": .list((carried ?? []).map { ["name": .text($0.name), "value": .text($0.value)] }),
      "is_kept": .flag(isForm && carried != nil), "is_lost": .flag(isForm && carried == nil),
      "contact": ReportData(contact.map { words.say("error.contact", ["contact": $0]) }),
    ]
  }
}

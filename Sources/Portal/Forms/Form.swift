import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// A page with a form: how it is shown, and what sending it does. After it is done the browser goes on to another page;
/// where something is wrong the same page comes back as it was typed.
struct Form: Sendable {
  let path: String
  var load = Crowd.Load.form
  let fields: Fields.Names
  let show: @Sendable (SignedIn, Entered) async throws -> Response
  /// Does it and answers where to go on to.
  var act: @Sendable (SignedIn, Fields) async throws -> String

  /// The page itself, and its being sent to the same address.
  var routes: [Route] {
    [
      .page(path) { signedIn in
        guard let kept = signedIn.visit.visitor.kept else { return try await show(signedIn, .nothing) }
        return try await show(signedIn, Entered(fields: kept, isKept: true))
      }, sent,
    ]
  }

  /// Only its being sent, where another form's page shows it.
  var sent: Route {
    Route(method: .post, path: path, load: load, isOpen: false, fields: fields) { visit in
      let signedIn = try visit.signedIn()
      let sent = try await visit.fields(fields)
      guard Forgery.matches(sent.token, visit.visitor.token) else { throw Problem.foreignForm }
      return try await answer(signedIn, sent)
    }
  }

  /// Does what was sent, once it is known that it is ours.
  func answer(_ signedIn: SignedIn, _ sent: Fields) async throws -> Response {
    do {
      return .redirect(to: try await act(signedIn, sent))
    } catch let problem as FieldFaults {
      return try await again(signedIn, sent, problem.faults, .unprocessableContent)
    } catch let problem as StorageProblem where problem.isOfForm {
      return try await again(signedIn, sent, [fault(problem.said(in:), signedIn.language)], .conflict)
    } catch let refusal as Refusal where !refusal.isAboutRole {
      return try await again(signedIn, sent, [fault(refusal.said(in:), signedIn.language)], .forbidden)
    }
  }

  /// Of the form as a whole, as a sentence of its own.
  private func fault(_ said: (Language) -> String, _ language: Language) -> FieldFault {
    FieldFault(nil, said(language).sentence(in: language))
  }

  private func again(
    _ signedIn: SignedIn, _ sent: Fields, _ faults: [FieldFault], _ status: HTTPResponse.Status
  ) async throws -> Response {
    var response = try await show(signedIn, Entered(fields: sent, faults: faults))
    if response.status == .ok { response.status = status }
    return response
  }
}

extension Visit {
  /// Reads a form without files.
  func fields(_ names: Fields.Names) async throws -> Fields {
    guard request.isURLEncoded else { throw Problem.oddForm("content type") }
    return try Fields(urlencoded: try await request.text(), names)
  }
}

extension Request {
  /// Whether it holds a form without files; the door has taken in all of it then.
  var isURLEncoded: Bool {
    headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
  }

  /// What the door took in, as text.
  func text() async throws -> String {
    let buffer = try await body.collect(upTo: Fields.most)
    guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
      throw Problem.oddForm("UTF-8")
    }
    return text
  }
}

extension StorageProblem {
  /// Whether it is about what was handed in, so that the form comes back with it.
  var isOfForm: Bool {
    switch self {
    case .taken, .invalid, .pending, .tooLarge, .quota, .changed, .stale: true
    default: false
    }
  }
}

extension Visit {
  /// What a template needs to make a form: where it goes, its token and its key, and what was wrong.
  func form(_ action: String, _ entered: Entered = .nothing) throws -> ReportData {
    let words = try words()
    let faults = entered.faults.map { fault -> ReportData in
      [
        "href": fault.field.map { "#\($0)" }.map { .text($0) } ?? .absent,
        "text": .text(fault.summary ?? fault.text),
      ]
    }
    return [
      "action": .text(action), "token": .text(visitor.token), "key": .text(Sessions.newToken()),
      "faults": .list(faults), "has_faults": .flag(!faults.isEmpty),
      "faults_title": .text(words.say("form.faults", ["count": "\(faults.count)"])),
      "is_kept": .flag(entered.isKept),
    ]
  }

  /// A field of a form, for the part `parts/field`.
  ///
  /// - Parameter room: where its `NAME_label` and, if there is one, `NAME_hint` stand among the words.
  func field(_ name: String, in room: String, _ entered: Entered, or saved: String = "") throws -> ReportData
  {
    let words = try words()
    let hint = words.text(room, "\(name)_hint")
    let fault = entered.fault(name)
    let describes = [hint == "\(name)_hint" ? nil : "\(name)-hint", fault == nil ? nil : "\(name)-fault"]
    return [
      "id": .text(name), "label": .text(words.text(room, "\(name)_label")),
      "hint": hint == "\(name)_hint" ? .absent : .text(hint), "fault": ReportData(fault),
      "value": .text(name.hasSuffix("password") ? "" : entered.value(name, or: saved)),
      "described_by": .text(describes.compactMap { $0 }.joined(separator: " ")),
    ]
  }

  /// Asks for one's own password again, before what cannot be taken back.
  func passwordField(_ name: String = "password", in room: String, _ entered: Entered) throws -> ReportData {
    try field(name, in: room, entered).with([
      "type": "password", "autocomplete": "current-password", "width": "medium",
    ])
  }
}

import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// A form of the entrance: it is there before anybody has signed in, and sending it may change who has.
struct EntranceForm: Sendable {
  let path: String
  let fields: Fields.Names
  var access = Access.anybody
  let show: @Sendable (Visit, Entered) async throws -> Response
  let act: @Sendable (Visit, Fields) async throws -> Response

  /// Who may see it. It is asked before the body is read: what was sent is kept until they have signed in.
  enum Access: Sendable {
    case anybody
    /// Whoever has given their password.
    case holder
    case signedIn

    func admit(_ visit: Visit) throws {
      switch self {
      case .anybody: break
      case .holder: _ = try visit.holder()
      case .signedIn: _ = try visit.signedIn()
      }
    }
  }

  var routes: [Route] {
    [
      Route(method: .get, path: path, load: .page, isOpen: access == .anybody) { visit in
        try access.admit(visit)
        return try await shown(
          visit, Entered(fields: visit.visitor.kept, isKept: access == .signedIn && visit.visitor.kept != nil)
        )
      }, sent,
    ]
  }

  /// Only its being sent, where another form's page shows it.
  var sent: Route {
    Route(method: .post, path: path, load: .form, isOpen: access == .anybody, fields: fields) { visit in
      try access.admit(visit)
      let sent = try await visit.fields(fields)
      // Without a cookie of theirs anybody could tell the token.
      guard !visit.visitor.secret.isEmpty, Forgery.matches(sent.token, visit.visitor.token) else {
        throw Problem.foreignForm
      }
      do {
        return try await act(visit, sent)
      } catch let problem as FieldFaults {
        return try await again(visit, sent, problem.faults, .unprocessableContent)
      } catch let wait as Wait {
        let text = try visit.words().say("sign_in.wait", ["count": "\(wait.seconds)"])
        var response = try await again(visit, sent, [FieldFault(nil, text)], .tooManyRequests)
        response.headers[.retryAfter] = "\(wait.seconds)"
        return response
      } catch let problem as StorageProblem where problem.isOfForm {
        return try await again(visit, sent, [FieldFault(nil, problem.said(in: visit.language))], .conflict)
      }
    }
  }

  /// The page; whoever has no cookie yet is given one, since the form's token is made from it.
  func shown(_ visit: Visit, _ entered: Entered) async throws -> Response {
    guard visit.visitor.secret.isEmpty else { return try await show(visit, entered) }
    var visit = visit
    visit.visitor.secret = Sessions.newToken()
    var response = try await show(visit, entered)
    SiteCookies.set("visit", visit.visitor.secret, visit.portal.settings, on: &response)
    return response
  }

  private func again(
    _ visit: Visit, _ sent: Fields, _ faults: [FieldFault], _ status: HTTPResponse.Status
  ) async throws -> Response {
    var response = try await shown(visit, Entered(fields: sent, faults: faults))
    if response.status == .ok { response.status = status }
    return response
  }
}

/// Too many failures: try again after so many seconds.
struct Wait: Error {
  let seconds: Int
}

extension ReportData {
  /// A record with more in it, or something else in its place.
  func with(_ more: [String: ReportData]) -> ReportData {
    guard case .record(let fields) = self else { return self }
    return .record(fields.merging(more) { $1 })
  }
}

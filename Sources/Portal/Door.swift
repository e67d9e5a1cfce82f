import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Logging
import NIOHTTP1
import Storage

/// The outermost door: finds out who comes, sends away what is not ours, and sees to it that every answer, errors
/// included, leaves with its headers and one line in the log.
struct Door<Inner: HTTPResponder<Visitor>>: HTTPResponder {
  let portal: Portal
  let inner: Inner

  func respond(to request: Request, context: Visitor) async throws -> Response {
    var (request, visitor) = (request, context)
    let began = ContinuousClock.now
    // What the form holds while it is answered.
    var share: Arrivals.Share?
    var response: Response
    do {
      let proxy = Proxy(request, from: visitor.address, portal.settings)
      visitor.address = proxy.visitor
      visitor.isRespondent = AnswerPaths.holds(request.uri.path)
      visitor.language =
        visitor.isRespondent ? AnswerPaths.language(of: request) : Languages.chosen(request)
      visitor.usesThaiDigits = !visitor.isRespondent && Languages.usesThaiDigits(request)
      try proxy.admit()
      let base = try Forgery.base(of: request, among: portal.bases)
      if let encrypted = proxy.encrypted(request) {
        response = encrypted
      } else {
        if !visitor.isRespondent { try await recognise(&visitor, request) }
        try Forgery.inspect(request, base: base)
        if request.method == .post, request.isURLEncoded {
          (request, share) = try await portal.arrivals.gather(
            request, from: Addresses.network(visitor.address), within: portal.settings.patience)
        }
        response = try await answer(request, &visitor)
      }
    } catch {
      let typed = share == nil ? nil : try? Fields.pairs(await request.text())
      response = await answer(error, to: request, visitor, typed)
    }
    // What the router itself refused leaves as our page too.
    if response.status.code >= 400, response.headers[.contentType] == nil {
      response = await page(
        response.status == .notFound ? Problem.notFound : HTTPError(response.status), request, visitor)
    }
    response.headers.harden(
      isPrivate: visitor.session != nil || visitor.waiting != nil, isSecure: portal.settings.isSecure)
    if !visitor.isRespondent {
      AccessLog.note(visitor, request, response, began.duration(to: .now))
    } else if portal.settings.leaks.contains(.sizes) {
      visitor.logger.info("answered", metadata: ["bytes": "\(response.body.contentLength ?? 0)"])
    }
    withExtendedLifetime(share) {}
    return response
  }

  private func answer(_ request: Request, _ visitor: inout Visitor) async throws -> Response {
    if visitor.isRespondent { return try await inner.respond(to: request, context: visitor) }
    if let switched = Languages.switched(request, portal.settings) { return switched }
    guard let session = visitor.session ?? visitor.waiting else {
      return try await inner.respond(to: request, context: visitor)
    }
    let path = request.uri.path
    guard request.method == .post else {
      visitor.kept = portal.kept.fields(for: session.hash, at: path)
      guard visitor.kept != nil else { return try await inner.respond(to: request, context: visitor) }
      if let page = try? await inner.respond(to: request, context: visitor), page.status == .ok {
        return page
      }
      // The page itself says what is wrong with it.
      visitor.kept = nil
      portal.kept.drop(for: session.hash, at: path)
      return try await inner.respond(to: request, context: visitor)
    }
    let response = try await inner.respond(to: request, context: visitor)
    if response.status.code < 500 { portal.kept.drop(for: session.hash, at: Routes.page(for: path)) }
    return response
  }

  private func recognise(_ visitor: inout Visitor, _ request: Request) async throws {
    let cookies = SiteCookies(request, portal.settings)
    visitor.secret = cookies.session ?? cookies.visit ?? ""
    if let token = cookies.session { try await recognise(&visitor, token) }
  }

  private func recognise(_ visitor: inout Visitor, _ token: String) async throws {
    let now = portal.clock()
    let hash = Sessions.hash(token)
    let idle = portal.settings.idle
    guard
      let session = try await portal.read({ registry in
        try registry.session(hash, idleSince: now.adding(seconds: -idle), at: now)
      }), Sessions.isAwake(session, portal.settings, at: now)
    else { return }
    if Sessions.lacksFactor(session, at: now) { visitor.waiting = session } else { visitor.session = session }
    if session.seenAt.seconds + 60 < now.seconds {
      try await portal.write { try $0.touchSession(hash, at: now) }
    }
  }

  /// An error as the page it calls for.
  private func answer(
    _ error: any Error, to request: Request, _ visitor: Visitor, _ typed: [(name: String, value: String)]?
  ) async -> Response {
    if case Problem.signInFirst = error {
      return await SignInPage.first(Visit(portal: portal, request: request, visitor: visitor))
    }
    if case Problem.secondFactorFirst = error {
      return await SecondFactorPage.first(Visit(portal: portal, request: request, visitor: visitor))
    }
    return await page(error, request, visitor, typed)
  }

  private func page(
    _ error: any Error, _ request: Request, _ visitor: Visitor,
    _ typed: [(name: String, value: String)]? = nil
  ) async -> Response {
    // Of a respondent's request there is no line in the log to be found by it.
    let reference =
      visitor.isRespondent ? "" : visitor.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? ""
    let page = ErrorPage(error, in: visitor.language)
    if page.isFault, visitor.isRespondent {
      portal.troubles.note(String(reflecting: error).logged)
    } else if page.isFault {
      visitor.logger.error("fault", metadata: ["error": "\(String(reflecting: error).logged)"])
    }
    let visit = Visit(portal: portal, request: request, visitor: visitor)
    var response = await visit.show(page, reference: reference, typed: typed)
    // Behind what was read of it nothing can be told apart any more.
    if error is HTTPParserError { response.headers[.connection] = "close" }
    return response
  }
}

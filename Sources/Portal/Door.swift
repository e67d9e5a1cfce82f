import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Logging
import NIOCore
import Storage

/// The outermost door: finds out who comes, sends away what is not ours, and sees to it that every answer, errors
/// included, leaves with its headers and one line in the log.
struct Door<Inner: HTTPResponder<Visitor>>: HTTPResponder {
  let portal: Portal
  let inner: Inner

  func respond(to request: Request, context: Visitor) async throws -> Response {
    var visitor = context
    let began = ContinuousClock.now
    var response: Response
    do {
      try Forgery.inspect(request, bases: portal.settings.bases)
      try await recognise(&visitor, request)
      if let switched = Languages.switched(request, portal.settings) {
        response = switched
      } else {
        response = try await inner.respond(to: request, context: visitor)
      }
    } catch let onward as GoOn {
      response = await goOn(onward, request, &visitor)
    } catch {
      response = await answer(error, to: request, visitor)
    }
    // What the server itself refused leaves as our page too.
    if response.status.code >= 400, response.headers[.contentType] == nil {
      response = page(response.status == .notFound ? Problem.notFound : HTTPError(response.status), visitor)
    }
    response.headers.harden(
      isPrivate: visitor.session != nil || visitor.waiting != nil, isSecure: portal.settings.isSecure)
    AccessLog.note(visitor, request, response, began.duration(to: .now))
    return response
  }

  private func recognise(_ visitor: inout Visitor, _ request: Request) async throws {
    visitor.address = Addresses.of(
      forwarded: request.headers[.forwardedFor], connection: visitor.address, proxies: portal.settings.proxies
    )
    visitor.language = Languages.chosen(request)
    visitor.usesThaiDigits = Languages.usesThaiDigits(request)
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

  /// Shows a page within the answer to signing in, with what had been typed there before.
  private func goOn(_ onward: GoOn, _ request: Request, _ visitor: inout Visitor) async -> Response {
    var response = Response.redirect(to: onward.to)
    visitor.secret = onward.token
    (visitor.session, visitor.waiting, visitor.kept) = (nil, nil, onward.kept)
    var head = request.head
    head.method = .get
    head.path = onward.to
    head.headerFields[.contentType] = nil
    head.headerFields[.contentLength] = nil
    let next = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    do {
      try await recognise(&visitor, onward.token)
      let page = try await inner.respond(to: next, context: visitor)
      if page.status == .ok { response = page }
    } catch {
      // They are signed in all the same, and the page itself says what is wrong with it.
      visitor.logger.debug("the page did not take what was kept")
    }
    for cookie in onward.cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return response
  }

  /// An error as the page it calls for.
  private func answer(_ error: any Error, to request: Request, _ visitor: Visitor) async -> Response {
    if case Problem.signInFirst = error {
      return await SignInPage.first(Visit(portal: portal, request: request, visitor: visitor))
    }
    if case Problem.secondFactorFirst = error {
      return await SecondFactorPage.first(Visit(portal: portal, request: request, visitor: visitor))
    }
    return page(error, visitor)
  }

  private func page(_ error: any Error, _ visitor: Visitor) -> Response {
    let reference = visitor.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? ""
    let page = ErrorPage(error, in: visitor.language, reference: reference)
    if page.isFault {
      visitor.logger.error("fault", metadata: ["error": "\(String(reflecting: error).logged)"])
    }
    return portal.show(page, reference: reference, to: visitor)
  }
}

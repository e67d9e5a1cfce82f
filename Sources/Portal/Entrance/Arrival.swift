import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Storage

extension Visit {
  /// Lets somebody in who has shown who they are: always by a new session, so that one that was planted in the browser
  /// before opens nothing.
  ///
  /// - Parameters:
  ///   - isConfirmed: whether the second factor was given with it.
  ///   - hash: of the password they signed in with.
  /// - Returns: the way to where they were going, or to the second factor.
  func letIn(_ account: Registry.Account, hash: String?, isConfirmed: Bool, _ onward: Onward) async throws
    -> Response
  {
    let lacksFactor = !isConfirmed && (account.hasSecondFactor || account.needsSecondFactor)
    let (token, cookies) = try await renew(account.person, isConfirmed: isConfirmed) { response in
      if let language = account.language {
        Languages.remember(language, portal.settings, on: &response)
        Languages.remember(usesThaiDigits: account.usesThaiDigits, portal.settings, on: &response)
      }
      if let hash, !lacksFactor {
        let known = Known.adding(account.person, hash, to: SiteCookies(request, portal.settings).known)
        SiteCookies.set("known", known, seconds: Known.seconds, portal.settings, on: &response)
      }
    }
    var response: Response
    if !lacksFactor {
      if let typed = onward.typed { portal.kept.keep(typed, for: Sessions.hash(token), at: onward.to) }
      response = .redirect(to: onward.to)
    } else if account.hasSecondFactor, onward.hasKept, let fields = onward.fields {
      portal.kept.keep(fields, for: Sessions.hash(token), at: SecondFactorPage.path)
      response = .redirect(to: SecondFactorPage.path)
    } else {
      response = .redirect(
        to: onward.address(account.hasSecondFactor ? SecondFactorPage.path : SetUpPage.path))
    }
    for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return response
  }

  /// A new session in place of the one they came with.
  ///
  /// - Returns: its token, and the cookies to set.
  func renew(
    _ person: Code<Person>, isConfirmed: Bool, _ more: (inout Response) -> Void = { _ in }
  ) async throws -> (token: String, cookies: [String]) {
    let token = Sessions.newToken()
    let (hash, label, now) = (Sessions.hash(token), Browser.label(request), now)
    let (ends, former) = (
      now.adding(seconds: portal.settings.absolute), SiteCookies(request, portal.settings).session
    )
    try await portal.write { registry in
      if let former { try registry.endSession(Sessions.hash(former), of: person) }
      try registry.openSession(hash, of: person, label: label, isConfirmed: isConfirmed, ends: ends, at: now)
    }
    var response = Response(status: .ok)
    SiteCookies.set("session", token, portal.settings, on: &response)
    more(&response)
    return (token, response.headers[values: .setCookie])
  }

  /// Counts a guess before it is looked at.
  ///
  /// - Throws: `Wait` where it comes too soon.
  func guess<Verdict>(
    _ account: Throttle.Account?, isRight: (Verdict) -> Bool, _ look: () async throws -> Verdict
  ) async throws -> Verdict {
    let network = Addresses.network(visitor.address)
    if let seconds = portal.throttle.attempt(account, from: network) { throw Wait(seconds: seconds) }
    let verdict: Verdict
    do {
      verdict = try await look()
    } catch {
      portal.throttle.withdrawn(account, from: network)
      throw error
    }
    if isRight(verdict) { portal.throttle.succeeded(account, from: network) }
    return verdict
  }
}

/// A cookie that shows that somebody has signed in from this browser before; it opens nothing. It is void once the
/// password is another.
enum Known {
  static let seconds = 365 * 86_400
  /// People who share a computer.
  private static let most = 5

  static func mark(_ person: Code<Person>, _ hash: String) -> String {
    HMAC<SHA256>.authenticationCode(
      for: Data("known\n\(person.text)".utf8), using: SymmetricKey(data: Data(hash.utf8))
    ).prefix(16).hex
  }

  static func knows(_ person: Code<Person>, _ hash: String, _ cookie: String?) -> Bool {
    let mark = mark(person, hash)
    return marks(cookie).contains { Forgery.matches($0, mark) }
  }

  static func adding(_ person: Code<Person>, _ hash: String, to cookie: String?) -> String {
    let mark = mark(person, hash)
    return ([mark] + marks(cookie).filter { $0 != mark }).prefix(most).joined(separator: ".")
  }

  private static func marks(_ cookie: String?) -> [String] {
    (cookie ?? "").split(separator: ".").map(String.init)
  }
}

/// Browser and system in words, for the list of one's sessions.
enum Browser {
  static func label(_ request: Request) -> String {
    let agent = request.headers[.userAgent] ?? ""
    func first(_ signs: [(sign: String, name: String)]) -> String? {
      signs.first { agent.contains($0.sign) }?.name
    }
    let browser = first([
      ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Line/", "LINE"),
      ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
      ("Safari/", "Safari"),
    ])
    let system = first([
      ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
      ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ])
    return [browser, system].compactMap { $0 }.joined(separator: "\u{A0}· ")
  }
}

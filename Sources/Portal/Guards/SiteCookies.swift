import HTTPTypes
import Hummingbird

/// The site's cookies: strictly what signing in and the language need.
struct SiteCookies {
  /// The token of a session.
  let session: String?
  /// Given with a form before signing in, so that it too has a token of its own.
  let visit: String?
  /// Shows that somebody has signed in from this browser before.
  let known: String?

  init(_ request: Request, _ settings: Settings) {
    func value(_ name: String) -> String? {
      request.cookies[SiteCookies.name(name, settings)].map(\.value).flatMap {
        $0.isEmpty || $0.count > 300 ? nil : $0
      }
    }
    session = value("session")
    visit = value("visit")
    known = value("known")
  }

  /// Bound to this host alone, but for plain http on this machine, where browsers do not take such names.
  private static func name(_ name: String, _ settings: Settings) -> String {
    settings.isSecure ? "__Host-\(name)" : name
  }

  /// - Parameter seconds: how long it lasts; nil until the browser is closed, 0 to take it away.
  static func set(
    _ name: String, _ value: String, seconds: Int? = nil, _ settings: Settings, on response: inout Response
  ) {
    response.setCookie(
      Cookie(
        name: Self.name(name, settings), value: value, maxAge: seconds, path: "/", secure: settings.isSecure,
        httpOnly: true, sameSite: .lax))
  }
}

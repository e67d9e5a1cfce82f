import HTTPTypes
import Hummingbird

/// What a proxy in front says of a visitor: believed only from those that are named in the settings.
struct Proxy {
  /// Where the visitor comes from.
  let visitor: String
  private let isProxy: Bool
  /// As the visitor came to the proxy: `https`; nil where it does not say.
  private let scheme: String?
  private let settings: Settings

  init(_ request: Request, from connection: String, _ settings: Settings) {
    let connection = Addresses.plain(connection)
    visitor = Addresses.of(
      forwarded: request.headers[.forwardedFor], connection: connection, proxies: settings.proxies)
    isProxy = settings.proxies.contains(connection)
    scheme = isProxy ? request.headers[.forwardedProto]?.lowercased() : nil
    self.settings = settings
  }

  /// Where a proxy speaks https for us, nobody comes past it: they would come without encryption.
  ///
  /// - Throws: `Problem.misdirected`.
  func admit() throws {
    guard settings.isSecure, settings.certificate == nil else { return }
    guard isProxy else { throw Problem.misdirected }
  }

  /// The way to the encrypted address, for whoever came to the proxy without encryption; nothing is taken from them.
  func encrypted(_ request: Request) -> Response? {
    guard settings.isSecure, let scheme, scheme != "https" else { return nil }
    return .redirect(to: settings.base + (request.head.path ?? "/").sameSite, type: .permanent)
  }
}

extension HTTPField.Name {
  static let forwardedProto = own("X-Forwarded-Proto")
}

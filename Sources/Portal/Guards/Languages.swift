import Foundation
import HTTPTypes
import Hummingbird
import Integrity

/// In which language a page is shown: Thai, unless the visitor chose otherwise on any page before.
enum Languages {
  static func chosen(_ request: Request) -> Language {
    request.cookies["language"].flatMap { Language(rawValue: $0.value) } ?? .thai
  }

  static func usesThaiDigits(_ request: Request) -> Bool { request.cookies["digits"]?.value == "thai" }

  /// Where the switch of a page leads: the same page, or the one on which the form stands that was sent.
  static func way(to language: Language, from request: Request) -> String {
    let isSent = request.method == .post
    let pairs =
      isSent
      ? []
      : request.uri.queryParameters.filter { $0.key != "language" && $0.key != "done" }
        .map { "\($0.key.queryEscaped)=\($0.value.queryEscaped)" }
    let path = isSent ? Routes.page(for: request.uri.path) : request.uri.path
    return path.sameSite + "?" + (pairs + ["language=\(language.rawValue)"]).joined(separator: "&")
  }

  /// The switch on every page is a link, `?language=en`: remembered in a cookie, then back to the page without it.
  static func switched(_ request: Request, _ settings: Settings) -> Response? {
    guard request.method == .get,
      let language = request.uri.queryParameters["language"].flatMap({ Language(rawValue: String($0)) })
    else { return nil }
    let rest = request.uri.queryParameters.filter { $0.key != "language" && $0.key != "done" }
      .map { "\($0.key.queryEscaped)=\($0.value.queryEscaped)" }
    var response = Response.redirect(
      to: request.uri.path.sameSite + (rest.isEmpty ? "" : "?" + rest.joined(separator: "&")))
    remember(language, settings, on: &response)
    return response
  }

  static func remember(usesThaiDigits: Bool, _ settings: Settings, on response: inout Response) {
    response.setCookie(
      Cookie(
        name: "digits", value: usesThaiDigits ? "thai" : "arabic", maxAge: 365 * 86_400, path: "/",
        secure: settings.isSecure, httpOnly: true, sameSite: .lax))
  }

  /// Not bound to the host by name: it opens nothing.
  static func remember(_ language: Language, _ settings: Settings, on response: inout Response) {
    response.setCookie(
      Cookie(
        name: "language", value: language.rawValue, maxAge: 365 * 86_400, path: "/",
        secure: settings.isSecure,
        httpOnly: true, sameSite: .lax))
  }
}

extension StringProtocol {
  /// A path of this site: `//elsewhere` and `/\elsewhere` would lead away from it.
  var sameSite: String {
    let path = "/" + drop { $0 == "/" || $0 == "\\" }
    return path.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && $0 != "\\" } ? path : "/"
  }

  /// As a part of an address: all but the characters that stand for themselves anywhere in one (RFC 3986, 2.3).
  var queryEscaped: String {
    let text = String(self)
    // Codes of offices, cycles and items mostly stand for themselves.
    if text.utf8.allSatisfy({ $0.isUnreserved }) { return text }
    return text.addingPercentEncoding(withAllowedCharacters: .unreserved) ?? ""
  }
}

extension UInt8 {
  fileprivate var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }
}

extension CharacterSet {
  fileprivate static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

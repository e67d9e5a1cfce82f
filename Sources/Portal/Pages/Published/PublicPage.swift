import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import NIOCore
import Reports
import Storage

/// A request for something everybody may read: answered alike whoever asks, without a session, and kept for a while by
/// browsers and by whatever stands between.
struct PublicPage: Sendable {
  let visit: Visit
  let paths: PublicPaths

  init(_ visit: Visit) {
    var visit = visit
    let asked = visit.asked("lang").flatMap(Language.init(rawValue:))
    if let asked { visit.visitor.language = asked }
    self.visit = visit
    paths = PublicPaths(asked: asked)
  }

  var language: Language { visit.language }
  func words() throws -> Wording { try visit.words() }

  /// - Throws: the same for a cycle that is not published and for one that is not there.
  func index() async throws -> PublishedIndex {
    try await visit.portal.publications.index(of: try visit.part("cycle"), in: visit.portal)
  }

  /// The places in the header of a published cycle's pages.
  enum Place: String, CaseIterable {
    case results = "place_results"
    case data = "place_data"
    case method = "place_method"
  }

  /// A page, or word that the one the browser has still holds.
  ///
  /// - Parameters:
  ///   - stamp: changes whenever the page would; the language, the address and this process are seen to.
  ///   - description: what search engines show.
  func page(
    _ template: String, title: String, description: String, stamp: String, cycle: Code<Cycle>? = nil,
    place: Place? = nil, _ data: () async throws -> [String: ReportData]
  ) async throws -> Response {
    let digits = visit.visitor.usesThaiDigits ? "thai" : ""
    let validator = Validator(
      [stamp, language.rawValue, digits, visit.request.uri.string, visit.portal.start])
    let mayKeep = visit.visitor.session == nil && visit.visitor.waiting == nil
    if mayKeep, let unchanged = validator.unchanged(visit.request) {
      return unchanged.shared(seconds: 60, varies: true)
    }
    var fields = try await data()
    fields["meta"] = try meta(description)
    let response = try visit.page(template, title: title, fields, frame: try frame(cycle, place))
    return mayKeep ? response.validated(by: validator).shared(seconds: 60, varies: true) : response
  }

  /// Names the page for search engines, in both languages.
  private func meta(_ description: String) throws -> ReportData {
    let path = visit.request.uri.path.sameSite
    let base = visit.portal.settings.base
    func address(_ language: Language) -> String { "\(base)\(path)?lang=\(language.rawValue)" }
    return [
      "description": .text(description),
      "canonical": .text(language == .thai ? base + path : address(.english)),
      "alternates": .list(
        Language.allCases.map { ["lang": .text($0.rawValue), "href": .text(address($0))] }),
      "standard": .text(base + path),
    ]
  }

  private func frame(_ cycle: Code<Cycle>?, _ place: Place?) throws -> ReportData {
    let words = try words()
    let isIn = visit.visitor.session != nil
    var fields: [String: ReportData] = [
      "front": .text(paths.cycles), "person": .absent, "banner": .absent, "done": .absent, "office": .absent,
      "entrance": [
        "href": .text(isIn ? "/" : SignInPage.path),
        "name": .text(words.say(isIn ? "published.own_work" : "published.sign_in")),
      ],
    ]
    if let cycle {
      fields["places"] = true
      fields["list"] = .list(
        Place.allCases.map { each in
          let href =
            switch each {
            case .results: paths.results(cycle)
            case .data: paths.data(cycle)
            case .method: paths.method(cycle)
            }
          return [
            "href": .text(href), "name": .text(words.text("published", each.rawValue)),
            "is_current": .flag(each == place),
          ]
        })
    }
    return .record(fields)
  }

  /// Data for programs, which pages of other sites may read too: nothing in them depends on who asks.
  func file(
    _ type: String, name: String, stamp: String, isShown: Bool = false, varies: Bool = false,
    _ body: () async throws -> ResponseBody
  ) async throws -> Response {
    let validator = Validator([stamp, name, visit.portal.start])
    if let unchanged = validator.unchanged(visit.request) {
      return unchanged.shared(seconds: 300, varies: varies)
    }
    var response = Response(status: .ok, headers: [.contentType: type], body: try await body())
    response.headers[.contentDisposition] = "\(isShown ? "inline" : "attachment"); filename=\"\(name)\""
    response.headers[.accessControlAllowOrigin] = "*"
    return response.validated(by: validator).shared(seconds: 300, varies: varies)
  }
}

/// What a browser is told of a page, so that it can ask whether it has changed.
struct Validator {
  private let tag: String

  /// - Parameter parts: everything the page depends on.
  init(_ parts: [String]) {
    let digest = SHA256.hash(data: Data(parts.joined(separator: "\n").utf8))
    tag = "\"" + digest.prefix(12).hex + "\""
  }

  /// The answer where the browser has the page already.
  func unchanged(_ request: Request) -> Response? {
    let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
      .map { $0.trimmingPrefix { $0 == " " }.trimmingPrefix("W/") }
    guard known.contains(where: { $0 == tag || $0 == "*" }) else { return nil }
    var response = Response(status: .notModified)
    response.headers[.eTag] = tag
    return response
  }

  fileprivate func mark(_ headers: inout HTTPFields) { headers[.eTag] = tag }
}

extension Response {
  fileprivate func validated(by validator: Validator) -> Response {
    var response = self
    validator.mark(&response.headers)
    return response
  }

  /// May be kept by anybody for so many seconds.
  ///
  /// - Parameter varies: whether it depends on the language's cookie.
  fileprivate func shared(seconds: Int, varies: Bool) -> Response {
    var response = self
    response.headers[.cacheControl] = "public, max-age=\(seconds)"
    if varies { response.headers[.vary] = "Cookie" }
    return response
  }
}

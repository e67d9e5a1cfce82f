import HTTPTypes
import Hummingbird

/// Sends away what another site made the browser send: by where the browser says it comes from, and, for forms, by the
/// token only our own page could have given it.
enum Forgery {
  /// The address under which a request comes here.
  ///
  /// - Throws: `Problem.misdirected` for a host that is none of ours.
  static func base(of request: Request, among bases: Set<String>) throws -> String {
    guard let authority = request.head.authority,
      let base = bases.first(where: { $0.hasSuffix("//" + authority) })
    else { throw Problem.misdirected }
    return base
  }

  /// - Throws: `Problem.misdirected` for a method that is none of ours, `Problem.foreignForm` for a form of another site.
  static func inspect(_ request: Request, base: String) throws {
    switch request.method {
    case .get, .head: return
    case .post:
      if let site = request.headers[.secFetchSite] {
        guard site == "same-origin" || site == "none" else { throw Problem.foreignForm }
      } else {
        guard request.headers[.origin] == base else { throw Problem.foreignForm }
      }
    default: throw Problem.misdirected
    }
  }

  /// Compared in full, however early they differ.
  static func matches(_ given: String, _ expected: String) -> Bool {
    let (a, b) = (Array(given.utf8), Array(expected.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

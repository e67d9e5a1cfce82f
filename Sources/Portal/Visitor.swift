import Crypto
import Foundation
public import Hummingbird
import Integrity
import Logging
import NIOCore
import Storage

/// What is known of whoever sends a request, before and after signing in.
public struct Visitor: RequestContext {
  public var coreContext: CoreRequestContextStorage
  /// Where the request comes from, as the connection or a trusted proxy says; used to slow down guessing, never kept.
  var address: String
  var language = Language.thai
  var usesThaiDigits = false
  /// What the visitor's cookie holds: the session's, or one given before signing in. Tokens of forms are made from it.
  var secret = ""
  var session: Registry.Session?
  /// A session that lacks its second factor: it opens nothing but the way to give or set up one.
  var waiting: Registry.Session?
  /// Somebody who answers a questionnaire: nothing of the request is kept, nor looked for.
  var isRespondent = false
  /// What somebody had typed when their session ended; shown again in the form it was meant for.
  var kept: Fields?

  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
  }

  /// What a form carries to show that one of our own pages made it for this visitor.
  var token: String {
    SHA256.hash(data: Data("form\n\(secret)".utf8)).hex
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import Integrity
import Reports
import Storage

/// One request and everything needed to answer it.
struct Visit: Sendable {
  let portal: Portal
  let request: Request
  var visitor: Visitor

  var now: Moment { portal.clock() }
  /// What the clock of somebody's own device says, which no rehearsal sets.
  var deviceSecond: Int64 { now.seconds + portal.settings.secondsBehind }
  var language: Language { visitor.language }

  func words() throws -> Wording { try portal.pages.words(language) }

  /// A part of the path, such as the office in `/{cycle}/offices/{office}`.
  func part<Owner>(_ name: String) throws -> Code<Owner> {
    // The router hands it over as it stands in the address.
    guard let text = visitor.parameters.get(name) else { throw Problem.notFound }
    guard text.utf8.contains(UInt8(ascii: "%")) else { return Code(text) }
    guard let plain = text.removingPercentEncoding else { throw Problem.notFound }
    return Code(plain)
  }

  /// A value behind the `?`, as a form of a page that is only looked at sends it: a blank is a plus sign there.
  func asked(_ name: String) -> String? {
    let pairs = (request.uri.query ?? "").split(separator: "&").compactMap {
      (try? Fields.pairs(String($0)))?.first
    }
    return pairs.first { $0.name == name }?.value
  }

  /// What somebody looks for, as they typed it into a field of a search; "" where nothing was typed.
  func sought(_ name: String) -> String { String((asked(name) ?? "").prefix(100)).trimmingBlanks }

  /// Whoever has signed in, or the way to signing in.
  func signedIn() throws -> SignedIn {
    guard let session = visitor.session else {
      throw visitor.waiting == nil ? Problem.signInFirst : Problem.secondFactorFirst
    }
    return SignedIn(visit: self, session: session)
  }

  /// Whoever has given their password, and perhaps not yet their second factor.
  func holder() throws -> Registry.Session {
    guard let session = visitor.session ?? visitor.waiting else { throw Problem.signInFirst }
    return session
  }
}

/// A request by somebody who has signed in: a handler that takes it cannot be reached by anybody else.
struct SignedIn: Sendable {
  let visit: Visit
  let session: Registry.Session

  var portal: Portal { visit.portal }
  var now: Moment { visit.now }
  var language: Language { visit.language }

  /// Who acts, for the registry.
  var signer: Signer { Signer(session.person) }

  func words() throws -> Wording { try visit.words() }
  func part<Owner>(_ name: String) throws -> Code<Owner> { try visit.part(name) }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Registry, Signer, Moment) throws -> Value
  ) async throws -> Value {
    let (signer, now) = (signer, now)
    return try await portal.read { try body($0, signer, now) }
  }

  /// Does what a form asks for, once: sent a second time, the same form changes nothing and goes on as the first did.
  ///
  /// - Returns: nil where it had been done.
  @discardableResult
  func write<Value: Sendable>(
    _ form: Fields, _ body: @escaping @Sendable (Registry, Signer, Moment) throws -> Value
  ) async throws -> Value? {
    let (signer, now) = (Signer(session.person, form: form.key), now)
    do {
      return try await portal.write { try body($0, signer, now) }
    } catch StorageProblem.repeated {
      return nil
    }
  }
}

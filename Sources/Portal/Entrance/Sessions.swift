import Crypto
import Foundation
import Hummingbird
import Integrity
import Storage

/// Tokens of sessions: 256 random bits in the browser's cookie, of which the registry knows only the digest.
enum Sessions {
  /// 32 random bytes as base64url.
  static func newToken() -> String {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    return bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
  }

  static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Data("session\n\(token)".utf8))) }

  /// Whether the second factor was not given, though one is set up or a role asks for it.
  static func lacksFactor(_ session: Registry.Session, at now: Moment) -> Bool {
    !session.isConfirmed && (session.hasSecondFactor || session.who.needsSecondFactor(on: now.day))
  }

  /// Whether a session has been used lately enough for what its person may do.
  static func isAwake(_ session: Registry.Session, _ settings: Settings, at now: Moment) -> Bool {
    let idle = session.who.needsSecondFactor(on: now.day) ? settings.idleOfDeciders : settings.idle
    return now.seconds < session.seenAt.seconds + idle
  }
}

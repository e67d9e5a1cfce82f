import Crypto
import CryptoExtras
import Foundation
import NIOPosix
import Synchronization

/// Passwords as they are kept and checked: scrypt over the peppered bytes, at most two at once. Each takes a quarter of a
/// second and 32 MiB, so whoever guesses is slow and whoever floods the sign-in page is sent away before memory is gone.
public final class Passwords: Sendable {
  /// How much work one guess is (RFC 7914).
  public struct Cost: Hashable, Sendable {
    /// Binary logarithm of the memory cost.
    public let log2N: Int
    public let r: Int
    public let p: Int

    public static let standard = Cost(log2N: 15, r: 8, p: 3)

    /// Anything less than the standard is for tests and demonstrations.
    public init(log2N: Int, r: Int, p: Int) {
      self.log2N = log2N
      self.r = r
      self.p = p
    }

    /// What a hash may ask for; more would be an attack by whoever wrote it.
    fileprivate var isSound: Bool {
      (1...20).contains(log2N) && (1...16).contains(r) && (1...16).contains(p)
    }
  }

  enum Verdict: Hashable, Sendable {
    case right
    /// Right, and hashed at another cost than today's: to be hashed anew.
    case rightButOld
    case wrong
  }

  /// Where a password becomes the bytes that are hashed.
  public typealias Pepper = @Sendable (String) throws -> [UInt8]

  private static let atOnce = 2
  /// With two at once, the last of them waits for about fifteen seconds.
  private static let mostWaiting = 128
  private static let saltCount = 16
  private static let hashCount = 32

  private let cost: Cost
  private let pepper: Pepper
  private let threads = NIOThreadPool(numberOfThreads: Passwords.atOnce)
  private let asked = Mutex(0)

  init(cost: Cost = .standard, pepper: @escaping Pepper) {
    self.cost = cost
    self.pepper = pepper
    threads.start()
  }

  deinit { threads.shutdownGracefully { _ in } }

  /// A password as it is kept.
  ///
  /// - Throws: `Problem.busy` where too many wait already.
  func hash(_ password: String) async throws -> String {
    try await aside { [cost, pepper] in try Passwords.hash(password, cost: cost, pepper: pepper) }
  }

  /// Whether a password is the one that was hashed.
  ///
  /// - Parameter phc: nil where there is nothing to check against; it takes as long.
  /// - Throws: `Problem.busy` where too many wait already.
  func verify(_ password: String, _ phc: String?) async throws -> Verdict {
    try await aside { [cost, pepper] in
      let kept = phc.flatMap(Phc.init)
      let dummy = Phc(cost: cost, salt: [UInt8](repeating: 0, count: Passwords.saltCount), hash: [])
      let phc = kept ?? dummy
      let hash = try Passwords.derive(
        try pepper(password), salt: phc.salt, cost: phc.cost, count: Passwords.hashCount)
      guard kept != nil, Passwords.areSame(hash, phc.hash) else { return .wrong }
      return phc.cost == cost && phc.salt.count >= Passwords.saltCount ? .right : .rightButOld
    }
  }

  /// The same for the command line, which has one thread and nobody waiting.
  public static func hash(_ password: String, cost: Cost = .standard, pepper: Pepper) throws -> String {
    let salt = SymmetricKey(size: .bits128).withUnsafeBytes { [UInt8]($0) }
    let hash = try derive(try pepper(password), salt: salt, cost: cost, count: hashCount)
    return Phc(cost: cost, salt: salt, hash: hash).text
  }

  static func derive(_ password: [UInt8], salt: [UInt8], cost: Cost, count: Int) throws -> [UInt8] {
    try KDF.Scrypt.deriveKey(
      from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.log2N, blockSize: cost.r,
      parallelism: cost.p
    ).withUnsafeBytes { [UInt8]($0) }
  }

  /// Compared in full, however early they differ.
  private static func areSame(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    let isIn = asked.withLock { asked in
      guard asked < Passwords.atOnce + Passwords.mostWaiting else { return false }
      asked += 1
      return true
    }
    guard isIn else { throw Problem.busy(10) }
    defer { asked.withLock { $0 -= 1 } }
    return try await threads.runIfActive(body)
  }
}

/// A hash with what it takes to check it: `$scrypt$ln=15,r=8,p=3$salt$hash`.
private struct Phc {
  let cost: Passwords.Cost
  let salt: [UInt8]
  let hash: [UInt8]

  init(cost: Passwords.Cost, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
    let settings = parts[2].split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
    guard settings.count == 3, settings.allSatisfy({ $0.count == 2 }),
      settings.map({ $0[0] }) == ["ln", "r", "p"], let log2N = Int(settings[0][1]),
      let r = Int(settings[1][1]), let p = Int(settings[2][1]), let salt = Phc.bytes(parts[3]),
      let hash = Phc.bytes(parts[4])
    else { return nil }
    let cost = Passwords.Cost(log2N: log2N, r: r, p: p)
    guard cost.isSound, !salt.isEmpty, hash.count == 32 else { return nil }
    self.init(cost: cost, salt: salt, hash: hash)
  }

  var text: String {
    "$scrypt$ln=\(cost.log2N),r=\(cost.r),p=\(cost.p)$\(Phc.base64(salt))$\(Phc.base64(hash))"
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("=", with: "")
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    let missing = (4 - text.utf8.count % 4) % 4
    return Data(base64Encoded: text + String(repeating: "=", count: missing)).map { [UInt8]($0) }
  }
}

import Crypto
import Foundation
import Glibc

/// The registry's secret key: 32 random bytes in a file of their own, outside the database, that only its owner may read.
/// A copy of the database alone says nothing about personal numbers.
struct KeyFile: Sendable {
  private let key: SymmetricKey

  /// Makes a new key file; never over an existing one.
  static func make(at path: String) throws {
    let text = Digest.hex(Digest.random(32)) + "\n"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw StorageProblem.exists(path: path) }
    defer { close(descriptor) }
    let written = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard written == text.utf8.count, fsync(descriptor) == 0 else { throw StorageProblem.full }
  }

  init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw StorageProblem.keyMissing(path: path) }
    guard status.st_mode & 0o077 == 0 else { throw StorageProblem.keyOpen(path: path) }
    let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
    guard let bytes = Digest.bytes(hex: text), bytes.count == 32 else {
      throw StorageProblem.damaged(path: path, detail: "it is not 64 hexadecimal digits")
    }
    key = SymmetricKey(data: bytes)
  }

  /// A keyed hash; the purpose keeps one use from being taken for another.
  func hash(_ text: String, for purpose: Purpose) -> Data {
    let message = Data("\(purpose.rawValue)\n\(text)".utf8)
    return Data(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  /// Encrypts a small secret, so that the database alone does not give it away.
  ///
  /// - Parameter owner: whose it is; it opens for nobody else.
  func seal(_ secret: [UInt8], of owner: Int64, for purpose: Purpose) throws -> Data {
    let box = try AES.GCM.seal(
      secret, using: sealing(purpose), authenticating: KeyFile.owner(owner, purpose))
    // Nonce, bytes, tag: nothing but a nonce of another length would leave it out.
    return box.combined ?? Data()
  }

  /// nil where it was sealed with another key, for somebody else, or was changed.
  func unseal(_ sealed: Data, of owner: Int64, for purpose: Purpose) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let secret = try? AES.GCM.open(
        box, using: sealing(purpose), authenticating: KeyFile.owner(owner, purpose))
    else { return nil }
    return [UInt8](secret)
  }

  /// A key of its own for each purpose: one that hashes does not also encrypt.
  private func sealing(_ purpose: Purpose) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Data("seal\n\(purpose.rawValue)".utf8), outputByteCount: 32)
  }

  private static func owner(_ owner: Int64, _ purpose: Purpose) -> Data {
    Data("\(purpose.rawValue)\n\(owner)".utf8)
  }

  enum Purpose: String {
    /// Tells whether this is the registry's key.
    case check
    case nationalID = "national-id"
    /// Before a password is hashed: the database alone cannot be searched for passwords.
    case password
    case recoveryCode = "recovery-code"
    case secondFactor = "second-factor"
    /// Of a code on a slip.
    case slip
    /// Of what a form carries that is sent, so that it is kept once; and of the words beside it.
    case response
    case freeText = "free-text"
    /// Of what a form carries that was given out by us.
    case form
  }
}

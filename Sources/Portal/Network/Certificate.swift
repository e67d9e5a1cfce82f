import Crypto
import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Synchronization

/// The site's certificate as it lies in its files, read anew when they change: whoever renews it need not stop the site.
final class Certificate: Sendable {
  private let chain: String
  private let key: String
  private let state: Mutex<(context: NIOSSLContext, digest: SHA256.Digest)>

  /// - Throws: where the files cannot be read, or do not belong together.
  init(chain: String, key: String) throws {
    self.chain = chain
    self.key = key
    state = Mutex(try Certificate.read(chain, key))
  }

  /// For a connection that begins now.
  var context: NIOSSLContext { state.withLock { $0.context } }

  /// Looks whether the files have changed.
  ///
  /// - Returns: whether there is another certificate in force now.
  /// - Throws: where they have and cannot be used; the one before stays in force.
  @discardableResult
  func look() throws -> Bool {
    let before = state.withLock { $0.digest }
    guard try Certificate.digest(chain, key) != before else { return false }
    let new = try Certificate.read(chain, key)
    state.withLock { $0 = new }
    return true
  }

  private static func digest(_ chain: String, _ key: String) throws -> SHA256.Digest {
    var hasher = SHA256()
    for path in [chain, key] { hasher.update(data: try Data(contentsOf: URL(fileURLWithPath: path))) }
    return hasher.finalize()
  }

  private static func read(_ chain: String, _ key: String) throws -> (NIOSSLContext, SHA256.Digest) {
    let digest = try digest(chain, key)
    let certificates = try NIOSSLCertificate.fromPEMFile(chain).map {
      NIOSSLCertificateSource.certificate($0)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    return (try NIOSSLContext(configuration: configuration), digest)
  }
}

/// Connections that are encrypted with the certificate in force when they begin.
struct Encrypted<Plain: ServerChildChannel>: ServerChildChannel {
  let plain: Plain
  let certificate: Certificate

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Plain.Value> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
    }.flatMap {
      plain.setup(channel: channel, logger: logger)
    }
  }

  func handle(value: Plain.Value, logger: Logger) async { await plain.handle(value: value, logger: logger) }
}

/// Looks every minute whether the certificate was renewed.
struct Renewal: Service {
  let certificate: Certificate
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try await Task.sleep(for: .seconds(60))
        do {
          if try certificate.look() { logger.info("the certificate was renewed") }
        } catch {
          logger.error("the renewed certificate cannot be used", metadata: ["error": "\(error)"])
        }
      }
    }
    // Whoever ends before it is told to stops the whole group.
    try? await gracefulShutdown()
  }
}

import Foundation
public import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Integrity
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
public import Reports
public import Storage

/// The site: where the registry, the templates, the clock and the network meet.
public final class Portal: Sendable {
  let settings: Settings
  let registry: Registry
  let pages: Pages
  let assets: Assets
  let templates: Library
  let clock: @Sendable () -> Moment
  let passwords: Passwords
  let throttle: Throttle
  let crowd: Crowd
  let publications = Publications()
  let exports = Exports()
  /// Tells this process from another, whose templates may be others.
  let start = Sessions.newToken()
  /// The registry blocks; it is asked on threads of its own. Whoever writes never waits behind whoever reads.
  private let readers = NIOThreadPool(numberOfThreads: 4)
  private let writers = NIOThreadPool(numberOfThreads: 2)

  /// - Parameter clock: what time it is; the one clock of every deadline.
  /// - Throws: `Complaints` where a template or the wording cannot be read.
  public init(
    _ registry: Registry, templates: Library, settings: Settings = Settings(),
    clock: @escaping @Sendable () -> Moment
  ) throws {
    self.registry = registry
    self.settings = settings
    self.clock = clock
    self.templates = templates
    pages = try Pages(templates)
    assets = try Assets(templates, fonts: settings.fonts)
    passwords = Passwords(cost: settings.cost, pepper: { try registry.peppered($0) })
    throttle = Throttle()
    crowd = Crowd()
    readers.start()
    writers.start()
  }

  deinit {
    readers.shutdownGracefully { _ in }
    writers.shutdownGracefully { _ in }
  }

  /// Everything a request passes, from the outermost door inwards.
  public var responder: some HTTPResponder<Visitor> {
    let router = Router(context: Visitor.self, options: .autoGenerateHeadEndpoints)
    for route in Routes.all {
      router.on(RouterPath(route.path), method: route.method) { request, visitor in
        let visit = Visit(portal: self, request: request, visitor: visitor)
        return try await self.crowd.admit(route.load) { try await route.answer(visit) }
      }
    }
    return Door(portal: self, inner: router.buildResponder())
  }

  /// The server, ready to run.
  ///
  /// - Parameter onRunning: is told the port it listens on.
  /// - Throws: where the certificate or its key cannot be read.
  public func application(
    logger: Logger, onRunning: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> some ApplicationProtocol {
    let channel = HTTP1Channel.Configuration(
      idleTimeout: .seconds(settings.patience),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
    var server = HTTPServerBuilder.http1(configuration: channel)
    if let certificate = settings.certificate, let key = settings.privateKey {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
        NIOSSLCertificateSource.certificate($0)
      }
      let tls = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
      server = try .tls(.http1(configuration: channel), tlsConfiguration: tls)
    }
    return Application(
      responder: responder, server: server,
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connections, logger: logger)),
      onServerRunning: { onRunning($0.localAddress?.port ?? 0) }, logger: logger)
  }

  /// Asks the registry something.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Registry) throws -> Value) async throws -> Value {
    try await readers.runIfActive { [registry] in try body(registry) }
  }

  /// Has the registry do something.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Registry) throws -> Value) async throws -> Value {
    try await writers.runIfActive { [registry] in try body(registry) }
  }
}

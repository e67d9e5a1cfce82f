import Foundation
import Hummingbird
import HummingbirdCore
import Integrity
public import Logging
import NIOCore
import ServiceLifecycle
import Storage
import UnixSignals

/// Why the site cannot be served.
public enum ServingProblem: Error, CustomStringConvertible {
  /// The certificate or its key.
  case certificate(String)
  case taken(host: String, port: Int)
  case forbidden(host: String, port: Int)

  public var description: String {
    switch self {
    case .certificate(let detail):
      "the certificate or its key cannot be used (\(detail)); give files in PEM, the chain first, that belong together"
    case .taken(let host, let port):
      "something listens on \(host) port \(port) already; stop it, or choose another port with --port"
    case .forbidden(let host, let port):
      "listening on \(host) port \(port) is not allowed; choose a port from 1024 on, or let a proxy speak for it"
    }
  }
}

extension Portal {
  /// Where the site answers, as people type it.
  public var address: String { settings.base }

  /// Serves until the process is told to stop by SIGTERM or SIGINT: then nothing new is let in, and what is under way is
  /// finished. The registry is left open; whoever opened it closes it.
  ///
  /// - Parameter onRunning: is called once connections are taken.
  /// - Throws: `ServingProblem` where the certificate cannot be read or the port cannot be had.
  public func serve(logger: Logger = .lines(), onRunning: @escaping @Sendable () -> Void) async throws {
    let group = group(try certificate(), stoppedBy: [.sigterm, .sigint], logger: logger) { _ in
      onRunning()
    }
    do {
      try await group.run()
    } catch let error as IOError {
      switch error.errnoCode {
      case EADDRINUSE: throw ServingProblem.taken(host: settings.host, port: settings.port)
      case EACCES, EADDRNOTAVAIL: throw ServingProblem.forbidden(host: settings.host, port: settings.port)
      default: throw error
      }
    }
  }

  /// Everything that runs while the site is served.
  ///
  /// - Parameter onRunning: is told the port it listens on.
  func group(
    _ certificate: Certificate?, stoppedBy signals: [UnixSignal], logger: Logger,
    onRunning: @escaping @Sendable (Int) -> Void
  ) -> ServiceGroup {
    var services: [any Service] = [Sweep(portal: self, logger: logger)]
    if let certificate { services.append(Renewal(certificate: certificate, logger: logger)) }
    services.append(server(certificate, logger: logger, onRunning: onRunning))
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: signals, logger: logger)
    configuration.maximumGracefulShutdownDuration = settings.grace
    return ServiceGroup(configuration: configuration)
  }

  /// nil where none was named.
  func certificate() throws -> Certificate? {
    guard let chain = settings.certificate, let key = settings.privateKey else { return nil }
    do {
      return try Certificate(chain: chain, key: key)
    } catch {
      throw ServingProblem.certificate("\(error)")
    }
  }

  /// The server, ready to run: connections, their encryption and their patience.
  private func server(
    _ certificate: Certificate?, logger: Logger, onRunning: @escaping @Sendable (Int) -> Void
  ) -> some ApplicationProtocol {
    let most = min(settings.connections, max(16, OpenFiles.raise() - OpenFiles.reserved))
    let rules = Watch.Rules(
      span: TimeAmount(settings.silence), isSecure: settings.isSecure,
      connections: Connections(most: max(1, most / 2)), proxies: settings.proxies)
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [Watch(rules)],
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
    let builder = HTTPServerBuilder { responder in
      let plain = HTTP1Channel(responder: responder, configuration: channel)
      guard let certificate else { return plain }
      return Encrypted(plain: plain, certificate: certificate)
    }
    return Application(
      responder: responder, server: builder,
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(most, logger: logger)),
      onServerRunning: { onRunning($0.localAddress?.port ?? 0) }, logger: logger)
  }
}

/// Sweeps out every hour what has ended, sessions, codes, keys of forms, and every minute reports that were kept long
/// enough. Before, it reads what everybody may ask for first, so that nobody has to wait for it.
private struct Sweep: Service {
  let portal: Portal
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      do {
        try await portal.readLatestResults()
      } catch {
        logger.error("published results cannot be read", metadata: ["error": "\(error)"])
      }
      var minutes = 0
      while true {
        portal.exports.drop(at: portal.clock())
        if minutes.isMultiple(of: 60) { await sweep() }
        minutes += 1
        try await Task.sleep(for: .seconds(60))
      }
    }
    // Whoever ends before it is told to stops the whole group.
    try? await gracefulShutdown()
  }

  private func sweep() async {
    if let trouble = portal.troubles.taken() {
      // Once an hour, and not when it was: who was answering then is nobody's business.
      logger.error("answering failed", metadata: ["times": "\(trouble.times)", "last": "\(trouble.last)"])
    }
    do {
      try await portal.write { [clock = portal.clock] in try $0.dropEndedSessions(at: clock()) }
      // Once a day how far questionnaires have come; once each what hides the order of their answers.
      try await portal.write { [clock = portal.clock] registry in
        try registry.refreshProgress(at: clock())
        try registry.closeQuestionnaires(at: clock())
      }
    } catch {
      logger.error("sweeping failed", metadata: ["error": "\(error)"])
    }
  }
}

extension Portal {
  /// Has the results that were published last ready in memory.
  func readLatestResults() async throws {
    let now = clock()
    let latest = try await read { try $0.publishedCycles(at: now) }.first
    if let latest { _ = try await publications.index(of: latest.cycle.code, in: self) }
  }
}

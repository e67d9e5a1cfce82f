import Foundation
import Integrity
import Logging
import Reports
import ServiceLifecycle
import Storage
import Synchronization
import Wire

@testable import Portal

/// A site behind a real socket, as long as a test looks at it.
struct Served {
  let site: Site
  let portal: Portal
  let port: Int
  /// What the site, its server and its connections wrote to the log.
  let log: LogKept
  let certificate: Certificate?
  private let group: ServiceGroup

  /// What browsers call it, whatever its port.
  static let origin = "http://127.0.0.1"

  /// Serves a site until the body is done, and then stops it.
  ///
  /// - Parameters:
  ///   - log: where its lines are kept.
  ///   - times: the clock of its lines; where none is given they are all of one moment.
  static func site(
    _ site: Site, log: LogKept = LogKept(), times: (@Sendable () -> Date)? = nil,
    _ change: (inout Settings) -> Void = { _ in }, _ body: (Served) async throws -> Void
  ) async throws {
    // What a site does by itself once a day is done before, so that it writes nothing while a test looks.
    try site.registry.refreshProgress(at: site.clock.now)
    var settings = Settings()
    settings.port = 0
    settings.cost = Site.cost
    settings.origin = origin
    (settings.silence, settings.patience) = (Site.ample, Site.ample)
    change(&settings)
    let portal = try site.portal(settings)
    let (ports, running) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "test") { _ in KeptLog(lines: log, times: times) }
    logger.logLevel = .info
    let certificate = try portal.certificate()
    let group = portal.group(certificate, stoppedBy: [], logger: logger) { running.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { running.finish() }
        try await group.run()
      }
      for await port in ports {
        let served = Served(
          site: site, portal: portal, port: port, log: log, certificate: certificate, group: group)
        do {
          try await body(served)
        } catch {
          await group.triggerGracefulShutdown()
          throw error
        }
        await group.triggerGracefulShutdown()
      }
      try await tasks.waitForAll()
    }
  }

  func open(from source: String? = nil, isReading: Bool = true) async throws -> Wire {
    try await Wire.open(port, from: source, isReading: isReading)
  }

  func stop() async { await group.triggerGracefulShutdown() }

  /// One request on a connection of its own.
  func ask(_ request: String, from source: String? = nil) async throws -> Wire.Answer? {
    let wire = try await open(from: source)
    try await wire.send(request)
    let answer = await wire.answer()
    try? await wire.close()
    return answer
  }

  /// Asks again and again until there is room for a connection; nothing but that room is missing.
  func untilLetIn() async throws {
    while (try? await ask(Served.request("GET", "/help")))??.status != 200 { await Task.yield() }
  }

  /// A request as a browser writes it.
  static func request(
    _ method: String, _ path: String, host: String = "127.0.0.1", _ headers: [String] = [], body: String = ""
  ) -> String {
    let more = method == "POST" ? ["Origin: \(origin)", "Content-Length: \(body.utf8.count)"] : []
    return (["\(method) \(path) HTTP/1.1", "Host: \(host)"] + more + headers).joined(separator: "\r\n")
      + "\r\n\r\n" + body
  }

  /// A cookie with which somebody has signed in, and the token of its forms.
  func session(of role: Role) throws -> (cookie: String, token: String) {
    let browser = site.browser()
    try browser.bring(session: portal.registry, of: Site.name(role), at: site.clock.now)
    return ("Cookie: session=\(browser.cookies["session"] ?? "")", browser.token)
  }
}

extension Site {
  /// The same site served in another way.
  func portal(_ settings: Settings) throws -> Portal {
    let clock = clock
    return try Portal(
      registry, templates: Library(folders: ["\(Site.root)/Templates"]), settings: settings,
      clock: { clock.now })
  }
}

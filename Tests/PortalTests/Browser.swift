import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Integrity
import Logging
import NIOCore
import NIOEmbedded
import Storage
import Synchronization

@testable import Portal

/// A browser without a network: what it asks goes straight to the site's outermost door.
final class Browser {
  private let portal: Portal
  private let responder: any HTTPResponder<Visitor>
  var cookies: [String: String] = [:]
  /// Sent with every request, as browsers do.
  var headers: [HTTPField.Name: String] = [:]
  /// What the site wrote to its log about this browser's requests.
  let log = LogKept()
  /// The host it believes to talk to; nil for the right one.
  var host: String?

  /// The registry lives as long as whoever looks at it.
  private let site: Site?

  /// - Parameter site: whose registry it is.
  init(_ portal: Portal, on site: Site? = nil) {
    self.portal = portal
    self.site = site
    // All of the site's doors are many to build for every browser.
    responder = site.flatMap { $0.portal === portal ? $0.responder : nil } ?? portal.responder
  }

  struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String
    let bytes: [UInt8]

    var location: String? { headers[.location] }

    /// The value of a hidden field of the page's first form that has it.
    func hidden(_ name: String) -> String? {
      guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
      return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
  }

  func get(_ path: String) async throws -> Answer { try await send(.get, path) }

  /// Fills in the form that a page shows and sends it.
  func submit(_ fields: [(String, String)], on page: String, to path: String? = nil) async throws -> Answer {
    let shown = try await get(page)
    return try await post(path ?? page, fields, token: shown.hidden("token"), key: shown.hidden("form"))
  }

  func post(_ path: String, _ fields: [(String, String)], token: String? = nil, key: String? = nil)
    async throws
    -> Answer
  {
    let own = [("token", token), ("form", key)].compactMap { name, value in value.map { (name, $0) } }
    let body = (own + fields).map { "\($0.0.queryEscaped)=\($0.1.queryEscaped)" }.joined(separator: "&")
    return try await send(.post, path, type: "application/x-www-form-urlencoded", body: Array(body.utf8))
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, type: String? = nil, body: [UInt8] = []
  ) async throws -> Answer {
    var fields = HTTPFields()
    if let type { fields[.contentType] = type }
    if !cookies.isEmpty {
      fields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
        separator: "; ")
    }
    if method == .post { fields[.origin] = portal.settings.base }
    for (name, value) in headers { fields[name] = value }
    let head = HTTPRequest(
      method: method, scheme: "http", authority: host ?? String(portal.settings.base.dropFirst(7)),
      path: path,
      headerFields: fields)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
    let log = log
    var logger = Logger(label: "test") { _ in KeptLog(lines: log) }
    logger[metadataKey: "hb.request.id"] = "r1"
    let visitor = Visitor(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
    let response = try await responder.respond(to: request, context: visitor)
    let collected = Collector()
    try await response.body.write(CollectingWriter(collector: collected))
    for value in response.headers[values: .setCookie] {
      guard
        let pair = value.split(separator: ";").first?.split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
        pair.count == 2
      else { continue }
      let isGone = value.contains("Max-Age=0")
      cookies[String(pair[0])] = isGone || pair[1].isEmpty ? nil : String(pair[1])
    }
    let bytes = collected.bytes
    let answer = Answer(
      status: response.status.code, headers: response.headers, text: String(decoding: bytes, as: UTF8.self),
      bytes: bytes)
    return method == .post ? try await settled(answer) : answer
  }

  /// Where a form's errand leads in the end: on a busy machine it may take longer than the form waits for it.
  private func settled(_ answer: Answer) async throws -> Answer {
    guard let path = answer.location, path.hasPrefix("/setting-up/errands/") else { return answer }
    while true {
      let watched = try await get(path)
      if watched.status != 200 || watched.text.contains("class=\"faults\"") { return watched }
      await Task.yield()
    }
  }

  /// What a page made for this browser would carry.
  var token: String {
    var visitor = Visitor(
      source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
    visitor.secret = cookies["session"] ?? cookies["visit"] ?? ""
    return visitor.token
  }

  /// Signs somebody in without the page.
  func bring(session registry: Registry, of person: Code<Person>, at now: Moment) throws {
    let token = Sessions.newToken()
    try registry.openSession(
      Sessions.hash(token), of: person, label: "test", isConfirmed: true, ends: now.adding(days: 1), at: now)
    cookies["session"] = token
  }
}

final class LogKept: Sendable {
  private let kept = Mutex<[String]>([])
  var lines: [String] { kept.withLock { $0 } }
  func add(_ line: String) { kept.withLock { $0.append(line) } }
}

struct KeptLog: LogHandler {
  let lines: LogKept
  var times: (@Sendable () -> Date)?
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let time = times?() ?? Date(timeIntervalSince1970: 0)
    lines.add(LogLines.line(event.level, event.message.description, all, at: time))
  }
}

private final class Collector: Sendable {
  private let kept = Mutex<[UInt8]>([])
  var bytes: [UInt8] { kept.withLock { $0 } }
  func add(_ buffer: ByteBuffer) { kept.withLock { $0 += buffer.readableBytesView } }
}

private struct CollectingWriter: ResponseBodyWriter {
  let collector: Collector

  mutating func write(_ buffer: ByteBuffer) async throws {
    collector.add(buffer)
  }
  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

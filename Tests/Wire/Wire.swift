import NIOCore
import NIOPosix
import NIOSSL

/// One connection to a server as a test wants it: bytes as they are written, whether they make sense or not, and what
/// comes back.
public actor Wire {
  private let channel: any Channel
  private let arriving: AsyncStream<ByteBuffer>.AsyncIterator
  private var unread: [UInt8] = []

  private init(_ channel: any Channel, _ arriving: AsyncStream<ByteBuffer>) {
    self.channel = channel
    self.arriving = arriving.makeAsyncIterator()
  }

  /// Opens a connection to this machine.
  ///
  /// - Parameters:
  ///   - source: another of this machine's addresses to come from.
  ///   - certificate: a file with the certificate to trust, for an encrypted connection.
  ///   - isReading: false for somebody who asks and does not take in the answers.
  public static func open(
    _ port: Int, from source: String? = nil, trusting certificate: String? = nil, isReading: Bool = true
  ) async throws -> Wire {
    let (arriving, inbox) = AsyncStream<ByteBuffer>.makeStream()
    let context = try certificate.map { path in
      var settings = TLSConfiguration.makeClientConfiguration()
      settings.trustRoots = .file(path)
      return try NIOSSLContext(configuration: settings)
    }
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: isReading)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            let handler = try NIOSSLClientHandler(context: context, serverHostname: nil)
            try channel.pipeline.syncOperations.addHandler(handler)
          }
          try channel.pipeline.syncOperations.addHandler(Inbox(inbox))
        }
      }
    if !isReading { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: 4096) }
    if let source { bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: source, port: 0)) }
    return Wire(try await bootstrap.connect(host: "127.0.0.1", port: port).get(), arriving)
  }

  public func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  public func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Gives bytes to the system, however long it takes to send them.
  public func push(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

  /// Says that nothing more comes, and goes on listening.
  public func end() async throws { try await channel.close(mode: .output).get() }

  public func close() async throws { try await channel.close().get() }

  public var isOpen: Bool { channel.isActive }

  /// Waits until the other end has closed it.
  public func closed() async { try? await channel.closeFuture.get() }

  /// Everything that comes until it is closed.
  public func rest() async -> String {
    while await more() {}
    defer { unread = [] }
    return String(decoding: unread, as: UTF8.self)
  }

  /// The next answer; nil where it is closed before there is one.
  public func answer(hasBody: Bool = true) async -> Answer? {
    let end = Array("\r\n\r\n".utf8)
    var place = unread.firstRange(of: end)
    while place == nil {
      guard await more() else { return nil }
      place = unread.firstRange(of: end)
    }
    guard let place, var answer = Answer(head: unread[..<place.lowerBound]) else { return nil }
    unread.removeFirst(place.upperBound)
    guard hasBody else { return answer }
    if answer["transfer-encoding"] == ["chunked"] {
      while true {
        guard let line = await line(), let size = Int(line, radix: 16), await have(size + 2) else {
          return nil
        }
        answer.body += unread.prefix(size)
        unread.removeFirst(size + 2)
        if size == 0 { return answer }
      }
    }
    let length = answer["content-length"].first.flatMap { Int($0) } ?? 0
    guard await have(length) else { return nil }
    answer.body = Array(unread.prefix(length))
    unread.removeFirst(length)
    return answer
  }

  private func line() async -> String? {
    var place = unread.firstRange(of: [13, 10])
    while place == nil {
      guard await more() else { return nil }
      place = unread.firstRange(of: [13, 10])
    }
    guard let place else { return nil }
    defer { unread.removeFirst(place.upperBound) }
    return String(decoding: unread[..<place.lowerBound], as: UTF8.self)
  }

  private func have(_ count: Int) async -> Bool {
    while unread.count < count { guard await more() else { return false } }
    return true
  }

  private func more() async -> Bool {
    var arriving = arriving
    guard let buffer = await arriving.next(isolation: self) else { return false }
    unread += Array(buffer.readableBytesView)
    return true
  }

  public struct Answer: Sendable {
    public let status: Int
    /// Names in small letters, in their order.
    public let headers: [(name: String, value: String)]
    public internal(set) var body: [UInt8] = []

    public var text: String { String(decoding: body, as: UTF8.self) }

    public subscript(name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

    init?(head: ArraySlice<UInt8>) {
      let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
      let parts = lines.first?.split(separator: " ") ?? []
      guard parts.count > 1, let status = Int(parts[1]) else { return nil }
      self.status = status
      headers = lines.dropFirst().map { line in
        let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (
          pair[0].lowercased(), pair.count > 1 ? String(pair[1].drop { $0 == " " }) : ""
        )
      }
    }
  }
}

/// Passes on what arrives, and that nothing more does.
private final class Inbox: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let inbox: AsyncStream<ByteBuffer>.Continuation

  init(_ inbox: AsyncStream<ByteBuffer>.Continuation) { self.inbox = inbox }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.yield(unwrapInboundIn(data)) }

  func channelInactive(context: ChannelHandlerContext) { inbox.finish() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

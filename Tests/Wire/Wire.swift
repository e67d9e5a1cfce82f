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
    let context = try certificate.map { try NIOSSLContext(trusting: $0) }
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
    while true {
      if let answer = Answer(taking: &unread, hasBody: hasBody) { return answer }
      guard await more() else { return nil }
    }
  }

  private func more() async -> Bool {
    var arriving = arriving
    guard let buffer = await arriving.next(isolation: self) else { return false }
    unread += Array(buffer.readableBytesView)
    return true
  }
}

extension NIOSSLContext {
  /// For somebody who trusts one certificate.
  convenience init(trusting file: String) throws {
    var settings = TLSConfiguration.makeClientConfiguration()
    settings.trustRoots = .file(file)
    try self.init(configuration: settings)
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

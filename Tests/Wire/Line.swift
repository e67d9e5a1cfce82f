import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A connection for a test that waits for each step where it stands. Such a test does not stop in the middle until it is its
/// turn again, so a server that has little patience is not kept waiting while a busy machine runs other tests.
public final class Line: Sendable {
  private let channel: any Channel
  private let inbox: Inbox

  /// Connects to this machine.
  ///
  /// - Parameter certificate: a file with the certificate to trust, for an encrypted connection.
  public init(_ port: Int, trusting certificate: String? = nil) throws {
    let context = try certificate.map { try NIOSSLContext(trusting: $0) }
    let inbox = Inbox()
    self.inbox = inbox
    channel = try ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(
              NIOSSLClientHandler(context: context, serverHostname: nil))
          }
          try channel.pipeline.syncOperations.addHandler(Arriving(inbox))
        }
      }
      .connect(host: "127.0.0.1", port: port).wait()
  }

  public func send(_ text: String) throws { try channel.writeAndFlush(ByteBuffer(string: text)).wait() }

  public func close() throws { try channel.close().wait() }

  /// The next answer; nil where it is closed before there is one.
  public func answer() -> Wire.Answer? { inbox.wait { Wire.Answer(taking: &$0, hasBody: true) } }

  /// Everything that comes until it is closed.
  public func rest() -> String {
    _ = inbox.wait { _ in nil as Void? }
    return inbox.wait { bytes in String(decoding: bytes, as: UTF8.self) } ?? ""
  }
}

/// What has arrived and nobody has read.
private final class Inbox: Sendable {
  private let kept = Mutex<(bytes: [UInt8], isEnded: Bool)>(([], false))
  private let more = DispatchSemaphore(value: 0)

  /// Waits until something can be taken out of what has arrived, or nothing more comes.
  func wait<Found: Sendable>(_ take: (inout [UInt8]) -> Found?) -> Found? {
    while true {
      let (found, isEnded) = kept.withLock { (take(&$0.bytes), $0.isEnded) }
      if found != nil || isEnded { return found }
      more.wait()
    }
  }

  func add(_ buffer: ByteBuffer) {
    kept.withLock { $0.bytes += buffer.readableBytesView }
    more.signal()
  }

  func end() {
    kept.withLock { $0.isEnded = true }
    more.signal()
  }
}

private final class Arriving: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let inbox: Inbox

  init(_ inbox: Inbox) { self.inbox = inbox }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.add(unwrapInboundIn(data)) }

  func channelInactive(context: ChannelHandlerContext) { inbox.end() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

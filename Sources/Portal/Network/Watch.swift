import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Watches over one connection: cuts it where its other end only holds the place, lets what was answered leave before it
/// is closed, and sees to it that what the server library answers by itself leaves with the site's headers.
final class Watch: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// What all connections have in common.
  struct Rules: Sendable {
    let span: TimeAmount
    let isSecure: Bool
    let connections: Connections
    /// Many visitors come over these.
    let proxies: Set<String>
  }

  /// Answers leave in pieces of so many bytes, to see whether they do.
  private static let piece = 32 << 10

  private let rules: Rules
  private var patience: Patience
  private var network: String?
  private var isOverlong = false
  private var closing: (mode: CloseMode, promise: EventLoopPromise<Void>?)?

  init(_ rules: Rules) {
    self.rules = rules
    patience = Patience(span: rules.span, at: .now())
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { begin(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    begin(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let network { rules.connections.leave(network) }
    network = nil
    context.fireChannelInactive()
  }

  private func begin(_ context: ChannelHandlerContext) {
    patience = Patience(span: rules.span, at: context.eventLoop.now)
    let address = Addresses.plain(context.channel.remoteAddress?.ipAddress ?? "")
    if !rules.proxies.contains(address) {
      let network = Addresses.network(address)
      guard rules.connections.enter(network) else { return context.close(promise: nil) }
      self.network = network
    }
    tick(context)
  }

  /// Looks again and again, as long as the connection lives.
  private func tick(_ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    guard !patience.isOver(at: context.eventLoop.now) else { return context.close(promise: closing?.promise) }
    context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(rules.span.nanoseconds / 4)) {
      self.tick(context)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let now = context.eventLoop.now
    switch unwrapInboundIn(data) {
    case .head: patience.headArrived(at: now)
    case .body(let buffer): patience.bytesArrived(buffer.readableBytes)
    case .end: patience.endArrived(at: now)
    }
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case HTTPParserError.headerOverflow = error { isOverlong = true }
    context.fireErrorCaught(error)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      if head.headerFields[.contentSecurityPolicy] == nil {
        // The door hardens all there is: this is the library's own word on what it could not read.
        if isOverlong { head.status = .requestHeaderFieldsTooLarge }
        head.headerFields.harden(isPrivate: false, isSecure: rules.isSecure)
      }
      pass(.head(head), promise, context)
    case .body(var buffer):
      while buffer.readableBytes > Watch.piece, let piece = buffer.readSlice(length: Watch.piece) {
        pass(.body(piece), nil, context)
      }
      pass(.body(buffer), promise, context)
    case .end(let fields): pass(.end(fields), promise, context)
    }
  }

  private func pass(
    _ part: HTTPResponsePart, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
  ) {
    let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
    let isEnd = if case .end = part { true } else { false }
    patience.pieceLeaves(at: context.eventLoop.now)
    promise.futureResult.assumeIsolated().whenComplete { _ in
      self.patience.pieceLeft(isEnd: isEnd, at: context.eventLoop.now)
      self.closeIfLeft(context)
    }
    context.write(wrapOutboundOut(part), promise: promise)
  }

  /// Whoever asks to close it does so behind an answer that may still be leaving.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode == .all, patience.leaving > 0, closing == nil else {
      return context.close(mode: mode, promise: promise)
    }
    closing = (mode, promise)
    patience.isToClose(at: context.eventLoop.now)
    context.flush()
  }

  private func closeIfLeft(_ context: ChannelHandlerContext) {
    guard patience.leaving == 0, let closing else { return }
    self.closing = nil
    context.close(mode: closing.mode, promise: closing.promise)
  }
}

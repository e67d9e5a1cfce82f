import NIOCore

/// How long whoever is at the other end of a connection may take, and whether they have taken longer: for a head, for a
/// body, for taking in what was answered. What the site itself takes to answer is not counted. Time is told, never asked
/// for.
struct Patience {
  /// For a head to arrive, counted from when nothing else was under way, and for each piece of an answer to be taken. A
  /// body may take twice as long, and longer the larger it is.
  let span: TimeAmount

  /// Bytes a second of a body; whoever is slower only holds the place.
  static let slowest = 4 << 10
  /// Time for what was answered to leave once the connection is to be closed.
  private static let lastWords = TimeAmount.seconds(5)

  /// Since when nothing has been under way.
  private var idleSince: NIODeadline
  /// A request of which the end has not arrived.
  private var arriving: (since: NIODeadline, bytes: Int)?
  /// When an answer had left though its request was still arriving.
  private var answeredAt: NIODeadline?
  /// Requests that have not been answered to the end.
  private var open = 0
  /// Pieces of answers on their way, and when the last of them moved.
  private(set) var leaving = 0
  private var movedAt: NIODeadline
  private var closingSince: NIODeadline?

  init(span: TimeAmount, at now: NIODeadline) {
    self.span = span
    idleSince = now
    movedAt = now
  }

  mutating func headArrived(at now: NIODeadline) {
    open += 1
    arriving = (now, 0)
    answeredAt = nil
  }

  mutating func bytesArrived(_ count: Int) { arriving?.bytes += count }

  mutating func endArrived(at now: NIODeadline) {
    arriving = nil
    answeredAt = nil
    if open == 0 { idleSince = now }
  }

  mutating func pieceLeaves(at now: NIODeadline) {
    if leaving == 0 { movedAt = now }
    leaving += 1
  }

  mutating func pieceLeft(isEnd: Bool, at now: NIODeadline) {
    leaving -= 1
    movedAt = now
    guard isEnd else { return }
    open = max(0, open - 1)
    if open == 0 {
      idleSince = now
      if arriving != nil { answeredAt = now }
    }
  }

  mutating func isToClose(at now: NIODeadline) { closingSince = closingSince ?? now }

  /// Whether the connection is to be cut.
  func isOver(at now: NIODeadline) -> Bool {
    if let closingSince, now >= closingSince + Patience.lastWords { return true }
    if leaving > 0 { return now >= movedAt + span }
    if let answeredAt { return now >= answeredAt + span }
    if let arriving {
      return now >= arriving.since + span + span + .seconds(Int64(arriving.bytes / Patience.slowest))
    }
    return open == 0 && now >= idleSince + span
  }
}

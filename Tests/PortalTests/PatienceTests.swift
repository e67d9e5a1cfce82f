import NIOCore
import Testing

@testable import Portal

/// How long a connection is borne with, by a clock that is set by hand.
@Suite struct PatienceTests {
  private static let began = NIODeadline.uptimeNanoseconds(1_000_000_000)
  private var patience = Patience(span: .seconds(30), at: began)

  private func after(_ seconds: Int64) -> NIODeadline { PatienceTests.began + .seconds(seconds) }

  @Test func `a head has to come within the span, however many bytes of it drip in`() {
    #expect(!patience.isOver(at: after(29)))
    #expect(patience.isOver(at: after(30)))
  }

  @Test mutating func `a body has twice the span, and a second more for every four kilobytes of it`() {
    patience.headArrived(at: after(29))
    #expect(!patience.isOver(at: after(88)))
    #expect(patience.isOver(at: after(89)))
    patience.bytesArrived(40 << 10)
    #expect(!patience.isOver(at: after(98)))
    #expect(patience.isOver(at: after(99)))
  }

  @Test mutating func `what the site takes to answer is nobody's fault`() {
    patience.headArrived(at: after(1))
    patience.endArrived(at: after(2))
    #expect(!patience.isOver(at: after(100_000)))
  }

  @Test mutating func `a piece of an answer has to leave within the span, and each one begins it anew`() {
    patience.headArrived(at: after(1))
    patience.endArrived(at: after(1))
    for _ in 0..<3 { patience.pieceLeaves(at: after(10)) }
    #expect(!patience.isOver(at: after(39)))
    patience.pieceLeft(isEnd: false, at: after(39))
    #expect(!patience.isOver(at: after(68)))
    #expect(patience.isOver(at: after(69)))
  }

  @Test mutating func `after an answer the next head has the span again`() {
    patience.headArrived(at: after(1))
    patience.endArrived(at: after(1))
    patience.pieceLeaves(at: after(20))
    patience.pieceLeft(isEnd: true, at: after(20))
    #expect(!patience.isOver(at: after(49)))
    #expect(patience.isOver(at: after(50)))
  }

  @Test mutating func `who goes on sending what was answered already is cut, however fast`() {
    patience.headArrived(at: after(0))
    patience.pieceLeaves(at: after(1))
    patience.pieceLeft(isEnd: true, at: after(1))
    patience.bytesArrived(1 << 30)
    #expect(!patience.isOver(at: after(30)))
    #expect(patience.isOver(at: after(31)))
  }

  @Test mutating func `once it is to be closed, what is leaving has five seconds`() {
    patience.headArrived(at: after(0))
    patience.endArrived(at: after(0))
    patience.pieceLeaves(at: after(1))
    patience.isToClose(at: after(2))
    #expect(!patience.isOver(at: after(6)))
    #expect(patience.isOver(at: after(7)))
  }
}

import Synchronization
import Testing

@testable import Portal

@Suite struct ThrottleTests {
  /// Set by hand.
  private final class Hand: Sendable {
    private let time = Mutex(Duration.zero)
    func advance(_ duration: Duration) { time.withLock { $0 += duration } }
    var clock: @Sendable () -> Duration { { self.time.withLock { $0 } } }
  }

  private let hand = Hand()
  private let director = Throttle.Account.name("director", isKnown: false)

  @Test func `the first five failures cost nothing, then a second, two, four, at most a minute`() {
    let throttle = Throttle(clock: hand.clock)
    var waits: [Int] = []
    for _ in 0..<14 {
      while let wait = throttle.attempt(director, from: "10.0.0") {
        waits.append(wait)
        hand.advance(.seconds(wait))
      }
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60])
  }

  @Test func `whoever signs in rightly starts anew`() {
    let throttle = Throttle(clock: hand.clock)
    for _ in 0..<4 { #expect(throttle.attempt(director, from: "10.0.0") == nil) }
    #expect(throttle.attempt(director, from: "10.0.0") == nil)
    throttle.succeeded(director, from: "10.0.0")
    for _ in 0..<5 { #expect(throttle.attempt(director, from: "10.0.0") == nil) }
    #expect(throttle.attempt(director, from: "10.0.0") == 1)
  }

  @Test func `guessing from elsewhere does not make a browser wait that has been here before`() {
    let throttle = Throttle(clock: hand.clock)
    for _ in 0..<1000 { _ = throttle.attempt(director, from: "203.0.113") }
    #expect(throttle.attempt(director, from: "10.0.0") != nil)
    #expect(throttle.attempt(.name("director", isKnown: true), from: "10.0.0") == nil)
  }

  @Test func `many guesses at once come no further than one after the other`() async {
    let throttle = Throttle(clock: hand.clock)
    let account = director
    let through = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<200 { group.addTask { throttle.attempt(account, from: "10.0.0") == nil } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(through == 5)
  }

  @Test func `two hundred people behind one address sign in freely, all at once or again and again`() {
    let throttle = Throttle(clock: hand.clock)
    for _ in 0..<10 {
      for person in 0..<200 {
        #expect(throttle.attempt(.name("p\(person)", isKnown: false), from: "10.0.0") == nil)
      }
      for person in 0..<200 { throttle.succeeded(.name("p\(person)", isKnown: false), from: "10.0.0") }
    }
  }

  @Test func `a network has three hundred failures in ten minutes, and others have their own`() {
    let throttle = Throttle(clock: hand.clock)
    for number in 0..<300 {
      #expect(throttle.attempt(.name("n\(number)", isKnown: false), from: "10.0.0") == nil)
    }
    #expect(throttle.attempt(.name("n300", isKnown: false), from: "10.0.0") == 2)
    #expect(throttle.attempt(nil, from: "10.0.0") == 2)
    #expect(throttle.attempt(.name("n300", isKnown: false), from: "10.0.1") == nil)
    hand.advance(.seconds(600))
    #expect(throttle.attempt(.name("n300", isKnown: false), from: "10.0.0") == nil)
  }

  @Test func `a try that was never looked at does not count`() {
    let throttle = Throttle(clock: hand.clock)
    for _ in 0..<50 {
      #expect(throttle.attempt(director, from: "10.0.0") == nil)
      throttle.withdrawn(director, from: "10.0.0")
    }
  }

  @Test func `failures of long ago are forgotten`() {
    let throttle = Throttle(clock: hand.clock)
    for _ in 0..<5 { _ = throttle.attempt(director, from: "10.0.0") }
    hand.advance(.seconds(3601))
    for _ in 0..<5 { #expect(throttle.attempt(director, from: "10.0.0") == nil) }
  }

  @Test func `six digits make one wait longer than a password does`() {
    let throttle = Throttle(clock: hand.clock)
    var longest = 0
    for _ in 0..<20 {
      while let wait = throttle.attempt(.factor("assessor"), from: "10.0.0") {
        longest = max(longest, wait)
        hand.advance(.seconds(wait))
      }
    }
    #expect(longest == 900)
  }

  @Test func `names made up without end take no more room, and the latest are remembered`() {
    let throttle = Throttle(most: 100, clock: hand.clock)
    for number in 0..<10_000 {
      hand.advance(.milliseconds(1))
      _ = throttle.attempt(.name("n\(number)", isKnown: false), from: "net\(number)")
    }
    #expect(throttle.count <= 200)
    for _ in 0..<5 { _ = throttle.attempt(.name("n9999", isKnown: false), from: "other") }
    #expect(throttle.attempt(.name("n9999", isKnown: false), from: "other") == 1)
  }
}

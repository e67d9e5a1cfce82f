import Foundation
import Integrity
import Storage
import Testing

@testable import Portal

/// The open link: a question first, a little work or a short wait, and nobody refused.
@Suite struct AnswerLinkTests {
  typealias Walker = AnswerPagesTests.Walker

  /// What a browser's script finds.
  static func work(_ walker: Walker) throws -> String {
    let hidden = Dictionary(walker.hidden) { a, _ in a }
    let (nonce, bits) = (try #require(hidden["nonce"]), try #require(Int(hidden["bits"] ?? "")))
    return try #require(
      (0..<10_000_000).lazy.map(String.init).first { AnswerSeal.isWorked(nonce, $0, bits: bits) })
  }

  static func begin(_ walker: Walker) async throws {
    let work = try work(walker)
    try await walker.press("begin", [("dealt", "yes"), ("work", work)])
  }

  @Test func `who has not dealt with the office is thanked, and nothing is kept`() async throws {
    let site = try Site().withLink()
    let walker = try await Walker(site, Site.linkPath)
    #expect(walker.page.text.contains("ท่านเคยติดต่อหรือรับบริการ"))
    try await walker.press("begin")
    #expect(walker.page.status == 422 && walker.page.text.contains("href=\"#dealt-yes\""))
    try await walker.press("begin", [("dealt", "no")])
    #expect(walker.page.status == 200 && walker.page.text.contains("ขอบคุณที่แจ้งให้ทราบ"))
  }

  @Test func `with a script that worked the questions follow at once`() async throws {
    let site = try Site().withLink()
    let walker = try await Walker(site, Site.linkPath)
    try await Self.begin(walker)
    #expect(walker.page.status == 200 && walker.questions.count == 3)
    try await walker.answer("5")
    try await walker.press("send")
    #expect(walker.page.status == 303)
    #expect(try AnswerPagesTests.answers(site).count == 1)
  }

  @Test func `without a script there is a short wait, and a ticket that is good for one answer`() async throws
  {
    let site = try Site().withLink()
    let walker = try await Walker(site, Site.linkPath)
    try await walker.press("begin", [("dealt", "yes")])
    #expect(walker.page.status == 200 && walker.questions.isEmpty)
    let ticket = try #require(walker.page.hidden("ticket"))
    // By the number in it the answer could be found: it stands in no address.
    #expect(!walker.page.text.contains("ticket=") && walker.page.text.contains("after-6"))
    // Too early there is the wait again; nothing else is needed.
    try await walker.press("waited")
    #expect(walker.page.status == 200 && walker.questions.isEmpty)
    site.clock.now = site.clock.now.adding(seconds: 10)
    for _ in 0..<2 {
      walker.page = try await walker.browser.post(Site.linkPath, [("ticket", ticket), ("to", "waited")])
      #expect(walker.questions.count == 3)
      try await walker.answer("4")
      try await walker.press("send")
      #expect(walker.page.status == 303)
    }
    #expect(try AnswerPagesTests.answers(site).count == 1)
    // A ticket somebody made up leads nowhere.
    let forged = try await walker.browser.post(
      Site.linkPath, [("ticket", "abcdefghijklmnopqrst.1.00"), ("to", "waited")])
    #expect(forged.status == 403)
  }

  @Test func `two hundred behind one address all get through`() async throws {
    let site = try Site().withLink()
    for _ in 0..<200 {
      let walker = try await Walker(site, Site.linkPath)
      let bits = try #require(walker.hidden.first { $0.0 == "bits" }).1
      #expect(bits == "15")
    }
  }

  @Test func `the more come from one network the longer it takes, and never for ever`() {
    let pace = AnswerPace(networks: 2, clock: { .zero })
    var tolls: [AnswerPace.Toll] = []
    for _ in 0..<30_000 { tolls.append(pace.toll(from: "a")) }
    #expect(tolls.prefix(AnswerPace.free).allSatisfy { $0 == tolls[0] })
    #expect(zip(tolls, tolls.dropFirst()).allSatisfy { $0.wait <= $1.wait && $0.bits <= $1.bits })
    #expect(tolls.last == AnswerPace.Toll(bits: 19, wait: 384))
    // Others do not wait for them, nor does it take memory without end.
    #expect(pace.toll(from: "b") == tolls[0] && pace.toll(from: "c") == tolls[0])
  }

  @Test func `work that was not done is none`() {
    #expect(!AnswerSeal.isWorked("n", "", bits: 20))
    #expect(AnswerSeal.isWorked("n", "", bits: 0))
    #expect(!AnswerSeal.isWorked("n", String(repeating: "1", count: 21), bits: 0))
    let found = (0..<100_000).first { AnswerSeal.isWorked("n", "\($0)", bits: 9) }
    #expect(found.map { !AnswerSeal.isWorked("m", "\($0)", bits: 9) } ?? false)
  }

  @Test func `a poster's address names for whom it is, and nothing else changes`() async throws {
    let site = try Site().withLink()
    let page = try await site.browser().get("\(Site.linkPath)?for=parents")
    #expect(page.text.contains("สำหรับผู้ปกครอง"))
    let other = try await site.browser().get("\(Site.linkPath)?for=%3Cb%3E")
    #expect(other.status == 200 && !other.text.contains("<b>&"))
  }
}

import Integrity
import Storage
import Testing

@testable import Portal

/// By the small rubric: IIT 40, OIT 60 as the mean of 3 (O1, O2) and 4 (O3).
@Suite struct ScoreRangeTests {
  private let desk: Registry.OfficeDesk

  init() throws {
    let site = try Site()
    desk = try site.registry.officeDesk(
      Site.own, in: Site.cycle, by: Signer(Site.name(.officer)), at: Site.collecting)
  }

  private func range(
    ready: [Code<Node>: Finding] = [:], open: Set<Code<Node>> = [], lost: Set<Code<Node>> = []
  ) throws -> ScoreRange {
    try #require(ScoreRange(of: desk.office, by: desk.rubric, ready: ready, open: open, lost: lost))
  }

  private let met = Finding(.met)

  @Test func `what is ready is the floor, what may come the ceiling`() throws {
    let range = try range(ready: ["O1": met], open: ["O2", "O3"])
    #expect("\(range.floor) \(range.today) \(range.ceiling) \(range.gain)" == "15.00 55.00 100.00 45.00")
    #expect(range.level?.code == "improve")
    #expect(range.next?.code == "pass")
    #expect(range.obstacles.map { "\($0.node) \($0.most) \($0.least)" } == ["total 55.00 70"])
  }

  @Test func `a level may be out of reach by a part of the total alone`() throws {
    let range = try range(ready: ["O1": met, "O3": met], open: ["O2"])
    #expect("\(range.today)" == "85.00")
    #expect(range.level?.code == "pass")
    #expect(range.obstacles.map { "\($0.node) \($0.most) \($0.least)" } == ["OIT 75.00 80"])
    #expect(range.obstacles.first?.isTotal == false)
  }

  @Test func `with everything ready the best level is within reach`() throws {
    let range = try range(ready: ["O1": met, "O2": met, "O3": met])
    #expect("\(range.floor) \(range.today) \(range.ceiling)" == "60.00 100.00 100.00")
    #expect(range.level?.code == "good")
    #expect(range.next == nil && range.obstacles.isEmpty)
  }

  @Test func `what can no longer be sent lowers the ceiling`() throws {
    let range = try range(ready: ["O1": met], lost: ["O2", "O3"])
    #expect("\(range.today) \(range.ceiling) \(range.gain)" == "55.00 55.00 0.00")
  }

  @Test func `a stake is what the total loses`() throws {
    let range = try range(open: ["O1", "O2", "O3"])
    #expect("\(range.stake(of: "O3")) \(range.stake(of: ["O1", "O2"]))" == "30.00 30.00")
    #expect("\(range.stake(ofQuestionnaire: "IIT"))" == "40.00")
    #expect("\(range.stake(of: "O99"))" == "0.00")
  }

  @Test func `what an office leaves out an assessor may find all the same`() throws {
    // O1 is ready without a tick at any element; O2 a draft; O3 not begun.
    let range = try #require(ScoreRange(desk, at: Site.collecting))
    #expect("\(range.floor) \(range.today) \(range.ceiling)" == "0.00 55.00 100.00")
    let late = try #require(ScoreRange(desk, at: Site.assessing))
    #expect("\(late.floor) \(late.today) \(late.ceiling)" == "0.00 40.00 40.00")
  }
}

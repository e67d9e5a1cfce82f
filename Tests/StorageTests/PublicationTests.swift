import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Published results as everybody reads them.
@Suite struct PublicationTests {
  private func published() throws -> District {
    let district = try District()
    try district.wholeYear()
    try district.registry.publish(District.cycle, by: district.by("member1"), at: District.deciding)
    return district
  }

  @Test func `nothing is there before it is published, and it is said as of what was never there`() throws {
    let district = try District()
    try district.wholeYear()
    let registry = district.registry
    #expect(try registry.publishedCycles(at: District.deciding).isEmpty)
    #expect(throws: StorageProblem.unknown(what: "cycle", code: "2569")) {
      _ = try registry.publication(of: District.cycle, at: District.deciding)
    }
    #expect(throws: StorageProblem.unknown(what: "cycle", code: "2569")) {
      _ = try registry.publishedScorecard(of: District.main, in: District.cycle, at: District.deciding)
    }
    #expect(throws: StorageProblem.unknown(what: "cycle", code: "1900")) {
      _ = try registry.publication(of: "1900", at: District.deciding)
    }
  }

  @Test func `a publication has what was sealed, office by office`() throws {
    let district = try published()
    let registry = district.registry
    let publication = try registry.publication(of: District.cycle, at: District.deciding)
    #expect(try registry.publishedCycles(at: District.deciding).map(\.offices) == [2])
    let card = try registry.scorecard(of: District.main, in: District.cycle, by: nil, at: District.deciding)
    let main = try #require(publication.offices.first { $0.office.code == District.main })
    #expect(main.total == card.total.figure && main.level?.level == card.level?.level)
    #expect(main.figures == publication.nodes.map { card.line($0.heading.code)?.figure })
    let other = try #require(publication.offices.first { $0.office.code == District.other })
    #expect(
      other.total == nil && other.lacking.map(\.node) == ["IIT"] && other.lacking.map(\.isFewPeople) == [true]
    )
    // The seal is of the offices' digests in their order, and is what two members agreed to.
    let digests = publication.offices.map { ($0.office.code, Digest.bytes(hex: $0.sealed.first) ?? Data()) }
    #expect(publication.seal == Digest.hex(Registry.digest(of: digests)))
    let agreed = try registry.read { db in
      try db.agreed(publication.id, "seal", Digest.bytes(hex: publication.seal) ?? Data()).count
    }
    #expect(agreed == 2)
  }

  @Test func `a mean of a kind is that of the comparison`() throws {
    let district = try published()
    let registry = district.registry
    let publication = try registry.publication(of: District.cycle, at: District.deciding)
    let cards = try registry.results(of: District.cycle, by: nil, at: District.deciding)
    let comparison = Comparison(cards, by: district.rubric)
    let rounding = district.rubric.policy.rounding
    for kind in Set(cards.map(\.office.kind)) {
      for node in [Node.total] + publication.nodes.map(\.heading.code) {
        let mean = comparison.mean(of: node, kind: kind, rounding: rounding)
        for peers in [publication.peers(of: kind), comparison.peers(of: kind, rounding: rounding)] {
          #expect(
            peers.mean(of: node)?.figure == mean?.figure && peers.mean(of: node)?.offices == mean?.offices)
        }
      }
    }
  }

  @Test func `it holds until an amendment, and then shows both values`() throws {
    let district = try published()
    let registry = district.registry
    let now = District.deciding.adding(days: 9)
    let before = try registry.publication(of: District.cycle, at: now)
    #expect(registry.isCurrent(before))
    for member in ["member1", "member2"] as [Code<Person>] {
      _ = try registry.amend(
        Finding(.met), on: "O2", of: District.main, in: District.cycle, reason: "อ่านผิดหน้า",
        by: district.by(member), at: now)
    }
    #expect(!registry.isCurrent(before))
    let after = try registry.publication(of: District.cycle, at: now)
    #expect(registry.isCurrent(after) && after.seal == before.seal)
    let main = try #require(after.offices.first { $0.office.code == District.main })
    #expect(main.sealed.amendments == 1 && main.sealed.first != main.sealed.last)
    let result = try registry.publishedScorecard(of: District.main, in: District.cycle, at: now)
    #expect(result.sealed.map(\.version) == [1, 2] && result.sealed.last?.total == main.total)
    #expect(result.first == before.offices.first { $0.office.code == District.main }?.total)
    #expect(result.reviewed.map(\.item) == ["O2"] && result.reviewed.first?.cause == .corrected)
    #expect(
      result.reviewed.first?.first?.judgement == .notMet && result.reviewed.first?.last.judgement == .met)
  }

  @Test func `last year's totals are beside it, and it no longer holds when they change`() throws {
    let district = try published()
    let registry = district.registry
    let before = try registry.publication(of: District.cycle, at: District.deciding)
    _ = try registry.enterEarlier(
      [District.main: [Node.total: Given(figure: Points(88), source: "ผลปี 2568")]], of: FiscalYear(2568),
      by: district.by("admin"), at: District.deciding)
    #expect(!registry.isCurrent(before))
    let after = try registry.publication(of: District.cycle, at: District.deciding)
    #expect(
      after.offices.first { $0.office.code == District.main }?.previous == Figure(units: 8800, places: 2))
    #expect(after.offices.first { $0.office.code == District.other }?.previous == nil)
  }

  @Test func `nobody can try answers until a published digest fits`() throws {
    let district = try published()
    let publication = try district.registry.publication(of: District.cycle, at: District.deciding)
    for office in publication.offices {
      let card = try district.registry.scorecard(
        of: office.office.code, in: District.cycle, by: nil, at: District.deciding)
      // Everything that the digest is taken of but the secret: somebody has guessed right how everybody answered.
      let guessed = District.formats.scorecard(card)
      #expect(office.sealed.first != Digest.hex(Digest.of(guessed)))
      #expect(office.sealed.first.count == 64)
    }
    // The secret is the registry's own, and another for each office.
    let other = try published()
    let theirs = try other.registry.publication(of: District.cycle, at: District.deciding)
    #expect(theirs.offices.map(\.total) == publication.offices.map(\.total))
    #expect(zip(theirs.offices, publication.offices).allSatisfy { $0.sealed.first != $1.sealed.first })
    let digests = try district.registry.read { db in
      let seal = try ResultSeal(db, cycle: 1)
      return [District.main, District.other].map { seal.digest(of: "", of: $0) }
    }
    #expect(digests[0] != digests[1])
    #expect(try district.registry.verify().faults.isEmpty)
  }

  @Test func `what stands beside sealed scorecards is read without them`() throws {
    let district = try published()
    let plan = try district.registry.read { db in
      try db.rows(
        """
        EXPLAIN QUERY PLAN
        SELECT office, version, digest, units, places, sealed_at FROM sealed_scorecard WHERE cycle = ?
        """, 1
      ).map { $0["detail"] as String }.joined()
    }
    #expect(plan.contains("USING COVERING INDEX sealed_scorecard_head"), "\(plan)")
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What an office has in hand when it has submitted.
@Suite struct ReceiptTests {
  private func submit(_ items: [Code<Node>], _ district: District, of office: Code<Office> = District.main)
    throws
    -> Registry.Receipt
  {
    let (registry, now) = (district.registry, District.collecting)
    let suffix = office == District.main ? "" : "2"
    for item in items {
      _ = try registry.draft(
        District.draft(item, of: office), in: District.cycle, by: district.by("officer\(suffix)"), at: now)
      _ = try registry.pass(item, of: office, in: District.cycle, by: district.by("head\(suffix)"), at: now)
    }
    return try registry.submit(
      nil, of: office, in: District.cycle, by: district.by("director\(suffix)"), at: now)
  }

  private func receipt(_ number: String, _ district: District) throws -> Registry.Receipt {
    try district.registry.receipt(
      number, of: District.main, in: District.cycle, by: district.by("officer"), at: District.collecting)
  }

  @Test func `receipts of an office are numbered through the cycle`() throws {
    let district = try District()
    #expect(try submit(["O1"], district).number == "OIT-2569-4001-01")
    #expect(try submit(["O1"], district, of: District.other).number == "OIT-2569-4002-01")
    let second = try submit(["O2", "O3"], district)
    #expect(second.number == "OIT-2569-4001-02")
    #expect(second.items == ["O2", "O3"] && second.links == 2 && second.files == 0)
    #expect(second.cycle == District.cycle && second.signer == "director" && second.acting == nil)
    #expect(try receipt("OIT-2569-4001-02", district) == second)
    #expect(
      district.said { _ = try receipt("OIT-2569-4002-01", district) }
        == "there is no receipt 'OIT-2569-4002-01'")
  }

  @Test func `a receipt says what had not been sent then, whatever has come since`() throws {
    let district = try District()
    let registry = district.registry
    let first = try submit(["O1"], district)
    #expect(first.notSent == ["O2", "O3"])
    #expect(try submit(["O3"], district).notSent == ["O2"])
    _ = try registry.recall(
      "O1", of: District.main, in: District.cycle, note: "x", by: district.by("director"),
      at: District.collecting)
    #expect(try submit(["O2"], district).notSent == ["O1"])
    #expect(try submit(["O1"], district).notSent == [])
    #expect(try receipt(first.number, district) == first)
  }

  @Test func `who may not see what was submitted sees no receipt`() throws {
    let district = try District()
    let number = try submit(["O1"], district).number
    for person in ["admin", "officer2", "assessor1", "member1"] as [Code<Person>] {
      #expect(throws: Refusal.self, "\(person)") {
        try district.registry.receipt(
          number, of: District.main, in: District.cycle, by: district.by(person), at: District.collecting)
      }
    }
  }

  @Test func `a receipt still verifies when its items were recalled and sent again`() throws {
    let district = try District()
    _ = try submit(["O1", "O2"], district)
    _ = try district.registry.recall(
      "O1", of: District.main, in: District.cycle, note: "x", by: district.by("director"),
      at: District.collecting)
    _ = try submit(["O1"], district)
    #expect(try district.registry.verify().faults.isEmpty)
  }

  @Test func `the digest shows a change of what was submitted even where the trail was rewritten to fit`()
    throws
  {
    let district = try District()
    _ = try submit(["O1"], district)
    try district.registry.close()
    let queue = try DatabaseQueue(path: district.registry.path)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: "DROP TRIGGER evidence_frozen; DROP TRIGGER event_kept; DROP TRIGGER event_payload_frozen")
      try db.execute(sql: "UPDATE evidence SET quote = 'another'")
      // The picture goes with it: nothing but the digest is left to say so.
      try db.execute(
        sql: """
          DELETE FROM event_payload WHERE event IN (SELECT id FROM event WHERE row_table = 'evidence')
          """)
    }
    try queue.close()
    let copy = try Registry(reading: district.registry.path, formats: District.formats)
    #expect(
      try copy.verify().faults.map(\.description) == [
        "receipt OIT-2569-4001-01: what it names is not what was submitted"
      ])
  }

  @Test func `who acts for the head is on the receipt with the order`() throws {
    let district = try District()
    let registry = district.registry
    let acting = Acting(.onBehalfOf, order: "ที่ 12/2569", date: District.day("2026-02-01"))
    try registry.grant(
      Grant(
        .director, for: .offices([District.main]), from: District.day("2026-02-01"), acting: acting),
      to: "head", by: district.by("admin"), at: District.setUp)
    _ = try registry.draft(
      District.draft("O1"), in: District.cycle, by: district.by("officer"), at: District.collecting)
    _ = try registry.pass(
      "O1", of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    let given = try registry.submit(
      nil, of: District.main, in: District.cycle, by: district.by("head"), at: District.collecting)
    #expect(given.acting == acting)
    #expect(try receipt(given.number, district) == given)
  }
}

import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// Who is signed in, for how long, and that a form is taken once.
@Suite struct SessionsTests {
  static let now = District.collecting

  private static func session(
    _ district: District, _ number: UInt8, idleSince: Moment = now.adding(days: -1), at moment: Moment = now
  ) throws -> Registry.Session? {
    try district.registry.session(District.hash(number), idleSince: idleSince, at: moment)
  }

  @Test func `a session knows who it is and what they may do`() throws {
    let district = try District()
    let registry = district.registry
    try registry.openSession(
      District.hash(1), of: "officer", label: "Firefox, Linux", isConfirmed: true,
      ends: Self.now.adding(seconds: 3600), at: Self.now)
    let session = try #require(try Self.session(district, 1))
    #expect(session.person == "officer" && session.name == "officer" && session.post == "officer")
    #expect(session.who == (try registry.person("officer")))
    #expect(session.who.holds(.officer, on: Self.now.day))
    #expect(session.label == "Firefox, Linux" && session.isConfirmed)
    #expect(session.madeAt == Self.now && session.seenAt == Self.now)
    #expect(session.endsAt == Self.now.adding(seconds: 3600))
    #expect(session.language == nil && !session.usesThaiDigits)
    try registry.setPreference(
      language: .english, usesThaiDigits: true, by: district.by("officer"), at: Self.now)
    let again = try #require(try Self.session(district, 1))
    #expect(again.language == .english && again.usesThaiDigits)
  }

  @Test func `a session that is unknown, idle, ended or of a closed account is none`() throws {
    let district = try District()
    try district.open(1, of: "officer", ends: Self.now.adding(seconds: 3600))
    let later = Self.now.adding(seconds: 1800)
    #expect(try Self.session(district, 2) == nil)
    #expect(try Self.session(district, 1, idleSince: Self.now, at: later) != nil)
    #expect(try Self.session(district, 1, idleSince: Self.now.adding(seconds: 1), at: later) == nil)
    #expect(try Self.session(district, 1, at: Self.now.adding(seconds: 3599)) != nil)
    #expect(try Self.session(district, 1, at: Self.now.adding(seconds: 3600)) == nil)
    try district.close("officer")
    #expect(try Self.session(district, 1) == nil)
    #expect(throws: StorageProblem.unknown(what: "person", code: "officer")) {
      try district.open(3, of: "officer")
    }
  }

  @Test func `a person has three sessions at most, and the longest unseen goes`() throws {
    let district = try District()
    let registry = district.registry
    for number in 1...3 {
      try district.open(UInt8(number), of: "officer", at: Self.now.adding(seconds: Int64(number)))
    }
    try district.open(9, of: "head")
    // The first was seen since; the second is the longest unseen.
    try registry.touchSession(District.hash(1), at: Self.now.adding(seconds: 300))
    try district.open(4, of: "officer", at: Self.now.adding(seconds: 400))
    let at = Self.now.adding(seconds: 500)
    #expect(
      try registry.sessions(of: district.by("officer"), at: at).map(\.hash)
        == [4, 1, 3].map { District.hash($0) })
    #expect(try registry.sessions(of: district.by("head"), at: at).count == 1)
    // One that has ended makes room without another going.
    try registry.endSession(District.hash(4), of: "officer")
    try district.open(5, of: "officer", ends: at, at: Self.now.adding(seconds: 450))
    try district.open(6, of: "officer", at: at)
    #expect(
      try registry.sessions(of: district.by("officer"), at: at).map(\.hash)
        == [6, 1, 3].map { District.hash($0) })
  }

  @Test func `being seen is noted once a minute`() throws {
    let district = try District()
    try district.open(1, of: "officer")
    for (seconds, seen) in [(59, 0), (60, 0), (61, 61), (100, 61), (122, 122)] as [(Int64, Int64)] {
      try district.registry.touchSession(District.hash(1), at: Self.now.adding(seconds: seconds))
      #expect(try Self.session(district, 1)?.seenAt == Self.now.adding(seconds: seen), "\(seconds)")
    }
  }

  @Test func `a session is read, and touched in vain, beside a writer`() throws {
    let district = try District()
    try district.open(1, of: "officer")
    try district.registry.upkeep { db in
      try db.run("UPDATE person SET post = 'x' WHERE code = 'officer'")
      let done = DispatchSemaphore(value: 0)
      let registry = district.registry
      Thread.detachNewThread {
        let session = try? registry.session(District.hash(1), idleSince: Self.now, at: Self.now)
        try? registry.touchSession(District.hash(1), at: Self.now)
        if session?.post == "officer" { done.signal() }
      }
      // A deadlock would else wait for ever.
      #expect(done.wait(timeout: .now() + 10) == .success)
    }
  }

  @Test func `somebody ends their own sessions and nobody else's, and sees their own alone`() throws {
    let district = try District()
    let registry = district.registry
    for number in 1...3 { try district.open(UInt8(number), of: "officer") }
    try district.open(9, of: "head")
    try registry.endSession(District.hash(9), of: "officer")
    #expect(try Self.session(district, 9) != nil)
    try registry.endSession(District.hash(1), of: "officer")
    #expect(try Self.session(district, 1) == nil)
    try registry.endOtherSessions(than: District.hash(3), of: "officer")
    #expect(
      try registry.sessions(of: district.by("officer"), at: Self.now).map(\.hash) == [District.hash(3)])
    #expect(try Self.session(district, 9) != nil)
    try district.close("officer")
    #expect(throws: Refusal(.manageOwnAccount, .closed)) {
      try registry.sessions(of: district.by("officer"), at: Self.now)
    }
  }

  @Test func `a role given or taken ends the sessions of before`() throws {
    let district = try District()
    try district.open(1, of: "officer")
    let grant = Grant(.groupHead, for: .offices([District.main]), from: Self.now.day)
    try district.registry.grant(grant, to: "officer", by: district.by("admin"), at: Self.now)
    #expect(try Self.session(district, 1) == nil)
  }

  @Test func `sessions leave no entry on the trail`() throws {
    let district = try District()
    let registry = district.registry
    let before = try registry.verify().entries
    try district.open(1, of: "officer")
    try registry.touchSession(District.hash(1), at: Self.now.adding(seconds: 100))
    try registry.endOtherSessions(than: District.hash(2), of: "officer")
    try registry.dropEndedSessions(at: Self.now)
    #expect(try registry.verify().entries == before)
  }

  @Test func `what has ended is swept out, by itself and with what the retention schedule takes`() throws {
    let district = try District()
    let registry = district.registry
    let later = Self.now.adding(days: Registry.daysOfLetter + 1)
    func fill() throws {
      try district.open(1, of: "officer", ends: Self.now.adding(seconds: 1))
      _ = try registry.letters(of: [District.other], by: district.by("admin"), at: Self.now)
      try registry.setPreference(
        language: .thai, usesThaiDigits: false, by: Signer("officer", form: "old"), at: Self.now)
    }
    func left() throws -> [Int64?] {
      try registry.read { db in
        try ["session", "sign_in_code", "spent_form"].map { try db.integer("SELECT count(*) FROM \($0)") }
      }
    }
    try district.open(2, of: "officer", ends: later.adding(seconds: 1))
    try fill()
    #expect(try left() == [2, 3, 1])
    try registry.dropEndedSessions(at: later)
    #expect(try left() == [1, 0, 0])
    try fill()
    let done = try registry.retain(isDryRun: true, by: district.by("admin"), at: later)
    #expect(done.map { "\($0.what) \($0.rows)" } == ["sessions 1", "sign-in codes 3"])
    #expect(try left() == [2, 3, 1])
    #expect(try registry.retain(isDryRun: false, by: district.by("admin"), at: later) == done)
    #expect(try left() == [1, 0, 0])
    #expect(try registry.retain(isDryRun: false, by: district.by("admin"), at: later).isEmpty)
  }

  // Forms.

  @Test func `a form sent twice is done once`() throws {
    let district = try District()
    let registry = district.registry
    let signer = Signer("officer", form: "key")
    _ = try registry.draft(District.draft("O1"), in: District.cycle, by: signer, at: Self.now)
    let entries = try registry.verify().entries
    #expect(throws: StorageProblem.repeated) {
      try registry.draft(District.draft("O1"), in: District.cycle, by: signer, at: Self.now)
    }
    #expect(try registry.verify().entries == entries)
    // Neither another form nor none is held up.
    for form in ["another", nil] {
      _ = try registry.draft(
        District.draft("O1"), in: District.cycle, by: Signer("officer", form: form), at: Self.now)
    }
    let kept = try registry.read { try Data.fetchSet($0, sql: "SELECT key FROM spent_form") }
    #expect(kept == [Digest.of("key"), Digest.of("another")])
  }

  @Test func `a form that was refused may be sent again`() throws {
    let district = try District()
    let signer = Signer("officer", form: "key")
    #expect(throws: Refusal.self) {
      try district.registry.draft(
        District.draft("O1"), in: District.cycle, by: signer, at: District.setUp)
    }
    _ = try district.registry.draft(District.draft("O1"), in: District.cycle, by: signer, at: Self.now)
  }

  @Test func `a form that changes nothing is taken all the same`() throws {
    let district = try District()
    let signer = Signer("admin", form: "key")
    let changes = try district.registry.keep(
      offices: District.offices, isDryRun: true, by: signer, at: Self.now)
    #expect(changes.added.isEmpty)
    #expect(throws: StorageProblem.repeated) {
      try district.registry.keep(offices: District.offices, isDryRun: true, by: signer, at: Self.now)
    }
  }

  @Test func `keys of forms are kept for two days`() throws {
    let district = try District()
    func send(_ form: String, _ moment: Moment) throws {
      try district.registry.setPreference(
        language: .thai, usesThaiDigits: false, by: Signer("officer", form: form), at: moment)
    }
    try send("a", Self.now)
    #expect(throws: StorageProblem.repeated) { try send("a", Self.now.adding(days: 2)) }
    try send("b", Self.now.adding(days: 2).adding(seconds: 1))
    let kept = try district.registry.read { try Data.fetchSet($0, sql: "SELECT key FROM spent_form") }
    #expect(kept == [Digest.of("b")])
  }
}

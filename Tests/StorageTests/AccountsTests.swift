import Foundation
import GRDB
import Integrity
import Testing

@testable import Storage

/// What somebody signs in with, from the code on paper to a new device.
@Suite struct AccountsTests {
  static let now = District.collecting
  static let hash = "$scrypt$ln=15,r=8,p=3$c2FsdA$aGFzaA"
  static let other = "$scrypt$ln=15,r=8,p=3$c2FsdA$b3RoZXI"
  static let secret = [UInt8](1...20)

  private static func code(_ district: District, of office: Code<Office> = District.main) throws -> String {
    let letters = try district.registry.letters(of: [office], by: district.by("admin"), at: now)
    return try #require(letters.first { $0.person == "officer" }).code
  }

  /// The payloads of the last entries of the trail, with who made them.
  private static func trail(_ district: District, last: Int = 1) throws -> [String] {
    try district.registry.read { db in
      try db.rows(
        """
        SELECT person.code AS code, act, payload FROM event JOIN person ON person.id = event.person
        JOIN event_payload ON event = event.id ORDER BY event.id DESC LIMIT ?
        """, last
      ).map { "\($0["code"] as String) \($0["act"] as String) \($0["payload"] as String)" }
    }
  }

  @Test func `an account is known by its name until it is closed, and says which roles ask for more`() throws
  {
    let district = try District()
    let registry = district.registry
    let officer = try #require(try registry.account("officer", at: Self.now))
    #expect(officer.name == "officer" && officer.post == "officer" && officer.passwordHash == nil)
    #expect(!officer.needsSecondFactor && !officer.hasSecondFactor)
    #expect(officer.language == nil && !officer.usesThaiDigits)
    for code in ["assessor1", "lead", "member1", "admin"] as [Code<Person>] {
      #expect(try registry.account(code, at: Self.now)?.needsSecondFactor == true, "\(code)")
    }
    for code in ["head", "director", "office.admin"] as [Code<Person>] {
      #expect(try registry.account(code, at: Self.now)?.needsSecondFactor == false, "\(code)")
    }
    // Only for as long as the role is held.
    try registry.revoke(
      .assessor, for: nil, from: "assessor1", until: Self.now.day, by: district.by("admin"), at: Self.now)
    #expect(try registry.account("assessor1", at: Self.now)?.needsSecondFactor == false)
    #expect(try registry.account("nobody", at: Self.now) == nil)
    try district.close("officer")
    #expect(try registry.account("officer", at: Self.now) == nil)
  }

  @Test func `a code from paper is good for one password, and the trail says whose act it was`() throws {
    let district = try District()
    let registry = district.registry
    let code = try Self.code(district)
    try district.open(1, of: "officer")
    #expect(try registry.codeHolder(code.lowercased(), at: Self.now)?.person == "officer")
    let account = try registry.redeem(
      code.replacingOccurrences(of: "-", with: " "), passwordHash: Self.hash, at: Self.now)
    #expect(account.person == "officer" && account.passwordHash == Self.hash)
    #expect(try registry.sessions(of: district.by("officer"), at: Self.now).isEmpty)
    #expect(
      try Self.trail(district) == [#"officer manage_own_account {"password":true,"letter":true}"#])
    let invalid = StorageProblem.unknown(what: "code", code: "")
    #expect(try registry.codeHolder(code, at: Self.now) == nil)
    #expect(throws: invalid) { try registry.redeem(code, passwordHash: Self.other, at: Self.now) }
    #expect(throws: invalid) { try registry.redeem("0000", passwordHash: Self.other, at: Self.now) }
    #expect(try registry.account("officer", at: Self.now)?.passwordHash == Self.hash)
    #expect(try registry.verify().faults.isEmpty)
  }

  @Test func `a code that has run out, or of a closed account, opens nothing`() throws {
    let district = try District()
    let code = try Self.code(district)
    let later = Self.now.adding(days: Registry.daysOfLetter)
    #expect(try district.registry.codeHolder(code, at: later.adding(seconds: -1)) != nil)
    #expect(try district.registry.codeHolder(code, at: later) == nil)
    try district.close("officer")
    #expect(try district.registry.codeHolder(code, at: Self.now) == nil)
    #expect(throws: StorageProblem.self) {
      try district.registry.redeem(code, passwordHash: Self.hash, at: Self.now)
    }
  }

  @Test func `a password is changed by its holder, and every other session ends`() throws {
    let district = try District()
    let registry = district.registry
    for number in 1...3 { try district.open(UInt8(number), of: "officer") }
    try district.open(9, of: "head")
    try registry.setPassword(
      Self.hash, by: district.by("officer"), keeping: District.hash(2), at: Self.now)
    #expect(
      try registry.sessions(of: district.by("officer"), at: Self.now).map(\.hash) == [District.hash(2)])
    #expect(try registry.sessions(of: district.by("head"), at: Self.now).count == 1)
    try registry.setPassword(Self.other, by: district.by("officer"), keeping: nil, at: Self.now)
    #expect(try registry.sessions(of: district.by("officer"), at: Self.now).isEmpty)
    #expect(try registry.account("officer", at: Self.now)?.passwordHash == Self.other)
    #expect(try Self.trail(district) == [#"officer manage_own_account {"password":true}"#])
  }

  @Test func `a password that was not hashed does not get as far as the disk`() throws {
    let district = try District()
    #expect(throws: StorageProblem.self) {
      try district.registry.setPassword(
        "correct horse", by: district.by("officer"), keeping: nil, at: Self.now)
    }
    #expect(throws: StorageProblem.self) {
      try district.registry.rehash("officer", from: Self.hash, to: "correct horse")
    }
    #expect(try district.registry.account("officer", at: Self.now)?.passwordHash == nil)
  }

  @Test func `a password hashed anew replaces only the hash it was checked against`() throws {
    let district = try District()
    let registry = district.registry
    try registry.setPassword(Self.hash, by: district.by("officer"), keeping: nil, at: Self.now)
    let entries = try registry.verify().entries
    try registry.rehash("officer", from: Self.other, to: "$scrypt$ln=17,r=8,p=1$x$y")
    #expect(try registry.account("officer", at: Self.now)?.passwordHash == Self.hash)
    try registry.rehash("officer", from: Self.hash, to: Self.other)
    #expect(try registry.account("officer", at: Self.now)?.passwordHash == Self.other)
    #expect(try registry.verify().entries == entries)
  }

  @Test func `the same password typed in another way is the same, and another registry peppers otherwise`()
    throws
  {
    let one = try District(isOpen: false)
    let other = try District(isOpen: false)
    // Sara am as one character, and as nikhahit and sara aa.
    #expect(try one.registry.peppered("น\u{0E33}") == one.registry.peppered("น\u{0E4D}\u{0E32}"))
    #expect(try one.registry.peppered("a") != one.registry.peppered("b"))
    #expect(try one.registry.peppered("a") != other.registry.peppered("a"))
    #expect(try one.registry.peppered("a").count == 32)
    let reader = try Registry(in: one.folder, .reading, formats: District.formats, at: Self.now)
    #expect(throws: StorageProblem.self) { try reader.peppered("a") }
  }

  @Test func `the language and digits somebody chooses are kept`() throws {
    let district = try District()
    let registry = district.registry
    try registry.setPreference(
      language: .english, usesThaiDigits: true, by: district.by("officer"), at: Self.now)
    let account = try registry.account("officer", at: Self.now)
    #expect(account?.language == .english && account?.usesThaiDigits == true)
    try registry.setPreference(
      language: .thai, usesThaiDigits: false, by: district.by("officer"), at: Self.now)
    let again = try registry.account("officer", at: Self.now)
    #expect(again?.language == .thai && again?.usesThaiDigits == false)
    #expect(
      try Self.trail(district) == [#"officer manage_own_account {"language":"th","digits":"arabic"}"#])
  }

  // The second factor.

  @Test func `a second factor counts once it is confirmed, and its secret is in no byte of the file`() throws
  {
    let district = try District()
    let registry = district.registry
    let officer = district.by("officer")
    #expect(try registry.secondFactor(of: "officer") == nil)
    #expect(throws: StorageProblem.self) {
      try registry.beginSecondFactor([UInt8](1...10), by: officer, at: Self.now)
    }
    try registry.beginSecondFactor([UInt8](repeating: 7, count: 20), by: officer, at: Self.now)
    // Begun again, as with another device: the first secret is void.
    try registry.beginSecondFactor(Self.secret, by: officer, at: Self.now)
    let begun = try #require(try registry.secondFactor(of: "officer"))
    #expect(begun.secret == Self.secret && !begun.isConfirmed)
    #expect(try registry.account("officer", at: Self.now)?.hasSecondFactor == false)
    try registry.confirmSecondFactor(recoveryCodes: ["AAAA-BBBB", "CCCC-DDDD"], by: officer, at: Self.now)
    #expect(try registry.secondFactor(of: "officer")?.isConfirmed == true)
    #expect(try registry.account("officer", at: Self.now)?.hasSecondFactor == true)
    #expect(try registry.recoveryCodesLeft(of: "officer") == 2)
    for name in try FileManager.default.contentsOfDirectory(atPath: district.folder) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(district.folder)/\(name)"))
      for text in [Data(Self.secret), Data("AAAA-BBBB".utf8), Data("AAAABBBB".utf8)] {
        #expect(bytes.range(of: text) == nil, "\(name)")
      }
    }
    #expect(
      try Self.trail(district, last: 2) == [
        #"officer manage_own_account {"second_factor":"confirmed","recovery_codes":2}"#,
        #"officer manage_own_account {"second_factor":"begun"}"#,
      ])
  }

  @Test func `a confirmed second factor is not replaced by whoever finds a session open`() throws {
    let district = try District()
    let registry = district.registry
    let officer = district.by("officer")
    #expect(throws: StorageProblem.unknown(what: "second factor of", code: "officer")) {
      try registry.confirmSecondFactor(recoveryCodes: [], by: officer, at: Self.now)
    }
    try registry.beginSecondFactor(Self.secret, by: officer, at: Self.now)
    try registry.confirmSecondFactor(recoveryCodes: ["A"], by: officer, at: Self.now)
    #expect(throws: StorageProblem.taken(what: "second factor of", code: "officer")) {
      try registry.beginSecondFactor([UInt8](repeating: 1, count: 20), by: officer, at: Self.now)
    }
    // Confirmed again, it only has other recovery codes.
    try registry.confirmSecondFactor(recoveryCodes: ["B", "C"], by: officer, at: Self.now)
    #expect(try !registry.spendRecoveryCode("A", of: "officer", at: Self.now))
    #expect(try registry.secondFactor(of: "officer")?.secret == Self.secret)
  }

  @Test func `a secret put in another's place does not open`() throws {
    let district = try District()
    let registry = district.registry
    for person in ["officer", "head"] as [Code<Person>] {
      try registry.beginSecondFactor(Self.secret, by: district.by(person), at: Self.now)
    }
    let sealed = try registry.read { try Data.fetchSet($0, sql: "SELECT secret FROM second_factor") }
    #expect(sealed.count == 2)
    try registry.upkeep { db in
      try db.execute(sql: "UPDATE second_factor SET secret = (SELECT max(secret) FROM second_factor)")
    }
    let opened = ["officer", "head"].filter { person in
      (try? registry.secondFactor(of: Code(person))) != nil
    }
    #expect(opened.count == 1)
  }

  @Test func `a number is taken once, and none before it afterwards`() throws {
    let district = try District()
    let registry = district.registry
    #expect(try !registry.spendStep(100, of: "officer", at: Self.now))
    try registry.beginSecondFactor(Self.secret, by: district.by("officer"), at: Self.now)
    #expect(try registry.spendStep(100, of: "officer", at: Self.now))
    #expect(try !registry.spendStep(100, of: "officer", at: Self.now))
    #expect(try !registry.spendStep(99, of: "officer", at: Self.now))
    #expect(try registry.spendStep(101, of: "officer", at: Self.now))
    try district.close("officer")
    #expect(try !registry.spendStep(102, of: "officer", at: Self.now))
  }

  @Test func `a recovery code is good once, for its holder, however it is typed`() throws {
    let district = try District()
    let registry = district.registry
    for person in ["officer", "head"] as [Code<Person>] {
      try registry.beginSecondFactor(Self.secret, by: district.by(person), at: Self.now)
    }
    try registry.confirmSecondFactor(
      recoveryCodes: ["0AAA-1BBB", "CCCC-DDDD"], by: district.by("officer"), at: Self.now)
    #expect(try !registry.spendRecoveryCode("0AAA-1BBB", of: "head", at: Self.now))
    #expect(try registry.spendRecoveryCode("oaaa ibbb", of: "officer", at: Self.now))
    #expect(
      try Self.trail(district) == [#"officer manage_own_account {"recovery_code":"spent","left":1}"#])
    #expect(try !registry.spendRecoveryCode("0AAA-1BBB", of: "officer", at: Self.now))
    #expect(try registry.recoveryCodesLeft(of: "officer") == 1)
  }

  @Test func `a second factor goes by its holder where no role asks for it, or by who keeps the account`()
    throws
  {
    let district = try District()
    let registry = district.registry
    for person in ["officer", "assessor1", "head", "admin"] as [Code<Person>] {
      try registry.beginSecondFactor(Self.secret, by: district.by(person), at: Self.now)
      try registry.confirmSecondFactor(recoveryCodes: ["A"], by: district.by(person), at: Self.now)
      try district.open(1 + UInt8(person.text.utf8.count), of: person)
    }
    try registry.removeSecondFactor(of: "officer", by: district.by("officer"), at: Self.now)
    #expect(try registry.account("officer", at: Self.now)?.hasSecondFactor == false)
    #expect(try registry.recoveryCodesLeft(of: "officer") == 0)
    #expect(try registry.sessions(of: district.by("officer"), at: Self.now).count == 1)
    for person in ["assessor1", "admin"] as [Code<Person>] {
      #expect(throws: StorageProblem.self) {
        try registry.removeSecondFactor(of: person, by: district.by(person), at: Self.now)
      }
    }
    #expect(throws: Refusal(.keepPeople, .role([.administrator, .officeAdministrator]))) {
      try registry.removeSecondFactor(of: "head", by: district.by("officer"), at: Self.now)
    }
    #expect(throws: Refusal(.keepPeople, .role([.administrator, .officeAdministrator]))) {
      try registry.removeSecondFactor(of: "assessor1", by: district.by("office.admin"), at: Self.now)
    }
    try registry.removeSecondFactor(of: "head", by: district.by("office.admin"), at: Self.now)
    try registry.removeSecondFactor(of: "assessor1", by: district.by("admin"), at: Self.now)
    #expect(try registry.sessions(of: district.by("assessor1"), at: Self.now).isEmpty)
    #expect(try Self.trail(district) == [#"admin keep_people {"second_factor":"removed"}"#])
    #expect(throws: StorageProblem.unknown(what: "second factor of", code: "head")) {
      try registry.removeSecondFactor(of: "head", by: district.by("admin"), at: Self.now)
    }
  }

  @Test func `a new letter leaves nothing of the old way in`() throws {
    let district = try District()
    let registry = district.registry
    func setUp(_ person: Code<Person>) throws {
      try registry.setPassword(Self.hash, by: district.by(person), keeping: nil, at: Self.now)
      try registry.beginSecondFactor(Self.secret, by: district.by(person), at: Self.now)
      try registry.confirmSecondFactor(recoveryCodes: ["A"], by: district.by(person), at: Self.now)
      try district.open(1, of: person)
    }
    func isBare(_ person: Code<Person>) throws -> Bool {
      let account = try #require(try registry.account(person, at: Self.now))
      return try account.passwordHash == nil && !account.hasSecondFactor
        && registry.recoveryCodesLeft(of: person) == 0 && registry.secondFactor(of: person) == nil
        && registry.sessions(of: district.by(person), at: Self.now).isEmpty
    }
    try setUp("officer")
    let letter = try registry.reset("officer", by: district.by("office.admin"), at: Self.now)
    #expect(try isBare("officer"))
    #expect(try registry.codeHolder(letter.code, at: Self.now)?.person == "officer")
    try setUp("admin")
    let recovery = try registry.recoverAdministrator(
      PersonEntry(code: "admin", name: "admin"), reason: "lost", at: Self.now)
    #expect(try isBare("admin"))
    #expect(try registry.redeem(recovery.code, passwordHash: Self.hash, at: Self.now).person == "admin")
  }

  @Test func `whoever is erased has no way in left, and is told before what was kept`() throws {
    let district = try District()
    let registry = district.registry
    let officer = district.by("officer")
    try registry.setPassword(Self.hash, by: officer, keeping: nil, at: Self.now)
    try registry.beginSecondFactor(Self.secret, by: officer, at: Self.now)
    try registry.confirmSecondFactor(recoveryCodes: ["A"], by: officer, at: Self.now)
    try registry.setPreference(language: .english, usesThaiDigits: true, by: officer, at: Self.now)
    try district.open(1, of: "officer")
    let held = try registry.exportPerson("officer", by: officer, at: Self.now)
    for text in [
      #""second_factor_kept":[{"confirmed_at":\#(Self.now.seconds)}]"#,
      #""recovery_codes_kept":[{"number":1}]"#, #""preference":[{"language":"en","digits":"thai"}]"#,
      #""label":"Firefox, Linux""#,
    ] {
      #expect(held.contains(text), "\(text)")
    }
    #expect(!held.contains("scrypt"))
    try registry.erasePerson("officer", reason: "asked", by: district.by("admin"), at: Self.now)
    let left = try registry.read { db in
      try ["password", "sign_in_code", "session", "second_factor", "recovery_code", "preference"].filter {
        try db.integer("SELECT count(*) FROM \($0)") != 0
      }
    }
    #expect(left.isEmpty)
    #expect(try registry.verify().faults.isEmpty)
  }
}

extension District {
  static func hash(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 32) }

  func open(
    _ number: UInt8, of person: Code<Person>, ends: Moment = District.collecting.adding(days: 1),
    at now: Moment = District.collecting
  ) throws {
    try registry.openSession(
      District.hash(number), of: person, label: "Firefox, Linux", isConfirmed: false, ends: ends, at: now)
  }

  /// As an erased account is, with its name still there.
  func close(_ person: Code<Person>) throws {
    try registry.upkeep { db in
      try db.run("UPDATE person SET is_closed = 1 WHERE code = ?", person.text)
    }
    // What goes past the trail is not noticed.
    registry.settled.close()
    registry.settled.open()
  }
}

import Foundation
import Integrity
import Reports
import Testing

@testable import Portal

@Suite struct PasswordsTests {
  private static let cheap = Passwords.Cost(log2N: 4, r: 1, p: 1)
  private let plain: Passwords.Pepper = { Array($0.utf8) }

  @Test(arguments: [
    ("password", "NaCl", Passwords.Cost(log2N: 10, r: 8, p: 16), "fdbabe1c9d347200"),
    ("pleaseletmein", "SodiumChloride", Passwords.Cost(log2N: 14, r: 8, p: 1), "7023bdcb3afd7348"),
  ])
  func `the vectors of RFC 7914 come out`(
    password: String, salt: String, cost: Passwords.Cost, begins: String
  ) throws {
    let key = try Passwords.derive(Array(password.utf8), salt: Array(salt.utf8), cost: cost, count: 64)
    #expect(key.prefix(8).map { String(format: "%02x", $0) }.joined() == begins)
  }

  @Test func `a hash says how it was made and is another each time`() throws {
    let first = try Passwords.hash("ท้องฟ้าเหนือทุ่งนา", cost: PasswordsTests.cheap, pepper: plain)
    let second = try Passwords.hash("ท้องฟ้าเหนือทุ่งนา", cost: PasswordsTests.cheap, pepper: plain)
    #expect(first != second)
    #expect(first.hasPrefix("$scrypt$ln=4,r=1,p=1$"))
    let parts = first.split(separator: "$")
    #expect(parts[2].count == 22 && parts[3].count == 43, "16 and 32 bytes without padding")
  }

  @Test func `the standard is that of the house`() throws {
    #expect(Passwords.Cost.standard == Passwords.Cost(log2N: 15, r: 8, p: 3))
  }

  @Test func `a password is right, wrong, or right by an old cost`() async throws {
    let passwords = Passwords(cost: PasswordsTests.cheap, pepper: plain)
    let hash = try await passwords.hash("open the door")
    #expect(try await passwords.verify("open the door", hash) == .right)
    #expect(try await passwords.verify("open the floor", hash) == .wrong)
    let old = try Passwords.hash("open the door", cost: .init(log2N: 3, r: 1, p: 1), pepper: plain)
    #expect(try await passwords.verify("open the door", old) == .rightButOld)
    #expect(try await passwords.verify("open the floor", old) == .wrong)
  }

  @Test(arguments: [
    nil, "", "$", "$scrypt$ln=4,r=1,p=1$c2FsdA$", "$scrypt$ln=40,r=1,p=1$c2FsdA$c2FsdA",
    "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$c2FsdA", "$scrypt$ln=4,r=1$c2FsdA$c2FsdA", "$scrypt$ln=4,r=1,p=1$!$!",
  ])
  func `nothing fits what is no hash`(phc: String?) async throws {
    let passwords = Passwords(cost: PasswordsTests.cheap, pepper: plain)
    #expect(try await passwords.verify("", phc) == .wrong)
    #expect(try await passwords.verify("open the door", phc) == .wrong)
  }

  @Test func `under another pepper nothing fits`() async throws {
    let hash = try Passwords.hash("open the door", cost: PasswordsTests.cheap, pepper: plain)
    let other = Passwords(cost: PasswordsTests.cheap, pepper: { Array(("x" + $0).utf8) })
    #expect(try await other.verify("open the door", hash) == .wrong)
  }

  @Test func `names that do not exist take as long as those that do`() async throws {
    let passwords = Passwords(cost: .init(log2N: 10, r: 8, p: 1), pepper: plain)
    let hash = try await passwords.hash("open the door")
    // By turns, so that whatever else the machine does slows both down.
    var times: [[Duration]] = [[], []]
    for turn in 0..<60 {
      let phc = turn.isMultiple(of: 2) ? hash : nil
      let took = try await ContinuousClock().measure { _ = try await passwords.verify("guess", phc) }
      times[turn % 2].append(took)
    }
    let (known, unknown) = (times[0].sorted()[15], times[1].sorted()[15])
    // The same work to a few microseconds; wide bounds, since other tests run beside it.
    #expect(unknown > known / 2 && unknown < known * 2)
  }

  @Test func `beyond so many who wait, people are sent away and nobody waits for ever`() async throws {
    let passwords = Passwords(cost: .init(log2N: 10, r: 8, p: 1), pepper: plain)
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<400 {
        group.addTask {
          do {
            return try await passwords.verify("guess", nil) == .wrong
          } catch {
            return false
          }
        }
      }
      return await group.reduce(into: [Bool: Int]()) { $0[$1, default: 0] += 1 }
    }
    #expect(outcomes[true, default: 0] >= 130)
    #expect(outcomes[true, default: 0] + outcomes[false, default: 0] == 400)
    #expect(try await passwords.verify("guess", nil) == .wrong, "there is room again")
  }

  @Test(arguments: [
    ("สั้นไป", "code.too_short"), ("elevenchars", "code.too_short"),
    (String(repeating: "ยาวมาก ", count: 40), "code.too_long"), ("password1234", "code.common"),
    ("PasswordPassword", "code.common"), ("123456789012", "code.common"), ("aaaaaaaaaaaa", "code.common"),
    ("abcdefghijklmn", "code.common"), ("Thailand2569!", "code.common"), ("qwertyuiop123", "code.common"),
    ("somchai.jaidee2569", "code.own_name"), ("สมชายใจดีสมชาย", "code.own_name"),
  ])
  func `a password that is guessed first is refused, and it says why`(password: String, key: String) throws {
    let words = try PasswordsTests.words()
    let fault = PasswordRules.fault(password, names: ["somchai.jaidee", "นายสมชาย ใจดี"], words)
    #expect(fault == words.say(key, ["count": key == "code.too_long" ? "200" : "12"]))
  }

  @Test(arguments: [
    "ท้องฟ้าเหนือทุ่งนา", "correct horse battery", "แมวดำสามตัวกินปลา", "xkqvnhtzwplm", "Tr0ub4dor&3xyz",
    "สมชายปลูกข้าวโพดหลังบ้าน",
  ])
  func `any other of twelve characters will do, in any language`(password: String) throws {
    let fault = PasswordRules.fault(
      password, names: ["somchai.jaidee", "นายสมชาย ใจดี"], try PasswordsTests.words())
    #expect(fault == nil)
  }

  private static func words() throws -> Wording {
    try Pages(Library(folders: ["\(Site.root)/Templates"])).words(.english)
  }
}

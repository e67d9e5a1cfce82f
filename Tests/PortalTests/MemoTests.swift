import Integrity
import Storage
import Synchronization
import Testing

@testable import Portal

/// What was worked out before is not worked out again, and is never the answer to another question.
@Suite struct MemoTests {
  @Test func `a value is worked out once, and anew after too many others`() {
    let memo = Memo<Int, Int>(most: 3)
    let count = Mutex(0)
    func square(_ number: Int) -> Int {
      memo.value(number) {
        count.withLock { $0 += 1 }
        return number * number
      }
    }
    #expect((0..<3).map(square) == [0, 1, 4] && (0..<3).map(square) == [0, 1, 4])
    #expect(count.withLock { $0 } == 3)
    #expect(square(4) == 16 && square(1) == 1)
    #expect(count.withLock { $0 } == 5)
  }

  @Test func `an office of another kind, or with other numbers, is worth something of its own`() throws {
    let site = try Site()
    let rubric = try site.registry.officeDesk(
      Site.own, in: Site.cycle, by: Signer(Site.name(.officer)), at: Site.collecting
    ).rubric
    func office(_ kind: Code<OfficeKind>, _ people: Int?) -> Office {
      Office(
        code: "1", name: Words(thai: "หนึ่ง", english: "One"), kind: kind,
        stakeholders: people.map { ["IIT": $0] } ?? [:])
    }
    let same = Stakes(of: office("primary", 12), by: rubric)
    #expect(same == Stakes(of: office("primary", 12), by: rubric))
    #expect(same != Stakes(of: office("secondary", 12), by: rubric))
    #expect(same != Stakes(of: office("primary", 13), by: rubric))
    #expect(same != Stakes(of: office("primary", nil), by: rubric))
  }

  @Test func `bytes are replaced as characters would be`() {
    #expect("30 เม.ย. 2567".kept == "30\u{A0}เม.ย.\u{A0}2567")
    #expect("aaa".replaced("a", by: "bb", most: 2) == "bbbba" && "abc".replaced("", by: "x") == "abc")
    #expect("abcab".replaced("ab", by: "") == "c" && "ผู้".replaced("ผ", by: "ง") == "งู้")
    #expect([UInt8]([0, 10, 255]).hex == "000aff")
  }
}

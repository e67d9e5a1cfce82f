import Integrity
import Testing

/// The linker's own judgement: it neither sees ghosts nor overlooks a leak that shows only a little.
@Suite struct LinkerAgreementTests {
  private static let people = Array(0..<Linker.people)

  private func least(_ runs: Int, seed: UInt64, _ order: (inout SeededGenerator) -> [Int]) -> Double {
    var random = SeededGenerator(seed: seed)
    var agreement = Agreement()
    for _ in 0..<runs { agreement.add(order(&random), Self.people) }
    return agreement.chances.map(\.chance).min() ?? 1
  }

  @Test func `of orders drawn by lot about as many look odd as chance has it`() {
    // A hundredth of each of five questions: of a thousand at most fifty, and a few more by chance.
    let odd = (0..<1000).count { least(20, seed: UInt64($0)) { Self.people.shuffled(using: &$0) } < 0.01 }
    #expect((5...75).contains(odd), "\(odd)")
    let rarest = (0..<1000).map { least(20, seed: UInt64($0)) { Self.people.shuffled(using: &$0) } }.min()
    #expect((rarest ?? 0) > 1e-6)
  }

  @Test func `an order that shows only a little is found, forwards, backwards, or another way each year`() {
    // Who comes in the morning lies before who comes in the afternoon, and nothing more.
    func halves(_ random: inout SeededGenerator) -> [Int] {
      Self.people.prefix(15).shuffled(using: &random) + Self.people.suffix(15).shuffled(using: &random)
    }
    #expect(least(20, seed: 1, halves) < 1e-12)
    #expect(least(20, seed: 2) { halves(&$0).reversed() } < 1e-12)
    #expect(least(20, seed: 3) { $0.chance(50) ? halves(&$0) : halves(&$0).reversed() } < 1e-12)
    // One in three stands where they came, the others anywhere.
    #expect(
      least(20, seed: 4) { random in
        let free = Self.people.filter { $0 % 3 != 0 }
        var lots = free.shuffled(using: &random).makeIterator()
        return Self.people.map { $0 % 3 == 0 ? $0 : lots.next() ?? 0 }
      } < 1e-12)
    // Pairs who came together lie together, in any order of pairs.
    #expect(
      least(20, seed: 5) { random in
        (0..<15).shuffled(using: &random).flatMap { [2 * $0, 2 * $0 + 1] }
      } < 1e-12)
  }

  @Test func `the tails are those of the tables`() {
    #expect(abs(Agreement.poissonTail(3, 1) - 0.080301) < 1e-6)
    #expect(abs(Agreement.squareTail(9.4877, 4) - 0.05) < 1e-5)
    #expect(Agreement.squareTail(9, 3) > 0.0293, "for an odd number never too little")
  }
}

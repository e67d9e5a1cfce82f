import Testing

@testable import Integrity

/// Offices spread over assessors: even, without a conflict, and the same each time.
@Suite struct SpreadTests {
  /// A spread of chance: some people have something already, some may not judge some offices.
  private func random(_ generator: inout SeededGenerator, offices most: Int, people: Int) -> Spread {
    let count = Int.random(in: 0...most, using: &generator)
    let offices = (0..<count).map { Code<Office>("\(4000 + $0)") }
    let all = (1...Int.random(in: 1...people, using: &generator)).map { ID<Person>(Int64($0)) }
    let isTight = generator.chance(30)
    var barred: [Code<Office>: Set<ID<Person>>] = [:]
    for office in offices {
      let out = all.filter { _ in generator.chance(isTight ? 60 : 15) }
      if !out.isEmpty { barred[office] = Set(out) }
    }
    return Spread(
      seed: "\(generator.next())", offices: offices,
      recipients: all.map { Spread.Recipient($0, held: Int.random(in: 0...3, using: &generator)) },
      barred: barred)
  }

  private func loads(_ spread: Spread, _ plan: Spread.Plan) -> [ID<Person>: Int] {
    Dictionary(spread.recipients.map { ($0.person, $0.held + plan.count(for: $0.person)) }) { a, _ in a }
  }

  /// Whether somebody could be relieved by handing offices on, looked for in another way than the plan is made: from
  /// everybody to everybody they can reach.
  private func couldBeMoreEven(_ spread: Spread, _ plan: Spread.Plan) -> Bool {
    let people = spread.recipients.map(\.person)
    var reach = Dictionary(
      people.map { person in
        let own = plan.given.filter { $0.to == person }.map(\.office)
        return (
          person,
          Set(people.filter { other in own.contains { !(spread.barred[$0] ?? []).contains(other) } })
        )
      }
    ) { a, _ in a }
    for _ in people {
      for person in people {
        reach[person] = (reach[person] ?? []).reduce(into: reach[person] ?? []) { all, next in
          all.formUnion(reach[next] ?? [])
        }
      }
    }
    let loads = loads(spread, plan)
    return people.contains { person in
      (reach[person] ?? []).contains { (loads[$0] ?? 0) + 2 <= loads[person] ?? 0 }
    }
  }

  @Test func `nobody gets an office they may not judge, and every office somebody may judge is given`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      let spread = random(&generator, offices: 60, people: 9)
      let plan = spread.plan
      for (office, person) in plan.given { #expect(!(spread.barred[office] ?? []).contains(person)) }
      let people = Set(spread.recipients.map(\.person))
      #expect(plan.left.allSatisfy { people.isSubset(of: spread.barred[$0] ?? []) })
      #expect((plan.given.map(\.office) + plan.left).sorted() == spread.offices)
    }
  }

  @Test func `loads differ by at most one where conflicts allow`() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<300 {
      let spread = random(&generator, offices: 60, people: 9)
      let plan = spread.plan
      #expect(!couldBeMoreEven(spread, plan))
      // Without conflicts, and with nobody ahead, that is the whole of it.
      let free = Spread(
        seed: spread.seed, offices: spread.offices,
        recipients: spread.recipients.map { Spread.Recipient($0.person) })
      let counts = loads(free, free.plan).values
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  @Test func `nothing more even is possible`() {
    // Every way of giving a few offices out is tried.
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<120 {
      let spread = random(&generator, offices: 6, people: 4)
      let given = loads(spread, spread.plan).values.reduce(0) { $0 + $1 * $1 }
      var least = Int.max
      func attempt(_ rest: ArraySlice<Code<Office>>, _ loads: [ID<Person>: Int]) {
        guard let office = rest.first else {
          least = min(least, loads.values.reduce(0) { $0 + $1 * $1 })
          return
        }
        let fitting = spread.recipients.map(\.person).filter {
          !(spread.barred[office] ?? []).contains($0)
        }
        if fitting.isEmpty { attempt(rest.dropFirst(), loads) }
        for person in fitting {
          var next = loads
          next[person, default: 0] += 1
          attempt(rest.dropFirst(), next)
        }
      }
      attempt(
        spread.offices[...], Dictionary(spread.recipients.map { ($0.person, $0.held) }) { a, _ in a })
      #expect(given == least)
    }
  }

  @Test
  func `the same seed, offices, assessors and conflicts give the same plan in whatever order they come`() {
    var generator = SeededGenerator(seed: 4)
    var others = 0
    for _ in 0..<100 {
      let spread = random(&generator, offices: 40, people: 8)
      let again = Spread(
        seed: spread.seed, offices: spread.offices.shuffled(using: &generator) + spread.offices.prefix(3),
        recipients: spread.recipients.shuffled(using: &generator), barred: spread.barred)
      #expect(again.plan == spread.plan)
      let other = Spread(
        seed: spread.seed + "x", offices: spread.offices, recipients: spread.recipients,
        barred: spread.barred)
      if other.plan != spread.plan { others += 1 }
    }
    // Another seed is another draw, where there is anything to draw.
    #expect(others > 60)
  }

  @Test func `a seed that was kept is drawn the same by every later version`() {
    let plan = Spread(
      seed: "2569-0412", offices: (1...8).map { Code("40\($0)") },
      recipients: [ID(7), ID(12), ID(31)].map { Spread.Recipient($0) }, barred: ["401": [ID(7), ID(12)]]
    ).plan
    #expect(plan.given.map { "\($0.office) \($0.to)" } == SpreadTests.kept)
  }

  private static let kept = [
    "401 31", "402 31", "403 7", "404 12", "405 31", "406 7", "407 12", "408 12",
  ]

  @Test func `a country is spread without waiting`() {
    let offices = (0..<8317).map { Code<Office>("\(10_000 + $0)") }
    let people = (1...240).map { ID<Person>(Int64($0)) }
    var barred: [Code<Office>: Set<ID<Person>>] = [:]
    for (place, office) in offices.enumerated() {
      barred[office] = [people[place % 240], people[place / 35 % 240]]
    }
    let spread = Spread(
      seed: "1", offices: offices, recipients: people.map { Spread.Recipient($0) }, barred: barred)
    let plan = spread.plan
    #expect(plan.left.isEmpty)
    let counts = loads(spread, plan).values
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test func `nobody to give to leaves every office`() {
    let plan = Spread(seed: "1", offices: ["1", "2"], recipients: [Spread.Recipient]()).plan
    #expect(plan.given.isEmpty && plan.left == ["1", "2"])
  }
}

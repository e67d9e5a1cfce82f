/// Offices given to assessors as evenly as conflicts of interest allow, by a seed with which anybody gets the same again.
///
/// The order of offices and assessors comes from the seed alone. Each office goes to whoever has the least and may judge
/// it; then offices are handed on, over any number of people, until nobody could be relieved by somebody who has two
/// fewer. What comes out is the most even there is.
public struct Spread: Hashable, Sendable {
  /// Somebody who may be given offices.
  public struct Recipient: Hashable, Sendable {
    public let person: ID<Person>
    /// How many offices they have already.
    public let held: Int

    public init(_ person: ID<Person>, held: Int = 0) {
      self.person = person
      self.held = held
    }
  }

  /// What came of it.
  public struct Plan: Hashable, Sendable {
    /// Who gets each office, in the order of the offices' codes.
    public let given: [(office: Code<Office>, to: ID<Person>)]
    /// Offices that nobody may judge.
    public let left: [Code<Office>]

    public static func == (a: Plan, b: Plan) -> Bool {
      a.left == b.left && a.given.elementsEqual(b.given) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(left)
      for (office, person) in given {
        hasher.combine(office)
        hasher.combine(person)
      }
    }

    /// How many offices somebody gets.
    public func count(for person: ID<Person>) -> Int { given.count { $0.to == person } }
  }

  /// The longest seed.
  public static let longestSeed = 40

  public let seed: String
  /// By code, each once.
  public let offices: [Code<Office>]
  /// By number, each once.
  public let recipients: [Recipient]
  /// Who may not judge an office.
  public let barred: [Code<Office>: Set<ID<Person>>]

  public init(
    seed: String, offices: some Sequence<Code<Office>>, recipients: some Sequence<Recipient>,
    barred: [Code<Office>: Set<ID<Person>>] = [:]
  ) {
    self.seed = seed
    self.offices = Set(offices).sorted()
    var seen: Set<ID<Person>> = []
    self.recipients = recipients.filter { seen.insert($0.person).inserted }.sorted { $0.person < $1.person }
    self.barred = barred
  }

  public var plan: Plan {
    var balance = Balance(self)
    balance.giveOut()
    balance.evenOut()
    let people = balance.people
    let given = zip(offices, balance.holders).compactMap { office, holder in
      holder.map { (office: office, to: people[$0].person) }
    }
    let left = zip(offices, balance.holders).filter { $0.1 == nil }.map(\.0)
    return Plan(given: given, left: left)
  }

  /// Offices and people by their places, while they are given out.
  private struct Balance {
    let people: [Recipient]
    /// The order in which offices are given out.
    private let order: [Int]
    /// By office: who may not have it.
    private let barred: [Set<Int>]
    /// By office: who has it.
    private(set) var holders: [Int?]
    /// By person: how many they have, and which of those given out.
    private var loads: [Int]
    private var own: [[Int]]

    init(_ spread: Spread) {
      var generator = SeededGenerator(seed: 0, of: spread.seed)
      order = generator.order(of: spread.offices.count)
      people = generator.order(of: spread.recipients.count).map { spread.recipients[$0] }
      let places = Dictionary(people.enumerated().map { ($1.person, $0) }) { a, _ in a }
      barred = spread.offices.map { office in Set((spread.barred[office] ?? []).compactMap { places[$0] }) }
      holders = Array(repeating: nil, count: spread.offices.count)
      loads = people.map(\.held)
      own = people.map { _ in [] }
    }

    /// Each office to whoever has the least of those who may judge it.
    mutating func giveOut() {
      for office in order {
        let fitting = people.indices.filter { !barred[office].contains($0) }
        guard let next = fitting.min(by: { loads[$0] < loads[$1] }) else { continue }
        holders[office] = next
        own[next].append(office)
        loads[next] += 1
      }
    }

    /// Hands offices on until nobody can be relieved.
    mutating func evenOut() {
      while let way = wayToRelieve() {
        for step in way {
          own[step.from].removeAll { $0 == step.office }
          own[step.to].append(step.office)
          holders[step.office] = step.to
        }
        if let first = way.first, let last = way.last {
          loads[first.from] -= 1
          loads[last.to] += 1
        }
      }
    }

    private struct Step {
      let from: Int
      let office: Int
      let to: Int
    }

    /// From somebody who has much to somebody who has at least two fewer, over others who stay as they are.
    private func wayToRelieve() -> [Step]? {
      guard let least = loads.min() else { return nil }
      let burdened = people.indices.filter { loads[$0] >= least + 2 }.sorted { a, b in
        (loads[b], a) < (loads[a], b)
      }
      return burdened.lazy.compactMap { way(from: $0) }.first
    }

    private func way(from start: Int) -> [Step]? {
      var reached: [Int: Step] = [:]
      var rest = people.indices.filter { $0 != start }
      var queue = [start]
      var next = 0
      while next < queue.count {
        let person = queue[next]
        next += 1
        for office in own[person] where !rest.isEmpty {
          for other in rest where !barred[office].contains(other) {
            reached[other] = Step(from: person, office: office, to: other)
            if loads[other] + 2 <= loads[start] { return steps(to: other, reached) }
            queue.append(other)
          }
          rest.removeAll { reached[$0] != nil }
        }
      }
      return nil
    }

    private func steps(to end: Int, _ reached: [Int: Step]) -> [Step] {
      var steps: [Step] = []
      var place = end
      while let step = reached[place] {
        steps.append(step)
        place = step.from
      }
      return steps.reversed()
    }
  }
}

extension SeededGenerator {
  /// The numbers below a count in an order of chance: Fisher and Yates, the same on every machine and with every version
  /// of the standard library.
  fileprivate mutating func order(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(place, Int(next() % UInt64(place + 1)))
    }
    return order
  }
}

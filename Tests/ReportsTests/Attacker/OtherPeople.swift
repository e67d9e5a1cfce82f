import Integrity

/// The search for people who answered otherwise, and of whom the same would be told.
struct OtherPeople {
  let scene: Scene
  let truth: Scene.Counts
  /// How many may have left a question out; none where everybody has to answer everything.
  private let room: [Int]
  private let variants: [[Variant]]
  /// Of each question a few of every effect, sorted by it.
  private let few: [[Variant]]
  private var random = SeededGenerator(seed: 7)

  /// One question answered otherwise by one or two people, and what that does to the indicator's figure.
  fileprivate struct Variant {
    let place: Int
    let counts: [Int]
    let change: Double
  }

  /// As good as nothing.
  private static let none = 1e-9
  /// What rounding may hide.
  private static let little = 0.006

  init(_ scene: Scene, of office: Assessment) {
    self.scene = scene
    truth = scene.counts(of: office)
    let people = scene.people(of: office)
    let truth = truth
    let leftOut = scene.places.map { people[scene.side($0)] - truth[$0].reduce(0, +) }
    let isSkipping = leftOut.contains { $0 > 0 }
    room = leftOut.map { isSkipping ? max(0, $0) : -1 }
    let room = room
    var generator = SeededGenerator(seed: 11)
    let all = scene.places.map { place in
      OtherPeople.variants(scene, place, truth[place], room: room[place], &generator)
    }
    variants = all
    few = all.map { OtherPeople.thinned($0) }
  }

  /// Whether the indicator's figure is as good as the same.
  private func isNothing(_ change: Double) -> Bool { abs(change) < OtherPeople.none }

  /// Other people in whose answers a cell is another, the likeliest first; `isTried` says whether one has served.
  mutating func search(_ cell: Scene.Cell, _ isTried: (Scene.Counts, _ isExact: Bool) -> Bool) {
    let own = variants[cell.place].filter { cell.isOther($0.counts, than: truth[cell.place]) }
    if swapped(cell).contains(where: { isTried($0, true) }) { return }
    for variant in own.filter({ isNothing($0.change) }).prefix(60)
    where isTried(world([variant]), true) { return }
    for isWide in [false, true] {
      var sums = EqualSums(truth[cell.place], scene.question(cell.place), cell, isWide: isWide)
      for counts in sums.found().shuffled(using: &random).prefix(60) {
        var world = truth
        world[cell.place] = counts
        if isTried(world, true) { return }
      }
    }
    for isWide in [false, true] where !isWide || scene.sides.count > 1 {
      let others = scene.places.filter {
        $0 != cell.place && (isWide || scene.side($0) == scene.side(cell.place))
      }
      if exchanged(OtherPeople.thinned(own), others, isTried) { return }
    }
    far(own, cell, isTried)
  }

  /// The cell's question and another that weighs as much were answered the other way about.
  private func swapped(_ cell: Scene.Cell) -> [Scene.Counts] {
    func rising(_ place: Int) -> [(points: Points?, option: Int)] {
      scene.question(place).options.enumerated().map { ($0.element.points, $0.offset) }
        .sorted { ($0.0?.millionths ?? -1, $0.1) < ($1.0?.millionths ?? -1, $1.1) }
    }
    let own = rising(cell.place)
    return scene.places.compactMap { place -> Scene.Counts? in
      let other = rising(place)
      guard place != cell.place, scene.side(place) == scene.side(cell.place),
        scene.weight(place) == scene.weight(cell.place), own.map(\.points) == other.map(\.points)
      else { return nil }
      var counts = truth
      for (one, two) in zip(own, other) {
        counts[cell.place][one.option] = truth[place][two.option]
        counts[place][two.option] = truth[cell.place][one.option]
      }
      return cell.isOther(counts[cell.place], than: truth[cell.place]) ? counts : nil
    }
  }

  // One or two other questions make up for it.

  private mutating func exchanged(
    _ own: [Variant], _ places: [Int], _ isTried: (Scene.Counts, Bool) -> Bool
  ) -> Bool {
    let others = places.flatMap { few[$0] }.filter { !isNothing($0.change) }.sorted { $0.change < $1.change }
    if others.isEmpty { return false }
    var found: [(Double, [Variant])] = []
    for variant in own where !isNothing(variant.change) {
      for one in others.near(-variant.change, within: 4) {
        let left = abs(variant.change + others[one].change)
        if left < OtherPeople.little { found.append((left, [variant, others[one]])) }
      }
    }
    if tried(found, isTried) { return true }
    found = []
    let some = others.shuffled(using: &random).prefix(400)
    for variant in own where !isNothing(variant.change) {
      for first in some {
        for second in others.near(-variant.change - first.change, within: 1)
        where others[second].place != first.place {
          let left = abs(variant.change + first.change + others[second].change)
          if left < OtherPeople.little { found.append((left, [variant, first, others[second]])) }
        }
      }
    }
    return tried(found, isTried)
  }

  private mutating func tried(
    _ found: [(Double, [Variant])], _ isTried: (Scene.Counts, Bool) -> Bool
  ) -> Bool {
    let exact = found.filter { $0.0 < OtherPeople.none }.shuffled(using: &random).prefix(60)
    let near = found.filter { $0.0 >= OtherPeople.none }.sorted { $0.0 < $1.0 }
    let others = near.dropFirst(30).shuffled(using: &random).prefix(500)
    return (exact + near.prefix(30) + others).contains { left, variants in
      isTried(world(variants), left < OtherPeople.none)
    }
  }

  private func world(_ variants: [Variant]) -> Scene.Counts {
    var counts = truth
    for variant in variants { counts[variant.place] = variant.counts }
    return counts
  }

  // Many others make up for it, one step each.

  private mutating func far(
    _ own: [Variant], _ cell: Scene.Cell, _ isTried: (Scene.Counts, Bool) -> Bool
  ) {
    let others = scene.places.filter { $0 != cell.place }
    guard !own.isEmpty, !others.isEmpty else { return }
    for _ in 0..<300 {
      guard let variant = own.randomElement(using: &random) else { return }
      var counts = world([variant])
      var left = variant.change
      for _ in 0..<80 where abs(left) >= OtherPeople.none {
        guard let place = others.randomElement(using: &random) else { return }
        let points = scene.question(place).options.map(\.points)
        let options = counts[place].indices.filter { points[$0] != nil }
        guard let from = options.randomElement(using: &random), counts[place][from] > 0,
          let to = options.randomElement(using: &random), let before = points[from], let after = points[to]
        else { continue }
        let answers = options.reduce(0) { $0 + counts[place][$1] }
        let change = Double((after - before).millionths) / 1e6 * scene.weight(place) / Double(answers)
        guard change * left < 0, abs(left + change) < abs(left) else { continue }
        counts[place][from] -= 1
        counts[place][to] += 1
        left += change
      }
      if abs(left) < OtherPeople.little, isTried(counts, abs(left) < OtherPeople.none) { return }
    }
  }

  // What one or two people can change in a question.

  private static func variants(
    _ scene: Scene, _ place: Int, _ now: [Int], room: Int, _ random: inout SeededGenerator
  ) -> [Variant] {
    let points = scene.question(place).options.map(\.points)
    let options = now.indices.filter { points[$0] != nil }
    func value(_ option: Int) -> Int64 { points[option]?.millionths ?? 0 }
    func mean(_ counts: [Int]) -> Double? {
      var (sum, answers) = (0.0, 0)
      for option in options {
        sum += Double(counts[option]) * Double(value(option)) / 1e6
        answers += counts[option]
      }
      return answers > 0 ? sum / Double(answers) : nil
    }
    guard let before = mean(now) else { return [] }
    func single(_ counts: [Int]) -> [[Int]] {
      options.flatMap { from -> [[Int]] in
        guard counts[from] > 0 else { return [] }
        return options.compactMap { to in
          guard to != from else { return nil }
          var moved = counts
          moved[from] -= 1
          moved[to] += 1
          return moved
        }
      }
    }
    let once = single(now)
    var all = Set(once + once.flatMap(single))
    if room >= 0 {
      // One answers who did not, or the other way round; and another answers otherwise.
      for option in options {
        var (less, more) = (now, now)
        less[option] -= 1
        more[option] += 1
        if now[option] > 0 { all.formUnion([less] + single(less)) }
        if room > 0 { all.formUnion([more] + single(more)) }
      }
      all.formUnion(drifted(now, options.sorted { value($0) < value($1) }, room: room, &random))
    }
    all.remove(now)
    // In an order of their own, that is the same in every run.
    return all.sorted { $0.lexicographicallyPrecedes($1) }.shuffled(using: &random).compactMap { counts in
      mean(counts).map {
        Variant(place: place, counts: counts, change: ($0 - before) * scene.weight(place))
      }
    }
  }

  /// A few more or fewer people than have answered, and several of them one step up or down.
  private static func drifted(
    _ now: [Int], _ rising: [Int], room: Int, _ random: inout SeededGenerator
  ) -> [[Int]] {
    guard rising.count > 1 else { return [] }
    var all: [[Int]] = []
    for number in -3...min(3, room) {
      for steps in [1, -1, 1, -1] {
        var counts = now
        let usual = rising.max { counts[$0] < counts[$1] } ?? rising[0]
        counts[usual] += number
        guard counts[usual] >= 0 else { continue }
        for _ in 0..<8 {
          all.append(counts)
          let places = rising.indices.filter {
            rising.indices.contains($0 + steps) && counts[rising[$0]] > 0
          }
          guard let place = places.randomElement(using: &random) else { break }
          counts[rising[place]] -= 1
          counts[rising[place + steps]] += 1
        }
      }
    }
    return all
  }

  /// No more than three of each effect.
  private static func thinned(_ variants: [Variant]) -> [Variant] {
    var seen: [Int: Int] = [:]
    return variants.filter { variant in
      let key = Int((variant.change * 1e7).rounded())
      seen[key, default: 0] += 1
      return seen[key, default: 0] <= 3
    }.sorted { $0.change < $1.change }
  }
}

extension [OtherPeople.Variant] {
  /// Where those stand whose change comes nearest, of variants in the order of their changes.
  fileprivate func near(_ change: Double, within count: Int) -> Range<Int> {
    var (low, high) = (0, self.count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].change < change { low = middle + 1 } else { high = middle }
    }
    return Swift.max(0, low - count)..<Swift.min(self.count, low + count)
  }
}

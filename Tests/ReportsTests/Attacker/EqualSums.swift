import Integrity

/// Every way in which as many people can have come to the same sum of points in one question, near to how it was.
struct EqualSums {
  private let truth: [Int]
  private let points: [Int64]
  private let cell: Scene.Cell
  /// What each option may have been chosen by; of the two ends, whatever is left.
  private let ranges: [ClosedRange<Int>]
  private let inner: [Int]
  private let ends: (low: Int, high: Int)?
  private let most: Int
  private var ways: [[Int]] = []
  private var steps = 0

  /// - Parameter isWide: whether options that many chose may change as well, a little.
  init(_ truth: [Int], _ question: Question, _ cell: Scene.Cell, isWide: Bool) {
    (self.truth, self.cell) = (truth, cell)
    points = question.options.map { $0.points?.millionths ?? 0 }
    let options = truth.indices.filter {
      question.options[$0].points != nil && (isWide || truth[$0] < Scene.smallest)
    }
    let points = points
    let order = options.sorted { points[$0] < points[$1] }
    inner = Array(order.dropFirst().dropLast())
    ends = order.count > 2 ? order.first.flatMap { low in order.last.map { (low, $0) } } : nil
    most = isWide ? .max : Scene.smallest - 1
    ranges = inner.map { isWide ? max(0, truth[$0] - 4)...(truth[$0] + 4) : 0...Scene.smallest - 1 }
  }

  mutating func found() -> [[Int]] {
    guard let ends else { return [] }
    let all = inner + [ends.low, ends.high]
    let sum = all.reduce(Int64(0)) { $0 + points[$1] * Int64(truth[$1]) }
    search(0, all.reduce(0) { $0 + truth[$1] }, sum, truth)
    return ways
  }

  private mutating func search(_ place: Int, _ people: Int, _ sum: Int64, _ counts: [Int]) {
    steps += 1
    guard let ends, steps < 40_000, ways.count < 400, people >= 0 else { return }
    let (low, high) = (points[ends.low], points[ends.high])
    guard sum >= low * Int64(people), sum <= high * Int64(people) else { return }
    var counts = counts
    guard place < inner.count else {
      let above = sum - low * Int64(people)
      guard high > low, above.isMultiple(of: high - low) else { return }
      counts[ends.high] = Int(above / (high - low))
      counts[ends.low] = people - counts[ends.high]
      if counts[ends.low] <= most, counts[ends.high] <= most, cell.isOther(counts, than: truth) {
        ways.append(counts)
      }
      return
    }
    for number in ranges[place] {
      counts[inner[place]] = number
      search(place + 1, people - number, sum - points[inner[place]] * Int64(number), counts)
    }
  }
}

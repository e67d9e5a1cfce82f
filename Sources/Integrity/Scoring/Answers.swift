/// Filled questionnaires in memory: one column a question, one byte a questionnaire; 0 where a question was not answered,
/// else the position of the option, from 1. Rows of one office (and route) stand together.
public struct Answers: Sendable {
  public let questions: [Question]
  /// As many columns as questions, as many bytes as questionnaires.
  public let columns: [[UInt8]]
  /// Office i's rows are `bounds[i]..<bounds[i + 1]`.
  public let bounds: [Int]

  public init(questions: [Question], columns: [[UInt8]], bounds: [Int]) {
    precondition(columns.count == questions.count, "one column a question")
    precondition(
      columns.allSatisfy { $0.count == bounds.last ?? 0 } && bounds.first == 0, "bounds reach over all rows")
    precondition(
      zip(questions, columns).allSatisfy { ($1.max() ?? 0) <= $0.options.count }, "no byte beyond the options")
    self.questions = questions
    self.columns = columns
    self.bounds = bounds
  }

  public var offices: Int { bounds.count - 1 }

  /// The tallies of some of the offices, so that several threads can share the work.
  public func tallies(of range: Range<Int>) -> [Tally] {
    let width = questions.last.map { $0.offset + $0.options.count } ?? 0
    var counts = Array(repeating: [Int](repeating: 0, count: width), count: range.count)
    for (question, column) in zip(questions, columns) {
      if question.options.count <= 7 {
        countPacked(question, column, range, &counts)
      } else {
        countSingly(question, column, range, &counts)
      }
    }
    let respondents = respondents(in: range)
    return zip(respondents, counts).map { Tally(respondents: $0, counts: $1) }
  }

  /// Eight counters of eight bits in one word: an answer adds one to its own, and before 256 rows they are emptied.
  private func countPacked(
    _ question: Question, _ column: [UInt8], _ range: Range<Int>, _ counts: inout [[Int]]
  ) {
    let bytes = column.span
    for office in range {
      let end = bounds[office + 1]
      var row = bounds[office]
      var low: UInt64 = 0
      while row < end {
        let stop = min(end, row + 252)
        var first: UInt64 = 0
        var second: UInt64 = 0
        while row + 4 <= stop {
          // Two sums, so that one addition need not wait for the other.
          first &+= (1 &<< UInt64(bytes[row] &* 8)) &+ (1 &<< UInt64(bytes[row + 1] &* 8))
          second &+= (1 &<< UInt64(bytes[row + 2] &* 8)) &+ (1 &<< UInt64(bytes[row + 3] &* 8))
          row += 4
        }
        while row < stop {
          first &+= 1 &<< UInt64(bytes[row] &* 8)
          row += 1
        }
        low = first &+ second
        for option in question.options.indices {
          counts[office - range.lowerBound][question.offset + option] += Int((low &>> UInt64(8 * (option + 1))) & 0xFF)
        }
      }
    }
  }

  private func countSingly(
    _ question: Question, _ column: [UInt8], _ range: Range<Int>, _ counts: inout [[Int]]
  ) {
    for office in range {
      for value in column[bounds[office]..<bounds[office + 1]] where value > 0 {
        counts[office - range.lowerBound][question.offset + Int(value) - 1] += 1
      }
    }
  }

  /// Rows that answer at least one question with an option that counts.
  private func respondents(in range: Range<Int>) -> [Int] {
    guard let first = range.first else { return [] }
    let start = bounds[first]
    let end = bounds[range.upperBound]
    var answered = [UInt8](repeating: 0, count: end - start)
    for (question, column) in zip(questions, columns) {
      if question.points.allSatisfy({ $0 != nil }) {
        for row in start..<end { answered[row - start] |= column[row] }
      } else {
        for row in start..<end {
          let value = Int(column[row])
          if value > 0, question.points[value - 1] != nil { answered[row - start] = 1 }
        }
      }
    }
    return range.map { office in
      answered[(bounds[office] - start)..<(bounds[office + 1] - start)].reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
    }
  }
}

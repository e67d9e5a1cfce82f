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
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 }, "bounds rise")
    precondition(
      zip(questions, columns).allSatisfy { ($1.max() ?? 0) <= $0.options.count }, "no byte beyond the options"
    )
    self.questions = questions
    self.columns = columns
    self.bounds = bounds
  }

  public var offices: Int { bounds.count - 1 }

  /// The tallies of some of the offices, so that several threads can share the work.
  public func tallies(of range: Range<Int>) -> [Tally] {
    let width = questions.last.map { $0.offset + $0.options.count } ?? 0
    var counts = [Int32](repeating: 0, count: width * range.count)
    // A few offices at a time, so that their counters stay in the cache while every column adds to them.
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 32) {
      let block = start..<min(start + 32, range.upperBound)
      let place = (start - range.lowerBound) * width
      for (question, column) in zip(questions, columns) {
        if question.options.count <= 7 {
          countPacked(question, column, block, width, place, &counts)
        } else {
          countSingly(question, column, block, width, place, &counts)
        }
      }
    }
    return range.map { office in
      let start = (office - range.lowerBound) * width
      return Tally(respondents: respondents(of: office), counts: counts[start..<(start + width)])
    }
  }

  /// Eight counters of eight bits in one word: an answer adds one to its own, and before 256 rows they are emptied. Rows
  /// are within the column by what `init` has checked, so they are not checked again.
  private func countPacked(
    _ question: Question, _ column: [UInt8], _ range: Range<Int>, _ width: Int, _ start: Int,
    _ counts: inout [Int32]
  ) {
    let bytes = column.span
    var target = counts.mutableSpan
    let options = question.options.count
    var place = start + question.offset
    for office in range {
      let end = bounds[office + 1]
      var row = bounds[office]
      while row < end {
        let stop = min(end, row + 252)
        // Four sums, so that one addition need not wait for the other.
        var packed: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        while row &+ 4 <= stop {
          packed.0 &+= 1 &<< UInt64(bytes[unchecked: row] &<< 3)
          packed.1 &+= 1 &<< UInt64(bytes[unchecked: row &+ 1] &<< 3)
          packed.2 &+= 1 &<< UInt64(bytes[unchecked: row &+ 2] &<< 3)
          packed.3 &+= 1 &<< UInt64(bytes[unchecked: row &+ 3] &<< 3)
          row &+= 4
        }
        var all = packed.0 &+ packed.1 &+ packed.2 &+ packed.3
        while row < stop {
          all &+= 1 &<< UInt64(bytes[unchecked: row] &<< 3)
          row &+= 1
        }
        for option in 0..<options {
          all &>>= 8
          target[place &+ option] &+= Int32(truncatingIfNeeded: all & 0xFF)
        }
      }
      place += width
    }
  }

  private func countSingly(
    _ question: Question, _ column: [UInt8], _ range: Range<Int>, _ width: Int, _ start: Int,
    _ counts: inout [Int32]
  ) {
    var place = start + question.offset
    for office in range {
      for value in column[bounds[office]..<bounds[office + 1]] where value > 0 {
        counts[place + Int(value) - 1] += 1
      }
      place += width
    }
  }

  /// Rows that answer at least one question with an option that counts. Nearly everybody answers the first.
  private func respondents(of office: Int) -> Int {
    guard let first = columns.first else { return 0 }
    let rows = bounds[office]..<bounds[office + 1]
    var respondents = rows.count
    for row in rows where !isScored(first[row], questions[0]) {
      let answersAnother = columns.indices.dropFirst().contains { isScored(columns[$0][row], questions[$0]) }
      if !answersAnother { respondents -= 1 }
    }
    return respondents
  }

  private func isScored(_ value: UInt8, _ question: Question) -> Bool {
    value > 0 && question.points[Int(value) - 1] != nil
  }
}

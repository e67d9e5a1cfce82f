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

  /// Eight counters of eight bits in one word. Eight answers are read at once and folded into two numbers of twelve bits,
  /// three an answer, that look up what four answers add to the counters; before 256 rows the counters are emptied.
  /// Rows are within the column by what `init` has checked, so they are not checked again.
  private func countPacked(
    _ question: Question, _ column: [UInt8], _ range: Range<Int>, _ width: Int, _ start: Int,
    _ counts: inout [Int32]
  ) {
    let bytes = column.span.bytes
    let words = max(0, column.count - 7)
    let fours = Answers.countsOfFour.span
    var target = counts.mutableSpan
    let options = question.options.count
    var place = start + question.offset
    for office in range {
      let end = bounds[office + 1]
      var row = bounds[office]
      while row < end {
        let stop = min(end, row &+ 248)
        var packed: UInt64 = 0
        while row < stop {
          var eight: UInt64 = 0
          if row < words {
            eight = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: row, as: UInt64.self)
          } else {
            for byte in (row..<column.count).reversed() { eight = eight &<< 8 | UInt64(column[byte]) }
          }
          // What belongs to the next office counts as not answered.
          if stop &- row < 8 { eight &= (1 &<< UInt64((stop &- row) &<< 3)) &- 1 }
          eight = (eight | eight &>> 5) & 0x003F_003F_003F_003F
          eight |= eight &>> 10
          packed &+= fours[unchecked: Int(eight & 0xFFF)]
          packed &+= fours[unchecked: Int((eight &>> 32) & 0xFFF)]
          row &+= 8
        }
        for option in 0..<options {
          packed &>>= 8
          target[place &+ option] &+= Int32(truncatingIfNeeded: packed & 0xFF)
        }
        row = stop
      }
      place += width
    }
  }

  /// What four answers of three bits each add to the counters: one to that of each answer.
  private static let countsOfFour: [UInt64] = (0..<4096).map { answers in
    (0..<4).reduce(0) { $0 + 1 << UInt64((answers >> (3 * $1) & 7) * 8) }
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
    guard let question = questions.first, let column = columns.first else { return 0 }
    let first = column.span
    let isScored = question.scores
    let scores = isScored.span
    var respondents = bounds[office + 1] - bounds[office]
    for row in bounds[office]..<bounds[office + 1] where !scores[Int(first[unchecked: row])] {
      let answersAnother = columns.indices.dropFirst().contains {
        questions[$0].scores[Int(columns[$0][row])]
      }
      if !answersAnother { respondents -= 1 }
    }
    return respondents
  }
}

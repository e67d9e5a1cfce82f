/// All that is known of one office in one cycle: what the scoring function reads.
public struct Assessment: Hashable, Sendable {
  public let office: Office
  /// Where the rubric has rounds: the one being scored.
  public let round: Code<Round>?
  public let findings: [Code<Node>: Finding]
  public let tallies: [Collected: Tally]
  /// Figures assessed elsewhere, for any node.
  public let given: [Code<Node>: Given]

  public init(
    office: Office, round: Code<Round>? = nil, findings: [Code<Node>: Finding] = [:],
    tallies: [Collected: Tally] = [:], given: [Code<Node>: Given] = [:]
  ) {
    self.office = office
    self.round = round
    self.findings = findings
    self.tallies = tallies
    self.given = given
  }
}

/// A figure taken over from elsewhere, such as last year's published indicator.
public struct Given: Hashable, Sendable {
  public let figure: Points
  public let source: String

  public init(figure: Points, source: String) {
    self.figure = figure
    self.source = source
  }
}

/// An assessor's judgement on one item, with its reason.
public struct Finding: Hashable, Sendable {
  public let judgement: Judgement
  public let reason: String

  public init(_ judgement: Judgement, reason: String = "") {
    self.judgement = judgement
    self.reason = reason
  }
}

public enum Judgement: Hashable, Sendable {
  /// The item as a whole: full marks, or none.
  case met
  case notMet
  case option(Code<Option>)
  case number(Points)
  /// The elements that are there.
  case elements(Set<Key>)
  case notApplicable
  case pending
}

/// What was collected by one instrument, or by one route of it.
public struct Collected: Hashable, Sendable {
  public let instrument: Code<Node>
  public let route: Code<Node>?

  public init(_ instrument: Code<Node>, route: Code<Node>? = nil) {
    self.instrument = instrument
    self.route = route
  }
}

/// How often each option of a questionnaire was chosen at one office.
public struct Tally: Hashable, Sendable {
  /// Questionnaires that answer at least one scored question.
  public let respondents: Int
  /// One number an option, question after question in the order of `Rubric.questions(of:)`; a slice, so that the tallies
  /// of many offices share one array.
  public let counts: ArraySlice<Int32>

  public init(respondents: Int, counts: ArraySlice<Int32>) {
    self.respondents = respondents
    self.counts = counts
  }

  public init(respondents: Int, counts: [Int]) {
    self.init(respondents: respondents, counts: counts.map { Int32(clamping: $0) }[...])
  }

  /// How often an option of a question was chosen.
  public func count(_ question: Question, _ option: Int) -> Int {
    let place = counts.startIndex + question.offset + option
    return place < counts.endIndex ? Int(counts[place]) : 0
  }

  /// The answers of both; both count the same questions.
  public static func + (a: Tally, b: Tally) -> Tally {
    Tally(
      respondents: a.respondents + b.respondents, counts: zip(a.counts, b.counts).map { Int($0) + Int($1) })
  }

  /// The counts of one question.
  func counts(of question: Question) -> ArraySlice<Int32> {
    let start = counts.startIndex + question.offset
    let end = start + question.options.count
    guard end <= counts.endIndex else { return [] }
    return counts[start..<end]
  }
}

/// Counts filled questionnaires one after the other, each a byte a question as `Answers` has them.
public struct TallyCounter: Sendable {
  /// Of each question: where its counts begin, less one since answers begin at one; and how many options it has.
  private let questions: [(place: Int, options: UInt8)]
  /// Whether the option at each place counts.
  private let scores: [Bool]
  private var counts: [Int32]
  private var respondents = 0

  public init(_ questions: [Question]) {
    self.questions = questions.map { ($0.offset - 1, UInt8(clamping: $0.options.count)) }
    scores = questions.flatMap { $0.scores.dropFirst() }
    counts = [Int32](repeating: 0, count: scores.count)
  }

  /// What has been counted so far.
  public var tally: Tally { Tally(respondents: respondents, counts: counts[...]) }

  /// Begins anew.
  public mutating func clear() {
    counts = [Int32](repeating: 0, count: scores.count)
    respondents = 0
  }

  /// Counts one questionnaire. Answers beyond the questions, and options a question does not have, are not counted.
  public mutating func count(_ answers: UnsafeRawBufferPointer) {
    var isScored = false
    for index in 0..<min(questions.count, answers.count) {
      let answer = answers[index]
      guard answer > 0, answer <= questions[index].options else { continue }
      let place = questions[index].place &+ Int(answer)
      counts[place] &+= 1
      isScored = isScored || scores[place]
    }
    if isScored { respondents += 1 }
  }
}

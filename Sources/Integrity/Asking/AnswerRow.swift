/// One filled questionnaire as it is kept: a byte a question in the order of the rubric, 0 for none, else the option's
/// place from 1, and behind them one byte of remarks on how it was filled in.
public struct AnswerRow: Hashable, Sendable {
  public let answers: [UInt8]
  public let remarks: Remarks

  public init(_ answers: [UInt8], _ remarks: Remarks = []) {
    self.answers = answers
    self.remarks = remarks
  }

  /// As it is kept. Rows of before there were remarks end with the last question.
  public init(packed bytes: some Collection<UInt8>, questions: Int) {
    answers = Array(bytes.prefix(questions))
    remarks = Remarks(rawValue: bytes.dropFirst(questions).first ?? 0)
  }

  public var packed: [UInt8] { answers + [remarks.rawValue] }

  /// All that is kept beside the answers.
  public struct Remarks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Sent far sooner than the questions can be read. Whoever has the form says so as it is sent; no time is kept.
    public static let tooFast = Remarks(rawValue: 1)
    /// Brought in from paper or another form.
    public static let broughtIn = Remarks(rawValue: 2)
  }

  /// Whether somebody chose the same place on the scale throughout, although some questions are worth most at one end
  /// and some at the other. Questions of fewer than three options say nothing about that.
  public func isStraight(_ questions: [Question]) -> Bool {
    var place: UInt8?
    var (rises, falls, asked) = (false, false, 0)
    for (question, answer) in zip(questions, answers) where question.options.count > 2 && answer > 0 {
      if let place, place != answer { return false }
      place = answer
      asked += 1
      let points = question.options.compactMap(\.points)
      if let first = points.first, let last = points.last {
        rises = rises || first < last
        falls = falls || first > last
      }
    }
    return asked > 2 && rises && falls
  }
}

/// What is done about what is not known, and what may be published.
public struct Policy: Hashable, Sendable {
  /// A disclosure nobody has judged.
  public let unjudged: Absence
  /// A question nobody has answered.
  public let unanswered: Absence
  /// A questionnaire with fewer respondents than it needs.
  public let tooFew: Absence
  /// An item's figure and counts are not published below this many answers.
  public let smallestCount: Int
  public let rounding: Rounding
  /// Ranks compare unrounded figures instead of published ones.
  public let ranksExactly: Bool

  public init(
    unjudged: Absence = .incomplete, unanswered: Absence = .incomplete, tooFew: Absence = .incomplete,
    smallestCount: Int = 10, rounding: Rounding = .hundredths, ranksExactly: Bool = false
  ) {
    self.unjudged = unjudged
    self.unanswered = unanswered
    self.tooFew = tooFew
    self.smallestCount = smallestCount
    self.rounding = rounding
    self.ranksExactly = ranksExactly
  }

  /// What stands for a figure that is missing.
  public enum Absence: String, Hashable, Sendable, CaseIterable {
    /// Nothing: the figure is unknown, and so is every figure above it.
    case incomplete
    case zero
    /// It leaves the denominator, like what is not applicable.
    case leftOut = "left_out"
  }
}

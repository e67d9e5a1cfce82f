/// How a figure came about: enough, with the lines below it, to recompute it by hand.
public struct Working: Hashable, Sendable {
  public let basis: Basis
  /// What was done to it afterwards, in this order.
  public let steps: [Step]
  /// The assessor's words.
  public let reason: String

  init(_ basis: Basis, steps: [Step] = [], reason: String = "") {
    self.basis = basis
    self.steps = steps
    self.reason = reason
  }

  public enum Basis: Hashable, Sendable {
    /// There is no figure yet, or never: the outcome says why.
    case nothing
    /// Assessed elsewhere; the outcome names the source.
    case given
    /// The rubric's policy puts zero where something is missing.
    case zeroFor(Missing)
    /// Judged as a whole.
    case judged(isMet: Bool)
    indirect case option(Option)
    /// A number between two options of an interpolated scale.
    indirect case between(number: Points, Option, Option)
    case elements(present: [Element], missing: [Element])
    case number(Points)
    /// Σ points × count ÷ Σ count over the options that count.
    case tally(options: [Option], counts: ArraySlice<Int32>)
    /// The same for a reader who sees no counts: the mean of so many answers.
    case answers(Int)
    /// The same for a reader who sees some of the counts; nil for the others.
    case shown(options: [Option], counts: [Int?], answers: Int)
    /// Not told.
    case hidden
    /// The (weighted) mean of the parts; their shares are in their lines.
    case mean
    case sum
    /// The figures of the parts over their maxima.
    case shareOfMaximum
    case minimum
    case shareMet(at: Points?)
  }

  public enum Step: Hashable, Sendable {
    /// Full marks are worth so many points here.
    case worth(Points)
    case stepped(Conversion.Step)
    case interpolated([Conversion.Knot])
    case deducted
    case capped(Points)
    /// It would have been below zero.
    case raisedToZero
  }
}

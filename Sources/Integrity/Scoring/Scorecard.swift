/// The result document: every figure of one office, its working and its standing. Pages, workbooks and exports are
/// renderings of it; nothing downstream computes a score.
public struct Scorecard: Sendable {
  public let rubric: Edition
  public let office: Office
  public let standing: Standing
  /// nil where there is no final total, or where a level's condition is not known.
  public let level: LevelReached?
  /// The root of the lines: the total, with a line for each instrument.
  public let total: Line
  /// The unrounded total, kept only where the rubric ranks by it.
  let exactTotal: Fraction?

  /// Which rubric the figures rest on.
  public struct Edition: Hashable, Sendable {
    public let code: Code<Rubric>
    public let edition: String
    public let year: FiscalYear
  }

  /// Bumped whenever the same input and rubric could give another figure.
  public static let scoringVersion = 1

  /// The line of a node, wherever it stands; within a part of an instrument the first of them.
  public func line(_ code: Code<Node>) -> Line? { total.first { $0.code == code } }
}

/// Whether the total is final.
public enum Standing: Hashable, Sendable {
  case final(Figure)
  /// It will lie between the two, as far as anybody can know.
  case provisional(floor: Figure, ceiling: Figure)
  /// Nothing in the rubric applies to the office.
  case notApplicable
}

/// The level of a final total.
public struct LevelReached: Hashable, Sendable {
  public let level: Level
  /// Conditions of higher levels that the total would have reached: what held the level down.
  public let heldBackBy: [Level.Floor]
}

/// One figure of a scorecard and how it came about; of the same shape at every depth.
public struct Line: Hashable, Sendable {
  public enum Place: String, Hashable, Sendable {
    case total, instrument, indicator
    /// A part of an instrument, within an indicator.
    case route
    case item
    case subItem = "sub_item"
    case deduction
  }

  public let place: Place
  let heading: Heading
  /// The part of an instrument it belongs to.
  public let route: Code<Node>?
  public let rounding: Rounding
  public let outcome: Outcome
  /// What full marks would be.
  public let maximum: Figure?
  /// Its share among the siblings that count, under a mean.
  public let share: Ratio?
  /// Its part of the total, where the total is made of parts.
  public let contribution: Figure?
  public let working: Working
  /// Of a questionnaire, or of one route of it.
  public let people: People?
  public let parts: [Line]

  public var code: Code<Node> { heading.code }
  public var title: Words { heading.title }
  /// As the rubric writes it; nil where all siblings weigh alike.
  public var weight: Weight? { heading.weight }
  public var isPilot: Bool { heading.isPilot }
  /// nil for the total and for sub-items, which have none of their own.
  public var key: Key? { place == .total || place == .subItem ? nil : heading.key }

  /// The published figure, where it is known.
  public var figure: Figure? {
    switch outcome {
    case .scored(let figure), .given(let figure, _): figure
    case .notApplicable, .pending, .withheld, .provisional, .hidden: nil
    }
  }

  /// Its identity within a scorecard: the code, and the part of the instrument behind `@`.
  public var id: String {
    guard let route else { return code.text }
    return "\(code)@\(route)"
  }

  /// This line and all below it, each before its parts.
  public func forEach(_ body: (Line) throws -> Void) rethrows {
    try body(self)
    for part in parts { try part.forEach(body) }
  }

  public func first(where isWanted: (Line) -> Bool) -> Line? {
    if isWanted(self) { return self }
    for part in parts {
      if let found = part.first(where: isWanted) { return found }
    }
    return nil
  }
}

/// How many people answered, and how many had to. An object, since few lines have one.
public final class People: Hashable, Sendable {
  public let respondents: Int
  /// Fewer and there is no figure; nil where it depends on a number of stakeholders that is not known.
  public let least: Int?
  public let stakeholders: Int?
  /// The minimum sample of the stakeholders.
  public let sample: Int?

  init(respondents: Int, least: Int?, stakeholders: Int? = nil, sample: Int? = nil) {
    self.respondents = respondents
    self.least = least
    self.stakeholders = stakeholders
    self.sample = sample
  }

  var missing: Int? { least.map { max(0, $0 - respondents) } }
  var isEnough: Bool { missing == 0 }

  public static func == (a: People, b: People) -> Bool {
    a.respondents == b.respondents && a.least == b.least && a.stakeholders == b.stakeholders
      && a.sample == b.sample
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(respondents) }
}

/// What is known of a figure. Never a sentinel number, never nothing.
public enum Outcome: Hashable, Sendable {
  case scored(Figure)
  /// Assessed elsewhere and entered.
  case given(Figure, source: String)
  case notApplicable(Exemption)
  /// Not judged, or not answered, yet.
  case pending(floor: Figure, ceiling: Figure)
  /// Too few respondents: so many are missing, where that can be said.
  case withheld(missing: Int?, floor: Figure, ceiling: Figure)
  /// Something below it is pending or withheld.
  case provisional(floor: Figure, ceiling: Figure)
  /// Known, and not told to this reader, since it would say what few people answered, or what all did; in which range it
  /// lies, where that may be told. Only of what `shown(at:)` gives.
  case hidden(Band?)
}

/// Why something does not apply.
public enum Exemption: Hashable, Sendable {
  /// Not to this kind of office.
  case kind
  /// The office states this condition.
  case condition(Words)
  /// Not due in this round.
  case round
  /// An assessor decided so.
  case judged(reason: String)
  /// The rubric leaves out what is missing.
  case leftOut(Missing)
  /// Nothing below it applies or counts.
  case empty
  /// Free text carries no points.
  case text
}

/// What is missing when the rubric says what then stands for it.
public enum Missing: String, Hashable, Sendable {
  case judgement, answers, respondents
}

/// A share as a fraction of whole numbers, in lowest terms.
public struct Ratio: Hashable, Sendable {
  public let numerator: Int64
  public let denominator: Int64

  public static let one = Ratio(1, 1)

  /// The denominator is above zero.
  init(_ numerator: Int64, _ denominator: Int64) {
    let divisor = Int64(max(1, Ratio.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)))
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// nil where it would need more than 64 bits.
  public func times(_ other: Ratio) -> Ratio? {
    let (top, topOverflow) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (bottom, bottomOverflow) = denominator.multipliedReportingOverflow(by: other.denominator)
    return topOverflow || bottomOverflow ? nil : Ratio(top, bottom)
  }

  static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

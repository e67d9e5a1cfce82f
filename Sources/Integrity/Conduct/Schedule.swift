/// The dates of a cycle. Each instrument is collected in a window of its own; what was disclosed is judged and clarified
/// while questionnaires may still be open.
public struct Schedule: Hashable, Sendable {
  /// By the instrument's code.
  public let collecting: [Code<Node>: Window]
  public let assessing: Window
  public let clarifying: Window
  /// Whether an office may bring further proof with a clarification; else it may only point into what its links showed at
  /// the deadline.
  public let admitsFurtherProof: Bool

  public init(
    collecting: [Code<Node>: Window], assessing: Window, clarifying: Window, admitsFurtherProof: Bool = false
  ) {
    self.collecting = collecting
    self.assessing = assessing
    self.clarifying = clarifying
    self.admitsFurtherProof = admitsFurtherProof
  }

  /// When the last window has closed and deciding may begin.
  public var ends: Moment {
    collecting.values.map(\.closes).reduce(max(assessing.closes, clarifying.closes), max)
  }

  /// What does not fit: a window missing, one beginning before what it needs has ended.
  public func flaws(for rubric: Rubric) -> [String] {
    var flaws: [String] = []
    for instrument in rubric.instruments where collecting[instrument.code] == nil {
      flaws.append("\(instrument.code) has no window in which it is collected")
    }
    for code in collecting.keys.sorted() where rubric.instrument(code) == nil {
      flaws.append("\(code) is no instrument of \(rubric.code)")
    }
    for instrument in rubric.instruments where instrument.questionnaire == nil {
      if let window = collecting[instrument.code], window.closes > assessing.opens {
        flaws.append(
          "\(instrument.code) is still collected on \(assessing.opens), when judging begins")
      }
    }
    if assessing.closes > clarifying.opens {
      flaws.append("clarifying begins on \(clarifying.opens), before judging ends on \(assessing.closes)")
    }
    return flaws
  }
}

/// One office is given longer for an instrument.
public struct Extension: Hashable, Sendable {
  public let office: Code<Office>
  public let instrument: Code<Node>
  public let until: Moment
  public let reason: String

  public init(office: Code<Office>, instrument: Code<Node>, until: Moment, reason: String) {
    self.office = office
    self.instrument = instrument
    self.until = until
    self.reason = reason
  }
}

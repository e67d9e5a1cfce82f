/// A fiscal year's assessment with one rubric edition.
public struct Cycle: Hashable, Sendable {
  /// Short name, usually the year: `2569`.
  public let code: Code<Cycle>
  public let year: FiscalYear
  public let title: Words
  public let stage: Stage
  /// nil until it is set.
  public let schedule: Schedule?
  /// Offices that are given longer.
  public let extensions: [Extension]

  public init(
    code: Code<Cycle>, year: FiscalYear, title: Words, stage: Stage, schedule: Schedule?,
    extensions: [Extension] = []
  ) {
    self.code = code
    self.year = year
    self.title = title
    self.stage = stage
    self.schedule = schedule
    self.extensions = extensions
  }

  /// What has been done to the cycle as a whole; everything between follows from the dates.
  public enum Stage: String, Hashable, Sendable, CaseIterable {
    /// Being set up: rubric and schedule may change.
    case preparing
    /// The rubric is frozen.
    case open
    /// Two members have sealed the results.
    case sealed
    case published
  }

  /// The window in which an instrument of an office is collected, its extension included.
  public func window(of instrument: Code<Node>, for office: Code<Office>?) -> Window? {
    guard let window = schedule?.collecting[instrument] else { return nil }
    let later = extensions.filter { $0.office == office && $0.instrument == instrument }.map(\.until).max()
    return later.map(window.extended) ?? window
  }

  /// Where an instrument of an office stands: a function of the dates and the clock alone once the cycle is open.
  /// An extension keeps an office's disclosures open while others are judged. An instrument whose own windows are over
  /// waits to be decided on, which begins for all of them together.
  public func phase(of instrument: Instrument, for office: Code<Office>?, at now: Moment) -> Phase {
    switch stage {
    case .preparing: return .preparing
    case .published: return .published
    case .sealed: return .deciding
    case .open: break
    }
    guard let schedule, let window = window(of: instrument.code, for: office) else { return .preparing }
    if now < window.opens { return .preparing }
    if now < window.closes { return .collecting }
    if instrument.questionnaire != nil { return .deciding }
    if now < schedule.clarifying.opens { return .assessing }
    return now < schedule.clarifying.closes ? .clarifying : .deciding
  }

  /// Where the cycle as a whole stands: deciding once the last window of any instrument has closed.
  public func phase(at now: Moment) -> Phase {
    switch stage {
    case .preparing: return .preparing
    case .published: return .published
    case .sealed: return .deciding
    case .open: break
    }
    guard let schedule else { return .preparing }
    let first = schedule.collecting.values.map(\.opens).min() ?? schedule.assessing.opens
    if now < first { return .preparing }
    if now >= end { return .deciding }
    if now < schedule.assessing.opens { return .collecting }
    return now < schedule.clarifying.opens ? .assessing : .clarifying
  }

  /// When the last window has closed, extensions included.
  public var end: Moment {
    let own = schedule?.ends ?? Moment(seconds: 0)
    return extensions.map(\.until).reduce(own, max)
  }
}

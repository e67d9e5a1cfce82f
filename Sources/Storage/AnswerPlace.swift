public import Integrity

/// Where an answer belongs: a questionnaire of an office in a cycle, and the route by which it comes.
public struct AnswerPlace: Hashable, Sendable {
  public let cycle: Code<Cycle>
  public let office: Code<Office>
  public let collected: Collected

  public init(_ cycle: Code<Cycle>, _ office: Code<Office>, _ collected: Collected) {
    self.cycle = cycle
    self.office = office
    self.collected = collected
  }

  /// What it is called on the trail.
  var name: String {
    collected.route.map { "\(collected.instrument).\($0)" } ?? collected.instrument.text
  }

  var instrument: String { collected.instrument.text }
  var route: String { collected.route?.text ?? "" }
}

/// One filled questionnaire as it was sent.
public struct SentAnswer: Sendable {
  let place: AnswerPlace
  let nonce: String
  let code: SlipCode?
  let answers: [UInt8]
  let isTooFast: Bool
  let texts: [Code<Node>: String]

  /// - Parameters:
  ///   - nonce: what the form carried since it was given out, the same each time it is sent: by it an answer is kept
  ///     once. It is not kept itself.
  ///   - code: nil where the questionnaire is open to whoever has its link.
  ///   - answers: a byte a question in the order of the rubric: the option's place from 1.
  ///   - isTooFast: whether it came back far sooner than it can be read.
  ///   - texts: what was written, by item; kept apart from the rest.
  public init(
    to place: AnswerPlace, nonce: String, code: SlipCode?, answers: [UInt8], isTooFast: Bool = false,
    texts: [Code<Node>: String] = [:]
  ) {
    self.place = place
    self.nonce = nonce
    self.code = code
    self.answers = answers
    self.isTooFast = isTooFast
    self.texts = texts
  }
}

/// What became of an answer that was sent.
public enum AnswerOutcome: Hashable, Sendable {
  /// It is kept, and was written to disk; also where it was sent before.
  case kept
  /// The code was used, is void, or never was one: nobody is told which.
  case codeRefused
  /// The questionnaire is not open now.
  case closed
  /// More are waiting than can be written soon; it was not taken.
  case busy
}

/// A questionnaire as a respondent opens it.
public struct AskedForm: Sendable {
  public let place: AnswerPlace
  public let cycle: Cycle
  public let rubric: Rubric
  public let instrument: Instrument
  /// What it asks the office's people: the items that apply to the office, in the order of the rubric.
  public let items: [Item]
  /// As it takes part in the cycle.
  public let office: Office
  public let access: Questionnaire.Access
  /// When it can be answered; nil where nothing is set.
  public let window: Window?
  public internal(set) var isOpen: Bool

  /// The same at another moment.
  public func seen(at now: Moment) -> AskedForm {
    var form = self
    form.isOpen = cycle.phase(of: instrument, for: office.code, at: now) == .collecting
    return form
  }
}

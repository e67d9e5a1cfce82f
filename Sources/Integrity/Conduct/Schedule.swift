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
  public func flaws(for rubric: Rubric) -> [String] { misfits(for: rubric).map { $0.said(in: .english) } }

  /// The same, so that each can be shown where it is put right.
  public func misfits(for rubric: Rubric) -> [Misfit] {
    var misfits: [Misfit] = []
    for instrument in rubric.instruments where collecting[instrument.code] == nil {
      misfits.append(.missing(instrument.code))
    }
    for code in collecting.keys.sorted() where rubric.instrument(code) == nil {
      misfits.append(.stranger(code, rubric.code))
    }
    for instrument in rubric.instruments where instrument.questionnaire == nil {
      if let window = collecting[instrument.code], window.closes > assessing.opens {
        misfits.append(.stillCollected(instrument.code, judging: assessing.opens))
      }
    }
    if assessing.closes > clarifying.opens {
      misfits.append(.clarifyingEarly(clarifying.opens, judgingEnds: assessing.closes))
    }
    return misfits
  }

  /// A date that does not fit the others, or the rubric.
  public enum Misfit: Hashable, Sendable {
    case missing(Code<Node>)
    case stranger(Code<Node>, Code<Rubric>)
    case stillCollected(Code<Node>, judging: Moment)
    case clarifyingEarly(Moment, judgingEnds: Moment)

    public func said(in language: Language) -> String { words.in(language) }

    private var words: Words {
      switch self {
      case .missing(let code):
        Words(
          thai: "\(code) ยังไม่มีช่วงเวลาเก็บรวบรวมข้อมูล",
          english: "\(code) has no window in which it is collected")
      case .stranger(let code, let rubric):
        Words(
          thai: "\(code) ไม่ใช่เครื่องมือในเกณฑ์ \(rubric)", english: "\(code) is no instrument of \(rubric)")
      case .stillCollected(let code, let judging):
        Words(
          thai:
            "\(code) ยังเก็บข้อมูลอยู่เมื่อเริ่มตรวจประเมินในวันที่ \(judging.written(in: .thai)) ต้องปิดรับก่อนหรือพร้อมกับวันเริ่มตรวจ",
          english: "\(code) is still collected on \(judging), when judging begins")
      case .clarifyingEarly(let opens, let ends):
        Words(
          thai:
            "เริ่มชี้แจงวันที่ \(opens.written(in: .thai)) ก่อนที่การตรวจประเมินจะสิ้นสุดในวันที่ \(ends.written(in: .thai))",
          english: "clarifying begins on \(opens), before judging ends on \(ends)")
      }
    }
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

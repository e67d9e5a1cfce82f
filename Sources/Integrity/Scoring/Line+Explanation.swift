/// How much of the answers a reader may see.
public enum Detail: Hashable, Sendable {
  /// Everything: for whoever works out a score from answers they hold themselves.
  case counts
  /// What everyone is shown, and counts of options that so many chose: for the committee.
  case counted(smallestCount: Int)
  /// No option counts, and nothing that says what fewer people than this answered: for everyone.
  case published(smallestCount: Int)

  /// Below how many people nothing is told of them.
  var smallestCount: Int {
    switch self {
    case .counts: 0
    case .counted(let smallest), .published(let smallest): smallest
    }
  }

  /// Whether a reader sees how often each option was chosen.
  public var hasCounts: Bool { if case .published = self { false } else { true } }
}

extension Line {
  /// How often the question was answered; nil for what is not a question, and where it is not told.
  public var answers: Int? {
    switch working.basis {
    case .tally(let options, let counts):
      zip(options, counts).reduce(0) { $0 + ($1.0.points == nil ? 0 : Int($1.1)) }
    case .answers(let number), .shown(_, _, let number): number
    default: nil
    }
  }

  /// Whether so few people answered the questionnaire that their number stays hidden, and how many more it would take
  /// with it; of a line that has no number of its own it is not known.
  public func isFewPeople(at detail: Detail) -> Bool {
    guard case .published(let smallest) = detail else { return false }
    return people.map { $0.respondents < smallest } ?? true
  }

  /// One line that lets a reader recompute the figure from the published figures below it.
  public func explanation(in language: Language, detail: Detail) -> String {
    let phrases = Phrases(language: language)
    if case .hidden(let band) = outcome { return phrases.hidden(band) }
    if case .withheld = outcome, isFewPeople(at: detail) { return phrases.withheld }
    if figure == nil { return phrases.state(outcome) }
    var text = basis(phrases, detail)
    for step in working.steps { text += phrases.step(step, deductions: deductions) }
    if working.steps.contains(where: { if case .worth = $0 { false } else { true } }), let figure {
      text += " = \(figure)"
    }
    return text
  }

  private var deductions: [Line] { parts.filter { $0.place == .deduction && $0.figure != nil } }

  /// The parts its figure was made of.
  public var countedParts: [Line] {
    parts.filter { part in
      if part.isPilot || part.place == .deduction { return false }
      if case .notApplicable = part.outcome { return false }
      return true
    }
  }

  private func basis(_ phrases: Phrases, _ detail: Detail) -> String {
    let parts = countedParts
    func shown(_ line: Line) -> String {
      if case .hidden(let band) = line.outcome { return band?.text ?? "…" }
      return line.figure?.description ?? "–"
    }
    let figures = parts.map(shown)
    switch working.basis {
    case .nothing: return phrases.state(outcome)
    case .given: return phrases.state(outcome)
    case .zeroFor(let missing): return phrases.zero(for: missing)
    case .judged(let isMet): return isMet ? phrases.met : phrases.notMet
    case .option(let option): return phrases.option(option)
    case .between(let number, let low, let high): return phrases.between(number, low, high)
    case .elements(let present, let missing): return phrases.elements(present, missing)
    case .number(let number): return phrases.value(number)
    case .tally(let options, let counts): return phrases.tally(options, counts)
    case .answers(let number): return phrases.mean(of: number)
    case .shown(let options, let counts, let number):
      let all = counts.compactMap { $0.map { Int32(clamping: $0) } }
      return all.count == counts.count ? phrases.tally(options, all[...]) : phrases.mean(of: number)
    case .hidden: return phrases.hidden(nil)
    case .mean:
      if let judged = phrases.tallyOfJudged(parts) { return judged }
      guard parts.count > 1 else { return figures.first.map { phrases.only($0) } ?? "" }
      if Set(parts.map(\.share)).count == 1 {
        return "(\(figures.joined(separator: " + "))) ÷ \(parts.count)"
      }
      return zip(parts, figures).map { "\(Phrases.share($0.share)) × \($1)" }.joined(separator: " + ")
    case .sum: return figures.joined(separator: " + ")
    case .shareOfMaximum:
      let maxima = parts.map { $0.maximum.map { Phrases.short($0.points) } ?? "–" }
      return "(\(figures.joined(separator: " + "))) ÷ (\(maxima.joined(separator: " + "))) × 100"
    case .minimum: return phrases.minimum(figures)
    case .shareMet(let threshold):
      let met = parts.count { part in
        guard let figure = part.figure else { return false }
        return figure.points >= threshold ?? part.maximum?.points ?? .hundred
      }
      return phrases.shareMet(met, of: parts.count)
    }
  }
}

/// The wording of workings, in one language.
struct Phrases {
  let language: Language

  private func say(_ thai: String, _ english: String) -> String {
    Words(thai: thai, english: english).in(language)
  }

  var met: String { say("ผ่าน", "Met") }
  var notMet: String { say("ไม่ผ่าน", "Not met") }
  func hidden(_ band: Band?) -> String {
    let why = say(
      "ไม่แสดงรายละเอียด เพื่อมิให้ทราบคำตอบของบุคคล",
      "Not shown in detail, so that nobody's answer can be worked out")
    return band.map { "\($0.text) · \(why)" } ?? why
  }

  /// Without saying how many more would do.
  var withheld: String { say("ผู้ตอบไม่ถึงขั้นต่ำ", "Below the minimum of respondents") }

  static func share(_ ratio: Ratio?) -> String {
    guard let ratio else { return "1" }
    let scaled = Int128(ratio.numerator) * Int128(Points.unit)
    guard scaled.isMultiple(of: Int128(ratio.denominator)) else {
      return "\(ratio.numerator)/\(ratio.denominator)"
    }
    let points = Points(millionths: Int64(scaled / Int128(ratio.denominator)))
    let text = points.description
    guard let dot = text.firstIndex(of: ".") else { return text + ".00" }
    return text.distance(from: dot, to: text.endIndex) < 3 ? text + "0" : text
  }

  static func short(_ points: Points) -> String { points.description }

  func only(_ figure: String) -> String { say("ค่าเดียว \(figure)", "The only part, \(figure)") }

  func zero(for missing: Missing) -> String {
    switch missing {
    case .judgement: say("ไม่มีผลตรวจ เกณฑ์กำหนดให้เป็น 0", "Not judged; the rubric counts it as 0")
    case .answers: say("ไม่มีผู้ตอบ เกณฑ์กำหนดให้เป็น 0", "Nobody answered; the rubric counts it as 0")
    case .respondents:
      say("ผู้ตอบไม่ถึงขั้นต่ำ เกณฑ์กำหนดให้เป็น 0", "Too few respondents; the rubric counts it as 0")
    }
  }

  func option(_ option: Option) -> String {
    let points = option.points.map { " = \($0)" } ?? ""
    return "\(option.title.in(language))\(points)"
  }

  func between(_ number: Points, _ low: Option, _ high: Option) -> String {
    let ends = "\(low.code) = \(low.points ?? .zero), \(high.code) = \(high.points ?? .zero)"
    return say("ระดับ \(number) (\(ends))", "Level \(number) (\(ends))")
  }

  func elements(_ present: [Element], _ missing: [Element]) -> String {
    let all = present.count + missing.count
    let count = say(
      "ครบ \(present.count) จาก \(all) องค์ประกอบ", "\(present.count) of \(all) elements")
    guard !missing.isEmpty else { return count }
    let names = missing.map { $0.title.in(language) }.joined(separator: ", ")
    return count + say(" ขาด: \(names)", "; missing: \(names)")
  }

  func value(_ number: Points) -> String { say("ค่า \(number)", "Value \(number)") }

  func mean(of answers: Int) -> String {
    say("ค่าเฉลี่ยจากผู้ตอบ \(answers) คน", "Mean of \(answers) answers")
  }

  func tally(_ options: [Option], _ counts: ArraySlice<Int32>) -> String {
    let chosen = zip(options, counts).filter { $0.0.points != nil && $0.1 > 0 }
    let terms = chosen.map { "\($0.1) × \($0.0.points ?? .zero)" }
    return "(\(terms.joined(separator: " + "))) ÷ \(chosen.reduce(0) { $0 + Int($1.1) })"
  }

  /// "6 of 7 met" where that is the whole story: equal parts, each judged 0 or 100.
  func tallyOfJudged(_ parts: [Line]) -> String? {
    guard parts.count > 0, Set(parts.map(\.share)).count == 1,
      parts.allSatisfy({ $0.place == .item && $0.isAllOrNothing })
    else { return nil }
    let met = parts.count { $0.figure?.points == .hundred }
    return say(
      "ผ่าน \(met) จาก \(parts.count) ข้อ: \(met) ÷ \(parts.count) × 100",
      "\(met) of \(parts.count) met: \(met) ÷ \(parts.count) × 100")
  }

  func minimum(_ figures: [String]) -> String {
    let list = figures.joined(separator: ", ")
    return say("ค่าต่ำสุดของ \(list)", "The least of \(list)")
  }

  func shareMet(_ met: Int, of all: Int) -> String {
    say("ถึงเกณฑ์ \(met) จาก \(all): \(met) ÷ \(all) × 100", "\(met) of \(all) reach it: \(met) ÷ \(all) × 100")
  }

  func step(_ step: Working.Step, deductions: [Line]) -> String {
    switch step {
    case .worth(let points): return say(" · คะแนนเต็ม \(points)", " · full marks \(points)")
    case .stepped(let row):
      let bound =
        switch row.bound {
        case .atLeast(let value): "≥ \(value)"
        case .above(let value): "> \(value)"
        case .otherwise: say("นอกนั้น", "otherwise")
        }
      return say(" → ตาราง \(bound)", " → table \(bound)")
    case .interpolated: return say(" → เทียบบัญญัติไตรยางศ์ตามตาราง", " → interpolated in the table")
    case .deducted: return deductions.map { " − \($0.figure?.description ?? "0")" }.joined()
    case .capped(let cap): return say(" → ไม่เกิน \(cap)", " → capped at \(cap)")
    case .raisedToZero: return say(" → ไม่ต่ำกว่า 0", " → never below 0")
    }
  }

  func state(_ outcome: Outcome) -> String {
    switch outcome {
    case .scored: return ""
    case .hidden(let band): return hidden(band)
    case .given(_, let source):
      return source.isEmpty
        ? say("ใช้คะแนนที่ประเมินไว้แล้ว", "Figure assessed elsewhere")
        : say("ใช้คะแนนที่ประเมินไว้แล้ว: \(source)", "Figure assessed elsewhere: \(source)")
    case .notApplicable(let exemption): return exempt(exemption)
    case .pending(let floor, let ceiling):
      return say("รอผล (\(floor)–\(ceiling))", "Pending (\(floor)–\(ceiling))")
    case .withheld(let missing, _, _):
      guard let missing else {
        return say(
          "ยังไม่ทราบจำนวนผู้มีส่วนได้ส่วนเสีย จึงไม่ทราบขั้นต่ำของผู้ตอบ",
          "The number of stakeholders, and so the minimum of respondents, is not known")
      }
      return say(
        "ผู้ตอบไม่ถึงขั้นต่ำ ขาดอีก \(missing) คน", "Below the minimum of respondents, \(missing) missing")
    case .provisional(let floor, let ceiling):
      return say("ข้อมูลยังไม่ครบ (\(floor)–\(ceiling))", "Incomplete (\(floor)–\(ceiling))")
    }
  }

  private func exempt(_ exemption: Exemption) -> String {
    let prefix = say("ไม่เกี่ยวข้อง", "Not applicable")
    switch exemption {
    case .kind: return prefix + say(": ไม่ใช้กับหน่วยงานประเภทนี้", ": not for this kind of office")
    case .condition(let words): return "\(prefix): \(words.in(language))"
    case .round: return prefix + say(": ไม่อยู่ในรอบนี้", ": not due in this round")
    case .judged(let reason): return reason.isEmpty ? prefix : "\(prefix): \(reason)"
    case .leftOut(let missing):
      switch missing {
      case .judgement: return say("ไม่มีผลตรวจ เกณฑ์กำหนดให้ไม่นับ", "Not judged; the rubric leaves it out")
      case .answers: return say("ไม่มีผู้ตอบ เกณฑ์กำหนดให้ไม่นับ", "Nobody answered; the rubric leaves it out")
      case .respondents:
        return say("ผู้ตอบไม่ถึงขั้นต่ำ เกณฑ์กำหนดให้ไม่นับ", "Too few respondents; the rubric leaves it out")
      }
    case .empty: return prefix
    case .text: return say("ข้อความ ไม่คิดคะแนน", "Free text, no points")
    }
  }
}

extension Line {
  /// Judged met or not, or by a checklist: full marks or none.
  var isAllOrNothing: Bool {
    switch working.basis {
    case .judged, .elements:
      maximum?.points == .hundred && (figure?.points == .hundred || figure?.points == .zero)
    default: false
    }
  }
}

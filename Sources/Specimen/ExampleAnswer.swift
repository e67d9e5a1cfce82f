public import Integrity

/// One questionnaire as somebody of an example filled it in, and how it comes back.
public struct ExampleAnswer: Sendable {
  public let collected: Collected
  /// A byte a question in the order of the rubric, 0 for none, else the option's place from 1.
  public let row: [UInt8]
  public let way: Way
  /// What was written, by item, where words are asked for.
  public let texts: [Code<Node>: String]

  public enum Way: Hashable, Sendable {
    case sent
    /// Far sooner than it can be read.
    case sentTooFast
    /// Filled in on paper, or in a form elsewhere, and brought in as a table.
    case broughtIn
  }

  /// Of a country this many offices let people answer here; the others have forms of their own.
  static let mostOffices = 20

  init(_ collected: Collected, _ row: [UInt8], place: Int, of number: Int, texts: [Code<Node>: String] = [:])
  {
    (self.collected, self.row) = (collected, row)
    let isHere = number < ExampleAnswer.mostOffices
    // Only paper lets a question be left out.
    way =
      !isHere || row.contains(0)
      ? .broughtIn : ExampleAnswer.isHurried(place, of: number) ? .sentTooFast : .sent
    self.texts = way == .broughtIn ? [:] : texts
  }

  /// In two offices of the first twenty every ninth is tapped through.
  private static func isHurried(_ place: Int, of number: Int) -> Bool {
    (number == 1 || number == 5) && place % 9 == 4
  }
}

extension ExampleYear {
  /// Filled questionnaires of an office, in the order in which they come.
  ///
  /// - Parameter number: of the office among those that take part.
  public func answers(of number: Int) -> [ExampleAnswer] {
    filled(participants[number]).flatMap { filled in
      filled.rows.enumerated().map { ExampleAnswer(filled.collected, $1, place: $0, of: number) }
    }
  }
}

extension ExamplePresent {
  /// The questionnaires filled by the middle of April, and those from then to the end of May.
  public func answers(of number: Int) -> (first: [ExampleAnswer], rest: [ExampleAnswer]) {
    let known = stakeholders(of: number)
    var answers: (first: [ExampleAnswer], rest: [ExampleAnswer]) = ([], [])
    for filled in year.filled(year.participants[number]) {
      let instrument = filled.collected.instrument
      let count = known[instrument] == nil ? 0 : filled.rows.count * share(of: instrument, by: number) / 100
      let asked = texts(of: instrument)
      let all = filled.rows.enumerated().map { place, row in
        let isStraight = number == 1 && instrument == "IIT" && place % 11 == 5
        return ExampleAnswer(
          filled.collected, isStraight ? straight(filled.questions) : row, place: place, of: number,
          texts: place % 7 == 2 ? written(place, of: number, asked) : [:])
      }
      answers.first += all.prefix(count)
      answers.rest += all.dropFirst(count)
    }
    return answers
  }

  /// The same place on every scale, whichever way it points.
  private func straight(_ questions: [Question]) -> [UInt8] {
    let longest = questions.map(\.options.count).filter { $0 > 2 }.min() ?? 1
    return questions.map { UInt8(min($0.options.count, min(5, longest))) }
  }

  private func texts(of instrument: Code<Node>) -> [Code<Node>] {
    rubric.items.filter { owner, item in
      if case .text = item.form { owner.code == instrument } else { false }
    }.map(\.item.code)
  }

  private func written(_ place: Int, of number: Int, _ items: [Code<Node>]) -> [Code<Node>: String] {
    let text = ExamplePresent.suggestions[(place / 7 + number) % ExamplePresent.suggestions.count]
    return Dictionary(items.map { ($0, text) }) { a, _ in a }
  }

  private static let suggestions = [
    "ขอให้แสดงหมายเลขโทรศัพท์ของแต่ละกลุ่มงานไว้ที่หน้าแรกของเว็บไซต์",
    "ติดต่อเรื่องย้ายแล้วได้คำตอบเร็วกว่าปีก่อน ขอบคุณเจ้าหน้าที่",
    "อยากให้รับเอกสารทางอีเมลได้ด้วย จะได้ไม่ต้องเดินทาง",
    "ขั้นตอนขอใช้อาคารสถานที่ยังไม่ชัดเจน ควรมีแผนผังให้ดู",
    "ช่วงต้นภาคเรียนรอนาน น่าจะมีบัตรคิว",
    "เว็บไซต์เปิดช้าเมื่อดูจากโทรศัพท์",
    "เจ้าหน้าที่ให้คำแนะนำดีและสุภาพ",
  ]
}

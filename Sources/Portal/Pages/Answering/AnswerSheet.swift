import Integrity
import Storage

/// What a respondent's form carries from page to page. The server keeps none of it.
struct AnswerSheet: Sendable {
  /// Given out with the form: by it an answer is kept once, however often it is sent.
  let nonce: String
  /// When the questions were first shown, in seconds; only to say whether they were read at all.
  let began: Int64
  /// Of both, as it came; nil where they have just been given out.
  var seal: String?
  var slip: SlipCode?
  /// A byte a question, 0 while it is not answered.
  var answers: [UInt8]
  var texts: [Code<Node>: String] = [:]

  /// Fields that every page of the form has.
  static let fixed: Set<String> = [
    "to", "at", "nonce", "began", "seal", "slip", "answers", "dealt", "work", "bits", "ticket",
  ]

  /// The longest text that can be sent, in characters.
  static let longest = 2000

  static func field(of place: Int) -> String { "q\(place)" }
  static func field(of asked: AnswerSteps.Asked) -> String { "t\(asked.number)" }

  static func names(_ places: [Int], _ texts: [AnswerSteps.Asked]) -> Fields.Names {
    Fields.Names(once: fixed.union(places.map(field(of:))).union(texts.map(field(of:))))
  }

  init(nonce: String, began: Int64, slip: SlipCode?, _ steps: AnswerSteps) {
    (self.nonce, self.began, self.slip) = (nonce, began, slip)
    answers = [UInt8](repeating: 0, count: steps.questions.count)
  }

  /// What came back, with the answers of the page it came from.
  ///
  /// - Throws: `Problem.oddForm` for answers no page of ours has.
  init(_ fields: Fields, _ steps: AnswerSteps) throws {
    guard let began = Int64(fields.text("began")) else { throw Problem.oddForm("began") }
    self.began = began
    nonce = fields.text("nonce")
    slip = SlipCode(typed: fields.text("slip"))
    let questions = steps.questions
    let packed = fields.text("answers").split(separator: "-").map { UInt8($0) }
    guard packed.count == questions.count else { throw Problem.oddForm("answers") }
    let asked = Set(steps.places)
    answers = try packed.enumerated().map { place, byte in
      guard let byte, byte <= questions[place].options.count, byte == 0 || asked.contains(place) else {
        throw Problem.oddForm("answers")
      }
      return byte
    }
    for place in steps.places {
      let name = AnswerSheet.field(of: place)
      guard fields.has(name) else { continue }
      guard let byte = UInt8(fields.text(name)), byte > 0, byte <= questions[place].options.count else {
        throw Problem.oddForm(name)
      }
      answers[place] = byte
    }
    for asked in steps.texts {
      let text = fields.text(AnswerSheet.field(of: asked))
      if !text.isEmpty { texts[asked.item.code] = String(text.prefix(AnswerSheet.longest)) }
    }
  }

  /// As a hidden field holds it.
  var packed: String { answers.map(String.init).joined(separator: "-") }

  /// How many of all questions are answered.
  func count(_ steps: AnswerSteps) -> Int { steps.places.count { answers[$0] > 0 } }

  /// Questions of a page, or of all, that are not answered.
  func missing(_ places: [Int]) -> [Int] { places.filter { answers[$0] == 0 } }
}

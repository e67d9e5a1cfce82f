import Integrity
import Testing

/// How one filled questionnaire is kept.
@Suite struct AnswerRowTests {
  @Test func `a row keeps a byte a question and one of remarks`() {
    let row = AnswerRow([4, 1, 3], [.tooFast, .broughtIn])
    #expect(row.packed == [4, 1, 3, 3])
    #expect(AnswerRow(packed: row.packed, questions: 3) == row)
    // Of a version that kept no remarks.
    #expect(AnswerRow(packed: [4, 1, 3], questions: 3) == AnswerRow([4, 1, 3]))
  }

  @Test func `the same place throughout is seen only where questions are of mixed direction`() {
    let scale = Small.scale(0, 33, 67, 100)
    let mixed = Small.questionnaire([
      Small.question("i1", scale), Small.question("i2", scale),
      Small.question("i3", scale, isReversed: true),
    ]).questions(of: "IIT")
    #expect(AnswerRow([4, 4, 4]).isStraight(mixed))
    #expect(!AnswerRow([4, 4, 1]).isStraight(mixed))
    let even = Small.questionnaire([
      Small.question("i1", scale), Small.question("i2", scale),
      Small.question("i3", scale),
    ]).questions(of: "IIT")
    #expect(!AnswerRow([4, 4, 4]).isStraight(even))
  }
}

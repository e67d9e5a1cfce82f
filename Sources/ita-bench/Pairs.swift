import Documents
import Foundation
import Integrity
import Specimen

/// Random rubrics and assessments with the scorecards our engine makes of them, one pair a line, for
/// `Tests/Oracle/oracle.py` to recompute in exact fractions.
struct Pairs {
  let count: Int
  let seed: Int

  func write() {
    var lines: [String] = []
    for number in 0..<count {
      let (rubric, assessment) = RandomRubric.pair(seed: UInt64(seed) &* 1_000_003 &+ UInt64(number))
      let card = rubric.scorecard(of: assessment)
      lines.append(
        "{\"rubric\":\(rubric.json),\"assessment\":\(text(assessment, rubric)),\"scorecard\":\(text(card))}\n"
      )
      if lines.count == 500 { flush(&lines) }
    }
    flush(&lines)
  }

  private func flush(_ lines: inout [String]) {
    FileHandle.standardOutput.write(Data(lines.joined().utf8))
    lines = []
  }

  /// Codes and keys of random rubrics are plain ASCII words.
  private func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  private func text(_ assessment: Assessment, _ rubric: Rubric) -> String {
    let office = object([
      ("kind", assessment.office.kind.map { "\"\($0)\"" } ?? "null"),
      ("conditions", "[" + assessment.office.conditions.map { "\"\($0)\"" }.joined(separator: ",") + "]"),
      ("stakeholders", "{}"),
    ])
    return object([
      ("office", office), ("round", assessment.round.map { "\"\($0)\"" } ?? "null"),
      ("marks", object(assessment.findings.map { ($0.key.text, mark($0.value.judgement)) })),
      ("tallies", object(tallies(assessment, rubric))),
      ("given", object(assessment.given.map { ($0.key.text, "\"\($0.value.figure)\"") })),
    ])
  }

  private func mark(_ judgement: Judgement) -> String {
    switch judgement {
    case .met: object([("pass", "true")])
    case .notMet: object([("fail", "true")])
    case .option(let code): object([("option", "\"\(code)\"")])
    case .number(let number): object([("number", "\"\(number)\"")])
    case .elements(let keys):
      object([("elements", "[" + keys.map { "\"\($0)\"" }.joined(separator: ",") + "]")])
    case .notApplicable: object([("not_applicable", "\"seen\"")])
    case .pending: object([("pending", "true")])
    }
  }

  private func tallies(_ assessment: Assessment, _ rubric: Rubric) -> [(String, String)] {
    assessment.tallies.map { collected, tally in
      let name = collected.route.map { "\(collected.instrument)@\($0)" } ?? collected.instrument.text
      let counts = rubric.questions(of: collected.instrument).map { question in
        let row = question.options.enumerated().map { index, option in
          (option.code.text, "\(tally.count(question, index))")
        }
        return (question.code, object(row))
      }
      return (name, object([("respondents", "\(tally.respondents)"), ("counts", object(counts))]))
    }
  }

  private func text(_ card: Scorecard) -> String {
    var lines: [(String, String)] = []
    card.total.forEach { line in
      let value =
        switch line.outcome {
        case .scored(let figure), .given(let figure, _): "\"\(figure)\""
        case .notApplicable: "\"not_applicable\""
        case .pending: "\"pending\""
        case .withheld: "\"withheld\""
        case .provisional(let floor, let ceiling): "[\"\(floor)\",\"\(ceiling)\"]"
        case .hidden: "\"hidden\""
        }
      lines.append((line.id, value))
    }
    return object([("lines", object(lines)), ("level", card.level.map { "\"\($0.level.code)\"" } ?? "null")])
  }
}

import Foundation
import GRDB
public import Integrity

/// Filled questionnaires brought in from elsewhere, such as a form's export. Who filled one, and when, is not kept.
extension Registry {
  /// Adds filled questionnaires: a byte a question in the order of the rubric, 0 for none, else the option's place from 1.
  ///
  /// - Returns: how many were added.
  public func bringAnswers(
    _ rows: [Code<Office>: [Collected: [[UInt8]]]], in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> Int {
    try write(signer, at: now) { desk in
      var total = 0
      for (office, collections) in rows.sorted(by: { $0.key < $1.key }) {
        let inOrder = collections.sorted {
          ($0.key.instrument, $0.key.route?.text ?? "") < ($1.key.instrument, $1.key.route?.text ?? "")
        }
        for (collected, filled) in inOrder where !filled.isEmpty {
          let (cycle, officeID, rubric, matter) = try desk.matter(
            of: office, in: code, instrument: collected.instrument)
          try desk.allow(.bringAnswers, matter)
          try Registry.inspect(filled, collected, rubric)
          // In an order of their own: not that in which they came.
          for answers in filled.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try desk.db.run(
              "INSERT INTO response (cycle, office, instrument, route, key, answers) VALUES (?, ?, ?, ?, ?, ?)",
              cycle, officeID, collected.instrument.text, collected.route?.text ?? "", Digest.random(16),
              Data(AnswerRow(answers, .broughtIn).packed))
          }
          total += filled.count
          let name = collected.route.map { "\(collected.instrument).\($0)" } ?? collected.instrument.text
          try desk.record(
            .bringAnswers, name, cycle: cycle, office: officeID, payload: [("rows", "\(filled.count)")])
          if let officeID { desk.touch(cycle: cycle, office: officeID) }
        }
      }
      return total
    }
  }

  private static func inspect(_ filled: [[UInt8]], _ collected: Collected, _ rubric: Rubric) throws {
    guard let questionnaire = rubric.instrument(collected.instrument)?.questionnaire else {
      throw StorageProblem.unknown(what: "questionnaire", code: collected.instrument.text)
    }
    let routes = questionnaire.routes.map { Optional($0.code) }
    guard routes.isEmpty ? collected.route == nil : routes.contains(collected.route) else {
      throw StorageProblem.unknown(
        what: "part of \(collected.instrument)", code: collected.route?.text ?? "")
    }
    let questions = rubric.questions(of: collected.instrument)
    for answers in filled {
      guard answers.count == questions.count,
        zip(questions, answers).allSatisfy({ Int($1) <= $0.options.count })
      else {
        throw StorageProblem.invalid(
          "a questionnaire of \(collected.instrument) does not fit the rubric's questions")
      }
    }
  }
}

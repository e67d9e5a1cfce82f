public import Integrity

/// The filled questionnaires of one instrument as rows of bytes, to be kept and counted again: read as they are for a
/// score, but not yet added up.
public struct AnswersFile: Sendable {
  /// By office and by what was collected: one byte a question in the order of `rubric.questions(of:)`, 0 where it is not
  /// answered, else the position of the option, from 1. Rows that answer nothing that is scored are not among them. They
  /// are sorted, so that nothing tells in which order they came.
  public let rows: [Code<Office>: [Collected: [[UInt8]]]]
  /// What was left out on purpose, for whoever reads along.
  public let notes: [String]

  /// Reads a file of answers.
  ///
  /// - Parameters:
  ///   - mapping: two columns: a column's title, and the code of its question.
  ///   - offices: known offices; empty where any code will do.
  ///   - office: whose rows they are where the file has no column `office`.
  /// - Throws: `Complaints`: every bad row.
  public init(
    _ responses: Intake.Inputs.Responses, rubric: Rubric, mapping: Intake.File? = nil,
    offices: Set<Code<Office>> = [], office: Code<Office>? = nil
  ) throws(Complaints) {
    let (instrument, route) = try responses.collected(in: rubric)
    let reader = ResponsesReader(
      rubric: rubric, instrument: instrument, route: route, offices: offices, onlyOffice: office,
      mapping: try HeaderMatch.mapping(mapping))
    let table = try Table(bytes: responses.file.bytes, file: responses.file.name)
    var rows: [Code<Office>: [Collected: [[UInt8]]]] = [:]
    let omissions = try reader.read(table) { office, key, answers in
      rows[office, default: [:]][key, default: []].append(answers)
    }
    self.rows = rows.mapValues { $0.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } } }
    notes = omissions.notes(on: responses.file.name)
  }
}

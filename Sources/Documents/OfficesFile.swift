public import Integrity

/// A table of offices by itself, to be kept in a registry.
public struct OfficesFile: Sendable {
  /// In the order of the file.
  public let offices: [Office]
  /// The line on which each stands.
  public let lines: [Code<Office>: Int]

  /// - Parameter known: offices that are kept already; one of them may be a parent or a successor.
  /// - Throws: `Complaints`: every bad row.
  public init(
    _ file: Intake.File, rubric: Rubric, known: Set<Code<Office>> = []
  ) throws(Complaints) {
    let table = try Table(bytes: file.bytes, file: file.name)
    (offices, lines) = try OfficesReader(rubric: rubric, known: known).read(table)
  }
}

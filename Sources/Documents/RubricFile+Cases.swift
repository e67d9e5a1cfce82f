import Integrity

extension RubricFile {
  /// What the rubric's own cases complain of: each one that does not come out as it says, with the working of the
  /// figure that differs.
  public var caseComplaints: [Complaint] {
    rubric.failures.map { failure in
      var remedy = "correct the case, or the rubric"
      if let line = failure.line {
        remedy =
          "correct the case or the rubric; the working:\n" + RubricFile.working(of: line, indent: "    ")
      }
      return Complaint(
        tree.nearest(to: failure.path).place, "case '\(failure.name)': \(failure.problem)", remedy)
    }
  }

  /// A figure and those it was made of, to the depth where something was judged or counted.
  private static func working(of line: Line, indent: String) -> String {
    let own = "\(indent)\(line.id) \(line.outcome.plain): \(line.explanation(in: .english, detail: .counts))"
    if case .given = line.outcome { return own }
    let below = line.parts.map { working(of: $0, indent: indent + "  ") }
    return ([own] + below).joined(separator: "\n")
  }
}

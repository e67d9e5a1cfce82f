public import Integrity

/// The dates of a cycle, read from YAML: `collecting` with a window for each instrument, `assessing` and `clarifying`.
public struct ScheduleFile: Sendable {
  /// Without a flaw for the rubric it was read with.
  public let schedule: Schedule

  /// Reads a schedule for a rubric's instruments.
  ///
  /// - Throws: `Complaints`: whatever cannot be read, and every date that does not fit the others.
  public init(_ file: Intake.File, rubric: Rubric) throws(Complaints) {
    guard file.bytes.count <= 64 * 1024 else {
      throw Complaints([
        Complaint(
          Place(file: file.name), "the file has more than 64 KiB",
          "give the schedule, which has a dozen lines")
      ])
    }
    let tree = try YamlTree(bytes: file.bytes, file: file.name, manual: "docs/inputs.md")
    schedule = try ScheduleReader(rubric: rubric).read(tree)
  }
}

private struct ScheduleReader {
  let rubric: Rubric
  let faults = Faults()

  /// A window, and where it says when it opens and closes.
  private struct Span {
    let window: Window
    let opens: Place
    let closes: Place
  }

  private static let example = "{ opens: 2026-01-05, closes: 2026-04-01 }"

  func read(_ tree: YamlTree) throws(Complaints) -> Schedule {
    guard tree.fields != nil else {
      throw Complaints([
        Complaint(
          tree.place, "a schedule has the parts collecting, assessing and clarifying",
          "write each as 'name:' on a line of its own, as in docs/inputs.md")
      ])
    }
    let fields = Fields(tree, "the schedule", faults: faults)
    let collecting = collecting(fields)
    let assessing = span(fields, "assessing")
    var admitsFurtherProof = false
    let clarifying = span(fields, "clarifying") { admitsFurtherProof = $0.flag("further_proof") }
    fields.finish()
    guard let assessing, let clarifying else { throw Complaints(faults.all) }
    let schedule = Schedule(
      collecting: collecting.mapValues(\.window), assessing: assessing.window, clarifying: clarifying.window,
      admitsFurtherProof: admitsFurtherProof)
    place(schedule.flaws(for: rubric), collecting, clarifying)
    try faults.throwIfAny()
    return schedule
  }

  private func collecting(_ fields: Fields) -> [Code<Node>: Span] {
    let first = rubric.instruments.first?.code ?? "IIT"
    guard let tree = fields.tree("collecting") else {
      fields.missing("collecting", "{ \(first): \(ScheduleReader.example), … }")
      return [:]
    }
    guard let windows = tree.fields else {
      faults.add(
        tree.place, "'collecting' must have a window for each instrument",
        "write '\(first): \(ScheduleReader.example)' below it")
      return [:]
    }
    var spans: [Code<Node>: Span] = [:]
    for field in windows {
      guard rubric.instrument(Code(field.name)) != nil else {
        faults.add(
          field.place, "'\(field.name)' is no instrument of \(rubric.code)",
          Spelling.suggestion(for: field.name, among: rubric.instruments.map(\.code.text)))
        continue
      }
      spans[Code(field.name)] = span(field.value, field.name)
    }
    for instrument in rubric.instruments where tree.field(instrument.code.text) == nil {
      faults.add(
        fields.place(of: "collecting"), "\(instrument.code) has no window in which it is collected",
        "add '\(instrument.code): \(ScheduleReader.example)'")
    }
    return spans
  }

  private func span(_ fields: Fields, _ name: String, also more: (Fields) -> Void = { _ in }) -> Span? {
    if let tree = fields.tree(name) { return span(tree, name, also: more) }
    fields.missing(name, ScheduleReader.example)
    return nil
  }

  private func span(_ tree: YamlTree, _ name: String, also more: (Fields) -> Void = { _ in }) -> Span? {
    guard tree.fields != nil else {
      faults.add(
        tree.place, "'\(name)' must say when it opens and when it closes",
        "write '\(name): \(ScheduleReader.example)'")
      return nil
    }
    let fields = Fields(tree, "'\(name)'", faults: faults)
    let opens = moment(fields, "opens", "2026-01-05")
    let closes = moment(fields, "closes", "2026-04-01")
    more(fields)
    fields.finish()
    guard let opens, let closes else { return nil }
    guard let window = Window(opens: opens.moment, closes: closes.moment) else {
      faults.add(
        closes.place, "'\(name)' opens \(opens.text) and closes \(closes.text), which is not later",
        "let it close later; a day without a time stands for its first moment")
      return nil
    }
    return Span(window: window, opens: opens.place, closes: closes.place)
  }

  private func moment(
    _ fields: Fields, _ name: String, _ example: String
  ) -> (moment: Moment, text: String, place: Place)? {
    guard let tree = fields.tree(name) else {
      fields.missing(name, example)
      return nil
    }
    let text = tree.scalar?.trimmed ?? "a list"
    if tree.scalar != nil, !WrittenDate.isBuddhist(text), let moment = Moment(text) {
      return (moment, text, tree.place)
    }
    let fault = WrittenDate.fault(in: text, "a day or a moment", "write 2026-01-05 or 2026-01-05T16:30")
    faults.add(tree.place, fault.problem, fault.remedy)
    return nil
  }

  /// Puts what does not fit where it can be corrected: a flaw that begins with an instrument at its end, another where
  /// clarifying begins. A window that is missing or could not be read has been complained of.
  private func place(_ flaws: [String], _ collecting: [Code<Node>: Span], _ clarifying: Span) {
    for flaw in flaws {
      guard let instrument = rubric.instruments.first(where: { flaw.hasPrefix("\($0.code) ") }) else {
        faults.add(clarifying.opens, flaw, "change one of the two dates")
        continue
      }
      guard let span = collecting[instrument.code] else { continue }
      faults.add(span.closes, flaw, "change one of the two dates")
    }
  }
}

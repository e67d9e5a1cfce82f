import GRDB
public import Integrity

/// How far questionnaires have come, once a day: what offices see is how it stood when the day began. Whoever watches it
/// learns nothing of who has just answered.
extension Registry {
  /// Counts anew where that was not done today; of questionnaires that are being collected, or were.
  public func refreshProgress(at now: Moment) throws {
    let today = now.day.description
    let due = try read { db in
      try db.rows(
        """
        SELECT id FROM cycle LEFT JOIN asking_day ON asking_day.cycle = cycle.id
        WHERE stage = 'open' AND (day IS NULL OR day < ?)
        """, today
      ).map { $0["id"] as Int64 }
    }
    for cycle in due {
      let steps = try read { try $0.countedSteps(cycle, try rubric($0, cycle)) }
      try upkeep { db in
        try db.run("DELETE FROM asking_step WHERE cycle = ?", cycle)
        for counted in steps {
          try db.run(
            "INSERT INTO asking_step (cycle, instrument, office, step, has_figure) VALUES (?, ?, ?, ?, ?)",
            cycle, counted.instrument.text, counted.office, counted.step.rawValue, counted.hasFigure)
        }
        try db.run(
          """
          INSERT INTO asking_day (cycle, day) VALUES (?, ?)
          ON CONFLICT (cycle) DO UPDATE SET day = excluded.day
          """, cycle, today)
      }
    }
  }
}

extension Registry.Progress {
  /// - Parameter minimum: nil where nobody has said how many people there are.
  init(_ filled: Int, of minimum: Int?) {
    guard let minimum else {
      self = .noNumber
      return
    }
    self = filled >= minimum ? .full : 2 * filled >= minimum ? .half : .belowHalf
  }
}

/// How far one questionnaire of an office has come.
fileprivate struct CountedStep {
  let office: Int64
  let instrument: Code<Node>
  let step: Registry.Progress
  /// Whether enough have answered for a figure, which may be fewer than should be asked.
  let hasFigure: Bool
}

extension Database {
  /// The steps of all offices as they stand now; those of less than half that have no figure either are left out.
  fileprivate func countedSteps(
    _ cycle: Int64, _ rubric: Rubric, _ office: Int64? = nil
  ) throws -> [CountedStep] {
    let tallies = try countedTallies(cycle, rubric, office)
    var steps: [CountedStep] = []
    for (id, office) in try participants(cycle, office: office) {
      for instrument in rubric.instruments {
        guard let questionnaire = instrument.questionnaire else { continue }
        let minimum = questionnaire.minimum(ofStakeholders: office.stakeholders[instrument.code])
        let filled = (tallies[id] ?? [:]).reduce(0) {
          $0 + ($1.key.instrument == instrument.code ? $1.value.respondents : 0)
        }
        let step = Registry.Progress(filled, of: minimum)
        let least = questionnaire.least(ofStakeholders: office.stakeholders[instrument.code])
        let hasFigure = least.map { filled >= $0 } ?? false
        guard step == .half || step == .full || hasFigure else { continue }
        steps.append(
          CountedStep(
            office: id, instrument: instrument.code, step: step == .noNumber ? .belowHalf : step,
            hasFigure: hasFigure))
      }
    }
    return steps
  }

  /// How far all questionnaires had come when the day began, by office; those that are not there were below half.
  func askingSteps(_ cycle: Int64) throws -> [Int64: [Code<Node>: Registry.Progress]] {
    var steps: [Int64: [Code<Node>: Registry.Progress]] = [:]
    for row in try rows("SELECT office, instrument, step FROM asking_step WHERE cycle = ?", cycle) {
      steps[row["office"], default: [:]][Code(row["instrument"])] = Registry.Progress(rawValue: row["step"])
    }
    return steps
  }

  /// Questionnaires for whose figure enough had answered when the day began, by office.
  func askingFigures(_ cycle: Int64) throws -> [Int64: Set<Code<Node>>] {
    var found: [Int64: Set<Code<Node>>] = [:]
    for row in try rows(
      "SELECT office, instrument FROM asking_step WHERE cycle = ? AND has_figure = 1", cycle)
    {
      found[row["office"], default: []].insert(Code(row["instrument"]))
    }
    return found
  }

  /// The same for somebody at the console, who has the file itself: where nobody has counted today, because no server
  /// runs, as it stands now.
  ///
  /// - Parameter office: nil for all of the cycle's.
  func askingSteps(
    _ cycle: Int64, _ rubric: Rubric, office: Int64?, on day: Day
  ) throws -> [Int64: [Code<Node>: Registry.Progress]] {
    let counted = try text("SELECT day FROM asking_day WHERE cycle = ?", cycle)
    if let counted, counted >= day.description {
      guard let office else { return try askingSteps(cycle) }
      let own = try rubric.instruments.filter { $0.questionnaire != nil }.map {
        ($0.code, try askingStep(cycle, $0.code, office))
      }
      return [office: Dictionary(own) { a, _ in a }]
    }
    return Dictionary(grouping: try countedSteps(cycle, rubric, office)) { $0.office }.mapValues { steps in
      Dictionary(steps.map { ($0.instrument, $0.step) }) { a, _ in a }
    }
  }

  /// How far an office's questionnaire had come when the day began.
  func askingStep(_ cycle: Int64, _ instrument: Code<Node>, _ office: Int64) throws -> Registry.Progress {
    try text(
      "SELECT step FROM asking_step WHERE cycle = ? AND instrument = ? AND office = ?", cycle,
      instrument.text, office
    ).flatMap { Registry.Progress(rawValue: $0) } ?? .belowHalf
  }
}

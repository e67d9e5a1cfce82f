import GRDB
public import Integrity

/// What the committee is told of how questionnaires were filled in. Nothing is left out of a score by itself.
extension Registry {
  /// How the answers of one questionnaire of an office look.
  public struct AnswerQuality: Sendable {
    public let office: Office
    public let instrument: Instrument
    /// nil below the rubric's smallest count; then everything else is nil as well.
    public let respondents: Int?
    /// Sent far sooner than the questions can be read.
    public let tooFast: Int?
    /// The same place on the scale throughout, although the questions turn.
    public let straight: Int?
    /// Either of the two.
    public let flagged: Int?
    /// From paper or another form.
    public let broughtIn: Int?
    /// The questionnaire's figure as it stands.
    public let score: Figure?
    /// The same without those that are flagged; nil where there are none, or so few that their own answers could be
    /// worked out.
    public let scoreWithout: Figure?
  }

  /// A page of a cycle's offices with the quality of their answers.
  public struct QualityDesk: Sendable {
    public let cycle: Cycle
    public let rubric: Rubric
    public let rows: [AnswerQuality]
    /// Offices of the cycle; the page has a hundred of them at most.
    public let found: Int
    /// Whether the reader may read the results by now.
    public let mayReadResults: Bool
  }

  /// Words that were written in one questionnaire of an office, in no order.
  public struct FreeText: Hashable, Sendable {
    public let item: Code<Node>
    public let text: String
  }

  /// Fewer flagged answers than this are not taken out: the difference would be their own.
  static let leastTakenOut = 3

  /// How the answers of a cycle look, for the committee.
  ///
  /// - Parameter page: nil for all offices.
  public func qualityDesk(
    page: Int? = 1, in code: Code<Cycle>, by signer: Signer, at now: Moment
  ) throws -> QualityDesk {
    try reading(signer, at: now) { desk in
      let (id, _, rubric, matter) = try desk.matter(of: nil, in: code)
      try desk.allow(.readAnswers, matter)
      let offices = try desk.db.rows(
        "SELECT office FROM participant JOIN office ON office.id = office WHERE cycle = ? ORDER BY code", id
      ).map { $0["office"] as Int64 }
      var rows: [AnswerQuality] = []
      for office in offices.page(page) {
        guard let found = try desk.db.participants(id, office: office).first?.office else { continue }
        rows += try desk.db.quality(id, office, found, rubric)
      }
      let results = Conduct.may(.readResults, in: matter, by: try desk.signer(), at: now)
      return QualityDesk(
        cycle: try desk.db.cycle(id), rubric: rubric, rows: rows, found: offices.count,
        mayReadResults: results == nil)
    }
  }

  /// What was written in a questionnaire of an office, once it is closed; for the committee alone.
  public func freeTexts(
    of place: AnswerPlace, by signer: Signer, at now: Moment
  ) throws -> [FreeText] {
    try reading(signer, at: now) { desk in
      let asked = try AskedPlace(desk.db, self, place)
      try desk.allow(.readAnswers, try desk.matter(of: nil, in: place.cycle).matter)
      let isClosed = try desk.db.integer(
        "SELECT 1 FROM asking_closed WHERE cycle = ? AND instrument = ?", asked.cycleID, place.instrument)
      guard isClosed != nil else { return [] }
      return try desk.db.rows(
        """
        SELECT item, text FROM free_text WHERE cycle = ? AND instrument = ? AND route = ? AND office = ?
        ORDER BY item, key
        """, asked.cycleID, place.instrument, place.route, asked.officeID
      ).map { FreeText(item: Code($0["item"]), text: $0["text"]) }
    }
  }
}

extension Database {
  fileprivate func quality(
    _ cycle: Int64, _ id: Int64, _ office: Office, _ rubric: Rubric
  ) throws -> [Registry.AnswerQuality] {
    try rubric.instruments.compactMap { instrument in
      guard let questionnaire = instrument.questionnaire else { return nil }
      let questions = rubric.questions(of: instrument.code)
      var (all, unflagged): ([Collected: Tally], [Collected: Tally]) = ([:], [:])
      var counts = (all: 0, fast: 0, straight: 0, flagged: 0, brought: 0)
      let routes = questionnaire.routes.isEmpty ? [nil] : questionnaire.routes.map { Optional($0.code) }
      for route in routes {
        var (counter, without) = (TallyCounter(questions), TallyCounter(questions))
        try step(
          "SELECT answers FROM response WHERE cycle = ? AND instrument = ? AND route = ? AND office = ?",
          [cycle, instrument.code.text, route?.text ?? "", id]
        ) { row in
          let answer = AnswerRow(packed: row.bytes(0), questions: questions.count)
          let isStraight = answer.isStraight(questions)
          let isFast = answer.remarks.contains(.tooFast)
          counts.all += 1
          counts.fast += isFast ? 1 : 0
          counts.straight += isStraight ? 1 : 0
          counts.flagged += isFast || isStraight ? 1 : 0
          counts.brought += answer.remarks.contains(.broughtIn) ? 1 : 0
          counter.count(row.bytes(0))
          if !isFast && !isStraight { without.count(row.bytes(0)) }
        }
        all[Collected(instrument.code, route: route)] = counter.tally
        unflagged[Collected(instrument.code, route: route)] = without.tally
      }
      let smallest = rubric.policy.smallestCount
      let isShown = counts.all >= smallest
      func score(_ tallies: [Collected: Tally]) -> Figure? {
        rubric.scorecard(of: Assessment(office: office, tallies: tallies)).line(instrument.code)?.figure
      }
      let isApart =
        isShown && counts.flagged >= Registry.leastTakenOut && counts.all - counts.flagged >= smallest
      return Registry.AnswerQuality(
        office: office, instrument: instrument, respondents: isShown ? counts.all : nil,
        tooFast: isShown ? counts.fast : nil, straight: isShown ? counts.straight : nil,
        flagged: isShown ? counts.flagged : nil, broughtIn: isShown ? counts.brought : nil,
        score: isShown ? score(all) : nil, scoreWithout: isApart ? score(unflagged) : nil)
    }
  }
}
